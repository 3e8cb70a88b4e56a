#ifndef APP_LIST_FILE_H
#define APP_LIST_FILE_H
/* app/list_file.h — rows of text and numbers into a CSV file or a workbook, whichever is wanted. */
#include "base/arena.h"
#include "files/xlsx_write.h"

struct list_file;

/* Starts it; titles of the columns are borrowed until the end. NO_SPACE or IO_ERROR. */
MUST_USE int list_file_open(struct arena *a, const char *path, bool workbook, const char *title,
			    const char *const *columns, size_t count, struct list_file **ret);

/* One row; in CSV a text that a spreadsheet would take for a formula gets an apostrophe before it. */
MUST_USE int list_file_row(struct list_file *f, const struct xlsx_value *cells);

/* Ends it: it is complete, or (keep false) gone. TOO_LARGE, NO_SPACE, IO_ERROR. */
MUST_USE int list_file_end(struct list_file *f, bool keep);

#endif
