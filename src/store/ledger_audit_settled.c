/* store/ledger_audit_settled.c — see ledger_audit_settled.h. */
#include "store/ledger_audit_settled.h"

#include "base/cleanup.h"
#include "base/status.h"

int ledger_audit_winners(struct db *db, ledger_audit_each_winner *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select w.registry, w.field, w.winner, coalesce((select e.digest"
		" from ledger_entry as e where e.subject = w.registry || '/' || w.field"
		" and e.action = 'registry.winner' order by e.time desc, e.id desc limit 1), '')"
		" from registry_winner as w"
		" union all select distinct e.subject, '', '', '' from ledger_entry as e"
		" where e.action = 'registry.winner' and not exists"
		" (select 1 from registry_winner as w"
		" where w.registry || '/' || w.field = e.subject)",
		""));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct ledger_audit_winner row = { db_text(r, 0), db_text(r, 1),
							 db_text(r, 2), db_text(r, 3) };
		TRY(each(arg, &row));
	}
	return rc;
}
