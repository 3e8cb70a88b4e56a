/* app/ledger_checking.c — see ledger_checking.h. */
#include "app/ledger_checking.h"

#include "app/ledger_bound.h"
#include "app/ledger_words.h"
#include "base/status.h"

int ledger_check_bound(struct ledger_checking *c, const struct ledger_audit_entry *entry,
		       const char *with)
{
	struct ledger_bound bound;

	TRY(ledger_bound(c->o->db, NULL, entry, with, false, &bound));
	c->draws->seen++;
	if (bound.found == 0) {
		const char *what = ledger_line_words(bound.word);
		ledger_table_wrong(c->draws, c->a, "%s 的“%s”与账簿里的全文不同%s%s",
				   entry->subject, ledger_words(entry->action), *what ? "：" : "",
				   what);
	}
	return OK;
}
