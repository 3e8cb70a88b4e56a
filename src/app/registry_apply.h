#ifndef APP_REGISTRY_APPLY_H
#define APP_REGISTRY_APPLY_H
/*
 * app/registry_apply.h — one change of a registry becomes rows, versions, facets, marks and one entry of the
 * ledger, in one transaction: all of it happens or nothing. Import, edit, undo, merge and split end here.
 */
#include "app/office.h"
#include "app/registry.h"
#include "app/registry_shape.h"
#include "store/registry_change.h"

/* A field of a row that was edited here from now on. */
struct registry_mark {
	const char *id, *field;
};

struct registry_apply {
	struct office *office;
	enum registry kind;
	/* kind, reason, file and its digest, result_digest, undone, counts; the rest is set here. */
	struct registry_change change;
	int64_t expected; /* the registry's last change when the rows below were made */
	/* Canonical files in memory; each may be empty. Ids of `changed` exist, those of `added` do not. */
	struct span added, changed;
	struct facets *facets; /* what the two make of each */
	const struct registry_mark *marks;
	size_t mark_count;
	struct span overrides; /* see registry_compare.h */
	db_work *more;         /* NULL, or run last in the same transaction, with more_arg */
	void *more_arg;
	/* Called now and then; false cancels. NULL: none. */
	bool (*progress)(void *arg, const char *step, uint64_t done, uint64_t total);
	void *progress_arg;
	int64_t id; /* set: the change's number; in `more` too */
};

/*
 * OK; CONFLICT: another change came first, make the rows anew; CANCELLED; or what office_write returns. The
 * ledger's action is "registry.<kind>", its subject "<registry>/<change>", and the document that it names
 * holds the change's words and digests.
 */
MUST_USE int registry_apply(struct registry_apply *p);

/*
 * Fills the two files of an apply from rows in memory: for each, its cells as they are (NULL: there is no such
 * row) and as they shall be. Rows come in the order of ids. Everything lives in the arena. result_digest
 * becomes that of the lines. TOO_LARGE: more than FACETS_MOST facets.
 */
struct registry_pair {
	const struct span *from, *to; /* REGISTRY_FIELDS_MOST cells each */
};
MUST_USE int registry_apply_rows(struct registry_apply *p, struct arena *a,
				 const struct registry_pair *rows, size_t count);

#endif
