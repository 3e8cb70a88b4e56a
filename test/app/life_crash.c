/* test/app/life_crash.c — two planners at once, and processes that are killed at any moment. */
#include "app/life_change.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"

#include "base/clock.h"
#include "base/status.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HOUR_MS = 3600000 };

typedef int life_act(struct life_world *w);

/* The visit whose unit is replaced in a race. */
static struct {
	const char *visit;
} taken;

/*
 * Runs the act in another process with an office of its own; ours must be closed, since an open SQLite
 * database cannot be forked. The exit code is 0 for OK, 1 for CONFLICT, else 2.
 */
static pid_t in_process(struct life_world *w, life_act *act)
{
	fflush(stdout);
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (pid != 0)
		return pid;
	const char *actor = w->o->actor, *why;
	int64_t now = w->o->fixed_now;
	if (office_open(w->a, &w->w.where, w->o, &why) != OK)
		_exit(2);
	w->o->actor = actor;
	w->o->fixed_now = now;
	int rc = act(w);
	office_release(w->o);
	_exit(rc == OK ? 0 : rc == CONFLICT ? 1 : 2);
}

static void close_office(struct life_world *w)
{
	office_release(w->o);
}

static void open_office(struct life_world *w)
{
	const char *actor = w->o->actor;
	int64_t now = w->o->fixed_now;

	office_world_again(&w->w, w->o);
	w->o->actor = actor;
	w->o->fixed_now = now;
}

static int exit_of(pid_t pid)
{
	int status;

	CHECK_INT(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Two processes at once: exactly one wins, the other is told. */
static void race_of(struct life_world *w, life_act *first, life_act *second)
{
	close_office(w);
	pid_t one = in_process(w, first), two = in_process(w, second);
	int a = exit_of(one), b = exit_of(two);
	open_office(w);
	unit_check((a == 0 && b == 1) || (a == 1 && b == 0), __FILE__, __LINE__, "exits %d, %d", a,
		   b);
}

static void race(struct life_world *w, life_act *act)
{
	race_of(w, act, act);
}

static int prepare_daily(struct life_world *w)
{
	return life_world_prepare(w, "daily");
}

TEST(of_two_planners_who_prepare_at_once_one_is_told)
{
	struct life_world w;

	life_world_init(&w);
	race(&w, prepare_daily);
	CHECK_INT(life_world_number(&w, "select count(*) from draw"), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry"), 1);
	life_world_release(&w);
}

TEST(of_two_planners_who_freeze_at_once_one_is_told)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	race(&w, life_world_freeze);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'draw.freeze'"),
		  1);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_share"), 1);
	CHECK_STR(life_world_row(&w).state, "frozen");
	life_world_release(&w);
}

static int freeze_other(struct life_world *w)
{
	w->draw = "130600-2026-0001";
	life_lists_now.rule = "campaign";
	return life_world_freeze(w);
}

/* Two draws with one site in both lists: nothing but the look at each other's lists keeps them apart. */
TEST(of_two_planners_who_freeze_one_site_at_once_one_is_told)
{
	enum { ROUNDS = 4 };

	for (int i = 0; i < ROUNDS; i++) {
		struct life_world w;
		life_world_init(&w);
		CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
		CHECK_INT(life_world_approve(&w), OK);
		CHECK_INT(life_world_prepare(&w, "daily"), OK);
		CHECK_INT(life_world_approve(&w), OK);
		race_of(&w, life_world_freeze, freeze_other);
		CHECK_INT(life_world_number(&w, "select count(*) from draw where state = 'frozen'"),
			  1);
		life_world_release(&w);
	}
}

static int take_reserve(struct life_world *w)
{
	const struct life_change in = life_world_closed(taken.visit);
	struct life_changed out;

	return life_change(w->o, w->a, &in, &out);
}

static int freeze_reserve(struct life_world *w)
{
	return life_world_freeze_with(w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0);
}

/* One replaces a unit by a reserve, the other freezes a list with that reserve: not both. */
TEST(of_a_replacement_and_a_freeze_of_its_reserve_at_once_one_is_told)
{
	enum { ROUNDS = 4 };

	for (int i = 0; i < ROUNDS; i++) {
		struct life_world w;
		const char **visits;
		life_world_init(&w);
		life_world_drawn(&w);
		life_world_visits(&w, &visits);
		taken.visit = visits[0];
		life_lists_now.first = arena_printf(w.a, "%s\tsx\t企业\t1000",
						    life_world_reserve(&w, taken.visit));
		life_lists_now.objects = 0;
		life_lists_now.rule = "campaign";
		life_lists_now.rules = "team 2 1 1\nquota sx 1\n";
		CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
		CHECK_INT(life_world_approve(&w), OK);
		race_of(&w, take_reserve, freeze_reserve);
		CHECK_INT(life_world_number(&w, "select count(*) from visit_change") +
				  life_world_number(&w, "select count(*) from draw where state ="
							" 'frozen'"),
			  1);
		life_world_release(&w);
	}
}

TEST(of_two_planners_who_draw_at_once_one_is_told)
{
	struct life_world w;

	life_world_init(&w);
	life_world_frozen(&w);
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	race(&w, life_world_run);
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), life_world_row(&w).drawn);
	life_world_release(&w);
}

