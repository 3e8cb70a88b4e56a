/* test/fuzz/fuzz_lists.c — objects, inspectors and conflicts (the first byte says which takes the input;
 * the others are fixed). What is accepted must read the same whole and in two parts, and be searchable. */
#include "core/draw.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned char room[1 << 22];

static void check_parts(const struct draw_files *files, const struct draw *whole)
{
	struct region r = { room + sizeof(room) / 2, sizeof(room) / 2, 0 };
	struct span text = files->file[CORE_FILE_OBJECTS];
	struct draw_opening o;
	struct problem problem;
	struct draw d;

	if (draw_open_begin(files, 2, &r, &o, &problem) != CORE_OK)
		abort();
	draw_open_part(&o, 0, 0, text.len / 2);
	draw_open_part(&o, 1, text.len / 2, text.len);
	if (draw_open_end(&o, &d, &problem) != CORE_OK || d.object_count != whole->object_count)
		abort();
	for (uint64_t at = 0; at < text.len; at = list_line_at(text, at + 1)) {
		uint64_t where;

		if (!draw_find_object(whole, draw_id_at(whole, at), &where) || where != at)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct draw_files files = { .file = { [CORE_FILE_OBJECTS] = SPAN("P1\tA\nP2\tB\t厂\t1\n"),
					      [CORE_FILE_INSPECTORS] = SPAN("I1\tS\t1\t0\n"),
					      [CORE_FILE_CONFLICTS] = SPAN(""),
					      [CORE_FILE_RULES] = SPAN(
						      "team 1 1 0\nquota A 1\nquota B 1\n") } };
	struct region r = { room, sizeof(room) / 2, 0 };
	struct problem problem;
	struct draw d;

	if (size == 0)
		return 0;
	files.file[CORE_FILE_OBJECTS + data[0] % 3] =
		(struct span){ (const char *)data + 1, size - 1 };
	if (draw_open(&files, &r, &d, &problem) == CORE_OK)
		check_parts(&files, &d);
	else if (problem_name(problem.code) == NULL)
		abort();
	return 0;
}
