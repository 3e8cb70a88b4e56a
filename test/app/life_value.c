/* test/app/life_value.c — when a random value may exist, nothing is frozen with it or cancelled, and before it can
 * exist nothing is drawn with it. */
#include "app/life_documents.h"
#include "app/life_end.h"
#include "app/life_entropy.h"
#include "app/life_open.h"
#include "app/life_prepare.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

enum {
	HOUR_MS = 3600000,
	TO_MIDNIGHT = 15 * HOUR_MS
}; /* the world starts at 09:00 on 2026-03-02, day 61 */

#define BALLS "01-02-03-04-05-06-07-08-09-10-11-12-13-14-15-16-17-18-19-20"
#define REFUSED LIFE_REFUSED

static int freeze(struct life_world *w, const char *entropy, const char *drawn_at)
{
	const struct life_freeze in = {
		.draw = w->draw,
		.entropy = &entropy,
		.entropy_count = 1,
		.escrow = arena_printf(w->a, "%s/slip.pdf", unit_folder()),
		.drawn_at = drawn_at,
		.lists = life_world_lists,
		.basis = life_world_basis,
	};
	struct life_frozen frozen;

	return life_freeze(w->o, &in, &w->notes, &frozen);
}

static int run(struct life_world *w)
{
	const struct sheet_opened value = { NULL, BALLS };
	const struct life_run in = { .draw = w->draw, .values = &value, .value_count = 1 };
	struct draw_row row;

	return life_run(w->o, &in, &w->notes, &row);
}

static void approved(struct life_world *w)
{
	life_world_init(w);
	CHECK_INT(life_world_prepare(w, "daily"), OK);
	CHECK_INT(life_world_approve(w), OK);
}

TEST(an_issue_that_was_drawn_long_ago_freezes_nothing)
{
	struct life_world w;

	approved(&w);
	REFUSED(&w, freeze(&w, "cwl-kl8 2025300", NULL), INVALID, "早已开奖");
	REFUSED(&w, freeze(&w, "cwl-kl8 2025300", "2026-03-02T21:30"), INVALID, "早已开奖");
	w.o->fixed_now += INT64_C(150) * 24 * HOUR_MS; /* 2026-07-30 */
	REFUSED(&w, freeze(&w, "cwl-kl8 2026100", "2026-07-31T21:30"), INVALID, "2026100");
	CHECK_STR(life_world_row(&w).state, "approved");
	life_world_release(&w);
}

/* Issue and announced time must belong together: no number of long ago, none that cannot exist yet. */
TEST(the_announced_time_must_be_one_of_the_issue)
{
	struct life_world w;

	approved(&w);
	REFUSED(&w, freeze(&w, "cwl-kl8 2026010", "2026-03-02T21:30"), INVALID, "早已开奖");
	REFUSED(&w, freeze(&w, "cwl-kl8 2026200", "2026-03-02T21:30"), INVALID, "对不上");
	REFUSED(&w, freeze(&w, "cwl-kl8 2026050", NULL), INVALID, "2026050");
	REFUSED(&w, freeze(&w, "cwl-kl8 2026050", "2026-04-02T21:30"), INVALID, "2026-03-12");
	w.o->fixed_now += INT64_C(273) * 24 * HOUR_MS; /* 2026-11-30 */
	REFUSED(&w, freeze(&w, "cwl-kl8 2026250", "2026-11-30T21:27"), INVALID, "早已开奖");
	CHECK_STR(life_world_row(&w).state, "approved");
	life_world_release(&w);
}

TEST(an_issue_that_may_be_out_needs_its_announced_time)
{
	struct life_world w;

	approved(&w);
	REFUSED(&w, freeze(&w, "cwl-kl8 2026055", NULL), INVALID, "--drawn-at");
	REFUSED(&w, freeze(&w, "nist 2 99", NULL), INVALID, "--drawn-at");
	REFUSED(&w, freeze(&w, "cwl-kl8 2026055", "tomorrow"), INVALID, "tomorrow");
	REFUSED(&w, freeze(&w, "cwl-kl8 2026055", "2026-03-02T09:09"), INVALID, "10 分钟");
	life_world_ok(&w, freeze(&w, "cwl-kl8 2026055", "2026-03-02T21:30"));
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where name = 'drawn-at'"),
		  1);
	bool told = false;
	for (size_t i = 0; i < w.notes.count; i++)
		told |= w.notes.list[i].kind == PLAN_WARNING &&
			strstr(w.notes.list[i].text, "办理人所写");
	CHECK(told);
	life_world_release(&w);
}

TEST(what_may_have_been_drawn_is_not_cancelled)
{
	struct life_world w;

	approved(&w);
	life_world_ok(&w, freeze(&w, "cwl-kl8 2026055", "2026-03-03T21:30"));
	/* The announced time is the operator's word; by its number the issue could be out. */
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "不满意", NULL), CONFLICT, "可能已经产生");
	life_world_hold(&w);
	w.o->fixed_now = WORLD_START + TO_MIDNIGHT;
	REFUSED(&w, run(&w), INVALID, "还没有到产生的时间");
	w.o->fixed_now = WORLD_START + 40 * HOUR_MS;
	life_world_ok(&w, run(&w));
	life_world_release(&w);
}

