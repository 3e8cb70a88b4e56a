/*
 * app/draw_run.c — shares a draw among threads. Which thread takes which piece never shows in the
 * result: selection merges by (ticket, id), and parts of the assignment share no inspector.
 */
#include "app/draw_run.h"

#include "app/draw_memory.h"
#include "app/workers.h"
#include "base/status.h"

#include <assert.h>
#include <stdatomic.h>

enum {
	SCAN_PIECE = 4 << 20, /* bytes of objects.tsv that a thread takes at once */
	OPEN_PARTS = 1024     /* each holds counts of every stratum */
};

static int status_of(int core_rc)
{
	return core_rc == CORE_OK ? OK : core_rc == CORE_FULL ? TOO_LARGE : INVALID;
}

static uint32_t thread_count(uint32_t asked)
{
	assert(asked <= WORKERS_MOST);
	return asked ? asked : workers_usual();
}

/* Shared by the threads of one step. */
struct shared {
	const struct draw_watch *watch;
	const char *step;
	atomic_uint_fast64_t next, done;
	atomic_bool stop;
	uint64_t total;
};

/* Thread 0 shows progress and asks whether to go on; all see the answer. */
static bool go_on(struct shared *s, uint32_t index)
{
	if (index == 0 && s->watch) {
		if (s->watch->at)
			s->watch->at(s->watch->arg, s->step, atomic_load(&s->done), s->total);
		if (s->watch->stop && s->watch->stop(s->watch->arg))
			atomic_store(&s->stop, true);
	}
	return !atomic_load(&s->stop);
}

struct opening {
	struct shared shared;
	struct draw_opening open;
	uint64_t piece; /* bytes */
};

static void check_pieces(void *arg, uint32_t index)
{
	struct opening *o = arg;

	while (go_on(&o->shared, index)) {
		uint64_t part = atomic_fetch_add(&o->shared.next, 1);
		if (part >= o->open.count)
			return;
		uint64_t from = part * o->piece;
		uint64_t left = o->shared.total - from;
		uint64_t len = left < o->piece ? left : o->piece;
		draw_open_part(&o->open, (uint32_t)part, from, from + len);
		atomic_fetch_add(&o->shared.done, len);
	}
}

int draw_run_open(const struct draw_files *files, uint32_t threads, const struct draw_watch *watch,
		  struct region *r, struct draw *ret, struct problem *problem)
{
	uint32_t count = thread_count(threads);
	uint64_t len = files->file[CORE_FILE_OBJECTS].len;
	uint64_t parts = (len + SCAN_PIECE - 1) / SCAN_PIECE;
	struct opening o = { .piece = SCAN_PIECE };

	if (parts > OPEN_PARTS)
		parts = OPEN_PARTS;
	if (parts > 1)
		o.piece = (len + parts - 1) / parts;
	TRY(status_of(
		draw_open_begin(files, parts > 1 ? (uint32_t)parts : 1, r, &o.open, problem)));
	o.shared.watch = watch;
	o.shared.step = "检查名单";
	o.shared.total = len;
	workers_run(parts > 1 ? count : 1, check_pieces, &o);
	if (atomic_load(&o.shared.stop))
		return CANCELLED;
	return status_of(draw_open_end(&o.open, ret, problem));
}

struct scan {
	struct shared shared;
	struct draw_scan *scan;
};

static void scan_pieces(void *arg, uint32_t index)
{
	struct scan *s = arg;

	while (go_on(&s->shared, index)) {
		uint64_t from = atomic_fetch_add(&s->shared.next, SCAN_PIECE);
		if (from >= s->shared.total)
			return;
		uint64_t left = s->shared.total - from;
		uint64_t len = left < SCAN_PIECE ? left : SCAN_PIECE;
		draw_scan_part(s->scan, index, from, from + len);
		atomic_fetch_add(&s->shared.done, len);
	}
}

int draw_run_select(const struct draw *d, const struct draw_seed *seed, uint32_t threads,
		    const struct draw_watch *watch, struct region *r, struct draw_selection *ret)
{
	struct draw_scan scan;
	uint32_t count = thread_count(threads);
	struct scan s = { .scan = &scan };

	TRY(status_of(draw_scan_begin(d, seed, count, r, &scan)));
	s.shared.watch = watch;
	s.shared.step = "计算票号、选取对象";
	s.shared.total = d->files.file[CORE_FILE_OBJECTS].len;
	workers_run(count, scan_pieces, &s);
	if (atomic_load(&s.shared.stop))
		return CANCELLED;
	return status_of(draw_scan_end(&scan, r, ret));
}

