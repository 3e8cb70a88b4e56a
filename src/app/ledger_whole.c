/* app/ledger_whole.c — one walk over the numbered entries, one over those without a number. */
#include "app/ledger_whole.h"

#include "app/ledger_mark.h"
#include "base/status.h"
#include "store/ledger_tree.h"

struct looking {
	const struct keys *keys;
	int64_t next;
};

static int see_numbered(void *arg, const struct ledger_entry *entry)
{
	struct looking *l = arg;

	return entry->seq == l->next++ && ledger_mark_true(l->keys, entry) ? OK : INVALID;
}

static int see_pending(void *arg, const struct ledger_entry *entry)
{
	const struct looking *l = arg;

	return ledger_mark_true(l->keys, entry) ? OK : INVALID;
}

/* first: the number that comes first; from: below which no row is asked for. */
static int look(const struct office *o, int64_t first, int64_t from)
{
	struct looking l = { o->keys, first };
	struct ledger_tree tree;
	int rc = ledger_tree_get(o->db, &tree);

	if (rc != OK)
		return rc == NONE ? INVALID : rc;
	TRY(ledger_walk(o->db, from, see_numbered, &l));
	TRY(ledger_walk_pending(o->db, see_pending, &l));
	return l.next == tree.size ? OK : INVALID;
}

int ledger_whole_from(const struct office *o, int64_t from)
{
	return look(o, from, from);
}

int ledger_whole(const struct office *o)
{
	return look(o, 0, INT64_MIN);
}
