/* http/api_account.c — accounts and roles, for the three administrators. */
#include "app/account_grant.h"
#include "app/account_totp.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/status.h"
#include "http/access.h"
#include "http/api.h"
#include "http/take.h"

enum { PAGE_MOST = 100, GRANTS_SHOWN = 200 };

static const char *const kind_words[] = { "system", "security", "audit", "business", NULL };
static const char *const role_words[] = { "auditor", "discipline", "inspector", "joint", "leader",
					  "legal",   "planner",    "reviewer",  NULL };

struct page_query {
	const char *after;
	int64_t size;
};

static const struct input page_fields[] = {
	{ .name = "after",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct page_query, after),
	  .max = 32,
	  .help = "上一页最后一个登录名" },
	{ .name = "size",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct page_query, size),
	  .min = 1,
	  .max = PAGE_MOST,
	  .help = "一页几行，不写是 20" },
	{ .name = NULL },
};

struct account_body {
	const char *name, *person, *kind, *county, *department, *inspector;
};

#define TEXT_FIELD(type, member, least, most, needed, words)                                       \
	{                                                                                          \
		.name = #member, .kind = INPUT_TEXT, .offset = offsetof(type, member),             \
		.required = needed, .min = least, .max = most, .help = words                       \
	}
static const struct input account_fields[] = {
	TEXT_FIELD(struct account_body, county, 0, 700, false,
		   "负责的县区代码，逗号隔开；不写是全市"),
	TEXT_FIELD(struct account_body, department, 0, 60, false, "联合部门的名称"),
	TEXT_FIELD(struct account_body, inspector, 0, 64, false, "在执法人员名录里的编号"),
	{ .name = "kind",
	  .kind = INPUT_WORD,
	  .offset = offsetof(struct account_body, kind),
	  .required = true,
	  .words = kind_words,
	  .help = "三员之一，或业务人员" },
	TEXT_FIELD(struct account_body, name, 3, 32, true, "登录名"),
	TEXT_FIELD(struct account_body, person, 1, 64, true, "姓名"),
	{ .name = NULL },
};

static const struct input edit_fields[] = {
	TEXT_FIELD(struct account_body, county, 0, 700, false,
		   "负责的县区代码，逗号隔开；空的是全市"),
	TEXT_FIELD(struct account_body, department, 0, 60, false, "联合部门的名称"),
	TEXT_FIELD(struct account_body, inspector, 0, 64, false, "在执法人员名录里的编号"),
	{ .name = NULL },
};

struct grant_body {
	const char *account, *role, *reason;
	bool give;
};

static const struct input grant_fields[] = {
	TEXT_FIELD(struct grant_body, account, 1, 26, true, "账号"),
	{ .name = "give",
	  .kind = INPUT_BOOL,
	  .offset = offsetof(struct grant_body, give),
	  .required = true,
	  .help = "true 给，false 收回" },
	TEXT_FIELD(struct grant_body, reason, 1, 200, true, "理由、文号"),
	{ .name = "role",
	  .kind = INPUT_WORD,
	  .offset = offsetof(struct grant_body, role),
	  .required = true,
	  .words = role_words,
	  .help = "角色" },
	{ .name = NULL },
};

struct decision_body {
	bool agree;
};

static const struct input decision_fields[] = {
	{ .name = "agree",
	  .kind = INPUT_BOOL,
	  .offset = offsetof(struct decision_body, agree),
	  .required = true,
	  .help = "同意还是拒绝" },
	{ .name = NULL },
};

static void put_time(struct json *j, const char *key, int64_t ms)
{
	char text[CLOCK_TEXT];

	json_key(j, key);
	clock_text(ms, text);
	json_text(j, ms ? text : NULL);
}

static void write_account(struct request *q, struct json *j, const struct account *account)
{
	const struct account_row *row = &account->row;

	json_begin_object(j);
	json_put_text(j, "county", row->county);
	json_put_text(j, "department", row->department);
	json_put_text(j, "id", row->id);
	json_put_text(j, "inspector", row->inspector);
	json_put_text(j, "kind", row->kind);
	json_put_bool(j, "locked", row->locked_until > office_now(q->office));
	put_time(j, "madeAt", row->made_at);
	json_put_text(j, "name", row->name);
	json_put_text(j, "person", row->person);
	json_key(j, "roles");
	json_begin_array(j);
	for (int role = 0; role < ROLES; role++)
		if (account->roles >> role & 1)
			json_text(j, role_word((enum role)role));
	json_end_array(j);
	json_put_text(j, "state", row->state);
	json_put_bool(j, "totp", row->totp != NULL);
	json_put_int(j, "version", row->version);
	json_end_object(j);
}

