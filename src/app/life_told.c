/* app/life_told.c — entries of one subject, newest first; those of another's hand do not count. */
#include "app/life_told.h"

#include "app/ledger_mark.h"
#include "app/ledger_words.h"
#include "app/life_seal.h"
#include "base/status.h"
#include "store/ledger.h"

#include <string.h>

struct telling {
	const struct keys *keys;
	const char *action;
	int64_t count;
};

static int see(void *arg, const struct ledger_entry *entry)
{
	struct telling *t = arg;

	if (strcmp(entry->action, t->action) == 0 && ledger_mark_true(t->keys, entry))
		t->count++;
	return OK;
}

int life_told(struct office *o, const char *action, const char *subject, int64_t *ret)
{
	struct telling t = { .keys = o->keys, .action = action };

	TRY(ledger_newest(o->db, subject, INT64_MAX, INT64_MAX, see, &t));
	*ret = t.count;
	return OK;
}

static int refuse(struct office *o, const char *action, const struct draw_row *row)
{
	return life_refuse(o, FORBIDDEN,
			   "抽取 %s 的“%s”在账簿里没有：有人直接改过数据库。请停办，用 "
			   "mingqian ledger verify 查明",
			   row->id, ledger_words(action));
}

int life_must_be_told(struct office *o, const char *action, const struct draw_row *row,
		      int64_t least)
{
	int64_t count;

	TRY(life_told(o, action, row->id, &count));
	return count >= least ? OK : refuse(o, action, row);
}

int life_revealed_is_told(struct office *o, struct arena *a, const struct draw_row *row)
{
	struct draw_row next = *row;
	int64_t count;
	int rc;

	do {
		TRY(life_told(o, "draw.reveal", next.id, &count));
		if (count > 0)
			return OK;
		int64_t key = next.key;
		rc = draw_row_replacing(o->db, a, key, &next);
	} while (rc == OK && strcmp(row->state, "annulled") == 0);
	return rc == OK || rc == NONE ? refuse(o, "draw.reveal", row) : rc;
}
