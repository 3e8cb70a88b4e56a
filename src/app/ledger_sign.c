/* app/ledger_sign.c — signs only what continues the checkpoint before it. */
#include "app/ledger_sign.h"

#include "app/ledger_note.h"
#include "app/ledger_proof.h"
#include "app/ledger_sequence.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/ledger_tree.h"

#include <stdio.h>
#include <string.h>

struct signing {
	struct ledger_signer *s;
	struct arena *a;
	const char *note;
};

static int refuse(struct ledger_signer *s, const char *what)
{
	snprintf(s->why, sizeof(s->why), "%s：请先用 mingqian ledger verify 查明", what);
	return INVALID;
}

/* OK: the tree continues this checkpoint. */
static int continues(struct signing *in, const struct ledger_checkpoint *last, int64_t size)
{
	const struct span note = span_of(last->note);
	uint8_t root[SHA256_SIZE];
	struct checkpoint c;

	if (ledger_note_check(in->a, note, in->s->verifier_key, &c) != OK)
		return refuse(in->s, "上一个检查点的签名不对");
	if (c.size > (uint64_t)size)
		return refuse(in->s, "账簿比上一个检查点还短");
	int rc = ledger_proof_root(in->s->db, c.size, root);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == NONE || memcmp(root, c.root, SHA256_SIZE) != 0)
		return refuse(in->s, "账簿与上一个检查点对不上");
	return OK;
}

static int sign(struct db *db, void *arg)
{
	struct signing *in = arg;
	struct ledger_checkpoint last, made;
	struct ledger_tree tree;
	struct merkle m;
	uint8_t root[SHA256_SIZE];

	TRY(ledger_tree_get(db, &tree));
	int rc = ledger_checkpoint_last(db, in->a, &last);
	if (rc == OK)
		TRY(continues(in, &last, tree.size));
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK && last.size == tree.size) {
		in->note = last.note;
		return OK;
	}
	m.size = (uint64_t)tree.size;
	memcpy(m.edge, tree.edge, sizeof(m.edge));
	merkle_root(&m, root);
	in->note = ledger_note_sign(in->a, in->s->keys, in->s->origin, m.size, root);
	made = (struct ledger_checkpoint){ tree.size, in->s->now, in->note };
	return ledger_checkpoint_add(db, &made);
}

int ledger_sign(struct ledger_signer *s, struct arena *a, const char **ret_note)
{
	struct signing in = { s, a, NULL };

	s->why[0] = 0;
	TRY(ledger_sequence(s->db));
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
