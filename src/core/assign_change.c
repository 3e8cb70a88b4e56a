/*
 * core/assign_change.c — what needs no flow: how many teams a visit could have, and who replaces a
 * member later (spec/draw.md 4.5, 4.6).
 */
#include "core/assign.h"
#include "core/mem.h"
#include "core/ticket.h"

enum { TEXT_ROOM = 400 + sizeof("/team/") };

static uint64_t add(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* In halves, because compilers turn the usual test by division into 128-bit arithmetic. */
static uint64_t multiply(uint64_t a, uint64_t b)
{
	uint64_t large = a > b ? a : b, small = a > b ? b : a;
	uint64_t high = (large >> 32) * (small & UINT32_MAX);

	if ((small >> 32) != 0 || (high >> 32) != 0)
		return UINT64_MAX;
	return add(high << 32, (large & UINT32_MAX) * small);
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b != 0) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* n choose k. The steps never fall, so what saturates on the way would have at the end. */
static uint64_t choose(uint64_t n, uint64_t k)
{
	uint64_t ways = 1;

	if (k > n)
		return 0;
	k = k < n - k ? k : n - k;
	for (uint64_t i = 1; i <= k; i++) {
		uint64_t common = common_divisor(ways, i);
		uint64_t factor = (n - k + i) / (i / common);

		ways = multiply(ways / common, factor);
		if (ways == UINT64_MAX)
			return ways;
	}
	return ways;
}

static bool has(const uint32_t *list, uint32_t count, uint32_t n)
{
	for (uint32_t k = 0; k < count; k++)
		if (list[k] == n)
			return true;
	return false;
}

uint64_t assign_team_count(const struct assign_problem *p, uint32_t visit)
{
	const struct assign_visit *v = &p->visits[visit];
	const struct assign_pool *pool = &p->pools[v->pool];
	uint64_t seniors = 0, juniors = 0, ways = 0;

	for (uint32_t k = 0, x = 0; k < pool->count; k++) {
		const struct assign_inspector *i = &p->inspectors[pool->inspectors[k]];

		while (x < v->excluded_count && v->excluded[x] < pool->inspectors[k])
			x++;
		if ((x < v->excluded_count && v->excluded[x] == pool->inspectors[k]) ||
		    i->limit == 0)
			continue;
		seniors += i->senior;
		juniors += !i->senior;
	}
	for (uint32_t s = v->min_senior; s <= v->need - v->min_junior; s++)
		ways = add(ways, multiply(choose(seniors, s), choose(juniors, v->need - s)));
	return ways;
}

/* Do `free` more members suffice for the minimums, with one of this grade among them? */
static bool keeps_minimums(const struct assign_visit *v, uint32_t seniors, uint32_t juniors,
			   uint32_t free)
{
	uint32_t missing_senior = v->min_senior > seniors ? v->min_senior - seniors : 0;
	uint32_t missing_junior = v->min_junior > juniors ? v->min_junior - juniors : 0;

	return missing_senior + missing_junior <= free;
}

/* The best candidate so far. */
struct best {
	int64_t who;
	uint64_t total;
	uint8_t digest[SHA256_SIZE];
};

static void consider(const struct assign_problem *p, const struct ticket_seed *seed, uint32_t j,
		     uint64_t total, struct best *best)
{
	uint8_t digest[SHA256_SIZE];
	int order = -1;

	if (best->who >= 0 && total > best->total)
		return;
	ticket_digest(seed, p->inspectors[j].id, digest);
	if (best->who >= 0 && total == best->total)
		order = ticket_compare(digest, best->digest);
	if (order == 0)
		order = span_compare(p->inspectors[j].id, p->inspectors[best->who].id);
	if (order > 0)
		return;
	best->who = j;
	best->total = total;
	memcpy(best->digest, digest, sizeof(digest));
}

int64_t assign_replacement(const struct assign_problem *p, uint32_t visit, struct span order_id,
			   const uint32_t *team, uint32_t team_count, const uint32_t *load)
{
	const struct assign_visit *v = &p->visits[visit];
	const struct assign_pool *pool = &p->pools[v->pool];
	char text[TEXT_ROOM];
	struct writer w = { text, sizeof(text), 0, false };
	struct ticket_seed seed;
	struct best best = { .who = -1 };
	uint32_t seniors = 0;

	if (team_count >= v->need)
		return -1;
	for (uint32_t k = 0; k < team_count; k++)
		seniors += p->inspectors[team[k]].senior;
	write_span(&w, p->seed);
	write_literal(&w, "/team/");
	write_span(&w, order_id);
	CORE_ASSERT(!w.full);
	ticket_seed_init(&seed, (struct span){ w.at, w.len });
	for (uint32_t k = 0; k < pool->count; k++) {
		uint32_t j = pool->inspectors[k];
		const struct assign_inspector *i = &p->inspectors[j];

		if (load[j] >= i->limit || has(team, team_count, j) ||
		    has(v->excluded, v->excluded_count, j) ||
		    !keeps_minimums(v, seniors + i->senior, team_count - seniors + !i->senior,
				    v->need - team_count - 1))
			continue;
		consider(p, &seed, j, (uint64_t)i->base + load[j], &best);
	}
	return best.who;
}
