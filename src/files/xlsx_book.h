#ifndef FILES_XLSX_BOOK_H
#define FILES_XLSX_BOOK_H
/*
 * files/xlsx_book.h — what stands around a worksheet: the list of sheets, shared strings and number formats.
 * Only for the xlsx_ files.
 */
#include "files/xlsx_number.h"
#include "files/xlsx_xml.h"

enum { XLSX_RELATION = 64 }; /* longest relationship id, NUL included */

struct xlsx_book_sheet {
	char name[XLSX_NAME], relation[XLSX_RELATION];
	char path[XLSX_PATH]; /* "" for charts and dialogs */
	bool hidden;
};

struct xlsx_book {
	bool since_1904;
	uint32_t count;
	struct xlsx_book_sheet sheet[XLSX_SHEETS];
	char strings[XLSX_PATH], styles[XLSX_PATH]; /* "" if there is none */
};

/* Reads the list of sheets and where their parts are. */
MUST_USE enum xlsx_problem xlsx_book_read(struct xlsx_book *b, struct xlsx_package *p);

/* Shared strings: all texts in one buffer, each NUL-terminated. Zeroed at first; release it. */
struct xlsx_strings {
	char *text;
	size_t len, size;
	uint32_t *start; /* count + 1 of them */
	size_t count, room;
};

MUST_USE enum xlsx_problem xlsx_strings_read(struct xlsx_strings *s, struct xlsx_package *p,
					     const char *part);
void xlsx_strings_release(struct xlsx_strings *s);

/* Text n, with its length; NULL if there is no such. */
MUST_USE const char *xlsx_strings_get(const struct xlsx_strings *s, uint32_t n, uint32_t *len);

/* Formats by the number of a cell's style; others are plain. Zeroed at first; release it. */
struct xlsx_styles {
	uint8_t *format; /* enum xlsx_format */
	size_t count;
};

MUST_USE enum xlsx_problem xlsx_styles_read(struct xlsx_styles *s, struct xlsx_package *p,
					    const char *part);
void xlsx_styles_release(struct xlsx_styles *s);

/* Decodes _xHHHH_ escapes in place (never longer); returns the new length. */
MUST_USE size_t xlsx_unescape(char *at, size_t len);

/* UTF-16 units of valid UTF-8, as Excel counts the length of a text. */
MUST_USE size_t xlsx_units(const char *at, size_t len);

#endif
