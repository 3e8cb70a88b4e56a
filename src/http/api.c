/* http/api.c — the list of tables. */
#include "http/api.h"

struct routes *api_routes(void)
{
	const struct route *const tables[] = { api_health };
	const size_t counts[] = { api_health_count };

	return routes_make(tables, counts, COUNT(tables));
}
