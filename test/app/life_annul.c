/* test/app/life_annul.c — an annulled draw is not hidden: whatever takes its place publishes it, or its own day does. */
#include "app/life_end.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"

#include "base/file.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

enum { DAY_MS = 86400000, HOUR_MS = 3600000 };

static int annul(struct life_world *w)
{
	const struct life_annul in = {
		.draw = w->draw, .reason = "名单遗漏一个县", .head = "局长", .discipline = "纪检甲"
	};

	return life_annul(w->o, w->a, &in);
}

static int prepare(struct life_world *w, const char *pool, const char *replaces)
{
	const struct life_prepare in = { .plan = "P-2026",
					 .period = "2026-Q1",
					 .pool = pool,
					 .kind = "random",
					 .replaces = replaces };
	struct draw_row row;
	life_world_pool(w, pool);
	int rc = life_prepare(w->o, w->a, &in, &row);

	if (rc == OK)
		w->draw = row.id;
	return rc;
}

/* The prepared one is drawn with dice of this hour of the first day, and drawn five minutes later. */
static void drawn_at(struct life_world *w, int hour)
{
	CHECK_INT(life_world_approve(w), OK);
	life_world_ok(w, life_world_freeze_with(
				 w, arena_printf(w->a, "dice 20d10 hall 2026-03-02T%02d:00", hour),
				 NULL, 0));
	life_world_hold(w);
	w->o->fixed_now = WORLD_START + (hour - 9) * (int64_t)HOUR_MS + 300000;
	life_world_ok(w, life_world_run(w));
}

static struct draw_row row_of(struct life_world *w, const char *id)
{
	struct draw_row row = { 0 };

	CHECK_INT(draw_row_get(w->o->db, w->a, id, &row), OK);
	return row;
}

TEST(an_annulled_draw_is_published_with_the_one_that_replaces_it)
{
	struct life_world w;
	struct draw_row row, old;
	struct life_annul annul = { .reason = "名单遗漏一个县", .head = "局长", .discipline = "" };
	struct life_prepare again = {
		.plan = "P-2026", .period = "2026-Q1", .pool = "daily", .kind = "random"
	};

	life_world_init(&w);
	life_world_drawn(&w);
	annul.draw = again.replaces = w.draw;
	LIFE_REFUSED(&w, life_annul(w.o, w.a, &annul), INVALID, "各一人签字");
	annul.discipline = "局长";
	LIFE_REFUSED(&w, life_annul(w.o, w.a, &annul), INVALID, "同一个人");
	annul.discipline = "纪检甲";
	LIFE_REFUSED(&w, life_prepare(w.o, w.a, &again, &row), CONFLICT, "还有效");
	CHECK_INT(life_annul(w.o, w.a, &annul), OK);
	LIFE_REFUSED(&w, life_annul(w.o, w.a, &annul), CONFLICT, "已作废");
	CHECK_INT(life_world_number(&w, "select count(*) from visit where held = 1"), 0);
	LIFE_REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "已作废");
	const char *first = w.draw;
	CHECK_INT(life_prepare(w.o, w.a, &again, &row), OK);
	w.draw = row.id;
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze_with(&w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0), OK);
	life_world_hold(&w);
	w.o->fixed_now += 3 * HOUR_MS;
	life_world_ok(&w, life_world_run(&w));
	life_world_finish(&w);
	CHECK_INT(draw_row_get(w.o->db, w.a, first, &old), OK);
	CHECK_INT(old.revealed_at, 0);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	CHECK_INT(draw_row_get(w.o->db, w.a, first, &old), OK);
	CHECK(old.revealed_at == w.o->fixed_now);
	CHECK_STR(old.state, "annulled");
	w.draw = first;
	life_world_exported(&w, LIFE_AUDIT, true);
	life_world_release(&w);
}

TEST(nothing_goes_past_an_annulled_draw)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	const char *first = w.draw;
	CHECK_INT(annul(&w), OK);
	LIFE_REFUSED(&w, prepare(&w, "daily", NULL), CONFLICT, "--replaces 130600-2026-0001");
	LIFE_REFUSED(&w, prepare(&w, "campaign-1", first), INVALID, "日常 池");
	CHECK_INT(prepare(&w, "campaign-1", NULL), OK);
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "试", NULL), OK);
	CHECK_INT(prepare(&w, "daily", first), OK);
	/* The successor is cancelled: the place is free again, and still to be taken. */
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "试", NULL), OK);
	LIFE_REFUSED(&w, prepare(&w, "daily", NULL), CONFLICT, "--replaces 130600-2026-0001");
	CHECK_INT(prepare(&w, "daily", first), OK);
	LIFE_REFUSED(&w, prepare(&w, "daily", first), CONFLICT, "已由");
	life_world_release(&w);
}

