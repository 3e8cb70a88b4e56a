#ifndef APP_PERSON_TOLD_H
#define APP_PERSON_TOLD_H
/*
 * app/person_told.h — the list of people as the ledger tells it. Rows may be put in and taken out for the moment of an act;
 * entries of this program's own cannot be made without its key.
 */
#include "app/office.h"

/* A change of the list, the oldest first. */
struct person_told {
	bool own; /* its words and its document are this program's own; else the names are "" */
	bool comes;
	const char *role, *name;
	const char *approver; /* "-": the first one needed nobody */
	struct person_told *next;
};

/* All changes, in the arena; NULL: the list has not begun. Not while rows of another statement are open. */
MUST_USE int person_told(const struct office *o, struct arena *a, struct person_told **ret);

/* Has the list begun? */
MUST_USE int person_told_begun(const struct office *o, bool *ret);

/* In how many roles somebody of that name, "" anybody, is on the list after the changes before `end`; NULL: after all. */
MUST_USE size_t person_told_roles(const struct person_told *list, const struct person_told *end,
				  const char *name);

#endif
