#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H
/*
 * app/account.h — accounts from their first link to their end. An account has one person, under whose name its acts are
 * written down; nobody has two. Refusals are said in o->why. Codes: base/status.h and db/db.h.
 */
#include "app/account_policy.h"
#include "app/account_secret.h"
#include "app/office.h"
#include "app/permission.h"
#include "store/account.h"

struct account {
	struct account_row row;
	enum account_kind kind;
	unsigned roles;   /* bits 1 << enum role */
	uint64_t may;     /* bits of permissions */
	const char *rank; /* what the ledger calls its roles: "planner,reviewer", "security" */
};

/* Completes what a row says by its roles and rights. */
MUST_USE int account_fill(struct office *o, struct arena *a, const struct account_row *row,
			  struct account *ret);

/* From here on the office acts as this account, with its roles and scope (app/scope.h); NULL: as nobody, with none. */
void account_enter(const struct account *account, struct office *o);

/* NONE and why: there is no such account. id: its public id. */
MUST_USE int account_find(struct office *o, struct arena *a, const char *id, struct account *ret);

enum { ACCOUNT_NAME_MOST = 32, ACCOUNT_PERSON_MOST = 64 }; /* bytes */

struct account_invited {
	char name[ACCOUNT_NAME_MOST + 1], person[ACCOUNT_PERSON_MOST + 1];
	char token[ACCOUNT_TOKEN]; /* told once; good for the policy's ticket_ms */
};

enum { ACCOUNT_FIRST = 3 };

/*
 * The first start: makes the three administrators, invited, if there is no account yet (else CONFLICT), logs
 * account.begin.
 */
MUST_USE int account_begin(struct office *o, const struct account_policy *policy,
			   struct account_invited ret[ACCOUNT_FIRST]);

struct account_new {
	const char *name;   /* 3 to 32 of a-z 0-9 . _ -, beginning with a letter */
	const char *person; /* see office_person.h, at most 64 bytes */
	enum account_kind kind;
	const char *county;     /* codes of six digits joined by ','; "": the whole city */
	const char *department; /* "": our own; at most 64 characters */
	const char *inspector;  /* registry number, or "" */
};

/* Makes one, invited, logs account.create. CONFLICT: name, person (in any spelling) or inspector has one. */
MUST_USE int account_create(struct office *o, const struct account_policy *policy,
			    const struct account_new *in, struct account_invited *ret);

/*
 * A new link, the old ones being void: for one who lost it or his password; logs account.invite. An active account
 * loses its roles by it, and is given them again by two persons.
 */
MUST_USE int account_invite(struct office *o, const struct account_policy *policy, const char *id,
			    struct account_invited *ret);

/*
 * Uses a link: sets the password, ends all sessions, logs account.activate. NONE: no such link, used, or too late;
 * INVALID: the password.
 */
MUST_USE int account_activate(struct office *o, const struct account_policy *policy,
			      const char *token, const char *password);

/*
 * Changes what a person is responsible for (county, department, inspector; NULL: as it is) if it still has `version`;
 * logs account.edit. CONFLICT: changed meanwhile.
 */
MUST_USE int account_edit(struct office *o, const char *id, int64_t version, const char *county,
			  const char *department, const char *inspector);

/* Clears a lock; logs account.unlock. */
MUST_USE int account_unlock(struct office *o, const char *id);

/* Closes it for good, with its sessions; logs account.close. FORBIDDEN: the last active one of an administrator's kind. */
MUST_USE int account_close(struct office *o, const char *id, int64_t version);

#endif
