#ifndef TEST_APP_LEDGER_ATTACK_H
#define TEST_APP_LEDGER_ATTACK_H
/*
 * test/app/ledger_attack.h — a ledger with a history, and what somebody who writes the database directly
 * could do to it, from clumsy to thorough.
 */
#include "app/ledger_verify.h"

#include "office_world.h"

enum { ATTACK_ENTRIES = 300, ATTACK_EARLY = 100, ATTACK_LATE = 290 };

struct ledger_attack {
	struct office_world world;
	const char *early, *late; /* checkpoints kept outside, of the first 100 and 290 entries */
	struct ledger_report report;
};

/* 300 entries, two of them with documents; checkpoints at 100, 290 and 300 entries. */
void ledger_attack_init(struct ledger_attack *t);
void ledger_attack_release(struct ledger_attack *t);

/* Runs one statement of the attacker; it must succeed. */
void ledger_attack_sql(struct ledger_attack *t, const char *sql);

/* Gives entries from..to-1 leaves that fit them again; with_keys: and marks, as who holds the office's keys too could. */
void ledger_attack_leaves_only(struct ledger_attack *t, int64_t from, int64_t to, bool with_keys);

/* Leaves and marks. */
void ledger_attack_leaves(struct ledger_attack *t, int64_t from, int64_t to);

/* Inserts an entry with this number by hand; its leaf is that of another. */
void ledger_attack_insert(struct ledger_attack *t, int64_t seq);

/* Adds an entry without a number by hand, at that time; with its mark, or (NULL keys) without. */
void ledger_attack_pending(struct ledger_attack *t, int64_t time, const struct keys *keys);

/* Makes the tree and its subtrees fit the leaves again, as who has the database could. */
void ledger_attack_tree_only(struct ledger_attack *t);

/* And the head beside the keys, as who can write there too could. */
void ledger_attack_tree(struct ledger_attack *t);

/* Verifies against these outside texts (NULL: none) with the database's key. */
void ledger_attack_verify(struct ledger_attack *t, const char *outside, const char *more);

/* The step of the last verification has this mark, and its text holds these words. */
void ledger_attack_expect(const struct ledger_attack *t, const char *name, enum verify_mark mark,
			  const char *words);

/* All steps but these (space-separated) are ✓. */
void ledger_attack_rest_ok(const struct ledger_attack *t, const char *but);

#endif
