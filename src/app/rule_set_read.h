#ifndef APP_RULE_SET_READ_H
#define APP_RULE_SET_READ_H
/*
 * app/rule_set_read.h — the JSON form of a rule set: read strictly, written canonically. The keys are
 * those of rules/schema.json, which is made from the same tables.
 */
#include "app/plan_notes.h"
#include "app/rule_set.h"

struct buf;

enum { RULE_DIGEST = 65 /* bytes with the NUL */ };

/*
 * Reads a rule set from JSON of at most RULE_FILE_MOST bytes. Unknown keys, wrong types, numbers out of
 * range, duplicates, texts that are too long, ids that point nowhere: each becomes a PLAN_REFUSED note that
 * begins with the path ("rules[3].basis.percent") and says what to write; after RULE_MISTAKES_MOST it stops.
 * Returns INVALID if there was one, TOO_LARGE for a longer file (with a note). All texts live in the notes'
 * arena. What the rules mean together is judged by app/rule_set_check.h.
 */
MUST_USE int rule_set_read(const char *text, size_t len, struct plan_notes *notes,
			   struct rule_set *ret);

/*
 * Appends the canonical JSON (RFC 8785, what equals its default left out): two sets that mean the same have
 * the same bytes. Reading it gives the set again.
 */
void rule_set_write(const struct rule_set *set, struct buf *out);

/* Lower-case hex SHA-256 of the canonical JSON. */
void rule_set_digest(const struct rule_set *set, char out[RULE_DIGEST]);

/* Appends the JSON Schema (2020-12) of the form. */
void rule_set_schema(struct buf *out);

#endif
