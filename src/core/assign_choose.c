/*
 * core/assign_choose.c — the canonical teams: visits and candidates in ticket order, each pair that some
 * best-balanced assignment with everything accepted so far contains is accepted and frozen.
 *
 * Keeps: the assignment is best-balanced and contains all that is frozen; two inspectors of different
 * classes are on no common alternating cycle, now or later. So a search stays inside one class, and one
 * that fails splits its class, which can happen at most once for each inspector.
 */
#include "core/assign_part.h"
#include "core/ticket.h"

#define KEY_END UINT64_C(1000000000000000000) /* ticket keys are below */

enum { FIRST_BAND = 8 }; /* candidates that the first band of keys should hold, on average */

/* Scratch of choosing; arrays have inspector_count entries unless they say otherwise. */
struct chooser {
	struct part *part;
	struct span *ids;
	uint64_t *keys;
	uint32_t *who;             /* candidate k is inspector who[k] */
	struct ticket_entry *band; /* candidates whose keys lie in the band at hand */
	uint32_t *excluded_at;     /* v + 1 of the visit that last excluded this inspector */
	uint32_t *class_at; /* v + 1 of the visit in which this class last could give up a seat */
	struct ticket_entry *visits; /* visit_count */
	uint32_t *order;             /* visit_count: the visits as they choose */
	char *text;                  /* seed text: R "/team/" id */
	size_t text_size;
	uint32_t *members; /* of the visit at hand, in the order accepted */
	uint32_t accepted;
};

/* Puts seed text R middle id together. */
static void seed_of(const struct chooser *c, struct span middle, struct span id,
		    struct ticket_seed *ret)
{
	struct writer w = { c->text, c->text_size, 0, false };

	write_span(&w, c->part->problem->seed);
	write_span(&w, middle);
	write_span(&w, id);
	CORE_ASSERT(!w.full);
	ticket_seed_init(ret, (struct span){ w.at, w.len });
}

/* Everybody whom the failed search did not reach cannot reach its root: those reached leave the class. */
static void split_class(struct part *part)
{
	uint32_t old = part->search.class, new = part->class_count++;
	uint32_t to = part->class_to[old];

	CORE_ASSERT(new < part->inspector_count);
	part->class_to[new] = to;
	for (uint32_t k = 0; k < part->search.tail; k++) {
		struct part_inspector *i = &part->inspectors[part->queue[k]];
		uint32_t other = part->order[--to];

		CORE_ASSERT(i->class == old);
		part->order[i->place] = other;
		part->inspectors[other].place = i->place;
		part->order[to] = part->queue[k];
		i->place = to;
		i->class = new;
	}
	part->class_from[new] = part->class_to[old] = to;
	CORE_ASSERT(part->class_from[old] < to);
}

/*
 * Could this seat of v be given to someone of that grade? Its holder must be in the same class, since
 * both would lie on one cycle.
 */
static bool may_drop(const struct part *part, const struct part_visit *v, uint32_t seat, uint32_t j)
{
	const struct seat *s = &part->seats[seat];
	const struct part_inspector *i = &part->inspectors[j], *m = &part->inspectors[s->who];

	return !part_frozen(s) && m->class == i->class &&
	       (m->grade == i->grade || part_grade_open(v, i->grade));
}

/* j goes up to b in place of somebody of the same block in v who goes down; the seat, or PART_NONE. */
static uint32_t shift(struct part *part, const struct part_visit *v, uint32_t j)
{
	if (part->inspectors[j].level != LEVEL_LOW)
		return PART_NONE;
	for (uint32_t s = v->first; s < v->first + v->need; s++) {
		struct part_inspector *m = &part->inspectors[part->seats[s].who];

		if (m->level != LEVEL_HIGH || !may_drop(part, v, s, j))
			continue;
		m->level = LEVEL_LOW;
		part->inspectors[j].level = LEVEL_HIGH;
		return s;
	}
	return PART_NONE;
}

/* Frees a seat of v for j along an alternating path; the seat, or PART_NONE if there is no path. */
static uint32_t search_seat(struct part *part, const struct part_visit *v, uint32_t j)
{
	search_begin(part, GOAL_DROPPED, part->inspectors[j].class);
	for (uint32_t s = v->first; s < v->first + v->need; s++)
		if (may_drop(part, v, s, j))
			search_want(part, s);
	if (part->search.goals == 0)
		return PART_NONE;
	search_from_inspector(part, j, 0);
	search_run(part);
	if (part->search.found > 0)
		return part->search.won;
	split_class(part);
	return PART_NONE;
}

/* The seat of v that j holds or can get, unfrozen; PART_NONE if no best-balanced assignment has it. */
static uint32_t seat_for(struct part *part, const struct part_visit *v, uint32_t j)
{
	uint32_t seat;

	for (uint32_t s = v->first; s < v->first + v->need; s++)
		if (part->seats[s].who == j)
			return s;
	seat = shift(part, v, j);
	if (seat == PART_NONE)
		seat = search_seat(part, v, j);
	if (seat != PART_NONE)
		part_give(part, seat, j);
	return seat;
}

/*
 * Lists the candidates that may be accepted at all: not excluded, able to lose a seat or to go up, and
 * in a class with someone who holds a seat of v. Returns how many.
 */
