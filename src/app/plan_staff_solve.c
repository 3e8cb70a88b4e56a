/*
 * app/plan_staff_solve.c — every planned visit becomes a visit of core's problem, its pool those who may work in the
 * county and lead the speciality.
 */
#include "app/plan_staff_solve.h"

#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum { ID_ROOM = 12 };

struct building {
	const struct plan_staff_ask *ask;
	const struct plan_staff_change *change;
	const struct plan_people *people;
	struct region *region;
	struct assign_problem problem;
	uint32_t *pool_of; /* by work */
};

static uint64_t visits_of(const struct building *b, size_t i)
{
	const struct plan_work *w = &b->ask->works[i];
	bool most = b->change->most && strcmp(b->change->most, w->county) == 0;
	uint64_t n = most ? w->most : w->visits, less = b->change->fewer ? b->change->fewer[i] : 0;

	return n > less ? n - less : 0;
}

static bool may_go(const struct building *b, size_t person, const struct plan_work *w)
{
	const struct plan_person *p = &b->people->list[person];
	const struct plan_staff_change *c = b->change;

	if (p->senior && !plan_person_can(p, span_of(w->skill)))
		return false;
	return c->everywhere || plan_person_in(p, span_of(w->county)) ||
	       (c->lent && c->lent[person] && plan_staff_has(c->to, w->county));
}

bool plan_staff_has(const struct rule_texts *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->at[i], text) == 0)
			return true;
	return false;
}

static int add_people(struct building *b)
{
	size_t count = b->people->count;
	struct assign_inspector *list = region_take(b->region, count, sizeof(*list));

	if (!list)
		return TOO_LARGE;
	for (size_t i = 0; i < count; i++) {
		const struct plan_person *p = &b->people->list[i];
		uint64_t limit = p->limit < b->change->limit ? b->change->limit : p->limit;
		uint64_t room = p->day_room < limit ? p->day_room : limit;
		if (b->change->as_drawn)
			room = limit + ((b->ask->scene->set.relax & RULE_RELAX_LIMIT) != 0);
		list[i] = (struct assign_inspector){
			.id = p->id,
			.senior = p->senior,
			.limit = room < UINT32_MAX ? (uint32_t)room : UINT32_MAX,
		};
	}
	b->problem.inspectors = list;
	b->problem.inspector_count = (uint32_t)count;
	return OK;
}

/* Works of one county and speciality stand side by side and share a pool. */
static int add_pools(struct building *b)
{
	const struct plan_work *works = b->ask->works;
	size_t count = b->ask->work_count, people = b->people->count;
	struct assign_pool *pools = region_take(b->region, count, sizeof(*pools));

	b->pool_of = region_take(b->region, count, sizeof(*b->pool_of));
	if (!pools || !b->pool_of)
		return TOO_LARGE;
	for (size_t i = 0; i < count; i++) {
		if (i && strcmp(works[i].county, works[i - 1].county) == 0 &&
		    strcmp(works[i].skill, works[i - 1].skill) == 0) {
			b->pool_of[i] = b->pool_of[i - 1];
			continue;
		}
		uint32_t *list = region_take(b->region, people, sizeof(*list)), n = 0;
		if (!list)
			return TOO_LARGE;
		for (size_t k = 0; k < people; k++)
			if (may_go(b, k, &works[i]))
				list[n++] = (uint32_t)k;
		pools[b->problem.pool_count] = (struct assign_pool){ list, n };
		b->pool_of[i] = b->problem.pool_count++;
	}
	b->problem.pools = pools;
	return OK;
}

static struct assign_visit visit_of(const struct building *b, size_t work)
{
	const struct rule_set *set = &b->ask->scene->set;
	const struct rule_team *team = &set->teams[b->ask->works[work].team];
	bool second =
		b->change->second || (b->change->as_drawn && (set->relax & RULE_RELAX_SECOND));

	return (struct assign_visit){ .need = team->need,
				      .min_senior = second ? 1 : team->min_senior,
				      .min_junior = second ? 0 : team->min_junior,
				      .pool = b->pool_of[work] };
}

static int add_visits(struct building *b, struct plan_staffed *to)
{
	uint64_t total = 0, at = 0;

	for (size_t i = 0; i < b->ask->work_count; i++)
		total += visits_of(b, i);
	if (total >= UINT32_MAX / 8)
		return TOO_LARGE;
	struct assign_visit *list = region_take(b->region, (size_t)total, sizeof(*list));
	char(*ids)[ID_ROOM] = region_take(b->region, (size_t)total, sizeof(*ids));
	to->work_of = region_take(b->region, (size_t)total, sizeof(*to->work_of));
	if (!list || !ids || !to->work_of)
		return TOO_LARGE;
	for (size_t i = 0; i < b->ask->work_count; i++)
		for (uint64_t k = visits_of(b, i); k > 0; k--, at++) {
			int len = snprintf(ids[at], ID_ROOM, "%llu", (unsigned long long)at);
			list[at] = visit_of(b, i);
			list[at].id = (struct span){ ids[at], (size_t)len };
			to->work_of[at] = (uint32_t)i;
		}
	b->problem.visits = list;
	b->problem.visit_count = (uint32_t)total;
	return OK;
}

int plan_staff_solve(const struct plan_staff_ask *ask, const struct plan_staff_change *change,
		     struct region *r, struct plan_staffed *ret)
{
	struct plan_staffed staffed = { 0 };
	struct building b = { .ask = ask,
			      .change = change,
			      .people = change->people ? change->people : ask->people,
			      .region = r };

	TRY(add_people(&b));
	TRY(add_pools(&b));
	TRY(add_visits(&b, &staffed));
	staffed.teams.problem = b.problem;
	int rc = assign_feasible(&b.problem, r, &staffed.teams.result);
	if (rc != CORE_OK && rc != CORE_INFEASIBLE)
		return TOO_LARGE;
	staffed.teams.feasible = rc == CORE_OK;
	staffed.unmet = staffed.teams.result.unmet;
	*ret = staffed;
	return OK;
}
