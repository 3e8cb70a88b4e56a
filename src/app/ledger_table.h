#ifndef APP_LEDGER_TABLE_H
#define APP_LEDGER_TABLE_H
/* app/ledger_table.h — what comes of holding one kind of table against the ledger. */
#include "base/arena.h"
#include "base/cleanup.h"
#include "db/db.h"
#include "store/ledger_audit.h"

#include <stdint.h>

struct ledger_table {
	int64_t seen, wrong; /* what was looked at; what does not agree */
	const char *first; /* the first that does not, in Chinese, in the arena; NULL: all agree */
};

/* One more that does not agree. */
PRINTF(3, 4)
void ledger_table_wrong(struct ledger_table *t, struct arena *a, const char *format, ...);

#endif
