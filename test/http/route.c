/* test/http/route.c — each target finds its row, or is told what there is. */
#include "http/route.h"

#include "base/status.h"
#include "unit.h"

static int nothing(struct request *q)
{
	(void)q;
	return OK;
}

#define ROW(method, path)                                                                          \
	{                                                                                          \
		method, path, nothing, PERM_SELF, 0, NULL, NULL, "", "204"                         \
	}
static const struct route some[] = {
	ROW(GATE_GET, "/api/v1/sites"),
	ROW(GATE_POST, "/api/v1/sites"),
	ROW(GATE_GET, "/api/v1/sites/{id}"),
	ROW(GATE_PATCH, "/api/v1/sites/{id}"),
	ROW(GATE_GET, "/api/v1/sites/{id}/history"),
	ROW(GATE_GET, "/api/v1/sites/quality"),
};
static const struct route others[] = {
	ROW(GATE_GET, "/healthz"),
	ROW(GATE_GET, "/api/v1/draws/{id}/shares/{party}"),
};
static const struct route rest[] = { ROW(GATE_GET, "/{page...}") };

static int find_in(size_t table_count, struct arena *a, enum gate_method method, const char *target,
		   const char **ret_path, const char *values[REQUEST_MOST_VALUES],
		   const char **ret_allow)
{
	const struct route *const tables[] = { some, others, rest };
	const size_t counts[] = { COUNT(some), COUNT(others), COUNT(rest) };
	struct routes *routes = routes_make(tables, counts, table_count);
	const struct route *route = NULL;
	struct target t;

	CHECK_INT(target_read(a, span_of(target), &t), OK);
	int rc = routes_find(routes, a, method, &t, values, &route, ret_allow);
	*ret_path = route ? route->path : "";
	routes_free(routes);
	return rc;
}

TEST(route_finds)
{
	static const struct {
		enum gate_method method;
		const char *target;
		int code;
		const char *path, *values[2], *allow;
	} cases[] = {
		{ GATE_GET, "/api/v1/sites", OK, "/api/v1/sites", { NULL }, NULL },
		{ GATE_HEAD, "/api/v1/sites?a=b", OK, "/api/v1/sites", { NULL }, NULL },
		{ GATE_GET, "/api/v1/sites/quality", OK, "/api/v1/sites/quality", { NULL }, NULL },
		{ GATE_GET, "/api/v1/sites/S-1", OK, "/api/v1/sites/{id}", { "S-1" }, NULL },
		{ GATE_GET, "/api/v1/sites/%7Bid%7D", OK, "/api/v1/sites/{id}", { "{id}" }, NULL },
		{ GATE_GET,
		  "/api/v1/sites/S-1/history",
		  OK,
		  "/api/v1/sites/{id}/history",
		  { "S-1" },
		  NULL },
		{ GATE_GET,
		  "/api/v1/draws/D/shares/P",
		  OK,
		  "/api/v1/draws/{id}/shares/{party}",
		  { "D", "P" },
		  NULL },
		{ GATE_DELETE, "/api/v1/sites", INVALID, "", { NULL }, "GET, HEAD, POST" },
		{ GATE_POST, "/api/v1/sites/S-1", INVALID, "", { NULL }, "GET, HEAD, PATCH" },
		{ GATE_GET, "/", NONE, "", { NULL }, NULL },
		{ GATE_GET, "/api/v1/sites/", NONE, "", { NULL }, NULL },
		{ GATE_GET, "/api/v1", NONE, "", { NULL }, NULL },
		{ GATE_GET, "/api/v1/sites/S-1/history/x", NONE, "", { NULL }, NULL },
		{ GATE_GET, "/api/v1/sitesx", NONE, "", { NULL }, NULL },
		{ GATE_GET, "/api/v1/draws/D/shares", NONE, "", { NULL }, NULL },
		{ GATE_GET, "/a/b/c/d/e/f/g/h/i/j", NONE, "", { NULL }, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		const char *path, *values[REQUEST_MOST_VALUES] = { NULL }, *allow = NULL;
		arena_init(&a);
		int rc = find_in(2, &a, cases[i].method, cases[i].target, &path, values, &allow);
		unit_check(rc == cases[i].code && strcmp(path, cases[i].path) == 0, __FILE__,
			   __LINE__, "%s: %d %s", cases[i].target, rc, path);
		for (size_t k = 0; k < 2 && cases[i].values[k]; k++)
			CHECK_STR(values[k], cases[i].values[k]);
		if (cases[i].allow)
			CHECK_STR(allow, cases[i].allow);
	}
}

TEST(route_gives_the_rest_to_the_row_that_takes_it)
{
	static const struct {
		enum gate_method method;
		const char *target;
		int code;
		const char *path;
	} cases[] = {
		{ GATE_GET, "/", OK, "/{page...}" },
		{ GATE_HEAD, "/", OK, "/{page...}" },
		{ GATE_GET, "/field/", OK, "/{page...}" },
		{ GATE_GET, "/a/b/c/d/e/f/g/h/i/j/k.js", OK, "/{page...}" },
		{ GATE_GET, "/%7Bpage...%7D", OK, "/{page...}" },
		{ GATE_GET, "/healthz", OK, "/healthz" },
		{ GATE_GET, "/api/v1/sites/S-1", OK, "/api/v1/sites/{id}" },
		{ GATE_POST, "/field/", INVALID, "" },
		{ GATE_GET, "/api", NONE, "" },
		{ GATE_GET, "/api/v1/nothing", NONE, "" },
		{ GATE_GET, "/healthz/", NONE, "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		const char *path, *values[REQUEST_MOST_VALUES] = { NULL }, *allow = NULL;
		arena_init(&a);
		int rc = find_in(3, &a, cases[i].method, cases[i].target, &path, values, &allow);
		unit_check(rc == cases[i].code && strcmp(path, cases[i].path) == 0, __FILE__,
			   __LINE__, "%s: %d %s", cases[i].target, rc, path);
		if (rc == INVALID)
			CHECK_STR(allow, "GET, HEAD");
	}
}
