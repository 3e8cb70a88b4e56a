#ifndef FILES_XLSX_NUMBER_H
#define FILES_XLSX_NUMBER_H
/*
 * files/xlsx_number.h — numbers and dates of a worksheet as text, by decimal digits alone: no floating point,
 * no locale. Only for the xlsx_ files.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { XLSX_NUMBER_TEXT = 64 }; /* longest text, NUL included */

/* What a number format shows. */
enum xlsx_format {
	XLSX_FORMAT_PLAIN = 0,
	XLSX_FORMAT_DATE = 1,
	XLSX_FORMAT_TIME = 2,
	XLSX_FORMAT_DATE_TIME = 3
};

/* By the format's text, e.g. yyyy"年"m"月". */
MUST_USE enum xlsx_format xlsx_format_of(const char *code);

/* By a built-in number, 0 to 163, as Chinese Excel numbers them. */
MUST_USE enum xlsx_format xlsx_format_builtin(uint32_t id);

/*
 * Writes a stored number ("1.3060200000012E+17") as shown unformatted; false if it is no number: then out is
 * untouched. *imprecise: an integer of more than 15 digits.
 */
MUST_USE bool xlsx_number_text(const char *at, size_t len, char out[XLSX_NUMBER_TEXT],
			       bool *imprecise);

/* Writes a serial as date, time or both; false if it is no such day: then out is untouched. */
MUST_USE bool xlsx_date_text(const char *at, size_t len, enum xlsx_format format, bool since_1904,
			     char out[XLSX_NUMBER_TEXT]);

#endif
