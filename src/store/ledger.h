#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H
/*
 * store/ledger.h — entries of the ledger and the tree over them (spec/ledger.md). An entry is added without
 * a number in the transaction of the act it tells of; the one sequencer (app/ledger_sequence.h) numbers it.
 * There is no call that changes or deletes an entry.
 */
#include "base/arena.h"
#include "db/db.h"

enum { LEDGER_SALT = 32, LEDGER_LEAF = 64, LEDGER_MARK = 65 };

struct ledger_entry {
	int64_t id;
	int64_t seq;  /* from 0; -1: not numbered yet */
	int64_t time; /* UTC milliseconds */
	const char *actor, *roles, *action, *subject, *source;
	const char *digest; /* 64 hex digits of the full document, or "" */
	uint8_t salt[LEDGER_SALT];
	char leaf[LEDGER_LEAF + 1]; /* both only with a number */
	char mark[LEDGER_MARK];     /* 64 hex digits and NUL (app/ledger_mark.h) */
};

/* Adds an entry without a number, inside db_write. Its id, seq, salt, leaf and mark are not read. */
MUST_USE int ledger_add(struct db *db, const struct ledger_entry *entry, int64_t *ret_id);

/* Gives it its mark, in the same transaction. CONFLICT if it has one. */
MUST_USE int ledger_mark_put(struct db *db, int64_t id, const char mark[LEDGER_MARK]);

/* Ids above `after` of entries without a number, the oldest first, at most `most`, of the commits known by now. */
MUST_USE int ledger_pending(struct db *db, int64_t after, size_t most, int64_t *ids,
			    size_t *ret_count);

/* One entry by id or by number; its strings live in the arena. NONE. */
MUST_USE int ledger_get(struct db *db, struct arena *a, int64_t id, struct ledger_entry *ret);
MUST_USE int ledger_get_seq(struct db *db, struct arena *a, int64_t seq, struct ledger_entry *ret);

/* Gives an entry that has none its number, salt, leaf and new mark. CONFLICT if it has one already; DB_UNIQUE. */
MUST_USE int ledger_number(struct db *db, const struct ledger_entry *entry);

/* The newest number of a subject's entries; NONE. */
MUST_USE int ledger_last_of(struct db *db, const char *subject, int64_t *ret_seq);

/* Called for each entry; not OK ends the walk and is returned. The entry is valid during the call. */
typedef int ledger_each(void *arg, const struct ledger_entry *entry);

/* All entries about a subject, with a number or not, in the order in which they were written. */
MUST_USE int ledger_walk_subject(struct db *db, const char *subject, ledger_each *each, void *arg);

/* Is there any? */
MUST_USE int ledger_has(struct db *db, const char *subject, bool *ret);

/* All entries without a number, the oldest first. */
MUST_USE int ledger_walk_pending(struct db *db, ledger_each *each, void *arg);

/* All numbered entries from number `from` on, in order, streamed. */
MUST_USE int ledger_walk(struct db *db, int64_t from, ledger_each *each, void *arg);

/* The newest entries below number `below`, at most `most`, newest first; subject NULL: of all. */
MUST_USE int ledger_newest(struct db *db, const char *subject, int64_t below, int64_t most,
			   ledger_each *each, void *arg);

/* What somebody looks for: "" and 0 restrict nothing. */
struct ledger_ask {
	const char *subject, *actor, *action; /* never NULL */
	int64_t from,
		until; /* UTC milliseconds; until is not one of them, and INT64_MAX restricts nothing */
};

/* The newest of those below number `below`, at most `most`, newest first; and how many there are in all, numbered. */
MUST_USE int ledger_search(struct db *db, const struct ledger_ask *ask, int64_t below, int64_t most,
			   ledger_each *each, void *arg);
MUST_USE int ledger_search_count(struct db *db, const struct ledger_ask *ask, int64_t *ret);

#endif
