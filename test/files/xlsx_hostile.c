/* test/files/xlsx_hostile.c — workbooks that want to do harm are refused, each with its own code. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "files/book_maker.h"
#include "files/sandbox.h"
#include "files/xlsx_read.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define GOOD_ROWS                                                                                  \
	"<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><v>12</v></c></row>"                     \
	"<row r='2'><c r='A2' t='inlineStr'><is><t>甲</t></is></c></row>"
#define GOOD_STRINGS "<sst><si><t>企业名称</t></si></sst>"

static int ignore(const struct xlsx_row *row, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < row->count; i++)
		CHECK_INT(strlen(row->cells[i].text) <= row->cells[i].len, 1);
	return 0;
}

static enum xlsx_problem problem_of(const void *at, size_t len)
{
	struct xlsx_report r;
	int rc = xlsx_read(at, len, NULL, ignore, NULL, &r);

	CHECK((rc == OK) == (r.problem == XLSX_FINE));
	return r.problem;
}

static void check_problem(struct book b, enum xlsx_problem want, int line)
{
	enum xlsx_problem have = problem_of(b.at, b.len);

	unit_check(have == want, __FILE__, line, "problem %d, want %d (%s)", (int)have, (int)want,
		   xlsx_problem_text(have));
	free(b.at);
}

#define REFUSED(book, want) check_problem(book, want, __LINE__)

TEST(wrong_references_and_orders)
{
	static const struct {
		const char *rows;
		enum xlsx_problem want;
	} cases[] = {
		{ GOOD_ROWS, XLSX_FINE },
		{ "<row r='2'/><row r='1'/>", XLSX_ROW_ORDER },
		{ "<row r='2'/><row r='2'/>", XLSX_ROW_ORDER },
		{ "<row r='0'/>", XLSX_BAD_REFERENCE },
		{ "<row r='-1'/>", XLSX_BAD_REFERENCE },
		{ "<row r='99999999999999999999'/>", XLSX_BAD_REFERENCE },
		{ "<row r='1048576'/>", XLSX_FINE },
		{ "<row r='1048577'/>", XLSX_TOO_MANY_ROWS },
		{ "<row r='1048576'/><row/>", XLSX_TOO_MANY_ROWS },
		{ "<row><c r='B1'/><c r='A1'/></row>", XLSX_CELL_ORDER },
		{ "<row><c r='B1'/><c r='B1'/></row>", XLSX_CELL_ORDER },
		{ "<row><c r='B2'/></row>", XLSX_BAD_REFERENCE },
		{ "<row><c r='-1'/></row>", XLSX_BAD_REFERENCE },
		{ "<row><c r='1'/></row>", XLSX_BAD_REFERENCE },
		{ "<row><c r='A'/></row>", XLSX_BAD_REFERENCE },
		{ "<row><c r='XFD1'/></row>", XLSX_FINE },
		{ "<row><c r='XFD1'/><c/></row>", XLSX_TOO_MANY_COLUMNS },
		{ "<row><c r='XFE1'/></row>", XLSX_TOO_MANY_COLUMNS },
		{ "<row><c r='ZZZZZZZZZZ1'/></row>", XLSX_BAD_REFERENCE },
		{ "<row><c t='s'><v>1</v></c></row>", XLSX_BAD_REFERENCE },
		{ "<row><c t='s'><v>-1</v></c></row>", XLSX_BAD_REFERENCE },
		{ "<row><c t='s'><v>99999999999999999999</v></c></row>", XLSX_BAD_REFERENCE },
		{ "<row><c><v>abc</v></c></row>", XLSX_BAD_REFERENCE },
		{ "<row><c></row>", XLSX_BAD_XML },
		{ "<row><c><v>&lol;</v></c></row>", XLSX_ENTITIES },
		{ "<row>\xff</row>", XLSX_BAD_XML },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct book b = book_make(cases[i].rows, GOOD_STRINGS, NULL);
		enum xlsx_problem have = problem_of(b.at, b.len);
		unit_check(have == cases[i].want, __FILE__, __LINE__, "%s: problem %d, want %d",
			   cases[i].rows, (int)have, (int)cases[i].want);
		free(b.at);
	}
}

/* start, then count times piece, then end. */
static char *repeat(const char *start, const char *piece, size_t count, const char *end)
{
	size_t len = strlen(piece), first = strlen(start), last = strlen(end);
	char *text = must_alloc(first + len * count + last + 1), *to = text + first;

	memcpy(text, start, first);
	for (size_t i = 0; i < count; i++, to += len)
		memcpy(to, piece, len);
	memcpy(to, end, last + 1);
	return text;
}

