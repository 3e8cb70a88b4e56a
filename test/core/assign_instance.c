/* test/core/assign_instance.c — random assignment problems, and checks that hold for every answer. */
#include "core/assign_instance.h"
#include "core/ticket.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { ID_ROOM = 16 };

struct region region_new(size_t size)
{
	struct region r = { malloc(size), size, 0 };

	if (!r.base)
		abort();
	return r;
}

void region_free(struct region *r)
{
	free(r->base);
	*r = (struct region){ 0 };
}

static void *take(struct instance *x, size_t count, size_t size)
{
	void *out = region_take(&x->memory, count, size);

	if (!out)
		abort();
	return out;
}

static struct span id_of(struct instance *x, char letter, uint32_t n)
{
	char *text = take(x, ID_ROOM, 1);
	int len = snprintf(text, ID_ROOM, "%c%04u", letter, n);

	return (struct span){ text, (size_t)len };
}

static uint32_t below(uint64_t *random, uint32_t n)
{
	return (uint32_t)(unit_random(random) % n);
}

static void add_inspectors(struct instance *x, const struct instance_shape *shape, uint64_t *random)
{
	struct assign_inspector *list =
		take(x, x->problem.inspector_count + 1, sizeof(struct assign_inspector));
	uint32_t huge = below(random, 20) == 0 ? UINT32_MAX - shape->base : 0;
	uint32_t seniors = below(random, 101);

	for (uint32_t i = 0; i < x->problem.inspector_count; i++) {
		list[i].id = id_of(x, 'P', i);
		list[i].senior = below(random, 100) < seniors;
		list[i].limit =
			below(random, 20) == 0 ? UINT32_MAX : below(random, shape->limit + 1);
		list[i].base = huge + below(random, shape->base + 1);
	}
	x->problem.inspectors = list;
}

static bool in_pool(const struct instance_shape *shape, uint32_t pool, uint32_t inspectors,
		    uint32_t members, uint64_t *random)
{
	if (shape->pool_percent > 0)
		return below(random, 100) < shape->pool_percent;
	return pool == 0 || (members < 5 && below(random, inspectors) < 10);
}

static void add_pools(struct instance *x, const struct instance_shape *shape, uint64_t *random)
{
	uint32_t n = x->problem.inspector_count;
	struct assign_pool *list = take(x, x->problem.pool_count, sizeof(struct assign_pool));

	for (uint32_t k = 0; k < x->problem.pool_count; k++) {
		uint32_t *members = take(x, n + 1, sizeof(uint32_t));

		for (uint32_t i = 0; i < n; i++)
			if (in_pool(shape, k, n, list[k].count, random))
				members[list[k].count++] = i;
		list[k].inspectors = members;
	}
	x->problem.pools = list;
}

static void add_visits(struct instance *x, const struct instance_shape *shape, uint64_t *random)
{
	struct assign_visit *list =
		take(x, x->problem.visit_count + 1, sizeof(struct assign_visit));

	for (uint32_t v = 0; v < x->problem.visit_count; v++) {
		const struct assign_pool *pool;
		uint32_t *excluded;

		list[v].id = id_of(x, 'V', v);
		list[v].need = below(random, 30) == 0 ? 0 : 1 + below(random, shape->need);
		list[v].min_senior = below(random, list[v].need + 1);
		list[v].min_junior = below(random, list[v].need - list[v].min_senior + 1);
		list[v].pool = below(random, x->problem.pool_count);
		pool = &x->problem.pools[list[v].pool];
		excluded = take(x, pool->count + 1, sizeof(uint32_t));
		for (uint32_t k = 0; k < pool->count; k++)
			if (below(random, 100) < shape->exclude_percent)
				excluded[list[v].excluded_count++] = pool->inspectors[k];
		list[v].excluded = excluded;
	}
	x->problem.visits = list;
}

void instance_random(struct instance *x, const struct instance_shape *shape, uint64_t *random)
{
	size_t people = (size_t)shape->inspectors + 1;

	*x = (struct instance){ 0 };
	x->memory = region_new(100000 + (people + shape->pools + shape->visits) * 200 +
			       (shape->pools + shape->visits) * people * 4);
	x->problem.inspector_count =
		shape->exact ? shape->inspectors : below(random, shape->inspectors + 1);
	x->problem.pool_count = shape->exact ? shape->pools : 1 + below(random, shape->pools);
	x->problem.visit_count = shape->exact ? shape->visits : below(random, shape->visits + 1);
	x->problem.seed = id_of(x, 's', below(random, 10000));
	add_inspectors(x, shape, random);
	add_pools(x, shape, random);
	add_visits(x, shape, random);
}

void instance_shuffle(struct instance *x, const struct assign_problem *from, uint64_t *random,
		      uint32_t *to_place)
{
	struct assign_visit *list;

	*x = (struct instance){ 0 };
	x->memory = region_new((from->visit_count + 1) * sizeof(struct assign_visit) + 64);
	list = take(x, from->visit_count + 1, sizeof(struct assign_visit));
	for (uint32_t v = 0; v < from->visit_count; v++)
		to_place[v] = v;
	for (uint32_t v = from->visit_count; v > 1; v--) {
		uint32_t other = below(random, v), t = to_place[v - 1];

		to_place[v - 1] = to_place[other];
		to_place[other] = t;
	}
	for (uint32_t v = 0; v < from->visit_count; v++)
		list[to_place[v]] = from->visits[v];
	x->problem = *from;
	x->problem.visits = list;
}

