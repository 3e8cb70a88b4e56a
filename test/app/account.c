/* test/app/account.c — accounts, and the ways to get at one that is not one's own. */
#include "app/account_grant.h"
#include "app/account_login.h"
#include "app/account_session.h"
#include "app/account_totp.h"
#include "base/status.h"
#include "account_world.h"
#include "store/ledger_tree.h"
#include "unit.h"

#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>

/* Entries with a number. */
static int64_t entries(struct account_world *w)
{
	struct ledger_tree tree;

	CHECK_INT(ledger_tree_get(w->o->db, &tree), OK);
	return tree.size;
}

TEST(account_begins_with_three_administrators_once)
{
	struct account_world w;
	struct account_invited again[ACCOUNT_FIRST];
	struct account_session s;

	account_world_init(&w);
	CHECK_STR(w.first[0].name, "system");
	CHECK_STR(w.first[2].name, "audit");
	CHECK_INT(account_begin(w.o, w.policy, again), CONFLICT);
	CHECK_INT(account_world_login(&w, "system", "", "", "10.0.0.1", &s), FORBIDDEN);
	CHECK_INT(account_activate(w.o, w.policy, w.first[0].token, "short"), INVALID);
	CHECK_INT(account_activate(w.o, w.policy, w.first[0].token, GOOD), OK);
	CHECK_INT(account_activate(w.o, w.policy, w.first[0].token, OTHER), NONE);
	CHECK_INT(account_world_login(&w, "system", GOOD, "", "10.0.0.1", &s), OK);
	CHECK(s.totp_wanted && !s.password_old);
	office_world_release(&w.w);
}

TEST(account_links_end_with_their_time_and_with_the_next_one)
{
	struct account_world w;
	struct account_invited next;
	struct account_row row;

	account_world_init(&w);
	CHECK_INT(account_row_get(w.o->db, w.a, "security", &row), OK);
	CHECK_INT(account_invite(w.o, w.policy, row.id, &next), OK);
	CHECK_INT(account_activate(w.o, w.policy, w.first[1].token, GOOD), NONE);
	w.o->fixed_now += w.policy->ticket_ms + 1;
	CHECK_INT(account_activate(w.o, w.policy, next.token, GOOD), NONE);
	CHECK_INT(account_activate(w.o, w.policy, "not a link", GOOD), NONE);
	office_world_release(&w.w);
}

/* Else who sends the link could be the leader by himself. */
TEST(account_a_new_link_to_one_at_work_takes_its_roles)
{
	const char *roles[ACCOUNT_ROLES_MOST];
	struct account_invited next;
	struct account_row row;
	struct account_world w;
	size_t count;

	account_world_init(&w);
	const char *id = account_world_person(&w, "leader1", "赵局长");
	CHECK_INT(account_row_get(w.o->db, w.a, "leader1", &row), OK);
	account_world_give(&w, id, ROLE_LEADER);
	CHECK_INT(account_role_list(w.o->db, w.a, row.key, roles, &count), OK);
	CHECK_INT(count, 1);
	CHECK_INT(account_invite(w.o, w.policy, id, &next), OK);
	CHECK_INT(account_role_list(w.o->db, w.a, row.key, roles, &count), OK);
	CHECK_INT(count, 0);
	CHECK_INT(account_activate(w.o, w.policy, next.token, GOOD), OK);
	CHECK_INT(account_role_list(w.o->db, w.a, row.key, roles, &count), OK);
	CHECK_INT(count, 0);
	office_world_release(&w.w);
}

TEST(account_one_person_has_one)
{
	static const char *const same[] = { "张三", "张 三" };
	struct account_world w;
	struct account_invited invited;

	account_world_init(&w);
	(void)account_world_person(&w, "zhangsan", "张三");
	for (size_t i = 0; i < COUNT(same); i++) {
		const struct account_new made = { "other", same[i], KIND_SECURITY, "", "", "" };
		CHECK_INT(account_create(w.o, w.policy, &made, &invited), CONFLICT);
	}
	const struct account_new taken = { "zhangsan", "李四", KIND_BUSINESS, "", "", "" };
	CHECK_INT(account_create(w.o, w.policy, &taken, &invited), CONFLICT);
	office_world_release(&w.w);
}

