/* test/app/draw_run.c — threads never show in the bytes; refusals of folders that are not ready. */
#include "app/draw_run.h"

#include "base/status.h"
#include "draw_world.h"
#include "unit.h"

#include <stdatomic.h>

static bool same_outcome(const struct draw_outcome *x, const struct draw_outcome *y)
{
	return x->teams.feasible == y->teams.feasible && x->teams.relaxed == y->teams.relaxed &&
	       span_equal(x->result.tsv, y->result.tsv) &&
	       memcmp(x->result.root, y->result.root, 64) == 0;
}

static bool same_certificate(const struct draw_teams *x, const struct draw_teams *y)
{
	return x->result.unmet == y->result.unmet &&
	       memcmp(x->result.marks, y->result.marks, x->problem.visit_count) == 0;
}

/* By core's own single-threaded functions. */
static void plain(const struct draw_ready *ready, struct region *r, struct draw_outcome *ret)
{
	CHECK_INT(draw_select(&ready->draw, &ready->seed, r, &ret->selection), CORE_OK);
	CHECK_INT(draw_teams(&ready->draw, &ready->seed, &ret->selection, r, &ret->teams), CORE_OK);
	CHECK_INT(draw_result(&ready->draw, &ready->seed, &ret->selection, &ret->teams, r,
			      &ret->result),
		  CORE_OK);
}

static void compare_threads(const struct draw_world *w, bool feasible)
{
	struct arena a;
	struct draw_folder f;
	struct draw_ready ready;
	struct draw_outcome want, have;
	const char *folder = unit_folder();

	arena_init(&a);
	world_record(&a, folder, w);
	world_ready(&f, folder, &ready);
	plain(&ready, &f.region, &want);
	CHECK_INT(want.teams.feasible, feasible);
	for (uint32_t threads = 0; threads <= 4; threads++) {
		CHECK_INT(draw_run(&ready.draw, &ready.seed, threads, NULL, &f.region, &have), OK);
		CHECK(same_outcome(&have, &want));
		if (!feasible)
			CHECK(same_certificate(&have.teams, &want.teams));
	}
	draw_folder_release(&f);
	arena_release(&a);
}

TEST(draw_run_is_the_same_on_any_number_of_threads)
{
	compare_threads(&(struct draw_world){ .objects = 3000,
					      .inspectors = 64,
					      .districts = 8,
					      .limit = 30,
					      .conflicts = true },
			true);
}

TEST(draw_run_shares_out_a_long_list)
{
	compare_threads(&(struct draw_world){ .objects = 400000,
					      .inspectors = 40,
					      .districts = 10,
					      .limit = 20,
					      .rules = "team 2 1 1\nquota s0 60\nquota s1 90\n" },
			true);
}

TEST(draw_run_gives_the_same_certificate)
{
	compare_threads(&(struct draw_world){ .objects = 500,
					      .inspectors = 12,
					      .districts = 3,
					      .limit = 4,
					      .conflicts = true },
			false);
}

TEST(draw_run_relaxes_like_core)
{
	static const char rules[] = "team 2 1 1\nrelax rotation\nrelax second\nrelax limit\n"
				    "quota s0 1/10\nquota s1 1/10\n";

	compare_threads(&(struct draw_world){ .objects = 230,
					      .inspectors = 12,
					      .districts = 1,
					      .limit = 3,
					      .rules = rules,
					      .conflicts = true },
			true);
}

static bool stop_at_once(void *arg)
{
	atomic_fetch_add((atomic_int *)arg, 1);
	return true;
}

TEST(draw_run_stops_when_told)
{
	struct arena a;
	struct draw_folder f;
	struct draw_ready ready;
	struct draw_outcome out;
	atomic_int asked = 0;
	struct draw_watch watch = { .stop = stop_at_once, .arg = &asked };
	const char *folder = unit_folder();
	struct draw_world w = { .objects = 100, .inspectors = 10, .districts = 1, .limit = 30 };

	arena_init(&a);
	world_record(&a, folder, &w);
	world_ready(&f, folder, &ready);
	CHECK_INT(draw_run(&ready.draw, &ready.seed, 2, &watch, &f.region, &out), CANCELLED);
	CHECK(atomic_load(&asked) >= 1);
	draw_folder_release(&f);
	arena_release(&a);
}

TEST(draw_run_says_when_memory_ends)
{
	struct arena a;
	struct draw_folder f;
	struct draw_ready ready;
	struct draw_outcome out;
	const char *folder = unit_folder();
	struct draw_world w = { .objects = 3000, .inspectors = 50, .districts = 5, .limit = 30 };

	arena_init(&a);
	world_record(&a, folder, &w);
	world_ready(&f, folder, &ready);
	size_t room = f.region.size;
	for (size_t more = 0; more < 1 << 18; more += 1 << 14) {
		size_t mark = region_mark(&f.region);
		f.region.size = mark + more;
		int rc = draw_run(&ready.draw, &ready.seed, 2, NULL, &f.region, &out);
		CHECK(rc == TOO_LARGE || (rc == OK && more > 0));
		region_reset(&f.region, mark);
	}
	f.region.size = room;
	draw_folder_release(&f);
	arena_release(&a);
}

/* The first bad line is named whatever piece of the list it stands in. */
TEST(draw_run_open_names_the_first_bad_line)
{
	struct arena a;
	struct draw_folder f;
	struct draw d;
	struct problem problem;
	enum core_file wrong;
	const char *folder = unit_folder();
	struct draw_world w = { .objects = 300000, .inspectors = 4, .districts = 1, .limit = 1 };
	static const uint32_t at[] = { 2, 150000, 299999 };

	arena_init(&a);
	world_lists(&a, folder, &w);
	struct span good = world_read(&a, folder, "objects.tsv");
	for (size_t i = 0; i < 3; i++) {
		char *text = arena_mem(&a, good.at, good.len);
		*strstr(text, arena_printf(&a, "S%07u", at[i])) = 'A';
		world_write(&a, folder, "objects.tsv", (struct span){ text, good.len });
		CHECK_INT(draw_folder_open(&f, folder, &wrong), OK);
		for (uint32_t threads = 1; threads <= 3; threads++) {
			CHECK_INT(draw_run_open(&f.files, threads, NULL, &f.region, &d, &problem),
				  INVALID);
			CHECK_INT(problem.line, at[i] + 1);
			CHECK_INT(problem.code, PROBLEM_UNSORTED);
		}
		draw_folder_release(&f);
	}
	arena_release(&a);
}
