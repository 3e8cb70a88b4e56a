/* app/ledger_sign.c — signs only what continues the checkpoint before it, by entries of this program's own. */
#include "app/ledger_sign.h"

#include "app/ledger_entry.h"
#include "app/ledger_mark.h"
#include "app/ledger_note.h"
#include "app/ledger_proof.h"
#include "app/ledger_sequence.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/ledger_tree.h"

#include <stdio.h>
#include <string.h>

/* A day that ended without a checkpoint: its first act was cut short, and there was no other. */
struct missed {
	struct ledger_checkpoint made;
	struct missed *next;
};

struct signing {
	struct ledger_signer *s;
	struct arena *a;
	struct merkle tree; /* over the entries that may be signed */
	int64_t day;        /* the latest so far */
	bool signed_day;    /* a checkpoint reaches into it */
	struct missed *missed;
	const char *note;
};

static int refuse(struct ledger_signer *s, const char *what)
{
	snprintf(s->why, sizeof(s->why), "%s：请先用 mingqian ledger verify 查明", what);
	return INVALID;
}

/* The tree as this checkpoint signed it, made again from what is there. */
static int start_at(struct signing *in, const struct ledger_checkpoint *last, int64_t size)
{
	const struct span note = span_of(last->note);
	uint8_t root[SHA256_SIZE];
	struct checkpoint c;

	if (ledger_note_check(in->a, note, in->s->verifier_key, &c) != OK)
		return refuse(in->s, "上一个检查点的签名不对");
	if (c.size > (uint64_t)size)
		return refuse(in->s, "账簿比上一个检查点还短");
	int rc = ledger_proof_edge(in->s->db, c.size, &in->tree);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK)
		merkle_root(&in->tree, root);
	if (rc == NONE || memcmp(root, c.root, SHA256_SIZE) != 0)
		return refuse(in->s, "账簿与上一个检查点对不上");
	return OK;
}

static struct ledger_checkpoint make(struct signing *in)
{
	uint8_t root[SHA256_SIZE];

	merkle_root(&in->tree, root);
	const char *note = ledger_note_sign(in->a, in->s->keys, in->s->origin, in->tree.size, root);
	return (struct ledger_checkpoint){ (int64_t)in->tree.size, in->s->now, note };
}

/* Each day has a checkpoint between its first entry and the next day's, so that one that is gone is missed (verify). */
static void see_day(struct signing *in, const struct ledger_entry *entry)
{
	if (!ledger_entry_new_day(entry, in->day))
		return;
	if (!in->signed_day && in->tree.size > 0) {
		struct missed *one = arena_alloc(in->a, sizeof(*one));
		*one = (struct missed){ make(in), in->missed };
		in->missed = one;
	}
	in->day = ledger_entry_day(entry);
	in->signed_day = false;
}

/* The day into which the last checkpoint reaches. */
static int start_day(struct signing *in, int64_t size)
{
	struct ledger_entry entry;

	if (size == 0)
		return OK;
	TRY(ledger_get_seq(in->s->db, in->a, size - 1, &entry));
	in->day = ledger_entry_day(&entry);
	in->signed_day = true;
	return OK;
}

/* Nothing about the stored tree is signed but what follows from entries that carry their mark. */
static int add_entry(void *arg, const struct ledger_entry *entry)
{
	struct signing *in = arg;
	char leaf[LEDGER_LEAF + 1];

	if (entry->seq != (int64_t)in->tree.size)
		return refuse(in->s, "账簿的编号不连续");
	ledger_entry_leaf(entry, leaf);
	if (strcmp(leaf, entry->leaf) != 0 || !ledger_mark_holds(in->s->keys, entry))
		return refuse(in->s, "上一个检查点之后有条目不是本程序写下的");
	see_day(in, entry);
	merkle_add(&in->tree, (struct span){ leaf, LEDGER_LEAF });
	return OK;
}

/* One at a time: the walk is over. */
static int keep(struct db *db, struct signing *in)
{
	const struct ledger_checkpoint made = make(in);

	for (const struct missed *one = in->missed; one; one = one->next)
		TRY(ledger_checkpoint_add(db, &one->made));
	in->note = made.note;
	return ledger_checkpoint_add(db, &made);
}

static int sign(struct db *db, void *arg)
{
	struct signing *in = arg;
	struct ledger_checkpoint last;
	struct ledger_tree tree;
	struct merkle kept;
	uint8_t root[SHA256_SIZE], kept_root[SHA256_SIZE];

	TRY(ledger_tree_get(db, &tree));
	merkle_init(&in->tree);
	in->day = INT64_MIN;
	in->signed_day = false;
	in->missed = NULL;
	int rc = ledger_checkpoint_last(db, in->a, &last);
	if (rc == OK)
		TRY(start_at(in, &last, tree.size));
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK && last.size == tree.size) {
		in->note = last.note;
		return OK;
	}
	if (rc == OK)
		TRY(start_day(in, last.size));
	TRY(ledger_walk(db, (int64_t)in->tree.size, add_entry, in));
	merkle_root(&in->tree, root);
	kept.size = (uint64_t)tree.size;
	memcpy(kept.edge, tree.edge, sizeof(kept.edge));
	merkle_root(&kept, kept_root);
	if (in->tree.size != kept.size || memcmp(root, kept_root, SHA256_SIZE) != 0)
		return refuse(in->s, "账簿的条目与它的树对不上");
	return keep(db, in);
}

int ledger_sign(struct ledger_signer *s, struct arena *a, const char **ret_note)
{
	struct signing in = { .s = s, .a = a };
	int64_t strangers;

	s->why[0] = 0;
	TRY(ledger_sequence(s->db, s->keys, &strangers));
	TRY(db_write(s->db, sign, &in));
	*ret_note = in.note;
	return OK;
}

int ledger_sign_daily(struct ledger_signer *s)
{
	CLEANUP(arena_release) struct arena a = { NULL };
	struct ledger_checkpoint last;
	char before[CLOCK_DAY], today[CLOCK_DAY];
	const char *note;

	int rc = ledger_checkpoint_last(s->db, &a, &last);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK) {
		clock_day(last.time, before);
		clock_day(s->now, today);
		if (strcmp(before, today) == 0)
			return OK;
	}
	return ledger_sign(s, &a, &note);
}
