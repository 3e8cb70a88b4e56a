/* app/ledger_asked.c — one walk over the subject's entries. */
#include "app/ledger_asked.h"

#include "app/ledger_mark.h"
#include "app/ledger_whole.h"
#include "base/status.h"

#include <string.h>

const char ledger_asked_strange[] =
	"这件事与账簿不符：有人直接改过数据库。请停办，保存原样，用 mingqian ledger verify 查明";

struct walking {
	const struct office *o;
	struct arena *a;
	const char *digest, *act;
	struct ledger_asked **first, **end;
};

static int see(void *arg, const struct ledger_entry *e)
{
	struct walking *w = arg;
	bool same = strcmp(e->digest, w->digest) == 0;

	if (!same && (!*w->first || !w->act || strcmp(e->action, w->act) != 0))
		return OK;
	if (!ledger_mark_true(w->o->keys, e))
		return OK;
	*w->end = arena_alloc(w->a, sizeof(**w->end));
	**w->end = (struct ledger_asked){ arena_str(w->a, e->action), arena_str(w->a, e->actor),
					  e->time, e->seq, NULL };
	w->end = &(*w->end)->next;
	return OK;
}

int ledger_asked(const struct office *o, struct arena *a, const char *subject, const char *digest,
		 const char *act, struct ledger_asked **ret)
{
	struct walking w = { o, a, digest, act, ret, ret };

	*ret = NULL;
	return ledger_walk_subject(o->db, subject, see, &w);
}

const struct ledger_asked *ledger_asked_find(const struct ledger_asked *from, const char *action,
					     const char *actor, int64_t time)
{
	while (from && (strcmp(from->action, action) != 0 || strcmp(from->actor, actor) != 0 ||
			from->time != time))
		from = from->next;
	return from;
}

struct beside {
	struct office o;
	ledger_beside_ask *ask;
	void *arg;
};

static int ask_beside(struct db *db, void *arg)
{
	const struct beside *in = arg;

	(void)db;
	return in->ask(&in->o, in->arg);
}

int ledger_beside(struct office *o, ledger_beside_ask *ask, void *arg)
{
	struct beside in = { *o, ask, arg };
	CLEANUP(db_closep) struct db *db = NULL;

	TRY(db_open_again(o->db, &db));
	in.o.db = db;
	int rc = office_head(&in.o);
	if (rc == OK)
		return db_read(db, ask_beside, &in);
	memcpy(o->why, in.o.why, sizeof(o->why));
	return rc;
}

int ledger_asked_check(const struct office *o, const struct ledger_asked *first, const char *action,
		       const char *actor, int64_t time)
{
	if (!first || ledger_asked_find(first, action, actor, time) != first)
		return INVALID;
	return first->seq < 0 ? ledger_whole(o) : ledger_whole_from(o, first->seq);
}
