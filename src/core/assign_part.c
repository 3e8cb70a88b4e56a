/*
 * core/assign_part.c — reads one part into arrays of its own and moves seats.
 * Keeps: seat lists, loads and grade counts agree with the holders of the seats, always.
 */
#include "core/assign_part.h"

#define TAKE(r, to, count)                                                                         \
	do {                                                                                       \
		(to) = region_take((r), (count), sizeof(*(to)));                                   \
		if (!(to))                                                                         \
			return CORE_FULL;                                                          \
	} while (0)

static int load_inspectors(struct part *part, struct region *r)
{
	TAKE(r, part->inspectors, part->inspector_count);
	TAKE(r, part->queue, part->inspector_count);
	TAKE(r, part->order, part->inspector_count);
	TAKE(r, part->class_from, part->inspector_count);
	TAKE(r, part->class_to, part->inspector_count);
	for (uint32_t j = 0; j < part->inspector_count; j++) {
		const struct assign_inspector *from = &part->problem->inspectors[part->global[j]];
		struct part_inspector *to = &part->inspectors[j];

		to->limit = from->limit;
		to->base = from->base;
		to->grade = from->senior ? GRADE_SENIOR : GRADE_JUNIOR;
		to->seats = to->class = to->parent = PART_NONE;
	}
	return CORE_OK;
}

/* A set of bits is worth having when it is no larger than the list of members. */
static bool wants_bits(const struct part *part, const struct assign_pool *pool)
{
	return (part->inspector_count + 63) / 64 * 2 <= pool->count;
}

/* The members of one pool, seniors first; those with limit 0 can never sit anywhere and are left out. */
static uint32_t load_pool(struct part *part, struct part_pool *to, const uint32_t *place,
			  uint32_t people)
{
	const struct assign_pool *from = &part->problem->pools[to->global];

	for (uint32_t g = 0; g < GRADES; g++) {
		to->first[g] = people;
		for (uint32_t k = 0; k < from->count; k++) {
			uint32_t j = place[from->inspectors[k]];

			if (part->inspectors[j].grade == g && part->inspectors[j].limit > 0)
				part->people[people++] = j;
		}
		to->all[g] = to->open[g] = to->live[g] = people - to->first[g];
	}
	if (to->bits == PART_NONE)
		return people;
	for (uint32_t k = to->first[0]; k < people; k++)
		part->bits[to->bits + part->people[k] / 64] |= (uint64_t)1 << part->people[k] % 64;
	return people;
}

static int load_pools(struct part *part, const struct assign_parts *parts, uint32_t index,
		      struct region *r)
{
	const uint32_t *global = parts->pools + parts->pool_start[index];
	size_t people = 0, words = 0;

	part->pool_count = parts->pool_start[index + 1] - parts->pool_start[index];
	TAKE(r, part->pools, part->pool_count);
	for (uint32_t k = 0; k < part->pool_count; k++) {
		const struct assign_pool *pool = &part->problem->pools[global[k]];
		bool bits = wants_bits(part, pool) &&
			    words + (part->inspector_count + 63) / 64 < PART_NONE;

		part->pools[k].global = global[k];
		part->pools[k].bits = bits ? (uint32_t)words : PART_NONE;
		words += bits ? (part->inspector_count + 63) / 64 : 0;
		people += pool->count;
	}
	CORE_ASSERT(people < PART_SLACK);
	TAKE(r, part->people, people);
	TAKE(r, part->bits, words);
	for (uint32_t k = 0, at = 0; k < part->pool_count; k++)
		at = load_pool(part, &part->pools[k], parts->inspector_place, at);
	return CORE_OK;
}

static int load_seats(struct part *part, uint32_t seat_count, uint32_t most, struct region *r)
{
	uint32_t roots = part->visit_count > part->inspector_count ? part->visit_count
								   : part->inspector_count;

	TAKE(r, part->seats, seat_count);
	TAKE(r, part->goals, most);
	TAKE(r, part->tree_done, roots);
	for (uint32_t v = 0; v < part->visit_count; v++)
		for (uint32_t k = 0; k < part->visit[v].need; k++)
			part->seats[part->visit[v].first + k] =
				(struct seat){ PART_NONE, v, PART_NONE, PART_NONE };
	return CORE_OK;
}

