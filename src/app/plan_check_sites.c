/* app/plan_check_sites.c — the same pass again, and only what a clash concerns. */
#include "app/plan_check.h"

#include "base/status.h"

#include <string.h>

struct listing {
	const struct plan_scene *scene;
	const struct plan_clash *clash;
	const struct plan_span *period;
	const struct plan_site_ask *ask;
	uint64_t told;
};

static bool in_both(const struct listing *l, const struct plan_scanned *s)
{
	const struct plan_site site = { s->site, s->special, &l->scene->matters };
	size_t found = 0;

	for (size_t i = 0; i < l->scene->line_count; i++) {
		const struct plan_line_row *line = &l->scene->lines[i];
		struct plan_span own;
		struct rule_who who;
		if (strcmp(line->kind, "campaign") != 0 ||
		    (*line->period && (plan_span_parse(line->period, &own) != OK ||
				       own.from > l->period->to || l->period->from > own.to)))
			continue;
		found += plan_who_parse(line->pool, l->scene->notes, &who) == OK &&
			 plan_who_fits(&who, &site);
	}
	return found > 1;
}

static bool at_place(const struct listing *l, const struct plan_scanned *s)
{
	const struct plan_clash *c = l->clash;
	struct span list = span_of(c->county), county;
	bool here = false;

	while (!here && registry_item(&list, &county))
		here = span_equal(s->site->text[SITE_COUNTY], county);
	if (!here)
		return false;
	return *c->skill == 0 ||
	       span_equal(plan_skill_of(&l->scene->matters, s->site), span_of(c->skill));
}

static bool concerns(const struct listing *l, const struct plan_scanned *s)
{
	switch (l->clash->which) {
	case CLASH_NO_SITES:
		return false;
	case CLASH_MEMBERS:
		return s->asks & l->clash->asks;
	case CLASH_CAPPED:
		return (s->asks & l->clash->asks) && s->capped && !s->pending;
	case CLASH_PLACE:
		return at_place(l, s);
	case CLASH_BOTH_POOLS:
		return in_both(l, s);
	case CLASH_UNCOVERED:
		return s->asks == 0;
	}
	return false;
}

static int look_at(void *arg, const struct plan_scanned *s)
{
	struct listing *l = arg;

	if (l->told == l->ask->most)
		return NONE;
	if (!concerns(l, s))
		return OK;
	l->told++;
	return l->ask->each(l->ask->arg, s->site);
}

int plan_check_sites(const struct plan_scene *s, const struct plan_check *check,
		     const struct plan_site_ask *ask)
{
	struct plan_asks asks = check->draw->asks;
	struct plan_scan_sum sum;
	struct listing l = { .scene = s, .period = &asks.period, .ask = ask };

	if (ask->clash >= check->clashes.count)
		return NONE;
	l.clash = &check->clashes.list[ask->clash];
	int rc = plan_scan(s, &asks, false, look_at, &l, &sum);
	return rc == NONE && l.told == ask->most ? OK : rc;
}