TEST(account_refuses_wrong_words)
{
	static const struct account_new bad[] = {
		{ "ab", "李四", KIND_BUSINESS, "", "", "" },
		{ "Lisi", "李四", KIND_BUSINESS, "", "", "" },
		{ "li si", "李四", KIND_BUSINESS, "", "", "" },
		{ "1lisi", "李四", KIND_BUSINESS, "", "", "" },
		{ "lisi", "", KIND_BUSINESS, "", "", "" },
		{ "lisi", " 李四", KIND_BUSINESS, "", "", "" },
		{ "lisi", "李四", KIND_BUSINESS, "1306", "", "" },
		{ "lisi", "李四", KIND_BUSINESS, "130602,", "", "" },
		{ "lisi", "李四", KIND_BUSINESS, "130602;130603", "", "" },
		{ "lisi", "李四", KIND_AUDIT, "130602", "", "" },
		{ "lisi", "李四", KIND_SYSTEM, "", "", "Z0001" },
	};
	struct account_world w;
	struct account_invited invited;

	account_world_init(&w);
	for (size_t i = 0; i < COUNT(bad); i++)
		unit_check(account_create(w.o, w.policy, &bad[i], &invited) == INVALID, __FILE__,
			   __LINE__, "case %zu passed", i);
	office_world_release(&w.w);
}

TEST(account_passwords_of_the_policies)
{
	static const struct {
		const char *policy, *password;
		bool good;
	} cases[] = {
		{ "mlps3", GOOD, true },
		{ "mlps3", "Weihe-3-q", false },
		{ "mlps3", "weihe-qiaobian", false },
		{ "mlps3", "Zhangsan-3-qiao", false },
		{ "mlps3", "我是张三-Ab3-qiao", false },
		{ "mlps3", "P@ssw0rd-Ab3", false },
		{ "mlps3", "Ab3-123456-xy", false },
		{ "mlps3", "Ab3-aaaaaaa-x", false },
		{ "mlps3", "Ab3-fedcba-xy", false },
		{ "mlps3", "Ab3\x07weiheqiao", false },
		{ "mlps3", "Ab3\xffweiheqiao", false },
		{ "asvs", "weihe qiaobian", true },
		{ "asvs", "Weihe-3-qia", false },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		unit_check(
			(account_password_wrong(account_policy(cases[i].policy), cases[i].password,
						"zhangsan", "张三") == NULL) == cases[i].good,
			__FILE__, __LINE__, "%s", cases[i].password);
	CHECK(account_policy("other") == NULL);
}

TEST(account_session_lives_and_ends)
{
	struct account_world w;
	struct account_session s, t;
	struct account_here here;
	struct account_session_row rows[ACCOUNT_SESSIONS_SHOWN];
	size_t count;

	account_world_init(&w);
	(void)account_world_person(&w, "zhangsan", "张三");
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.2", &t), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
	CHECK_STR(here.account.row.person, "张三");
	CHECK(account_here_csrf(w.o, &here, s.csrf));
	CHECK(!account_here_csrf(w.o, &here, t.csrf));
	CHECK(!account_here_csrf(w.o, &here, s.token));
	CHECK(!account_here_csrf(w.o, &here, NULL));
	CHECK_INT(account_sessions(w.o, w.a, here.account.row.key, rows, &count), OK);
	CHECK_INT(count, 2);
	CHECK_INT(account_revoke(w.o, &here, t.id), OK);
	CHECK_INT(account_revoke(w.o, &here, t.id), NONE);
	CHECK_INT(account_here(w.o, w.a, w.policy, t.token, &here), NONE);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
	CHECK_INT(account_logout(w.o, &here), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), NONE);
	office_world_release(&w.w);
}

TEST(account_session_times_out_at_the_border)
{
	struct account_world w;
	struct account_session s;
	struct account_here here;
	int64_t start;

	account_world_init(&w);
	(void)account_world_person(&w, "zhangsan", "张三");
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	start = w.o->fixed_now;
	w.o->fixed_now += w.policy->idle_ms;
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
	w.o->fixed_now += w.policy->idle_ms + 1;
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), NONE);
	w.o->fixed_now = start;
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), NONE);

	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	while (w.o->fixed_now < start + w.policy->absolute_ms) {
		CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
		w.o->fixed_now += w.policy->idle_ms;
	}
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
	w.o->fixed_now++;
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), NONE);
	office_world_release(&w.w);
}

