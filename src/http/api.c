/* http/api.c — the list of tables. */
#include "http/api.h"

struct routes *api_routes(void)
{
	const struct route *const tables[] = { api_account, api_health, api_session };
	const size_t counts[] = { api_account_count, api_health_count, api_session_count };

	return routes_make(tables, counts, COUNT(tables));
}
