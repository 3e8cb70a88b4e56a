#ifndef APP_LEDGER_READ_H
#define APP_LEDGER_READ_H
/*
 * app/ledger_read.h — what a freeze has read, as lines of its entry's document: "read <subject> <digest>" for the last
 * change of each registry and for the year's opening and calendar, with the digest that its own entry carries.
 */
#include "app/ledger_checking.h"

/* The lines as it stands, in the arena. */
MUST_USE int ledger_read_lines(struct db *db, struct arena *a, int64_t year, const char **ret);

/* Does each such line of the entry's document name an entry? Told to c->draws. */
MUST_USE int ledger_read_said(struct ledger_checking *c, const struct ledger_audit_entry *entry);

#endif
