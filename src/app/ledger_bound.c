/* app/ledger_bound.c — digests first, then their documents: one statement runs at a time. */
#include "app/ledger_bound.h"

#include "app/ledger_mark.h"
#include "base/arena.h"
#include "base/status.h"
#include "core/sha256.h"
#include "core/text.h"
#include "store/ledger_document.h"

#include <string.h>

enum { DOCUMENT_MOST = 1 << 20 };

struct told {
	int64_t id;
	const char *digest;
	struct told *next;
};

struct telling {
	struct arena *a;
	struct told *list;
};

static int keep(void *arg, int64_t id, const char *digest)
{
	struct telling *t = arg;
	struct told *one = arena_alloc(t->a, sizeof(*one));

	*one = (struct told){ id, arena_str(t->a, digest), t->list };
	t->list = one;
	return OK;
}

static bool fits_any(struct span line, struct span with)
{
	struct span word = { with.at + 1, with.len - 1 };

	return line.len == word.len + 1 + SHA256_HEX && memcmp(line.at, word.at, word.len) == 0 &&
	       line.at[word.len] == ' ' &&
	       text_is_hex((struct span){ line.at + word.len + 1, SHA256_HEX }, SHA256_HEX);
}

static void keep_word(struct span line, char word[LEDGER_BOUND_WORD])
{
	struct span first;

	span_cut(&line, ' ', &first);
	size_t len = first.len < LEDGER_BOUND_WORD ? first.len : LEDGER_BOUND_WORD - 1;
	memcpy(word, first.at, len);
	word[len] = 0;
}

/* Does it begin so, line by line? */
static bool fits(struct span text, struct span with, char word[LEDGER_BOUND_WORD])
{
	struct span line, want;

	while (text_line(&with, &want)) {
		bool have = text_line(&text, &line);
		bool any = want.len > 0 && *want.at == *LEDGER_BOUND_ANY;
		if (have && (span_equal(line, want) || (any && fits_any(line, want))))
			continue;
		keep_word(want, word);
		return false;
	}
	return true;
}

static int look(struct db *db, const char *digest, struct span with, bool within,
		struct ledger_bound *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct span text, line;
	char *at, hex[SHA256_HEX];
	bool fit;

	arena_init(&a);
	int rc = ledger_document_get(db, &a, digest, DOCUMENT_MOST, &at, &text.len);
	if (rc == NONE || rc == TOO_LARGE)
		return OK;
	TRY(rc);
	text.at = at;
	sha256_hex(text, hex);
	if (memcmp(hex, digest, SHA256_HEX) != 0)
		return OK;
	do
		fit = fits(text, with, ret->word);
	while (within && !fit && text_line(&text, &line));
	ret->found += fit;
	return OK;
}

static int own(struct db *db, const struct keys *keys, int64_t id, bool *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct ledger_entry entry;

	arena_init(&a);
	*ret = true;
	if (!keys)
		return OK;
	TRY(ledger_get(db, &a, id, &entry));
	*ret = ledger_mark_true(keys, &entry);
	return OK;
}

int ledger_bound(struct db *db, const struct keys *keys, const struct ledger_audit_entry *entry,
		 const char *with, bool within, struct ledger_bound *ret)
{
	bool ours;

	CLEANUP(arena_release) struct arena a;
	struct telling t = { &a, NULL };

	arena_init(&a);
	*ret = (struct ledger_bound){ .found = 0 };
	TRY(ledger_audit_digests(db, entry, keep, &t));
	for (const struct told *one = t.list; one; one = one->next) {
		TRY(own(db, keys, one->id, &ours));
		if (ours)
			TRY(look(db, one->digest, span_of(with), within, ret));
	}
	return OK;
}
