/* app/account.c — every act is a change of one row, its link or sessions, and its entry, in one transaction. */
#include "app/account.h"

#include "app/account_bound.h"
#include "app/ledger_mark.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/status.h"
#include "store/account_session.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	NAME_LEAST = 3,
	DEPARTMENT_MOST = 200,
	COUNTY_DIGITS = 6,
	COUNTY_MOST = 700,
	DOCUMENT_MOST = 8192
};

/* One act on accounts, as its transaction sees it. */
struct act {
	struct office *o;
	struct arena *a;
	const struct account_policy *policy;
	const struct account_new *made;
	struct account_invited *invited;
	const char *id, *token, *password, *county, *department, *inspector;
	char hash[ACCOUNT_HASH];
	int64_t version;
};

PRINTF(3, 4) static int refuse(struct office *o, int code, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(o->why, sizeof(o->why), format, ap);
	va_end(ap);
	return code;
}

static int no_account(struct office *o, int rc)
{
	return rc == NONE ? refuse(o, NONE, "没有这个账号") : rc;
}

int account_fill(struct office *o, struct arena *a, const struct account_row *row,
		 struct account *ret)
{
	struct account account = { .row = *row };
	const char *words[ACCOUNT_ROLES_MOST];
	size_t count;

	TRY(account_kind_read(row->kind, &account.kind));
	TRY(account_role_list(o->db, a, row->key, words, &count));
	account.rank = account.kind == KIND_BUSINESS ? "" : row->kind;
	for (size_t i = 0; i < count; i++) {
		enum role role;
		TRY(role_read(words[i], &role));
		account.roles |= 1U << role;
		account.rank = arena_printf(a, "%s%s%s", account.rank, i ? "," : "", words[i]);
	}
	/* Roles of an administrator come only of a hand in the database; account_known says so. */
	account.may =
		permission_set(account.kind, account.kind == KIND_BUSINESS ? account.roles : 0);
	*ret = account;
	return OK;
}

void account_enter(const struct account *account, struct office *o)
{
	o->actor = account ? account->row.person : "local";
	o->roles = account ? account->rank : "";
	o->counties = account ? account->row.county : "";
	o->department = account ? account->row.department : "";
	o->inspector = account ? account->row.inspector : "";
	o->own = account && !permission_has(account->may, PERM_VISIT_READ);
}

int account_find(struct office *o, struct arena *a, const char *id, struct account *ret)
{
	struct account_row row;

	o->why[0] = 0;
	TRY(no_account(o, account_row_by_id(o->db, a, id, &row)));
	return account_fill(o, a, &row, ret);
}

/* ---- what may stand in an account ---- */

