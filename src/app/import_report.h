#ifndef APP_IMPORT_REPORT_H
#define APP_IMPORT_REPORT_H
/* app/import_report.h — the report on a workbook, which the child wrote as CSV, becomes a workbook. */
#include "base/cleanup.h"

#include <stdint.h>

/*
 * fd holds CSV with BOM whose last column of the header row is 错误信息; what it says there is marked.
 * OK, TOO_LARGE, NO_SPACE or IO_ERROR; after a failure path is as it was.
 */
MUST_USE int import_report_place(int fd, const char *path, uint32_t header_line, const char *title);

#endif
