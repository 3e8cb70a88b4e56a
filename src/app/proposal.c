/* app/proposal.c — asked for, agreed to, done or not. */
#include "app/proposal.h"

#include "app/account_bound.h"
#include "app/ledger_asked.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_visit.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/proposal_act.h"
#include "app/scope.h"
#include "app/upload.h"
#include "base/json.h"
#include "base/status.h"
#include "core/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

enum { BATCH = 100 };

const struct proposal_kind proposal_kinds[] = {
	{ "draw.annul", "作废抽取", PERM_DRAW_PREPARE, PERM_DRAW_ANNUL, 2, PROPOSAL_DRAW, false },
	{ "draw.staff", "另行派组", PERM_DRAW_PREPARE, PERM_DRAW_APPROVE, 2, PROPOSAL_DRAW, false },
	{ "person.add", "登记人员", PERM_DRAW_PREPARE, PERM_VISIT_APPROVE, 1, PROPOSAL_PERSON,
	  false },
	{ "person.leave", "人员离任", PERM_DRAW_PREPARE, PERM_VISIT_APPROVE, 1, PROPOSAL_PERSON,
	  false },
	{ "plan.opening", "改年初数据", PERM_PLAN_EDIT, PERM_PLAN_APPROVE, 1, PROPOSAL_YEAR,
	  false },
	{ "visit.assist", "指定专家或第三方协助", PERM_VISIT_REPLACE, PERM_VISIT_APPROVE, 1,
	  PROPOSAL_VISIT, false },
	{ "visit.end", "终结任务", PERM_VISIT_REPLACE, PERM_VISIT_APPROVE, 2, PROPOSAL_VISIT,
	  false },
	{ "visit.illness", "因病换人", PERM_VISIT_REPLACE, PERM_VISIT_APPROVE, 1, PROPOSAL_VISIT,
	  false },
	{ "visit.open", "拆看名称", PERM_VISIT_OPEN, PERM_VISIT_APPROVE, 1, PROPOSAL_VISIT, true },
	{ "visit.recusal", "回避换人", PERM_VISIT_REPLACE, PERM_VISIT_APPROVE, 1, PROPOSAL_VISIT,
	  false },
	{ "visit.reserve", "启用备选", PERM_VISIT_REPLACE, PERM_VISIT_APPROVE, 2, PROPOSAL_VISIT,
	  false },
	{ "visit.undo", "撤回检查登记", PERM_VISIT_REPLACE, PERM_VISIT_APPROVE, 1, PROPOSAL_VISIT,
	  false },
	{ .name = NULL },
};

