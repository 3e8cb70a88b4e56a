/* test/core/threats_result.c — results that nobody could compute: invented ones beside a true declaration,
 * what a public form must not hide, and texts made to break the report. */
#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

static void reroot(struct kit *k)
{
	char hex[66] = "";

	CHECK_INT(draw_rows_root(&k->seed, k->files.file[CORE_FILE_RESULT], &k->region, hex),
		  CORE_OK);
	hex[64] = '\n';
	kit_set(k, CORE_FILE_ROOT, hex);
}

static void fails_at(struct kit *k, const char *step, const char *why)
{
	struct verify_report r;

	unit_check(kit_verify(k, &r) > 0, __FILE__, __LINE__, "%s passes", why);
	unit_check(kit_mark(&r, step) == VERIFY_FAILED, __FILE__, __LINE__, "%s: %s", why, step);
}

static const char invented[] =
	"P001\t重点.气\t1\t0.0123456789012345678901234567890123456789012345678901234567890123\tdrawn\tI01,I06\n";
static const char some_root[] =
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";

TEST(an_invented_result_without_what_it_follows_from)
{
	static const struct {
		enum core_file file;
		const char *step;
	} cases[] = {
		{ CORE_FILE_RECORD, "record" },
		{ CORE_FILE_OBJECTS, "objects" },
		{ CORE_FILE_RULES, "rules" },
		{ CORE_FILE_INSPECTORS, "inspectors" },
		{ CORE_FILE_DECLARATION, "declaration" },
	};

	for (size_t i = 0; i < CORE_COUNT(cases); i++) {
		struct kit k;

		kit_full(&k);
		kit_set(&k, cases[i].file, NULL);
		kit_set(&k, CORE_FILE_SEED, NULL);
		kit_set(&k, CORE_FILE_RESULT, invented);
		kit_set(&k, CORE_FILE_ROOT, some_root);
		fails_at(&k, cases[i].step, core_file_name(cases[i].file));
		kit_release(&k);
	}
}

/* Any trace of a result asks for the record, unless the folder is the sealed form: two files alone. */
TEST(a_trace_of_a_result_without_its_record)
{
	static const enum core_file traces[] = { CORE_FILE_RESULT, CORE_FILE_ROOT, CORE_FILE_SEED };

	for (size_t i = 0; i < CORE_COUNT(traces); i++) {
		struct kit k;

		kit_full(&k);
		kit_set(&k, CORE_FILE_RECORD, NULL);
		for (size_t j = 0; j < CORE_COUNT(traces); j++)
			if (j != i)
				kit_set(&k, traces[j], NULL);
		fails_at(&k, "record", core_file_name(traces[i]));
		kit_release(&k);
	}
}

TEST(a_result_without_its_root_is_no_draw_to_come)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_ROOT, NULL);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(r.form, VERIFY_DRAWN);
	CHECK_INT(kit_mark(&r, "result.root"), VERIFY_UNKNOWN);
	kit_release(&k);
}

/* With conflicts or without, a root alone is no result; declaration and root alone are the sealed form. */
TEST(a_root_without_its_rows)
{
	for (int public = 0; public < 2; public ++) {
		struct kit k;

		kit_full(&k);
		kit_set(&k, CORE_FILE_RESULT, NULL);
		if (public)
			kit_set(&k, CORE_FILE_CONFLICTS, NULL);
		fails_at(&k, "result", "result.tsv");
		kit_set(&k, CORE_FILE_OBJECTS, NULL);
		fails_at(&k, "result", "objects.tsv");
		kit_release(&k);
	}
}

TEST(the_form_of_rows_is_always_checked)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
		{ "\treserve\n", "\treserve\tI01,I06\n" }, /* a team for a reserve */
		{ "\tdrawn\tI", "\tdrawn\tI01\tI" },       /* a seventh column */
		{ "\tdrawn\t", "\tchosen\t" },
		{ "\t0.", "\t1." },
		{ "\t1\t0.", "\t01\t0." },
		{ "\t1\t0.", "\t0\t0." },
		{ "\tdrawn\tI0", "\tdrawn\tI\x1b[31m0" },
		{ "\tdrawn\tI0", "\tdrawn\tI\xff" },
		{ "\tdrawn\tI0", "\tdrawn\t,I0" },
		{ "\tdrawn\tI", "\tdrawn\tI99,I99,I" },
		{ "\treserve\n", "\treserve\t\n" },
		{ "\treserve\n", "\treserve\n\n" },
		{ "P0", "p 0" },
		{ "\t重点", "\t重 点" },
	};

	for (size_t i = 0; i < CORE_COUNT(cases); i++) {
		struct kit k;

		kit_full(&k);
		kit_set(&k, CORE_FILE_CONFLICTS, NULL);
		kit_edit(&k, CORE_FILE_RESULT, cases[i].from, cases[i].to);
		reroot(&k);
		fails_at(&k, "result.form", cases[i].to);
		kit_release(&k);
	}
}

