/* app/ledger_told.c — newest first, up to the one that is asked for. */
#include "app/ledger_told.h"

#include "app/ledger_mark.h"
#include "base/status.h"

#include <string.h>

struct asking {
	const struct office *o;
	struct arena *a;
	const char *action, *actor;
};

static int see(void *arg, const struct ledger_entry *entry)
{
	struct asking *q = arg;

	if (strcmp(entry->action, q->action) != 0 || !ledger_mark_true(q->o->keys, entry))
		return OK;
	q->actor = arena_str(q->a, entry->actor);
	return CANCELLED; /* enough */
}

int ledger_told_actor(struct office *o, struct arena *a, const char *subject, const char *action,
		      const char **ret)
{
	struct asking q = { .o = o, .a = a, .action = action };
	int rc = ledger_newest(o->db, subject, INT64_MAX, INT64_MAX, see, &q);

	if (rc != OK && rc != CANCELLED)
		return rc;
	*ret = q.actor;
	return q.actor ? OK : NONE;
}
