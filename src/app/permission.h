#ifndef APP_PERMISSION_H
#define APP_PERMISSION_H
/*
 * app/permission.h — who may do what: one table of roles and one of administrators. The three administrators
 * (三员) have no business permission, and business roles administer nothing.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum permission {
	PERM_SELF, /* one's own sessions, password, one-time passwords: everybody who is logged in */

	PERM_ACCOUNTS_READ,
	PERM_ACCOUNTS_EDIT, /* make, change, close; ask for roles */
	PERM_GRANTS_DECIDE,
	PERM_ACCOUNTS_UNLOCK,
	PERM_LEDGER_READ, /* search, prove */
	PERM_LEDGER_EXPORT,
	PERM_LOGINS_READ,

	PERM_REGISTRY_READ,
	PERM_REGISTRY_EDIT,
	PERM_RULES_READ,
	PERM_RULES_EDIT,
	PERM_PLAN_READ,
	PERM_PLAN_EDIT,
	PERM_PLAN_APPROVE,
	PERM_DRAW_READ,
	PERM_DRAW_PREPARE, /* prepare, freeze, run, cancel */
	PERM_DRAW_APPROVE, /* as the legal or the discipline office */
	PERM_DRAW_HOLD,    /* keep a copy of the share, open it */
	PERM_DRAW_ANNUL,
	PERM_DRAW_ANSWER, /* for a branch that is pressed */
	PERM_DRAW_AUDIT,  /* the auditor's form of an export */
	PERM_VISIT_READ,
	PERM_VISIT_OWN, /* accept, record and end one's own */
	PERM_VISIT_REPLACE,
	PERM_VISIT_APPROVE, /* second person of a replacement, an ending, an opening */
	PERM_VISIT_OPEN,    /* read a sealed name, with a reason */
	PERM_UPLOAD,        /* send files, use one's own */
	PERM_JOB,           /* one's own long work, and the files that it made: everybody */

	PERMISSIONS
};

enum account_kind { KIND_SYSTEM, KIND_SECURITY, KIND_AUDIT, KIND_BUSINESS, ACCOUNT_KINDS };

enum role {
	ROLE_AUDITOR,
	ROLE_DISCIPLINE,
	ROLE_INSPECTOR,
	ROLE_JOINT,
	ROLE_LEADER,
	ROLE_LEGAL,
	ROLE_PLANNER,
	ROLE_REVIEWER,
	ROLES
};

/* Stable words ("system", "planner") and Chinese ones; INVALID for a word that is none. */
MUST_USE const char *account_kind_word(enum account_kind kind);
MUST_USE const char *account_kind_chinese(enum account_kind kind);
MUST_USE int account_kind_read(const char *word, enum account_kind *ret);
MUST_USE const char *role_word(enum role role);
MUST_USE const char *role_chinese(enum role role);
MUST_USE int role_read(const char *word, enum role *ret);

/* Is there a role among these (bits) that nobody may have beside this one? *ret: the first. */
MUST_USE bool role_conflict(unsigned roles, enum role role, enum role *ret);

/* A stable word of a permission, "draw.prepare", and what it allows, in Chinese. */
MUST_USE const char *permission_word(enum permission permission);
MUST_USE const char *permission_chinese(enum permission permission);

/* What somebody of that kind with these roles (bits 1 << role; none unless KIND_BUSINESS) may do, as bits. */
MUST_USE uint64_t permission_set(enum account_kind kind, unsigned roles);

MUST_USE static inline bool permission_has(uint64_t set, enum permission permission)
{
	return (set >> permission & 1) != 0;
}

#endif
