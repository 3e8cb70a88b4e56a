/* core/draw_shortage.c — the certificate of spec/draw.md 4.4 in numbers: what the short visits ask for, what
 * everybody could give, and the difference, which no arrangement fills. */
#include "core/draw.h"

/* Whether a visit with this mark is short of the inspector's grade. */
static bool wants(uint8_t mark, bool senior)
{
	return mark == ASSIGN_SHORT_BOTH ||
	       mark == (senior ? ASSIGN_SHORT_SENIOR : ASSIGN_SHORT_JUNIOR);
}

static uint64_t places(const struct assign_visit *v, uint8_t mark)
{
	if (mark == ASSIGN_SHORT_BOTH)
		return v->need;
	return mark == ASSIGN_SHORT_SENIOR ? v->min_senior : v->min_junior;
}

/* Adds up, pool by pool, which visits each inspector could help; then takes the recusals off. */
static int count_eligible(const struct draw_teams *teams, struct region *r, struct draw_shortage *s)
{
	const struct assign_problem *p = &teams->problem;
	const uint8_t *marks = teams->result.marks;
	uint64_t(*by_pool)[2] = region_take(r, p->pool_count, sizeof(*by_pool));

	s->eligible = region_take(r, p->inspector_count, sizeof(*s->eligible));
	if (!by_pool || !s->eligible)
		return CORE_FULL;
	for (uint32_t i = 0; i < p->visit_count; i++) {
		const struct assign_visit *v = &p->visits[i];

		if (marks[i] == ASSIGN_FREE)
			continue;
		by_pool[v->pool][true] += wants(marks[i], true);
		by_pool[v->pool][false] += wants(marks[i], false);
		s->asked[marks[i]] += places(v, marks[i]);
		s->visits[marks[i]]++;
	}
	for (uint32_t i = 0; i < p->pool_count; i++) {
		for (uint32_t k = 0; k < p->pools[i].count; k++) {
			uint32_t who = p->pools[i].inspectors[k];

			s->eligible[who] += by_pool[i][p->inspectors[who].senior];
		}
	}
	for (uint32_t i = 0; i < p->visit_count; i++) {
		for (uint32_t k = 0; k < p->visits[i].excluded_count; k++) {
			uint32_t who = p->visits[i].excluded[k];

			s->eligible[who] -= wants(marks[i], p->inspectors[who].senior);
		}
	}
	return CORE_OK;
}

uint64_t draw_shortage_offer(const struct draw_teams *teams, const struct draw_shortage *s,
			     uint32_t inspector)
{
	uint64_t limit = teams->problem.inspectors[inspector].limit;

	return limit < s->eligible[inspector] ? limit : s->eligible[inspector];
}

int draw_shortage(const struct draw_teams *teams, struct region *r, struct draw_shortage *ret)
{
	struct draw_shortage s = { 0 };

	CORE_ASSERT(!teams->feasible && teams->result.marks);
	CORE_TRY(count_eligible(teams, r, &s));
	for (uint32_t i = 0; i < teams->problem.inspector_count; i++)
		s.offered += draw_shortage_offer(teams, &s, i);
	for (size_t mark = 0; mark < CORE_COUNT(s.asked); mark++)
		s.asked_total += s.asked[mark];
	CORE_ASSERT(s.asked_total - s.offered == teams->result.unmet);
	*ret = s;
	return CORE_OK;
}
