/* app/office_accept.c — somebody answers for a database that does not go on from the ledger's head. */
#include "app/office.h"

#include "base/status.h"
#include "store/ledger_tree.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct head_accepted {
	struct office *o;
	const char *reason;
};

/* What was known is written down beside what is there now, so that auditors see what was lost. */
static int accept_head(struct db *db, void *arg)
{
	const struct head_accepted *in = arg;
	struct office *o = in->o;
	CLEANUP(arena_release) struct arena a;
	char root[2 * SHA256_SIZE + 1], digest[OFFICE_DIGEST];
	struct ledger_tree tree;

	arena_init(&a);
	TRY(ledger_tree_get(db, &tree));
	sodium_bin2hex(root, sizeof(root), o->head.root, sizeof(o->head.root));
	const char *was =
		o->head.serial == 0 ? "-" : arena_printf(&a, "%" PRId64 " %s", o->head.size, root);
	const char *text =
		arena_printf(&a, "head\nwas %s\nnow %" PRId64 "\n%s\n", was, tree.size, in->reason);
	TRY(office_document(o, text, strlen(text), digest));
	return office_log(o, "head.accept", "ledger", digest);
}

int office_accept_head(struct office *o, const char *reason)
{
	struct head_accepted in = { o, reason };

	o->why[0] = 0;
	TRY(office_reason(o, reason));
	keys_alone(o->keys, false);
	int rc = ledger_head_check(o->db, o->keys);
	o->head.serial = 0;
	if (rc == FORBIDDEN && ledger_head_read(o->keys, &o->head) == IO_ERROR)
		rc = IO_ERROR;
	keys_alone(o->keys, true);
	if (rc == OK) {
		snprintf(o->why, sizeof(o->why), "账簿与密钥旁记下的进度相符，没有什么要认可");
		return CONFLICT;
	}
	if (rc != FORBIDDEN)
		return rc;
	TRY(office_write(o, accept_head, &in));
	keys_alone(o->keys, false);
	return ledger_head_renew(o->db, o->keys);
}
