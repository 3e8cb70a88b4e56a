/* app/ledger_basis.c — the ledger first, since all other answers come out of its entries. */
#include "app/ledger_basis.h"

#include "app/ledger_read.h"
#include "app/ledger_tables.h"
#include "app/ledger_whole.h"
#include "base/status.h"

#include <stdio.h>

static int refuse(struct office *o, const char *what)
{
	snprintf(o->why, sizeof(o->why),
		 "数据库与账簿不符，不能锁定：%s。请停办，保存原样，用 mingqian ledger verify 查明",
		 what);
	return FORBIDDEN;
}

int ledger_basis(struct office *o, struct arena *a, int64_t year, const char **ret)
{
	struct ledger_tables t;
	const char *what;
	int rc = ledger_whole_told(o, a, &what);

	if (rc == FORBIDDEN)
		return refuse(o, what);
	TRY(rc);
	TRY(ledger_tables_check(o, a, true, &t));
	const struct ledger_table *const all[] = {
		&t.registries.changes, &t.registries.rows, &t.rules, &t.plans, &t.draws, &t.sites
	};
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i]->wrong > 0)
			return refuse(o, all[i]->first);
	return ledger_read_lines(o->db, a, year, ret);
}
