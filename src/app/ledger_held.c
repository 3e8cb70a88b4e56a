/* app/ledger_held.c — the questions of a verification about draws. */
#include "app/ledger_held.h"

#include "app/ledger_draws.h"
#include "app/ledger_whole.h"
#include "base/status.h"

#include <stdio.h>

struct holding {
	struct office *o;
	bool lost;
	db_work *work;
	void *arg;
};

static int refuse(struct office *o, const char *what)
{
	snprintf(o->why, sizeof(o->why),
		 "数据库与账簿不符，不能办理：%s。请停办，保存原样，用 mingqian ledger verify 查明",
		 what);
	return FORBIDDEN;
}

static int hold(struct office *o, struct arena *a, bool lost)
{
	struct ledger_table draws = { 0 }, sites = { 0 };
	const char *what;
	int rc = ledger_whole_told(o, a, &what);

	if (rc == FORBIDDEN)
		return refuse(o, what);
	TRY(rc);
	TRY(ledger_draws_check(o, a, lost, &draws, &sites));
	if (draws.wrong + sites.wrong == 0)
		return OK;
	return refuse(o, draws.wrong ? draws.first : sites.first);
}

static int held(struct db *db, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	const struct holding *h = arg;

	arena_init(&a);
	TRY(hold(h->o, &a, h->lost));
	return h->work(db, h->arg);
}

int ledger_held_write(struct office *o, bool lost, db_work *work, void *arg)
{
	struct holding h = { o, lost, work, arg };

	return office_write(o, held, &h);
}
