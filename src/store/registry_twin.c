/* store/registry_twin.c — groups of rows by code and by name with county, streamed. */
#include "store/registry_twin.h"

#include "store/registry_last.h"

#include <string.h>

static int walk(struct db_rows *r, registry_twin_each *each, void *arg)
{
	int rc;

	while ((rc = db_next(r)) == DB_ROW) {
		struct registry_twin t = { db_text(r, 0), db_text(r, 1), db_text(r, 2),
					   strlen(db_text(r, 2)) };
		TRY(each(arg, &t));
	}
	return rc;
}

int registry_twin_codes(struct db *db, const char *registry, registry_twin_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select r.code, r.id, v.cells from registry_row as r" REGISTRY_JOIN_LAST(
			"r.key") " where r.registry = $1 and r.code in"
				 " (select code from registry_row where registry = $1 and code <> ''"
				 " group by code having count(*) > 1) order by r.code, r.id",
		"t", registry));
	return walk(r, each, arg);
}

int registry_twin_names(struct db *db, const char *registry, registry_twin_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select replace(replace(replace(r.name, ' ', ''), '（', '('), '）', ')') || ' ' || f.county,"
		" r.id, v.cells from registry_row as r join registry_facet as f on f.id = r.facet" REGISTRY_JOIN_LAST(
			"r.key") " where r.registry = $1 and f.state <> 'merged'"
				 " and replace(replace(replace(r.name, ' ', ''), '（', '('), '）', ')') || ' ' || f.county in"
				 " (select replace(replace(replace(s.name, ' ', ''), '（', '('), '）', ')') || ' ' || g.county"
				 " from registry_row as s join registry_facet as g on g.id = s.facet"
				 " where s.registry = $1 and s.name <> '' and g.state <> 'merged'"
				 " group by 1 having count(*) > 1) order by 1, 2",
		"t", registry));
	return walk(r, each, arg);
}
