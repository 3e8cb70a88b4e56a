/* test/app/account_bound.c — who writes the database gets no rights by it. */
#include "app/account_bound.h"

#include "app/account_grant.h"
#include "app/account_session.h"
#include "app/ledger_accounts.h"
#include "base/status.h"

#include "../db/scene.h"
#include "account_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static int64_t strange(struct account_world *w)
{
	struct ledger_table t = { 0 };

	CHECK_INT(ledger_accounts_check(w->o, w->a, &t), OK);
	return t.wrong;
}

struct forging {
	struct account_world *w;
	const char *sql, *token;
};

static int forge_and_ask(struct db *db, void *arg)
{
	const struct forging *in = arg;
	struct account_world *w = in->w;
	struct account_here here;
	struct account account;
	struct account_row row;

	if (!CHECK(scene_run(db, in->sql) == OK))
		printf("# %s: %s\n", in->sql, db_error_text(db));
	int rc = account_here(w->o, w->a, w->policy, in->token, &here);
	unit_check(rc == FORBIDDEN && strstr(w->o->why, "与账簿不符"), __FILE__, __LINE__,
		   "%d %s: %s", rc, w->o->why, in->sql);
	CHECK_INT(account_row_get(db, w->a, "zhangsan", &row), OK);
	CHECK_INT(account_find(w->o, w->a, row.id, &account), OK);
	CHECK_INT(account_edit(w->o, row.id, account.row.version, NULL, "科", NULL), FORBIDDEN);
	CHECK(strange(w) > 0);
	return CANCELLED;
}

TEST(account_rights_written_past_the_program_are_none)
{
	static const char *const forged[] = {
		"update account set county = '' where name = 'zhangsan'",
		"update account set department = '别的' where name = 'zhangsan'",
		"update account set inspector = 'P-1' where name = 'zhangsan'",
		"update account set person = '王五' where name = 'zhangsan'",
		"update account set kind = 'system' where name = 'zhangsan'",
		"update account set password = (select x.password from account as x where"
		" x.name = 'lisi') where name = 'zhangsan'",
		"update account set told = told + 1 where name = 'zhangsan'",
		"update account set tag = '' where name = 'zhangsan'",
		"insert into account_role (account, role, since, ended, grant_id) select key,"
		" 'leader', 5, 0, '' from account where name = 'zhangsan'",
		"update account_role set role = 'planner' where role = 'reviewer'",
		"delete from account_role",
		"update ledger_entry set action = 'account.edit' where action = 'account.login'",
	};
	struct account_session s;
	struct account_world w;

	account_world_init(&w);
	const char *id = account_world_person(&w, "zhangsan", "张三");
	(void)account_world_person(&w, "lisi", "李四");
	account_world_give(&w, id, ROLE_REVIEWER);
	w.o->fixed_now += MINUTE;
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(strange(&w), 0);
	for (size_t i = 0; i < COUNT(forged); i++) {
		struct forging in = { &w, forged[i], s.token };
		CHECK_INT(db_write(w.o->db, forge_and_ask, &in), CANCELLED);
	}
	CHECK_INT(strange(&w), 0);
	office_world_release(&w.w);
}

/* An older state with the tag that it had: a role that was taken, a password from before. */
TEST(account_put_back_to_what_it_was_is_not_known)
{
	struct account_session s;
	struct account_row before;
	char request[ACCOUNT_ID];
	struct account_world w;

	account_world_init(&w);
	const char *id = account_world_person(&w, "zhangsan", "张三");
	account_world_give(&w, id, ROLE_REVIEWER);
	CHECK_INT(account_row_get(w.o->db, w.a, "zhangsan", &before), OK);
	w.o->fixed_now += MINUTE;
	w.o->actor = "系统管理员";
	CHECK_INT(account_ask(w.o, &(struct account_ask){ id, ROLE_REVIEWER, false, "调离" },
			      request),
		  OK);
	w.o->actor = "安全管理员";
	CHECK_INT(account_decide(w.o, request, true), OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(scene_run(w.o->db, "update account_role set ended = 0"), OK);
	CHECK_INT(scene_run(w.o->db, arena_printf(w.a,
						  "update account set tag = '%s', told = %lld"
						  " where name = 'zhangsan'",
						  before.tag, (long long)before.told)),
		  OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), FORBIDDEN);
	CHECK(strstr(w.o->why, "与账簿不符") != NULL);
	CHECK_INT(strange(&w), 1);
	office_world_release(&w.w);
}

/* One's own session or link, made to be somebody else's. */
TEST(account_sessions_and_links_are_whose_they_were_made_for)
{
	struct account_session s;
	struct account_invited link;
	struct account_here here;
	struct account_world w;

	account_world_init(&w);
	const char *id = account_world_person(&w, "zhangsan", "张三");
	(void)account_world_person(&w, "lisi", "李四");
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(scene_run(w.o->db, "update account_session set account = (select key from"
				     " account where name = 'lisi')"),
		  OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), NONE);
	CHECK_INT(account_invite(w.o, w.policy, id, &link), OK);
	CHECK_INT(scene_run(w.o->db, "update account_ticket set account = (select key from account"
				     " where name = 'lisi')"),
		  OK);
	CHECK_INT(account_activate(w.o, w.policy, link.token, OTHER), NONE);
	office_world_release(&w.w);
}