static bool name_valid(const char *name)
{
	size_t len = strlen(name);

	return len >= NAME_LEAST && len <= ACCOUNT_NAME_MOST && name[0] >= 'a' && name[0] <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

static bool county_valid(const char *county)
{
	if (!*county)
		return true;
	if (strlen(county) > COUNTY_MOST)
		return false;
	for (;; county++) {
		if (strspn(county, "0123456789") != COUNTY_DIGITS)
			return false;
		county += COUNTY_DIGITS;
		if (!*county)
			return true;
		if (*county != ',')
			return false;
	}
}

static int check_place(struct office *o, const char *county, const char *department,
		       const char *inspector)
{
	if (!county_valid(county))
		return refuse(o, INVALID, "县区要写六位代码，几个之间用英文逗号；管全市的不写");
	if (strlen(department) > DEPARTMENT_MOST ||
	    (*department && office_reason_wrong(department)))
		return refuse(o, INVALID, "部门名称太长，或有不能显示的字符");
	if (strlen(inspector) > ACCOUNT_PERSON_MOST)
		return refuse(o, INVALID, "执法人员的编号太长");
	return OK;
}

static int check_new(struct office *o, const struct account_new *in)
{
	const char *wrong = office_name_wrong(in->person);

	if (!name_valid(in->name))
		return refuse(
			o, INVALID,
			"登录名要有 3 到 32 个字符：小写字母开头，其后小写字母、数字、点、横线");
	if (wrong || strlen(in->person) > ACCOUNT_PERSON_MOST)
		return refuse(o, INVALID, "姓名不能这样写：%s", wrong ? wrong : "太长");
	if (in->kind != KIND_BUSINESS && (*in->county || *in->department || *in->inspector))
		return refuse(o, INVALID, "三员没有业务：不写县区、部门和执法人员编号");
	return check_place(o, in->county, in->department, in->inspector);
}

struct same {
	const char *person;
	bool found;
};

static int compare_person(void *arg, const char *person)
{
	struct same *s = arg;

	s->found |= office_same_person(s->person, person);
	return OK;
}

/* ---- making and inviting ---- */

static int log_about(struct office *o, const char *action, const struct account_row *row)
{
	CLEANUP(buf_release) struct buf text;
	char digest[OFFICE_DIGEST];
	struct json j;

	buf_init(&text, DOCUMENT_MOST);
	json_init(&j, &text);
	json_begin_object(&j);
	json_put_text(&j, "account", row->id);
	json_put_text(&j, "county", row->county);
	json_put_text(&j, "department", row->department);
	json_put_text(&j, "inspector", row->inspector);
	json_put_text(&j, "kind", row->kind);
	json_put_text(&j, "name", row->name);
	json_put_text(&j, "person", row->person);
	json_put_text(&j, "state", row->state);
	json_end_object(&j);
	TRY(buf_check(&text));
	TRY(office_document(o, text.data, text.len, digest));
	return office_log(o, action, row->id, digest);
}

static void name_invited(struct account_invited *to, const char *name, const char *person)
{
	snprintf(to->name, sizeof(to->name), "%s", name);
	snprintf(to->person, sizeof(to->person), "%s", person);
}

static int add_ticket(struct act *in, const struct account_row *row, struct account_invited *ret)
{
	char digest[ACCOUNT_DIGEST], tag[KEYS_TAG];
	int64_t now = office_now(in->o);

	account_token_make(in->o->keys, ret->token, digest);
	struct account_ticket ticket = { digest, row->key, now, now + in->policy->ticket_ms, tag };
	account_ticket_tag(in->o->keys, &ticket, row->password, tag);
	TRY(account_ticket_void(in->o->db, row->key, now));
	return account_ticket_add(in->o->db, &ticket);
}

static int add(struct act *in, const struct account_new *made, struct account_invited *ret,
	       struct account_row *ret_row)
{
	struct same same = { made->person, false };
	char *id = arena_alloc(in->a, ACCOUNT_ID);

	TRY(check_new(in->o, made));
	TRY(account_row_persons(in->o->db, compare_person, &same));
	if (same.found)
		return refuse(in->o, CONFLICT, "“%s”已有账号：一人只有一个", made->person);
	TRY(life_ulid(office_now(in->o), id));
	*ret_row = (struct account_row){ .id = id,
					 .name = made->name,
					 .person = made->person,
					 .kind = account_kind_word(made->kind),
					 .state = "invited",
					 .county = made->county,
					 .department = made->department,
					 .inspector = made->inspector,
					 .password = "",
					 .made_at = office_now(in->o),
					 .made_by = in->o->actor };
	int rc = account_row_add(in->o->db, ret_row, &ret_row->key);
	if (rc == DB_UNIQUE)
		return refuse(in->o, CONFLICT, "登录名“%s”已经有人用，或这名执法人员已有账号",
			      made->name);
	TRY(rc);
	name_invited(ret, made->name, made->person);
	TRY(account_bind(in->o, ret_row, 0));
	return add_ticket(in, ret_row, ret);
}

static int begin(struct db *db, void *arg)
{
	static const struct account_new first[ACCOUNT_FIRST] = {
		{ "system", "系统管理员", KIND_SYSTEM, "", "", "" },
		{ "security", "安全管理员", KIND_SECURITY, "", "", "" },
		{ "audit", "审计管理员", KIND_AUDIT, "", "", "" },
	};
	struct act *in = arg;
	struct account_row row;
	int64_t count;

	TRY(account_row_count(db, &count));
	if (count > 0)
		return refuse(in->o, CONFLICT, "已经有账号");
	for (size_t i = 0; i < ACCOUNT_FIRST; i++)
		TRY(add(in, &first[i], &in->invited[i], &row));
	return office_log(in->o, "account.begin", "accounts", NULL);
}

int account_begin(struct office *o, const struct account_policy *policy,
		  struct account_invited ret[ACCOUNT_FIRST])
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .policy = policy, .invited = ret };

	arena_init(&a);
	return office_write(o, begin, &in);
}

