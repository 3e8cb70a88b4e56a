#ifndef APP_OFFICE_PERSON_H
#define APP_OFFICE_PERSON_H
/*
 * app/office_person.h — names of those who act. "Two different persons" holds only if one cannot act under a
 * second spelling of his name, so names with anything that does not show are refused, and names are compared
 * without what makes spellings differ (app/office_fold.h). What is not caught: one person who gives two really different
 * names, 張三 and 张三 among them.
 */
#include "base/cleanup.h"

#include <stdbool.h>

enum { OFFICE_NAME_MOST = 200, OFFICE_REASON_MOST = 600 }; /* bytes */

/*
 * NULL if somebody may act under this name; else a Chinese sentence. Refused: an empty one, one of more than
 * OFFICE_NAME_MOST bytes, blanks at its ends, two in a row or other than the plain space, controls, characters
 * without width or that turn the direction of writing, noncharacters, compatibility forms of ideographs and
 * letters that look like others (full-width letters and digits are allowed), marks that stand alone, several scripts but
 * for Han and Latin, no letter and no digit at all, broken UTF-8.
 */
MUST_USE const char *office_name_wrong(const char *name);

/*
 * Can both names mean one person, so that they are not two? Width, case, blanks, punctuation, what does not show and
 * what only looks different to a computer are ignored. Never a proof that somebody is a person: for that names are equal.
 */
MUST_USE bool office_same_person(const char *a, const char *b);

/*
 * NULL if a reason says something; else a Chinese sentence: it is no UTF-8, has neither letter nor digit, more than
 * OFFICE_REASON_MOST bytes, control characters, or the identity number of a person. Every act with a reason asks here.
 */
MUST_USE const char *office_reason_wrong(const char *reason);

#endif