const struct proposal_kind *proposal_kind(const char *name)
{
	for (const struct proposal_kind *k = proposal_kinds; k->name; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

/* NONE unless the subject is there and is the actor's. */
static int find_subject(struct office *o, struct arena *a, const struct proposal_kind *kind,
			const char *subject)
{
	struct visit_row visit;
	struct draw_row draw;

	if (kind->about == PROPOSAL_PERSON || kind->about == PROPOSAL_YEAR)
		return scope_all(o) && !*o->department
			       ? OK
			       : life_refuse(o, NONE, "%s由负责全市的账号办理",
					     kind->about == PROPOSAL_YEAR ? "年初数据"
									  : "人员名单");
	if (kind->about == PROPOSAL_VISIT)
		return life_visit_find(o, a, subject, &visit);
	TRY(life_find(o, a, subject, &draw));
	return scope_draw(o, &draw) ? OK : life_refuse(o, NONE, "没有这个抽取");
}

/* ---- what is sealed ---- */

/* It opens for no other kind, subject or asker. */
static const char *place(struct arena *a, const struct proposal_row *row, const char *what)
{
	return arena_printf(a, "proposal/%s/%s/%s/%" PRId64 "/%s", row->id, row->kind, row->subject,
			    row->asker, what);
}

const char *proposal_text(struct arena *a, const struct proposal_row *row)
{
	char digest[OFFICE_DIGEST];

	office_digest(row->request, row->request_len, digest);
	return arena_printf(a, "proposal %s\nkind %s\nsubject %s\nrequest %s\n", row->id, row->kind,
			    row->subject, digest);
}

/* Each time that somebody speaks: who, and what about, are the entry's; about which request is its document's. */
static int log_about(struct office *o, struct arena *a, const char *action,
		     const struct proposal_row *row)
{
	const char *text = proposal_text(a, row);
	char digest[OFFICE_DIGEST];

	TRY(office_document(o, text, strlen(text), digest));
	return office_log(o, action, row->subject, digest);
}

static const void *seal(const struct office *o, struct arena *a, const char *where,
			const char *text, size_t *ret_len)
{
	unsigned char *sealed = arena_alloc(a, strlen(text) + KEYS_SEALED_MORE);

	keys_seal(o->keys, where, text, strlen(text), sealed);
	*ret_len = strlen(text) + KEYS_SEALED_MORE;
	return sealed;
}

static int open_text(const struct office *o, struct arena *a, const char *where, const void *sealed,
		     size_t len, const char **ret)
{
	if (len < KEYS_SEALED_MORE)
		return INVALID;
	char *text = arena_alloc(a, len - KEYS_SEALED_MORE + 1);
	TRY(keys_open(o->keys, where, sealed, len, (unsigned char *)text));
	text[len - KEYS_SEALED_MORE] = 0;
	*ret = text;
	return OK;
}

static void put_given(struct json *j, const char *key, const char *text)
{
	if (text)
		json_put_text(j, key, text);
}

static const char *write_ask(struct arena *a, const struct proposal_ask *in)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, PROPOSAL_TEXT_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	put_given(&j, "digest", in->digest);
	put_given(&j, "evidence", in->evidence);
	put_given(&j, "member", in->member);
	json_put_text(&j, "reason", in->reason);
	put_given(&j, "why", in->why);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

static const char *member(struct arena *a, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? arena_str(a, text) : NULL;
}

/* ---- asking ---- */

/* Whoever comes into the list of people, or leaves it, and as what. */
static int check_person(struct office *o, const struct proposal_kind *kind,
			const struct proposal_ask *in)
{
	if (kind->about != PROPOSAL_PERSON)
		return OK;
	const char *wrong = in->member ? office_name_wrong(in->member) : NULL;
	if (!person_role_bit(in->subject))
		return life_refuse(
			o, INVALID,
			"“subject”要是职责：archive、discipline、leader、legal 或 planner");
	return wrong ? life_refuse(o, INVALID, "“%s”不能当姓名：%s", in->member, wrong) : OK;
}

/* A year as four digits, the same that its entries are about. */
static int check_year(struct office *o, const struct proposal_kind *kind,
		      const struct proposal_ask *in)
{
	uint64_t year;

	if (kind->about != PROPOSAL_YEAR ||
	    (strlen(in->subject) == 4 &&
	     read_number(span_of(in->subject), 9999, &year) == CORE_OK && year >= 2000))
		return OK;
	return life_refuse(o, INVALID, "“subject”要是年份，例如 2026");
}

static int check_ask(struct office *o, const struct proposal_kind *kind,
		     const struct proposal_ask *in)
{
	bool leaves = strcmp(kind->name, "visit.recusal") == 0 ||
		      strcmp(kind->name, "visit.illness") == 0 ||
		      strcmp(kind->name, "visit.assist") == 0 || kind->about == PROPOSAL_PERSON;
	bool ends = strcmp(kind->name, "visit.end") == 0;
	bool proven =
		ends || strcmp(kind->name, "visit.reserve") == 0 || kind->about == PROPOSAL_YEAR;

	TRY(check_person(o, kind, in));
	TRY(check_year(o, kind, in));
	if (leaves != (in->member != NULL))
		return life_refuse(o, INVALID,
				   leaves ? "“member”必须填写：哪一位人员"
					  : "“member”在这里不用填写");
	if (ends != (in->why != NULL))
		return life_refuse(o, INVALID,
				   ends ? "“why”必须填写：closed、moved、refused 或 other"
					: "“why”在这里不用填写");
	if (proven && !in->evidence)
		return life_refuse(o, INVALID, "“evidence”必须填写：%s，先上传",
				   kind->about == PROPOSAL_YEAR ? "CSV 文件" : "证据");
	return office_reason(o, in->reason);
}

struct making {
	struct office *o;
	struct arena *a;
	struct proposal_row row;
};

static int make(struct db *db, void *arg)
{
	struct making *in = arg;

	in->row.at = office_now(in->o);
	int rc = proposal_row_add(db, &in->row);
	if (rc == DB_UNIQUE)
		return life_refuse(in->o, CONFLICT, "同样的事已经有人提出，正等着同意");
	TRY(rc);
	return log_about(in->o, in->a, "proposal.make", &in->row);
}

int proposal_make(struct office *o, struct arena *a, const struct account *asker,
		  const struct proposal_ask *given, char ret[PROPOSAL_ID])
{
	const struct proposal_kind *kind = proposal_kind(given->kind);
	struct proposal_ask ask = *given;
	struct making in = { .o = o, .a = a };
	struct upload_row upload;

	o->why[0] = 0;
	if (!kind)
		return INVALID;
	TRY(find_subject(o, a, kind, ask.subject));
	TRY(check_ask(o, kind, &ask));
	if (ask.evidence) {
		int rc = upload_find(o, a, asker->row.key, ask.evidence, &upload);
		if (rc == NONE)
			return life_refuse(o, NONE, "没有这份上传的证据，或已经过期");
		TRY(rc);
		ask.digest = upload.digest;
	}
	TRY(life_ulid(office_now(o), ret));
	in.row = (struct proposal_row){
		.id = ret, .kind = kind->name, .subject = ask.subject, .asker = asker->row.key
	};
	in.row.request =
		seal(o, a, place(a, &in.row, "request"), write_ask(a, &ask), &in.row.request_len);
	return office_write(o, make, &in);
}

/* ---- looking ---- */

static int fill(struct office *o, struct arena *a, const struct account *who,
		struct proposal_shown *p)
{
	const char *text;
	json_error_t error;

	int rc = open_text(o, a, place(a, &p->row, "request"), p->row.request, p->row.request_len,
			   &text);
	if (rc == INVALID)
		return life_refuse(o, FORBIDDEN, "%s", ledger_asked_strange);
	TRY(rc);
	CLEANUP(free_json) json_t *ask = json_loads(text, 0, &error);
	p->ask = (struct proposal_ask){ .kind = p->row.kind,
					.subject = p->row.subject,
					.reason = member(a, ask, "reason"),
					.member = member(a, ask, "member"),
					.evidence = member(a, ask, "evidence"),
					.digest = member(a, ask, "digest"),
					.why = member(a, ask, "why") };
	p->result = "";
	if (p->row.result && (!p->kind->secret || p->row.asker == who->row.key))
		TRY(open_text(o, a, place(a, &p->row, "result"), p->row.result, p->row.result_len,
			      &p->result));
	if (!p->ask.reason)
		return INVALID;
	return proposal_voice_list(o->db, a, p->row.key, PROPOSAL_VOICES_MOST, p->voices,
				   &p->voice_count);
}

static int may_see(struct office *o, struct arena *a, const struct account *who,
		   struct proposal_shown *p)
{
	p->kind = proposal_kind(p->row.kind);
	if (!p->kind ||
	    (!permission_has(who->may, p->kind->ask) && !permission_has(who->may, p->kind->agree)))
		return NONE;
	return find_subject(o, a, p->kind, p->row.subject);
}

int proposal_show(struct office *o, struct arena *a, const struct account *who, const char *id,
		  struct proposal_shown *ret)
{
	TRY(proposal_row_get(o->db, a, id, &ret->row));
	TRY(may_see(o, a, who, ret));
	return fill(o, a, who, ret);
}

struct listing {
	const struct account *who;
	int64_t below;
	size_t most;
	struct proposal_page *page;
};

/* They are few, so that all are looked at for the total. */
static int take(struct office *o, struct arena *a, const struct listing *l,
		const struct proposal_row *row)
{
	struct proposal_page *page = l->page;
	struct proposal_shown p = { .row = *row };
	int rc = may_see(o, a, l->who, &p);

	if (rc != OK)
		return rc == NONE ? OK : rc;
	rc = fill(o, a, l->who, &p);
	if (rc != OK)
		return rc == FORBIDDEN ? OK : rc;
	page->total++;
	if (row->key >= l->below)
		return OK;
	if (page->count == l->most) {
		page->next = page->items[l->most - 1].row.key;
		return OK;
	}
	page->items[page->count++] = p;
	return OK;
}

int proposal_list(struct office *o, struct arena *a, const struct account *who, bool open,
		  int64_t below, size_t most, struct proposal_page *ret)
{
	struct proposal_row rows[BATCH];
	struct listing l = { who, below, most, ret };
	int64_t at = INT64_MAX;
	size_t count;

	*ret = (struct proposal_page){ .items = arena_array(a, most, sizeof(*ret->items)) };
	do {
		TRY(proposal_row_newest(o->db, a, open, at, BATCH, rows, &count));
		for (size_t i = 0; i < count; i++)
			TRY(take(o, a, &l, &rows[i]));
		at = count ? rows[count - 1].key : at;
	} while (count == BATCH);
	o->why[0] = 0;
	return OK;
}

/* ---- deciding ---- */

struct deciding {
	struct office *o;
	struct arena *a;
	const struct account *who;
	const char *id, *reason;
	bool agree, done;
	struct proposal_shown p;
};

static int check_voice(struct deciding *in)
{
	struct proposal_shown *p = &in->p;

	if (strcmp(p->row.state, "open") != 0)
		return life_refuse(in->o, CONFLICT, "这件事已经有了结果");
	if (!permission_has(in->who->may, p->kind->agree))
		return life_refuse(in->o, FORBIDDEN, "没有权限：%s",
				   permission_chinese(p->kind->agree));
	if (p->row.asker == in->who->row.key ||
	    office_same_person(p->row.person, in->who->row.person))
		return life_refuse(in->o, FORBIDDEN, "提出的人不能自己同意");
	if (p->kind->about == PROPOSAL_PERSON &&
	    office_same_person(p->ask.member, in->who->row.person))
		return life_refuse(in->o, FORBIDDEN, "本人不能同意自己的登记或离任");
	return OK;
}

/* Their rights are asked again: who agreed some days ago may have none by now. */
static int take_approvers(struct deciding *in, struct proposal_approvers *by)
{
	by->count = 0;
	for (size_t i = 0; i < in->p.voice_count; i++) {
		struct account *account = &by->list[by->count];
		struct account_row row;
		TRY(account_row_by_key(in->o->db, in->a, in->p.voices[i].account, &row));
		TRY(account_fill(in->o, in->a, &row, account));
		TRY(account_known(in->o, &row, account->roles));
		if (strcmp(row.state, "active") != 0 ||
		    !permission_has(account->may, in->p.kind->agree))
			return life_refuse(in->o, FORBIDDEN,
					   "%s 同意过，但现在没有这项权限：请撤回，重新提出",
					   row.person);
		by->count++;
	}
	return OK;
}

static int carry_out(struct deciding *in)
{
	struct proposal_approvers *by = arena_alloc(in->a, sizeof(*by));
	struct account_row row;
	struct account asker;
	const char *result;

	TRY(take_approvers(in, by));
	TRY(account_row_by_key(in->o->db, in->a, in->p.row.asker, &row));
	TRY(account_fill(in->o, in->a, &row, &asker));
	TRY(account_known(in->o, &row, asker.roles));
	if (strcmp(row.state, "active") != 0 || !permission_has(asker.may, in->p.kind->ask))
		return life_refuse(in->o, FORBIDDEN, "提出的人现在没有这项权限");
	account_enter(&asker, in->o);
	int rc = proposal_act(in->o, in->a, &in->p, by, &result);
	account_enter(in->who, in->o);
	TRY(rc);
	in->done = true;
	in->p.row.state = "done";
	in->p.row.ended_at = office_now(in->o);
	in->p.row.result = seal(in->o, in->a, place(in->a, &in->p.row, "result"), result,
				&in->p.row.result_len);
	return proposal_row_end(in->o->db, &in->p.row);
}

static int refuse_it(struct deciding *in, const char *state, const char *action)
{
	in->p.row.state = state;
	in->p.row.ended_at = office_now(in->o);
	in->p.row.result = NULL;
	TRY(proposal_row_end(in->o->db, &in->p.row));
	return log_about(in->o, in->a, action, &in->p.row);
}

/* Is it asked for by whom the row says, still open, and is each voice that was heard so far one that was raised? */
static int check_told(const struct office *beside, void *arg)
{
	const struct deciding *in = arg;
	const struct proposal_row *row = &in->p.row;
	const char *text = proposal_text(in->a, row);
	struct ledger_asked *first;
	char digest[OFFICE_DIGEST];

	office_digest(text, strlen(text), digest);
	TRY(ledger_asked(beside, in->a, row->subject, digest, row->kind, &first));
	TRY(ledger_asked_check(beside, first, "proposal.make", row->person, row->at));
	for (const struct ledger_asked *e = first->next; e; e = e->next)
		if (strcmp(e->action, "proposal.agree") != 0 &&
		    (strcmp(e->action, row->kind) != 0 || strcmp(e->actor, row->person) == 0))
			return INVALID;
	for (size_t i = 0; i < in->p.voice_count; i++) {
		const struct proposal_voice_row *v = &in->p.voices[i];
		if (!v->agree || !ledger_asked_find(first, "proposal.agree", v->person, v->at))
			return INVALID;
	}
	return OK;
}

static int decide(struct db *db, void *arg)
{
	struct deciding *in = arg;
	struct proposal_voice_row voice = { .account = in->who->row.key,
					    .agree = in->agree,
					    .reason = in->reason,
					    .at = office_now(in->o) };

	in->done = false;
	TRY(proposal_show(in->o, in->a, in->who, in->id, &in->p));
	TRY(check_voice(in));
	int rc = proposal_voice_add(db, in->p.row.key, &voice);
	if (rc == DB_UNIQUE)
		return life_refuse(in->o, CONFLICT, "您已经表过态");
	TRY(rc);
	rc = ledger_beside(in->o, check_told, in);
	if (rc == INVALID)
		return life_refuse(in->o, FORBIDDEN, "%s", ledger_asked_strange);
	TRY(rc);
	if (!in->agree)
		return refuse_it(in, "refused", "proposal.refuse");
	if (in->p.voice_count == PROPOSAL_VOICES_MOST)
		return TOO_LARGE;
	in->p.voices[in->p.voice_count++] = voice;
	if (in->p.voice_count < in->p.kind->needs)
		return log_about(in->o, in->a, "proposal.agree", &in->p.row);
	return carry_out(in);
}

int proposal_decide(struct office *o, struct arena *a, const struct account *who, const char *id,
		    bool agree, const char *reason, bool *ret_done)
{
	struct deciding *in = arena_alloc(a, sizeof(*in));

	*in = (struct deciding){
		.o = o, .a = a, .who = who, .id = id, .agree = agree, .reason = reason
	};
	if (!agree)
		TRY(office_reason(o, reason));
	TRY(office_write(o, decide, in));
	*ret_done = in->done;
	return OK;
}

static int withdraw(struct db *db, void *arg)
{
	struct deciding *in = arg;

	(void)db;
	TRY(proposal_show(in->o, in->a, in->who, in->id, &in->p));
	if (in->p.row.asker != in->who->row.key)
		return life_refuse(in->o, FORBIDDEN, "只有提出的人能撤回");
	if (strcmp(in->p.row.state, "open") != 0)
		return life_refuse(in->o, CONFLICT, "这件事已经有了结果");
	return refuse_it(in, "withdrawn", "proposal.withdraw");
}

int proposal_withdraw(struct office *o, struct arena *a, const struct account *who, const char *id)
{
	struct deciding *in = arena_alloc(a, sizeof(*in));

	*in = (struct deciding){ .o = o, .a = a, .who = who, .id = id };
	return office_write(o, withdraw, in);
}
