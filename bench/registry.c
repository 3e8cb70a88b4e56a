/*
 * bench/registry.c — pages of a registry of kept data, beside the bare SQL on a plain table of the same rows.
 *
 *   bench-registry page DATA PEER ROUNDS
 *
 * DATA is a data folder whose sites were imported; PEER an SQLite database with a table sites of the file's 15
 * columns, its primary key and two indexes. Prints a line for each kind of filter: our median, the bare one.
 */
#include "app/registry_list.h"
#include "base/arena.h"
#include "base/status.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MOST = 10000, PAGE = 20, COLUMNS = 15 };

struct filter {
	const char *title;
	struct registry_query query;
	const char *count, *rows; /* the bare SQL; ?1 is the id after which the page starts */
};

static const struct filter filters[] = {
	{ "all",
	  { 0 },
	  "select count(*) from sites",
	  "select * from sites where id > ?1 order by id limit 20" },
	{ "county",
	  { .county = "清苑区" },
	  "select count(*) from sites where county = '清苑区'",
	  "select * from sites where county = '清苑区' and id > ?1 order by id limit 20" },
	{ "class",
	  { .class = "重点" },
	  "select count(*) from sites where class = '重点'",
	  "select * from sites where class = '重点' and id > ?1 order by id limit 20" },
	{ "county and class",
	  { .county = "涿州市", .class = "重点" },
	  "select count(*) from sites where county = '涿州市' and class = '重点'",
	  "select * from sites where county = '涿州市' and class = '重点' and id > ?1"
	  " order by id limit 20" },
	{ "county, class and a word",
	  { .county = "涿州市", .class = "重点", .text = "塑料" },
	  "select count(*) from sites where county = '涿州市' and class = '重点' and name like '%塑料%'",
	  "select * from sites where county = '涿州市' and class = '重点' and name like '%塑料%'"
	  " and id > ?1 order by id limit 20" },
	{ "a word alone",
	  { .text = "塑料" },
	  "select count(*) from sites where name like '%塑料%'",
	  "select * from sites where name like '%塑料%' and id > ?1 order by id limit 20" },
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *times, int count)
{
	qsort(times, (size_t)count, sizeof(*times), by_size);
	return times[count / 2];
}

/* A number that pages start after: another one each round. */
static void start_of(const struct filter *f, int round, char *out, size_t size)
{
	const char *counties[] = { "130602", "130608", "130627", "130681" };
	const char *county = f->query.county && strcmp(f->query.county, "清苑区") == 0 ? "130608"
			     : f->query.county                                         ? "130681"
					       : counties[round % 4];

	snprintf(out, size, "%s-%07d", county, (round * 7919) % 500000);
}

static int64_t ours(struct office *o, const struct filter *f, int round, double *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct registry_query q = f->query;
	struct registry_page page;
	struct plan_notes notes;
	char after[32];

	arena_init(&a);
	plan_notes_init(&notes, &a);
	start_of(f, round, after, sizeof(after));
	q.after = after;
	q.most = PAGE;
	double start = seconds();
	if (registry_query(o, &a, &q, &notes, &page) != OK)
		exit(1);
	*ret = seconds() - start;
	return page.total;
}

static int64_t run_bare(sqlite3_stmt *st, const char *after)
{
	int64_t number = 0;

	sqlite3_bind_text(st, 1, after, -1, SQLITE_STATIC);
	while (sqlite3_step(st) == SQLITE_ROW) {
		number = sqlite3_column_int64(st, 0);
		for (int i = 0; i < COLUMNS && sqlite3_column_count(st) == COLUMNS; i++)
			if (!sqlite3_column_text(st, i))
				exit(1);
	}
	sqlite3_reset(st);
	return number;
}

static int64_t bare(sqlite3_stmt *const st[2], const struct filter *f, int round, double *ret)
{
	char after[32];

	start_of(f, round, after, sizeof(after));
	double start = seconds();
	int64_t total = run_bare(st[0], after);
	run_bare(st[1], after);
	*ret = seconds() - start;
	return total;
}

static void compare(struct office *o, sqlite3 *peer, const struct filter *f, int rounds)
{
	static double mine[ROUNDS_MOST], theirs[ROUNDS_MOST];
	sqlite3_stmt *st[2];
	int64_t total = 0, other = 0;

	if (sqlite3_prepare_v2(peer, f->count, -1, &st[0], NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(peer, f->rows, -1, &st[1], NULL) != SQLITE_OK)
		exit(1);
	/* Those that must look at all rows take a second each. */
	if (f->query.text && !f->query.county)
		rounds = rounds < 10 ? rounds : 10;
	for (int i = 0; i < rounds; i++) {
		total = ours(o, f, i, &mine[i]);
		other = bare(st, f, i, &theirs[i]);
	}
	printf("%s\t%lld\t%lld\t%.6f\t%.6f\n", f->title, (long long)total, (long long)other,
	       median(mine, rounds), median(theirs, rounds));
	sqlite3_finalize(st[0]);
	sqlite3_finalize(st[1]);
}

int main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena a = { 0 };
	struct office office;
	const char *why;
	sqlite3 *peer;
	int rounds = argc == 5 ? (int)strtol(argv[4], NULL, 10) : 0;

	if (rounds < 1 || rounds > ROUNDS_MOST || strcmp(argv[1], "page") != 0) {
		fputs("usage: bench-registry page DATA PEER ROUNDS\n", stderr);
		return 2;
	}
	arena_init(&a);
	if (office_open(&a, &(struct office_where){ .data = argv[2], .look = true }, &office,
			&why) != OK ||
	    sqlite3_open(argv[3], &peer) != SQLITE_OK) {
		fputs("cannot open both databases\n", stderr);
		return 1;
	}
	for (size_t i = 0; i < COUNT(filters); i++)
		compare(&office, peer, &filters[i], rounds);
	sqlite3_close(peer);
	office_release(&office);
	return 0;
}