static int list_accounts(struct request *q)
{
	struct page_query in = { .after = "", .size = 20 };
	struct account_row *rows = arena_array(&q->arena, PAGE_MOST, sizeof(*rows));
	struct json j;
	int64_t total;
	size_t count;

	if (take_query(q, &in) != OK)
		return OK;
	TRY(account_row_count(q->office->db, &total));
	TRY(account_row_list(q->office->db, &q->arena, in.after, (size_t)in.size, rows, &count));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_key(&j, "items");
	json_begin_array(&j);
	for (size_t i = 0; i < count; i++) {
		struct account account;
		TRY(account_fill(q->office, &q->arena, &rows[i], &account));
		write_account(q, &j, &account);
	}
	json_end_array(&j);
	json_key(&j, "next");
	json_text(&j, (int64_t)count == in.size ? rows[count - 1].name : NULL);
	json_put_int(&j, "total", total);
	json_end_object(&j);
	return OK;
}

static int show_account(struct request *q)
{
	struct account account;
	struct json j;

	TRY(account_find(q->office, &q->arena, q->values[0], &account));
	q->reply.etag = entity_tag(q, account.row.version);
	json_init(&j, &q->reply.body);
	write_account(q, &j, &account);
	return OK;
}

/* A link is shown once, to the administrator who hands it over. */
static void write_invited(struct request *q, const struct account_invited *invited)
{
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "name", invited->name);
	json_put_text(&j, "person", invited->person);
	json_put_text(&j, "token", invited->token);
	json_end_object(&j);
}

static int make_account(struct request *q)
{
	struct account_body in = { .county = "", .department = "", .inspector = "" };
	struct account_invited invited;
	enum account_kind kind;

	if (take_body(q, &in) != OK)
		return OK;
	TRY(account_kind_read(in.kind, &kind));
	const struct account_new made = { in.name,   in.person,     kind,
					  in.county, in.department, in.inspector };
	TRY(account_create(q->office, q->access->policy, &made, &invited));
	q->reply.status = 201;
	write_invited(q, &invited);
	return OK;
}

static int changed(struct request *q, int rc)
{
	if (rc != CONFLICT)
		return rc;
	reply_problem(&q->reply, 412, "changed", q->office->why, NULL);
	return OK;
}

static int edit_account(struct request *q)
{
	struct account_body in = { .name = NULL };
	int64_t version;

	if (take_version(q, &version) != OK || take_body(q, &in) != OK)
		return OK;
	q->reply.status = 204;
	return changed(q, account_edit(q->office, q->values[0], version, in.county, in.department,
				       in.inspector));
}

static int close_account(struct request *q)
{
	int64_t version;

	if (take_version(q, &version) != OK)
		return OK;
	q->reply.status = 204;
	return changed(q, account_close(q->office, q->values[0], version));
}

static int unlock(struct request *q)
{
	q->reply.status = 204;
	return account_unlock(q->office, q->values[0]);
}

static int invite(struct request *q)
{
	struct account_invited invited;

	TRY(account_invite(q->office, q->access->policy, q->values[0], &invited));
	write_invited(q, &invited);
	return OK;
}

static int remove_totp(struct request *q)
{
	q->reply.status = 204;
	return account_totp_remove(q->office, q->values[0]);
}

static int list_grants(struct request *q)
{
	struct account_grant_row *rows = arena_array(&q->arena, GRANTS_SHOWN, sizeof(*rows));
	struct json j;
	size_t count;

	TRY(account_grant_list(q->office->db, &q->arena, GRANTS_SHOWN, rows, &count));
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_key(&j, "items");
	json_begin_array(&j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		json_put_text(&j, "account", rows[i].account_id);
		put_time(&j, "askedAt", rows[i].asked_at);
		json_put_text(&j, "askedBy", rows[i].asked_by);
		put_time(&j, "decidedAt", rows[i].decided_at);
		json_put_text(&j, "decidedBy", rows[i].decided_by);
		json_put_bool(&j, "give", rows[i].give);
		json_put_text(&j, "id", rows[i].id);
		json_put_text(&j, "person", rows[i].person);
		json_put_text(&j, "reason", rows[i].reason);
		json_put_text(&j, "role", rows[i].role);
		json_put_text(&j, "state", rows[i].state);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_key(&j, "next");
	json_write_null(&j);
	json_put_int(&j, "total", (int64_t)count);
	json_end_object(&j);
	return OK;
}

static int ask_grant(struct request *q)
{
	struct grant_body in = { .account = NULL };
	struct account_ask ask = { 0 };
	char id[ACCOUNT_ID];
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	ask = (struct account_ask){ .account = in.account, .give = in.give, .reason = in.reason };
	TRY(role_read(in.role, &ask.role));
	TRY(account_ask(q->office, &ask, id));
	q->reply.status = 201;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "id", id);
	json_end_object(&j);
	return OK;
}