TEST(account_wrong_passwords_lock_the_account_and_the_address)
{
	struct account_world w;
	struct account_session s;

	account_world_init(&w);
	(void)account_world_person(&w, "zhangsan", "张三");
	(void)account_world_person(&w, "lisi", "李四");
	for (int64_t i = 0; i < w.policy->failures; i++)
		CHECK_INT(account_world_login(&w, "zhangsan", OTHER, "", "10.0.0.1", &s),
			  FORBIDDEN);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.9", &s), CONFLICT);
	CHECK_INT(account_world_login(&w, "lisi", GOOD, "", "10.0.0.1", &s), OK);
	w.o->fixed_now += w.policy->locked_ms;
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.9", &s), OK);

	for (int64_t i = 0; i < w.policy->address_failures; i++)
		CHECK_INT(account_world_login(&w, "nobody", OTHER, "", "10.0.0.2", &s), FORBIDDEN);
	CHECK_INT(account_world_login(&w, "lisi", GOOD, "", "10.0.0.2", &s), CONFLICT);
	CHECK_INT(account_world_login(&w, "lisi", GOOD, "", "10.0.0.3", &s), OK);
	w.o->fixed_now += w.policy->address_minutes * MINUTE;
	CHECK_INT(account_world_login(&w, "lisi", GOOD, "", "10.0.0.2", &s), OK);
	office_world_release(&w.w);
}

TEST(account_unlock_is_for_another_to_do)
{
	struct account_world w;
	struct account_session s;
	const char *id;

	account_world_init(&w);
	id = account_world_person(&w, "zhangsan", "张三");
	for (int64_t i = 0; i < w.policy->failures; i++)
		CHECK_INT(account_world_login(&w, "zhangsan", OTHER, "", "10.0.0.1", &s),
			  FORBIDDEN);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), CONFLICT);
	w.o->actor = "安全管理员";
	CHECK_INT(account_unlock(w.o, id), OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	office_world_release(&w.w);
}

TEST(account_failures_are_one_entry_a_minute_and_address)
{
	struct account_world w;
	struct account_session s;
	int64_t before;

	account_world_init(&w);
	before = entries(&w);
	for (int i = 0; i < 5; i++)
		CHECK_INT(account_world_login(&w, "nobody", OTHER, "", "10.0.0.1", &s), FORBIDDEN);
	CHECK_INT(entries(&w) - before, 1);
	before = entries(&w);
	CHECK_INT(account_world_login(&w, "nobody", OTHER, "", "10.0.0.7", &s), FORBIDDEN);
	w.o->fixed_now += MINUTE;
	CHECK_INT(account_world_login(&w, "nobody", OTHER, "", "10.0.0.1", &s), FORBIDDEN);
	CHECK_INT(entries(&w) - before, 2);
	office_world_release(&w.w);
}

/* The code of a secret at a time. */
static void code_of(const char *secret, int64_t ms, char code[7])
{
	char *bytes;
	size_t len;

	CHECK_INT(oath_base32_decode(secret, strlen(secret), &bytes, &len), OATH_OK);
	CHECK_INT(oath_totp_generate(bytes, len, (time_t)(ms / 1000), 30, 0, 6, code), OATH_OK);
	free(bytes);
}

TEST(account_one_time_passwords_are_good_once)
{
	struct account_world w;
	struct account_session s;
	struct account_here here;
	struct totp_offer offer, foreign;
	struct account other;
	char code[7], wrong[7];

	account_world_init(&w);
	(void)account_world_person(&w, "zhangsan", "张三");
	CHECK_INT(account_find(w.o, w.a, account_world_person(&w, "lisi", "李四"), &other), OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
	CHECK_INT(account_totp_offer(w.o, &here.account, &offer), OK);
	CHECK_INT(account_totp_offer(w.o, &other, &foreign), OK);
	code_of(offer.secret, w.o->fixed_now, code);
	snprintf(wrong, sizeof(wrong), "%c%.5s", code[0] == '9' ? '0' : '9', code + 1);
	CHECK_INT(account_totp_confirm(w.o, &here.account, offer.offer, wrong), INVALID);
	CHECK_INT(account_totp_confirm(w.o, &here.account, foreign.offer, code), INVALID);
	CHECK_INT(account_totp_confirm(w.o, &here.account, "", code), INVALID);
	CHECK_INT(account_totp_confirm(w.o, &here.account, offer.offer, code), OK);

	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), FORBIDDEN);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, code, "10.0.0.1", &s),
		  FORBIDDEN); /* used */
	w.o->fixed_now += 60000;
	code_of(offer.secret, w.o->fixed_now, code);
	CHECK_INT(account_world_login(&w, "zhangsan", OTHER, code, "10.0.0.1", &s), FORBIDDEN);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, code, "10.0.0.1", &s), OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, code, "10.0.0.1", &s), FORBIDDEN);
	w.o->fixed_now += 60000;
	code_of(offer.secret, w.o->fixed_now - 30000, code);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, code, "10.0.0.1", &s),
		  OK); /* a slow clock */
	code_of(offer.secret, w.o->fixed_now - 90000, code);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, code, "10.0.0.1", &s), FORBIDDEN);
	office_world_release(&w.w);
}

