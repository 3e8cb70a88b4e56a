/* app/account_session.c — a session is read from the database at each request, so that what ends it ends it at once. */
#include "app/account_session.h"

#include "app/account_bound.h"
#include "base/status.h"
#include "store/ledger.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE = 60000, DAY = 86400000 };

struct act {
	struct office *o;
	const struct account_here *here;
	const char *id, *why;
	char hash[ACCOUNT_HASH];
};

/* Of the account that has this password. */
static int see_with(struct db *db, const struct act *in, const char *password)
{
	struct account_session_row session = in->here->session;
	char tag[KEYS_TAG];

	session.seen_at = office_now(in->o);
	account_session_tag(in->o->keys, &session, password, tag);
	return account_session_seen(db, session.digest, session.seen_at, tag);
}

static int see(struct db *db, void *arg)
{
	const struct act *in = arg;

	return see_with(db, in, in->here->account.row.password);
}

static int expire(struct db *db, void *arg)
{
	struct act *in = arg;

	return account_session_end(db, in->here->session.account, in->here->session.id, in->why,
				   office_now(in->o));
}

/* NULL while it lives, else why not. */
static const char *over(const struct office *o, const struct account_policy *policy,
			const struct account_session_row *s)
{
	int64_t now = office_now(o);

	if (now - s->made_at > policy->absolute_ms)
		return "absolute";
	return now - s->seen_at > policy->idle_ms ? "idle" : NULL;
}

int account_here(struct office *o, struct arena *a, const struct account_policy *policy,
		 const char *token, struct account_here *ret)
{
	struct account_here here = { .password_old = false };
	char digest[ACCOUNT_DIGEST], tag[KEYS_TAG];
	struct account_row row;
	struct act act = { .o = o, .here = &here };
	bool ended;

	if (account_token_digest(o->keys, token, digest) != OK)
		return NONE;
	TRY(account_session_get(o->db, a, digest, &here.session));
	TRY(ledger_has(o->db, here.session.id, &ended));
	TRY(account_row_by_key(o->db, a, here.session.account, &row));
	if (ended || here.session.ended_at || strcmp(row.state, "active") != 0)
		return NONE;
	TRY(account_fill(o, a, &row, &here.account));
	TRY(account_known(o, &row, here.account.roles));
	account_session_tag(o->keys, &here.session, row.password, tag);
	if (!account_digest_equal(tag, here.session.tag))
		return NONE;
	act.why = over(o, policy, &here.session);
	if (act.why) {
		TRY(db_write(o->db, expire, &act));
		return NONE;
	}
	if (office_now(o) - here.session.seen_at >= MINUTE)
		TRY(db_write(o->db, see, &act));
	here.password_old =
		policy->days > 0 && office_now(o) - row.password_at > policy->days * DAY;
	here.totp_wanted = !row.totp && here.account.kind != KIND_BUSINESS;
	*ret = here;
	return OK;
}

bool account_here_csrf(const struct office *o, const struct account_here *here, const char *csrf)
{
	char digest[ACCOUNT_DIGEST];

	return csrf && account_token_digest(o->keys, csrf, digest) == OK &&
	       account_digest_equal(digest, here->session.csrf);
}

static int logout(struct db *db, void *arg)
{
	struct act *in = arg;

	TRY(account_session_end(db, in->here->session.account, in->here->session.id, "logout",
				office_now(in->o)));
	return office_log(in->o, "account.logout", in->here->session.id, NULL);
}

int account_logout(struct office *o, const struct account_here *here)
{
	struct act in = { .o = o, .here = here };

	return office_write(o, logout, &in);
}

static int revoke(struct db *db, void *arg)
{
	struct act *in = arg;

	TRY(account_session_end(db, in->here->session.account, in->id, "revoked",
				office_now(in->o)));
	return office_log(in->o, "account.revoke", in->id, NULL);
}

int account_revoke(struct office *o, const struct account_here *here, const char *id)
{
	struct act in = { .o = o, .here = here, .id = id };

	return office_write(o, revoke, &in);
}

int account_sessions(struct office *o, struct arena *a, int64_t account,
		     struct account_session_row ret[ACCOUNT_SESSIONS_SHOWN], size_t *ret_count)
{
	return account_session_list(o->db, a, account, ACCOUNT_SESSIONS_SHOWN, ret, ret_count);
}

static int set_password(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account_row row = in->here->account.row;

	row.password = in->hash;
	row.password_at = office_now(in->o);
	TRY(account_row_set(db, &row));
	TRY(account_bind(in->o, &row, in->here->account.roles));
	TRY(account_session_end_all(db, row.key, in->here->session.id, "password",
				    office_now(in->o)));
	TRY(see_with(db, in, row.password));
	return office_log(in->o, "account.password", row.id, NULL);
}

static int refuse(struct office *o, int code, const char *why)
{
	snprintf(o->why, sizeof(o->why), "%s", why);
	return code;
}

int account_password(struct office *o, const struct account_policy *policy,
		     const struct account_here *here, const char *old_password,
		     const char *new_password)
{
	const struct account_row *row = &here->account.row;
	struct act in = { .o = o, .here = here };
	const char *wrong = account_password_wrong(policy, new_password, row->name, row->person);

	if (wrong)
		return refuse(o, INVALID, wrong);
	if (strcmp(old_password, new_password) == 0)
		return refuse(o, INVALID, "新密码和旧密码一样");
	if (!account_password_right(row->password, old_password))
		return refuse(o, FORBIDDEN, "现在的密码不对");
	TRY(account_password_hash(new_password, in.hash));
	return office_write(o, set_password, &in);
}
