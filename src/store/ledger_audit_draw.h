#ifndef STORE_LEDGER_AUDIT_DRAW_H
#define STORE_LEDGER_AUDIT_DRAW_H
/*
 * store/ledger_audit_draw.h — draws, visits and what came after them, held against the ledger's entries: each
 * question is one statement that streams, whatever the tables hold. Reads only.
 */
#include "base/arena.h"
#include "db/db.h"
#include "store/visit.h"

/* Acts that rows of these tables tell of: how many. */
MUST_USE int ledger_audit_draw_acts(struct db *db, int64_t *ret);

/*
 * Acts that rows tell of and no entry does: of that action and subject, by that actor, at that very time (rows and entry
 * of an act carry one, app/office.h). Strings are valid during the call.
 */
typedef int ledger_audit_each_act(void *arg, const char *action, const char *subject);
MUST_USE int ledger_audit_draw_untold(struct db *db, ledger_audit_each_act *each, void *arg);

/*
 * Acts that have entries, but not as many as rows: rows were deleted, made as if something had never happened, or made
 * twice.
 */
typedef int ledger_audit_each_surplus(void *arg, const char *action, const char *subject,
				      int64_t rows, int64_t entries);
MUST_USE int ledger_audit_draw_surplus(struct db *db, ledger_audit_each_surplus *each, void *arg);

/* Visits accepted (else: made, taken back since or not) with the entry's actor and digest, where there is one. Valid during the call. */
struct ledger_audit_visit {
	struct visit_row visit; /* id, accepted_by, day, offsite and ended_by only */
	const char *actor, *digest;
};
typedef int ledger_audit_each_visit(void *arg, const struct ledger_audit_visit *v);
MUST_USE int ledger_audit_draw_visits(struct db *db, bool accepted, ledger_audit_each_visit *each,
				      void *arg);

/* Which entries; actor NULL: anybody's, at 0: of any time. */
struct ledger_audit_entry {
	const char *action, *subject, *actor;
	int64_t at;
};

/* Their ids and digests. Valid during the call. */
typedef int ledger_audit_each_digest(void *arg, int64_t id, const char *digest);
MUST_USE int ledger_audit_digests(struct db *db, const struct ledger_audit_entry *entry,
				  ledger_audit_each_digest *each, void *arg);

/* Entries about the list of people, in the order in which they were written. Strings are valid during the call. */
MUST_USE int ledger_audit_people(struct db *db, ledger_audit_each_digest *each, void *arg);

/* Changes of a draw's visits of one trip: how many rows, and how many entries. */
MUST_USE int ledger_audit_trip(struct db *db, int64_t draw, const char *trip, int64_t *ret_rows,
			       int64_t *ret_entries);

/* The time of the last one of that action and subject, of anybody, that has that digest; 0: none. */
MUST_USE int ledger_audit_last(struct db *db, const struct ledger_audit_entry *entry,
			       const char *digest, int64_t *ret);

#endif
