#ifndef APP_LEDGER_VERIFY_H
#define APP_LEDGER_VERIFY_H
/*
 * app/ledger_verify.h — the ledger checked from end to end: every entry against its leaf, the leaves against
 * the tree, the tree against every checkpoint ever signed that is shown, documents against their digests,
 * the tables of registries, rule sets and plans against entries and digests.
 * Nothing is green by default: what could not be checked says so. Reads only; one state of the database.
 */
#include "app/office.h"
#include "core/verify.h"

enum { LEDGER_MOST_STEPS = 24 };

struct ledger_step {
	const char *name; /* stable ASCII name, e.g. "tree" */
	enum verify_mark mark;
	const char *text; /* one Chinese line: what was checked, with figures */
	const char *how;  /* what it means or how to check it elsewhere; NULL: nothing to add */
};

struct ledger_report {
	struct ledger_step steps[LEDGER_MOST_STEPS];
	size_t count, failed, unknown;
	int64_t size;                   /* entries with a number */
	char root[2 * SHA256_SIZE + 1]; /* of the tree over the leaves that are there */
};

/* A checkpoint, or a .tlog-proof, that was kept elsewhere. */
struct ledger_outside {
	const char *name;  /* where it comes from, shown */
	struct span bytes; /* its text */
};

struct ledger_check {
	const struct ledger_outside *outside;
	size_t outside_count;
	const char *
		key; /* verifier key that the reader trusts; NULL: the one that the database names */
	void (*progress)(void *arg, uint64_t done, uint64_t total); /* may be NULL */
	void *arg;
};

/*
 * Fills the report, its texts in the arena. What is wrong with the ledger is a failed step, not a code:
 * INVALID only if check->key is no verifier key; else database codes.
 */
MUST_USE int ledger_verify(struct office *o, struct arena *a, const struct ledger_check *check,
			   struct ledger_report *ret);

#endif
