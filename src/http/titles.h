#ifndef HTTP_TITLES_H
#define HTTP_TITLES_H
/* http/titles.h — what members of answers, and the words in them, are called by people: the head and cells of an exported list. */
#include "base/cleanup.h"

/* Chinese; NULL: it has no title. */
MUST_USE const char *title_of(const char *member);

/* Chinese for a word of a member ("state", "drawn"); NULL: none. */
MUST_USE const char *title_word(const char *member, const char *word);

#endif