TEST(what_is_surely_still_to_come_is_cancelled_and_not_drawn_with)
{
	struct life_world w;

	approved(&w);
	life_world_ok(&w, freeze(&w, "cwl-kl8 2026062", NULL));
	life_world_hold(&w);
	w.o->fixed_now = WORLD_START + TO_MIDNIGHT - 1;
	REFUSED(&w, run(&w), INVALID, "还没有到产生的时间");
	w.o->fixed_now++;
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "不满意", NULL), CONFLICT, "可能已经产生");
	w.o->fixed_now--;
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "名单有误", NULL), OK);
	life_world_release(&w);
}

TEST(a_pulse_is_cancelled_until_its_announced_time)
{
	struct life_world w;

	approved(&w);
	life_world_ok(&w, freeze(&w, "nist 2 99", "2026-03-02T12:00"));
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'draw.freeze' and length(digest) = 64"),
		  1);
	w.o->fixed_now = WORLD_START + 3 * HOUR_MS;
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "不满意", NULL), CONFLICT, "可能已经产生");
	w.o->fixed_now--;
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "名单有误", NULL), OK);
	life_world_release(&w);
}

/* By its number it is far in the future, but nobody can tell until when the draw may be cancelled. */
TEST(a_pulse_without_an_announced_time_freezes_nothing)
{
	struct life_world w;

	approved(&w);
	REFUSED(&w, freeze(&w, "nist 2 99999999", NULL), INVALID, "--drawn-at");
	CHECK_STR(life_world_row(&w).state, "approved");
	life_world_release(&w);
}

TEST(a_value_that_came_within_ten_minutes_of_the_freeze_draws_nothing)
{
	struct life_world w;

	life_world_init(&w);
	life_world_frozen(&w);
	int64_t frozen = life_world_row(&w).frozen_at;
	life_world_sql(&w, arena_printf(w.a, "update draw set frozen_at = %lld",
					(long long)LIFE_DICE_AT - 599999));
	w.o->fixed_now = LIFE_DICE_AT + HOUR_MS;
	REFUSED(&w, life_world_run(&w), INVALID, "离锁定不满 10 分钟");
	life_world_sql(&w,
		       arena_printf(w.a, "update draw set frozen_at = %lld", (long long)frozen));
	life_world_ok(&w, life_world_run(&w));
	life_world_release(&w);
}

/* 2026-03-31 is the period's last day: what is drawn after midnight could only be late. */
TEST(a_value_of_the_next_period_freezes_nothing)
{
	struct life_world w;

	approved(&w);
	REFUSED(&w, freeze(&w, "dice 20d10 hall 2026-04-01T00:00", NULL), INVALID,
		"2026-Q1 已经过了期末");
	CHECK_STR(life_world_row(&w).state, "approved");
	life_world_ok(&w, freeze(&w, "dice 20d10 hall 2026-03-31T23:59", NULL));
	life_world_release(&w);
}

/* Another day would choose whose certificate is valid. */
TEST(eligibility_is_judged_on_a_day_from_today_to_the_end_of_the_period)
{
	enum { TODAY = 20514, LAST = 20543 };
	static const int64_t wrong[] = { TODAY - 1, LAST + 1, 1 };
	const char *entropy = LIFE_DICE;
	struct life_world w;
	struct life_frozen frozen;
	struct life_freeze in = { .entropy = &entropy,
				  .entropy_count = 1,
				  .lists = life_world_lists,
				  .basis = life_world_basis };

	approved(&w);
	in.draw = w.draw;
	in.escrow = arena_printf(w.a, "%s/slip.pdf", unit_folder());
	for (size_t i = 0; i < COUNT(wrong); i++) {
		in.day = wrong[i];
		REFUSED(&w, life_freeze(w.o, &in, &w.notes, &frozen), INVALID, "--day");
	}
	CHECK_STR(life_world_row(&w).state, "approved");
	in.day = LAST;
	life_world_ok(&w, life_freeze(w.o, &in, &w.notes, &frozen));
	const struct draw_row row = life_world_row(&w);
	struct life_kept kept;
	char files[LIFE_SUM], secret[LIFE_SUM];
	CHECK_INT(life_sum_kept(w.o->db, &row, &kept), OK);
	CHECK_INT(life_sum_files(w.o->db, &row, 1U << LIFE_FILES_FREEZE, files), OK);
	CHECK_INT(life_sum_files(w.o->db, &row, 1U << LIFE_FILES_SHARE, secret), OK);
	const char *text = arena_printf(w.a, "%sday 2026-03-31\n",
					life_document_freeze(w.a, &row, &kept, files, secret));
	CHECK(strstr(text, arena_printf(w.a, "declaration %s\nreveal-by 2026-04-15\n",
					frozen.digest)) != NULL);
	char digest[OFFICE_DIGEST];
	office_digest(text, strlen(text), digest);
	CHECK_INT(
		life_world_number(&w, arena_printf(w.a,
						   "select count(*) from ledger_entry where action"
						   " = 'draw.freeze' and digest = '%s'",
						   digest)),
		1);
	life_world_release(&w);
}
