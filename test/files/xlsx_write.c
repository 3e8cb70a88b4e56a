/* test/files/xlsx_write.c — what was written is what is read, and nothing in it can run. */
#include "files/xlsx_write.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "files/xlsx_read.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#define CREATED INT64_C(1795392000000)

static const char *const columns[] = { "编号", "企业名称", "数量", "错误信息" };
static const struct xlsx_sheet sheet = { "导入结果", "检查对象导入结果（演练无效）", columns, 4 };

static struct xlsx_write *open_book(const char *path)
{
	struct xlsx_write_options o = { "导入结果", CREATED, 0644 };
	struct xlsx_write *w = NULL;

	CHECK_INT(xlsx_write_open(&w, path, &o), OK);
	CHECK_INT(xlsx_write_sheet(w, &sheet), OK);
	return w;
}

static void write_book(const char *path)
{
	struct xlsx_write *w = open_book(path);
	const struct xlsx_value rows[][4] = {
		{ { .text = "000123456789012345" },
		  { .text = "=HYPERLINK(\"http://x\",\"点\")" },
		  { .number = 42, .look = XLSX_NUMERIC },
		  { .text = "http://example.com" } },
		{ { .text = "@SUM(1)" },
		  { .text = "+甲\n乙\xff\x01\r", .look = XLSX_MARKED, .note = "企业名称里有换行" },
		  { .number = -7, .look = XLSX_NUMERIC },
		  { .text = "_x000D_", .look = XLSX_STRONG } },
	};
	static const struct xlsx_sheet second = { "第二张", NULL, columns, 2 };

	for (size_t i = 0; i < COUNT(rows); i++)
		xlsx_write_row(w, rows[i], 4);
	CHECK_INT(xlsx_write_sheet(w, &second), OK);
	xlsx_write_row(w, rows[0], 2);
	CHECK_INT(xlsx_write_commit(w), OK);
}

static int take(const struct xlsx_row *row, void *arg)
{
	buf_printf(arg, "%u:", row->number);
	for (size_t i = 0; i < row->count; i++) {
		CHECK(!row->cells[i].formula);
		buf_printf(arg, "%s|", row->cells[i].text);
	}
	return 0;
}

TEST(text_comes_back_as_text)
{
	struct arena a;
	struct buf got;
	struct xlsx_report r;
	char *text;
	size_t len;
	arena_init(&a);
	buf_init(&got, 1 << 20);
	const char *path = arena_printf(&a, "%s/out.xlsx", unit_folder());

	write_book(path);
	CHECK_INT(file_read(&a, path, 1 << 20, &text, &len), OK);
	CHECK_INT(xlsx_read(text, len, NULL, take, &got, &r), OK);
	CHECK_STR(buf_text(&got),
		  "1:检查对象导入结果（演练无效）|2:编号|企业名称|数量|错误信息|"
		  "3:000123456789012345|=HYPERLINK(\"http://x\",\"点\")|42|http://example.com|"
		  "4:@SUM(1)|+甲\n乙���|-7|_x000D_|");
	CHECK_INT(r.formulas + r.formulas_no_value, 0);
	CHECK_INT(r.sheets, 2);
	buf_clear(&got);
	CHECK_INT(xlsx_read(text, len, "第二张", take, &got, &r), OK);
	CHECK_STR(buf_text(&got),
		  "1:编号|企业名称|2:000123456789012345|=HYPERLINK(\"http://x\",\"点\")|");
	buf_release(&got);
	arena_release(&a);
}

/* The XML of the first sheet, in the arena. */
static const char *sheet_xml(struct arena *a, const char *path)
{
	enum { MOST = 1 << 16 };
	char *text = arena_alloc(a, MOST);
	zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
	zip_file_t *part = zip ? zip_fopen(zip, "xl/worksheets/sheet1.xml", 0) : NULL;

	CHECK(part != NULL);
	if (part) {
		CHECK(zip_fread(part, text, MOST - 1) > 0);
		zip_fclose(part);
	}
	if (zip)
		zip_discard(zip);
	return text;
}

/* A report of 24 columns on one page would be too small to read. */
TEST(a_wide_sheet_is_printed_legibly)
{
	CLEANUP(arena_release) struct arena a;
	char path[256];

	arena_init(&a);
	for (int wide = 0; wide < 2; wide++) {
		snprintf(path, sizeof(path), "%s/wide%d.xlsx", unit_folder(), wide);
		struct xlsx_write *w = open_book(path);
		if (wide)
			xlsx_write_wide(w);
		CHECK_INT(xlsx_write_commit(w), OK);
		const char *xml = sheet_xml(&a, path);
		CHECK_INT(strstr(xml, "fitToPage=\"1\"") != NULL, !wide);
		CHECK(strstr(xml, wide ? "paperSize=\"8\" scale=\"85\"" : "paperSize=\"9\""));
		CHECK(strstr(xml, "orientation=\"landscape\""));
	}
}

TEST(the_same_rows_give_the_same_bytes)
{
	struct arena a;
	char *text[2];
	size_t len[2];
	arena_init(&a);

	for (int i = 0; i < 2; i++) {
		const char *path = arena_printf(&a, "%s/same%d.xlsx", unit_folder(), i);
		write_book(path);
		CHECK_INT(file_read(&a, path, 1 << 20, &text[i], &len[i]), OK);
	}
	CHECK(len[0] == len[1] && memcmp(text[0], text[1], len[0]) == 0);
	arena_release(&a);
}

TEST(limits_are_told_and_leave_the_file_alone)
{
	struct arena a;
	arena_init(&a);
	const char *folder = unit_folder(), *path = arena_printf(&a, "%s/old.xlsx", folder);
	char *longest = arena_alloc(&a, 32769), *text;
	size_t len;

	CHECK_INT(file_write(path, "old", 3, 0600), OK);
	memset(longest, 'x', 32768);
	struct xlsx_write *w = open_book(path);
	xlsx_write_row(w, &(struct xlsx_value){ .text = longest }, 1);
	CHECK_INT(xlsx_write_commit(w), TOO_LARGE);
	longest[32767] = '\0';
	w = open_book(path);
	xlsx_write_row(w, &(struct xlsx_value){ .text = longest }, 1);
	static const struct xlsx_sheet bad = { "a/b", NULL, columns, 1 };
	static const struct xlsx_sheet twice = { "导入结果", NULL, columns, 1 };
	static const struct xlsx_sheet none = { "空", NULL, columns, 0 };
	CHECK_INT(xlsx_write_sheet(w, &bad), INVALID);
	CHECK_INT(xlsx_write_sheet(w, &twice), INVALID);
	CHECK_INT(xlsx_write_sheet(w, &none), INVALID);
	xlsx_write_abort(w);
	CHECK_INT(file_read(&a, path, 100, &text, &len), OK);
	CHECK_STR(text, "old");
	CHECK_INT(xlsx_write_open(&w, "/nonexistent/x.xlsx", &(struct xlsx_write_options){ 0 }),
		  NONE);
	arena_release(&a);
}
