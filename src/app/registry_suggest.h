#ifndef APP_REGISTRY_SUGGEST_H
#define APP_REGISTRY_SUGGEST_H
/*
 * app/registry_suggest.h — sites that may be one, compared as an import compares rows: the same code and address,
 * or the same name in the same county, with the same address, or unless their codes differ. The program
 * only suggests; a person confirms or refuses with a reason (results as in app/registry_merge.h).
 */
#include "app/registry_change.h"
#include "store/registry_suggestion.h"

enum { REGISTRY_SUGGESTIONS_MOST = 100000 };

/*
 * Looks through the whole registry and keeps the pairs that are new. *ret_found: how many pairs agree,
 * *ret_fresh: how many of them are newly open. At most REGISTRY_SUGGESTIONS_MOST pairs are looked for at a time;
 * *ret_found is that number then, and deciding some makes room for the next.
 */
MUST_USE int registry_suggest_find(struct office *o, int64_t *ret_found, int64_t *ret_fresh);

/* One open pair becomes one site; `survivor` is one of the two numbers. */
MUST_USE int registry_suggest_confirm(const struct registry_act *act, int64_t suggestion,
				      const char *survivor, int64_t *ret_change);

/* They are two; this pair is never suggested again. One entry of the ledger: registry.suggestion. */
MUST_USE int registry_suggest_refuse(const struct registry_act *act, int64_t suggestion);

/* One suggestion with the names and addresses of its rows; strings live in the arena. */
struct registry_suggested {
	struct registry_suggestion suggestion;
	struct span first[REGISTRY_FIELDS_MOST], second[REGISTRY_FIELDS_MOST];
};

struct registry_suggested_page {
	struct registry_suggested *rows;
	size_t count;
	int64_t total; /* in that state */
};

/* Those in a state (open, confirmed, refused) above number `after`, at most 1000. */
MUST_USE int registry_suggest_list(struct office *o, struct arena *a,
				   const struct registry_suggestion_page *in,
				   struct registry_suggested_page *ret);

/* 同一信用代码和地址, 名称和地址相同, 名称和县区相同. */
MUST_USE const char *registry_suggest_basis(const char *basis);

#endif
