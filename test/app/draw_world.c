/* test/app/draw_world.c — see draw_world.h. */
#include "draw_world.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 64 << 20 };

#define SHARE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

struct span world_read(struct arena *a, const char *folder, const char *name)
{
	char *text = NULL;
	size_t len = 0;

	CHECK_INT(file_read(a, arena_printf(a, "%s/%s", folder, name), ROOM, &text, &len), OK);
	return (struct span){ text, len };
}

/* Plain writes: thousands of them, and no test cuts the power. */
void world_write(struct arena *a, const char *folder, const char *name, struct span text)
{
	FILE *f = fopen(arena_printf(a, "%s/%s", folder, name), "wb");

	CHECK(f != NULL);
	if (!f)
		return;
	if (text.len)
		CHECK_INT(fwrite(text.at, 1, text.len, f), text.len);
	CHECK_INT(fclose(f), 0);
}

static void write_buf(struct arena *a, const char *folder, const char *name, struct buf *b)
{
	CHECK_INT(buf_check(b), OK);
	world_write(a, folder, name, (struct span){ b->data, b->len });
	buf_clear(b);
}

void world_lists(struct arena *a, const char *folder, const struct draw_world *w)
{
	CLEANUP(buf_release) struct buf b;
	uint64_t state = 42;

	buf_init(&b, ROOM);
	for (uint32_t i = 0; i < w->objects; i++)
		buf_printf(&b, "S%07u\ts%u\t企业%u\t%u\n", i, (unsigned)(unit_random(&state) % 2),
			   i, 1000 + (unsigned)(unit_random(&state) % w->districts));
	write_buf(a, folder, "objects.tsv", &b);
	for (uint32_t i = 0; i < w->inspectors; i++)
		buf_printf(&b, "P%05u\t%s\t%u\t%u\t%u\n", i, i / w->districts % 2 ? "J" : "S",
			   w->limit, (unsigned)(unit_random(&state) % 3), 1000 + i % w->districts);
	write_buf(a, folder, "inspectors.tsv", &b);
	for (uint32_t i = 0; w->conflicts && i < w->inspectors; i++)
		buf_printf(&b, "P%05u\tS%07u\t%s\n", i,
			   (unsigned)(unit_random(&state) % w->objects),
			   i % 2 ? "kin" : "rotation");
	write_buf(a, folder, "conflicts.tsv", &b);
	buf_str(&b, w->rules ? w->rules : "team 2 1 1\nquota s0 1/10\nquota s1 1/10\n");
	write_buf(a, folder, "rules.txt", &b);
}

static void declare(struct draw_folder *f, const struct draw_world *w, struct span *ret)
{
	struct draw d;
	struct problem problem;
	char commitment[64];
	struct span entropy = span_of(w->entropy ? w->entropy : "dice 20d10 hall 2026-03-01");

	declare_commitment(SPAN("W-1"), SPAN("notary"), SPAN(SHARE), commitment);
	struct declare_share share = { SPAN("notary"), { commitment, 64 } };
	struct declare_input in = { .draw_id = SPAN("W-1"),
				    .entropy = &entropy,
				    .entropy_count = 1,
				    .shares = &share,
				    .share_count = 1 };
	CHECK_INT(draw_open(&f->files, &f->region, &d, &problem), CORE_OK);
	CHECK_INT(draw_declare(&d, &in, &f->region, ret, &problem), CORE_OK);
}

void world_record(struct arena *a, const char *folder, const struct draw_world *w)
{
	struct draw_folder f;
	enum core_file wrong;
	struct span text;

	world_lists(a, folder, w);
	CHECK_INT(draw_folder_open(&f, folder, &wrong), OK);
	declare(&f, w, &text);
	world_write(a, folder, "declaration", text);
	draw_folder_release(&f);
	const char *record = arena_printf(a, "entropy %s %s\nshare notary " SHARE "\n",
					  w->entropy ? w->entropy : "dice 20d10 hall 2026-03-01",
					  w->value ? w->value : "31415926535897932384");
	world_write(a, folder, "record", span_of(record));
}

void world_ready(struct draw_folder *f, const char *folder, struct draw_ready *ready)
{
	struct problem problem = { 0 };
	enum core_file wrong;

	CHECK_INT(draw_folder_open(f, folder, &wrong), OK);
	CHECK_INT(draw_ready(f, folder, 1, NULL, ready, &problem), OK);
	CHECK_INT(problem.code, PROBLEM_NONE);
}

void world_draw(struct arena *a, const char *folder, const struct draw_world *w)
{
	struct draw_folder f;
	struct draw_ready ready;
	struct draw_outcome out;
	enum core_file wrong;

	world_record(a, folder, w);
	world_ready(&f, folder, &ready);
	CHECK_INT(draw_run(&ready.draw, &ready.seed, 1, NULL, &f.region, &out), OK);
	const char *seed = arena_printf(a, "%.64s\n", ready.seed.hex);
	const char *root = arena_printf(a, "%.64s\n", out.result.root);
	const struct draw_folder_text texts[] = { { CORE_FILE_SEED, span_of(seed) },
						  { CORE_FILE_RESULT, out.result.tsv },
						  { CORE_FILE_ROOT, span_of(root) } };
	CHECK_INT(draw_folder_write(folder, texts, 3, &wrong), OK);
	draw_folder_release(&f);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **world_names(struct arena *a, const char *folder)
{
	const char **names = arena_array(a, 64, sizeof(*names));
	size_t count = 0;
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) && count < 63)
		if (entry->d_name[0] != '.')
			names[count++] = arena_str(a, entry->d_name);
	if (dir)
		closedir(dir);
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	return names;
}
