#ifndef APP_LIFE_PERSON_H
#define APP_LIFE_PERSON_H
/* app/life_person.h — who else agrees, and whether the one who acts is the inspector he says (app/office_person.h). */
#include "app/office.h"

/* INVALID with o->why if nobody may act under that name. */
MUST_USE int life_person_name(struct office *o, const char *name);

/*
 * Somebody other than the actor agrees: INVALID if nobody may act under that name, FORBIDDEN if it is the actor or no
 * known leader, lawyer or discipline officer (app/person.h). Counts inside office_write.
 */
MUST_USE int life_person_other(struct office *o, const char *name);

/* Two others than the actor agree, and are two persons; as life_person_other. */
MUST_USE int life_person_two(struct office *o, const char *first, const char *second);

/*
 * The actor is this inspector, by his number or by his name in the registry; inside office_write. FORBIDDEN with
 * o->why: he is not. Teams are no secret, so whoever says only that he is in one has proven nothing.
 */
MUST_USE int life_person_is(struct office *o, struct arena *a, const char *inspector);

/*
 * The actor may answer for a branch (six digits): an inspector, by his number or his name, whose districts have it,
 * or else, if he is no inspector, somebody of the list of people. FORBIDDEN with o->why. Inside office_write.
 */
MUST_USE int life_person_branch(struct office *o, const char *branch);

#endif
