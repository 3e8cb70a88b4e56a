/* core/rules_quota.c — quotas, splits and rotation in exact integers: a product of two numbers below
 * 2^64 is held in two words and divided bit by bit. */
#include "core/rules.h"
#include "core/text.h"
#include "core/ticket.h"

/* a * b as high and low word. */
static uint64_t multiply(uint64_t a, uint64_t b, uint64_t *low)
{
	uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
	uint64_t mid = a1 * b0 + (a0 * b0 >> 32);
	uint64_t mid2 = a0 * b1 + (uint32_t)mid;

	*low = (mid2 << 32) | (uint32_t)(a0 * b0);
	return a1 * b1 + (mid >> 32) + (mid2 >> 32);
}

uint64_t rules_share(uint64_t a, uint64_t b, uint64_t by, uint64_t *remainder)
{
	uint64_t low, high = multiply(a, b, &low), left = 0, out = 0;

	CORE_ASSERT(by > 0 && by <= TEXT_NUMBER_MOST + 1);
	for (int bit = 127; bit >= 0; bit--) {
		uint64_t next = bit >= 64 ? high >> (bit - 64) : low >> bit;

		left = left << 1 | (next & 1);
		out <<= 1;
		if (left >= by) {
			left -= by;
			out |= 1;
		}
	}
	*remainder = left;
	return out;
}

uint64_t rules_amount(struct rules_amount amount, uint64_t n)
{
	uint64_t rest, out;

	if (amount.b == 0)
		return amount.a;
	out = rules_share(n, amount.a, amount.b, &rest);
	return out + (rest > 0);
}

static uint64_t split_total(const struct rules_split *split, const uint64_t *members)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < split->count; i++)
		sum += members[split->first + i];
	return rules_amount(split->amount, sum);
}

static uint64_t split_weights(const struct rules *rules, const struct rules_split *split)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < split->count; i++)
		sum += rules->strata[split->first + i].weight;
	return sum;
}

/* Floors of one split; returns how many units are left over, fewer than it has strata. */
static uint64_t split_floors(const struct rules *rules, const struct rules_split *split,
			     const uint64_t *members, uint64_t *quotas)
{
	uint64_t total = split_total(split, members), sum = split_weights(rules, split);
	uint64_t given = 0, rest;

	for (uint32_t i = split->first; i < split->first + split->count; i++) {
		quotas[i] = rules_share(total, rules->strata[i].weight, sum, &rest);
		given += quotas[i];
	}
	return total - given;
}

void rules_quotas_least(const struct rules *rules, const uint64_t *members, uint64_t *quotas,
			uint64_t *spare)
{
	uint64_t left = 0;

	for (uint32_t i = 0; i < rules->stratum_count; i++) {
		if (rules->strata[i].split == RULES_NO_SPLIT)
			quotas[i] = rules_amount(rules->strata[i].amount, members[i]);
	}
	for (uint32_t i = 0; i < rules->split_count; i++)
		left += split_floors(rules, &rules->splits[i], members, quotas);
	if (spare)
		*spare = left;
}

struct remainder {
	uint64_t rest;
	uint32_t order; /* place in (ticket, name) order */
	uint32_t stratum;
};

static inline bool remainder_before(const void *none, const struct remainder *a,
				    const struct remainder *b)
{
	(void)none;
	return a->rest != b->rest ? a->rest > b->rest : a->order < b->order;
}

#define SORT_NAME remainder
#define SORT_TYPE struct remainder
#define SORT_CONTEXT const void *
#define SORT_LESS remainder_before
#include "core/sort.inc"

struct deal {
	const struct rules *rules;
	const struct ticket_seed *seed;
	struct region *region;
	uint64_t *quotas;
};

/* Gives the units left over to the largest remainders, ties in ticket order. */
static int deal_spare(const struct deal *d, const struct rules_split *split, uint64_t total,
		      uint64_t spare)
{
	const struct rules *rules = d->rules;
	size_t mark = region_mark(d->region);
	struct ticket_entry *order = region_take(d->region, split->count, sizeof(*order));
	struct remainder *rests = region_take(d->region, split->count, sizeof(*rests));
	uint64_t sum = split_weights(rules, split);

	if (!order || !rests)
		return CORE_FULL;
	for (uint32_t i = 0; i < split->count; i++) {
		struct ticket_entry *e = &order[i];

		e->id = rules->strata[split->first + i].name;
		e->index = split->first + i;
		ticket_keys(d->seed, &e->id, 1, &e->key);
	}
	ticket_sort(d->seed, order, split->count);
	for (uint32_t i = 0; i < split->count; i++) {
		struct remainder *rest = &rests[i];

		rest->order = i;
		rest->stratum = order[i].index;
		(void)!rules_share(total, rules->strata[rest->stratum].weight, sum, &rest->rest);
	}
	remainder_sort(NULL, rests, split->count);
	for (uint64_t i = 0; i < spare; i++)
		d->quotas[rests[i].stratum]++;
	region_reset(d->region, mark);
	return CORE_OK;
}

int rules_quotas(const struct rules *rules, const uint64_t *members, struct span seed_hex,
		 struct region *r, uint64_t *quotas)
{
	char text[128];
	struct writer w = { text, sizeof(text), 0, false };
	struct ticket_seed seed;
	struct deal deal = { rules, &seed, r, quotas };

	write_span(&w, seed_hex);
	write_literal(&w, "/quota");
	CORE_ASSERT(!w.full);
	ticket_seed_init(&seed, (struct span){ text, w.len });
	rules_quotas_least(rules, members, quotas, NULL);
	for (uint32_t i = 0; i < rules->split_count; i++) {
		const struct rules_split *split = &rules->splits[i];
		uint64_t spare = split_floors(rules, split, members, quotas);

		CORE_TRY(deal_spare(&deal, split, split_total(split, members), spare));
	}
	return CORE_OK;
}

uint64_t rules_rotation_entrant(uint64_t visits_a_year, uint64_t periods_left,
				uint64_t periods_a_year)
{
	uint64_t rest, out = rules_share(visits_a_year, periods_left, periods_a_year, &rest);

	return out + (rest > 0);
}

struct rules_rotation rules_rotation(const uint64_t *counts, uint64_t most, uint64_t periods_left,
				     uint64_t minimum)
{
	struct rules_rotation out = { .total = minimum };
	uint64_t due = 0, each;

	CORE_ASSERT(periods_left > 0);
	for (uint64_t v = 1; v <= most; v++)
		due += counts[v] * v;
	each = due / periods_left + (due % periods_left > 0);
	if (each > out.total)
		out.total = each;
	if (periods_left <= most)
		out.certain = counts[periods_left];
	return out;
}
