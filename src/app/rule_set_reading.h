#ifndef APP_RULE_SET_READING_H
#define APP_RULE_SET_READING_H
/* app/rule_set_reading.h — where the reader of a rule set is, and how it tells a mistake. Private to it. */
#include "app/plan_notes.h"

#include <stdbool.h>

enum { RULE_PATH = 256 };

struct rule_reading {
	struct arena *arena;
	struct plan_notes *notes;
	size_t refused; /* in the notes before */
	char path[RULE_PATH];
	size_t path_len;
};

/* Goes one step down ("basis" or, from a list, index i); returns what rule_back needs. */
size_t rule_into(struct rule_reading *r, const char *key);
size_t rule_into_item(struct rule_reading *r, size_t index);
void rule_back(struct rule_reading *r, size_t mark);

/* "<path>：<sentence>" as a refusal, unless there are too many already. */
PRINTF(2, 3) void rule_wrong(struct rule_reading *r, const char *format, ...);

/* There was a mistake. */
MUST_USE bool rule_bad(const struct rule_reading *r);

/* Enough was told. */
MUST_USE bool rule_enough(const struct rule_reading *r);

#endif
