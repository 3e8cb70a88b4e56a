#ifndef FILES_XLSX_READ_H
#define FILES_XLSX_READ_H
/*
 * files/xlsx_read.h — reads one worksheet of an .xlsx or .xlsm workbook row by row. Meant to run inside
 * files/sandbox.h: it opens nothing, follows no link that leaves the workbook and runs no formula or macro.
 *
 * What a cell gives, as UTF-8:
 *   text     as stored (rich text joined, phonetic guides left out, _x000D_ escapes decoded);
 *   numbers  as Excel shows an unformatted one: no exponent up to 30 digits, fractions rounded to 15
 *            significant digits; `imprecise` when an integer has more than 15 digits, because then Excel may
 *            have lost the last ones (ids and card numbers typed as numbers);
 *   dates    a number whose format shows a date: YYYY-MM-DD, with " hh:mm:ss" if the format shows the time;
 *            time formats give hh:mm:ss; both the 1900 and the 1904 system. A serial that is no real day
 *            (0, 60 = the 29 February 1900 that never was, below 0, after 9999) stays a number;
 *   logic    TRUE or FALSE;  errors  #N/A and the like;
 *   formulas their stored value; without one the text is empty and the kind says so.
 * Cells without text are not delivered. Of merged cells only the first has text, as in the file.
 *
 * Memory: the shared strings (at most 256 MiB of text and 64 MiB of offsets), styles (256 KiB), one row
 * (at most 16,384 cells and XLSX_ROW_BYTES of text) and one XML token (XLSX_TOKEN). All other limits below
 * are refusals too, each with its code.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XLSX_FILE_BYTES ((uint64_t)512 << 20)     /* the workbook itself */
#define XLSX_UNPACKED_TOTAL ((uint64_t)2 << 30)   /* all parts, unpacked */
#define XLSX_UNPACKED_PART ((uint64_t)1536 << 20) /* one part, unpacked */
#define XLSX_STRING_BYTES ((size_t)256 << 20)     /* shared strings, text */
#define XLSX_ROW_BYTES ((size_t)16 << 20)         /* text of one row */
#define XLSX_TOKEN ((size_t)1 << 20) /* one tag with its attributes, or one piece of text */
enum {
	XLSX_RATIO = 250,        /* unpacked : packed of a part, once 16 MiB are unpacked */
	XLSX_ENTRIES = 4096,     /* files inside the workbook */
	XLSX_SHEETS = 255,       /* worksheets */
	XLSX_ROWS = 1048576,     /* as in Excel */
	XLSX_COLUMNS = 16384,    /* as in Excel */
	XLSX_CELL_UNITS = 32767, /* as in Excel: UTF-16 units of one cell's text */
	XLSX_STRINGS = 16777216, /* shared strings, number */
	XLSX_STYLES = 65536,     /* cell formats */
	XLSX_DEPTH = 64,         /* nesting of XML */
	XLSX_MERGED_TOLD = 64,   /* merged ranges that the report lists */
	XLSX_NAME = 128          /* bytes of a sheet name in the report, NUL included */
};

