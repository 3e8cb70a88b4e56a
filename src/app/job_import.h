#ifndef APP_JOB_IMPORT_H
#define APP_JOB_IMPORT_H
/*
 * app/job_import.h — the job "import": an uploaded CSV or XLSX file becomes a change of a registry, and comes back with
 * 错误信息. The request is {anyArea, map?, reason?, registry, report, sheet?, upload}; map and upload are ids of uploads.
 */
#include "app/job_work.h"

enum { JOB_IMPORT_ROWS_MOST = 5000000 };

extern const struct job_kind job_import;

/* A request of it; NULL where a member is left out. */
struct job_import_ask {
	const char *registry, *upload, *map, *sheet, *reason;
	bool any_area, report;
};
MUST_USE const char *job_import_request(struct arena *a, const struct job_import_ask *ask);

#endif
