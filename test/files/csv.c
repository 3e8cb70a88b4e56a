/* test/files/csv.c — CSV as people save it, and the encodings they save it in. */
#include "files/csv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "base/utf8.h"
#include "files/text.h"

#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST = 8 };

/* All rows of a text as "cell|cell\n...", escaped cells unescaped; '!' marks an unclosed row. */
static const char *dump(struct buf *out, const char *text)
{
	struct csv csv;
	struct csv_row row;
	struct csv_cell cells[MOST];
	char plain[256];

	buf_clear(out);
	csv_init(&csv, text, strlen(text), ',');
	while (csv_next(&csv, cells, MOST, &row)) {
		for (uint32_t i = 0; i < row.count && i < MOST; i++) {
			buf_str(out, i ? "|" : row.unclosed ? "!" : "");
			if (cells[i].escaped)
				buf_add(out, plain, csv_unescape(&cells[i], plain));
			else
				buf_add(out, cells[i].at, cells[i].len);
		}
		buf_char(out, '\n');
	}
	return buf_text(out);
}

TEST(rows_of_all_sorts)
{
	CLEANUP(buf_release) struct buf b;
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{ "", "" },
		{ "a,b\n1,2\n", "a|b\n1|2\n" },
		{ "a,b\r\n1,2", "a|b\n1|2\n" },
		{ "a,,\n\n,\n", "a||\n\n|\n" },
		{ "\"a\",\"b\"\r\n\"c\"\r\n", "a|b\nc\n" },
		{ "\"a\"\"b\",\"\"\"\",\"\"\n", "a\"b|\"|\n" },
		{ "\"a,b\",\"c\nd\"\n", "a,b|c\nd\n" },
		{ "5\" pipe,b\"\n", "5\" pipe|b\"\n" },
		{ "\"ab\"cd,\"e\" \n", "abcd|e \n" },
		{ "\"ab\"c\"d\r\nx\n", "abc\"d\nx\n" },
		{ "a,b,c\n1\n1,2,3,4\n", "a|b|c\n1\n1|2|3|4\n" },
		{ "\"open,1\nnext,2\n", "!\"open|1\nnext|2\n" },
		{ "x,\"", "!x|\"\n" },
		{ "a\rb,c\n", "a\rb|c\n" },
	};

	buf_init(&b, 4096);
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_STR(dump(&b, cases[i].text), cases[i].rows);
}

TEST(a_row_tells_its_bytes_lines_and_cells)
{
	const char *text = "\"a\nb\",c,d,e,f,g,h,i,j,k\r\nx\n";
	struct csv csv;
	struct csv_row row;
	struct csv_cell cells[2];

	csv_init(&csv, text, strlen(text), ',');
	CHECK(csv_next(&csv, cells, 2, &row));
	CHECK_INT(row.count, 10);
	CHECK_INT(row.lines, 2);
	CHECK_INT(row.len, strlen(text) - 4);
	CHECK(csv_next(&csv, cells, 2, &row));
	CHECK_INT(row.len, 1);
	CHECK(!csv_next(&csv, cells, 2, &row));
}

TEST(a_quote_that_never_closes_costs_one_row)
{
	enum { SIZE = CSV_ROW_MOST + 4096 };
	char *text = malloc(SIZE);
	struct csv csv;
	struct csv_row row;
	struct csv_cell cells[MOST];
	size_t rows = 0, unclosed = 0;

	memset(text, 'a', SIZE);
	for (size_t i = 99; i < SIZE; i += 100)
		text[i] = '\n';
	text[200] = '"';
	csv_init(&csv, text, SIZE, ',');
	while (csv_next(&csv, cells, MOST, &row)) {
		rows++;
		unclosed += row.unclosed;
	}
	CHECK_INT(rows, (SIZE + 99) / 100);
	CHECK_INT(unclosed, 1);
	free(text);
}

TEST(delimiters_are_recognised)
{
	CHECK_INT(csv_delimiter("a,b,c\n1;2", 9), ',');
	CHECK_INT(csv_delimiter("a;b;c\n1,5;2", 11), ';');
	CHECK_INT(csv_delimiter("a\tb\tc", 5), '\t');
	CHECK_INT(csv_delimiter("a|b", 3), '|');
	CHECK_INT(csv_delimiter("", 0), ',');
}

