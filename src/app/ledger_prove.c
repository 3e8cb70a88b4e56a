/* app/ledger_prove.c — a proof is given only when it holds. */
#include "app/ledger_prove.h"

#include "app/ledger_checkpoint.h"
#include "app/ledger_entry.h"
#include "app/ledger_note.h"
#include "app/ledger_proof.h"
#include "base/status.h"
#include "core/base64.h"
#include "store/ledger_tree.h"

#include <stdio.h>
#include <string.h>

enum { ENTRY_MOST = 1 << 20 };

static int refuse(struct office *o, const char *sentence)
{
	snprintf(o->why, sizeof(o->why), "%s", sentence);
	return INVALID;
}

/* The newest checkpoint that was signed already, if it covers the entry; else a new one. */
static int note_for(struct office *o, struct arena *a, int64_t seq, const char **ret)
{
	struct ledger_checkpoint last;
	int rc = ledger_checkpoint_last(o->db, a, &last);

	if (rc == OK && last.size > seq) {
		*ret = last.note;
		return OK;
	}
	return rc == OK || rc == NONE ? ledger_checkpoint(o, a, ret) : rc;
}

static char *write_proof(struct arena *a, const struct ledger_proved *p, const char *note,
			 const struct checkpoint_proof *proof)
{
	size_t json_len = strlen(p->json), note_len = strlen(note);
	size_t extra_len = LEDGER_SALT + json_len;
	struct writer w = { NULL, 256 + extra_len * 4 / 3 + MERKLE_DEEPEST * 45 + note_len, 0,
			    false };
	uint8_t *extra = arena_alloc(a, extra_len);

	w.at = arena_alloc(a, w.size + 1);
	memcpy(extra, p->entry.salt, LEDGER_SALT);
	memcpy(extra + LEDGER_SALT, p->json, json_len);
	write_literal(&w, "c2sp.org/tlog-proof@v1\nextra ");
	write_base64(&w, extra, extra_len);
	write_literal(&w, "\nindex ");
	write_number(&w, proof->number);
	write_char(&w, '\n');
	for (size_t i = 0; i < proof->count; i++) {
		write_base64(&w, proof->hashes[i], SHA256_SIZE);
		write_char(&w, '\n');
	}
	write_char(&w, '\n');
	write_span(&w, (struct span){ note, note_len });
	CORE_ASSERT(!w.full);
	return w.at;
}

static int prove(struct office *o, struct arena *a, const char *note, struct ledger_proved *p)
{
	struct checkpoint_proof proof = { .number = (uint64_t)p->entry.seq };
	uint8_t leaf[SHA256_SIZE];
	struct checkpoint c;

	if (ledger_note_check(a, span_of(note), o->verifier_key, &c) != OK)
		return refuse(o, "检查点的签名不对：请先用 mingqian ledger verify 查明");
	TRY(ledger_proof_inclusion(o->db, c.size, proof.number, proof.hashes, &proof.count));
	merkle_leaf((struct span){ p->entry.leaf, LEDGER_LEAF }, leaf);
	if (!merkle_check_inclusion(c.size, proof.number, leaf, proof.hashes, proof.count, c.root))
		return refuse(o, "账簿与检查点对不上：请先用 mingqian ledger verify 查明");
	p->size = (int64_t)c.size;
	p->proof = write_proof(a, p, note, &proof);
	return OK;
}

int ledger_prove(struct office *o, struct arena *a, int64_t seq, const char *subject,
		 struct ledger_proved *ret)
{
	CLEANUP(buf_release) struct buf json;
	char leaf[LEDGER_LEAF + 1];
	struct ledger_proved p = { 0 };
	const char *note;

	buf_init(&json, ENTRY_MOST);
	o->why[0] = 0;
	if (seq < 0)
		TRY(ledger_last_of(o->db, subject, &seq));
	TRY(ledger_get_seq(o->db, a, seq, &p.entry));
	ledger_entry_leaf(&p.entry, leaf);
	if (strcmp(leaf, p.entry.leaf) != 0)
		return refuse(o, "这一条的内容与它的叶子不符：请先用 mingqian ledger verify 查明");
	ledger_entry_json(&json, &p.entry);
	p.json = arena_mem(a, json.data, json.len);
	TRY(note_for(o, a, seq, &note));
	TRY(prove(o, a, note, &p));
	*ret = p;
	return OK;
}
