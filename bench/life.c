/*
 * bench/life.c — freeze, draw and storing of the visits of one large draw on kept data:
 *   bench-life DATA [DB] OBJECTS VISITS INSPECTORS
 * prints seconds of the freeze, of the draw with all that it stores, and of the reveal; peak memory in MiB;
 * processor seconds of freeze and draw in this process; how many were drawn.
 */
#include "app/life_freeze.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_run.h"
#include "app/office.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "store/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { DISTRICTS = 22, BASE = 130600, ARGS = 5 };

#define START INT64_C(1772413200000) /* 2026-03-02 09:00 at +08:00 */
#define LIST_ROOM ((size_t)1 << 32)

static struct {
	uint32_t objects, visits, inspectors;
} size;

static void must(const struct office *o, int rc, const char *what)
{
	if (rc == OK)
		return;
	fprintf(stderr, "%s: %s\n", what, office_sentence(o, rc));
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int write_list(struct arena *a, struct buf *b, struct span *ret)
{
	TRY(buf_check(b));
	*ret = (struct span){ arena_mem(a, buf_text(b), b->len), b->len };
	buf_clear(b);
	return OK;
}

static int lists(struct office *o, const struct plan_period_ask *ask, struct plan_notes *notes,
		 struct plan_period_lists *ret)
{
	CLEANUP(buf_release) struct buf b;
	struct arena *a = notes->arena;

	(void)o;
	buf_init(&b, LIST_ROOM);
	*ret = (struct plan_period_lists){ .title = "2026", .authority = "", .body = "130600" };
	ret->area = ret->basis = "";
	ret->to = 20543;
	ret->reveal_by = 20558;
	for (uint32_t i = 0; i < size.objects; i++)
		buf_printf(&b, "S%08u\ts%u\t企业%u\t%u\n", i, i % DISTRICTS, i,
			   BASE + i % DISTRICTS);
	TRY(write_list(a, &b, &ret->objects));
	for (uint32_t i = 0; i < size.inspectors; i++)
		buf_printf(&b, "P%06u\t%s\t200\t%u\t%u\n", i, i / DISTRICTS % 2 ? "J" : "S", i % 7,
			   BASE + i % DISTRICTS);
	TRY(write_list(a, &b, &ret->inspectors));
	TRY(write_list(a, &b, &ret->conflicts));
	buf_str(&b, "team 2 1 1\n");
	for (uint32_t i = 0; i < DISTRICTS; i++)
		buf_printf(&b, "quota s%u %u\n", i, size.visits / DISTRICTS);
	TRY(write_list(a, &b, &ret->rules));
	for (uint32_t i = 0; i < size.objects; i++)
		buf_printf(&b, "S%08u\tM01,M02,M03\n", i);
	return write_list(a, &b, &ret->matters);
}

/* There is no registry behind these lists; run-registry has what holding one against the ledger takes. */
static int basis(struct office *o, struct arena *a, int64_t year, const char **ret)
{
	(void)o;
	(void)a;
	(void)year;
	*ret = "";
	return OK;
}

static int add_plan(struct db *db, void *arg)
{
	struct plan_row plan = { .id = "P", .body = "130600", .year = 2026 };
	struct plan_version_row v = { .version = 1,
				      .state = "approved",
				      .title = "",
				      .authority = "",
				      .area = "",
				      .period = "quarter",
				      .rules = "{}",
				      .day_load = 10,
				      .made_by = "planner",
				      .submitted_by = "planner",
				      .decided_by = "head",
				      .reason = "" };

	(void)arg;
	TRY(plan_add(db, &plan, START));
	v.plan = plan.key;
	TRY(plan_version_add(db, &v));
	TRY(plan_version_submit(db, &v));
	return plan_version_decide(db, &v);
}

static void begin(struct office *o, struct arena *a, struct draw_row *row)
{
	const struct life_prepare prepare = {
		.plan = "P", .period = "2026-Q1", .pool = "daily", .kind = "random"
	};

	o->fixed_now = START;
	must(o, office_write(o, add_plan, NULL), "plan");
	o->actor = "planner";
	must(o, life_prepare(o, a, &prepare, row), "prepare");
	o->actor = "lawyer";
	must(o, life_approve(o, a, row->id, "legal"), "approve");
	o->actor = "planner";
}

/* Processor time of this process so far, in seconds. */
static double processor(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void work(struct office *o, struct arena *a, const char *data)
{
	const char *entropy = "dice 20d10 hall 2026-03-02T10:00";
	const struct sheet_opened value = { NULL, "31415926535897932384" };
	struct life_freeze freeze = {
		.entropy = &entropy, .entropy_count = 1, .lists = lists, .basis = basis
	};
	struct life_run run = { .values = &value, .value_count = 1 };
	struct life_frozen frozen;
	struct plan_notes notes;
	struct draw_row row;
	struct rusage usage;

	begin(o, a, &row);
	plan_notes_init(&notes, a);
	freeze.draw = run.draw = row.id;
	freeze.escrow = arena_printf(a, "%s/escrow.pdf", data);
	double start = now(), cpu = processor();
	must(o, life_freeze(o, &freeze, &notes, &frozen), "freeze");
	double at_freeze = now() - start;
	const char *actor = o->actor;
	o->actor = "holder";
	must(o, life_hold(o, a, row.id, "discipline", NULL), "hold");
	o->actor = "archivist";
	must(o, life_hold(o, a, row.id, "archive", NULL), "hold");
	o->actor = actor;
	o->fixed_now = START + 3660000;
	start = now();
	must(o, life_run(o, &run, &notes, &row), "run");
	double at_run = now() - start;
	cpu = processor() - cpu;
	o->fixed_now = INT64_C(20558) * 86400000;
	start = now();
	must(o, life_reveal(o, a, row.id, NULL, &row), "reveal");
	double at_reveal = now() - start;
	getrusage(RUSAGE_SELF, &usage);
	printf("%.2f %.2f %.2f %ld %.2f %lld\n", at_freeze, at_run, at_reveal,
	       usage.ru_maxrss / 1024, cpu, (long long)row.drawn);
}

int main(int argc, char **argv)
{
	struct office_where where = { .make = true, .demo = true };
	struct office o;
	struct arena a;
	const char *why = "";

	if (argc < ARGS) {
		fprintf(stderr, "bench-life DATA [DB] OBJECTS VISITS INSPECTORS\n");
		return 2;
	}
	where.data = argv[1];
	where.db = argc > ARGS ? argv[2] : NULL;
	size.objects = (uint32_t)strtoul(argv[argc - 3], NULL, 10);
	size.visits = (uint32_t)strtoul(argv[argc - 2], NULL, 10);
	size.inspectors = (uint32_t)strtoul(argv[argc - 1], NULL, 10);
	arena_init(&a);
	if (office_open(&a, &where, &o, &why) != OK) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	work(&o, &a, where.data);
	office_release(&o);
	arena_release(&a);
	return 0;
}