static int decide_grant(struct request *q)
{
	struct decision_body in = { false };

	if (take_body(q, &in) != OK)
		return OK;
	q->reply.status = 204;
	return account_decide(q->office, q->values[0], in.agree);
}

static const struct shape shapes[] = {
	{ "Account",
	  "county text, department text, id id, inspector text, kind system|security|audit|business, locked bool, "
	  "madeAt time, name text, person text, "
	  "roles [auditor|discipline|inspector|joint|leader|legal|planner|reviewer], state invited|active|closed, "
	  "totp bool, version int",
	  "账号" },
	{ "Invited", "name text, person text, token text",
	  "建好的账号和它的一次性激活码，只显示这一次" },
	{ "Grant",
	  "account id, askedAt time, askedBy text, decidedAt time?, decidedBy text, give bool, id id, person text, "
	  "reason text, role auditor|discipline|inspector|joint|leader|legal|planner|reviewer, "
	  "state open|agreed|refused",
	  "授权申请：一人申请，另一人批准" },
	{ "Made", "id id", "建好的一件的编号" },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ GATE_GET, "/api/v1/accounts", list_accounts, PERM_ACCOUNTS_READ, 0, page_fields, NULL,
	  "账号", "200 [Account]" },
	{ GATE_POST, "/api/v1/accounts", make_account, PERM_ACCOUNTS_EDIT,
	  ROUTE_CHANGES | ROUTE_SECRET, NULL, account_fields, "建立账号，得到一次性链接",
	  "201 Invited" },
	{ GATE_GET, "/api/v1/accounts/{id}", show_account, PERM_ACCOUNTS_READ, 0, NULL, NULL,
	  "一个账号", "200 Account etag" },
	{ GATE_PATCH, "/api/v1/accounts/{id}", edit_account, PERM_ACCOUNTS_EDIT,
	  ROUTE_CHANGES | ROUTE_VERSION | ROUTE_SMALL, NULL, edit_fields,
	  "改负责的县区、部门、编号", "204" },
	{ GATE_DELETE, "/api/v1/accounts/{id}", close_account, PERM_ACCOUNTS_EDIT,
	  ROUTE_CHANGES | ROUTE_VERSION, NULL, NULL, "停用账号", "204" },
	{ GATE_POST, "/api/v1/accounts/{id}/invite", invite, PERM_ACCOUNTS_EDIT,
	  ROUTE_CHANGES | ROUTE_SECRET, NULL, NULL, "重发一次性链接", "200 Invited" },
	{ GATE_POST, "/api/v1/accounts/{id}/unlock", unlock, PERM_ACCOUNTS_UNLOCK, ROUTE_CHANGES,
	  NULL, NULL, "解锁账号", "204" },
	{ GATE_DELETE, "/api/v1/accounts/{id}/totp", remove_totp, PERM_ACCOUNTS_UNLOCK,
	  ROUTE_CHANGES, NULL, NULL, "去掉丢失的动态口令", "204" },
	{ GATE_GET, "/api/v1/grants", list_grants, PERM_ACCOUNTS_READ, 0, NULL, NULL, "授权申请",
	  "200 [Grant]" },
	{ GATE_POST, "/api/v1/grants", ask_grant, PERM_ACCOUNTS_EDIT, ROUTE_CHANGES, NULL,
	  grant_fields, "申请给或收回一个角色", "201 Made" },
	{ GATE_POST, "/api/v1/grants/{id}/decision", decide_grant, PERM_GRANTS_DECIDE,
	  ROUTE_CHANGES, NULL, decision_fields, "决定一份申请", "204" },
};

const struct api_group api_account = { "accounts", "账号和授权", routes, COUNT(routes), shapes };
