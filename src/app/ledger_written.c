/* app/ledger_written.c — one read an entry. */
#include "app/ledger_written.h"

#include "app/ledger_mark.h"
#include "base/arena.h"
#include "base/status.h"

int ledger_written_check(const struct ledger_written *w, struct db *db, const struct keys *keys)
{
	CLEANUP(arena_release) struct arena a;
	struct ledger_entry entry;

	arena_init(&a);
	for (size_t i = 0; i < w->count; i++) {
		int rc = ledger_get(db, &a, w->ids[i], &entry);
		if (rc == NONE || (rc == OK && !ledger_mark_true(keys, &entry)))
			return FORBIDDEN;
		TRY(rc);
	}
	return OK;
}

int ledger_written_add(struct ledger_written *w, struct db *db, const struct keys *keys, int64_t id)
{
	if (w->count == LEDGER_WRITTEN_MOST) {
		TRY(ledger_written_check(w, db, keys));
		w->count = 0;
	}
	w->ids[w->count++] = id;
	return OK;
}
