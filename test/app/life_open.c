/* test/app/life_open.c — draws in open mode (spec/draw.md 5.5): what is public of them and when. */
#include "app/life_export.h"
#include "app/life_prepare.h"
#include "base/file.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

static int prepare_open(struct life_world *w, const char *pool)
{
	const struct life_prepare in = { .plan = "P-2026",
					 .period = "2026-Q1",
					 .pool = pool,
					 .kind = "random",
					 .open_mode = true };
	struct draw_row row;
	int rc = life_prepare(w->o, w->a, &in, &row);

	w->draw = row.id;
	return rc;
}

/* Its public form, in a fresh folder; does it hold that file? */
static bool goes_out(struct life_world *w, const char *name)
{
	struct draw_row row;
	const char *out = arena_printf(w->a, "%s/out", unit_folder());

	life_world_ok(w, life_export(w->o, w->a, w->draw, LIFE_PUBLIC, out, &row));
	CHECK(!file_exists(arena_printf(w->a, "%s/conflicts.tsv", out)));
	return file_exists(arena_printf(w->a, "%s/%s", out, name));
}

/* spec/draw.md 5.3, 5.5: nothing of it is secret, so whoever wants may compute it the same day. */
TEST(the_lists_of_an_open_draw_are_public_at_once)
{
	struct life_world w;
	struct draw_row row;
	const char *out;

	life_world_init(&w);
	CHECK_INT(prepare_open(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_world_ok(&w, life_world_freeze(&w));
	CHECK(goes_out(&w, "objects.tsv") && goes_out(&w, "rules.txt"));
	CHECK(!goes_out(&w, "result.tsv"));
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	CHECK(goes_out(&w, "result.tsv") && goes_out(&w, "record"));
	life_world_exported(&w, LIFE_PUBLIC, false);
	out = arena_printf(w.a, "%s/out", unit_folder());
	LIFE_REFUSED(&w, life_export(w.o, w.a, w.draw, LIFE_AUDIT, out, &row), FORBIDDEN,
		     "还没有揭示");
	life_world_release(&w);
}

/* A row is no more than a row: a sealed draw is not opened by it. */
TEST(a_sealed_draw_that_a_row_calls_open_stays_sealed)
{
	struct life_world w;
	struct draw_row row;
	const char *out;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_sql(&w, "update draw set sealed = 0");
	out = arena_printf(w.a, "%s/out", unit_folder());
	LIFE_REFUSED(&w, life_export(w.o, w.a, w.draw, LIFE_PUBLIC, out, &row), FORBIDDEN, "账簿");
	CHECK(!file_exists(out));
	life_world_release(&w);
}