static int load_visits(struct part *part, const struct assign_parts *parts, struct region *r)
{
	uint64_t seat_count = 0;
	uint32_t most = 0;

	TAKE(r, part->visit, part->visit_count);
	for (uint32_t v = 0; v < part->visit_count; v++) {
		const struct assign_visit *from = &part->problem->visits[part->visits[v]];
		struct part_visit *to = &part->visit[v];

		CORE_ASSERT((uint64_t)from->min_senior + from->min_junior <= from->need);
		to->first = (uint32_t)seat_count;
		to->need = from->need;
		to->min[GRADE_SENIOR] = from->min_senior;
		to->min[GRADE_JUNIOR] = from->min_junior;
		to->pool = part->pool_count > 0 ? parts->pool_place[from->pool] : PART_NONE;
		to->excluded = from->excluded;
		to->excluded_count = from->excluded_count;
		seat_count += from->need;
		CORE_ASSERT(seat_count < PART_SLACK);
		most = from->need > most ? from->need : most;
	}
	return load_seats(part, (uint32_t)seat_count, most, r);
}

int part_load(struct part *part, const struct assign_problem *p, const struct assign_parts *parts,
	      uint32_t index, struct region *r)
{
	*part = (struct part){
		.problem = p,
		.inspector_count =
			parts->inspector_start[index + 1] - parts->inspector_start[index],
		.visit_count = parts->start[index + 1] - parts->start[index],
		.global = parts->inspectors + parts->inspector_start[index],
		.visits = parts->visits + parts->start[index],
	};
	CORE_TRY(load_inspectors(part, r));
	CORE_TRY(load_pools(part, parts, index, r));
	return load_visits(part, parts, r);
}

/* Is n in the ascending list? */
static bool list_has(const uint32_t *list, uint32_t count, uint32_t n)
{
	while (count > 4) {
		uint32_t half = count / 2;

		if (list[half] <= n) {
			list += half;
			count -= half;
		} else {
			count = half;
		}
	}
	for (uint32_t k = 0; k < count; k++)
		if (list[k] == n)
			return true;
	return false;
}

bool part_fits(const struct part *part, const struct part_visit *v, uint32_t j)
{
	for (uint32_t k = 0; k < v->need; k++)
		if (part->seats[v->first + k].who == j)
			return false;
	return v->excluded_count == 0 || !list_has(v->excluded, v->excluded_count, part->global[j]);
}

bool part_can_join(const struct part *part, const struct part_visit *v, uint32_t j)
{
	const struct part_pool *pool = &part->pools[v->pool];

	if (pool->bits == PART_NONE) {
		const struct assign_pool *list = &part->problem->pools[pool->global];

		return list_has(list->inspectors, list->count, part->global[j]) &&
		       part_fits(part, v, j);
	}
	return (part->bits[pool->bits + j / 64] >> j % 64 & 1) != 0 && part_fits(part, v, j);
}

static void unlink_seat(struct part *part, uint32_t seat)
{
	struct seat *s = &part->seats[seat];

	if (s->prev == PART_NONE)
		part->inspectors[s->who].seats = s->next;
	else
		part->seats[s->prev].next = s->next;
	if (s->next != PART_NONE)
		part->seats[s->next].prev = s->prev;
}

void part_give(struct part *part, uint32_t seat, uint32_t j)
{
	struct seat *s = &part->seats[seat];
	struct part_inspector *to = &part->inspectors[j];
	struct part_visit *v = &part->visit[s->visit];

	CORE_ASSERT(!part_frozen(s));
	if (s->who != PART_NONE) {
		struct part_inspector *from = &part->inspectors[s->who];

		unlink_seat(part, seat);
		from->load--;
		v->count[from->grade]--;
	}
	s->who = j;
	s->prev = PART_NONE;
	s->next = to->seats;
	if (to->seats != PART_NONE)
		part->seats[to->seats].prev = seat;
	to->seats = seat;
	to->load++;
	v->count[to->grade]++;
}

void part_clear(struct part *part, struct part_visit *v)
{
	for (uint32_t k = 0; k < v->count[0] + v->count[1]; k++) {
		uint32_t seat = v->first + k;

		CORE_ASSERT(!part_frozen(&part->seats[seat]));
		unlink_seat(part, seat);
		part->inspectors[part->seats[seat].who].load--;
		part->seats[seat].who = PART_NONE;
	}
	v->count[0] = v->count[1] = 0;
}

void part_freeze(struct part *part, uint32_t seat)
{
	unlink_seat(part, seat);
	part->seats[seat].prev = PART_ROOT;
}
