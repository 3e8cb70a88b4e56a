/* app/account_grant.c — who is who is asked by names, as they are written down everywhere. */
#include "app/account_grant.h"

#include "app/account_bound.h"
#include "app/ledger_asked.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

struct act {
	struct office *o;
	struct arena *a;
	const struct account_ask *ask;
	const char *id;
	bool agree;
	char made[ACCOUNT_ID];
};

static int refuse(struct office *o, int code, const char *why)
{
	snprintf(o->why, sizeof(o->why), "%s", why);
	return code;
}

/* Who makes the lists is nobody who approves or watches them. */
static int check_together(struct act *in, const struct account *account, enum role role)
{
	enum role other;

	if (!role_conflict(account->roles, role, &other))
		return OK;
	snprintf(in->o->why, sizeof(in->o->why), "他已是%s，不能又是%s：这两个角色要由两个人担任",
		 role_chinese(other), role_chinese(role));
	return CONFLICT;
}

static int check_ask(struct act *in, const struct account *account)
{
	bool has = account->roles >> in->ask->role & 1;
	bool visits = in->ask->role == ROLE_INSPECTOR || in->ask->role == ROLE_JOINT;

	if (account->kind != KIND_BUSINESS)
		return refuse(in->o, CONFLICT, "三员不能有业务角色");
	if (strcmp(account->row.state, "closed") == 0)
		return refuse(in->o, CONFLICT, "这个账号已经停用");
	if (office_same_person(account->row.person, in->o->actor))
		return refuse(in->o, FORBIDDEN, "不能给自己申请授权");
	if (in->ask->give && has)
		return refuse(in->o, CONFLICT, "已经有这个角色");
	if (!in->ask->give && !has)
		return refuse(in->o, CONFLICT, "没有这个角色");
	if (in->ask->give && visits && !*account->row.inspector)
		return refuse(in->o, INVALID, "先在账号里写上他在执法人员名录里的编号");
	return in->ask->give ? check_together(in, account, in->ask->role) : OK;
}

const char *account_grant_text(struct arena *a, const char *account,
			       const struct account_grant_row *grant)
{
	return arena_printf(a, "%s\t%s\t%s\t%s\t%s\n", grant->id, account, grant->role,
			    grant->give ? "give" : "take", grant->reason);
}

static int log_grant(struct office *o, const char *action, const struct account_row *account,
		     const struct account_grant_row *grant)
{
	CLEANUP(arena_release) struct arena a;
	char digest[OFFICE_DIGEST];

	arena_init(&a);
	const char *text = account_grant_text(&a, account->id, grant);
	TRY(office_document(o, text, strlen(text), digest));
	return office_log(o, action, account->id, digest);
}

static int ask(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account_row row;
	struct account account;
	int rc = account_row_by_id(db, in->a, in->ask->account, &row);

	if (rc == NONE)
		return refuse(in->o, NONE, "没有这个账号");
	TRY(rc);
	TRY(account_fill(in->o, in->a, &row, &account));
	TRY(account_known(in->o, &account.row, account.roles));
	TRY(check_ask(in, &account));
	TRY(life_ulid(office_now(in->o), in->made));
	const struct account_grant_row grant = { .id = in->made,
						 .account = row.key,
						 .role = role_word(in->ask->role),
						 .give = in->ask->give,
						 .reason = in->ask->reason,
						 .asked_by = in->o->actor,
						 .asked_at = office_now(in->o) };
	rc = account_grant_add(db, &grant);
	if (rc == DB_UNIQUE)
		return refuse(in->o, CONFLICT, "这个角色已经有人申请，等着批准");
	TRY(rc);
	return log_grant(in->o, "account.ask", &row, &grant);
}

int account_ask(struct office *o, const struct account_ask *in, char ret[ACCOUNT_ID])
{
	CLEANUP(arena_release) struct arena a;
	struct act act = { .o = o, .a = &a, .ask = in };

	arena_init(&a);
	o->why[0] = 0;
	TRY(office_reason(o, in->reason));
	TRY(office_write(o, ask, &act));
	memcpy(ret, act.made, ACCOUNT_ID);
	return OK;
}

static int carry_out(struct act *in, const struct account_row *row,
		     const struct account_grant_row *grant)
{
	int64_t now = office_now(in->o);
	struct account account;
	enum role role;

	TRY(role_read(grant->role, &role));
	TRY(account_fill(in->o, in->a, row, &account));
	TRY(account_known(in->o, &account.row, account.roles));
	if (grant->give)
		TRY(check_together(in, &account, role));
	int rc = grant->give ? account_role_give(in->o->db, row->key, grant->role, now, grant->id)
			     : account_role_take(in->o->db, row->key, grant->role, now);

	if (rc == DB_UNIQUE || rc == CONFLICT)
		return refuse(in->o, CONFLICT, "账号的角色已经变了：请拒绝这份申请，重新申请");
	TRY(rc);
	TRY(account_bind(in->o, row, account.roles ^ 1U << role));
	return log_grant(in->o, grant->give ? "account.grant" : "account.take", row, grant);
}

/* Did that one ask for just this, and has nobody decided about it? */
static int check_asked(const struct office *beside, void *arg)
{
	const struct account_grant_row *grant = arg;
	CLEANUP(arena_release) struct arena a;
	struct ledger_asked *asked;
	char digest[OFFICE_DIGEST];

	arena_init(&a);
	const char *text = account_grant_text(&a, grant->account_id, grant);
	office_digest(text, strlen(text), digest);
	TRY(ledger_asked(beside, &a, grant->account_id, digest, NULL, &asked));
	TRY(ledger_asked_check(beside, asked, "account.ask", grant->asked_by, grant->asked_at));
	return asked->next ? INVALID : OK;
}

static int decide(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account_grant_row grant;
	struct account_row row;
	int rc = account_grant_get(db, in->a, in->id, &grant);

	if (rc == NONE)
		return refuse(in->o, NONE, "没有这份申请");
	TRY(rc);
	TRY(account_row_by_key(db, in->a, grant.account, &row));
	if (office_same_person(grant.asked_by, in->o->actor))
		return refuse(in->o, FORBIDDEN, "申请人不能自己批准：要由另一人决定");
	if (office_same_person(grant.person, in->o->actor))
		return refuse(in->o, FORBIDDEN, "不能决定自己的授权");
	rc = account_grant_decide(db, grant.id, in->agree ? "agreed" : "refused", in->o->actor,
				  office_now(in->o));
	if (rc == CONFLICT)
		return refuse(in->o, CONFLICT, "这份申请已有人决定");
	TRY(rc);
	rc = ledger_beside(in->o, check_asked, &grant);
	if (rc == INVALID)
		return refuse(in->o, FORBIDDEN, ledger_asked_strange);
	TRY(rc);
	if (!in->agree)
		return log_grant(in->o, "account.refuse", &row, &grant);
	return strcmp(row.state, "closed") == 0 ? refuse(in->o, CONFLICT, "这个账号已经停用")
						: carry_out(in, &row, &grant);
}

int account_decide(struct office *o, const char *id, bool agree)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .id = id, .agree = agree };

	arena_init(&a);
	return office_write(o, decide, &in);
}
