/* app/ledger_survey.c — memory grows by 32 bytes for each 256 entries. */
#include "app/ledger_survey.h"

#include "app/ledger_entry.h"
#include "app/ledger_mark.h"
#include "app/ledger_sequence.h"
#include "base/status.h"
#include "core/tile.h"
#include "store/ledger_document.h"
#include "store/ledger_tree.h"

#include <string.h>

enum { NODES_MOST = 1 << 30, PROGRESS_EVERY = 4096 };

static void found(struct ledger_found *f, int64_t seq, int64_t how_many)
{
	if (f->shown < LEDGER_SHOWN)
		f->at[f->shown++] = seq;
	f->count += how_many;
}

static void check_claims(struct ledger_survey *s)
{
	uint8_t root[SHA256_SIZE];

	for (; s->next_claim < s->claim_count; s->next_claim++) {
		struct ledger_claim *c = &s->claims[s->next_claim];

		if (c->size != s->tree.size)
			return;
		merkle_root(&s->tree, root);
		c->reached = true;
		c->holds = memcmp(root, c->root, SHA256_SIZE) == 0;
	}
}

static void check_head(struct ledger_survey *s)
{
	uint8_t root[SHA256_SIZE];

	if ((int64_t)s->tree.size != s->head.size)
		return;
	merkle_root(&s->tree, root);
	s->goes_on = memcmp(root, s->head.root, SHA256_SIZE) == 0;
}

static void add_leaf(struct ledger_survey *s, const char *leaf)
{
	uint8_t hash[SHA256_SIZE];

	merkle_leaf((struct span){ leaf, LEDGER_LEAF }, hash);
	merkle_add_hash(&s->tree, hash);
	merkle_add_hash(&s->window, hash);
	if (s->window.size == TILE_WIDTH) {
		merkle_root(&s->window, hash);
		buf_add(&s->nodes, hash, sizeof(hash));
		merkle_init(&s->window);
	}
	check_claims(s);
	check_head(s);
}

/* The first act of each day signs one, or the next one does before it is counted (ledger_sign.c). */
static bool day_signed(const struct ledger_survey *s, int64_t end)
{
	for (size_t i = 0; i < s->claim_count; i++) {
		const struct ledger_claim *c = &s->claims[i];
		if (c->size > (uint64_t)end)
			break;
		if (c->size > (uint64_t)s->day_first && !c->outside && c->signature == OK)
			return true;
	}
	return false;
}

static void see_day(struct ledger_survey *s, const struct ledger_entry *entry)
{
	bool first = s->entries == 1;

	if (!first && !ledger_entry_new_day(entry, s->day))
		return;
	if (!first && !day_signed(s, entry->seq))
		found(&s->unsigned_days, s->day_first, 1);
	s->days++;
	s->day = ledger_entry_day(entry);
	s->day_first = entry->seq;
}

static int see_entry(void *arg, const struct ledger_entry *entry)
{
	struct ledger_survey *s = arg;
	char leaf[LEDGER_LEAF + 1];

	s->entries++;
	if (s->progress && s->entries % PROGRESS_EVERY == 0)
		s->progress(s->arg, (uint64_t)s->entries, s->total);
	ledger_entry_leaf(entry, leaf);
	if (memcmp(leaf, entry->leaf, LEDGER_LEAF) != 0)
		found(&s->altered, entry->seq, 1);
	if (s->keys && !ledger_mark_holds(s->keys, entry))
		found(&s->strange, entry->seq, 1);
	bool corrects = strcmp(entry->action, LEDGER_CLOCK_ACTION) == 0;
	if (entry->time < s->latest - LEDGER_EARLY_MS && !corrects)
		found(&s->early, entry->seq, 1);
	if (entry->time > s->latest || corrects)
		s->latest = entry->time;
	see_day(s, entry);
	if (entry->seq < s->next) {
		found(&s->twice, entry->seq, 1);
		return OK;
	}
	if (entry->seq > s->next)
		found(&s->missing, s->next, entry->seq - s->next);
	s->next = entry->seq + 1;
	if (s->missing.count == 0)
		add_leaf(s, entry->leaf);
	return OK;
}

