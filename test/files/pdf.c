/* test/files/pdf.c — every character comes back, the same input gives the same bytes, overflow goes on. */
#include "files/pdf.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "base/utf8.h"
#include "files/qr.h"

#include "unit.h"

#include <iconv.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* fontconfig keeps its configuration until the end of the process; LeakSanitizer asks here what to pass. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

#define CREATED INT64_C(1795392000000)

static struct pdf *open_pdf(const char *stamp)
{
	struct pdf_options o = { .title = "现场检查记录",
				 .footer = "抽取编号 BD-2026-Q4-001",
				 .stamp = stamp,
				 .created = CREATED };
	struct pdf *p = NULL;

	CHECK_INT(pdf_open(&p, &o), OK);
	return p;
}

/*
 * First in this file: fontconfig reads its configuration once a process, so the program runs itself again
 * with a configuration that knows other fonts only, and that run ends here.
 */
TEST(a_missing_font_is_an_error_not_another_font)
{
	static const char text[] = "<?xml version=\"1.0\"?><fontconfig>"
				   "<dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>";
	struct pdf_options o = { .title = "x" };
	char self[4096] = "";
	struct pdf *p = NULL;
	struct arena a;

	if (getenv("PDF_TEST_NO_FONT"))
		_exit(pdf_open(&p, &o) == NONE && !p ? 0 : 1);
	arena_init(&a);
	const char *config = arena_printf(&a, "%s/fonts.conf", unit_folder());
	CHECK_INT(file_write(config, text, sizeof(text) - 1, 0600), OK);
	CHECK(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	FILE *f = popen(
		arena_printf(&a, "PDF_TEST_NO_FONT=1 FONTCONFIG_FILE='%s' '%s'", config, self),
		"r");
	CHECK(f && pclose(f) == 0);
	arena_release(&a);
}

static bool have_pdftotext(void)
{
	return access("/usr/bin/pdftotext", X_OK) == 0;
}

/* The text of a PDF by poppler, all pages. */
static char *text_of(struct arena *a, const char *path)
{
	char *text = NULL, *out = arena_printf(a, "%s.txt", path);
	const char *command = arena_printf(a, "/usr/bin/pdftotext -raw '%s' '%s'", path, out);
	size_t len;

	/* system() is banned in the product; a test may run the tool it compares with. */
	FILE *f = popen(command, "r");
	CHECK(f && pclose(f) == 0);
	CHECK_INT(file_read(a, out, 64 << 20, &text, &len), OK);
	return text;
}

/* A whole form, as a visit needs it. */
static void fill_form(struct pdf *p)
{
	static const struct pdf_pair pairs[] = {
		{ "检查对象", "保定市某某新材料有限公司（莲池区）", NULL, NULL },
		{ "统一社会信用代码", "91130606MA0ABCDE1X", "监管级别", "重点监管对象" },
		{ "地址", "保定市莲池区东三环路与百花东路交叉口向东 500 米路北工业园区 12 号", NULL,
		  NULL },
		{ "检查时间", "2026 年 12 月 1 日", "检查方式", "双随机、一公开" },
	};
	static const struct pdf_check checks[] = {
		{ "环境影响评价和“三同时”制度执行情况", true },
		{ "排污许可证持证及执行情况", true },
		{ "污染防治设施运行情况", false },
	};
	static const struct pdf_cell wide[] = { { "检查情况", 20, PDF_LABEL },
						{ "", 84, PDF_VALUE } };
	static const char *const sign[] = { "检查人员（签名）", "执法证号" };
	static const char *const sign2[] = { "被检查单位负责人（签名）", "日期" };

	pdf_title(p, "行政检查通知书");
	pdf_number(p, "保环检通〔2026〕第 0042 号");
	pdf_paragraph(
		p, "依据《中华人民共和国环境保护法》第二十四条，我局定于近期对你单位进行现场检查。"
		   "本次检查对象和检查人员由公开可复算的随机抽取确定，请予配合。");
	pdf_heading(p, "一、基本情况");
	pdf_pairs(p, pairs, COUNT(pairs));
	pdf_heading(p, "二、检查事项");
	pdf_checks(p, checks, COUNT(checks));
	pdf_grid(p, wide, COUNT(wide), 40);
	pdf_gap(p, 4);
	pdf_signatures(p, sign, COUNT(sign));
	pdf_signatures(p, sign2, COUNT(sign2));
	pdf_gap(p, 3);
	pdf_qr(p, "dr1:BD-2026-Q4-001:5f2c9a",
	       "扫码核对：抽取编号 BD-2026-Q4-001。任何人都可以用公开的名单和随机数重新算出本次抽取结果。");
}

TEST(a_form_fits_one_page_and_its_words_come_back)
{
	struct arena a;
	arena_init(&a);
	const char *path = arena_printf(&a, "%s/form.pdf", unit_folder());
	struct pdf *p = open_pdf("演练无效");

	fill_form(p);
	CHECK_INT(pdf_pages(p), 1);
	CHECK_STR(pdf_missing(p), "");
	CHECK_INT(pdf_commit(p, path, 0644), OK);
	if (have_pdftotext()) {
		char *text = text_of(&a, path);
		CHECK(strstr(text, "行政检查通知书") != NULL);
		CHECK(strstr(text, "保环检通〔2026〕第 0042 号") != NULL);
		CHECK(strstr(text, "91130606MA0ABCDE1X") != NULL);
		CHECK(strstr(text, "第 1 页") != NULL && strstr(text, "共 1 页") != NULL);
		CHECK(strstr(text, "BD-2026-Q4-001") != NULL);
		char *to = text; /* slanting text comes one character a line */
		for (const char *from = text; *from; from++)
			if (*from != '\n')
				*to++ = *from;
		*to = '\0';
		CHECK(strstr(text, "演练无效") != NULL);
	}
	arena_release(&a);
}

TEST(the_same_input_gives_the_same_bytes)
{
	struct arena a;
	arena_init(&a);
	char *text[2];
	size_t len[2];

	for (int i = 0; i < 2; i++) {
		const char *path = arena_printf(&a, "%s/same%d.pdf", unit_folder(), i);
		struct pdf *p = open_pdf(NULL);
		fill_form(p);
		CHECK_INT(pdf_commit(p, path, 0644), OK);
		CHECK_INT(file_read(&a, path, 10 << 20, &text[i], &len[i]), OK);
	}
	CHECK(len[0] == len[1] && memcmp(text[0], text[1], len[0]) == 0);
	arena_release(&a);
}

/* All GB 2312 characters, in the order of the standard, as UTF-8. */
static size_t all_gb2312(char *out)
{
	iconv_t cd = iconv_open("UTF-8", "GB2312");
	size_t count = 0;
	char *to = out;

	for (int row = 0xA1; row <= 0xF7; row++)
		for (int column = 0xA1; column <= 0xFE; column++) {
			char in[2] = { (char)row, (char)column }, *from = in;
			size_t left = 2, room = 4;
			if (iconv(cd, &from, &left, &to, &room) == 0 && left == 0)
				count++;
			else
				iconv(cd, NULL, NULL, NULL, NULL);
		}
	*to = '\0';
	iconv_close(cd);
	return count;
}

/* Characters of `want` that are neither in `have` nor told as missing by the font. */
static size_t lost(const char *want, const char *have, const char *missing, char first[5])
{
	static bool seen[0x110000], told[0x110000];
	size_t n = 0;
	uint32_t code;

	memset(seen, 0, sizeof(seen));
	memset(told, 0, sizeof(told));
	for (size_t i = 0, len = strlen(have); i < len; seen[code] = true)
		i += utf8_next(have + i, len - i, &code);
	for (size_t i = 0, len = strlen(missing); i < len; told[code] = true)
		i += utf8_next(missing + i, len - i, &code);
	for (size_t i = 0, len = strlen(want); i < len;) {
		i += utf8_next(want + i, len - i, &code);
		if (code > 0x3000 && !seen[code] && !told[code] && n++ == 0)
			first[utf8_put(first, code)] = '\0';
	}
	return n;
}

TEST(all_gb2312_characters_come_back_from_the_pdf)
{
	if (!have_pdftotext()) {
		unit_skip("pdftotext (poppler-utils) is not installed");
		return;
	}
	struct arena a;
	arena_init(&a);
	char *want = arena_alloc(&a, 40000), first[5] = "", missing[300];
	CHECK_INT(all_gb2312(want), 7445);
	const char *path = arena_printf(&a, "%s/gb2312.pdf", unit_folder());
	struct pdf *p = open_pdf(NULL);

	pdf_paragraph(p, want);
	snprintf(missing, sizeof(missing), "%s", pdf_missing(p));
	CHECK(pdf_pages(p) > 1);
	CHECK_INT(pdf_commit(p, path, 0644), OK);
	size_t n = lost(want, text_of(&a, path), missing, first);
	unit_check(n == 0, __FILE__, __LINE__, "%zu characters lost, the first is %s", n, first);
	/* The font has every hanzi of GB 2312. */
	for (const char *at = missing; *at;) {
		uint32_t code;
		at += utf8_next(at, strlen(at), &code);
		unit_check(code < 0x4E00 || code > 0x9FFF, __FILE__, __LINE__,
			   "the font lacks U+%04X", code);
	}
	arena_release(&a);
}

TEST(characters_the_font_lacks_are_told)
{
	struct pdf *p = open_pdf(NULL);

	pdf_paragraph(p, "企业名称𰻞𰻞面馆，\xff坏字节");
	CHECK(strstr(pdf_missing(p), "𰻞") != NULL);
	CHECK(strstr(pdf_missing(p), "企") == NULL);
	pdf_abort(p);
}

TEST(long_text_rows_and_tables_go_on_over_pages)
{
	static const struct pdf_column columns[] = { { "序号", 10, true },
						     { "检查对象", 50, false },
						     { "抽签号", 40, false } };
	struct arena a;
	struct buf text;
	arena_init(&a);
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 4000; i++)
		buf_printf(&text, "第%d句。", i);
	const struct pdf_cell cells[] = { { "情况", 1, PDF_LABEL },
					  { buf_text(&text), 5, PDF_VALUE } };
	const char *path = arena_printf(&a, "%s/long.pdf", unit_folder());
	struct pdf *p = open_pdf("演练无效");

	pdf_paragraph(p, buf_text(&text));
	CHECK(pdf_pages(p) > 5);
	pdf_grid(p, cells, COUNT(cells), 0);
	pdf_table(p, columns, COUNT(columns));
	for (int i = 0; i < 300; i++) {
		const char *row[] = { arena_printf(&a, "%d", i), "某某有限公司",
				      arena_printf(&a, "票%d号", i) };
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
	int pages = pdf_pages(p);
	CHECK_INT(pdf_commit(p, path, 0644), OK);
	if (have_pdftotext()) {
		const char *all = text_of(&a, path);
		CHECK(strstr(all, "票299号") != NULL);
		CHECK(strstr(all, arena_printf(&a, "共 %d 页", pages)) != NULL);
		const char *head = all;
		int heads = 0, forms = 0;
		for (; (head = strstr(head, "抽签号")); head += 3)
			heads++;
		for (const char *at = all; (at = strchr(at, '\f')); at++)
			forms++;
		CHECK(heads > 5);
		CHECK_INT(forms, pages);
	}
	buf_release(&text);
	arena_release(&a);
}

TEST(limits_are_told_at_commit_and_leave_the_file_alone)
{
	struct arena a;
	arena_init(&a);
	const char *path = arena_printf(&a, "%s/limit.pdf", unit_folder());
	char *text = arena_alloc(&a, QR_LONGEST + 2);
	struct pdf *p = open_pdf(NULL);

	memset(text, 'x', QR_LONGEST + 1);
	pdf_qr(p, text, "太长");
	CHECK_INT(pdf_commit(p, path, 0644), TOO_LARGE);
	p = open_pdf(NULL);
	for (int i = 0; i < PDF_PAGES + 1; i++)
		pdf_page(p);
	CHECK_INT(pdf_commit(p, path, 0644), TOO_LARGE);
	CHECK(!file_exists(path));
	p = open_pdf(NULL);
	CHECK_INT(pdf_commit(p, "/nonexistent/x.pdf", 0644), NONE);
	arena_release(&a);
}

TEST(qr_codes_are_those_of_the_standard_and_have_limits)
{
	struct qr q;
	QRcode *want = QRcode_encodeString8bit("抽取 BD-2026-Q4-001", 0, QR_ECLEVEL_Q);

	CHECK_INT(qr_make(&q, "抽取 BD-2026-Q4-001", QR_Q), OK);
	CHECK_INT(q.size, want->width);
	int different = 0;
	for (int i = 0; i < q.size * q.size; i++)
		different += qr_dark(&q, i % q.size, i / q.size) != (want->data[i] & 1);
	CHECK_INT(different, 0);
	/* The finder pattern: a dark ring around a light one. */
	CHECK(qr_dark(&q, 0, 0) && qr_dark(&q, 6, 6) && !qr_dark(&q, 1, 1) && qr_dark(&q, 3, 3) &&
	      !qr_dark(&q, 7, 7));
	qr_release(&q);
	QRcode_free(want);
	CHECK_INT(qr_make(&q, "", QR_M), INVALID);
	char text[QR_LONGEST + 2];
	memset(text, '\xff', sizeof(text));
	text[QR_LONGEST] = '\0';
	CHECK_INT(qr_make(&q, text, QR_Q), OK);
	qr_release(&q);
	text[QR_LONGEST] = 'x';
	text[QR_LONGEST + 1] = '\0';
	CHECK_INT(qr_make(&q, text, QR_M), TOO_LARGE);
}

TEST(a_printed_code_is_read_by_a_scanner)
{
	if (access("/usr/bin/zbarimg", X_OK) != 0 || access("/usr/bin/pdftoppm", X_OK) != 0) {
		unit_skip("zbarimg is not installed");
		return;
	}
	struct arena a;
	arena_init(&a);
	const char *path = arena_printf(&a, "%s/code.pdf", unit_folder());
	struct pdf *p = open_pdf("演练无效");
	char line[256] = "";

	fill_form(p);
	CHECK_INT(pdf_commit(p, path, 0644), OK);
	FILE *f = popen(
		arena_printf(
			&a,
			"pdftoppm -r 100 -png -singlefile '%s' '%s' && zbarimg -q --raw '%s.png'",
			path, path, path),
		"r");
	CHECK(f && fgets(line, sizeof(line), f));
	if (f)
		pclose(f);
	CHECK_STR(line, "dr1:BD-2026-Q4-001:5f2c9a\n");
	arena_release(&a);
}

/* Code points of each class that a font library might stumble over, and of every plane. */
static void add_classes(struct buf *out)
{
	static const struct {
		uint32_t from, to, step;
	} ranges[] = {
		{ 0x01, 0x9F, 1 },           /* controls */
		{ 0xA0, 0x1FFF, 61 },        /* letters, combining marks, right to left */
		{ 0x2000, 0x20FF, 1 },       /* blanks, joiners, direction, line ends, symbols */
		{ 0x2FF0, 0x3020, 1 },       /* ideographic description */
		{ 0xD700, 0xE000, 1 },       /* surrogates among them */
		{ 0xE000, 0xF8FF, 331 },     /* private */
		{ 0xFDD0, 0xFDEF, 1 },       /* noncharacters */
		{ 0xFE00, 0xFE2F, 1 },       /* variation selectors, half marks */
		{ 0xFFF0, 0xFFFF, 1 },       /* specials */
		{ 0x10000, 0x10FFFF, 4093 }, /* the other planes */
		{ 0x1F1E6, 0x1F1FF, 1 },     /* flags */
		{ 0xE0000, 0xE01FF, 7 },     /* tags */
	};
	char one[8];

	for (size_t i = 0; i < COUNT(ranges); i++)
		for (uint32_t c = ranges[i].from; c <= ranges[i].to; c += ranges[i].step)
			if (c < 0xD800 || c > 0xDFFF)
				buf_add(out, one, utf8_put(one, c));
	for (uint32_t plane = 0; plane <= 16; plane++)
		for (uint32_t c = 0xFFFD; c <= 0xFFFF; c++)
			buf_add(out, one, utf8_put(one, plane << 16 | c));
}

TEST(any_valid_text_can_be_printed)
{
	CLEANUP(buf_release) struct buf text;
	struct arena a;
	struct pdf *p = open_pdf("\xef\xb7\x90\xef\xbf\xbe");

	arena_init(&a);
	buf_init(&text, 1 << 20);
	add_classes(&text);
	const char *path = arena_printf(&a, "%s/all.pdf", unit_folder());
	for (size_t at = 0; at < text.len;) {
		size_t len = text.len - at < 300 ? text.len - at : 300;
		len = utf8_valid(text.data + at, len);
		pdf_paragraph(p, arena_mem(&a, text.data + at, len));
		at += len;
	}
	/* Each noncharacter alone, where a name stands. */
	for (uint32_t plane = 0; plane <= 16; plane++) {
		char name[32] = "甲";
		size_t len = 3;
		len += utf8_put(name + len, plane << 16 | 0xFFFE);
		len += utf8_put(name + len, plane << 16 | 0xFFFF);
		len += utf8_put(name + len, 0xFDD0 + plane);
		name[len] = 0;
		pdf_grid(p, &(struct pdf_cell){ name, 1, PDF_VALUE }, 1, 0);
	}
	CHECK_INT(pdf_commit(p, path, 0644), OK);
	if (have_pdftotext())
		CHECK(strstr(text_of(&a, path), "甲\xef\xbf\xbd"));
	arena_release(&a);
}

TEST(the_stamp_can_be_searched)
{
	struct arena a;
	struct pdf *p = open_pdf("演练无效");

	arena_init(&a);
	const char *path = arena_printf(&a, "%s/stamp.pdf", unit_folder());
	pdf_paragraph(p, "一");
	CHECK_INT(pdf_commit(p, path, 0644), OK);
	if (have_pdftotext())
		CHECK(strstr(text_of(&a, path), "演练无效"));
	else
		unit_skip("no pdftotext here");
	arena_release(&a);
}
