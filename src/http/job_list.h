#ifndef HTTP_JOB_LIST_H
#define HTTP_JOB_LIST_H
/*
 * http/job_list.h — the job "list": any list that the server tells page by page, whole, as a workbook or CSV. It asks the
 * list's own handler for its pages, with the rights of whoever wants it, so that a file never holds what a page would not
 * show. The request is {format: csv|xlsx, list: its target, title}.
 */
#include "app/job_work.h"

extern const struct job_kind job_list;

enum { JOB_LIST_CSV_ROWS = 5000000, JOB_LIST_XLSX_ROWS = 1000000 };

/*
 * OK: the target names a list that this account may see; *ret_title is what it is called. NONE: no list has that target;
 * FORBIDDEN: he may not.
 */
MUST_USE int job_list_check(struct arena *a, const struct account *account, const char *target,
			    const char **ret_title);

MUST_USE const char *job_list_request(struct arena *a, const char *target, const char *format,
				      const char *title);

#endif
