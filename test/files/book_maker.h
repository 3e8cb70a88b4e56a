#ifndef TEST_FILES_BOOK_MAKER_H
#define TEST_FILES_BOOK_MAKER_H
/* test/files/book_maker.h — workbooks made by hand, good and hostile, in memory. */
#include <stddef.h>
#include <zip.h>

struct book {
	char *at; /* free() it */
	size_t len;
};

/* A zip being made. */
struct maker {
	zip_t *zip;
	zip_source_t *source;
};

void maker_init(struct maker *m);

/* Adds an entry; text is copied. */
void maker_add(struct maker *m, const char *name, const char *text);
void maker_add_mem(struct maker *m, const char *name, const void *at, size_t len);

/* Ends the zip and gives its bytes. */
struct book maker_done(struct maker *m);

/* Adds what a workbook with one sheet "名单" needs around the sheet; strings and styles as the flags say. */
void maker_add_frame(struct maker *m, const char *book_xml);

#define BOOK_XML                                                                                   \
	"<workbook xmlns:r='x'><sheets><sheet name='名单' sheetId='1' r:id='rId1'/></sheets></workbook>"

/* A whole workbook: sheetData's inside, and the whole of strings and styles (NULL: none). */
struct book book_make(const char *rows, const char *strings, const char *styles);

#endif
