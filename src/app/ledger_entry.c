/* app/ledger_entry.c — from a stored row to the bytes that are hashed. */
#include "app/ledger_entry.h"

#include "app/ledger_sequence.h"
#include "base/clock.h"
#include "base/json.h"
#include "core/sha256.h"

#include <string.h>

enum { ENTRY_MOST = 1 << 20, DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

void ledger_entry_json(struct buf *out, const struct ledger_entry *entry)
{
	struct json j;
	char time[CLOCK_TEXT];

	clock_text(entry->time, time);
	json_init(&j, out);
	json_begin_object(&j);
	json_put_text(&j, "action", entry->action);
	json_put_text(&j, "actor", entry->actor);
	json_put_text(&j, "digest", entry->digest);
	json_put_text(&j, "roles", entry->roles);
	json_put_int(&j, "seq", entry->seq);
	json_put_text(&j, "source", entry->source);
	json_put_text(&j, "subject", entry->subject);
	json_put_text(&j, "time", time);
	json_end_object(&j);
}

void ledger_entry_leaf(const struct ledger_entry *entry, char leaf[LEDGER_LEAF + 1])
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, ENTRY_MOST);
	buf_add(&text, entry->salt, sizeof(entry->salt));
	ledger_entry_json(&text, entry);
	sha256_hex((struct span){ text.data, text.len }, leaf);
	leaf[LEDGER_LEAF] = 0;
}

int64_t ledger_entry_day(const struct ledger_entry *entry)
{
	return (entry->time + ZONE_MS) / DAY_MS;
}

bool ledger_entry_new_day(const struct ledger_entry *entry, int64_t latest)
{
	int64_t day = ledger_entry_day(entry);

	return day > latest || (day < latest && strcmp(entry->action, LEDGER_CLOCK_ACTION) == 0);
}