/* What a killed process leaves is all of a step or nothing of it. */
static void check_whole(struct life_world *w)
{
	struct draw_row row = life_world_row(w);
	bool frozen = row.frozen_at != 0, drawn = row.drawn_at != 0;
	const char *sql[] = {
		"select count(*) from draw_file where draw = (select max(key) from draw)",
		"select count(*) from draw_share where draw = (select max(key) from draw)",
		"select count(*) from ledger_entry where action = 'draw.freeze' and subject ="
		" (select id from draw order by key desc limit 1)",
		"select count(*) from ledger_entry where action = 'draw.run' and subject ="
		" (select id from draw order by key desc limit 1)",
		"select count(*) from visit where draw = (select max(key) from draw)",
	};

	CHECK_INT(life_world_number(w, sql[0]), !frozen ? 0 : drawn ? 14 : 9);
	CHECK_INT(life_world_number(w, sql[1]), frozen);
	CHECK_INT(life_world_number(w, sql[2]), frozen);
	CHECK_INT(life_world_number(w, sql[3]), drawn);
	CHECK_INT(life_world_number(w, sql[4]), row.drawn);
	CHECK_INT(life_world_number(w, "select count(*) from ledger_entry where seq is null"), 0);
}

/* The freeze with what belongs to it, and the draw after the dice. */
static int freeze(struct life_world *w)
{
	char day[CLOCK_DAY];

	clock_day(w->o->fixed_now, day);
	const char *entropy = arena_printf(w->a, "dice 20d10 hall %sT10:00", day);
	TRY(life_world_freeze_with(w, entropy, NULL, 0));
	TRY(life_world_hold_as(w, "王五", "discipline", NULL));
	return life_world_hold_as(w, "钱七", "archive", NULL);
}

static int run(struct life_world *w)
{
	w->o->fixed_now += HOUR_MS + 60000;
	return life_world_run(w);
}

static int64_t micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* A draw of its own for each round and day, with sites that no other one has. */
static void next_draw(struct life_world *w, int round)
{
	w->o->fixed_now = WORLD_START + (int64_t)round * 24 * HOUR_MS;
	life_lists_now.prefix = arena_printf(w->a, "R%d-", round);
	life_lists_now.rule = arena_printf(w->a, "rule-%d", round);
	CHECK_INT(life_world_prepare(w, arena_printf(w->a, "pool-%d", round)), OK);
	CHECK_INT(life_world_approve(w), OK);
}

/* How long the act takes when nobody kills it, in microseconds. */
static int64_t measure(struct life_world *w, life_act *act)
{
	close_office(w);
	int64_t start = micros();
	CHECK_INT(exit_of(in_process(w, act)), 0);
	int64_t took = micros() - start;
	open_office(w);
	check_whole(w);
	return took;
}

/* Kills it at a random moment, now and then after its end. */
static void kill_in(struct life_world *w, life_act *act, int64_t took, uint64_t *state)
{
	close_office(w);
	pid_t pid = in_process(w, act);
	usleep((useconds_t)(unit_random(state) % (uint64_t)(took + took / 4)));
	kill(pid, SIGKILL);
	exit_of(pid);
	w->o->fixed_now += 2 * HOUR_MS;
	open_office(w);
	check_whole(w);
	w->o->fixed_now -= 2 * HOUR_MS;
}

TEST(killed_at_any_moment_a_freeze_and_a_draw_are_whole_or_nothing)
{
	struct life_world w;
	uint64_t state = (uint64_t)getpid();
	int rounds = unit_long() ? 200 : 20, frozen = 0, drawn = 0;

	life_world_init(&w);
	life_lists_now.objects = 3000;
	life_lists_now.limit = 400;
	next_draw(&w, 0);
	int64_t freezes = measure(&w, freeze), runs = measure(&w, run);
	for (int i = 1; i <= rounds; i++) {
		next_draw(&w, i);
		if (i % 2) {
			kill_in(&w, freeze, freezes, &state);
			frozen += life_world_row(&w).frozen_at != 0;
			continue;
		}
		life_world_ok(&w, freeze(&w));
		kill_in(&w, run, runs, &state);
		drawn += life_world_row(&w).drawn_at != 0;
	}
	printf("# %d freezes killed, %d were done; %d draws killed, %d were done\n",
	       (rounds + 1) / 2, frozen, rounds / 2, drawn);
	/* Going on after a kill works, and clears what the killed ones left. */
	next_draw(&w, rounds + 1);
	life_world_ok(&w, freeze(&w));
	life_world_ok(&w, run(&w));
	check_whole(&w);
	CHECK_INT(rmdir(w.o->work), 0);
	life_world_release(&w);
}