TEST(rows_that_end_without_a_line_feed_or_stand_twice)
{
	static char text[1 << 14], twice[1 << 15];
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	snprintf(text, sizeof(text), "%s", k.files.file[CORE_FILE_RESULT].at);
	snprintf(twice, sizeof(twice), "%s%s", text, text);
	text[strlen(text) - 1] = '\0';
	kit_set(&k, CORE_FILE_RESULT, text);
	reroot(&k);
	fails_at(&k, "result.form", "no LF");
	kit_set(&k, CORE_FILE_RESULT, twice);
	reroot(&k);
	fails_at(&k, "result.form", "unsorted");
	kit_release(&k);
}

/* An empty list of conflicts is known from its root: teams are computed whether the file lies there or not. */
TEST(conflicts_that_are_declared_empty_hide_nothing)
{
	struct verify_report r;
	struct kit k;
	char *row;

	kit_full(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	kit_declare(&k);
	kit_draw(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(kit_mark(&r, "teams"), VERIFY_OK);
	CHECK_INT(kit_mark(&r, "conflicts"), VERIFY_OK);
	CHECK_INT(kit_mark(&r, "root.conflicts"), VERIFY_OK);
	row = strstr(k.files.file[CORE_FILE_RESULT].at, "drawn\tI");
	memcpy(row + 6, strncmp(row + 6, "I04", 3) == 0 ? "I01" : "I04", 3);
	reroot(&k);
	fails_at(&k, "teams", "a false team");
	kit_release(&k);
}

/* Members stand in the order accepted, which their tickets decide. */
TEST(team_members_in_another_order)
{
	struct kit k;
	char *team;

	kit_full(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	team = strstr(k.files.file[CORE_FILE_RESULT].at, "drawn\tI");
	for (char *other = team; other; other = strstr(other + 1, "drawn\tI")) {
		char first[3];

		if (strncmp(other + 6, team + 6, 7) != 0)
			continue;
		memcpy(first, other + 6, 3);
		memmove(other + 6, other + 10, 3);
		memcpy(other + 10, first, 3);
		if (other == team)
			break;
	}
	reroot(&k);
	fails_at(&k, "teams", "swapped");
	kit_release(&k);
}

static void set_shared(struct kit *k, const char *one, const char *two, const char *limit)
{
	char text[256];

	kit_full(k);
	kit_set(k, CORE_FILE_OBJECTS, "P1\tA\nP2\tB\n");
	sprintf(text, "I1\tJ\t%s\t0\nI2\tJ\t%s\t0\nI3\tS\t1\t0\nI4\tS\t1\t0\n", limit, limit);
	kit_set(k, CORE_FILE_INSPECTORS, text);
	kit_set(k, CORE_FILE_CONFLICTS, "I1\tP1\tkin\n");
	sprintf(text, "team %s\nteam %s B\nrelax second\nquota A 1\nquota B 1\n", one, two);
	kit_set(k, CORE_FILE_RULES, text);
	kit_declare(k);
	kit_draw(k);
}

/* `second` asks one senior of every team: a team without any contradicts another that rests on it. */
TEST(a_relaxation_holds_for_all_teams)
{
	struct verify_report r;
	char rows[1024];
	struct kit k;

	set_shared(&k, "2 1 1", "1 0 0", "1");
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	CHECK_INT(kit_verify(&k, &r), 0);
	snprintf(rows, sizeof(rows), "%s", k.files.file[CORE_FILE_RESULT].at);
	char *first = strstr(rows, "drawn\t") + 6, *line = strchr(first, '\n') + 1;
	char *second = strstr(line, "drawn\t") + 6;
	char out[1024];
	sprintf(out, "%.*sI3,I4\n%.*sI2\n", (int)(first - rows), rows, (int)(second - line), line);
	kit_set(&k, CORE_FILE_RESULT, out);
	reroot(&k);
	fails_at(&k, "teams", "two seniors beside a junior alone");
	kit_release(&k);
}

TEST(a_sealed_folder_is_said_to_be_one)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	for (int i = CORE_FILE_OBJECTS; i < CORE_FILES; i++) {
		if (i != CORE_FILE_DECLARATION && i != CORE_FILE_ROOT)
			kit_set(&k, (enum core_file)i, NULL);
	}
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(r.form, VERIFY_SEALED);
	kit_set(&k, CORE_FILE_ROOT, NULL);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(r.form, VERIFY_BEFORE);
	kit_release(&k);
}

/* Thousands of words in one line must neither stop the program nor fill the report. */
TEST(a_source_of_five_thousand_words)
{
	struct verify_report r;
	struct kit k;
	char *line = malloc(11000);

	kit_full(&k);
	strcpy(line, "entropy demo");
	for (int i = 0; i < 5000; i++)
		strcat(line, " a");
	kit_edit(&k, CORE_FILE_DECLARATION, "entropy cwl-kl8 2026123", line);
	CHECK(kit_verify(&k, &r) > 0);
	CHECK_INT(kit_mark(&r, "declaration"), VERIFY_FAILED);
	free(line);
	kit_release(&k);
}
