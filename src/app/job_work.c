/* app/job_work.c — from the queue to its end; every step on the row asks whether the job is still this worker's. */
#include "app/job_work.h"

#include "app/account_bound.h"
#include "app/file_store.h"
#include "app/work_folder.h"
#include "base/clock.h"
#include "base/status.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TELL_MS = 500 };

/* ---- one step on the row ---- */

struct step {
	struct job_run *j;
	int (*change)(struct db *db, const struct job_row *row);
};

static int change_row(struct db *db, void *arg)
{
	const struct step *s = arg;

	return s->change(db, &s->j->row);
}

static int step(struct job_run *j, int (*change)(struct db *db, const struct job_row *row))
{
	struct step s = { j, change };

	return db_write(j->beat, change_row, &s);
}

static int beat(struct db *db, void *arg)
{
	struct job_run *j = arg;

	return job_row_beat(db, &j->row, j->told_at, &j->stopped);
}

/* Inside its own transaction on SQLite nothing else can be written: it goes on and tells later. */
bool job_progress(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct job_run *j = arg;
	int64_t now = clock_now();

	if (*j->ending || j->stopped || j->lost)
		return false;
	if (now < j->told_at + TELL_MS || (j->office->writing && !db_is_server(j->office->db)))
		return true;
	j->told_at = now;
	j->row.step = step;
	j->row.done = (int64_t)done;
	j->row.total = (int64_t)total;
	int rc = db_write(j->beat, beat, j);
	j->lost = rc == CONFLICT;
	return !j->stopped && !j->lost;
}

/* ---- who asked ---- */

static int enter(struct office *o, struct job_run *j, const struct job_kind *kind)
{
	struct account_row row;
	struct account *account = arena_alloc(j->arena, sizeof(*account));

	TRY(account_row_by_key(o->db, j->arena, j->row.account, &row));
	TRY(account_fill(o, j->arena, &row, account));
	int rc = account_known(o, &row, account->roles);
	if (rc == FORBIDDEN)
		j->answer = arena_str(j->arena, o->why);
	TRY(rc);
	if (strcmp(row.state, "active") != 0 || !permission_has(account->may, kind->permission)) {
		j->answer = "交办的人现在没有这项权限";
		return FORBIDDEN;
	}
	j->account = account;
	account_enter(account, o);
	o->source = j->row.id;
	return OK;
}

/* ---- doing it ---- */

static int act(struct db *db, void *arg)
{
	const struct job_run *j = arg;

	/* First the row, at which another run of it would have to wait. */
	TRY(job_row_acted(db, &j->row));
	return job_check_told(j->office, j->arena, &j->row);
}

/* Also of a job that failed: an import of which no row was taken sends the file back all the same. */
static int keep_file(struct job_run *j)
{
	struct file_stored kept;

	if (!j->file)
		return OK;
	int fd = open(j->file, O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 ? IO_ERROR : file_store_keep(j->office, fd, &kept);
	if (fd >= 0)
		close(fd);
	if (rc != OK)
		return rc;
	j->row.file_tag = arena_str(j->arena, kept.tag);
	j->row.file_name = j->file_name;
	j->row.file_size = kept.size;
	return OK;
}

static int run_kind(struct job_run *j, const struct job_kind *kind)
{
	struct work_folder folder;

	TRY(enter(j->office, j, kind));
	TRY(work_folder_make(j->office->work, j->arena, &folder));
	j->folder = folder.path;
	if (kind->changes) {
		j->office->also = act;
		j->office->also_arg = j;
	}
	int rc = kind->run(j);
	j->office->also = NULL;
	int kept = keep_file(j);
	rc = rc == OK ? kept : rc;
	work_folder_release(&folder);
	return rc;
}

static int run(struct job_run *j, const struct job_kind *kind)
{
	if (!kind) {
		j->answer = "这个版本的程序不会办这种工作";
		return INVALID;
	}
	if (j->row.acted) {
		j->answer = "{}"; /* its change was committed before its process died */
		return OK;
	}
	if (j->row.stop)
		return CANCELLED;
	if (j->row.tries > JOB_TRIES_MOST) {
		j->answer = "办了三次都在半路停下：请看服务器的日志，再交一次";
		return INVALID;
	}
	TRY(job_request(j->office, j->arena, &j->row, &j->request));
	return run_kind(j, kind);
}

static int finish(struct job_run *j, int rc)
{
	const char *text = j->answer;

	if (j->lost)
		return OK;
	if (rc == CANCELLED && *j->ending && !j->stopped)
		return step(j, job_row_back);
	if (!text)
		text = rc == OK          ? "{}"
		       : rc == CANCELLED ? "按要求停下了，什么也没有改动"
					 : office_sentence(j->office, rc);
	j->row.state = rc == OK ? "done" : rc == CANCELLED ? "cancelled" : "failed";
	j->row.ended_at = clock_now();
	job_seal_answer(j->office, j->arena, &j->row, text);
	return step(j, job_row_end);
}

/* ---- the queue ---- */

struct taking {
	struct job_run *j;
	const char *worker;
};

static int take(struct db *db, void *arg)
{
	const struct taking *t = arg;
	int64_t now = clock_now();

	return job_row_take(db, t->j->arena, t->worker, now, now - JOB_LOST_MS, &t->j->row);
}

static int do_next(struct job_run *j, const struct job_kind *kinds, const char *worker)
{
	struct taking t = { j, worker };
	const struct job_kind *kind = kinds;
	bool waits;

	TRY(job_row_waits(j->office->db, worker, clock_now() - JOB_LOST_MS, &waits));
	if (!waits)
		return NONE;
	TRY(db_open_again(j->office->db, &j->beat));
	int rc = db_write(j->beat, take, &t);
	if (rc != OK)
		return rc == CONFLICT ? NONE : rc;
	j->row.file_tag = j->row.file_name =
		""; /* the answer is sealed with the file that is kept now */
	while (kind->name && strcmp(kind->name, j->row.kind) != 0)
		kind++;
	rc = finish(j, run(j, kind->name ? kind : NULL));
	return rc == CONFLICT ? OK : rc; /* another has it by now */
}

int job_work(struct office *o, const struct job_kind *kinds, const char *worker, const bool *ending)
{
	CLEANUP(arena_release) struct arena a;
	struct job_run j = { .office = o, .arena = &a, .ending = ending };

	arena_init(&a);
	o->why[0] = 0;
	int rc = do_next(&j, kinds, worker);
	db_close(j.beat);
	account_enter(NULL, o);
	o->source = "local";
	return rc;
}
