/* store/proposal.c — tables proposal and proposal_voice. */
#include "store/proposal.h"

#include "base/status.h"

#define COLUMNS                                                                                    \
	" p.key, p.id, p.kind, p.subject, p.asker, a.person, p.at, p.state, p.ended_at,"           \
	" p.request, p.result from proposal as p join account as a on a.key = p.asker"

static const void *bytes(struct db_rows *r, int column, struct arena *a, size_t *ret_len)
{
	const void *at = db_bytes(r, column, ret_len);

	return at ? arena_mem(a, at, *ret_len) : NULL;
}

static void read_row(struct db_rows *r, struct arena *a, struct proposal_row *ret)
{
	enum { REQUEST = 9, RESULT = 10 };

	*ret = (struct proposal_row){ .key = db_i64(r, 0),
				      .id = arena_str(a, db_text(r, 1)),
				      .kind = arena_str(a, db_text(r, 2)),
				      .subject = arena_str(a, db_text(r, 3)),
				      .asker = db_i64(r, 4),
				      .person = arena_str(a, db_text(r, 5)),
				      .at = db_i64(r, 6),
				      .state = arena_str(a, db_text(r, 7)),
				      .ended_at = db_i64(r, 8) };
	ret->request = bytes(r, REQUEST, a, &ret->request_len);
	ret->result = bytes(r, RESULT, a, &ret->result_len);
}

int proposal_row_add(struct db *db, const struct proposal_row *row)
{
	return db_run(db,
		      "insert into proposal (id, kind, subject, asker, request, at, state)"
		      " values ($1, $2, $3, $4, $5, $6, 'open')",
		      "tttibi", row->id, row->kind, row->subject, row->asker, row->request,
		      row->request_len, row->at);
}

int proposal_row_get(struct db *db, struct arena *a, const char *id, struct proposal_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select" COLUMNS " where p.id = $1", "t", id));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	read_row(r, a, ret);
	return DB_OK;
}

int proposal_row_newest(struct db *db, struct arena *a, bool open, int64_t below, size_t most,
			struct proposal_row *ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	*ret_count = 0;
	TRY(db_query(db, &r,
		     "select" COLUMNS " where p.key < $1 and (p.state = 'open' or $2 = 0)"
		     " order by p.key desc limit $3",
		     "iii", below, (int64_t)open, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW)
		read_row(r, a, &ret[(*ret_count)++]);
	return rc;
}

int proposal_row_end(struct db *db, const struct proposal_row *row)
{
	TRY(db_run(db,
		   "update proposal set state = $2, result = $3, ended_at = $4"
		   " where key = $1 and state = 'open'",
		   "itbi", row->key, row->state, row->result, row->result_len, row->ended_at));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int proposal_voice_add(struct db *db, int64_t proposal, const struct proposal_voice_row *voice)
{
	return db_run(db,
		      "insert into proposal_voice (proposal, account, agree, reason, at)"
		      " values ($1, $2, $3, $4, $5)",
		      "iiiti", proposal, voice->account, (int64_t)voice->agree, voice->reason,
		      voice->at);
}

int proposal_voice_list(struct db *db, struct arena *a, int64_t proposal, size_t most,
			struct proposal_voice_row *ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	*ret_count = 0;
	TRY(db_query(db, &r,
		     "select v.account, a.person, v.agree, v.reason, v.at from proposal_voice as v"
		     " join account as a on a.key = v.account where v.proposal = $1"
		     " order by v.at, v.account limit $2",
		     "ii", proposal, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW)
		ret[(*ret_count)++] =
			(struct proposal_voice_row){ .account = db_i64(r, 0),
						     .person = arena_str(a, db_text(r, 1)),
						     .agree = db_i64(r, 2) != 0,
						     .reason = arena_str(a, db_text(r, 3)),
						     .at = db_i64(r, 4) };
	return rc;
}
