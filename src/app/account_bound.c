/* app/account_bound.c — each value with its length, so that none can pass for part of another. */
#include "app/account_bound.h"

#include "app/account_secret.h"
#include "app/ledger_mark.h"
#include "app/row_sum.h"
#include "base/status.h"
#include "store/ledger_audit.h"

#include <stdio.h>
#include <string.h>

static void tag_of(const struct keys *keys, const char *what, struct sha256 *sum,
		   char ret[KEYS_TAG])
{
	char text[ROW_SUM];

	row_sum_done(sum, text);
	keys_tag(keys, what, text, strlen(text), ret);
}

static void account_tag(const struct keys *keys, const struct account_row *row, unsigned roles,
			int64_t told, char ret[KEYS_TAG])
{
	const char *const texts[] = { row->id,         row->name,      row->person,
				      row->kind,       row->state,     row->county,
				      row->department, row->inspector, row->password };
	struct sha256 sum;

	sha256_init(&sum);
	for (size_t i = 0; i < COUNT(texts); i++)
		row_sum_text(&sum, texts[i]);
	row_sum_number(&sum, row->key);
	row_sum_number(&sum, row->password_at);
	row_sum_bytes(&sum, row->totp ? row->totp : "", row->totp_len);
	row_sum_number(&sum, roles);
	row_sum_number(&sum, told);
	tag_of(keys, "account/row", &sum, ret);
}

int account_bind(struct office *o, const struct account_row *row, unsigned roles)
{
	char tag[KEYS_TAG];

	account_tag(o->keys, row, roles, office_now(o), tag);
	return account_row_tag(o->db, row->key, tag, office_now(o));
}

/* Is the last act about it the one that its row tells of? Before any it is invited, and may nothing. */
static int check_last(struct office *o, const struct account_row *row, bool *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct ledger_entry entry;
	int64_t id;

	arena_init(&a);
	TRY(ledger_audit_account(o->db, row->id, &id));
	*ret = strcmp(row->state, "invited") == 0;
	if (id == 0)
		return OK;
	TRY(ledger_get(o->db, &a, id, &entry));
	*ret = entry.time == row->told && ledger_mark_true(o->keys, &entry);
	return OK;
}

int account_known(struct office *o, const struct account_row *row, unsigned roles)
{
	char tag[KEYS_TAG];
	bool last;

	account_tag(o->keys, row, roles, row->told, tag);
	TRY(check_last(o, row, &last));
	if (last && account_digest_equal(tag, row->tag))
		return OK;
	snprintf(o->why, sizeof(o->why),
		 "账号 %s 与账簿不符：有人直接改过数据库。请停用，用 mingqian ledger verify 查明",
		 row->name);
	return FORBIDDEN;
}

void account_session_tag(const struct keys *keys, const struct account_session_row *session,
			 const char *password, char ret[KEYS_TAG])
{
	struct sha256 sum;

	sha256_init(&sum);
	row_sum_text(&sum, session->digest);
	row_sum_text(&sum, session->id);
	row_sum_text(&sum, session->csrf);
	row_sum_number(&sum, session->account);
	row_sum_number(&sum, session->made_at);
	row_sum_number(&sum, session->seen_at);
	row_sum_text(&sum, password);
	tag_of(keys, "account/session", &sum, ret);
}

void account_ticket_tag(const struct keys *keys, const struct account_ticket *ticket,
			const char *password, char ret[KEYS_TAG])
{
	struct sha256 sum;

	sha256_init(&sum);
	row_sum_text(&sum, ticket->digest);
	row_sum_number(&sum, ticket->account);
	row_sum_number(&sum, ticket->made_at);
	row_sum_number(&sum, ticket->expires);
	row_sum_text(&sum, password);
	tag_of(keys, "account/ticket", &sum, ret);
}
