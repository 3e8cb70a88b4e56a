/* app/ledger_whole.c — one walk over the numbered entries, one over those without a number. */
#include "app/ledger_whole.h"

#include "app/ledger_head.h"
#include "app/ledger_mark.h"
#include "app/ledger_proof.h"
#include "app/office_schema.h"
#include "base/status.h"
#include "store/ledger_tree.h"

#include <string.h>

struct looking {
	const struct keys *keys;
	int64_t next;
	struct ledger_head head; /* size -1: none is asked for */
	struct merkle tree;      /* over the leaves that are there */
	bool other;              /* at the head's size its root was not the head's */
};

static void see_head(struct looking *l)
{
	uint8_t root[SHA256_SIZE];

	if ((int64_t)l->tree.size != l->head.size)
		return;
	merkle_root(&l->tree, root);
	l->other = memcmp(root, l->head.root, sizeof(root)) != 0;
}

static int see_numbered(void *arg, const struct ledger_entry *entry)
{
	struct looking *l = arg;

	if (entry->seq != l->next++ || !ledger_mark_true(l->keys, entry))
		return INVALID;
	merkle_add(&l->tree, (struct span){ entry->leaf, LEDGER_LEAF });
	see_head(l);
	return OK;
}

static int see_pending(void *arg, const struct ledger_entry *entry)
{
	const struct looking *l = arg;

	return ledger_mark_true(l->keys, entry) ? OK : INVALID;
}

/* The tree as its leaves make it is the one that is kept, and goes on from the head. */
static int check_tree(const struct looking *l, const struct ledger_tree *tree)
{
	struct merkle kept = { .size = (uint64_t)tree->size };
	uint8_t have[SHA256_SIZE], root[SHA256_SIZE];

	if (l->next != tree->size || l->other || l->next < l->head.size)
		return INVALID;
	memcpy(kept.edge, tree->edge, sizeof(kept.edge));
	merkle_root(&kept, root);
	merkle_root(&l->tree, have);
	return memcmp(root, have, sizeof(root)) == 0 ? OK : INVALID;
}

/* first: the number that comes first; from: below which no row is asked for. */
static int look(const struct office *o, int64_t first, int64_t from)
{
	struct looking l = { .keys = o->keys, .next = first, .head.size = -1 };
	struct ledger_tree tree;

	if (keys_folder(o->keys)) {
		if (o->head.serial == 0)
			return INVALID;
		l.head = o->head;
	}
	int rc = ledger_tree_get(o->db, &tree);
	if (rc != OK)
		return rc == NONE ? INVALID : rc;
	rc = ledger_proof_edge(o->db, (uint64_t)first, &l.tree);
	if (rc != OK)
		return rc == NONE ? INVALID : rc;
	see_head(&l);
	TRY(ledger_walk(o->db, from, see_numbered, &l));
	TRY(ledger_walk_pending(o->db, see_pending, &l));
	return check_tree(&l, &tree);
}

int ledger_whole_from(const struct office *o, int64_t from)
{
	return look(o, from, from);
}

int ledger_whole(const struct office *o)
{
	return look(o, 0, INT64_MIN);
}

int ledger_whole_told(const struct office *o, struct arena *a, const char **ret)
{
	const char *strange;
	int rc = ledger_whole(o);

	*ret = "账簿里有缺、有改，或有不是本程序写下的条目";
	if (rc == INVALID)
		return FORBIDDEN;
	TRY(rc);
	TRY(office_schema_strange(o->db, a, &strange));
	if (!strange)
		return OK;
	*ret = arena_printf(a, "数据库里有不是本程序建立的%s", strange);
	return FORBIDDEN;
}