static struct book with_rows(char *rows)
{
	struct book b = book_make(rows, NULL, NULL);

	free(rows);
	return b;
}

static struct book with_strings(char *strings)
{
	struct book b = book_make(GOOD_ROWS, strings, NULL);

	free(strings);
	return b;
}

TEST(bombs_and_limits)
{
	REFUSED(with_rows(repeat("", "                    ", 2000000, "")), XLSX_BOMB_RATIO);
	REFUSED(with_rows(
			repeat("<row><c t='inlineStr'><is><t>", "x", 32767, "</t></is></c></row>")),
		XLSX_FINE);
	REFUSED(with_rows(
			repeat("<row><c t='inlineStr'><is><t>", "x", 32768, "</t></is></c></row>")),
		XLSX_TOO_LONG_CELL);
	REFUSED(with_rows(repeat("<row><c t='inlineStr'><is><t>", "𰻞", 20000,
				 "</t></is></c></row>")),
		XLSX_TOO_LONG_CELL);
	REFUSED(with_strings(repeat("<sst><si><t>", "字", 32768, "</t></si></sst>")),
		XLSX_TOO_LONG_CELL);
	REFUSED(with_rows(repeat("", "<a>", 100, "")), XLSX_BAD_XML);
	REFUSED(with_rows(repeat("<row a='", "x", 3000000, "'/>")), XLSX_BAD_XML);
	REFUSED(with_strings(repeat("<sst count='4294967295' uniqueCount='4294967295'><si><t>", "",
				    1, "</t></si></sst>")),
		XLSX_FINE);
}

TEST(entities_are_refused_before_they_grow)
{
	static const char lol[] =
		"<!DOCTYPE lolz [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><sst><si><t>&c;</t></si></sst>";
	static const char outside[] =
		"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><sst><si><t>&f;</t></si></sst>";

	REFUSED(book_make(GOOD_ROWS, lol, NULL), XLSX_ENTITIES);
	REFUSED(book_make(GOOD_ROWS, outside, NULL), XLSX_ENTITIES);
}

TEST(too_many_entries_sheets_and_styles)
{
	struct arena a;
	struct maker m;
	struct buf text;
	arena_init(&a);
	buf_init(&text, 10 << 20);

	maker_init(&m);
	maker_add_frame(&m, BOOK_XML);
	for (int i = 0; i < XLSX_ENTRIES; i++)
		maker_add(&m, arena_printf(&a, "x/%d", i), "");
	REFUSED(maker_done(&m), XLSX_TOO_MANY_ENTRIES);

	buf_str(&text, "<workbook><sheets>");
	for (int i = 0; i < XLSX_SHEETS + 1; i++)
		buf_printf(&text, "<sheet name='%d' id='rId1'/>", i);
	buf_str(&text, "</sheets></workbook>");
	maker_init(&m);
	maker_add_frame(&m, buf_text(&text));
	REFUSED(maker_done(&m), XLSX_TOO_MANY_SHEETS);

	buf_clear(&text);
	buf_str(&text, "<styleSheet><cellXfs>");
	for (int i = 0; i < XLSX_STYLES + 1; i++)
		buf_printf(&text, "<xf numFmtId='%d'/>", i);
	buf_str(&text, "</cellXfs></styleSheet>");
	REFUSED(book_make(GOOD_ROWS, GOOD_STRINGS, buf_text(&text)), XLSX_TOO_MANY_STYLES);
	buf_release(&text);
	arena_release(&a);
}

static struct book with_target(const char *attributes, const char *entry)
{
	struct maker m;
	char rels[1000];

	maker_init(&m);
	maker_add(
		&m, "_rels/.rels",
		"<Relationships><Relationship Id='r' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>");
	maker_add(&m, "xl/workbook.xml", BOOK_XML);
	snprintf(rels, sizeof(rels),
		 "<Relationships><Relationship Id='rId1' Type='x/worksheet' %s/></Relationships>",
		 attributes);
	maker_add(&m, "xl/_rels/workbook.xml.rels", rels);
	maker_add(&m, entry, "<worksheet><sheetData/></worksheet>");
	return maker_done(&m);
}

