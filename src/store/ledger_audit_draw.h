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
 * Acts that rows tell of and no entry does: of that action and subject, by that actor, with a time at most slack_ms
 * from the row's. Strings are valid during the call.
 */
typedef int ledger_audit_each_act(void *arg, const char *action, const char *subject);
MUST_USE int ledger_audit_draw_untold(struct db *db, int64_t slack_ms, ledger_audit_each_act *each,
				      void *arg);

/* Actions with more entries than rows: rows were deleted, or made as if something had never happened. */
typedef int ledger_audit_each_surplus(void *arg, const char *action, int64_t rows, int64_t entries);
MUST_USE int ledger_audit_draw_surplus(struct db *db, ledger_audit_each_surplus *each, void *arg);

/* Members that left a team without a change that says so. */
MUST_USE int ledger_audit_draw_left(struct db *db, int64_t *ret);

/* Visits accepted (else: made) with the entry's actor and digest, where there is one. Valid during the call. */
struct ledger_audit_visit {
	struct visit_row visit; /* id, accepted_by, day, offsite and ended_by only */
	const char *actor, *digest;
};
typedef int ledger_audit_each_visit(void *arg, const struct ledger_audit_visit *v);
MUST_USE int ledger_audit_draw_visits(struct db *db, bool accepted, ledger_audit_each_visit *each,
				      void *arg);

/* The digests of the entries of an action about a subject, by an actor; actor "": by anybody. Valid during the call. */
typedef int ledger_audit_each_digest(void *arg, const char *digest);
MUST_USE int ledger_audit_digests(struct db *db, const char *action, const char *subject,
				  const char *actor, ledger_audit_each_digest *each, void *arg);

#endif
