/* app/plan_campaign.c — the line's own draw is worked out as far as its numbers, then its teams are solved. */
#include "app/plan_campaign.h"

#include "app/plan_capacity.h"
#include "app/plan_staff.h"
#include "app/plan_work.h"
#include "base/status.h"

#include <string.h>

struct campaign {
	const struct plan_scene *scene;
	struct plan_draw draw;
	struct plan_workload work;
};

static int look_at(void *arg, const struct plan_scanned *s)
{
	struct campaign *c = arg;

	return plan_workload_add(&c->work, &c->draw.cells, s,
				 plan_skill_of(&c->scene->matters, s->site));
}

/* The teams of a pool's draw, as far as may be known; what is short goes to the clashes. */
static int pool_staff(const struct plan_scene *s, const char *period, const char *pool,
		      const struct plan_people *people, struct plan_clashes *clashes,
		      struct plan_staff_unmet *unmet)
{
	struct arena *a = s->notes->arena;
	struct campaign *c = arena_alloc(a, sizeof(*c));
	struct plan_staff_ask ask = { .scene = s, .people = people };
	struct plan_work *works;

	*c = (struct campaign){ .scene = s };
	plan_workload_init(&c->work, a);
	TRY(plan_draw_make(s, period, pool, look_at, c, &c->draw));
	plan_workload_deal(&c->work, &c->draw, &works, &ask.work_count);
	ask.works = works;
	ask.period = &c->draw.asks.period;
	return plan_staff_check(&ask, clashes, unmet);
}

int plan_campaign_staff(const struct plan_scene *s, const char *period,
			const struct plan_line_row *line, const struct plan_people *people,
			struct plan_clashes *clashes)
{
	struct arena *a = s->notes->arena;
	size_t before = clashes->count;
	struct plan_staff_unmet unmet;

	TRY(pool_staff(s, period, line->id, people, clashes, &unmet));
	plan_staff_stop(&unmet, clashes);
	for (size_t i = before; i < clashes->count; i++) {
		clashes->list[i].rules = line->id;
		clashes->list[i].text = arena_printf(a, "“%s”单独抽取，人手单独算：%s", line->title,
						     clashes->list[i].text);
	}
	return OK;
}

int plan_campaigns_staff(const struct plan_scene *s, const char *period,
			 const struct plan_people *people, struct plan_clashes *clashes)
{
	struct plan_span span, window;

	TRY(plan_span_parse(period, &span));
	for (size_t i = 0; i < s->line_count; i++)
		if (plan_line_alone(&s->lines[i]) && plan_line_window(&s->lines[i], &span, &window))
			TRY(plan_campaign_staff(s, period, &s->lines[i], people, clashes));
	return OK;
}

int plan_pool_staffed(const struct plan_scene *s, const struct plan_period_ask *in,
		      const struct plan_people *people)
{
	struct plan_clashes clashes = { .arena = s->notes->arena };
	struct plan_staff_unmet unmet;

	TRY(pool_staff(s, in->period, in->pool, people, &clashes, &unmet));
	bool refused = unmet.as_drawn > 0 && !in->understaffed;
	for (size_t i = 0; i < clashes.count; i++)
		plan_note(s->notes, refused ? PLAN_REFUSED : PLAN_WARNING, "%s。%s",
			  clashes.list[i].text, clashes.list[i].choices);
	if (unmet.as_drawn)
		plan_note(s->notes, refused ? PLAN_REFUSED : PLAN_WARNING, "%s。%s",
			  plan_staff_refusal(s->notes->arena, unmet.as_drawn),
			  refused ? plan_staff_refusal_ways : "");
	return refused ? INVALID : OK;
}
