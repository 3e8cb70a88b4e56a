#ifndef CORE_RULES_H
#define CORE_RULES_H
/*
 * core/rules.h — rules.txt (spec/draw.md 1 and 3): team sizes, trips, relaxation, quotas and splits;
 * and the arithmetic of quotas, in integers only.
 */
#include "core/mem.h"
#include "core/problem.h"

enum rules_relax { RULES_ROTATION, RULES_SECOND, RULES_LIMIT };

/* An absolute number (b == 0) or a ratio a/b, 0 < a <= b, meaning ceil(N * a / b). */
struct rules_amount {
	uint64_t a, b;
};

struct rules_team {
	uint32_t need, min_senior, min_junior;
};

struct rules_stratum {
	struct span name;
	struct rules_team team;     /* its own, or the general one */
	struct rules_amount amount; /* if split == RULES_NO_SPLIT */
	uint32_t split;
	uint64_t weight;
	uint64_t line; /* of rules.txt where it stands, from 1 */
};

#define RULES_NO_SPLIT UINT32_MAX

struct rules_split {
	struct span group;
	struct rules_amount amount;
	uint32_t first, count; /* its strata, as they stand in the line */
};

struct rules {
	struct rules_stratum *strata; /* in file order */
	uint32_t stratum_count;
	struct rules_split *splits;
	uint32_t split_count;
	enum rules_relax relax[3];
	uint32_t relax_count;
	uint32_t bundle; /* most objects a trip; 0: no bundle line, every object its own visit */
	/* For rules_find: a hash table of 1 + strata index, 0 where empty; table_size is a power of two. */
	uint32_t *table;
	uint32_t table_size;
};

/* More than any real plan; larger rules are refused. */
enum { RULES_MOST_STRATA = 100000, RULES_MOST_TEAM = 1000 };

/*
 * Parses and checks a whole rules.txt. Names point into text. What the page leaves open is read so: a
 * team needs at least one person (and at most RULES_MOST_TEAM), a bundle at least one object, the weights of a split are not all 0
 * and their sum is below 2^53. CORE_INVALID or CORE_FULL.
 */
CORE_MUST_USE int rules_parse(struct span text, struct region *r, struct rules *ret,
			      struct problem *problem);

/* Index of a stratum by name, or -1. */
CORE_MUST_USE int64_t rules_find(const struct rules *rules, struct span name);

/* floor(a * b / by), exact without 128-bit integers, and what remains. by from 1 to 2^53. */
CORE_MUST_USE uint64_t rules_share(uint64_t a, uint64_t b, uint64_t by, uint64_t *remainder);

/* ceil(n * a / b), or the absolute number. n, a, b below 2^53. */
CORE_MUST_USE uint64_t rules_amount(struct rules_amount amount, uint64_t n);

/*
 * Quota of every stratum from the members of every stratum. Ties of a split's largest remainder are
 * broken by (ticket, name) under R "/quota", so `seed_hex` is R. quotas[] has stratum_count entries.
 */
CORE_MUST_USE int rules_quotas(const struct rules *rules, const uint64_t *members,
			       struct span seed_hex, struct region *r, uint64_t *quotas);

/*
 * The same before R exists: the quota of every stratum but for the units left over by a split, which R
 * deals out; *spare (may be NULL) is their number over all splits.
 */
void rules_quotas_least(const struct rules *rules, const uint64_t *members, uint64_t *quotas,
			uint64_t *spare);

/*
 * Rotation (spec 6): visits an entrant of a class owes, ceil(c * r / q); and the split that a class with
 * objects owing 1..most visits needs this period: total = max(minimum, ceil(sum counts[v] * v / r)),
 * weight of sub-stratum v = counts[v] * v. counts[0] is for v = 0, which is never drawn. `certain` is
 * counts[r] when r periods are left.
 */
struct rules_rotation {
	uint64_t total, certain;
};

CORE_MUST_USE uint64_t rules_rotation_entrant(uint64_t visits_a_year, uint64_t periods_left,
					      uint64_t periods_a_year);
CORE_MUST_USE struct rules_rotation rules_rotation(const uint64_t *counts, uint64_t most,
						   uint64_t periods_left, uint64_t minimum);

#endif
