#ifndef CORE_ALIKE_H
#define CORE_ALIKE_H
/*
 * core/alike.h — names that a reader would take for one another. Ids, parties and places are compared byte
 * for byte everywhere else; here a second spelling of the same thing is found, so that it does not count
 * twice.
 */
#include "core/mem.h"

/* Equal once capitals are small letters and the punctuation of ids (. _ : -) is left out. */
CORE_MUST_USE bool alike(struct span a, struct span b);

/* Like the word "operator", with 0 taken for o; true for "operator" itself. */
CORE_MUST_USE bool alike_operator(struct span party);

/* Alike once digits at the end of both are left out ("hall", "Hall-2"); a name of digits alone stays as it is. */
CORE_MUST_USE bool alike_places(struct span a, struct span b);

/* Could both times be one? They are read as a date (yyyy-mm-dd, any punctuation) and what follows it. */
CORE_MUST_USE bool alike_times(struct span a, struct span b);

/* Equal draw ids once leading zeros of the number at their end are left out; both are draw ids. */
CORE_MUST_USE bool alike_draws(struct span a, struct span b);

#endif