/* Wherever a balanced file is cut, reading both parts gives the rows of the whole. */
TEST(a_file_may_be_cut_anywhere)
{
	static const char text[] = "a,\"b\nc\"\n\"\"\"\n\"\"\",d\r\ne,\"\"\n\"f,\n\",g\nlast";
	const size_t len = sizeof(text) - 1;
	size_t starts[16], count = 0;
	struct csv csv;
	struct csv_row row;
	struct csv_cell cells[MOST];

	csv_init(&csv, text, len, ',');
	do
		starts[count++] = (size_t)(csv.at - text);
	while (csv_next(&csv, cells, MOST, &row));
	for (size_t from = 1; from <= len; from++) {
		size_t next = csv_row_start(text, len, from), i = 0;
		while (i < count && starts[i] != next)
			i++;
		CHECK(i < count && next >= from);
	}
}

TEST(written_cells_read_back)
{
	CLEANUP(buf_release) struct buf out, back;
	static const char *const texts[] = { "plain", "a,b", "say \"hi\"", "two\nlines", "", "\"" };

	buf_init(&out, 4096);
	buf_init(&back, 4096);
	for (size_t i = 0; i < COUNT(texts); i++) {
		buf_clear(&out);
		csv_write(&out, ',', texts[i], strlen(texts[i]));
		buf_char(&out, '\n');
		dump(&back, buf_text(&out));
		CHECK(back.len == strlen(texts[i]) + 1 &&
		      memcmp(back.data, texts[i], back.len - 1) == 0);
	}
}

static enum text_encoding detect(const char *at, size_t len, size_t *bom)
{
	return text_detect(at, len, utf8_valid(at, len), bom);
}

TEST(encodings_are_recognised)
{
	size_t bom;

	CHECK_INT(detect("abc", 3, &bom), TEXT_UTF8);
	CHECK_INT(detect("\xef\xbb\xbf企业", 9, &bom), TEXT_UTF8);
	CHECK_INT(bom, 3);
	CHECK_INT(detect("\xc6\xf3\xd2\xb5\xc3\xfb\xb3\xc6", 8, &bom), TEXT_GB18030);
	CHECK_INT(detect("\xff\xfe\x01\x4f", 4, &bom), TEXT_UTF16LE);
	CHECK_INT(detect("\xfe\xff\x4f\x01", 4, &bom), TEXT_UTF16BE);
	/* One damaged byte in much UTF-8 is no other encoding. */
	CHECK_INT(detect("企业名称单位名称\xff地址", 31, &bom), TEXT_UTF8);
}

static void check_converts(enum text_encoding encoding, const char *at, size_t len,
			   const char *want)
{
	struct text_decoder d;
	char path[512], *text;
	size_t got;
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	snprintf(path, sizeof(path), "%s/text", unit_folder());
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK_INT(text_decoder_open(&d), OK);
	CHECK_INT(text_to_utf8(&d, encoding, at, len, fd), OK);
	close(fd);
	text_decoder_close(&d);
	CHECK_INT(file_read(&a, path, 1 << 20, &text, &got), OK);
	CHECK_STR(text, want);
}

TEST(foreign_text_becomes_utf8)
{
	check_converts(TEXT_GB18030, "\xc6\xf3\xd2\xb5,1\n", 7, "企业,1\n");
	/* Four-byte GB18030, and a byte that is nothing. */
	check_converts(TEXT_GB18030, "\x82\x35\x8f\x33\xff\xc6\xf3", 7, "龦\xef\xbf\xbd企");
	check_converts(TEXT_GB18030, "\xc6", 1, "\xef\xbf\xbd");
	check_converts(TEXT_UTF16LE, "\x01\x4f,\0\x3d\xd8\x00\xde", 8, "企,😀");
	check_converts(TEXT_UTF16BE, "\x4f\x01\0,", 4, "企,");
	check_converts(TEXT_UTF8, "企", 3, "企");
}
