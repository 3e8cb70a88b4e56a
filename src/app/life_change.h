#ifndef APP_LIFE_CHANGE_H
#define APP_LIFE_CHANGE_H
/*
 * app/life_change.h — the only changes that a draw allows later (spec/draw.md 4.6), each by its rule, with
 * evidence and approvers, in the order of the ledger. Nobody chooses who or what comes instead.
 */
#include "app/office.h"

enum life_change_kind {
	LIFE_RESERVE, /* the unit is closed or moved: the next reserve takes its place and team */
	LIFE_RECUSAL, /* a member must withdraw */
	LIFE_ILLNESS  /* a member is ill or away */
};

struct life_change {
	enum life_change_kind kind;
	const char *visit;
	const char *member; /* who leaves; NULL for LIFE_RESERVE */
	const char *
		evidence; /* digest of the evidence, 64 hex digits; needed for LIFE_RESERVE, else may be NULL */
	const char *approver,
		*second; /* LIFE_RESERVE takes two, the others the first; never the actor */
	const char *reason;
};

struct life_changed {
	const char *member; /* who comes, "" for LIFE_RESERVE */
	const char *visit;  /* the reserve's visit, "" otherwise */
	uint32_t replaced;  /* members of the team that the reserve could not take over */
};

/*
 * Changes, logs visit.reserve, visit.recusal or visit.illness. NONE: no such visit or member, or nobody and no
 * reserve is left (o->why says what to do); FORBIDDEN: approvers missing, not known or not different persons; INVALID: no
 * evidence or reason; CONFLICT: the visit is over.
 */
MUST_USE int life_change(struct office *o, struct arena *a, const struct life_change *in,
			 struct life_changed *ret);

/* The reason, evidence and approvers of a change, before anything is read: as above. */
MUST_USE int life_change_check(struct office *o, const struct life_change *in);

/* The digest of a file of evidence, at most 1 GiB. NONE, INVALID (no regular file, or empty), TOO_LARGE or IO_ERROR. */
MUST_USE int life_evidence(const char *path, char digest[OFFICE_DIGEST]);

#endif
