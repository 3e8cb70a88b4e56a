#ifndef APP_LEDGER_LIST_H
#define APP_LEDGER_LIST_H
/* app/ledger_list.h — a page of the ledger, newest first. */
#include "app/office.h"
#include "store/ledger.h"

enum { LEDGER_LIST_MOST = 1000 };

struct ledger_page {
	struct ledger_entry *items; /* in the arena, with their strings */
	size_t count;
	int64_t total; /* numbered entries in all, of any subject */
	int64_t next;  /* `below` of the next page; -1: there is none */
};

/*
 * The newest entries below number `below` (INT64_MAX: from the newest on), 1 to LEDGER_LIST_MOST of them; of
 * one subject if it is not NULL. Entries that have no number yet are not shown.
 */
MUST_USE int ledger_list(struct office *o, struct arena *a, const char *subject, int64_t below,
			 size_t most, struct ledger_page *ret);

#endif
