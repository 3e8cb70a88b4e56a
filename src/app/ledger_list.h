#ifndef APP_LEDGER_LIST_H
#define APP_LEDGER_LIST_H
/* app/ledger_list.h — a page of the ledger, newest first; and a look at it, which is an act of its own. */
#include "app/office.h"
#include "store/ledger.h"

enum { LEDGER_LIST_MOST = 1000, LEDGER_LOOK_MS = 10 * 60 * 1000 };

/* Whom and what somebody looks for; NULL and 0 restrict nothing. */
struct ledger_list_ask {
	const char *subject, *actor, *action;
	int64_t from, to; /* legal days since 1970, both among them */
	int64_t below;    /* only numbers below; INT64_MAX: from the newest on */
	size_t most;      /* 1 to LEDGER_LIST_MOST */
};

struct ledger_page {
	struct ledger_entry *items; /* in the arena, with their strings */
	size_t count;
	int64_t total; /* numbered entries that are looked for, on all pages */
	int64_t all;   /* numbered entries in all */
	int64_t next;  /* `below` of the next page; -1: there is none */
};

/* Entries that have no number yet are not shown. */
MUST_USE int ledger_list(struct office *o, struct arena *a, const struct ledger_list_ask *ask,
			 struct ledger_page *ret);

/*
 * Tells that the actor reads the ledger, and what of it (`what`: a line of ledger_list_what, "report", "proof 17"): ledger.read,
 * once in LEDGER_LOOK_MS for the same actor and the same `what`. A ledger that does not go on from its head is read all the same, for
 * nothing can be told of it: else nobody could look what has happened to it.
 */
MUST_USE int ledger_look(struct office *o, struct arena *a, const char *what);

/* What is looked for, without the page, as the document of the entry says it. */
MUST_USE const char *ledger_list_what(struct arena *a, const struct ledger_list_ask *ask);

#endif
