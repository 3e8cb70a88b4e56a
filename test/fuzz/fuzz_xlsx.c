/*
 * test/fuzz/fuzz_xlsx.c — a whole workbook, or, if the input is no zip, the inside of a worksheet: it is put
 * into a good workbook as first byte's part (0 sheet, 1 shared strings, 2 styles), because a fuzzer seldom
 * gets through deflate and checksums.
 */
#include "files/xlsx_read.h"

#include "files/book_maker.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROWS "<row r='1'><c r='A1' t='s'><v>0</v></c><c s='1'><v>44197.5</v></c></row>"
#define STRINGS "<sst><si><t>x</t></si></sst>"
#define STYLES "<styleSheet><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>"

/* What is promised of every row: ascending columns, lengths that are true, a kind that fits. */
static int take(const struct xlsx_row *row, void *arg)
{
	uint32_t *last = arg;

	if (row->number <= *last || row->number > XLSX_ROWS || row->count == 0)
		abort();
	*last = row->number;
	for (size_t i = 0; i < row->count; i++) {
		const struct xlsx_cell *c = &row->cells[i];
		if (c->column >= XLSX_COLUMNS || (i > 0 && c->column <= c[-1].column) ||
		    c->text[c->len] != '\0')
			abort();
		if ((c->len == 0) != (c->kind == XLSX_NO_VALUE))
			abort();
	}
	return 0;
}

static void read_book(const void *at, size_t len)
{
	struct xlsx_report r;
	uint32_t last = 0;
	int rc = xlsx_read(at, len, NULL, take, &last, &r);

	if ((rc == 0) != (r.problem == XLSX_FINE))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2 || data[0] > 2) {
		read_book(data, size);
		return 0;
	}
	char *text = malloc(size);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	struct book b = book_make(data[0] == 0 ? text : ROWS, data[0] == 1 ? text : STRINGS,
				  data[0] == 2 ? text : STYLES);
	read_book(b.at, b.len);
	free(b.at);
	free(text);
	return 0;
}
