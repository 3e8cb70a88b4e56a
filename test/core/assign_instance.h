#ifndef TEST_CORE_ASSIGN_INSTANCE_H
#define TEST_CORE_ASSIGN_INSTANCE_H
/*
 * test/core/assign_instance.h — assignment problems made up from a random state, and the checks that
 * every answer must pass whatever its size.
 */
#include "core/assign.h"

/* Upper bounds of what a random problem holds; what really occurs is drawn, odd values included. */
struct instance_shape {
	uint32_t visits, inspectors, pools;
	uint32_t need, limit, base;
	uint32_t pool_percent;    /* of the inspectors in a pool */
	uint32_t exclude_percent; /* of a pool excluded from a visit */
	bool exact;               /* the first three are counts, not bounds */
};

struct instance {
	struct region memory; /* malloc'd */
	struct assign_problem problem;
};

void instance_random(struct instance *x, const struct instance_shape *shape, uint64_t *random);

/* The same problem with the visits in another order: visit v of `from` is to_place[v] of `x`. */
void instance_shuffle(struct instance *x, const struct assign_problem *from, uint64_t *random,
		      uint32_t *to_place);
void instance_release(struct instance *x);

/* A region of that size, malloc'd; region_free gives it back. */
struct region region_new(size_t size);
void region_free(struct region *r);

/* i is in v's pool and not excluded. */
bool instance_eligible(const struct assign_problem *p, uint32_t v, uint32_t i);

/* Every rule of 4.1 holds and the loads agree. */
bool instance_valid(const struct assign_problem *p, const struct assign_result *result);

/* The formula of 4.4 over the marks. */
int64_t instance_shortage(const struct assign_problem *p, const uint8_t *marks);

/* Visits of the problem in the order of R "/visits"; candidates of v in that of R "/team/" id. By full
 * tickets, compared as texts. */
void instance_visit_order(const struct assign_problem *p, uint32_t *order);
uint32_t instance_candidates(const struct assign_problem *p, uint32_t v, uint32_t *order);

#endif
