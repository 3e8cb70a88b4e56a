/* store/draw_share.c — keys of parties, shares, holders of copies. */
#include "store/draw_share.h"

#include "base/status.h"

int draw_party_add(struct db *db, const char *party, const char *sign_key, int64_t since,
		   const char *actor)
{
	return db_run(db,
		      "insert into draw_party (party, sign_key, since, actor)"
		      " values ($1, $2, $3, $4)",
		      "ttit", party, sign_key, since, actor);
}

int draw_party_since(struct db *db, const char *party, const char *sign_key, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select since from draw_party where party = $1 and sign_key = $2",
		     "tt", party, sign_key));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int draw_party_walk(struct db *db, draw_party_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select party, sign_key, since, actor from draw_party"
		     " order by since, party, sign_key",
		     ""));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct draw_party_row row = { db_text(r, 0), db_text(r, 1), db_i64(r, 2),
						    db_text(r, 3) };
		TRY(each(arg, &row));
	}
	return rc;
}

int draw_share_add(struct db *db, int64_t draw, int64_t position, const struct draw_share_row *row)
{
	return db_run(
		db,
		"insert into draw_share (draw, position, party, commitment, sign_key, signature,"
		" opened, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
		"iittttti", draw, position, row->party, row->commitment, row->sign_key,
		row->signature, row->opened, row->opened_at);
}

int draw_share_list(struct db *db, struct arena *a, int64_t draw, struct draw_share_row *ret,
		    size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select party, commitment, sign_key, signature, opened, opened_at"
		     " from draw_share where draw = $1 order by position",
		     "i", draw));
	while ((rc = db_next(r)) == DB_ROW) {
		if (count == DRAW_SHARES_MOST)
			return TOO_LARGE;
		ret[count++] = (struct draw_share_row){
			arena_str(a, db_text(r, 0)), arena_str(a, db_text(r, 1)),
			arena_str(a, db_text(r, 2)), arena_str(a, db_text(r, 3)),
			arena_str(a, db_text(r, 4)), db_i64(r, 5)
		};
	}
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}

int draw_share_open(struct db *db, int64_t draw, const char *party, const char *opened, int64_t at)
{
	TRY(db_run(db,
		   "update draw_share set opened = $3, opened_at = $4"
		   " where draw = $1 and party = $2 and opened = ''",
		   "itti", draw, party, opened, at));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int draw_holder_add(struct db *db, int64_t draw, const struct draw_holder_row *row)
{
	return db_run(db,
		      "insert into draw_holder (draw, office, holder, at, rehearsed_at)"
		      " values ($1, $2, $3, $4, 0)",
		      "itti", draw, row->office, row->holder, row->at);
}

int draw_holder_list(struct db *db, struct arena *a, int64_t draw, struct draw_holder_row ret[2],
		     size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select office, holder, at, rehearsed_at from draw_holder where draw = $1"
		     " order by office desc",
		     "i", draw));
	while ((rc = db_next(r)) == DB_ROW && count < 2)
		ret[count++] = (struct draw_holder_row){ arena_str(a, db_text(r, 0)),
							 arena_str(a, db_text(r, 1)), db_i64(r, 2),
							 db_i64(r, 3) };
	if (rc != DB_OK && rc != DB_ROW)
		return rc;
	*ret_count = count;
	return DB_OK;
}

int draw_holder_rehearsed(struct db *db, int64_t draw, const char *office, int64_t at)
{
	TRY(db_run(db, "update draw_holder set rehearsed_at = $3 where draw = $1 and office = $2",
		   "iti", draw, office, at));
	return db_changed(db) == 1 ? DB_OK : NONE;
}
