/* http/api.c — the list of groups. */
#include "http/api.h"

static const struct api_group *const groups[] = {
	&api_session, &api_account, &api_registry, &api_registry_change, &api_rules,  &api_plan,
	&api_draw,    &api_visit,   &api_job,      &api_ledger,          &api_health,
};

const struct api_group *const *api_groups(size_t *ret_count)
{
	*ret_count = COUNT(groups);
	return groups;
}

struct routes *api_routes(void)
{
	const struct route *tables[COUNT(groups)];
	size_t counts[COUNT(groups)];

	for (size_t i = 0; i < COUNT(groups); i++) {
		tables[i] = groups[i]->routes;
		counts[i] = groups[i]->count;
	}
	return routes_make(tables, counts, COUNT(groups));
}
