/* core/draw_teams.c — from drawn objects to the assignment problem: trips, pools of eligible people,
 * recusals; and the relaxations, one more at a time. */
#include "core/draw.h"

/* One drawn object on its way into a trip. */
struct item {
	struct draw_object object;
	struct rules_team team;
	uint32_t drawn; /* index into draw_teams.drawn */
	uint32_t order; /* place in (ticket, id) order over all strata */
};

/* A scope that an inspector is restricted to. */
struct scope_entry {
	struct span scope;
	uint32_t who;
};

/* Where a drawn object went: for finding its trip from the offset of its line. */
struct place_entry {
	uint64_t where;
	uint32_t trip;
};

struct builder {
	const struct draw *draw;
	const struct draw_seed *seed;
	const struct draw_selection *selection;
	struct region *region;
	struct draw_teams *out;
	struct item *items; /* in the order of trips: pool, team rule, place, ticket */
	struct scope_entry *scopes;
	size_t scope_count;
	uint32_t *everywhere; /* inspectors without scopes, ascending */
	uint32_t everywhere_count;
	struct assign_pool *pools;
	struct assign_visit *visits;
	uint32_t pool_count, visit_count;
	bool rotation, second, limit; /* relaxed */
};

static int compare_numbers(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_pools(const struct item *a, const struct item *b)
{
	int rc = span_compare(a->object.scope, b->object.scope);

	return rc != 0 ? rc : span_compare(a->object.skill, b->object.skill);
}

/* Objects that may share a trip compare equal. */
static int compare_groups(const struct item *a, const struct item *b)
{
	int rc = compare_pools(a, b);

	if (rc == 0)
		rc = compare_numbers(a->team.need, b->team.need);
	if (rc == 0)
		rc = compare_numbers(a->team.min_senior, b->team.min_senior);
	if (rc == 0)
		rc = compare_numbers(a->team.min_junior, b->team.min_junior);
	return rc != 0 ? rc : span_compare(a->object.place, b->object.place);
}

static inline bool item_before(const void *none, const struct item *a, const struct item *b)
{
	int rc = compare_groups(a, b);

	(void)none;
	return rc != 0 ? rc < 0 : a->order < b->order;
}

#define SORT_NAME item
#define SORT_TYPE struct item
#define SORT_CONTEXT const void *
#define SORT_LESS item_before
#include "core/sort.inc"

static inline bool scope_before(const void *none, const struct scope_entry *a,
				const struct scope_entry *b)
{
	int rc = span_compare(a->scope, b->scope);

	(void)none;
	return rc != 0 ? rc < 0 : a->who < b->who;
}

#define SORT_NAME scope
#define SORT_TYPE struct scope_entry
#define SORT_CONTEXT const void *
#define SORT_LESS scope_before
#include "core/sort.inc"

static inline bool place_before(const void *none, const struct place_entry *a,
				const struct place_entry *b)
{
	(void)none;
	return a->where < b->where;
}

#define SORT_NAME place
#define SORT_TYPE struct place_entry
#define SORT_CONTEXT const void *
#define SORT_LESS place_before
#include "core/sort.inc"

/* Lists the drawn objects and puts them into ticket order over all strata. */
static void take_items(struct builder *b, struct ticket_entry *order)
{
	const struct rules *rules = &b->draw->rules;
	struct ticket_seed tickets;
	uint32_t n = 0;

	for (uint32_t s = 0; s < rules->stratum_count; s++) {
		const struct draw_stratum *stratum = &b->selection->strata[s];

		for (uint32_t i = 0; i < stratum->drawn_count; i++, n++) {
			const struct select_entry *e = &stratum->entries[i];

			b->out->drawn[n] = e->where;
			order[n] =
				(struct ticket_entry){ e->key, draw_id_at(b->draw, e->where), n };
			b->items[n].drawn = n;
			b->items[n].team = rules->strata[s].team;
			draw_object_at(b->draw, e->where, &b->items[n].object);
		}
	}
	CORE_ASSERT(n == b->out->drawn_count);
	draw_tickets(b->seed, &tickets);
	ticket_sort(&tickets, order, n);
	for (uint32_t i = 0; i < n; i++)
		b->items[order[i].index].order = i;
	item_sort(NULL, b->items, n);
}

/* Splits the inspectors into those without scopes and one entry for each scope of the others. */
static int index_scopes(struct builder *b)
{
	const struct draw *d = b->draw;
	size_t most = 0;

	for (uint32_t i = 0; i < d->inspector_count; i++) {
		for (size_t c = 0; c < d->inspectors[i].scopes.len; c++)
			most += d->inspectors[i].scopes.at[c] == ',';
		most++;
	}
	b->scopes = region_take(b->region, most, sizeof(*b->scopes));
	b->everywhere = region_take(b->region, d->inspector_count, sizeof(*b->everywhere));
	if (!b->scopes || !b->everywhere)
		return CORE_FULL;
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		struct span rest = d->inspectors[i].scopes;

		if (rest.len == 0)
			b->everywhere[b->everywhere_count++] = i;
		while (rest.len > 0) {
			struct scope_entry *e = &b->scopes[b->scope_count++];

			span_cut(&rest, ',', &e->scope);
			e->who = i;
		}
	}
	scope_sort(NULL, b->scopes, b->scope_count);
	return CORE_OK;
}