enum xlsx_problem {
	XLSX_FINE,
	XLSX_NOT_WORKBOOK,     /* no zip, or a zip without a workbook */
	XLSX_OLD_XLS,          /* the binary format before 2007 */
	XLSX_BINARY,           /* .xlsb */
	XLSX_ENCRYPTED,        /* a password is needed */
	XLSX_TRUNCATED,        /* a zip that ends too early */
	XLSX_DAMAGED,          /* checksum, compression or zip structure */
	XLSX_DUPLICATE_PART,   /* two files of one name inside */
	XLSX_TOO_BIG,          /* XLSX_FILE_BYTES */
	XLSX_BOMB_TOTAL,       /* XLSX_UNPACKED_TOTAL */
	XLSX_BOMB_PART,        /* XLSX_UNPACKED_PART */
	XLSX_BOMB_RATIO,       /* XLSX_RATIO */
	XLSX_TOO_MANY_ENTRIES, /* XLSX_ENTRIES */
	XLSX_TOO_MANY_SHEETS,  /* XLSX_SHEETS */
	XLSX_TOO_MANY_ROWS,    /* XLSX_ROWS */
	XLSX_TOO_MANY_COLUMNS, /* XLSX_COLUMNS */
	XLSX_TOO_LONG_CELL,    /* XLSX_CELL_UNITS or XLSX_ROW_BYTES */
	XLSX_TOO_MANY_STRINGS, /* XLSX_STRINGS or XLSX_STRING_BYTES */
	XLSX_TOO_MANY_STYLES,  /* XLSX_STYLES */
	XLSX_ENTITIES,         /* a document type or entities in the XML */
	XLSX_BAD_XML,  /* XML that is not well-formed, too deep or with a token over XLSX_TOKEN */
	XLSX_NO_SHEET, /* no worksheet, or none of that name */
	XLSX_OUTSIDE_LINK,  /* a part that points out of the workbook */
	XLSX_BAD_REFERENCE, /* a cell reference, string or row number that makes no sense */
	XLSX_ROW_ORDER,     /* rows not in ascending order */
	XLSX_CELL_ORDER     /* cells of a row not in ascending order */
};

enum xlsx_kind { XLSX_TEXT, XLSX_NUMBER, XLSX_DATE, XLSX_BOOL, XLSX_ERROR, XLSX_NO_VALUE };

struct xlsx_cell {
	const char *text; /* UTF-8, len bytes and a NUL; may contain line ends */
	uint32_t len;
	uint32_t column;     /* 0 = A */
	enum xlsx_kind kind; /* XLSX_NO_VALUE: a formula that was never calculated; text "" */
	bool formula;        /* the text is a formula's stored value */
	bool imprecise;      /* a number that may have lost digits */
};

/* A row with at least one cell; borrowed until the callback returns. */
struct xlsx_row {
	uint32_t number; /* 1 = the first, as Excel shows it */
	bool hidden;     /* by hand or by a filter */
	const struct xlsx_cell *cells;
	size_t count;
};

/* Not 0 stops the reading; xlsx_read returns it. */
typedef int xlsx_take_row(const struct xlsx_row *row, void *arg);

/* Rows and columns from 0, both ends included. */
struct xlsx_range {
	uint32_t row, column, last_row, last_column;
};

struct xlsx_report {
	enum xlsx_problem problem;
	uint32_t row;         /* last row begun, 1 = the first; where a problem stood */
	uint32_t columns;     /* one more than the last column with text */
	uint64_t rows, cells; /* with text */
	uint64_t hidden_rows; /* with text, and delivered */
	uint64_t hidden_columns;
	uint64_t formulas;          /* cells read by their stored value */
	uint64_t formulas_no_value; /* cells whose formula has no stored value */
	uint64_t errors, imprecise; /* cells */
	uint64_t merged;            /* ranges; the first ones: */
	struct xlsx_range merged_range[XLSX_MERGED_TOLD];
	uint32_t sheets, hidden_sheets; /* in the workbook */
	char sheet[XLSX_NAME];          /* name of the sheet that was read, cut to fit */
};

/*
 * Reads the worksheet of this name, or (NULL) the first that is not hidden, from a workbook in memory, which
 * is not changed and must stay until the return. OK; INVALID with ret->problem; or what take returned. ret
 * is filled in each case. Rows before a problem were delivered already.
 */
MUST_USE int xlsx_read(const void *at, size_t len, const char *sheet, xlsx_take_row *take,
		       void *arg, struct xlsx_report *ret);

/* Lists the worksheets' names, one a line, in the order of the workbook, into out. OK or INVALID. */
struct buf;
MUST_USE int xlsx_sheet_names(const void *at, size_t len, struct buf *out, enum xlsx_problem *ret);

/* A Chinese sentence for the user: what is wrong and what to do. Static text. */
MUST_USE const char *xlsx_problem_text(enum xlsx_problem problem);

#endif