TEST(account_new_password_ends_other_sessions)
{
	struct account_world w;
	struct account_session s, t;
	struct account_here here, there;

	account_world_init(&w);
	(void)account_world_person(&w, "zhangsan", "张三");
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.2", &t), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), OK);
	CHECK_INT(account_password(w.o, w.policy, &here, OTHER, OTHER), INVALID);
	CHECK_INT(account_password(w.o, w.policy, &here, "wrong one", OTHER), FORBIDDEN);
	CHECK_INT(account_password(w.o, w.policy, &here, GOOD, "short"), INVALID);
	CHECK_INT(account_password(w.o, w.policy, &here, GOOD, OTHER), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &there), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, t.token, &there), NONE);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.3", &t), FORBIDDEN);
	w.o->fixed_now += INT64_C(91) * 24 * HOUR;
	CHECK_INT(account_world_login(&w, "zhangsan", OTHER, "", "10.0.0.3", &t), OK);
	CHECK(t.password_old);
	office_world_release(&w.w);
}

/* Gives a role by two persons. */
TEST(account_roles_take_two_persons)
{
	struct account_world w;
	struct account account;
	char request[ACCOUNT_ID];
	const char *id;

	account_world_init(&w);
	id = account_world_person(&w, "zhangsan", "张三");
	w.o->actor = "系统管理员";
	const struct account_ask ask = { id, ROLE_PLANNER, true, "任命文件" };
	CHECK_INT(account_ask(w.o, &(struct account_ask){ id, ROLE_PLANNER, true, " " }, request),
		  INVALID);
	CHECK_INT(account_ask(w.o, &ask, request), OK);
	CHECK_INT(account_ask(w.o, &ask, request), CONFLICT);
	CHECK_INT(account_decide(w.o, request, true), FORBIDDEN);
	w.o->actor = "系统 管理员";
	CHECK_INT(account_decide(w.o, request, true), FORBIDDEN);
	w.o->actor = "张三";
	CHECK_INT(account_decide(w.o, request, true), FORBIDDEN);
	CHECK_INT(account_ask(w.o, &(struct account_ask){ id, ROLE_LEADER, true, "x" }, request),
		  FORBIDDEN);
	CHECK_INT(account_find(w.o, w.a, id, &account), OK);
	CHECK(!permission_has(account.may, PERM_DRAW_PREPARE));
	w.o->actor = "安全管理员";
	CHECK_INT(account_decide(w.o, request, true), OK);
	CHECK_INT(account_decide(w.o, request, false), CONFLICT);
	CHECK_INT(account_find(w.o, w.a, id, &account), OK);
	CHECK(permission_has(account.may, PERM_DRAW_PREPARE));
	CHECK_STR(account.rank, "planner");
	office_world_release(&w.w);
}

TEST(account_roles_are_taken_refused_and_never_for_administrators)
{
	struct account_world w;
	struct account account;
	struct account_row security;
	char request[ACCOUNT_ID];
	const char *id;

	account_world_init(&w);
	id = account_world_person(&w, "zhangsan", "张三");
	account_world_give(&w, id, ROLE_LEADER);
	w.o->actor = "系统管理员";
	CHECK_INT(
		account_ask(w.o, &(struct account_ask){ id, ROLE_LEADER, false, "调离" }, request),
		OK);
	w.o->actor = "安全管理员";
	CHECK_INT(account_decide(w.o, request, true), OK);
	CHECK_INT(account_find(w.o, w.a, id, &account), OK);
	CHECK_INT(account.roles, 0);
	w.o->actor = "系统管理员";
	CHECK_INT(
		account_ask(w.o, &(struct account_ask){ id, ROLE_LEADER, false, "调离" }, request),
		CONFLICT);
	CHECK_INT(account_ask(w.o, &(struct account_ask){ id, ROLE_INSPECTOR, true, "编制" },
			      request),
		  INVALID);
	CHECK_INT(account_row_get(w.o->db, w.a, "security", &security), OK);
	CHECK_INT(account_ask(w.o, &(struct account_ask){ security.id, ROLE_PLANNER, true, "x" },
			      request),
		  CONFLICT);
	CHECK_INT(account_ask(w.o, &(struct account_ask){ "nobody", ROLE_PLANNER, true, "x" },
			      request),
		  NONE);
	office_world_release(&w.w);
}