/* The first entry of a scope. */
static size_t find_scope(const struct builder *b, struct span scope)
{
	size_t low = 0, high = b->scope_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (span_compare(b->scopes[mid].scope, scope) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool skilled(const struct draw_inspector *i, struct span skill)
{
	return skill.len == 0 || !i->senior || list_has(i->skills, skill);
}

bool draw_eligible(const struct draw_inspector *inspector, const struct draw_object *object)
{
	if (object->scope.len > 0 && inspector->scopes.len > 0 &&
	    !list_has(inspector->scopes, object->scope))
		return false;
	return skilled(inspector, object->skill);
}

/* Candidates of a scope: those restricted to it and those restricted to nothing, ascending. */
static uint32_t merge_scope(const struct builder *b, const struct draw_object *object, size_t at,
			    size_t end, uint32_t *pool)
{
	uint32_t free_at = 0, count = 0;

	while (at < end || free_at < b->everywhere_count) {
		bool here = free_at == b->everywhere_count ||
			    (at < end && b->scopes[at].who < b->everywhere[free_at]);
		uint32_t who = here ? b->scopes[at++].who : b->everywhere[free_at++];

		if (skilled(&b->draw->inspectors[who], object->skill))
			pool[count++] = who;
	}
	return count;
}

static uint32_t take_all(const struct builder *b, const struct draw_object *object, uint32_t *pool)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < b->draw->inspector_count; i++) {
		if (skilled(&b->draw->inspectors[i], object->skill))
			pool[count++] = i;
	}
	return count;
}

/* Everybody who fits scope and skill, ascending. */
static int make_pool(struct builder *b, const struct draw_object *object)
{
	bool all = object->scope.len == 0;
	size_t at = all ? 0 : find_scope(b, object->scope), end = at, most;
	uint32_t count, *pool;

	while (!all && end < b->scope_count && span_equal(b->scopes[end].scope, object->scope))
		end++;
	most = all ? b->draw->inspector_count : end - at + b->everywhere_count;
	pool = region_take(b->region, most, sizeof(*pool));
	if (!pool)
		return CORE_FULL;
	count = all ? take_all(b, object, pool) : merge_scope(b, object, at, end, pool);
	b->pools[b->pool_count++] = (struct assign_pool){ pool, count };
	return CORE_OK;
}

static void add_visit(struct builder *b, const struct item *first)
{
	struct assign_visit *v = &b->visits[b->visit_count++];

	*v = (struct assign_visit){ .id = first->object.id,
				    .need = first->team.need,
				    .min_senior = b->second ? 1 : first->team.min_senior,
				    .min_junior = b->second ? 0 : first->team.min_junior,
				    .pool = b->pool_count - 1 };
}

/* Cuts the items into trips, and makes a pool wherever scope or skill change. */
static int make_trips(struct builder *b)
{
	uint32_t most = b->draw->rules.bundle > 0 ? b->draw->rules.bundle : 1, run = 0;

	for (uint32_t i = 0; i < b->out->drawn_count; i++) {
		const struct item *item = &b->items[i], *before = i > 0 ? item - 1 : NULL;

		if (!before || compare_pools(before, item) != 0)
			CORE_TRY(make_pool(b, &item->object));
		if (!before || run == most || compare_groups(before, item) != 0) {
			add_visit(b, item);
			run = 0;
		}
		run++;
		b->out->trip_of[item->drawn] = b->visit_count - 1;
	}
	return CORE_OK;
}

