/* store/job.c — table job. */
#include "store/job.h"

#include "base/status.h"

#define COLUMNS                                                                                    \
	" key, id, kind, account, state, made_at, started_at, ended_at, worker, tries,"            \
	" (select count(*) from job_act as a where a.job = job.key), stop, step, done, total, file_tag, file_name, file_size"

enum { REQUEST = 18, ANSWER = 19 };

static void read_row(struct db_rows *r, struct arena *a, struct job_row *ret)
{
	*ret = (struct job_row){ .key = db_i64(r, 0),
				 .id = arena_str(a, db_text(r, 1)),
				 .kind = arena_str(a, db_text(r, 2)),
				 .account = db_i64(r, 3),
				 .state = arena_str(a, db_text(r, 4)),
				 .made_at = db_i64(r, 5),
				 .started_at = db_i64(r, 6),
				 .ended_at = db_i64(r, 7),
				 .worker = arena_str(a, db_text(r, 8)),
				 .tries = db_i64(r, 9),
				 .acted = db_i64(r, 10) != 0,
				 .stop = db_i64(r, 11) != 0,
				 .step = arena_str(a, db_text(r, 12)),
				 .done = db_i64(r, 13),
				 .total = db_i64(r, 14),
				 .file_tag = arena_str(a, db_text(r, 15)),
				 .file_name = arena_str(a, db_text(r, 16)),
				 .file_size = db_i64(r, 17) };
}

static const void *bytes(struct db_rows *r, int column, struct arena *a, size_t *ret_len)
{
	const void *at = db_bytes(r, column, ret_len);

	return at ? arena_mem(a, at, *ret_len) : NULL;
}

static int only(struct db_rows *r, struct arena *a, struct job_row *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	read_row(r, a, ret);
	ret->request = bytes(r, REQUEST, a, &ret->request_len);
	ret->answer = bytes(r, ANSWER, a, &ret->answer_len);
	return DB_OK;
}

static int number(struct db_rows *r, int64_t *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? DB_FAILED : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

/* One row was changed, or it was not as it had to be. */
static int changed(struct db *db)
{
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int job_row_add(struct db *db, const struct job_row *row)
{
	return db_run(db,
		      "insert into job (id, kind, account, state, request, made_at)"
		      " values ($1, $2, $3, 'queued', $4, $5)",
		      "ttibi", row->id, row->kind, row->account, row->request, row->request_len,
		      row->made_at);
}

int job_row_get(struct db *db, struct arena *a, int64_t account, const char *id,
		struct job_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" COLUMNS ", request, answer from job where id = $1 and account = $2",
		     "ti", id, account));
	return only(r, a, ret);
}

int job_row_newest(struct db *db, struct arena *a, int64_t account, int64_t below, size_t most,
		   struct job_row *ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	*ret_count = 0;
	TRY(db_query(db, &r,
		     "select" COLUMNS
		     " from job where account = $1 and key < $2 order by key desc limit $3",
		     "iii", account, below, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW)
		read_row(r, a, &ret[(*ret_count)++]);
	return rc;
}

int job_row_count(struct db *db, int64_t account, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from job where account = $1", "i", account));
	return number(r, ret);
}

int job_row_open(struct db *db, int64_t account, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select count(*) from job where account = $1 and state in ('queued', 'running')",
		"i", account));
	return number(r, ret);
}

int job_row_stop(struct db *db, int64_t key, int64_t now)
{
	TRY(db_run(
		db,
		"update job set state = case when state = 'queued' then 'cancelled' else state end,"
		" ended_at = case when state = 'queued' then cast($2 as bigint) else null end, stop = 1"
		" where key = $1 and state in ('queued', 'running')",
		"ii", key, now));
	return changed(db);
}

int job_row_again(struct db *db, int64_t key, int64_t now)
{
	TRY(db_run(
		db,
		"update job set state = 'queued', made_at = $2, started_at = null, ended_at = null,"
		" answer = null, worker = '', tries = 0, stop = 0, step = '', done = 0, total = 0"
		" where key = $1 and state in ('failed', 'cancelled') and not exists (select 1 from job_act as a where a.job = job.key)",
		"ii", key, now));
	return changed(db);
}

int job_row_sweep(struct db *db, int64_t before)
{
	TRY(db_run(db, "delete from job_act where job in (select key from job where ended_at < $1)",
		   "i", before));
	return db_run(db, "delete from job where ended_at < $1", "i", before);
}

/*
 * Imports take turns: of two at once the second finds the registry changed and begins again, and each would hold a worker.
 * $1 is `lost`, $2 the worker.
 */
#define WHERE_FREE                                                                                 \
	" from job where state in ('queued', 'running')"                                           \
	" and (state = 'queued' or beat_at < $1 or worker = $2)"                                   \
	" and not (kind = 'import' and exists (select 1 from job as other"                         \
	" where other.kind = 'import' and other.state = 'running' and other.beat_at >= $1"         \
	" and other.worker <> $2 and other.key <> job.key))"

static int next_job(struct db *db, struct arena *a, const char *worker, int64_t lost,
		    struct job_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" COLUMNS ", request, answer" WHERE_FREE " order by key limit 1", "it",
		     lost, worker));
	return only(r, a, ret);
}

int job_row_waits(struct db *db, const char *worker, int64_t lost, bool *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select 1" WHERE_FREE " limit 1", "it", lost, worker));
	int rc = db_next(r);
	*ret = rc == DB_ROW;
	return rc == DB_ROW ? DB_OK : rc;
}

int job_row_take(struct db *db, struct arena *a, const char *worker, int64_t now, int64_t lost,
		 struct job_row *ret)
{
	TRY(next_job(db, a, worker, lost, ret));
	TRY(db_run(db,
		   "update job set state = 'running', worker = $3, beat_at = $4, tries = tries + 1,"
		   " started_at = coalesce(started_at, $4)"
		   " where key = $1 and worker = $2",
		   "itti", ret->key, ret->worker, worker, now));
	TRY(changed(db));
	ret->worker = arena_str(a, worker);
	ret->tries++;
	return DB_OK;
}

int job_row_beat(struct db *db, const struct job_row *row, int64_t now, bool *ret_stop)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "update job set beat_at = $3, step = $4, done = $5, total = $6"
		     " where key = $1 and worker = $2 and state = 'running' returning stop",
		     "ititii", row->key, row->worker, now, row->step, row->done, row->total));
	rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? CONFLICT : rc;
	*ret_stop = db_i64(r, 0) != 0;
	return DB_OK;
}

int job_row_acted(struct db *db, const struct job_row *row)
{
	return db_run(db, "insert into job_act (job) values ($1)", "i", row->key);
}

int job_row_back(struct db *db, const struct job_row *row)
{
	TRY(db_run(db,
		   "update job set state = 'queued', worker = '', tries = tries - 1"
		   " where key = $1 and worker = $2 and state = 'running'",
		   "it", row->key, row->worker));
	return changed(db);
}

int job_row_end(struct db *db, const struct job_row *row)
{
	TRY(db_run(db,
		   "update job set state = $3, answer = $4, ended_at = $5, file_tag = $6,"
		   " file_name = $7, file_size = $8, step = ''"
		   " where key = $1 and worker = $2 and state = 'running'",
		   "ittbitti", row->key, row->worker, row->state, row->answer, row->answer_len,
		   row->ended_at, row->file_tag, row->file_name, row->file_size));
	return changed(db);
}
