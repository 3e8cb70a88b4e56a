/* test/app/import_workbook.c — workbooks in and out; refusals of those that must not be read. */
#include "app/import.h"
#include "base/file.h"
#include "base/status.h"
#include "files/xlsx_read.h"
#include "files/xlsx_write.h"

#include "files/book_maker.h"
#include "import_case.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const heads[] = { "工号", "姓名", "身份证号", "执法证号", "有效期", "管辖片区" };
static const char *const rows[][COUNT(heads)] = {
	{ "P1", "张三", "11010519491231002X", "0306001", "2027年6月30日", "竞秀区、莲池区" },
	{ "", "李四", "", "0306002", "", "" },
	{ "", "", "", "", "", "" },
	{ "P3", "王五", "", "0306003", "2026-02-30", "" },
};

/* A workbook with a heading, the header row in row 2, and the rows behind it. */
static const char *make_book(struct import_case *c)
{
	const char *path = case_file(c, "book.xlsx", "", 0);
	struct xlsx_write *w = NULL;

	CHECK_INT(xlsx_write_open(&w, path, &(struct xlsx_write_options){ "人员", 0, 0644 }), OK);
	CHECK_INT(xlsx_write_sheet(w,
				   &(struct xlsx_sheet){ "人员", "人员名录", heads, COUNT(heads) }),
		  OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct xlsx_value values[COUNT(heads)] = { { .text = NULL } };
		for (size_t k = 0; k < COUNT(heads); k++)
			values[k].text = rows[i][k];
		xlsx_write_row(w, values, COUNT(heads));
	}
	CHECK_INT(xlsx_write_commit(w), OK);
	return path;
}

struct found {
	char text[4096];
};

static int take_row(const struct xlsx_row *row, void *arg)
{
	struct found *f = arg;
	size_t len = strlen(f->text);

	len += (size_t)snprintf(f->text + len, sizeof(f->text) - len, "%u:", row->number);
	for (size_t i = 0; i < row->count; i++)
		len += (size_t)snprintf(f->text + len, sizeof(f->text) - len, "[%u]%s",
					row->cells[i].column, row->cells[i].text);
	snprintf(f->text + len, sizeof(f->text) - len, "\n");
	return OK;
}

TEST(a_workbook_comes_back_with_what_is_wrong)
{
	CLEANUP(case_release) struct import_case c;
	struct found found = { "" };
	struct xlsx_report report;
	char *bytes;
	size_t len;

	case_init(&c, REGISTRY_INSPECTORS, "", 0);
	c.options.file = make_book(&c);
	case_run(&c);
	case_counts(&c, "2 1 0 0");
	CHECK_INT(c.summary->header_line, 2);
	CHECK_STR(c.summary->encoding, "XLSX");
	CHECK(strstr(c.registry, "\nP1\t张三\t0306001\t2027-06-30\t\t\t\t130602,130606\t"));
	CHECK(strstr(c.registry, "\nP-000001\t李四\t"));
	CHECK(strstr(c.json, "{\"id\":\"P3\",\"line\":6,\"reasons\":[{\"code\":\"day_form\""));
	CHECK_INT(file_read(&c.arena, c.paths.report, 1 << 20, &bytes, &len), OK);
	CHECK_INT(xlsx_read(bytes, len, NULL, take_row, &found, &report), OK);
	CHECK(strstr(found.text,
		     "2:[0]工号[1]姓名[2]身份证号[3]执法证号[4]有效期[5]管辖片区[6]错误信息\n"));
	CHECK(strstr(found.text,
		     "\n3:[0]P1[1]张三[2]（已略去）[3]0306001[4]2027年6月30日[5]竞秀区、莲池区\n"));
	CHECK(strstr(found.text,
		     "\n6:[0]P3[1]王五[3]0306003[4]2026-02-30[6]错误：「执法证有效期至」"));
	CHECK_INT(case_count(found.text, "11010519491231002X"), 0);
}

TEST(a_cut_workbook_or_a_sheet_that_is_not_there)
{
	CLEANUP(case_release) struct import_case c;
	char *bytes;
	size_t len;

	case_init(&c, REGISTRY_INSPECTORS, "", 0);
	const char *book = make_book(&c);
	CHECK_INT(file_read(&c.arena, book, 1 << 20, &bytes, &len), OK);
	for (size_t part = 1; part < 4; part++) {
		c.options.file = case_file(&c, "cut.xlsx", bytes, len * part / 4);
		case_run(&c);
		CHECK_INT(c.rc, INVALID);
		CHECK(*c.summary->refusal);
		CHECK_STR(c.registry, "");
	}
	c.options.file = book;
	c.options.sheet = "没有这张";
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	CHECK(strstr(c.summary->refusal, "工作表"));
	c.options.sheet = "人员";
	case_run(&c);
	CHECK_INT(c.rc, OK);
}

#define TEXT(cell, text) "<c r='" cell "' t='inlineStr'><is><t>" text "</t></is></c>"
#define NUMBER(cell, text) "<c r='" cell "'><v>" text "</v></c>"

/* Codes typed as numbers have lost their last digits; a column that is not read may hold anything. */
TEST(numbers_that_lost_digits)
{
	CLEANUP(case_release) struct import_case c;
	struct book b = book_make(
		"<row r='1'>" TEXT("A1", "编号") TEXT("B1", "单位名称") TEXT("C1", "信用代码") TEXT(
			"D1", "县区")
			TEXT("E1",
			     "电话") "</row>"
				     "<row r='2'>" NUMBER("A2", "1001") TEXT("B2", "甲厂") NUMBER(
					     "C2", "911302307808371268")
					     TEXT("D2",
						  "唐县") "</row>"
							  "<row r='4'>" NUMBER("A4", "1002") TEXT(
								  "B4", "乙厂") TEXT("D4", "唐县")
								  NUMBER("E4",
									 "911302307808371268") "</row>",
		NULL, NULL);

	case_init(&c, REGISTRY_SITES, b.at, b.len);
	free(b.at);
	case_run(&c);
	case_counts(&c, "1 1 0 0");
	CHECK(strstr(c.json, "\"id\":\"1001\",\"line\":2,"));
	CHECK_INT(case_count(c.json,
			     "{\"code\":\"digits_lost\",\"field\":\"code\",\"level\":\"error\""),
		  1);
	CHECK(strstr(c.json, "\"id\":\"1002\",\"line\":4,"));
}