TEST(account_closed_is_closed)
{
	struct account_world w;
	struct account_session s;
	struct account_here here;
	struct account account;
	const char *id;

	account_world_init(&w);
	id = account_world_person(&w, "zhangsan", "张三");
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), OK);
	CHECK_INT(account_find(w.o, w.a, id, &account), OK);
	CHECK_INT(account_close(w.o, id, account.row.version - 1), CONFLICT);
	CHECK_INT(account_edit(w.o, id, account.row.version, "130603", NULL, NULL), OK);
	CHECK_INT(account_edit(w.o, id, account.row.version, "130604", NULL, NULL), CONFLICT);
	CHECK_INT(account_close(w.o, id, account.row.version + 1), OK);
	CHECK_INT(account_here(w.o, w.a, w.policy, s.token, &here), NONE);
	CHECK_INT(account_world_login(&w, "zhangsan", GOOD, "", "10.0.0.1", &s), FORBIDDEN);
	CHECK_INT(account_close(w.o, id, account.row.version + 2), CONFLICT);
	CHECK_INT(account_activate(w.o, w.policy, w.first[0].token, GOOD), OK);
	CHECK_INT(account_row_get(w.o->db, w.a, "system", &account.row), OK);
	CHECK_INT(account_close(w.o, account.row.id, account.row.version), FORBIDDEN);
	office_world_release(&w.w);
}

TEST(permission_administrators_and_business_share_nothing)
{
	const uint64_t self = permission_set(KIND_BUSINESS, 0);
	uint64_t business = 0, all = self;

	for (unsigned role = 0; role < ROLES; role++) {
		enum role read;
		business |= permission_set(KIND_BUSINESS, 1U << role);
		CHECK_INT(role_read(role_word((enum role)role), &read), OK);
		CHECK_INT(read, role);
		CHECK(*role_chinese((enum role)role));
	}
	for (int kind = 0; kind < KIND_BUSINESS; kind++) {
		uint64_t may = permission_set((enum account_kind)kind, 0);
		CHECK((may & business & ~self) == 0);
		all |= may;
		for (int other = kind + 1; other < KIND_BUSINESS; other++)
			CHECK((may & permission_set((enum account_kind)other, 0) & ~self &
			       ~(UINT64_C(1) << PERM_ACCOUNTS_READ)) == 0);
	}
	CHECK((all | business) == (UINT64_C(1) << PERMISSIONS) - 1);
	for (int p = 0; p < PERMISSIONS; p++)
		CHECK(*permission_word((enum permission)p) &&
		      *permission_chinese((enum permission)p));
}

TEST(account_planner_is_nobody_who_approves)
{
	struct account_world w;
	char request[ACCOUNT_ID], other[ACCOUNT_ID];
	const char *id;

	account_world_init(&w);
	id = account_world_person(&w, "zhangsan", "张三");
	w.o->actor = "系统管理员";
	const struct account_ask planner = { id, ROLE_PLANNER, true, "任命文件" };
	const struct account_ask legal = { id, ROLE_LEGAL, true, "任命文件" };
	const struct account_ask watch = { id, ROLE_DISCIPLINE, true, "任命文件" };
	CHECK_INT(account_ask(w.o, &planner, request), OK);
	CHECK_INT(account_ask(w.o, &legal, other), OK);
	w.o->actor = "安全管理员";
	CHECK_INT(account_decide(w.o, request, true), OK);
	CHECK_INT(account_decide(w.o, other, true), CONFLICT);
	CHECK(strstr(w.o->why, "已是双随机管理员，不能又是法制") != NULL);
	CHECK_INT(account_decide(w.o, other, false), OK);
	w.o->actor = "系统管理员";
	CHECK_INT(account_ask(w.o, &legal, other), CONFLICT);
	CHECK_INT(account_ask(w.o, &watch, other), CONFLICT);
	office_world_release(&w.w);
}