TEST(links_stay_inside)
{
	REFUSED(with_target("Target='a/../s.xml'", "xl/s.xml"), XLSX_FINE);
	REFUSED(with_target("Target='../../etc/passwd'", "etc/passwd"), XLSX_OUTSIDE_LINK);
	REFUSED(with_target("Target='/../etc/passwd'", "etc/passwd"), XLSX_OUTSIDE_LINK);
	REFUSED(with_target("Target='file:///etc/passwd'", "etc/passwd"), XLSX_OUTSIDE_LINK);
	REFUSED(with_target("Target='..\\\\s.xml'", "s.xml"), XLSX_OUTSIDE_LINK);
	REFUSED(with_target("Target='s.xml' TargetMode='External'", "xl/s.xml"), XLSX_OUTSIDE_LINK);
	REFUSED(with_target("Target='/etc/passwd'", "x"), XLSX_DAMAGED);
	REFUSED(with_target("Target=''", "x"), XLSX_DAMAGED);
}

TEST(other_files_are_told_apart)
{
	static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	char file[2048] = "";
	const char name[] = "EncryptedPackage";
	struct maker m;

	CHECK_INT(problem_of("", 0), XLSX_NOT_WORKBOOK);
	CHECK_INT(problem_of("企业名称,地址\n", 19), XLSX_NOT_WORKBOOK);
	CHECK_INT(problem_of("PK", 2), XLSX_NOT_WORKBOOK);
	memcpy(file, ole, 8);
	CHECK_INT(problem_of(file, sizeof(file)), XLSX_OLD_XLS);
	for (size_t i = 0; i < sizeof(name); i++)
		file[1024 + 128 + 2 * i] = name[i];
	CHECK_INT(problem_of(file, sizeof(file)), XLSX_ENCRYPTED);
	maker_init(&m);
	maker_add(&m, "a.txt", "hello");
	REFUSED(maker_done(&m), XLSX_NOT_WORKBOOK);
	maker_init(&m);
	maker_add_frame(&m, "<w:document xmlns:w='w'/>");
	REFUSED(maker_done(&m), XLSX_NOT_WORKBOOK);
	maker_init(&m);
	maker_add_frame(&m, "<workbook><sheets/></workbook>");
	REFUSED(maker_done(&m), XLSX_NO_SHEET);
	maker_init(&m);
	maker_add(
		&m, "_rels/.rels",
		"<Relationships><Relationship Id='r' Type='x/officeDocument' Target='xl/workbook.bin'/></Relationships>");
	REFUSED(maker_done(&m), XLSX_BINARY);
}

TEST(zip_encryption_and_duplicates)
{
	struct maker m;
	struct book b;

	maker_init(&m);
	maker_add_frame(&m, BOOK_XML);
	if (zip_file_set_encryption(m.zip, 1, ZIP_EM_AES_256, "secret") == 0)
		REFUSED(maker_done(&m), XLSX_ENCRYPTED);
	else
		free(maker_done(&m).at);
	maker_init(&m);
	maker_add_frame(&m, BOOK_XML);
	maker_add(&m, "XL/Workbook.xml", BOOK_XML);
	b = maker_done(&m);
	REFUSED(b, XLSX_DUPLICATE_PART);
}

static void *find_bytes(struct book b, const char *what, bool last)
{
	char *found = NULL, *at = b.at;
	size_t len = strlen(what);

	while ((at = memmem(at, b.len - (size_t)(at - b.at), what, len))) {
		found = at++;
		if (!last)
			break;
	}
	return found;
}

/* Says in the directory that this entry unpacks to so many bytes. */
static void declare_size(struct book b, const char *name, uint32_t size)
{
	char *at = find_bytes(b, name, true);

	memcpy(at - 46 + 24, &size, sizeof(size));
}

TEST(declared_sizes_are_refused_before_unpacking)
{
	struct book b = book_make(GOOD_ROWS, GOOD_STRINGS, NULL);

	declare_size(b, "xl/styles.xml", 0x70000000);
	REFUSED(b, XLSX_BOMB_PART);
	b = book_make(GOOD_ROWS, GOOD_STRINGS, NULL);
	declare_size(b, "xl/styles.xml", 0x50000000);
	declare_size(b, "xl/sharedStrings.xml", 0x50000000);
	REFUSED(b, XLSX_BOMB_TOTAL);
}

