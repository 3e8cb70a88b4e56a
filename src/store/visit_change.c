/* store/visit_change.c — changes after the draw; rows are added, hardly anything is updated. */
#include "store/visit_change.h"

#include "base/status.h"

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

int visit_change_add(struct db *db, const struct visit_change *c)
{
	return db_run(db,
		      "insert into visit_change (draw, visit, kind, at, actor, evidence, approver,"
		      " second, left_member, new_member, new_visit, words)"
		      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		      "ittittttttt"
		      "b",
		      c->draw, c->visit, c->kind, c->at, c->actor, c->evidence, c->approver,
		      c->second, c->left_member, c->new_member, or_null(c->new_visit), c->words,
		      c->words_len);
}

int visit_change_walk(struct db *db, int64_t draw, visit_change_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select key, draw, visit, kind, at, actor, evidence, approver, second,"
		     " left_member, new_member, coalesce(new_visit, ''), words from visit_change"
		     " where draw = $1 order by key",
		     "i", draw));
	while ((rc = db_next(r)) == DB_ROW) {
		struct visit_change c = { db_i64(r, 0),   db_i64(r, 1),
					  db_text(r, 2),  db_text(r, 3),
					  db_i64(r, 4),   db_text(r, 5),
					  db_text(r, 6),  db_text(r, 7),
					  db_text(r, 8),  db_text(r, 9),
					  db_text(r, 10), db_text(r, 11),
					  NULL,           0 };
		c.words = db_bytes(r, 12, &c.words_len);
		TRY(each(arg, &c));
	}
	return rc;
}

int visit_certain_add(struct db *db, const struct visit_certain *c)
{
	return db_run(db,
		      "insert into visit_certain (visit, body, sealed, at)"
		      " values ($1, $2, $3, $4)",
		      "ttbi", c->visit, c->body, c->sealed, c->sealed_len, c->at);
}

int visit_certain_walk(struct db *db, const char *body, visit_certain_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select key, visit, body, sealed, at from visit_certain"
		     " where used_by is null and body = $1 order by key",
		     "t", body));
	while ((rc = db_next(r)) == DB_ROW) {
		struct visit_certain c = { .key = db_i64(r, 0),
					   .visit = db_text(r, 1),
					   .body = db_text(r, 2),
					   .at = db_i64(r, 4) };
		c.sealed = db_bytes(r, 3, &c.sealed_len);
		TRY(each(arg, &c));
	}
	return rc;
}

int visit_certain_use(struct db *db, int64_t key, int64_t draw)
{
	TRY(db_run(db, "update visit_certain set used_by = $2 where key = $1 and used_by is null",
		   "ii", key, draw));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int visit_certain_give_back(struct db *db, int64_t draw)
{
	return db_run(db, "update visit_certain set used_by = null where used_by = $1", "i", draw);
}

int visit_press_add(struct db *db, const struct visit_press *p)
{
	return db_run(
		db,
		"insert into visit_press (draw, branch, at, actor, words, answer_by, answered_at,"
		" answered_by, answer) values ($1, $2, $3, $4, $5, $6, 0, '', '')",
		"ititti", p->draw, p->branch, p->at, p->actor, p->words, p->answer_by);
}

#define PRESS_COLUMNS                                                                              \
	"key, draw, branch, actor, words, at, answer_by, answered_at, answered_by, answer"

static struct visit_press read_press(struct db_rows *r)
{
	return (struct visit_press){ db_i64(r, 0),  db_i64(r, 1), db_text(r, 2), db_text(r, 3),
				     db_text(r, 4), db_i64(r, 5), db_i64(r, 6),  db_i64(r, 7),
				     db_text(r, 8), db_text(r, 9) };
}

int visit_press_next(struct db *db, struct arena *a, int64_t draw, const char *branch,
		     struct visit_press *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " PRESS_COLUMNS " from visit_press where draw = $1 and branch = $2"
		     " and answered_at = 0 order by key limit 1",
		     "it", draw, branch));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_press(r);
	ret->branch = arena_str(a, ret->branch);
	ret->actor = arena_str(a, ret->actor);
	ret->words = arena_str(a, ret->words);
	ret->answered_by = ret->answer = "";
	return DB_OK;
}

int visit_press_answer(struct db *db, const struct visit_press *p)
{
	TRY(db_run(db,
		   "update visit_press set answered_at = $2, answered_by = $3, answer = $4"
		   " where key = $1 and answered_at = 0",
		   "iitt", p->key, p->answered_at, p->answered_by, p->answer));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int visit_press_walk(struct db *db, int64_t draw, visit_press_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select " PRESS_COLUMNS " from visit_press where draw = $1 order by key", "i",
		     draw));
	while ((rc = db_next(r)) == DB_ROW) {
		struct visit_press p = read_press(r);
		TRY(each(arg, &p));
	}
	return rc;
}
