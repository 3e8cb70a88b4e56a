/* app/ledger_accounts.c — by pages, in the order of names. */
#include "app/ledger_accounts.h"

#include "app/account.h"
#include "app/account_bound.h"
#include "base/status.h"

#include <inttypes.h>
#include <stdio.h>

enum { PAGE = 100 };

struct looking {
	struct office o; /* a copy, for what is said in why */
	struct arena *a;
	struct ledger_table *t;
};

static int check_one(struct looking *l, struct arena *of_page, const struct account_row *row)
{
	struct account account;

	l->t->seen++;
	if (!l->o.keys)
		return OK;
	int rc = account_fill(&l->o, of_page, row, &account);
	if (rc == OK)
		rc = account_known(&l->o, row, account.roles);
	if (rc != INVALID && rc != FORBIDDEN)
		return rc;
	ledger_table_wrong(l->t, l->a, "账号 %s 的资料、密码或角色与账簿里最后一次办理的不同",
			   row->name);
	return OK;
}

static int check_page(struct looking *l, char after[ACCOUNT_NAME_MOST + 1], size_t *ret_count)
{
	CLEANUP(arena_release) struct arena a;
	struct account_row rows[PAGE];

	arena_init(&a);
	TRY(account_row_list(l->o.db, &a, after, PAGE, rows, ret_count));
	for (size_t i = 0; i < *ret_count; i++)
		TRY(check_one(l, &a, &rows[i]));
	if (*ret_count > 0)
		snprintf(after, ACCOUNT_NAME_MOST + 1, "%s", rows[*ret_count - 1].name);
	return OK;
}

int ledger_accounts_check(const struct office *o, struct arena *a, struct ledger_table *t)
{
	struct looking l = { *o, a, t };
	char after[ACCOUNT_NAME_MOST + 1] = "";
	int64_t made, begun;
	size_t count;

	do
		TRY(check_page(&l, after, &count));
	while (count == PAGE);
	TRY(ledger_audit_count(o->db, "account.create", &made));
	TRY(ledger_audit_count(o->db, "account.begin", &begun));
	if (t->seen != made + begun * ACCOUNT_FIRST)
		ledger_table_wrong(t, a, "账号有 %" PRId64 " 个，账簿里建立过 %" PRId64 " 个",
				   t->seen, made + begun * ACCOUNT_FIRST);
	return OK;
}
