#ifndef APP_LEDGER_ASKED_H
#define APP_LEDGER_ASKED_H
/*
 * app/ledger_asked.h — what one asks for and others decide leaves an entry each time that somebody speaks, all with the digest
 * of one document, which says what is asked for. Rows say the same; what they say counts as far as entries do.
 */
#include "app/office.h"

struct ledger_asked {
	const char *action, *actor;
	int64_t time;
	int64_t seq; /* -1: not numbered yet */
	struct ledger_asked *next;
};

/*
 * The entries about the subject that carry their mark and that digest; and those after the first of them of action `act`,
 * whatever their digest (NULL: none). The oldest first; NULL: none. In the arena. Not while rows of another statement are open.
 */
MUST_USE int ledger_asked(const struct office *o, struct arena *a, const char *subject,
			  const char *digest, const char *act, struct ledger_asked **ret);

/* The one of that action by that actor at that time from here on; NULL. */
MUST_USE const struct ledger_asked *ledger_asked_find(const struct ledger_asked *from,
						      const char *action, const char *actor,
						      int64_t time);

/* Chinese: that rows and entries differ. */
extern const char ledger_asked_strange[];

/*
 * Asks on a connection of its own, in a db_read after office_head: inside office_write, where asking whether the ledger is
 * whole would meet everybody who writes to it. What the act has written is not seen. As `ask` returns.
 */
typedef int ledger_beside_ask(const struct office *beside, void *arg);
MUST_USE int ledger_beside(struct office *o, ledger_beside_ask *ask, void *arg);

/*
 * Beside an act, before what was asked for is done: is the first of them that of the asking, and is the ledger whole since
 * then? INVALID: no.
 */
MUST_USE int ledger_asked_check(const struct office *o, const struct ledger_asked *first,
				const char *action, const char *actor, int64_t time);

#endif
