/* app/life_team.c — one problem of one visit, made from the frozen lists. */
#include "app/life_team.h"

#include "base/status.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static bool relaxed(const struct life_team *t, enum rules_relax kind)
{
	const struct rules *rules = &t->loaded->draw.rules;

	for (uint32_t i = 0; i < rules->relax_count && (int64_t)i < t->row->relaxed; i++)
		if (rules->relax[i] == kind)
			return true;
	return false;
}

static int take_load(void *arg, const char *inspector, int64_t trips)
{
	struct life_team *t = arg;
	uint32_t who;

	if (draw_find_inspector(&t->loaded->draw, span_of(inspector), &who))
		t->load[who] = (uint32_t)trips;
	return OK;
}

int life_team_init(struct office *o, struct arena *a, const struct draw_row *row,
		   struct life_loaded *loaded, struct life_team *ret)
{
	const struct draw *d = &loaded->draw;
	struct life_team t = { .o = o, .arena = a, .row = row, .loaded = loaded };

	t.inspectors = arena_array(a, d->inspector_count + 1, sizeof(*t.inspectors));
	t.load = arena_array(a, d->inspector_count + 1, sizeof(*t.load));
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		const struct draw_inspector *from = &d->inspectors[i];
		t.inspectors[i] = (struct assign_inspector){ from->id, from->senior,
							     from->limit + relaxed(&t, RULES_LIMIT),
							     from->base };
	}
	TRY(visit_load_walk(o->db, row->key, take_load, &t));
	*ret = t;
	return OK;
}

int life_team_index(const struct life_team *t, const char *id, uint32_t *ret)
{
	return draw_find_inspector(&t->loaded->draw, span_of(id), ret) ? OK : NONE;
}

/* A pair of a department's frozen recusals. */
static bool recused_guest(const struct life_team *t, uint32_t who, struct span object)
{
	struct span rest = t->recusals, line, inspector, id;

	while (text_line(&rest, &line)) {
		span_cut(&line, '\t', &inspector);
		span_cut(&line, '\t', &id);
		if (span_equal(id, object) && span_equal(inspector, t->inspectors[who].id))
			return true;
	}
	return false;
}

static bool recused(const struct life_team *t, uint32_t who, struct span object)
{
	const struct draw *d = &t->loaded->draw;

	if (t->guest.id.len > 0 && span_equal(t->guest.id, object))
		return recused_guest(t, who, object);

	for (uint32_t i = 0; i < d->conflict_count; i++) {
		const struct draw_conflict *c = &d->conflicts[i];
		if (c->who == who && span_equal(c->object, object) &&
		    !(relaxed(t, RULES_ROTATION) && span_equal(c->reason, SPAN("rotation"))))
			return true;
	}
	return false;
}

static int find_object(const struct life_team *t, struct span id, struct draw_object *ret)
{
	uint64_t offset;

	if (t->guest.id.len > 0 && span_equal(t->guest.id, id)) {
		*ret = t->guest;
		return OK;
	}
	if (!draw_find_object(&t->loaded->draw, id, &offset))
		return INVALID;
	draw_object_at(&t->loaded->draw, offset, ret);
	return OK;
}

bool life_team_barred(const struct life_team *t, uint32_t inspector, struct span object)
{
	struct draw_object o;

	return find_object(t, object, &o) != OK || recused(t, inspector, object) ||
	       !draw_eligible(&t->loaded->draw.inspectors[inspector], &o);
}

static bool excluded(const struct life_team *t, const struct life_place *p, uint32_t who)
{
	for (size_t i = 0; i < p->left_count; i++)
		if (p->left[i] == who)
			return true;
	for (size_t i = 0; i < p->object_count; i++)
		if (recused(t, who, p->objects[i]))
			return true;
	return false;
}

static int team_of(const struct life_team *t, struct span stratum, struct assign_visit *v)
{
	const struct rules *rules = &t->loaded->draw.rules;
	int64_t at = rules_find(rules, stratum);

	if (at < 0)
		return INVALID;
	const struct rules_team *team = &rules->strata[at].team;
	bool second = relaxed(t, RULES_SECOND);
	v->need = team->need;
	v->min_senior = second ? 1 : team->min_senior;
	v->min_junior = second ? 0 : team->min_junior;
	return OK;
}

int life_team_choose(const struct life_team *t, const struct life_place *p, uint32_t *ret)
{
	const struct draw *d = &t->loaded->draw;
	uint32_t *pool = arena_array(t->arena, d->inspector_count + 1, sizeof(*pool));
	uint32_t *barred = arena_array(t->arena, d->inspector_count + 1, sizeof(*barred));
	struct assign_pool candidates = { pool, 0 };
	struct assign_visit visit = { .id = p->order, .excluded = barred };
	struct draw_object first;

	TRY(find_object(t, p->objects[0], &first));
	TRY(team_of(t, p->stratum, &visit));
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		if (!draw_eligible(&d->inspectors[i], &first))
			continue;
		pool[candidates.count++] = i;
		if (excluded(t, p, i))
			barred[visit.excluded_count++] = i;
	}
	const struct assign_problem problem = { .seed = { t->loaded->seed.hex,
							  sizeof(t->loaded->seed.hex) },
						.inspectors = t->inspectors,
						.inspector_count = d->inspector_count,
						.pools = &candidates,
						.pool_count = 1,
						.visits = &visit,
						.visit_count = 1 };
	int64_t who =
		assign_replacement(&problem, 0, p->order, p->staying, p->staying_count, t->load);
	if (who < 0)
		return NONE;
	*ret = (uint32_t)who;
	return OK;
}
