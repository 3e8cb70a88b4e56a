/*
 * app/account_login.c — the password is hashed outside any transaction, and always, so that a log-in takes as long for a
 * name that nobody has.
 */
#include "app/account_login.h"

#include "app/account_bound.h"
#include "app/account_totp.h"
#include "app/life_seal.h"
#include "base/status.h"
#include "base/utf8.h"
#include "store/account_session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MINUTE = 60000, AGENT_MOST = 200, KEEP_MINUTES = 24 * 60, DAY = 86400000 };

struct login {
	struct office *o;
	struct arena *a;
	const struct account_policy *policy;
	const struct account_login *in;
	struct account_row row;
	int64_t step; /* of the one-time password; 0: none */
	struct account_session out;
};

static int wrong(struct office *o)
{
	snprintf(o->why, sizeof(o->why), "登录名、密码或动态口令不对");
	return FORBIDDEN;
}

static int locked(struct office *o, int64_t ms)
{
	snprintf(o->why, sizeof(o->why),
		 "登录失败次数太多，已锁定：请过 %" PRId64 " 分钟再试，或请安全管理员解锁",
		 (ms + MINUTE - 1) / MINUTE);
	return CONFLICT;
}

/* Agents are shown to people: whole characters, and not too many. */
static const char *short_agent(struct arena *a, const char *agent)
{
	size_t len = strnlen(agent, AGENT_MOST);

	return arena_mem(a, agent, utf8_valid(agent, len));
}

static int count_failure(struct db *db, void *arg)
{
	struct login *in = arg;
	int64_t minute = office_now(in->o) / MINUTE, count;

	TRY(account_failure_add(db, in->in->address, minute, &count));
	if (in->row.key) {
		int64_t failures = in->row.failures + 1;
		bool lock = failures >= in->policy->failures;
		TRY(account_row_failed(db, in->row.key, lock ? 0 : failures,
				       lock ? office_now(in->o) + in->policy->locked_ms : 0));
	}
	if (count > 1)
		return OK;
	TRY(account_failure_sweep(db, minute - KEEP_MINUTES));
	return office_log(in->o, "account.login-failed", in->in->address, NULL);
}

static int fail(struct login *in)
{
	in->o->actor = "anonymous";
	TRY(office_write(in->o, count_failure, in));
	return wrong(in->o);
}

/* Is the address, or the account, shut out just now? */
static int check_locks(struct login *in)
{
	int64_t now = office_now(in->o), failures;

	TRY(account_failure_sum(in->o->db, in->in->address,
				now / MINUTE - in->policy->address_minutes + 1, &failures));
	if (failures >= in->policy->address_failures)
		return locked(in->o, in->policy->address_minutes * MINUTE);
	return in->row.key && in->row.locked_until > now ? locked(in->o, in->row.locked_until - now)
							 : OK;
}

static int keep(struct db *db, void *arg)
{
	struct login *in = arg;
	struct account_session_row session = { .account = in->row.key,
					       .made_at = office_now(in->o),
					       .seen_at = office_now(in->o),
					       .address = in->in->address,
					       .agent = short_agent(in->a, in->in->agent),
					       .id = in->out.id };
	char digest[ACCOUNT_DIGEST], csrf[ACCOUNT_DIGEST], tag[KEYS_TAG];

	if (in->step && account_row_step(db, in->row.key, in->step) != OK)
		return wrong(in->o);
	if (in->row.failures || in->row.locked_until)
		TRY(account_row_failed(db, in->row.key, 0, 0));
	account_token_make(in->o->keys, in->out.token, digest);
	account_token_make(in->o->keys, in->out.csrf, csrf);
	TRY(life_ulid(office_now(in->o), in->out.id));
	session.digest = digest;
	session.csrf = csrf;
	account_session_tag(in->o->keys, &session, in->row.password, tag);
	session.tag = tag;
	TRY(account_session_add(db, &session));
	return office_log(in->o, "account.login", in->row.id, NULL);
}

static bool password_old(const struct login *in)
{
	return in->policy->days > 0 &&
	       office_now(in->o) - in->row.password_at > in->policy->days * DAY;
}

int account_login(struct office *o, struct arena *a, const struct account_policy *policy,
		  const struct account_login *in, struct account_session *ret)
{
	struct login l = { .o = o, .a = a, .policy = policy, .in = in };
	struct account account;
	int rc = account_row_get(o->db, a, in->name, &l.row);

	o->why[0] = 0;
	if (rc != OK && rc != NONE)
		return rc;
	bool active = rc == OK && strcmp(l.row.state, "active") == 0;
	TRY(check_locks(&l));
	if (!account_password_right(active ? l.row.password : NULL, in->password))
		return fail(&l);
	if (l.row.totp && account_totp_check(o, &l.row, in->otp, &l.step) != OK)
		return fail(&l);
	TRY(account_fill(o, a, &l.row, &account));
	TRY(account_known(o, &l.row, account.roles));
	o->actor = l.row.person;
	l.out.password_old = password_old(&l);
	l.out.totp_wanted = !l.row.totp && strcmp(l.row.kind, "business") != 0;
	TRY(office_write(o, keep, &l));
	*ret = l.out;
	return OK;
}
