/* app/ledger_claims.c — reading checkpoints, and what it means when one does not hold. */
#include "app/ledger_claims.h"

#include "app/ledger_note.h"
#include "base/status.h"
#include "store/ledger_tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct collecting {
	struct arena *a;
	const char *key;
	struct ledger_claims claims;
	size_t room;
};

static struct ledger_claim *next_claim(struct collecting *in)
{
	if (in->claims.count == in->room) {
		struct ledger_claim *old = in->claims.at;
		in->room = in->room ? 2 * in->room : 64;
		in->claims.at = arena_array(in->a, in->room, sizeof(*old));
		if (old)
			memcpy(in->claims.at, old, in->claims.count * sizeof(*old));
	}
	return &in->claims.at[in->claims.count++];
}

/* A claim whose note cannot be trusted stays at the largest size, so that the survey never reaches it. */
static void read_claim(struct collecting *in, struct ledger_claim *claim, struct span note)
{
	struct checkpoint c;

	claim->signature = ledger_note_check(in->a, note, in->key, &c);
	claim->size = claim->signature == OK ? c.size : UINT64_MAX;
	if (claim->signature == OK)
		memcpy(claim->root, c.root, SHA256_SIZE);
}

static int see_stored(void *arg, const struct ledger_checkpoint *checkpoint)
{
	struct collecting *in = arg;
	struct ledger_claim *claim = next_claim(in);

	*claim = (struct ledger_claim){ .name = arena_printf(in->a, "库中 %" PRId64 " 条时的检查点",
							     checkpoint->size) };
	read_claim(in, claim, span_of(arena_str(in->a, checkpoint->note)));
	claim->misplaced = claim->signature == OK && claim->size != (uint64_t)checkpoint->size;
	return OK;
}

static void see_outside(struct collecting *in, const struct ledger_outside *one)
{
	struct checkpoint_proof *proof = arena_alloc(in->a, sizeof(*proof));
	struct ledger_claim *claim = next_claim(in);
	bool is_proof = checkpoint_read_proof(one->bytes, proof) == CORE_OK;

	*claim = (struct ledger_claim){ .name = one->name, .outside = true };
	if (is_proof)
		claim->proof = proof;
	read_claim(in, claim, is_proof ? proof->note : one->bytes);
}

static int by_size(const void *a, const void *b)
{
	const struct ledger_claim *x = a, *y = b;

	return x->size < y->size ? -1 : x->size > y->size;
}

int ledger_claims_collect(struct db *db, struct arena *a, const struct ledger_check *check,
			  const char *key, struct ledger_claims *ret)
{
	struct collecting in = { .a = a, .key = key };

	TRY(ledger_checkpoint_walk(db, see_stored, &in));
	for (size_t i = 0; i < check->outside_count; i++)
		see_outside(&in, &check->outside[i]);
	if (in.claims.count > 0)
		qsort(in.claims.at, in.claims.count, sizeof(*in.claims.at), by_size);
	*ret = in.claims;
	return OK;
}

int ledger_claims_prove(struct db *db, struct ledger_claims *claims)
{
	for (size_t i = 0; i < claims->count; i++) {
		struct ledger_claim *c = &claims->at[i];
		char leaf[1][LEDGER_LEAF + 1];
		uint8_t hash[SHA256_SIZE];

		if (!c->proof || c->signature != OK || c->proof->number >= c->size)
			continue;
		int rc = ledger_leaves(db, (int64_t)c->proof->number, 1, leaf);
		if (rc == NONE)
			continue;
		TRY(rc);
		merkle_leaf((struct span){ leaf[0], LEDGER_LEAF }, hash);
		c->proven = merkle_check_inclusion(c->size, c->proof->number, hash,
						   c->proof->hashes, c->proof->count, c->root);
	}
	return OK;
}

static const char *say_reach(struct arena *a, const struct ledger_claims *claims,
			     const struct ledger_claim *c)
{
	uint64_t good = 0;

	for (size_t i = 0; i < claims->count; i++)
		if (claims->at[i].holds && claims->at[i].size < c->size)
			good = claims->at[i].size;
	return arena_printf(a,
			    "%s与现在的账簿对不上：编号 %" PRIu64 " 到 %" PRIu64
			    " 之间有条目被改、删、插或换了次序",
			    c->name, good, c->size - 1);
}

const char *ledger_claims_wrong(struct arena *a, const struct ledger_claims *claims, bool outside,
				size_t *ret_count)
{
	const char *wrong = NULL;
	size_t count = 0;

	for (size_t i = 0; i < claims->count; i++) {
		const struct ledger_claim *c = &claims->at[i];

		if (c->outside != outside)
			continue;
		count++;
		if (wrong)
			continue;
		if (c->signature == INVALID)
			wrong = arena_printf(a, "%s不是检查点，也不是 .tlog-proof", c->name);
		else if (c->signature != OK)
			wrong = arena_printf(a, "%s不是本账簿的密钥签的", c->name);
		else if (c->misplaced)
			wrong = arena_printf(a, "%s实际是 %" PRIu64 " 条时的：库中记的条数被改过",
					     c->name, c->size);
		else if (!c->reached)
			wrong = arena_printf(a,
					     "%s写明有 %" PRIu64
					     " 条，现在没有这么多连续的条目：末尾被截掉或中间有缺",
					     c->name, c->size);
		else if (!c->holds)
			wrong = say_reach(a, claims, c);
		else if (c->proof && !c->proven)
			wrong = arena_printf(a, "%s里编号 %" PRIu64 " 的条目与现在账簿里的不同",
					     c->name, c->proof->number);
	}
	*ret_count = count;
	return wrong;
}

/* x is not the larger one. */
static bool clash(const struct ledger_claim *x, const struct ledger_claim *y)
{
	if (x->signature != OK || y->signature != OK)
		return false;
	if (x->size == y->size)
		return memcmp(x->root, y->root, SHA256_SIZE) != 0;
	return y->holds && x->reached && !x->holds;
}

const char *ledger_claims_clash(struct arena *a, const struct ledger_claims *claims)
{
	for (size_t i = 0; i < claims->count; i++)
		for (size_t k = i + 1; k < claims->count; k++) {
			const struct ledger_claim *x = &claims->at[i], *y = &claims->at[k];

			if (!clash(x, y))
				continue;
			return arena_printf(a, "%s和%s不能同时为真：有人签过两本不同的账", x->name,
					    y->name);
		}
	return NULL;
}

size_t ledger_claims_signed(const struct ledger_claims *claims)
{
	size_t count = 0;

	for (size_t i = 0; i < claims->count; i++)
		count += claims->at[i].signature == OK;
	return count;
}
