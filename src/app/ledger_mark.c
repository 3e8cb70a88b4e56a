/* app/ledger_mark.c — the id before what the mark is over. */
#include "app/ledger_mark.h"

#include "app/ledger_entry.h"
#include "base/buf.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static_assert((int)KEYS_TAG == (int)LEDGER_MARK, "a mark is a tag");

enum { MARKED_MOST = 1 << 20 };

void ledger_mark_make(const struct keys *keys, const struct ledger_entry *entry,
		      char mark[LEDGER_MARK])
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, MARKED_MOST);
	buf_printf(&text, "%" PRId64 "\n", entry->id);
	if (entry->seq < 0)
		ledger_entry_json(&text, entry);
	else
		buf_add(&text, entry->leaf, LEDGER_LEAF);
	keys_tag(keys, entry->seq < 0 ? "ledger/pending" : "ledger/numbered", text.data, text.len,
		 mark);
}

bool ledger_mark_holds(const struct keys *keys, const struct ledger_entry *entry)
{
	char mark[LEDGER_MARK];

	ledger_mark_make(keys, entry, mark);
	return strcmp(mark, entry->mark) == 0;
}

bool ledger_mark_true(const struct keys *keys, const struct ledger_entry *entry)
{
	char leaf[LEDGER_LEAF + 1];

	if (!ledger_mark_holds(keys, entry))
		return false;
	if (entry->seq < 0)
		return true;
	ledger_entry_leaf(entry, leaf);
	return memcmp(leaf, entry->leaf, LEDGER_LEAF) == 0;
}
