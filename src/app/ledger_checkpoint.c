/* app/ledger_checkpoint.c — signs only what continues the checkpoint before it. */
#include "app/ledger_checkpoint.h"

#include "app/ledger_note.h"
#include "app/ledger_proof.h"
#include "app/ledger_sequence.h"
#include "base/status.h"
#include "store/ledger_tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct signing {
	struct office *o;
	struct arena *a;
	const char *note;
};

PRINTF(2, 3) static int refuse(struct office *o, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(o->why, sizeof(o->why), format, ap);
	va_end(ap);
	return INVALID;
}

/* OK: the tree continues this checkpoint. */
static int continues(struct signing *in, const struct ledger_checkpoint *last, int64_t size)
{
	const struct span note = span_of(last->note);
	uint8_t root[SHA256_SIZE];
	struct checkpoint c;

	if (ledger_note_check(in->a, note, in->o->verifier_key, &c) != OK)
		return refuse(in->o, "上一个检查点的签名不对：请先用 mingqian ledger verify 查明");
	if (c.size > (uint64_t)size)
		return refuse(in->o, "账簿比上一个检查点还短：请先用 mingqian ledger verify 查明");
	int rc = ledger_proof_root(in->o->db, c.size, root);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == NONE || memcmp(root, c.root, SHA256_SIZE) != 0)
		return refuse(in->o,
			      "账簿与上一个检查点对不上：请先用 mingqian ledger verify 查明");
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
	in->note = ledger_note_sign(in->a, in->o->keys, in->o->origin, m.size, root);
	made = (struct ledger_checkpoint){ tree.size, office_now(in->o), in->note };
	return ledger_checkpoint_add(db, &made);
}

int ledger_checkpoint(struct office *o, struct arena *a, const char **ret_note)
{
	struct signing in = { o, a, NULL };

	o->why[0] = 0;
	TRY(ledger_sequence(o->db));
	TRY(db_write(o->db, sign, &in));
	*ret_note = in.note;
	return OK;
}
