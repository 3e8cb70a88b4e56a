#ifndef HTTP_API_H
#define HTTP_API_H
/* http/api.h — all endpoints, one group of routes a file api_*.c. */
#include "http/route.h"
#include "http/shape.h"

struct api_group {
	const char *name, *help; /* a word; Chinese */
	const struct route *routes;
	size_t count;
	const struct shape *shapes; /* of its answers; end with a row without name; NULL: none */
};

extern const struct api_group api_account, api_assist, api_draw, api_export, api_freeze, api_health,
	api_job, api_ledger, api_pages, api_plan, api_proposal, api_quality, api_registry,
	api_registry_change, api_rules, api_session, api_visit, api_whatif;

enum { API_GROUPS_MOST = 32 };

/* Those whose lists can be exported: all but api_export itself. */
#define API_LISTS                                                                                  \
	&api_session, &api_account, &api_registry, &api_registry_change, &api_quality, &api_rules, \
		&api_plan, &api_whatif, &api_draw, &api_freeze, &api_visit, &api_assist,           \
		&api_proposal, &api_job, &api_ledger, &api_health

typedef const struct api_group *const *api_these(size_t *ret_count);

/* All groups of the contract; those of API_LISTS; and all that the server answers to: the contract's and the pages. */
MUST_USE const struct api_group *const *api_groups(size_t *ret_count);
MUST_USE const struct api_group *const *api_lists(size_t *ret_count);
MUST_USE const struct api_group *const *api_served(size_t *ret_count);

/* Their routes as one table; free it with routes_free. */
MUST_USE struct routes *api_routes_of(api_these *these);

#endif
