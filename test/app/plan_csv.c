/* test/app/plan_csv.c — small tables of planners: what a cell may hold. */
#include "app/plan_csv.h"

#include "base/status.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 2 };

static const struct plan_csv_column columns[COLUMNS] = { { "id", "编号", true },
							 { "title", "名称", true } };

/* The rows of a table, as "id=title;", in the arena; NULL: refused when it was opened. */
static const char *read_table(const char *text, size_t len, struct plan_notes *notes)
{
	const char *cells[COLUMNS], *out = "";
	struct plan_csv csv;

	if (plan_csv_open(&csv, text, len, columns, COLUMNS, notes) != OK)
		return NULL;
	while (plan_csv_next(&csv, cells))
		out = arena_printf(notes->arena, "%s%s=%s;", out, cells[0], cells[1]);
	return out;
}

TEST(a_nul_in_a_small_table_is_refused_not_cut)
{
	static const char good[] = "编号,名称\nZX-1,a b\n",
			  cut[] = "编号,名称\nZX-1,专项\n\nZX-2,a\0b\n";
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	CHECK_STR(read_table(good, sizeof(good) - 1, &notes), "ZX-1=a b;");
	CHECK_INT(notes.refused, 0);
	CHECK(read_table(cut, sizeof(cut) - 1, &notes) == NULL);
	CHECK_INT(notes.refused, 1);
	CHECK(strstr(notes.list[0].text, "第 4 行") != NULL);
	CHECK(strstr(notes.list[0].text, "空字符") != NULL);
}

TEST(control_characters_in_a_small_table_are_refused)
{
	static const char text[] = "编号,名称\nZX-1,a\x01\nZX-2,\nZX-3,c\n";
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	CHECK_STR(read_table(text, sizeof(text) - 1, &notes), "ZX-3=c;");
	CHECK_INT(notes.refused, 2);
}