static bool in_pool(const struct assign_pool *pool, uint32_t who)
{
	uint32_t low = 0, high = pool->count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (pool->inspectors[mid] == who)
			return true;
		if (pool->inspectors[mid] < who)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

/* Trip of the object whose line is at this offset, or -1. */
static int64_t find_trip(const struct place_entry *places, uint32_t count, uint64_t where)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (places[mid].where == where)
			return places[mid].trip;
		if (places[mid].where < where)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

/* The trip that a conflict line bars its inspector from, or -1. */
static int64_t barred_trip(const struct builder *b, const struct place_entry *places, uint32_t line)
{
	const struct draw_conflict *c = &b->draw->conflicts[line];
	int64_t trip;

	if (b->rotation && span_equal(c->reason, SPAN("rotation")))
		return -1;
	trip = find_trip(places, b->out->drawn_count, c->where);
	if (trip >= 0 && !in_pool(&b->pools[b->visits[trip].pool], c->who))
		return -1;
	return trip;
}

/* Fills excluded[] of the visits: count, cut one array, fill. Lines come sorted by inspector. */
static int exclude(struct builder *b, const struct place_entry *places, int64_t *trips)
{
	const struct draw *d = b->draw;
	uint32_t total = 0, *all;

	for (uint32_t i = 0; i < d->conflict_count; i++) {
		trips[i] = barred_trip(b, places, i);
		if (trips[i] < 0)
			continue;
		b->visits[trips[i]].excluded_count++;
		total++;
	}
	all = region_take(b->region, total, sizeof(*all));
	if (!all)
		return CORE_FULL;
	total = 0;
	for (uint32_t v = 0; v < b->visit_count; v++) {
		b->visits[v].excluded = all + total;
		total += b->visits[v].excluded_count;
		b->visits[v].excluded_count = 0;
	}
	for (uint32_t i = 0; i < d->conflict_count; i++) {
		struct assign_visit *v = trips[i] < 0 ? NULL : &b->visits[trips[i]];
		uint32_t who = d->conflicts[i].who;

		/* Two members of one trip may bar the same person. */
		if (v && (v->excluded_count == 0 || v->excluded[v->excluded_count - 1] != who))
			all[(size_t)(v->excluded - all) + v->excluded_count++] = who;
	}
	return CORE_OK;
}

static int find_conflicts(struct builder *b)
{
	uint32_t count = b->out->drawn_count;
	struct place_entry *places = region_take(b->region, count, sizeof(*places));
	int64_t *trips = region_take(b->region, b->draw->conflict_count, sizeof(*trips));

	if (!places || !trips)
		return CORE_FULL;
	for (uint32_t i = 0; i < count; i++)
		places[i] = (struct place_entry){ b->out->drawn[i], b->out->trip_of[i] };
	place_sort(NULL, places, count);
	return exclude(b, places, trips);
}

static int take_people(struct builder *b, struct assign_inspector **ret)
{
	const struct draw *d = b->draw;
	struct assign_inspector *people =
		region_take(b->region, d->inspector_count, sizeof(*people));

	if (!people)
		return CORE_FULL;
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		const struct draw_inspector *from = &d->inspectors[i];

		people[i] = (struct assign_inspector){ from->id, from->senior, from->limit,
						       from->base };
		if (b->limit && from->limit < UINT32_MAX)
			people[i].limit++;
	}
	*ret = people;
	return CORE_OK;
}

static int take_arrays(struct builder *b, struct ticket_entry **order)
{
	uint32_t count = b->out->drawn_count;

	b->out->drawn = region_take(b->region, count, sizeof(*b->out->drawn));
	b->out->trip_of = region_take(b->region, count, sizeof(*b->out->trip_of));
	b->visits = region_take(b->region, count, sizeof(*b->visits));
	b->pools = region_take(b->region, count, sizeof(*b->pools));
	b->items = region_take(b->region, count, sizeof(*b->items));
	*order = region_take(b->region, count, sizeof(**order));
	return b->out->drawn && b->out->trip_of && b->visits && b->pools && b->items && *order
		       ? CORE_OK
		       : CORE_FULL;
}

static void relax(struct builder *b, uint32_t relaxed)
{
	const struct rules *rules = &b->draw->rules;

	CORE_ASSERT(relaxed <= rules->relax_count);
	for (uint32_t i = 0; i < relaxed; i++) {
		b->rotation |= rules->relax[i] == RULES_ROTATION;
		b->second |= rules->relax[i] == RULES_SECOND;
		b->limit |= rules->relax[i] == RULES_LIMIT;
	}
}

int draw_teams_prepare(const struct draw *d, const struct draw_seed *seed,
		       const struct draw_selection *selection, uint32_t relaxed, struct region *r,
		       struct draw_teams *ret)
{
	struct draw_teams out = { .relaxed = relaxed };
	struct builder b = {
		.draw = d, .seed = seed, .selection = selection, .region = r, .out = &out
	};
	struct assign_inspector *people;
	struct ticket_entry *order;

	out.drawn_count = (uint32_t)selection->drawn_total;
	relax(&b, relaxed);
	CORE_TRY(take_arrays(&b, &order));
	take_items(&b, order);
	CORE_TRY(index_scopes(&b));
	CORE_TRY(make_trips(&b));
	CORE_TRY(find_conflicts(&b));
	CORE_TRY(take_people(&b, &people));
	out.problem = (struct assign_problem){ .seed = { seed->hex, sizeof(seed->hex) },
					       .inspectors = people,
					       .inspector_count = d->inspector_count,
					       .pools = b.pools,
					       .pool_count = b.pool_count,
					       .visits = b.visits,
					       .visit_count = b.visit_count };
	*ret = out;
	return CORE_OK;
}

int draw_teams(const struct draw *d, const struct draw_seed *seed,
	       const struct draw_selection *selection, struct region *r, struct draw_teams *ret)
{
	struct draw_teams out;
	size_t mark = region_mark(r);

	for (uint32_t relaxed = 0;; relaxed++) {
		int rc;

		region_reset(r, mark);
		CORE_TRY(draw_teams_prepare(d, seed, selection, relaxed, r, &out));
		rc = assign_solve(&out.problem, r, &out.result);
		if (rc == CORE_FULL)
			return rc;
		out.feasible = rc == CORE_OK;
		if (out.feasible || relaxed == d->rules.relax_count)
			break;
	}
	*ret = out;
	return CORE_OK;
}
