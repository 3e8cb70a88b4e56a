/* test/core/lists.c — the three lists: each kind of bad line, with file and line; ranges and searches. */
#include "core/lists.h"

#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

struct bad {
	enum core_file file;
	const char *text;
	enum problem_code code;
	uint64_t line;
};

static void check_bad(const struct bad *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct kit k;
		int rc;

		kit_small(&k);
		kit_set(&k, CORE_FILE_CONFLICTS, "I1\tP1\tkin\n");
		kit_set(&k, cases[i].file, cases[i].text);
		rc = kit_open(&k);
		unit_check(rc == CORE_INVALID && k.problem.code == cases[i].code &&
				   k.problem.line == cases[i].line &&
				   k.problem.file == cases[i].file,
			   __FILE__, __LINE__, "case %zu: %d %s", i, rc, kit_sentence(&k));
		kit_release(&k);
	}
}

#define ID65 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

TEST(bad_objects)
{
	static const struct bad cases[] = {
		{ CORE_FILE_OBJECTS, NULL, PROBLEM_FILE_MISSING, 0 },
		{ CORE_FILE_OBJECTS, "\xef\xbb\xbfP1\tA\n", PROBLEM_FILE_BOM, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\nP2\tA", PROBLEM_FILE_LAST_LF, 2 },
		{ CORE_FILE_OBJECTS, "P1\tA\nP2\tA\r\n", PROBLEM_FILE_CR, 2 },
		{ CORE_FILE_OBJECTS, "P1\tA\nP2\tA\t\xff\n", PROBLEM_FILE_UTF8, 2 },
		{ CORE_FILE_OBJECTS, "P1\tA\n\nP2\tA\n", PROBLEM_LINE_EMPTY, 2 },
		{ CORE_FILE_OBJECTS, "P1\n", PROBLEM_COLUMNS_FEW, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\t\t\t\t\tx\n", PROBLEM_COLUMNS_MANY, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\t\t\t\t\t\n", PROBLEM_COLUMNS_MANY, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\t厂\t\n", PROBLEM_COLUMNS_TRAILING, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\t\n", PROBLEM_COLUMNS_TRAILING, 1 },
		{ CORE_FILE_OBJECTS, "P1\t\n", PROBLEM_COLUMNS_TRAILING, 1 },
		{ CORE_FILE_OBJECTS, "\tA\n", PROBLEM_ID_EMPTY, 1 },
		{ CORE_FILE_OBJECTS, ID65 "\tA\n", PROBLEM_ID_LONG, 1 },
		{ CORE_FILE_OBJECTS, "P 1\tA\n", PROBLEM_ID_CHARS, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\nP1\tA\n", PROBLEM_ID_DUPLICATE, 2 },
		{ CORE_FILE_OBJECTS, "P1\tA\nP3\tA\nP2\tA\n", PROBLEM_UNSORTED, 3 },
		{ CORE_FILE_OBJECTS, "P1\tB\n", PROBLEM_STRATUM_UNKNOWN, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA B\n", PROBLEM_STRATUM_NAME, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\t\t1,2\n", PROBLEM_CODE_COMMA, 1 },
		{ CORE_FILE_OBJECTS, "P1\tA\t\t\t\t水,气\n", PROBLEM_CODE_COMMA, 1 },
	};

	check_bad(cases, CORE_COUNT(cases));
}

TEST(bad_inspectors)
{
	static const struct bad cases[] = {
		{ CORE_FILE_INSPECTORS, NULL, PROBLEM_FILE_MISSING, 0 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0", PROBLEM_FILE_LAST_LF, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\n", PROBLEM_COLUMNS_FEW, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\ta\tb\tc\n", PROBLEM_COLUMNS_MANY, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\t\n", PROBLEM_COLUMNS_TRAILING, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tX\t1\t0\n", PROBLEM_GRADE, 1 },
		{ CORE_FILE_INSPECTORS, "I1\t\t1\t0\n", PROBLEM_GRADE, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t-1\t0\n", PROBLEM_NUMBER, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t00\n", PROBLEM_NUMBER, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t4294967296\t0\n", PROBLEM_NUMBER, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\t1,,2\n", PROBLEM_ITEM_EMPTY, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\t1,\n", PROBLEM_ITEM_EMPTY, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\t\t水,气,水\n", PROBLEM_ITEM_DUPLICATE, 1 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\nI1\tJ\t1\t0\n", PROBLEM_ID_DUPLICATE, 2 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\nI0\tJ\t1\t0\n", PROBLEM_UNSORTED, 2 },
		{ CORE_FILE_INSPECTORS, "I1\tS\t1\t0\nI/\tJ\t1\t0\n", PROBLEM_ID_CHARS, 2 },
	};

	check_bad(cases, CORE_COUNT(cases));
}

TEST(bad_conflicts)
{
	static const struct bad cases[] = {
		{ CORE_FILE_CONFLICTS, NULL, PROBLEM_FILE_MISSING, 0 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\n", PROBLEM_COLUMNS_FEW, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\ta\tb\n", PROBLEM_COLUMNS_MANY, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\t\n", PROBLEM_COLUMNS_TRAILING, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\ta b\n", PROBLEM_REASON, 1 },
		{ CORE_FILE_CONFLICTS, "I 1\tP1\ta\n", PROBLEM_ID_CHARS, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP 1\ta\n", PROBLEM_ID_CHARS, 1 },
		{ CORE_FILE_CONFLICTS, "I2\tP1\ta\n", PROBLEM_CONFLICT_INSPECTOR, 1 },
		{ CORE_FILE_CONFLICTS, "I0\tP1\ta\n", PROBLEM_CONFLICT_INSPECTOR, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP2\ta\n", PROBLEM_CONFLICT_OBJECT, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP0\ta\n", PROBLEM_CONFLICT_OBJECT, 1 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\ta\nI1\tP1\tb\n", PROBLEM_CONFLICT_DUPLICATE, 2 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\ta\nI1\tP0\tb\n", PROBLEM_UNSORTED, 2 },
		{ CORE_FILE_CONFLICTS, "I1\tP1\ta\nI0\tP1\tb\n", PROBLEM_UNSORTED, 2 },
	};

	check_bad(cases, CORE_COUNT(cases));
}

TEST(lists_have_limits)
{
	struct kit k;
	char *text = malloc(LIST_MOST_CONFLICTS + 2);

	memset(text, '\n', LIST_MOST_CONFLICTS + 1);
	kit_small(&k);
	kit_set_mem(&k, CORE_FILE_INSPECTORS, text, LIST_MOST_INSPECTORS + 1);
	CHECK_INT(kit_open(&k), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FILE_LARGE);
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t1\t0\n");
	kit_set_mem(&k, CORE_FILE_CONFLICTS, text, LIST_MOST_CONFLICTS + 1);
	CHECK_INT(kit_open(&k), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FILE_LARGE);
	kit_release(&k);
	free(text);
}

TEST(more_objects_than_the_format_counts)
{
	struct list_part part = { .lines = LIST_MOST_OBJECTS + 1 };
	struct draw_opening o = { .parts = &part, .count = 1 };
	struct problem problem;
	struct draw d;

	CHECK_INT(draw_open_end(&o, &d, &problem), CORE_INVALID);
	CHECK_INT(problem.code, PROBLEM_FILE_LARGE);
}

TEST(an_empty_list_is_well_formed)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "");
	kit_set(&k, CORE_FILE_INSPECTORS, "");
	CHECK_INT(kit_open(&k), CORE_OK);
	CHECK_INT(k.draw.object_count, 0);
	kit_release(&k);
}

/* Whatever the cuts, the parts see every line once, and a fault has the same line number. */
TEST(parts_may_be_cut_anywhere)
{
	struct kit k;
	uint64_t state = 7;

	kit_full(&k);
	for (int round = 0; round < 50; round++) {
		struct draw_opening o;
		struct draw d;
		uint64_t len = k.files.file[CORE_FILE_OBJECTS].len;
		uint64_t a = unit_random(&state) % (len + 1), b = unit_random(&state) % (len + 1);
		uint64_t cut[4] = { 0, a < b ? a : b, a < b ? b : a, len };

		k.region.used = 0;
		CHECK_INT(draw_open_begin(&k.files, 3, &k.region, &o, &k.problem), CORE_OK);
		for (uint32_t i = 0; i < 3; i++)
			draw_open_part(&o, i, cut[i], cut[i + 1]);
		CHECK_INT(draw_open_end(&o, &d, &k.problem), CORE_OK);
		CHECK_INT(d.object_count, 60);
		CHECK_INT(d.members[0], 15);
	}
	kit_edit(&k, CORE_FILE_OBJECTS, "P031\t", "P030\t");
	for (uint64_t cut = 0; cut < k.files.file[CORE_FILE_OBJECTS].len; cut += 7) {
		struct draw_opening o;
		struct draw d;

		k.region.used = 0;
		CHECK_INT(draw_open_begin(&k.files, 2, &k.region, &o, &k.problem), CORE_OK);
		draw_open_part(&o, 0, 0, cut);
		draw_open_part(&o, 1, cut, k.files.file[CORE_FILE_OBJECTS].len);
		CHECK_INT(draw_open_end(&o, &d, &k.problem), CORE_INVALID);
		CHECK_INT(k.problem.line, 32);
		CHECK_INT(k.problem.code, PROBLEM_ID_DUPLICATE);
	}
	kit_release(&k);
}

TEST(every_object_and_inspector_is_found_and_no_other)
{
	struct kit k;
	uint64_t where;
	uint32_t who;

	kit_full(&k);
	for (int i = 0; i < 60; i++) {
		char id[16];
		struct draw_object o;

		sprintf(id, "P%03d", i);
		if (!CHECK(draw_find_object(&k.draw, KIT_SPAN(id), &where)))
			continue;
		draw_object_at(&k.draw, where, &o);
		CHECK(span_equal(o.id, KIT_SPAN(id)));
		CHECK(span_equal(draw_id_at(&k.draw, where), KIT_SPAN(id)));
	}
	CHECK(!draw_find_object(&k.draw, SPAN("P0300"), &where));
	CHECK(!draw_find_object(&k.draw, SPAN("A"), &where));
	CHECK(!draw_find_object(&k.draw, SPAN("Z"), &where));
	CHECK(draw_find_inspector(&k.draw, SPAN("I10"), &who) && who == 9);
	CHECK(draw_find_inspector(&k.draw, SPAN("I01"), &who) && who == 0);
	CHECK(!draw_find_inspector(&k.draw, SPAN("I011"), &who));
	kit_release(&k);
}

TEST(comma_lists)
{
	CHECK(list_has(SPAN("a,bb,c"), SPAN("bb")));
	CHECK(list_has(SPAN("a,bb,c"), SPAN("c")));
	CHECK(!list_has(SPAN("a,bb,c"), SPAN("b")));
	CHECK(!list_has(SPAN(""), SPAN("b")));
	CHECK_INT(list_line_at(SPAN("a\nb\n"), 9), 4);
	CHECK_INT(list_line_at(SPAN("a\nb"), 3), 3);
	CHECK_INT(list_line_at(SPAN("a\nbcd"), 3), 5);
}

/* The region may end anywhere: an answer or CORE_FULL, never anything else. */
TEST(opening_with_every_size_of_region)
{
	struct kit k;
	size_t whole;
	int full = 0;

	kit_full(&k);
	CHECK_INT(kit_open(&k), CORE_OK);
	whole = k.region.used;
	for (size_t size = 0; size <= whole; size += 16) {
		int rc;

		k.region.size = size;
		rc = kit_open(&k);
		full += rc == CORE_FULL;
		CHECK(rc == CORE_OK || rc == CORE_FULL);
	}
	CHECK(full > 10);
	kit_release(&k);
}
