#ifndef STORE_LEDGER_AUDIT_FOLLOW_H
#define STORE_LEDGER_AUDIT_FOLLOW_H
/*
 * store/ledger_audit_follow.h — what follows from other columns of draws and visits, asked as that: no act need write
 * down what can be computed. Each question is one statement that streams. Reads only.
 */
#include "db/db.h"

enum ledger_follow {
	LEDGER_FOLLOW_DRAW,      /* a draw's state from its times; who opened from its shares */
	LEDGER_FOLLOW_COVER,     /* a minimum is served as long as its draw lives */
	LEDGER_FOLLOW_VISIT,     /* a visit's columns that are its draw's */
	LEDGER_FOLLOW_STATE,     /* a visit's state from its times, held from its state */
	LEDGER_FOLLOW_ANNULLED,  /* the visits of an annulled draw have ended with it */
	LEDGER_FOLLOW_REPLACED,  /* a visit ends as replaced by a change that names its successor */
	LEDGER_FOLLOW_SUCCESSOR, /* and nothing takes a place but by one */
	LEDGER_FOLLOW_CHANGE,    /* and a change leaves both */
	LEDGER_FOLLOW_CERTAIN,   /* what ended without a visit is certain next time */
	LEDGER_FOLLOW_KEPT,      /* and nothing else is, and it is what the visit was */
	LEDGER_FOLLOW_LEAD,      /* the first senior who goes leads, else the first */
	LEDGER_FOLLOW_GRADE,     /* one has one grade in a draw */
	LEDGER_FOLLOW_LEFT,      /* nobody leaves a team but by a change */
	LEDGER_FOLLOW_JOINED,    /* who left by one goes no more, who came by one is there */
	LEDGER_FOLLOW_OPINION,   /* an opinion's digest is its entry's */
	LEDGER_FOLLOW_COUNT
};

/* What does not follow: of a draw or a visit, by its public id. Valid during the call; not OK ends it. */
typedef int ledger_audit_each_follow(void *arg, enum ledger_follow what, const char *subject);

/* daily: the pool whose visits are daily ones. */
MUST_USE int ledger_audit_follow(struct db *db, const char *daily, ledger_audit_each_follow *each,
				 void *arg);

#endif