static int create(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account_row row;

	(void)db;
	TRY(add(in, in->made, in->invited, &row));
	return log_about(in->o, "account.create", &row);
}

int account_create(struct office *o, const struct account_policy *policy,
		   const struct account_new *made, struct account_invited *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .policy = policy, .made = made, .invited = ret };

	arena_init(&a);
	return office_write(o, create, &in);
}

/* Reads the account that an act is about; closed ones take no acts, and no act makes true what a hand has written. */
static int read_open(struct act *in, struct account *ret)
{
	TRY(account_find(in->o, in->a, in->id, ret));
	TRY(account_known(in->o, &ret->row, ret->roles));
	return strcmp(ret->row.state, "closed") == 0 ? refuse(in->o, CONFLICT, "这个账号已经停用")
						     : OK;
}

/*
 * Who sends a link to an account that is at work could use it himself. So it has no roles until two persons give them
 * again.
 */
static int take_roles(struct act *in, struct account *account)
{
	if (strcmp(account->row.state, "active") != 0)
		return OK;
	for (enum role role = 0; role < ROLES; role++)
		if (account->roles >> role & 1)
			TRY(account_role_take(in->o->db, account->row.key, role_word(role),
					      office_now(in->o)));
	account->roles = 0;
	return OK;
}

static int invite(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account account;
	const struct account_row *row = &account.row;

	(void)db;
	TRY(read_open(in, &account));
	TRY(take_roles(in, &account));
	TRY(account_bind(in->o, row, account.roles));
	TRY(add_ticket(in, row, in->invited));
	name_invited(in->invited, row->name, row->person);
	return log_about(in->o, "account.invite", row);
}

int account_invite(struct office *o, const struct account_policy *policy, const char *id,
		   struct account_invited *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .policy = policy, .id = id, .invited = ret };

	arena_init(&a);
	return office_write(o, invite, &in);
}

static int end_sessions(struct act *in, const struct account_row *row, const char *why)
{
	return account_session_end_all(in->o->db, row->key, "", why, office_now(in->o));
}

struct invited {
	const struct keys *keys;
	int64_t last;
};

static int see_invite(void *arg, const struct ledger_entry *entry)
{
	struct invited *in = arg;

	if (strcmp(entry->action, "account.invite") == 0 && ledger_mark_true(in->keys, entry))
		in->last = entry->time;
	return OK;
}

/*
 * A link is for the account that it was made for, whatever its row says now; good until there is another password or another
 * link.
 */
static int check_ticket(struct act *in, const struct account_ticket *ticket,
			struct account_row *ret)
{
	struct invited invited = { in->o->keys, 0 };
	char tag[KEYS_TAG];

	TRY(account_row_by_key(in->o->db, in->a, ticket->account, ret));
	TRY(ledger_walk_subject(in->o->db, ret->id, see_invite, &invited));
	account_ticket_tag(in->o->keys, ticket, ret->password, tag);
	return account_digest_equal(tag, ticket->tag) && invited.last <= ticket->made_at ? OK
											 : NONE;
}

static int use_ticket(struct act *in, struct account *ret)
{
	struct account_ticket ticket;
	struct account_row row;
	int rc = account_ticket_use(in->o->db, in->a, in->token, office_now(in->o), &ticket);

	if (rc == OK)
		rc = check_ticket(in, &ticket, &row);
	if (rc == NONE)
		return refuse(in->o, NONE, "这个链接不对、已经用过，或者过了期：请管理员重发");
	TRY(rc);
	TRY(account_fill(in->o, in->a, &row, ret));
	return account_known(in->o, &ret->row, ret->roles);
}

