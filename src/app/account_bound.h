#ifndef APP_ACCOUNT_BOUND_H
#define APP_ACCOUNT_BOUND_H
/*
 * app/account_bound.h — what gives rights is not believed because it stands in the database: an account with its roles
 * carries a keyed hash, under a key outside, over all that decides what it may do and over the time of the last act
 * about it, which must be that of its last entry in the ledger. An older state of the row, tag and all, does not fit that entry.
 * Sessions and links carry one over whose they are and over the password (its hash) that the account had then: a new one ends
 * them all, whatever their rows say.
 */
#include "app/keys.h"
#include "app/office.h"
#include "store/account.h"
#include "store/account_session.h"

/* Writes the tag, with the roles as bits; inside office_write, before the act's entry. */
MUST_USE int account_bind(struct office *o, const struct account_row *row, unsigned roles);

/* FORBIDDEN with o->why unless it carries its tag and its last act is that of the ledger. */
MUST_USE int account_known(struct office *o, const struct account_row *row, unsigned roles);

/*
 * The tag that a session or a link must carry. A session's is over the time when it was last seen, so that it is made anew
 * with each; that one was ended by its owner is told by the ledger's entry about it.
 */
void account_session_tag(const struct keys *keys, const struct account_session_row *session,
			 const char *password, char ret[KEYS_TAG]);
void account_ticket_tag(const struct keys *keys, const struct account_ticket *ticket,
			const char *password, char ret[KEYS_TAG]);

#endif
