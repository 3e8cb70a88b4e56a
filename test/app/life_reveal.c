/* test/app/life_reveal.c — what keeps a reveal waiting, and who may reveal. */
#include "app/life_reveal.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

enum { DAY_MS = 86400000, HOUR_MS = 3600000 };

/* A second draw whose lists left out one of the sites that the first one holds; its visits are made. */
static const char *second(struct life_world *w)
{
	const char **ids, *first = w->draw;
	static const char *waiting[2];
	struct life_site site;
	struct visit_row v;

	CHECK(life_world_visits(w, &ids) > 0);
	CHECK_INT(visit_get(w->o->db, w->a, ids[0], &v), OK);
	CHECK_INT(life_site_open(w->o, w->a, &v, &site), OK);
	waiting[0] = arena_mem(w->a, site.id.at, site.id.len);
	waiting[1] = "Z-OTHER";
	life_lists_now.waiting = waiting;
	life_lists_now.waiting_count = 2;
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	life_world_ok(w, life_world_prepare(w, "campaign-1"));
	CHECK_INT(life_world_approve(w), OK);
	life_world_ok(w, life_world_freeze_with(w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0));
	life_world_hold(w);
	w->o->fixed_now = LIFE_DICE_AT + 3 * (int64_t)HOUR_MS;
	life_world_ok(w, life_world_run(w));
	life_world_finish(w);
	return first;
}

TEST(lists_wait_until_the_draw_is_revealed_whose_sites_they_left_out)
{
	struct life_world w;
	struct draw_row row;

	life_world_init(&w);
	life_world_drawn(&w);
	const char *first = second(&w), *mine = w.draw;
	CHECK_INT(life_world_number(&w, "select count(*) from draw_wait"), 1);
	LIFE_REFUSED(&w, life_reveal(w.o, w.a, mine, NULL, &row), CONFLICT, first);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where sealed = 0 and name ="
					" 'objects.tsv'"),
		  0);
	w.draw = first;
	life_world_finish(&w);
	LIFE_REFUSED(&w, life_reveal(w.o, w.a, mine, NULL, &row), CONFLICT, first);
	CHECK_INT(life_reveal(w.o, w.a, first, NULL, &row), OK);
	CHECK_INT(life_reveal(w.o, w.a, mine, NULL, &row), OK);
	life_world_release(&w);
}

TEST(the_hard_day_of_either_ends_the_waiting)
{
	struct life_world w;
	struct draw_row row;

	for (int mine = 0; mine < 2; mine++) {
		life_world_init(&w);
		life_lists_now.later = mine ? 9 : 0;
		life_world_drawn(&w);
		life_lists_now.later = mine ? 0 : 9;
		second(&w);
		w.o->fixed_now = INT64_C(20558) * DAY_MS - 8 * HOUR_MS - 1;
		LIFE_REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "2026-04-15");
		w.o->fixed_now++;
		CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
		life_world_release(&w);
	}
}

/* Whoever can write the database would bring the day forward, or say that everything is done, and look. */
TEST(rows_changed_past_the_program_open_nothing)
{
	static const char *const tricks[] = {
		"update draw set reveal_by = 10000",
		"update visit set state = 'visited', held = 0, site = 'x', day = 20520",
		"update visit set state = 'ended', ended = 'annulled', held = 0",
	};
	struct draw_row row;

	for (size_t i = 0; i < COUNT(tricks); i++) {
		struct life_world w;
		life_world_init(&w);
		life_world_drawn(&w);
		life_world_sql(&w, tricks[i]);
		LIFE_REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), FORBIDDEN,
			     "与账簿不符");
		CHECK_STR(life_world_row(&w).state, "drawn");
		life_world_release(&w);
	}
}
