/* test/files/xlsx_read.c — what a worksheet says is what the reader gives. */
#include "files/xlsx_read.h"

#include "base/buf.h"
#include "base/status.h"
#include "files/book_maker.h"
#include "files/xlsx_number.h"

#include "unit.h"

#include <stdlib.h>

/* Rows as "number:A=text|C=text;" with ! for imprecise, f for formula, ? for no value, h for hidden rows. */
static int take(const struct xlsx_row *row, void *arg)
{
	buf_printf(arg, "%u%s:", row->number, row->hidden ? "h" : "");
	for (size_t i = 0; i < row->count; i++) {
		const struct xlsx_cell *c = &row->cells[i];
		CHECK_INT(strlen(c->text), c->len);
		buf_printf(arg, "%s%c=%s%s%s%s", i ? "|" : "", (char)('A' + c->column), c->text,
			   c->imprecise ? "!" : "", c->formula ? "f" : "",
			   c->kind == XLSX_NO_VALUE ? "?" : "");
	}
	buf_char(arg, ';');
	return 0;
}

static struct xlsx_report check_book(struct book b, const char *sheet, const char *want)
{
	struct xlsx_report r;
	struct buf got;

	buf_init(&got, 1 << 20);
	CHECK_INT(xlsx_read(b.at, b.len, sheet, take, &got, &r), OK);
	CHECK_INT(r.problem, XLSX_FINE);
	CHECK_STR(buf_text(&got), want);
	buf_release(&got);
	free(b.at);
	return r;
}

TEST(shared_inline_and_rich_text)
{
	struct xlsx_report r = check_book(
		book_make(
			"<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>0</v></c></row>"
			"<row r='3'><c r='B3' t='inlineStr'><is><t>行</t><rPh><t>hang</t></rPh><r><t xml:space='preserve'> 内"
			"</t></r></is></c><c r='C3' t='str'><f>A1</f><v>x_x000D_y_x005F_z</v></c></row>",
			"<sst><si><t>企业</t></si><si><r><rPr/><t>名</t></r><r><t>称&amp;</t></r>"
			"<rPh><t>mingcheng</t></rPh></si></sst>",
			NULL),
		NULL, "1:A=名称&|B=企业;3:B=行 内|C=x\ry_zf;");
	CHECK_INT(r.rows, 2);
	CHECK_INT(r.cells, 4);
	CHECK_INT(r.columns, 3);
	CHECK_INT(r.formulas, 1);
	CHECK_STR(r.sheet, "名单");
}

TEST(numbers_as_excel_shows_them)
{
	struct xlsx_report r = check_book(
		book_make(
			"<row><c><v>130602000000123</v></c><c><v>1.3060219900101101E+17</v></c><c><v>0.1</v></c>"
			"<c><v>20.399999999999999</v></c><c><v>-5</v></c><c><v>1E-3</v></c></row>"
			"<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c></row>",
			NULL, NULL),
		NULL,
		"1:A=130602000000123|B=130602199001011010!|C=0.1|D=20.4|E=-5|F=0.001;2:A=TRUE|B=FALSE|C=#N/A;");
	CHECK_INT(r.imprecise, 1);
	CHECK_INT(r.errors, 1);
}

TEST(number_text_at_its_edges)
{
	static const struct {
		const char *in, *want;
		bool imprecise;
	} cases[] = {
		{ "0", "0", false },
		{ "-0.0", "0", false },
		{ "00012", "12", false },
		{ "999999999999999", "999999999999999", false },
		{ "1000000000000000", "1000000000000000", true },
		{ "9.9999999999999999", "10", false },
		{ "1.5e3", "1500", false },
		{ "1E+30", "1E+30", true },
		{ "1.25E-20", "1.25E-20", false },
		{ "0.30000000000000004", "0.3", false },
		{ " 7\n", "7", false },
	};
	static const char *const wrong[] = { "",     ".",    "-",   "1e",  "1e+",   "1 2",
					     "0x10", "1..2", "NaN", "INF", "1e999", "１２" };
	char out[XLSX_NUMBER_TEXT];
	bool imprecise;

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK(xlsx_number_text(cases[i].in, strlen(cases[i].in), out, &imprecise));
		CHECK_STR(out, cases[i].want);
		CHECK_INT(imprecise, cases[i].imprecise);
	}
	for (size_t i = 0; i < COUNT(wrong); i++)
		unit_check(!xlsx_number_text(wrong[i], strlen(wrong[i]), out, &imprecise), __FILE__,
			   __LINE__, "\"%s\" was taken as a number", wrong[i]);
}

TEST(dates_by_their_format)
{
	static const char styles[] =
		"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\"'/>"
		"<numFmt numFmtId='165' formatCode='yyyy/m/d\\ h:mm'/><numFmt numFmtId='166' formatCode='0.0\"d\"'/>"
		"</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
		"<xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='20'/>"
		"<xf numFmtId='31'/></cellXfs></styleSheet>";

	check_book(
		book_make(
			"<row><c s='0'><v>44197</v></c><c s='1'><v>44197</v></c><c s='2'><v>44197.75</v></c>"
			"<c s='3'><v>44197.75</v></c><c s='4'><v>2.5</v></c><c s='5'><v>0.5</v></c>"
			"<c s='6'><v>59</v></c><c s='1'><v>60</v></c><c s='1'><v>61</v></c>"
			"<c s='1'><v>-1</v></c><c t='d'><v>2021-03-01T00:00:00</v></c></row>",
			NULL, styles),
		NULL,
		"1:A=44197|B=2021-01-01|C=2021-01-01|D=2021-01-01 18:00:00|E=2.5|F=12:00:00|G=1900-02-28|H=60|"
		"I=1900-03-01|J=-1|K=2021-03-01;");
}

