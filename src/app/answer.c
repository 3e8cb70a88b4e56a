/* app/answer.c — the row is looked for, and taken, in the transaction of the change itself: of twins one waits. */
#include "app/answer.h"

#include "base/status.h"
#include "store/answer.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { UUID = 36, STEP = 1024, TRIES = 3, DAY_MS = 24 * 3600 * 1000 };

static const char context[] = "answer/request";

struct once {
	struct office *o;
	struct arena *a;
	const struct answer_ask *ask;
	answer_act *act;
	void *arg;
	struct answer *ret;
	char request[KEYS_TAG];
	bool taken; /* by a twin, whose answer is there now */
};

bool answer_key_right(const char *key)
{
	if (strlen(key) != UUID)
		return false;
	for (size_t i = 0; i < UUID; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? key[i] != '-' : !isxdigit((unsigned char)key[i]))
			return false;
	}
	return true;
}

/* A tag under the office's key: of a body that holds a password, a plain digest would let it be guessed. */
static void tag_request(struct once *in)
{
	const struct answer_ask *ask = in->ask;
	size_t what = strlen(ask->what) + 1;
	char *text = arena_alloc(in->a, what + ask->len);

	memcpy(text, ask->what, what);
	if (ask->len)
		memcpy(text + what, ask->body, ask->len);
	keys_tag(in->o->keys, context, text, what + ask->len, in->request);
}

/* Sealed under its own place, so that answers cannot be swapped. */
static const char *place(struct once *in)
{
	return arena_printf(in->a, "answer/%lld/%s", (long long)in->ask->account, in->ask->key);
}

/* Lengths are rounded up with blanks, which JSON does not mind: a name's length tells something. */
static int keep(struct once *in, const struct answer *answer, struct answer_row *row)
{
	size_t padded = (answer->len + STEP - 1) / STEP * STEP;

	if (answer->len > ANSWER_MOST)
		return TOO_LARGE;
	row->status = answer->status;
	row->etag = answer->etag;
	if (!in->ask->shown_once) {
		char *text = arena_alloc(in->a, padded);
		unsigned char *sealed = arena_alloc(in->a, padded + KEYS_SEALED_MORE);
		memset(text, ' ', padded);
		if (answer->len)
			memcpy(text, answer->body, answer->len);
		keys_seal(in->o->keys, place(in), text, padded, sealed);
		row->answer = sealed;
		row->len = padded + KEYS_SEALED_MORE;
	}
	return answer_row_fill(in->o->db, row);
}

static int refuse(struct office *o, int code, const char *why)
{
	snprintf(o->why, sizeof(o->why), "%s", why);
	return code;
}

/* What was answered the first time. */
static int again(struct once *in, const struct answer_row *row)
{
	size_t len = row->answer ? row->len - KEYS_SEALED_MORE : 0;
	char *text = arena_alloc(in->a, len + 1);

	if (strcmp(row->request, in->request) != 0)
		return refuse(in->o, INVALID,
			      "这个 Idempotency-Key 已经用于另一个请求：新的请求要用新的");
	if (!row->answer)
		return refuse(in->o, CONFLICT,
			      "这件事已经办妥，答复里有只显示一次的内容，不再给出：请先查看");
	if (row->len < KEYS_SEALED_MORE ||
	    keys_open(in->o->keys, place(in), row->answer, row->len, (unsigned char *)text) != OK)
		return refuse(in->o, IO_ERROR, "这件事已经办妥，但保存的答复损坏了：请先查看");
	while (len && text[len - 1] == ' ')
		len--;
	*in->ret = (struct answer){ (int)row->status, row->etag, text, len, true };
	return OK;
}

static int take(struct db *db, void *arg)
{
	return answer_row_take(db, arg);
}

static int once(struct db *db, void *arg)
{
	struct once *in = arg;
	struct answer_row row;
	struct answer answer = { .status = 0 };

	in->taken = false;
	int rc = answer_row_get(db, in->a, in->ask->account, in->ask->key, &row);
	if (rc != NONE)
		return rc == OK ? again(in, &row) : rc;
	row = (struct answer_row){ .account = in->ask->account,
				   .key = in->ask->key,
				   .request = in->request,
				   .at = office_now(in->o) };
	rc = db_write(db, take, &row);
	in->taken = rc == DB_UNIQUE;
	TRY(rc);
	TRY(in->act(in->arg, &answer));
	*in->ret = answer;
	return answer.status >= 200 && answer.status < 300 ? keep(in, &answer, &row)
							   : answer_row_drop(db, &row);
}

int answer_once(struct office *o, struct arena *a, const struct answer_ask *ask, answer_act *act,
		void *arg, struct answer *ret)
{
	struct once in = { o, a, ask, act, arg, ret, "", false };
	int rc = DB_UNIQUE;

	tag_request(&in);
	for (int i = 0; i < TRIES && (i == 0 || in.taken); i++)
		rc = office_write(o, once, &in);
	return rc;
}

static int sweep(struct db *db, void *arg)
{
	const int64_t *before = arg;

	return answer_row_sweep(db, *before);
}

int answer_sweep(struct office *o)
{
	static _Atomic int64_t swept;
	int64_t now = office_now(o), before = now - ANSWER_KEPT_MS, day = now / DAY_MS;

	if (atomic_exchange(&swept, day) == day)
		return OK;
	return db_write(o->db, sweep, &before);
}
