#ifndef APP_LEDGER_WHOLE_H
#define APP_LEDGER_WHOLE_H
/*
 * app/ledger_whole.h — is the ledger whole as it stands? Questions that are asked of its entries by SQL are answered by
 * whoever wrote the rows; they mean something in a transaction in which this holds.
 */
#include "app/office.h"

/*
 * INVALID unless every entry is this program's own (ledger_mark_true), numbers run without gap from 0 and the
 * tree is that of their leaves and goes on from the head that office_head has read. One walk over all entries. Inside
 * db_read, so that what is asked next sees the same.
 */
MUST_USE int ledger_whole(const struct office *o);

/*
 * The same, and the schema is the program's own (app/office_schema.h). FORBIDDEN: *ret says in Chinese what is wrong, in the
 * arena.
 */
MUST_USE int ledger_whole_told(const struct office *o, struct arena *a, const char **ret);

/* The same of the entries from a number on, and of those without a number. */
MUST_USE int ledger_whole_from(const struct office *o, int64_t from);

#endif
