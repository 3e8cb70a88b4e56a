/* test/app/draw_guide.c — docs/dr1-files.md against the code: the table of sources, with its examples. */
#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"
#include "core/declare.h"

#include "unit.h"

#include <stdio.h>

/* The text between the backticks of a cell; the whole cell without blanks where it has none. */
static struct span plain(struct span cell)
{
	while (cell.len && (cell.at[0] == ' ' || cell.at[0] == '`'))
		cell = (struct span){ cell.at + 1, cell.len - 1 };
	while (cell.len && (cell.at[cell.len - 1] == ' ' || cell.at[cell.len - 1] == '`'))
		cell.len--;
	return cell;
}

/* The cells of the row of the table that begins with this name; false if there is none. */
static bool find_row(const char *guide, struct span name, struct span cells[5])
{
	char head[64];

	snprintf(head, sizeof(head), "\n| `%.*s` | ", (int)name.len, name.at);
	const char *row = strstr(guide, head);
	if (!row)
		return false;
	struct span rest = { row + 2, strcspn(row + 2, "\n") };
	for (int i = 0; i < 5; i++) {
		span_cut(&rest, '|', &cells[i]);
		cells[i] = plain(cells[i]);
	}
	return true;
}

static void check_row(const struct span cells[5], const struct entropy_source *source)
{
	char line[512], bits[16];
	struct declare_entropy e;
	struct problem problem;

	CHECK(cells[1].len > source->chinese.len &&
	      memcmp(cells[1].at, source->chinese.at, source->chinese.len) == 0);
	snprintf(line, sizeof(line), "%.*s %.*s", (int)source->name.len, source->name.at,
		 (int)cells[2].len, cells[2].at);
	if (!CHECK(entropy_parse(span_of(line), &e, &problem) == CORE_OK))
		return;
	CHECK_INT(entropy_check(&e, cells[3], &problem), CORE_OK);
	snprintf(bits, sizeof(bits), e.decibits % 10 ? "%u.%u" : "%u", e.decibits / 10,
		 e.decibits % 10);
	CHECK(span_equal(cells[4], span_of(bits)));
}

TEST(the_guide_names_every_source)
{
	CLEANUP(arena_release) struct arena a;
	struct span cells[5];
	char *guide;
	size_t len;

	arena_init(&a);
	CHECK_INT(file_read(&a, unit_source("docs/dr1-files.md"), 1 << 20, &guide, &len), OK);
	for (int kind = 0; kind < ENTROPY_KINDS; kind++) {
		const struct entropy_source *source = entropy_source((enum entropy_kind)kind);
		if (CHECK(find_row(guide, source->name, cells)))
			check_row(cells, source);
		else
			CHECK_STR(source->name.at, "a row of docs/dr1-files.md");
	}
}