void instance_release(struct instance *x)
{
	region_free(&x->memory);
}

static bool listed(const uint32_t *list, uint32_t count, uint32_t i)
{
	for (uint32_t k = 0; k < count; k++)
		if (list[k] == i)
			return true;
	return false;
}

bool instance_eligible(const struct assign_problem *p, uint32_t v, uint32_t i)
{
	const struct assign_visit *visit = &p->visits[v];
	const struct assign_pool *pool = &p->pools[visit->pool];

	return listed(pool->inspectors, pool->count, i) &&
	       !listed(visit->excluded, visit->excluded_count, i);
}

static bool team_valid(const struct assign_problem *p, uint32_t v, const uint32_t *team,
		       uint32_t count)
{
	uint32_t seniors = 0;

	if (count != p->visits[v].need)
		return false;
	for (uint32_t k = 0; k < count; k++) {
		if (team[k] >= p->inspector_count || !instance_eligible(p, v, team[k]) ||
		    listed(team, k, team[k]))
			return false;
		seniors += p->inspectors[team[k]].senior;
	}
	return seniors >= p->visits[v].min_senior && count - seniors >= p->visits[v].min_junior;
}

bool instance_valid(const struct assign_problem *p, const struct assign_result *result)
{
	uint32_t *load = calloc(p->inspector_count + 1, sizeof(*load));
	bool valid = load != NULL && result->unmet == 0 && result->marks == NULL;

	for (uint32_t v = 0; valid && v < p->visit_count; v++) {
		const uint32_t *team = result->members + result->team_start[v];
		uint32_t count = result->team_start[v + 1] - result->team_start[v];

		valid = team_valid(p, v, team, count);
		for (uint32_t k = 0; valid && k < count; k++)
			load[team[k]]++;
	}
	for (uint32_t i = 0; valid && i < p->inspector_count; i++)
		valid = load[i] == result->load[i] && load[i] <= p->inspectors[i].limit;
	free(load);
	return valid;
}

int64_t instance_shortage(const struct assign_problem *p, const uint8_t *marks)
{
	int64_t shortage = 0;

	for (uint32_t v = 0; v < p->visit_count; v++)
		shortage += marks[v] == ASSIGN_SHORT_BOTH     ? p->visits[v].need
			    : marks[v] == ASSIGN_SHORT_SENIOR ? p->visits[v].min_senior
			    : marks[v] == ASSIGN_SHORT_JUNIOR ? p->visits[v].min_junior
							      : 0;
	for (uint32_t i = 0; i < p->inspector_count; i++) {
		uint8_t mine = p->inspectors[i].senior ? ASSIGN_SHORT_SENIOR : ASSIGN_SHORT_JUNIOR;
		int64_t seats = 0, limit = p->inspectors[i].limit;

		for (uint32_t v = 0; v < p->visit_count; v++)
			seats += (marks[v] & mine) != 0 && instance_eligible(p, v, i);
		shortage -= seats < limit ? seats : limit;
	}
	return shortage;
}

/* Inserts index into a list sorted by ticket text, then id. */
struct ordered {
	char (*tickets)[TICKET_ROOM];
	struct span *ids;
	uint32_t *index, count;
};

static void insert(struct ordered *o, const char *seed, struct span id, uint32_t index)
{
	struct ticket_seed s;
	uint8_t digest[SHA256_SIZE];
	char ticket[TICKET_ROOM];
	uint32_t at = o->count++;

	ticket_seed_init(&s, span_of(seed));
	ticket_digest(&s, id, digest);
	ticket_text(digest, ticket);
	while (at > 0) {
		int order = strcmp(ticket, o->tickets[at - 1]);

		if (order > 0 || (order == 0 && span_compare(id, o->ids[at - 1]) > 0))
			break;
		memcpy(o->tickets[at], o->tickets[at - 1], TICKET_ROOM);
		o->ids[at] = o->ids[at - 1];
		o->index[at] = o->index[at - 1];
		at--;
	}
	memcpy(o->tickets[at], ticket, TICKET_ROOM);
	o->ids[at] = id;
	o->index[at] = index;
}

static struct ordered ordered_new(uint32_t most, uint32_t *index)
{
	struct ordered o = { calloc(most + 1, TICKET_ROOM), calloc(most + 1, sizeof(struct span)),
			     index, 0 };

	if (!o.tickets || !o.ids)
		abort();
	return o;
}

static void ordered_free(struct ordered *o)
{
	free(o->tickets);
	free(o->ids);
}

void instance_visit_order(const struct assign_problem *p, uint32_t *order)
{
	struct ordered o = ordered_new(p->visit_count, order);
	char seed[200];

	snprintf(seed, sizeof(seed), "%.*s/visits", (int)p->seed.len, p->seed.at);
	for (uint32_t v = 0; v < p->visit_count; v++)
		insert(&o, seed, p->visits[v].id, v);
	ordered_free(&o);
}

uint32_t instance_candidates(const struct assign_problem *p, uint32_t v, uint32_t *order)
{
	struct ordered o = ordered_new(p->inspector_count, order);
	char seed[200];

	snprintf(seed, sizeof(seed), "%.*s/team/%.*s", (int)p->seed.len, p->seed.at,
		 (int)p->visits[v].id.len, p->visits[v].id.at);
	for (uint32_t i = 0; i < p->inspector_count; i++)
		if (instance_eligible(p, v, i))
			insert(&o, seed, p->inspectors[i].id, i);
	ordered_free(&o);
	return o.count;
}
