#ifndef APP_RULE_SET_SHIPPED_H
#define APP_RULE_SET_SHIPPED_H
/* app/rule_set_shipped.h — the rule sets of rules/, built into the program by tools/embed-rules.py. */
#include <stddef.h>

struct rule_set_shipped {
	const char *name; /* its id */
	const char *text; /* the file */
	size_t len;
};

extern const struct rule_set_shipped rule_sets_shipped[];
extern const size_t rule_sets_shipped_count;

#endif
