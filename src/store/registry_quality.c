/* store/registry_quality.c — rows beside the time of their change; open suggestions by county. */
#include "store/registry_quality.h"

#include "store/registry_last.h"

#include <string.h>

enum { BATCH = 5000, ID_ROOM = 65 };

struct walk {
	const char *registry;
	registry_quality_each *each;
	void *arg;
	char last[ID_ROOM];
};

static int walk_piece(struct db *db, struct walk *w, int *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc, count = 0;

	TRY(db_query(db, &r,
		     "select r.id, v.cells, c.at from registry_row as r" REGISTRY_JOIN_LAST(
			     "r.key") " join registry_change as c on c.id = v.change"
				      " where r.registry = $1 and r.id > $2 order by r.id limit $3",
		     "tti", w->registry, w->last, (int64_t)BATCH));
	while ((rc = db_next(r)) == DB_ROW) {
		const char *id = db_text(r, 0);
		if (++count == BATCH)
			memcpy(w->last, id, strnlen(id, ID_ROOM - 1) + 1);
		TRY(w->each(w->arg, db_text(r, 1), strlen(db_text(r, 1)), db_i64(r, 2)));
	}
	*ret_count = count;
	return rc;
}

static int walk_all(struct db *db, void *arg)
{
	int count;

	do
		TRY(walk_piece(db, arg, &count));
	while (count == BATCH);
	return DB_OK;
}

int registry_quality_walk(struct db *db, const char *registry, registry_quality_each *each,
			  void *arg)
{
	struct walk w = { registry, each, arg, "" };

	return db_read(db, walk_all, &w);
}

int registry_doubles_walk(struct db *db, const char *registry, registry_doubles_each *each,
			  void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select d.county, count(*) from registry_suggestion as s"
		     " join registry_row as a on a.key = s.first_row"
		     " join registry_row as b on b.key = s.second_row"
		     " join registry_facet as c on c.id = a.facet"
		     " join registry_facet as d on d.id = b.facet"
		     " where s.registry = $1 and s.state = 'open'"
		     " and c.state <> 'merged' and d.state <> 'merged'"
		     " group by d.county order by d.county",
		     "t", registry));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_i64(r, 1)));
	return rc;
}
