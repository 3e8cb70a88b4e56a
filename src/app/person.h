#ifndef APP_PERSON_H
#define APP_PERSON_H
/*
 * app/person.h — known people: who plans and draws, who may approve, sign and hold a share. Inspectors are no such people, they are in
 * their registry. The list begins with one person; from then on it changes only when another one of it agrees, and it
 * is never empty again. Rules of real data apply as soon as there are data, those of made-up data as soon as the list
 * has begun (person_check).
 */
#include "app/office.h"

enum person_role {
	PERSON_LEADER,
	PERSON_LEGAL,
	PERSON_DISCIPLINE,
	PERSON_ARCHIVE,
	PERSON_PLANNER,
	PERSON_ROLES
};

#define PERSON_BIT(role) (1u << (role))
/* Who agrees to what happens after a draw, and who may have the auditor's form. */
#define PERSON_APPROVERS                                                                           \
	(PERSON_BIT(PERSON_LEADER) | PERSON_BIT(PERSON_LEGAL) | PERSON_BIT(PERSON_DISCIPLINE))
/* Who acts for the bureau in plans and draws. */
#define PERSON_ACTORS (PERSON_BIT(PERSON_PLANNER) | PERSON_BIT(PERSON_LEADER))
#define PERSON_EVERYBODY (PERSON_BIT(PERSON_ROLES) - 1)
#define PERSON_HOLDERS (PERSON_BIT(PERSON_DISCIPLINE) | PERSON_BIT(PERSON_ARCHIVE))

/* "leader"; "负责人". */
MUST_USE const char *person_role_word(enum person_role role);
MUST_USE const char *person_role_chinese(enum person_role role);

/* The bit of a word, 0 if it is none. */
MUST_USE unsigned person_role_bit(const char *word);

struct person_change {
	const char *name, *role; /* a word */
	const char *approver;    /* of the list, another one than actor and subject; NULL: none */
};

/*
 * Adds a person: person.add. INVALID: nobody may act under that name, no such role, or another spelling of somebody in
 * the list; FORBIDDEN: nobody of the list agrees (the first needs nobody); CONFLICT: he has the role.
 */
MUST_USE int person_add(struct office *o, struct arena *a, const struct person_change *in);

/* A person leaves a role: person.leave. NONE; FORBIDDEN as above; CONFLICT: he is the last of the list. */
MUST_USE int person_leave(struct office *o, struct arena *a, const struct person_change *in);

/* Does the list bind: with real data always, with made-up data as soon as the ledger tells that it has begun. */
MUST_USE int person_in_force(const struct office *o, bool *ret);

struct person_shown {
	const char *name;
	enum person_role role;
	int64_t at, left_at;
	const char *actor;
};

/* All, those who left too, in order; in the arena. */
MUST_USE int person_list(struct office *o, struct arena *a, struct person_shown **ret,
			 size_t *ret_count);

/*
 * FORBIDDEN with o->why unless the list has this person now in one of these roles (bits); inside office_write.
 * Made-up data without a list know everybody.
 */
MUST_USE int person_check(struct office *o, const char *name, unsigned roles);

/*
 * The same of the actor himself. Who acts in a session of the server has been asked for his permission before
 * (app/permission.h): he passes.
 */
MUST_USE int person_acts(struct office *o, unsigned roles);

#endif
