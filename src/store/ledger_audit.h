#ifndef STORE_LEDGER_AUDIT_H
#define STORE_LEDGER_AUDIT_H
/*
 * store/ledger_audit.h — what a verification reads of the tables beside the ledger, to hold it against the
 * entries: everything streams or comes one by one, whatever the tables hold. Reads only.
 */
#include "base/arena.h"
#include "db/db.h"
#include "store/registry_row.h"
#include "store/rule_set.h"
#include "store/work_day.h"

/* An act as the ledger should tell it. */
struct ledger_audit_act {
	const char *action, *subject, *digest, *actor;
	int64_t at; /* rows and entry of an act carry one time (app/office.h) */
};

/* How many entries tell exactly this. */
MUST_USE int ledger_audit_find(struct db *db, const struct ledger_audit_act *act, int64_t *ret);

/* How many entries have that action; and how many tell of a change whose subject begins so ("sites/"). */
MUST_USE int ledger_audit_count(struct db *db, const char *action, int64_t *ret);
MUST_USE int ledger_audit_registry_count(struct db *db, const char *begin, int64_t *ret);

/* The digest of the last entry of a change, an opening or a calendar about the subject, in the arena. NONE. */
MUST_USE int ledger_audit_said(struct db *db, struct arena *a, const char *subject,
			       const char **ret);

/* How many entries about the subject carry the digest. */
MUST_USE int ledger_audit_named(struct db *db, const char *subject, const char *digest,
				int64_t *ret);

/* The id of the last entry that decided about an account; 0 if there is none. */
MUST_USE int ledger_audit_account(struct db *db, const char *account, int64_t *ret);

/* ---- registries ---- */

/* The number of the next change after `after`; NONE. And how many a registry has. */
MUST_USE int ledger_audit_next_change(struct db *db, const char *registry, int64_t after,
				      int64_t *ret_id);
MUST_USE int ledger_audit_changes(struct db *db, const char *registry, int64_t *ret);

/* A row that a change other than an import made what it was. */
struct ledger_audit_made {
	int64_t change;
	const char *digest; /* the change's result_digest */
	bool undo;          /* one file of rows, else those added, then those changed */
	bool added;         /* the row's first version */
	const char *cells;
};
typedef int ledger_audit_each_made(void *arg, const struct ledger_audit_made *m);

/* All of a registry's changes from a number on, in the order in which they were digested. Valid during the call. */
MUST_USE int ledger_audit_walk_made(struct db *db, const char *registry, int64_t from,
				    ledger_audit_each_made *each, void *arg);

/* How many changes other than imports a registry has from a number on. */
MUST_USE int ledger_audit_not_imports(struct db *db, const char *registry, int64_t from,
				      int64_t *ret);

/* The number of the last import; 0 if there is none. */
MUST_USE int ledger_audit_last_import(struct db *db, const char *registry, int64_t *ret);

/* Changes whose rows are digested as a whole file: the next import after a number, with its digest. NONE. */
MUST_USE int ledger_audit_next_import(struct db *db, struct arena *a, const char *registry,
				      int64_t after, int64_t *ret_id, const char **ret_digest);

/* A current row with what is kept beside its line. facet is all "" if there is none. */
struct ledger_audit_row {
	const char *id, *name, *code, *cells;
	struct registry_facet facet;
};
typedef int ledger_audit_each_row(void *arg, const struct ledger_audit_row *row);
MUST_USE int ledger_audit_walk_rows(struct db *db, const char *registry,
				    ledger_audit_each_row *each, void *arg);

/* Facets whose number of rows is not that of the rows. */
MUST_USE int ledger_audit_facets(struct db *db, const char *registry, int64_t *ret);

/*
 * Rows and versions that do not follow one another: a gap, an end that is not the next one's beginning, a
 * change that the registry does not have, a version without a row.
 */
MUST_USE int ledger_audit_versions(struct db *db, const char *registry, int64_t *ret);

/* The same of versions that came after a change; a row's versions up to it are not looked at. */
MUST_USE int ledger_audit_versions_after(struct db *db, const char *registry, int64_t after,
					 int64_t *ret);

/* ---- rule sets, calendars, plans: the next one after a number (0: the first); NONE ---- */

MUST_USE int ledger_audit_next_rules(struct db *db, struct arena *a, int64_t after,
				     struct rule_set_row *ret);
MUST_USE int ledger_audit_next_calendar(struct db *db, struct arena *a, int64_t after,
					struct work_calendar_row *ret);
MUST_USE int ledger_audit_next_plan(struct db *db, int64_t after, int64_t *ret_key);

/* How many versions of plans there are, and how many have been submitted, approved and returned. */
struct ledger_audit_plans {
	int64_t versions, submitted, approved, returned, dropped;
};
MUST_USE int ledger_audit_plans(struct db *db, struct ledger_audit_plans *ret);

#endif
