/* app/job.c — each text is sealed under its job, of what kind and whose that is, so that no two can be swapped. */
#include "app/job.h"

#include "app/ledger_asked.h"
#include "base/status.h"
#include "store/ledger.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { HEX = 24 };

static const char *place(struct arena *a, const struct job_row *row, const char *what)
{
	return arena_printf(a, "job/%s/%s/%" PRId64 "/%s", row->id, row->kind, row->account, what);
}

/* An answer belongs to its file. */
static const char *answer_place(struct arena *a, const struct job_row *row)
{
	return arena_printf(a, "%s/%s", place(a, row, "answer"), row->file_tag);
}

static const void *seal(const struct office *o, struct arena *a, const char *where,
			const char *text, size_t *ret_len)
{
	size_t len = strlen(text);
	unsigned char *sealed = arena_alloc(a, len + KEYS_SEALED_MORE);

	keys_seal(o->keys, where, text, len, sealed);
	*ret_len = len + KEYS_SEALED_MORE;
	return sealed;
}

static int open_text(const struct office *o, struct arena *a, const char *where, const void *sealed,
		     size_t len, const char **ret)
{
	if (len < KEYS_SEALED_MORE)
		return INVALID;
	char *text = arena_alloc(a, len - KEYS_SEALED_MORE + 1);
	TRY(keys_open(o->keys, where, sealed, len, (unsigned char *)text));
	text[len - KEYS_SEALED_MORE] = 0;
	*ret = text;
	return OK;
}

int job_request(const struct office *o, struct arena *a, const struct job_row *row,
		const char **ret)
{
	return open_text(o, a, place(a, row, "request"), row->request, row->request_len, ret);
}

int job_answer(const struct office *o, struct arena *a, const struct job_row *row, const char **ret)
{
	*ret = "";
	if (!row->answer)
		return OK;
	return open_text(o, a, answer_place(a, row), row->answer, row->answer_len, ret);
}

void job_seal_answer(const struct office *o, struct arena *a, struct job_row *row, const char *text)
{
	row->answer = seal(o, a, answer_place(a, row), text, &row->answer_len);
}

int job_find(struct office *o, struct arena *a, int64_t account, const char *id,
	     struct job_row *ret)
{
	const char *text;

	TRY(job_row_get(o->db, a, account, id, ret));
	int rc = job_request(o, a, ret, &text);
	if (rc == OK)
		rc = job_answer(o, a, ret, &text);
	return rc == INVALID ? NONE : rc;
}

static int refuse(struct office *o, int code, const char *why)
{
	snprintf(o->why, sizeof(o->why), "%s", why);
	return code;
}

/* Each entry about it has the digest of its request. */
static int log_about(struct office *o, struct arena *a, const char *action,
		     const struct job_row *row)
{
	char digest[OFFICE_DIGEST];
	const char *text;

	TRY(job_request(o, a, row, &text));
	office_digest(text, strlen(text), digest);
	return office_log(o, action, row->id, digest);
}

struct telling {
	struct arena *a;
	const struct job_row *row;
	bool acted;
};

/* An entry of an act that the job has done. */
static int see_acted(void *arg, const struct ledger_entry *e)
{
	struct telling *in = arg;

	in->acted |= strcmp(e->source, in->row->id) == 0;
	return OK;
}

static int check_told(const struct office *beside, void *arg)
{
	struct telling *in = arg;
	struct ledger_asked *first, *last;
	char digest[OFFICE_DIGEST];
	const char *text;

	TRY(job_request(beside, in->a, in->row, &text));
	office_digest(text, strlen(text), digest);
	TRY(ledger_asked(beside, in->a, in->row->id, digest, NULL, &first));
	TRY(ledger_asked_check(beside, first, "job.make", beside->actor, first ? first->time : 0));
	for (last = first; last->next; last = last->next)
		;
	if (strcmp(last->action, "job.stop") == 0)
		return CANCELLED;
	if (last->time + JOB_KEPT_MS < office_now(beside))
		return TOO_LARGE;
	TRY(ledger_walk(beside->db, first->seq, see_acted, in));
	TRY(ledger_walk_pending(beside->db, see_acted, in));
	return in->acted ? INVALID : OK;
}

int job_check_told(struct office *o, struct arena *a, const struct job_row *row)
{
	struct telling in = { a, row, false };
	int rc = ledger_beside(o, check_told, &in);

	if (rc == TOO_LARGE)
		return refuse(o, FORBIDDEN, "交办已超过七天，没有再办：请重新交办");
	return rc == INVALID ? refuse(o, FORBIDDEN, ledger_asked_strange) : rc;
}

/* ---- making ---- */

struct making {
	struct office *o;
	struct arena *a;
	const char *request;
	struct job_row *row;
};

static int make(struct db *db, void *arg)
{
	const struct making *in = arg;
	char digest[OFFICE_DIGEST];
	int64_t open;

	TRY(job_row_open(db, in->row->account, &open));
	if (open >= JOB_OPEN_MOST)
		return refuse(in->o, TOO_LARGE,
			      "在等和在办的工作已有 20 件：请等它们办完，或取消几件再交");
	in->row->made_at = office_now(in->o);
	TRY(job_row_add(db, in->row));
	TRY(office_document(in->o, in->request, strlen(in->request), digest));
	return log_about(in->o, in->a, "job.make", in->row);
}

int job_make(struct office *o, struct arena *a, int64_t account, const char *kind,
	     const char *request, struct job_row *ret)
{
	unsigned char bytes[HEX / 2];
	char hex[HEX + 1];
	struct making in = { o, a, request, ret };

	if (strlen(request) > JOB_REQUEST_MOST)
		return refuse(o, TOO_LARGE, "要办的内容太长");
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	*ret = (struct job_row){ .id = arena_printf(a, "J-%s", hex),
				 .kind = kind,
				 .account = account,
				 .state = "queued",
				 .worker = "",
				 .step = "",
				 .file_tag = "",
				 .file_name = "" };
	ret->request = seal(o, a, place(a, ret, "request"), request, &ret->request_len);
	return office_write(o, make, &in);
}

/* ---- ending it, and once more ---- */

struct turning {
	struct office *o;
	struct arena *a;
	int64_t account;
	const char *id;
};

static int stop(struct db *db, void *arg)
{
	const struct turning *in = arg;
	struct job_row row;

	TRY(job_find(in->o, in->a, in->account, in->id, &row));
	int rc = job_row_stop(db, row.key, office_now(in->o));
	if (rc == CONFLICT)
		return refuse(in->o, rc, "这件工作已经结束，不能取消");
	TRY(rc);
	return log_about(in->o, in->a, "job.stop", &row);
}

int job_stop(struct office *o, struct arena *a, int64_t account, const char *id)
{
	struct turning in = { o, a, account, id };

	return office_write(o, stop, &in);
}

static int again(struct db *db, void *arg)
{
	const struct turning *in = arg;
	struct job_row row;

	TRY(job_find(in->o, in->a, in->account, in->id, &row));
	int rc = job_row_again(db, row.key, office_now(in->o));
	if (rc == CONFLICT)
		return refuse(in->o, rc, "只有没办成或取消了、也没有改动数据的工作可以再办");
	TRY(rc);
	return log_about(in->o, in->a, "job.again", &row);
}

int job_again(struct office *o, struct arena *a, int64_t account, const char *id)
{
	struct turning in = { o, a, account, id };

	return office_write(o, again, &in);
}