static int activate(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account account;
	struct account_row *row = &account.row;

	TRY(use_ticket(in, &account));
	if (strcmp(row->state, "closed") == 0)
		return refuse(in->o, CONFLICT, "这个账号已经停用");
	const char *wrong =
		account_password_wrong(in->policy, in->password, row->name, row->person);
	if (wrong)
		return refuse(in->o, INVALID, "%s", wrong);
	row->state = "active";
	row->password = in->hash;
	row->password_at = office_now(in->o);
	row->failures = row->locked_until = 0;
	TRY(account_row_set(db, row));
	TRY(account_bind(in->o, row, account.roles));
	TRY(end_sessions(in, row, "password"));
	return log_about(in->o, "account.activate", row);
}

int account_activate(struct office *o, const struct account_policy *policy, const char *token,
		     const char *password)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .policy = policy, .password = password };
	char digest[ACCOUNT_DIGEST];
	const char *wrong = account_password_wrong(policy, password, "", "");

	arena_init(&a);
	o->why[0] = 0;
	if (account_token_digest(o->keys, token, digest) != OK)
		return refuse(o, NONE, "这个链接不完整：请整行复制");
	if (wrong)
		return refuse(o, INVALID, "%s", wrong);
	in.token = digest;
	TRY(account_password_hash(password, in.hash));
	return office_write(o, activate, &in);
}

/* ---- changes ---- */

static int change(struct act *in, const struct account *account, const char *action)
{
	const struct account_row *row = &account->row;
	int rc = account_row_set(in->o->db, row);

	if (rc == DB_UNIQUE)
		return refuse(in->o, CONFLICT, "这名执法人员已有账号");
	if (rc == CONFLICT)
		return refuse(in->o, CONFLICT, "账号刚被别人改过：请重新查看后再改");
	TRY(rc);
	TRY(account_bind(in->o, row, account->roles));
	return log_about(in->o, action, row);
}

static int edit(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account account;
	struct account_row *row = &account.row;

	(void)db;
	TRY(read_open(in, &account));
	row->version = in->version;
	row->county = in->county ? in->county : row->county;
	row->department = in->department ? in->department : row->department;
	row->inspector = in->inspector ? in->inspector : row->inspector;
	if (account.kind != KIND_BUSINESS)
		return refuse(in->o, INVALID, "三员没有业务：不写县区、部门和执法人员编号");
	TRY(check_place(in->o, row->county, row->department, row->inspector));
	return change(in, &account, "account.edit");
}

int account_edit(struct office *o, const char *id, int64_t version, const char *county,
		 const char *department, const char *inspector)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o,
			  .a = &a,
			  .id = id,
			  .version = version,
			  .county = county,
			  .department = department,
			  .inspector = inspector };

	arena_init(&a);
	return office_write(o, edit, &in);
}

static int unlock(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account account;

	TRY(read_open(in, &account));
	TRY(account_row_failed(db, account.row.key, 0, 0));
	return log_about(in->o, "account.unlock", &account.row);
}

int account_unlock(struct office *o, const char *id)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .id = id };

	arena_init(&a);
	return office_write(o, unlock, &in);
}

static int close_one(struct db *db, void *arg)
{
	struct act *in = arg;
	struct account account;
	struct account_row *row = &account.row;
	int64_t others;

	TRY(read_open(in, &account));
	if (account.kind != KIND_BUSINESS) {
		TRY(account_row_others(db, row->kind, row->key, &others));
		if (others == 0)
			return refuse(in->o, FORBIDDEN, "这是最后一个能用的%s：请先另建一个",
				      row->person);
	}
	row->version = in->version;
	row->state = "closed";
	TRY(account_ticket_void(db, row->key, office_now(in->o)));
	TRY(end_sessions(in, row, "closed"));
	return change(in, &account, "account.close");
}

int account_close(struct office *o, const char *id, int64_t version)
{
	CLEANUP(arena_release) struct arena a;
	struct act in = { .o = o, .a = &a, .id = id, .version = version };

	arena_init(&a);
	return office_write(o, close_one, &in);
}
