/* app/draw_ready.c — everything that must hold before R may be used. */
#include "app/draw_ready.h"

#include "app/draw_signatures.h"
#include "base/status.h"

static int check_floor(const char *path, const struct declaration *d, struct problem *problem)
{
	CLEANUP(arena_release) struct arena a;
	struct declare_floor floor = declare_floor(d);
	struct draw_signatures signatures = { .count = 0 };
	uint64_t line;

	arena_init(&a);
	if (floor.rehearsal || floor.enough_alone)
		return OK;
	*problem = (struct problem){ .file = CORE_FILE_DECLARATION };
	if (floor.public_decibits < DECLARE_FLOOR_WITH_SHARES) {
		problem->code = PROBLEM_FLOOR;
		problem->have = floor.public_decibits;
		problem->want = DECLARE_FLOOR;
		return INVALID;
	}
	problem->want = 2;
	problem->have = floor.outside_shares;
	problem->code = PROBLEM_FLOOR_SHARES;
	if (!floor.enough_with_shares)
		return INVALID;
	int rc = draw_signatures_read(&a, path, &signatures, &line);
	if (rc != OK && rc != NONE && rc != INVALID)
		return rc;
	problem->have = draw_signatures_outside(&signatures, d->draw_id, d->shares, d->share_count);
	problem->code = PROBLEM_FLOOR_UNSIGNED;
	return problem->have >= 2 ? OK : INVALID;
}

/* open: a public form, whose conflicts.tsv is not there and moves no ticket. */
static int ready(struct draw_folder *f, const char *path, uint32_t threads,
		 const struct draw_watch *watch, bool open, struct draw_ready *ret,
		 struct problem *problem)
{
	struct draw_files files = f->files;
	struct draw_ready out;
	struct span declaration = files.file[CORE_FILE_DECLARATION];
	struct span record = files.file[CORE_FILE_RECORD];

	if (open)
		files.file[CORE_FILE_CONFLICTS] = SPAN("");
	if (declaration_parse(declaration, &out.declaration, problem) != CORE_OK)
		return INVALID;
	TRY(draw_run_open(&files, threads, watch, &f->region, &out.draw, problem));
	if ((open ? declaration_check_public : declaration_check_lists)(&out.declaration, &files,
									problem) != CORE_OK)
		return INVALID;
	TRY(check_floor(path, &out.declaration, problem));
	if (record_parse(record, &out.declaration, &out.record, problem) != CORE_OK)
		return INVALID;
	draw_seed(declaration, record, &out.seed);
	*ret = out;
	return OK;
}

int draw_ready(struct draw_folder *f, const char *path, uint32_t threads,
	       const struct draw_watch *watch, struct draw_ready *ret, struct problem *problem)
{
	return ready(f, path, threads, watch, false, ret, problem);
}

int draw_ready_public(struct draw_folder *f, const char *path, const struct draw_watch *watch,
		      struct draw_ready *ret, struct problem *problem)
{
	return ready(f, path, 0, watch, true, ret, problem);
}
