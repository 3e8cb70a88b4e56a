#ifndef FILES_XLSX_SHEET_H
#define FILES_XLSX_SHEET_H
/* files/xlsx_sheet.h — one worksheet as a stream of rows. Only for the xlsx_ files. */
#include "files/xlsx_book.h"

struct xlsx_sheet_in {
	const struct xlsx_book *book;
	const struct xlsx_strings *strings;
	const struct xlsx_styles *styles;
	xlsx_take_row *take;
	void *arg;
};

/* Reads the sheet at a part name; counts into report. *stop: what take returned if it stopped. */
MUST_USE enum xlsx_problem xlsx_sheet_read(const struct xlsx_sheet_in *in, struct xlsx_package *p,
					   const char *part, struct xlsx_report *report, int *stop);

#endif