static int see_pending(void *arg, const struct ledger_entry *entry)
{
	struct ledger_survey *s = arg;

	s->pending++;
	s->pending_strange += s->keys && !ledger_mark_holds(s->keys, entry);
	return OK;
}

int ledger_survey_entries(struct db *db, struct ledger_survey *s)
{
	merkle_init(&s->tree);
	merkle_init(&s->window);
	check_head(s);
	buf_init(&s->nodes, NODES_MOST);
	check_claims(s);
	TRY(ledger_walk(db, INT64_MIN, see_entry, s));
	TRY(ledger_walk_pending(db, see_pending, s));
	return buf_check(&s->nodes);
}

void ledger_survey_release(struct ledger_survey *s)
{
	buf_release(&s->nodes);
}

/* Compares one level's kept roots with those computed; *wrong grows. */
static int compare_level(struct db *db, int64_t level, const struct buf *nodes, int64_t *wrong)
{
	uint8_t kept[TILE_WIDTH][SHA256_SIZE];
	size_t count = nodes->len / SHA256_SIZE;
	int64_t stored;

	TRY(ledger_node_count(db, level, &stored));
	if (stored > (int64_t)count)
		*wrong += stored - (int64_t)count;
	for (size_t from = 0; from < count; from += TILE_WIDTH) {
		size_t part = count - from < TILE_WIDTH ? count - from : TILE_WIDTH;
		int rc = ledger_nodes(db, level, (int64_t)from, part, kept);
		if (rc != OK && rc != NONE)
			return rc;
		if (rc == NONE ||
		    memcmp(kept, nodes->data + from * SHA256_SIZE, part * SHA256_SIZE) != 0)
			(*wrong)++;
	}
	return OK;
}

static void next_level(const struct buf *below, struct buf *above)
{
	struct merkle m;
	uint8_t hash[SHA256_SIZE];

	merkle_init(&m);
	for (size_t i = 0; i + SHA256_SIZE <= below->len; i += SHA256_SIZE) {
		memcpy(hash, below->data + i, SHA256_SIZE);
		merkle_add_hash(&m, hash);
		if (m.size < TILE_WIDTH)
			continue;
		merkle_root(&m, hash);
		buf_add(above, hash, sizeof(hash));
		merkle_init(&m);
	}
}

int ledger_survey_nodes(struct db *db, const struct ledger_survey *s, int64_t *ret_wrong)
{
	CLEANUP(buf_release) struct buf odd, even;
	const struct buf *at = &s->nodes;
	int64_t wrong = 0;

	buf_init(&odd, NODES_MOST);
	buf_init(&even, NODES_MOST);
	for (int64_t level = 1; level < TILE_LEVELS; level++) {
		struct buf *above = level % 2 ? &odd : &even;
		TRY(compare_level(db, level, at, &wrong));
		buf_clear(above);
		next_level(at, above);
		at = above;
	}
	*ret_wrong = wrong;
	return OK;
}

struct document_walk {
	struct ledger_survey *s;
	struct arena *a;
	char digest[SHA256_HEX + 1]; /* of the one being read; "" before the first */
	struct sha256 hash;
};

static void end_document(struct document_walk *w)
{
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct writer out = { hex, sizeof(hex), 0, false };

	if (!w->digest[0])
		return;
	sha256_done(&w->hash, digest);
	write_hex(&out, digest, sizeof(digest));
	if (memcmp(hex, w->digest, SHA256_HEX) == 0)
		return;
	if (w->s->wrong_documents++ == 0)
		w->s->wrong_document = arena_str(w->a, w->digest);
}

static int see_piece(void *arg, const char *digest, const void *at, size_t len)
{
	struct document_walk *w = arg;

	if (strncmp(digest, w->digest, SHA256_HEX) != 0) {
		end_document(w);
		w->s->documents++;
		memset(w->digest, 0, sizeof(w->digest));
		memcpy(w->digest, digest, strnlen(digest, SHA256_HEX));
		sha256_init(&w->hash);
	}
	if (at)
		sha256_add(&w->hash, at, len);
	return OK;
}

int ledger_survey_documents(struct db *db, struct arena *a, struct ledger_survey *s)
{
	struct document_walk w = { .s = s, .a = a };

	TRY(ledger_document_walk(db, see_piece, &w));
	end_document(&w);
	return OK;
}
