#ifndef STORE_DRAW_FACTS_H
#define STORE_DRAW_FACTS_H
/*
 * store/draw_facts.h — what an act of a draw has left for good, cell by cell, in one order: what is summed up for the
 * act's entry and summed up again when that is verified. What follows from other columns is not here
 * (store/ledger_audit_follow.h). Streams; reads only.
 */
#include "db/db.h"

/* A number's bytes are NULL. Valid during the call. */
struct draw_fact {
	int64_t number;
	const void *at;
	size_t len;
};

/* One row; not OK ends the walk. */
typedef int draw_fact_each(void *arg, const struct draw_fact *cells, size_t count);

/* The visits that were drawn, and who was given to them, without who came by a later change. */
MUST_USE int draw_facts_visits(struct db *db, int64_t draw, draw_fact_each *each, void *arg);
MUST_USE int draw_facts_members(struct db *db, int64_t draw, draw_fact_each *each, void *arg);

/* One visit that took another's place, and whom it was given. */
MUST_USE int draw_facts_visit(struct db *db, const char *visit, draw_fact_each *each, void *arg);
MUST_USE int draw_facts_team(struct db *db, const char *visit, draw_fact_each *each, void *arg);

/* What a freeze keeps: shares, minimums served, the draws it waits for, units that are certain in it. */
MUST_USE int draw_facts_shares(struct db *db, int64_t draw, draw_fact_each *each, void *arg);
MUST_USE int draw_facts_covers(struct db *db, int64_t draw, draw_fact_each *each, void *arg);
MUST_USE int draw_facts_waits(struct db *db, int64_t draw, draw_fact_each *each, void *arg);
MUST_USE int draw_facts_certain(struct db *db, int64_t draw, draw_fact_each *each, void *arg);

#endif
