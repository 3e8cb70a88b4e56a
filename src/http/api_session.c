/* http/api_session.c — logging in and out, one's own sessions, password and one-time passwords. */
#include "app/account_login.h"
#include "app/account_totp.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/status.h"
#include "http/access.h"
#include "http/api.h"
#include "http/take.h"

struct login_body {
	const char *name, *password, *otp;
	bool bearer;
};

static const struct input login_fields[] = {
	{ .name = "bearer",
	  .kind = INPUT_BOOL,
	  .offset = offsetof(struct login_body, bearer),
	  .help = "程序登录：答复里给出令牌，不设 Cookie" },
	{ .name = "name",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct login_body, name),
	  .required = true,
	  .min = 1,
	  .max = 64,
	  .help = "登录名" },
	{ .name = "otp",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct login_body, otp),
	  .max = 6,
	  .help = "动态口令，设置过的才写" },
	{ .name = "password",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct login_body, password),
	  .required = true,
	  .min = 1,
	  .max = 256,
	  .help = "密码" },
	{ .name = NULL },
};

struct activate_body {
	const char *token, *password;
};

static const struct input activate_fields[] = {
	{ .name = "password",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct activate_body, password),
	  .required = true,
	  .min = 1,
	  .max = 256,
	  .help = "自己定的密码" },
	{ .name = "token",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct activate_body, token),
	  .required = true,
	  .min = 1,
	  .max = 64,
	  .help = "激活链接里的一串" },
	{ .name = NULL },
};

struct password_body {
	const char *old_password, *new_password;
};

static const struct input password_fields[] = {
	{ .name = "new",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct password_body, new_password),
	  .required = true,
	  .min = 1,
	  .max = 256,
	  .help = "新密码" },
	{ .name = "old",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct password_body, old_password),
	  .required = true,
	  .min = 1,
	  .max = 256,
	  .help = "现在的密码" },
	{ .name = NULL },
};

struct totp_body {
	const char *offer, *code;
};

static const struct input totp_fields[] = {
	{ .name = "code",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct totp_body, code),
	  .required = true,
	  .min = 6,
	  .max = 6,
	  .help = "手机上的六位数字" },
	{ .name = "offer",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct totp_body, offer),
	  .required = true,
	  .min = 1,
	  .max = 128,
	  .help = "设置时给出的一串，原样交回" },
	{ .name = NULL },
};

static void put_time(struct json *j, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_text(ms, text);
	json_put_text(j, key, text);
}

static int login(struct request *q)
{
	struct login_body in = { .otp = "" };
	struct account_session s;
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	const struct account_login ask = { .name = in.name,
					   .password = in.password,
					   .otp = in.otp,
					   .address = q->address,
					   .agent = q->head.agent ? q->head.agent : "" };
	int rc = account_login(q->office, &q->arena, q->access->policy, &ask, &s);
	if (rc == FORBIDDEN || rc == CONFLICT) {
		reply_problem(&q->reply, rc == FORBIDDEN ? 401 : 429,
			      rc == FORBIDDEN ? "login_failed" : "locked", q->office->why, NULL);
		return OK;
	}
	TRY(rc);
	q->reply.status = 201;
	if (!in.bearer)
		q->reply.cookies[0] = access_cookie(q, s.token);
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "csrf", s.csrf);
	json_put_text(&j, "id", s.id);
	json_put_bool(&j, "passwordOld", s.password_old);
	if (in.bearer)
		json_put_text(&j, "token", s.token);
	json_put_bool(&j, "totpWanted", s.totp_wanted);
	json_end_object(&j);
	return OK;
}

static int show_self(struct request *q)
{
	const struct account *account = &q->here->account;
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "county", account->row.county);
	json_put_text(&j, "department", account->row.department);
	json_put_text(&j, "id", account->row.id);
	json_put_text(&j, "inspector", account->row.inspector);
	json_put_text(&j, "kind", account->row.kind);
	json_key(&j, "may");
	json_begin_array(&j);
	for (int p = 0; p < PERMISSIONS; p++)
		if (permission_has(account->may, (enum permission)p))
			json_text(&j, permission_word((enum permission)p));
	json_end_array(&j);
	json_put_text(&j, "name", account->row.name);
	json_put_bool(&j, "passwordOld", q->here->password_old);
	json_put_text(&j, "person", account->row.person);
	json_put_text(&j, "session", q->here->session.id);
	json_put_bool(&j, "totpWanted", q->here->totp_wanted);
	json_end_object(&j);
	return OK;
}

static int logout(struct request *q)
{
	TRY(account_logout(q->office, q->here));
	q->reply.status = 204;
	q->reply.cookies[0] = access_cookie(q, "");
	return OK;
}