TEST(files_over_the_limit_are_refused_unread)
{
	size_t len = (size_t)XLSX_FILE_BYTES + 1;
	char *at = mmap(NULL, len, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(at != MAP_FAILED);
	memcpy(at, "PK\3\4", 4);
	CHECK_INT(problem_of(at, len), XLSX_TOO_BIG);
	munmap(at, len);
}

TEST(too_many_shared_strings)
{
	if (!unit_long()) {
		unit_skip("takes 100 MB: MINGQIAN_LONG=1");
		return;
	}
	struct maker m;
	char *strings = repeat("<sst>", "<si/>", XLSX_STRINGS + 1, "</sst>");
	maker_init(&m);
	maker_add_frame(&m, BOOK_XML);
	maker_add(&m, "xl/sharedStrings.xml", strings);
	zip_int64_t index = zip_name_locate(m.zip, "xl/sharedStrings.xml", 0);
	CHECK(zip_set_file_compression(m.zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
	free(strings);
	REFUSED(maker_done(&m), XLSX_TOO_MANY_STRINGS);
}

TEST(a_wrong_checksum_is_damage)
{
	struct book b = book_make(GOOD_ROWS, GOOD_STRINGS, NULL);
	char *name =
		find_bytes(b, "xl/worksheets/sheet1.xml", true); /* in the directory, 46 bytes in */

	name[-46 + 16] ^= 1;
	char *local = find_bytes(b, "xl/worksheets/sheet1.xml", false);
	local[-30 + 14] ^= 1;
	REFUSED(b, XLSX_DAMAGED);
}

TEST(truncated_anywhere_is_refused)
{
	struct book b = book_make(GOOD_ROWS, GOOD_STRINGS, NULL);

	for (size_t len = 4; len < b.len; len += 7) {
		enum xlsx_problem have = problem_of(b.at, len);
		unit_check(have == XLSX_TRUNCATED, __FILE__, __LINE__, "cut to %zu: problem %d",
			   len, (int)have);
	}
	CHECK_INT(problem_of(b.at, b.len - 1), XLSX_TRUNCATED);
	free(b.at);
}

static struct book flipped(const struct book *good, uint64_t *random)
{
	struct book b = { must_alloc(good->len), good->len };
	int flips = 1 + (int)(unit_random(random) % 4);

	memcpy(b.at, good->at, b.len);
	for (int i = 0; i < flips; i++)
		b.at[unit_random(random) % b.len] = (char)unit_random(random);
	return b;
}

TEST(flipped_bytes_never_crash)
{
	struct book good = book_make(GOOD_ROWS, GOOD_STRINGS, NULL);
	uint64_t random = 20261124;
	int count = unit_long() ? 20000 : 500, refused = 0;

	for (int i = 0; i < count; i++) {
		struct book b = flipped(&good, &random);
		refused += problem_of(b.at, b.len) != XLSX_FINE;
		free(b.at);
	}
	CHECK(refused > count / 2);
	free(good.at);
}

static int read_in_sandbox(int out, void *arg)
{
	const struct book *b = arg;
	struct xlsx_report r;

	(void)out;
	return xlsx_read(b->at, b->len, NULL, ignore, NULL, &r);
}

/* Without descriptors and with the filter a read of another file would end as SANDBOX_FORBIDDEN. */
TEST(reading_works_inside_the_sandbox_and_opens_nothing)
{
	struct book good = book_make(GOOD_ROWS, GOOD_STRINGS, NULL), b = good;
	struct sandbox_job job = {
		.work = read_in_sandbox,
		.work_arg = &b,
		.limits = { .memory = 64 << 20, .cpu_seconds = 10, .wall_ms = 20000 }
	};
	struct sandbox_result r;
	uint64_t random = 7;

	CHECK_INT(sandbox_run(&job, &r), OK);
	CHECK_INT(r.end, SANDBOX_OK);
	for (int i = 0; i < (unit_long() ? 2000 : 50); i++) {
		b = flipped(&good, &random);
		CHECK_INT(sandbox_run(&job, &r), OK);
		CHECK(r.end == SANDBOX_OK || r.end == SANDBOX_FAILED);
		free(b.at);
	}
	free(good.at);
}

TEST(every_problem_has_a_sentence)
{
	for (enum xlsx_problem p = XLSX_FINE; p <= XLSX_CELL_ORDER; p++)
		CHECK(strlen(xlsx_problem_text(p)) > 6);
}