struct solve {
	struct shared shared;
	const struct assign_problem *problem;
	struct assign_parts parts;
	struct assign_result *result;
	struct region scratch[WORKERS_MOST];
	int rc[WORKERS_MOST]; /* enum core_code */
};

static void solve_parts(void *arg, uint32_t index)
{
	struct solve *s = arg;
	uint64_t unmet;

	while (go_on(&s->shared, index)) {
		uint64_t part = atomic_fetch_add(&s->shared.next, 1);
		if (part >= s->parts.count)
			return;
		s->rc[index] = assign_solve_part(s->problem, &s->parts, (uint32_t)part,
						 &s->scratch[index], s->result, &unmet);
		if (s->rc[index] != CORE_OK) {
			atomic_store(&s->shared.stop, true);
			return;
		}
		atomic_fetch_add(&s->shared.done, s->parts.start[part + 1] - s->parts.start[part]);
	}
}

/* The worst of the threads' codes: FULL before INFEASIBLE, so that a certificate is never a guess. */
static int worst(const struct solve *s, uint32_t count)
{
	int rc = CORE_OK;

	for (uint32_t i = 0; i < count; i++) {
		if (s->rc[i] == CORE_FULL)
			return CORE_FULL;
		if (s->rc[i] != CORE_OK)
			rc = s->rc[i];
	}
	return rc;
}

static int solve_threads(struct solve *s, uint32_t count)
{
	int rc = OK;
	uint32_t ready = 0;

	for (; ready < count && rc == OK; ready++)
		rc = draw_region_init(&s->scratch[ready]);
	if (rc == OK)
		workers_run(count, solve_parts, s);
	for (uint32_t i = 0; i < ready; i++)
		draw_region_release(&s->scratch[i]);
	return rc;
}

/* Fills ret->result and ret->feasible of prepared teams. */
static int solve(struct draw_teams *ret, uint32_t count, const struct draw_watch *watch,
		 struct region *r)
{
	struct solve s = { .problem = &ret->problem, .result = &ret->result };

	TRY(status_of(assign_result_init(&ret->problem, r, &ret->result)));
	TRY(status_of(assign_split(&ret->problem, r, &s.parts)));
	s.shared.watch = watch;
	s.shared.step = "编组、平衡工作量";
	s.shared.total = ret->problem.visit_count;
	TRY(solve_threads(&s, count));
	int rc = worst(&s, count);
	if (rc == CORE_OK && atomic_load(&s.shared.stop))
		return CANCELLED;
	ret->feasible = rc == CORE_OK;
	if (rc != CORE_INFEASIBLE)
		return status_of(rc);
	/* The whole problem once more on one thread, for the certificate over all its parts. */
	rc = assign_feasible(&ret->problem, r, &ret->result);
	return rc == CORE_INFEASIBLE ? OK : rc == CORE_FULL ? TOO_LARGE : INVALID;
}

int draw_run_teams(const struct draw *d, const struct draw_seed *seed,
		   const struct draw_selection *selection, uint32_t threads,
		   const struct draw_watch *watch, struct region *r, struct draw_teams *ret)
{
	uint32_t count = thread_count(threads);
	size_t mark = region_mark(r);

	for (uint32_t relaxed = 0;; relaxed++) {
		struct draw_teams teams;
		region_reset(r, mark);
		TRY(status_of(draw_teams_prepare(d, seed, selection, relaxed, r, &teams)));
		TRY(solve(&teams, count, watch, r));
		if (!teams.feasible && relaxed < d->rules.relax_count)
			continue;
		*ret = teams;
		return OK;
	}
}

int draw_run(const struct draw *d, const struct draw_seed *seed, uint32_t threads,
	     const struct draw_watch *watch, struct region *r, struct draw_outcome *ret)
{
	struct draw_outcome out;

	TRY(draw_run_select(d, seed, threads, watch, r, &out.selection));
	TRY(draw_run_teams(d, seed, &out.selection, threads, watch, r, &out.teams));
	TRY(status_of(draw_result(d, seed, &out.selection, &out.teams, r, &out.result)));
	*ret = out;
	return OK;
}