static int list_sessions(struct request *q)
{
	struct account_session_row rows[ACCOUNT_SESSIONS_SHOWN];
	struct json j;
	size_t count;

	TRY(account_sessions(q->office, &q->arena, q->here->account.row.key, rows, &count));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_key(&j, "items");
	json_begin_array(&j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		json_put_text(&j, "address", rows[i].address);
		json_put_text(&j, "agent", rows[i].agent);
		json_put_text(&j, "id", rows[i].id);
		put_time(&j, "since", rows[i].made_at);
		put_time(&j, "used", rows[i].seen_at);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_key(&j, "next");
	json_write_null(&j);
	json_put_int(&j, "total", (int64_t)count);
	json_end_object(&j);
	return OK;
}

static int revoke(struct request *q)
{
	TRY(account_revoke(q->office, q->here, q->values[0]));
	q->reply.status = 204;
	return OK;
}

static int activate(struct request *q)
{
	struct activate_body in = { .token = NULL };

	if (take_body(q, &in) != OK)
		return OK;
	q->office->actor = "anonymous";
	TRY(account_activate(q->office, q->access->policy, in.token, in.password));
	q->reply.status = 204;
	return OK;
}

static int password(struct request *q)
{
	struct password_body in = { .new_password = NULL };

	if (take_body(q, &in) != OK)
		return OK;
	TRY(account_password(q->office, q->access->policy, q->here, in.old_password,
			     in.new_password));
	q->reply.status = 204;
	return OK;
}

static int totp_offer(struct request *q)
{
	struct totp_offer offer;
	struct json j;

	TRY(account_totp_offer(q->office, &q->here->account, &offer));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "offer", offer.offer);
	json_put_text(&j, "secret", offer.secret);
	json_put_text(&j, "uri",
		      arena_printf(&q->arena,
				   "otpauth://totp/mingqian:%s?secret=%s&issuer=mingqian",
				   q->here->account.row.name, offer.secret));
	json_end_object(&j);
	return OK;
}

static int totp_confirm(struct request *q)
{
	struct totp_body in = { .offer = NULL };

	if (take_body(q, &in) != OK)
		return OK;
	TRY(account_totp_confirm(q->office, &q->here->account, in.offer, in.code));
	q->reply.status = 204;
	return OK;
}

static const struct shape shapes[] = {
	{ "Begun", "csrf text, id id, passwordOld bool, token? text, totpWanted bool",
	  "开始了的会话；token 只给程序" },
	{ "Self",
	  "county text, department text, id id, inspector text, kind system|security|audit|business, may [text], "
	  "name text, passwordOld bool, person text, session id, totpWanted bool",
	  "自己：may 是能做的事" },
	{ "Session", "address text, agent text, id id, since time, used time", "一个会话" },
	{ "TotpOffer", "offer text, secret text, uri text", "动态口令的密钥，只显示这一次" },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ GATE_POST, "/api/v1/sessions", login, PERM_SELF, ROUTE_OPEN | ROUTE_CHANGES, NULL,
	  login_fields, "登录", "201 Begun" },
	{ GATE_GET, "/api/v1/sessions", list_sessions, PERM_SELF, 0, NULL, NULL, "自己的会话",
	  "200 [Session]" },
	{ GATE_DELETE, "/api/v1/sessions/{id}", revoke, PERM_SELF, ROUTE_CHANGES, NULL, NULL,
	  "结束自己的另一个会话", "204" },
	{ GATE_GET, "/api/v1/session", show_self, PERM_SELF, 0, NULL, NULL, "自己是谁，能做什么",
	  "200 Self" },
	{ GATE_DELETE, "/api/v1/session", logout, PERM_SELF, ROUTE_CHANGES, NULL, NULL, "退出登录",
	  "204" },
	{ GATE_POST, "/api/v1/activation", activate, PERM_SELF, ROUTE_OPEN | ROUTE_CHANGES, NULL,
	  activate_fields, "用一次性链接设置密码", "204" },
	{ GATE_PUT, "/api/v1/password", password, PERM_SELF, ROUTE_CHANGES, NULL, password_fields,
	  "换密码", "204" },
	{ GATE_POST, "/api/v1/totp", totp_offer, PERM_SELF, 0, NULL, NULL, "开始设置动态口令",
	  "200 TotpOffer" },
	{ GATE_PUT, "/api/v1/totp", totp_confirm, PERM_SELF, ROUTE_CHANGES, NULL, totp_fields,
	  "确认动态口令", "204" },
};

const struct api_group api_session = { "sessions", "登录和自己的会话", routes, COUNT(routes),
				       shapes };
