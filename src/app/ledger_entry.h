#ifndef APP_LEDGER_ENTRY_H
#define APP_LEDGER_ENTRY_H
/* app/ledger_entry.h — an entry as the line of JSON that its leaf binds (spec/ledger.md). */
#include "base/buf.h"
#include "store/ledger.h"

/* Appends the entry in RFC 8785 form, without LF: action, actor, digest, roles, seq, source, subject, time. */
void ledger_entry_json(struct buf *out, const struct ledger_entry *entry);

/* The leaf: 64 hex digits of SHA256(salt || that JSON), and a NUL. */
void ledger_entry_leaf(const struct ledger_entry *entry, char leaf[LEDGER_LEAF + 1]);

/* Its day, since 1970 at +08:00. */
MUST_USE int64_t ledger_entry_day(const struct ledger_entry *entry);

/* Does a day begin with it? `latest` is the latest of the entries before; a clock that is corrected goes back to its day. */
MUST_USE bool ledger_entry_new_day(const struct ledger_entry *entry, int64_t latest);

#endif
