/* app/life_sums.c — cells of store/draw_facts.h, and files part by part. */
#include "app/life_sums.h"

#include "app/draw_staffing.h"
#include "app/life_seal.h"
#include "base/status.h"
#include "core/problem.h"
#include "store/draw_facts.h"
#include "store/draw_file.h"

#include <string.h>

static int add_row(void *arg, const struct draw_fact *cells, size_t count)
{
	struct sha256 *sum = arg;

	for (size_t i = 0; i < count; i++)
		if (cells[i].at)
			row_sum_bytes(sum, cells[i].at, cells[i].len);
		else
			row_sum_number(sum, cells[i].number);
	return OK;
}

typedef int facts(struct db *db, int64_t draw, draw_fact_each *each, void *arg);

static int sum_up(struct db *db, int64_t draw, facts *walk, char ret[LIFE_SUM])
{
	struct sha256 sum;

	sha256_init(&sum);
	TRY(walk(db, draw, add_row, &sum));
	row_sum_done(&sum, ret);
	return OK;
}

int life_sum_visits(struct db *db, const struct draw_row *row, char ret[LIFE_SUM])
{
	return sum_up(db, row->key, draw_facts_visits, ret);
}

int life_sum_teams(struct db *db, const struct draw_row *row, char ret[LIFE_SUM])
{
	return sum_up(db, row->key, draw_facts_members, ret);
}

int life_sum_visit(struct db *db, const char *visit, char ret[LIFE_SUM])
{
	struct sha256 sum;

	sha256_init(&sum);
	TRY(draw_facts_visit(db, visit, add_row, &sum));
	TRY(draw_facts_team(db, visit, add_row, &sum));
	row_sum_done(&sum, ret);
	return OK;
}

int life_sum_kept(struct db *db, const struct draw_row *row, struct life_kept *ret)
{
	TRY(sum_up(db, row->key, draw_facts_shares, ret->shares));
	TRY(sum_up(db, row->key, draw_facts_covers, ret->covers));
	TRY(sum_up(db, row->key, draw_facts_waits, ret->waits));
	return sum_up(db, row->key, draw_facts_certain, ret->certain);
}

/* What is in no list is the freeze's, so that a file too many is found too. */
static enum life_files act_of(const char *name)
{
	const struct {
		const char *name;
		enum life_files act;
	} rows[] = {
		{ LIFE_DEPARTMENT, LIFE_FILES_PREPARE },
		{ LIFE_SHARE, LIFE_FILES_SHARE },
		{ LIFE_VALUES, LIFE_FILES_RUN },
		{ core_file_name(CORE_FILE_RECORD), LIFE_FILES_SECRETS },
		{ core_file_name(CORE_FILE_SEED), LIFE_FILES_SECRETS },
		{ core_file_name(CORE_FILE_RESULT), LIFE_FILES_RUN },
		{ core_file_name(CORE_FILE_ROOT), LIFE_FILES_RUN },
		{ DRAW_STAFFING_FILE, LIFE_FILES_STAFF },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(name, rows[i].name) == 0)
			return rows[i].act;
	return LIFE_FILES_FREEZE;
}

static int add_part(void *arg, const struct draw_part *p)
{
	const struct draw_fact cells[] = { { 0, p->name, strlen(p->name) },
					   { .number = p->part },
					   { .number = p->sealed },
					   { 0, p->len ? p->at : "", p->len } };

	return add_row(arg, cells, COUNT(cells));
}

int life_sum_files(struct db *db, const struct draw_row *row, unsigned acts, char ret[LIFE_SUM])
{
	CLEANUP(arena_release) struct arena a;
	struct sha256 sum;
	const char **names;
	size_t count;

	arena_init(&a);
	sha256_init(&sum);
	TRY(draw_file_names(db, &a, row->key, &names, &count));
	for (size_t i = 0; i < count; i++)
		if (acts & (1U << act_of(names[i])))
			TRY(draw_file_walk(db, row->key, names[i], add_part, &sum));
	row_sum_done(&sum, ret);
	return OK;
}
