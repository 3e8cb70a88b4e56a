#ifndef TEST_CORE_ASSIGN_ORACLE_H
#define TEST_CORE_ASSIGN_ORACLE_H
/*
 * test/core/assign_oracle.h — two other ways to the same answer: enumeration of every assignment (tiny
 * problems), and a minimum-cost flow from nothing for each single question (medium ones).
 */
#include "core/assign.h"

enum { ORACLE_VISITS = 40, ORACLE_INSPECTORS = 130, ORACLE_MEMBERS = 200 };

struct oracle {
	uint64_t unmet;
	uint64_t totals[ORACLE_INSPECTORS]; /* if feasible: best T, descending */
	uint32_t members[ORACLE_MEMBERS];   /* canonical teams, laid out as in assign_result */
};

/* Tries every assignment; false if there were too many to keep. At most 8 visits, 8 inspectors. */
bool oracle_enumerate(const struct assign_problem *p, struct oracle *ret);

/* A pair belongs to some best-balanced assignment iff the least sum of squares of T with it is the least
 * of all (Frank, Murota 2022). Does not compute totals. */
void oracle_flow(const struct assign_problem *p, struct oracle *ret);

#endif
