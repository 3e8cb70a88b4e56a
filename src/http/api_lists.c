/* http/api_lists.c — all groups but the one that exports what they list. */
#include "http/api.h"

#include <assert.h>

static const struct api_group *const groups[] = { API_LISTS };

const struct api_group *const *api_lists(size_t *ret_count)
{
	*ret_count = COUNT(groups);
	return groups;
}

struct routes *api_routes_of(api_these *these)
{
	const struct route *tables[API_GROUPS_MOST];
	size_t counts[API_GROUPS_MOST], count;
	const struct api_group *const *list = these(&count);

	assert(count <= API_GROUPS_MOST);
	for (size_t i = 0; i < count; i++) {
		tables[i] = list[i]->routes;
		counts[i] = list[i]->count;
	}
	return routes_make(tables, counts, count);
}
