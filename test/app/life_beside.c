/* test/app/life_beside.c — an open draw beside a sealed one tells nothing of that one's sites. */
#include "app/life_beside.h"

#include "app/life_change.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define REFUSED LIFE_REFUSED
#define NOON "dice 20d10 hall 2026-03-02T12:00"

enum { HOUR_MS = 3600000 };

/* An open draw of that pool, approved. */
static void open_draw(struct life_world *w, const char *pool)
{
	const struct life_prepare in = { .plan = "P-2026",
					 .period = "2026-Q1",
					 .pool = pool,
					 .kind = "random",
					 .open_mode = true };
	struct draw_row row;

	life_world_pool(w, pool);
	life_world_ok(w, life_prepare(w->o, w->a, &in, &row));
	w->draw = row.id;
	CHECK_INT(life_world_approve(w), OK);
}

static const char *named(struct life_world *w)
{
	const char *other = NULL;
	const struct draw_row row = life_world_row(w);
	int rc = life_beside_sealed(w->o, w->a, &row, &other);

	CHECK_INT(rc, other ? OK : NONE);
	return other ? other : "";
}

/* No site is in both lists: whether one is must not be told. */
TEST(an_open_draw_is_not_frozen_before_a_sealed_one_is_revealed)
{
	struct life_world w;
	struct draw_row row;

	life_world_init(&w);
	life_world_frozen(&w);
	const char *first = w.draw;
	open_draw(&w, "campaign-1");
	const char *second = w.draw;
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	CHECK_STR(named(&w), first);
	REFUSED(&w, life_world_freeze_with(&w, NOON, NULL, 0), CONFLICT, first);
	CHECK(strstr(w.o->why, "不带 --open") != NULL);
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	w.draw = first;
	life_world_ok(&w, life_world_run(&w));
	w.draw = second;
	REFUSED(&w, life_world_freeze_with(&w, NOON, NULL, 0), CONFLICT, first);
	CHECK_STR(life_world_row(&w).state, "approved");
	w.draw = first;
	life_world_finish(&w);
	w.draw = second;
	REFUSED(&w, life_world_freeze_with(&w, NOON, NULL, 0), CONFLICT, first);
	CHECK_INT(life_reveal(w.o, w.a, first, NULL, &row), OK);
	CHECK_STR(named(&w), "");
	life_world_ok(&w, life_world_freeze_with(&w, NOON, NULL, 0));
	CHECK_INT(life_world_number(&w, "select count(*) from draw_wait"), 0);
	life_world_release(&w);
}

TEST(a_sealed_draw_of_another_area_is_not_beside)
{
	static const char *const areas[][2] = { { "130602,130606", "130609" },
						{ "130602,130606", "130606,130609" },
						{ "", "130609" } };
	struct life_world w;

	life_world_init(&w);
	life_world_frozen(&w);
	const char *first = w.draw;
	open_draw(&w, "campaign-1");
	for (size_t i = 0; i < COUNT(areas); i++) {
		life_world_sql(
			&w,
			arena_printf(
				w.a,
				"update draw set area = case when id = '%s' then '%s' else '%s' end",
				first, areas[i][0], areas[i][1]));
		CHECK_STR(named(&w), i == 0 ? "" : first);
	}
	life_world_sql(&w, "update draw set live = 0, state = 'cancelled' where sealed = 1");
	CHECK_STR(named(&w), "");
	life_world_release(&w);
}

/* A sealed draw of one site. */
static void draw_of(struct life_world *w, const char *site)
{
	life_lists_now.objects = 0;
	life_lists_now.rule = "campaign";
	life_lists_now.first = arena_printf(w->a, "%s\tsx\t企业\t1000", site);
	life_lists_now.rules = "team 2 1 1\nquota sx 1\n";
	CHECK_INT(life_world_prepare(w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(w), OK);
	life_world_ok(w, life_world_freeze_with(w, NOON, NULL, 0));
	life_world_hold(w);
}

/* What the office says to a replacement in an open draw, before and after the sealed one is drawn. */
static void replace(bool waits, char *ret[2])
{
	struct life_world w;
	struct life_changed out;
	struct draw_row row;
	const char **visits;

	life_world_init(&w);
	open_draw(&w, "daily");
	life_world_ok(&w, life_world_freeze(&w));
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	CHECK(life_world_visits(&w, &visits) > 0);
	const struct life_change in = life_world_closed(visits[0]);
	draw_of(&w, waits ? life_world_reserve(&w, visits[0]) : "T-OTHER");
	for (int drawn = 0; drawn < 2; drawn++) {
		REFUSED(&w, life_change(w.o, w.a, &in, &out), CONFLICT, w.draw);
		ret[drawn] = strdup(w.o->why);
		w.o->fixed_now = LIFE_DICE_AT + 3 * (int64_t)HOUR_MS;
		if (!drawn)
			life_world_ok(&w, life_world_run(&w));
	}
	CHECK_INT(life_world_number(&w, "select count(*) from visit_change"), 0);
	life_world_finish(&w);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	life_world_release(&w);
}

/* The reserves of an open draw are public, so the answer may not depend on which one is next. */
TEST(a_reserve_of_an_open_draw_is_refused_whoever_it_is)
{
	char *waiting[2], *other[2];

	replace(true, waiting);
	replace(false, other);
	for (int i = 0; i < 2; i++) {
		CHECK_STR(waiting[i], other[i]);
		free(waiting[i]);
		free(other[i]);
	}
}