static uint32_t list_candidates(struct chooser *c, const struct assign_parts *parts, uint32_t v)
{
	struct part *part = c->part;
	const struct part_visit *visit = &part->visit[v];
	const struct part_pool *pool = &part->pools[visit->pool];
	uint32_t count = 0, stamp = v + 1;

	for (uint32_t k = 0; k < visit->excluded_count; k++) {
		uint32_t j = parts->inspector_place[visit->excluded[k]];

		CORE_ASSERT(j < part->inspector_count && part->global[j] == visit->excluded[k]);
		c->excluded_at[j] = stamp;
	}
	for (uint32_t s = visit->first; s < visit->first + visit->need; s++)
		c->class_at[part->inspectors[part->seats[s].who].class] = stamp;
	for (uint32_t k = pool->first[0]; k < pool->first[1] + pool->all[1]; k++) {
		uint32_t j = part->people[k];
		const struct part_inspector *i = &part->inspectors[j];

		if (c->class_at[i->class] != stamp || c->excluded_at[j] == stamp ||
		    (i->seats == PART_NONE && i->level != LEVEL_LOW))
			continue;
		c->ids[count] = part->problem->inspectors[part->global[j]].id;
		c->who[count++] = j;
	}
	return count;
}

/* The candidates with from <= key < to, in ticket order; returns how many. */
static uint32_t sort_band(struct chooser *c, const struct ticket_seed *seed, uint32_t count,
			  uint64_t from, uint64_t to)
{
	uint32_t found = 0;

	for (uint32_t k = 0; k < count; k++)
		if (c->keys[k] - from < to - from)
			c->band[found++] =
				(struct ticket_entry){ c->keys[k], c->ids[k], c->who[k] };
	ticket_sort(seed, c->band, found);
	return found;
}

/* Puts j into the team if that can be. */
static void accept(struct chooser *c, const struct part_visit *v, uint32_t j)
{
	uint32_t seat = seat_for(c->part, v, j);

	if (seat == PART_NONE)
		return;
	part_freeze(c->part, seat);
	c->members[c->accepted++] = c->part->global[j];
}

static void choose_visit(struct chooser *c, const struct assign_parts *parts, uint32_t v)
{
	struct part *part = c->part;
	const struct part_visit *visit = &part->visit[v];
	struct ticket_seed seed;
	uint32_t count;

	if (visit->need == 0)
		return;
	c->accepted = 0;
	count = list_candidates(c, parts, v);
	seed_of(c, SPAN("/team/"), part->problem->visits[part->visits[v]].id, &seed);
	ticket_keys(&seed, c->ids, count, c->keys);
	for (uint64_t from = 0, to, width = KEY_END / (count + 1) * FIRST_BAND;
	     from < KEY_END && c->accepted < visit->need; from = to, width *= 2) {
		uint32_t found;

		to = width < KEY_END - from ? from + width : KEY_END;
		found = sort_band(c, &seed, count, from, to);
		for (uint32_t k = 0; k < found && c->accepted < visit->need; k++)
			accept(c, visit, c->band[k].index);
	}
	CORE_ASSERT(c->accepted == visit->need);
}

static size_t longest_id(const struct part *part)
{
	size_t longest = 0;

	for (uint32_t v = 0; v < part->visit_count; v++) {
		size_t len = part->problem->visits[part->visits[v]].id.len;

		longest = len > longest ? len : longest;
	}
	return longest;
}

static int take_scratch(struct chooser *c, struct region *r)
{
	const struct part *part = c->part;
	uint32_t n = part->inspector_count;

	c->text_size = part->problem->seed.len + sizeof("/visits") + longest_id(part);
	c->ids = region_take_raw(r, n, sizeof(*c->ids));
	c->keys = region_take_raw(r, n, sizeof(*c->keys));
	c->who = region_take_raw(r, n, sizeof(*c->who));
	c->band = region_take_raw(r, n, sizeof(*c->band));
	c->excluded_at = region_take(r, n, sizeof(*c->excluded_at));
	c->class_at = region_take(r, n, sizeof(*c->class_at));
	c->visits = region_take_raw(r, part->visit_count, sizeof(*c->visits));
	c->order = region_take_raw(r, part->visit_count, sizeof(*c->order));
	c->text = region_take_raw(r, c->text_size, 1);
	if (!c->ids || !c->keys || !c->who || !c->band || !c->excluded_at || !c->class_at ||
	    !c->visits || !c->order || !c->text)
		return CORE_FULL;
	return CORE_OK;
}

/* The part's visits in the order in which they choose. */
static void sort_visits(struct chooser *c)
{
	const struct part *part = c->part;
	struct ticket_seed seed;

	seed_of(c, SPAN("/visits"), SPAN(""), &seed);
	for (uint32_t v = 0; v < part->visit_count; v++) {
		struct ticket_entry *e = &c->visits[v];

		e->id = part->problem->visits[part->visits[v]].id;
		e->index = v;
		ticket_keys(&seed, &e->id, 1, &e->key);
	}
	ticket_sort(&seed, c->visits, part->visit_count);
	for (uint32_t v = 0; v < part->visit_count; v++)
		c->order[v] = c->visits[v].index;
}

int choose_teams(struct part *part, const struct assign_parts *parts, struct region *r,
		 struct assign_result *ret)
{
	size_t mark = region_mark(r);
	struct chooser c = { .part = part };

	CORE_TRY(take_scratch(&c, r));
	sort_visits(&c);
	CORE_TRY(ahead_load(part, c.order, r));
	for (uint32_t k = 0; k < part->visit_count; k++) {
		uint32_t v = c.order[k];

		c.members = ret->members + ret->team_start[part->visits[v]];
		choose_visit(&c, parts, v);
		if (part->visit[v].pool != PART_NONE)
			part->pools[part->visit[v].pool].visits++;
	}
	for (uint32_t j = 0; j < part->inspector_count; j++)
		ret->load[part->global[j]] = part->inspectors[j].load;
	region_reset(r, mark);
	return CORE_OK;
}
