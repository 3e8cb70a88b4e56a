/* test/files/book_maker.c — libzip writing to memory. */
#include "files/book_maker.h"

#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

void maker_init(struct maker *m)
{
	zip_error_t error;

	zip_error_init(&error);
	m->source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(m->source);
	m->zip = zip_open_from_source(m->source, ZIP_TRUNCATE, &error);
	assert(m->zip);
	zip_error_fini(&error);
}

void maker_add_mem(struct maker *m, const char *name, const void *at, size_t len)
{
	void *copy = len ? must_alloc(len) : NULL; /* libzip does not free an empty one */

	if (copy)
		memcpy(copy, at, len);
	zip_source_t *s = zip_source_buffer(m->zip, copy, len, 1);
	zip_int64_t index = zip_file_add(m->zip, name, s, ZIP_FL_ENC_UTF_8);
	assert(index >= 0);
}

void maker_add(struct maker *m, const char *name, const char *text)
{
	maker_add_mem(m, name, text, strlen(text));
}

struct book maker_done(struct maker *m)
{
	zip_stat_t st;

	int rc = zip_close(m->zip);
	assert(rc == 0);
	zip_source_open(m->source);
	zip_source_stat(m->source, &st);
	struct book b = { must_alloc(st.size), st.size };
	zip_int64_t n = zip_source_read(m->source, b.at, b.len);
	assert(rc == 0 && n == (zip_int64_t)b.len);
	zip_source_close(m->source);
	zip_source_free(m->source);
	return b;
}

void maker_add_frame(struct maker *m, const char *book_xml)
{
	maker_add(m, "[Content_Types].xml", "<Types/>");
	maker_add(m, "_rels/.rels",
		  "<Relationships><Relationship Id='rId1' Type='" RELATION "officeDocument' "
		  "Target='xl/workbook.xml'/></Relationships>");
	maker_add(m, "xl/workbook.xml", book_xml);
	maker_add(m, "xl/_rels/workbook.xml.rels",
		  "<Relationships>"
		  "<Relationship Id='rId1' Type='" RELATION
		  "worksheet' Target='worksheets/sheet1.xml'/>"
		  "<Relationship Id='rId2' Type='" RELATION
		  "worksheet' Target='/xl/worksheets/sheet2.xml'/>"
		  "<Relationship Id='rId3' Type='" RELATION
		  "sharedStrings' Target='./sharedStrings.xml'/>"
		  "<Relationship Id='rId4' Type='" RELATION "styles' Target='../xl/styles.xml'/>"
		  "</Relationships>");
}

struct book book_make(const char *rows, const char *strings, const char *styles)
{
	struct maker m;
	size_t size = strlen(rows) + 128;
	char *sheet = must_alloc(size);

	maker_init(&m);
	maker_add_frame(&m, BOOK_XML);
	snprintf(sheet, size, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
	maker_add(&m, "xl/worksheets/sheet1.xml", sheet);
	maker_add(&m, "xl/sharedStrings.xml", strings ? strings : "<sst/>");
	maker_add(&m, "xl/styles.xml", styles ? styles : "<styleSheet/>");
	free(sheet);
	return maker_done(&m);
}