TEST(a_chain_of_annulled_draws_comes_out_whole)
{
	struct life_world w;
	struct draw_row row;
	const char *first, *second;

	life_world_init(&w);
	life_world_drawn(&w);
	first = w.draw;
	CHECK_INT(annul(&w), OK);
	CHECK_INT(prepare(&w, "daily", first), OK);
	drawn_at(&w, 12);
	second = w.draw;
	CHECK_INT(annul(&w), OK);
	LIFE_REFUSED(&w, prepare(&w, "daily", first), CONFLICT, second);
	LIFE_REFUSED(&w, prepare(&w, "daily", NULL), CONFLICT, second);
	CHECK_INT(prepare(&w, "daily", second), OK);
	drawn_at(&w, 15);
	life_world_finish(&w);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	CHECK(row_of(&w, first).revealed_at != 0 && row_of(&w, second).revealed_at != 0);
	life_world_release(&w);
}

TEST(an_annulled_draw_comes_out_on_its_own_hard_day)
{
	struct life_world w;
	struct draw_row row;

	life_world_init(&w);
	life_world_drawn(&w);
	CHECK_INT(annul(&w), OK);
	w.o->fixed_now = INT64_C(20558) * DAY_MS - 8 * HOUR_MS - 1; /* last ms of 2026-04-14 */
	LIFE_REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "2026-04-15");
	w.o->fixed_now++;
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	CHECK_STR(row.state, "annulled");
	LIFE_REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "已经揭示");
	life_world_exported(&w, LIFE_AUDIT, true);
	life_world_release(&w);
}

/* Frozen, and its value out: who knows the share knows what it would have drawn. */
TEST(a_draw_annulled_before_it_was_run_shows_its_lists_too)
{
	struct life_world w;
	struct draw_row row;
	const char *out, *first;

	life_world_init(&w);
	life_world_frozen(&w);
	first = w.draw;
	w.o->fixed_now = LIFE_DICE_AT + 1;
	CHECK_INT(annul(&w), OK);
	CHECK_INT(prepare(&w, "daily", first), OK);
	drawn_at(&w, 12);
	life_world_finish(&w);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	CHECK(row_of(&w, first).revealed_at != 0);
	out = arena_printf(w.a, "%s/first", unit_folder());
	CHECK_INT(life_export(w.o, w.a, first, LIFE_AUDIT, out, &row), OK);
	CHECK(file_exists(arena_printf(w.a, "%s/objects.tsv", out)));
	CHECK(!file_exists(arena_printf(w.a, "%s/result.tsv", out)));
	life_world_release(&w);
}

TEST(a_revealed_draw_is_not_annulled)
{
	struct life_world w;
	struct draw_row row;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_finish(&w);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	LIFE_REFUSED(&w, annul(&w), CONFLICT, "已经揭示");
	life_world_release(&w);
}

TEST(who_annuls_had_no_hand_in_the_draw)
{
	static const char *const hands[] = { "张三", "李四", "李 四" };
	struct life_world w;
	struct life_annul in = { .reason = "名单遗漏一个县" };

	life_world_init(&w);
	life_world_drawn(&w);
	in.draw = w.draw;
	for (size_t i = 0; i < COUNT(hands); i++) {
		in.head = hands[i];
		in.discipline = "纪检甲";
		LIFE_REFUSED(&w, life_annul(w.o, w.a, &in), FORBIDDEN, hands[i]);
		in.head = "局长";
		in.discipline = hands[i];
		LIFE_REFUSED(&w, life_annul(w.o, w.a, &in), FORBIDDEN, hands[i]);
	}
	in.discipline = "周八";
	life_world_as(&w, "周八");
	LIFE_REFUSED(&w, life_annul(w.o, w.a, &in), FORBIDDEN, "办理人");
	life_world_as(&w, "吴九");
	CHECK_INT(life_annul(w.o, w.a, &in), OK);
	life_world_release(&w);
}