TEST(dates_since_1904)
{
	char out[XLSX_NUMBER_TEXT];

	CHECK(xlsx_date_text("0", 1, XLSX_FORMAT_DATE, true, out));
	CHECK_STR(out, "1904-01-01");
	CHECK(xlsx_date_text("2958465", 7, XLSX_FORMAT_DATE, false, out));
	CHECK_STR(out, "9999-12-31");
	CHECK(!xlsx_date_text("2958466", 7, XLSX_FORMAT_DATE, false, out));
	CHECK(xlsx_date_text("44197.9999999999", 16, XLSX_FORMAT_DATE_TIME, false, out));
	CHECK_STR(out, "2021-01-02 00:00:00");
	CHECK(xlsx_date_text("1.5", 3, XLSX_FORMAT_TIME, false, out));
	CHECK_STR(out, "36:00:00");
}

TEST(formats_are_told_by_their_text)
{
	static const struct {
		const char *code;
		enum xlsx_format want;
	} cases[] = {
		{ "General", XLSX_FORMAT_PLAIN },
		{ "0.00E+00", XLSX_FORMAT_PLAIN },
		{ "#,##0;[Red]-#,##0", XLSX_FORMAT_PLAIN },
		{ "\"day\" 0", XLSX_FORMAT_PLAIN },
		{ "[$-804]yyyy-mm-dd;@", XLSX_FORMAT_DATE },
		{ "m/d", XLSX_FORMAT_DATE },
		{ "h:mm AM/PM", XLSX_FORMAT_TIME },
		{ "[h]:mm", XLSX_FORMAT_TIME },
		{ "[mm]", XLSX_FORMAT_TIME },
		{ "yyyy-mm-dd hh:mm", XLSX_FORMAT_DATE_TIME },
		{ "\"unfinished", XLSX_FORMAT_PLAIN },
		{ "0\\", XLSX_FORMAT_PLAIN },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		unit_check(xlsx_format_of(cases[i].code) == cases[i].want, __FILE__, __LINE__, "%s",
			   cases[i].code);
}

TEST(formulas_without_a_value_are_told_and_not_run)
{
	struct xlsx_report r =
		check_book(book_make("<row><c><f>1+1</f></c><c><f>1+1</f><v>2</v></c>"
				     "<c t='str'><f>\"\"</f><v></v></c><c s='3'/></row>",
				     NULL, NULL),
			   NULL, "1:A=f?|B=2f;");
	CHECK_INT(r.formulas_no_value, 1);
	CHECK_INT(r.formulas, 1);
}

TEST(hidden_rows_merged_cells_and_other_sheets_are_told)
{
	struct maker m;
	maker_init(&m);
	maker_add_frame(
		&m,
		"<x:workbook xmlns:x='m' xmlns:r='x'><x:sheets>"
		"<x:sheet name='隐藏' state='hidden' r:id='rId1'/><x:sheet name='数据' r:id='rId2'/>"
		"</x:sheets></x:workbook>");
	maker_add(&m, "xl/worksheets/sheet1.xml",
		  "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
	maker_add(
		&m, "xl/worksheets/Sheet2.xml",
		"<x:worksheet xmlns:x='m'><x:cols><x:col min='2' max='3' hidden='1'/></x:cols><x:sheetData>"
		"<x:row r='2' hidden='1'><x:c r='A2'><x:v>2</x:v></x:c></x:row><x:row r='3'><x:c r='A3'/></x:row>"
		"</x:sheetData><x:mergeCells><x:mergeCell ref='A1:C2'/><x:mergeCell ref='bad'/></x:mergeCells>"
		"</x:worksheet>");
	maker_add(&m, "xl/sharedStrings.xml", "<sst/>");
	maker_add(&m, "xl/styles.xml", "<styleSheet/>");
	struct book b = maker_done(&m);
	struct buf names;
	enum xlsx_problem problem;

	buf_init(&names, 1000);
	CHECK_INT(xlsx_sheet_names(b.at, b.len, &names, &problem), OK);
	CHECK_STR(buf_text(&names), "隐藏\n数据\n");
	buf_release(&names);
	struct book copy = { malloc(b.len), b.len };
	memcpy(copy.at, b.at, b.len);
	check_book(copy, "隐藏", "1:A=1;");
	struct xlsx_report r = check_book(b, NULL, "2h:A=2;");
	CHECK_STR(r.sheet, "数据");
	CHECK_INT(r.sheets, 2);
	CHECK_INT(r.hidden_sheets, 1);
	CHECK_INT(r.hidden_rows, 1);
	CHECK_INT(r.hidden_columns, 2);
	CHECK_INT(r.merged, 1);
	CHECK_INT(r.merged_range[0].last_row, 1);
	CHECK_INT(r.merged_range[0].last_column, 2);
}

static int stop(const struct xlsx_row *row, void *arg)
{
	(void)arg;
	return row->number == 2 ? CANCELLED : 0;
}

TEST(the_callback_can_stop)
{
	struct book b = book_make(
		"<row><c><v>1</v></c></row><row><c><v>1</v></c></row><row><c><v>1</v></c></row>",
		NULL, NULL);
	struct xlsx_report r;

	CHECK_INT(xlsx_read(b.at, b.len, NULL, stop, NULL, &r), CANCELLED);
	CHECK_INT(r.problem, XLSX_FINE);
	CHECK_INT(r.row, 2);
	free(b.at);
}
