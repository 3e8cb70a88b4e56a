/* store/draw_file.c — parts of bytes, one row each. */
#include "store/draw_file.h"

#include "base/status.h"

int draw_file_add(struct db *db, const struct draw_part *p)
{
	return db_run(db,
		      "insert into draw_file (draw, name, part, sealed, bytes)"
		      " values ($1, $2, $3, $4, $5)",
		      "itiib", p->draw, p->name, p->part, (int64_t)p->sealed, p->at, p->len);
}

int draw_file_replace(struct db *db, const struct draw_part *p)
{
	TRY(db_run(db,
		   "update draw_file set sealed = $4, bytes = $5"
		   " where draw = $1 and name = $2 and part = $3",
		   "itiib", p->draw, p->name, p->part, (int64_t)p->sealed, p->at, p->len));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int draw_file_walk(struct db *db, int64_t draw, const char *name, draw_file_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select part, sealed, bytes from draw_file where draw = $1 and name = $2"
		     " order by part",
		     "it", draw, name));
	while ((rc = db_next(r)) == DB_ROW) {
		struct draw_part p = { draw, name, db_i64(r, 0), db_i64(r, 1) != 0, NULL, 0 };
		p.at = db_bytes(r, 2, &p.len);
		TRY(each(arg, &p));
	}
	return rc;
}

int draw_file_names(struct db *db, struct arena *a, int64_t draw, const char ***ret,
		    size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	const char **names = NULL;
	size_t count = 0, room = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select name, count(*) over () from (select distinct name from draw_file"
		     " where draw = $1) as names order by name",
		     "i", draw));
	while ((rc = db_next(r)) == DB_ROW) {
		if (!names) {
			room = (size_t)db_i64(r, 1);
			names = arena_array(a, room, sizeof(*names));
		}
		if (count < room)
			names[count++] = arena_str(a, db_text(r, 0));
	}
	if (rc != DB_OK)
		return rc;
	*ret = names;
	*ret_count = count;
	return DB_OK;
}
