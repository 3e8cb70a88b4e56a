#ifndef APP_RULE_SET_STORE_H
#define APP_RULE_SET_STORE_H
/*
 * app/rule_set_store.h — rule sets that the office keeps: every import or change is a new version with who,
 * when, why and from which file, and one entry in the ledger; nothing is deleted. The last version of a name
 * counts. Functions return a status or a db_code; sentences go to the notes, else see office_sentence.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "app/rule_set.h"
#include "app/rule_set_check.h"

enum { RULE_SETS_MOST = 200 }; /* listed at once */

/* One version without its rules; texts in the caller's arena. */
struct rule_set_kept {
	const char *name, *title, *body, *level; /* level: "city" or "county" */
	int64_t version;
	int64_t from, to; /* RULE_NO_START, RULE_NO_END */
	bool withdrawn;   /* this version ended its use */
	const char *digest;
	int64_t at; /* UTC milliseconds */
	const char *actor, *reason, *file;
};

struct rule_set_list {
	struct rule_set_kept *at;
	size_t count;
};

struct rule_set_given {
	const char *text; /* JSON */
	size_t len;
	const char *file;               /* where it came from, shown later */
	const char *reason;             /* why; 1 to RULE_TEXT_MOST bytes */
	const struct rule_check *about; /* see rule_set_check; NULL: only against itself */
};

/*
 * Reads, checks and keeps a set as the next version of its id (ledger: rules.import). INVALID, TOO_LARGE: notes
 * say what is wrong, nothing was kept. CONFLICT: the last version says the same already (a note tells). Findings that do
 * not stop it become notes too, and so does another set of the same level that is valid on a common day.
 */
MUST_USE int rule_set_keep(struct office *o, const struct rule_set_given *given,
			   struct plan_notes *notes, struct rule_set_kept *ret);

/* Ends the use of a set by a last version (ledger: rules.retire). NONE; CONFLICT if it has ended already. */
MUST_USE int rule_set_retire(struct office *o, const char *name, const char *reason,
			     struct plan_notes *notes, struct rule_set_kept *ret);

/*
 * A set to make a plan with. Version 0: the last one; INVALID with a note if that is retired. NONE. INVALID with notes
 * too if this program cannot read it any more, or if it is not what was kept: its digest differs.
 */
MUST_USE int rule_set_get(struct office *o, const char *name, int64_t version,
			  struct plan_notes *notes, struct rule_set *ret,
			  struct rule_set_kept *ret_kept);

/* The same to look at or to change, also one that is retired. */
MUST_USE int rule_set_look(struct office *o, const char *name, int64_t version,
			   struct plan_notes *notes, struct rule_set *ret,
			   struct rule_set_kept *ret_kept);

/*
 * The one set of that level in force on a day. NONE and CONFLICT (several) with a note that says what to do;
 * then the caller has to name one.
 */
MUST_USE int rule_set_in_force(struct office *o, enum rule_level level, int64_t day,
			       struct plan_notes *notes, struct rule_set *ret,
			       struct rule_set_kept *ret_kept);

/* The last version of each name; or, with a name, all its versions, the last one first. */
MUST_USE int rule_set_list(struct office *o, struct arena *a, const char *name,
			   struct rule_set_list *ret);

#endif
