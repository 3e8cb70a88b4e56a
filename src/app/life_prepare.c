/* app/life_prepare.c — the number in the same transaction as the row, so that none is ever missing. */
#include "app/life_prepare.h"

#include "app/ledger_checkpoint.h"
#include "app/ledger_held.h"
#include "app/life_documents.h"
#include "app/life_joint.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/plan_offer.h"
#include "app/plan_period.h"
#include "app/scope.h"
#include "base/status.h"
#include "store/plan.h"
#include "store/plan_opening.h"
#include "core/text.h"
#include "files/sign.h"
#include "store/draw_share.h"

#include <string.h>

enum { ATTEMPTS = 5, BODY_CITY = 4, NUMBER_DIGITS = 4, DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

/* next: what is wanted before a later act; after: what comes now, for who repeats an act. */
static const struct {
	const char *state, *words, *next, *after;
} states[] = {
	{ "prepared", "已准备", "先由法制或纪检部门的另一人批准：mingqian draw approve", NULL },
	{ "approved", "已批准", "先锁定名单：mingqian draw freeze",
	  "锁定名单：mingqian draw freeze" },
	{ "frozen", "已锁定", "先由各见证方公开份额：mingqian draw open",
	  "保管人登记（draw hold），见证方公开份额（draw open），随机数产生后抽取（draw run）" },
	{ "opened", "份额已公开", "等公开随机数产生后抽取：mingqian draw run",
	  "等公开随机数产生后抽取：mingqian draw run" },
	{ "drawn", "已抽取", "抽取只有一次；有法定缺陷的只能作废：mingqian draw annul",
	  "检查组接收任务：mingqian visits accept" },
	{ "revealed", "已揭示", "它已经结束", NULL },
	{ "cancelled", "已取消",
	  "请用新的编号重新准备：mingqian draw prepare 计划 时期 --replaces 编号", NULL },
	{ "annulled", "已作废",
	  "请用新的编号重新准备：mingqian draw prepare 计划 时期 --replaces 编号", NULL },
};

/* The state that an act leads to; COUNT(states): told apart by no other state. */
static size_t leads_to(const char *act)
{
	static const struct {
		const char *act, *state;
	} acts[] = { { "批准", "approved" }, { "锁定", "frozen" } };

	for (size_t i = 0; i < COUNT(acts); i++)
		for (size_t k = 0; strcmp(acts[i].act, act) == 0 && k < COUNT(states); k++)
			if (strcmp(states[k].state, acts[i].state) == 0)
				return k;
	return COUNT(states);
}

int64_t life_day(int64_t ms)
{
	return (ms + ZONE_MS) / DAY_MS;
}

void life_checkpoint(struct office *o, struct plan_notes *notes)
{
	const char *note;

	if (o->writing) {
		o->checkpoint = true;
		return;
	}
	int rc = ledger_checkpoint(o, notes->arena, &note);
	if (rc != OK)
		plan_note(notes, PLAN_WARNING,
			  "事已办成，但账簿的检查点没有签成：%s。请用 mingqian ledger verify 查看",
			  office_sentence(o, rc));
}

int life_find(struct office *o, struct arena *a, const char *draw, struct draw_row *ret)
{
	int rc = draw_row_get(o->db, a, draw, ret);

	if (rc == OK && !scope_draw(o, ret))
		rc = NONE;
	if (rc == NONE)
		return life_refuse(o, NONE, "没有编号为 %s 的抽取：用 mingqian draw list 查看",
				   draw);
	return rc;
}

int life_wrong_state(struct office *o, const struct draw_row *row, const char *act)
{
	for (size_t i = 0; i < COUNT(states); i++) {
		if (strcmp(states[i].state, row->state) != 0)
			continue;
		if (i >= leads_to(act) && states[i].after)
			return life_refuse(o, CONFLICT, "抽取 %s %s，不用再%s。下一步：%s", row->id,
					   states[i].words, act, states[i].after);
		return life_refuse(o, CONFLICT, "抽取 %s %s，现在不能%s：%s", row->id,
				   states[i].words, act, states[i].next);
	}
	return CONFLICT;
}

struct preparing {
	struct office *o;
	struct arena *arena;
	const struct life_prepare *in;
	struct draw_row row;
	struct span people; /* of a department */
};

/* Whether a draw may take the place of this one: it is over, of the same lists, and nobody has taken it yet. */
static int check_replaced(struct preparing *p, const struct draw_row *old)
{
	struct draw_row other;

	if (old->live)
		return life_refuse(p->o, CONFLICT,
				   "抽取 %s 还有效，不能被替代：先取消（draw cancel）或作废"
				   "（draw annul）",
				   old->id);
	if (strcmp(old->body, p->row.body) != 0 || strcmp(old->plan, p->row.plan) != 0 ||
	    strcmp(old->pool, p->row.pool) != 0 || strcmp(old->period, p->row.period) != 0 ||
	    strcmp(old->department, p->row.department) != 0)
		return life_refuse(
			p->o, INVALID,
			"抽取 %s 是计划 %s、%s、%s 池的，只能由同一计划、时期和池的抽取替代",
			old->id, old->plan, old->period, plan_pool_words(old->pool));
	int rc = draw_row_replacing(p->o->db, p->arena, old->key, &other);
	if (rc == OK)
		return life_refuse(p->o, CONFLICT, "抽取 %s 已由 %s 替代", old->id, other.id);
	return rc == NONE ? OK : rc;
}

static int find_replaced(struct preparing *p)
{
	struct draw_row old;

	if (!p->in->replaces)
		return OK;
	TRY(life_find(p->o, p->arena, p->in->replaces, &old));
	TRY(check_replaced(p, &old));
	p->row.replaces = old.key;
	return OK;
}

/* An annulled draw is published with the one that replaces it: none goes past it (spec 5.2). */
static int check_annulled(struct preparing *p)
{
	struct draw_row old;
	int rc = draw_row_unfollowed(p->o->db, p->arena, &p->row, &old);

	if (rc == NONE || (rc == OK && old.key == p->row.replaces))
		return OK;
	TRY(rc);
	return life_refuse(p->o, CONFLICT,
			   "%s 的 %s 池有一次作废的抽取 %s，它的结果要与替代它的那次一起公开："
			   "请加 --replaces %s（计划 %s）",
			   old.period, plan_pool_words(old.pool), old.id, old.id, old.plan);
}

/* A number that was given out stays used, so what could never be drawn gets none. */
static int check_offer(struct preparing *p)
{
	const struct life_prepare *in = p->in;
	const char *why = "";
	bool joint = false;
	const struct plan_offer offer = { in->plan, in->period, in->pool,
					  life_day(office_now(p->o)) };
	int rc = plan_offer_check(p->o->db, p->arena, &offer, &joint, &why);

	if (rc == INVALID)
		return life_refuse(p->o, INVALID, "%s", why);
	TRY(rc);
	if (!joint)
		return OK;
	if (strcmp(p->row.kind, "cross") == 0)
		return life_refuse(p->o, INVALID,
				   "%s 是联合检查，不能同时是交叉抽取：请去掉 --kind cross",
				   in->pool);
	p->row.kind = "joint";
	return OK;
}

/* A department's draw is of its lead's plan, period and pool. */
static int join(struct preparing *p)
{
	const struct life_prepare *in = p->in;
	struct draw_row parent;

	TRY(life_joint_parent(p->o, p->arena, in->parent, &parent));
	if (strcmp(parent.plan, in->plan) != 0 || strcmp(parent.period, in->period) != 0)
		return life_refuse(p->o, INVALID, "主办方的抽取 %s 是计划 %s、%s 的", parent.id,
				   parent.plan, parent.period);
	if (in->open_mode && parent.sealed)
		return life_refuse(p->o, INVALID,
				   "主办方的抽取 %s 是保密的，部门的抽取不能公开（--open）",
				   parent.id);
	TRY(life_joint_numbers(p->o, p->arena, in->department, p->people));
	p->row.pool = parent.pool;
	p->row.area = parent.area;
	p->row.parent = parent.key;
	p->row.department = in->department;
	return OK;
}

/* The row with its number; a department's list of people is what the approver approves. */
static int keep_row(struct preparing *p)
{
	char digest[OFFICE_DIGEST], people[OFFICE_DIGEST], files[LIFE_SUM];

	TRY(draw_row_add(p->o->db, &p->row));
	if (p->row.parent != 0)
		TRY(life_file_put(p->o, &p->row, LIFE_DEPARTMENT, p->people, true));
	TRY(life_sum_files(p->o->db, &p->row, 1U << LIFE_FILES_PREPARE, files));
	const char *text = life_document_prepare(p->arena, &p->row, files);
	if (p->row.parent != 0) {
		office_digest(p->people.at, p->people.len, people);
		text = arena_printf(p->arena, "%slead %s\npeople %s\n", text, p->in->parent,
				    people);
	}
	TRY(office_document(p->o, text, strlen(text), digest));
	return office_log(p->o, "draw.prepare", p->row.id, digest);
}

struct looking {
	const struct draw_row *row;
	char id[65];
};

static int look(void *arg, const struct draw_row *row)
{
	struct looking *in = arg;
	const struct draw_row *mine = in->row;

	/* a cross draw is one of the same minimums as a plain one */
	if (row->live && row->key != mine->key && strcmp(row->pool, mine->pool) == 0 &&
	    strcmp(row->period, mine->period) == 0 &&
	    strcmp(row->department, mine->department) == 0)
		memcpy(in->id, row->id, strlen(row->id) + 1);
	return OK;
}

static int check_taken(struct preparing *p)
{
	struct looking seen = { &p->row, "" };

	TRY(draw_row_walk(p->o->db, p->row.body, 0, look, &seen));
	if (seen.id[0] == 0)
		return OK;
	return life_refuse(p->o, CONFLICT,
			   "%s 的 %s 池已有抽取 %s：同一规则、类别、池和时期只能有一次有效的抽取",
			   p->in->period, plan_pool_words(p->in->pool), seen.id);
}

static int prepare(struct db *db, void *arg)
{
	struct preparing *p = arg;
	struct draw_plan plan;

	if (!p->in->parent) /* a department's own people hand in its list */
		TRY(person_acts(p->o, PERSON_ACTORS));
	int rc = draw_row_plan(db, p->arena, p->in->plan, &plan);
	if (rc == NONE)
		return life_refuse(p->o, NONE, "没有编号为 %s 的计划", p->in->plan);
	TRY(rc);
	if (!plan.approved)
		return life_refuse(p->o, FORBIDDEN, "计划 %s 还没有批准：先报批，批准后再准备抽取",
				   p->in->plan);
	p->row = (struct draw_row){ .body = plan.body,
				    .year = plan.year,
				    .kind = p->in->kind,
				    .plan = p->in->plan,
				    .period = p->in->period,
				    .pool = p->in->pool,
				    .area = plan.area,
				    .sealed = !p->in->open_mode,
				    .title = plan.title,
				    .department = "",
				    .prepared_at = office_now(p->o),
				    .prepared_by = p->o->actor };
	TRY(p->in->parent ? join(p) : check_offer(p));
	if (strcmp(p->in->kind, "cross") == 0 && strcmp(plan.body + BODY_CITY, "00") != 0)
		return life_refuse(p->o, FORBIDDEN, "交叉抽取由市局组织，%s 是分局", plan.body);
	TRY(find_replaced(p));
	TRY(check_annulled(p));
	if (!p->in->parent)
		TRY(check_taken(p));
	TRY(draw_row_next(db, plan.body, plan.year, &p->row.number));
	p->row.id = arena_printf(p->arena, "%s-%lld-%0*lld", plan.body, (long long)plan.year,
				 NUMBER_DIGITS, (long long)p->row.number);
	return keep_row(p);
}

/* A department's draw has all that it needs, and no other has any of it. */
static int check_kind(struct office *o, const struct life_prepare *in)
{
	bool joint = strcmp(in->kind, "joint") == 0;

	if (!joint && strcmp(in->kind, "random") != 0 && strcmp(in->kind, "cross") != 0)
		return life_refuse(o, INVALID, "种类只能是 random、cross 或 joint，不是“%s”",
				   in->kind);
	if (joint != (in->parent != NULL) || joint != (in->department != NULL) ||
	    joint != (in->people != NULL))
		return life_refuse(o, INVALID,
				   "部门为主办方抽中的对象抽检查组，--kind joint、--parent、"
				   "--department、--inspectors 要一起写；主办方自己的联合抽取用 "
				   "--pool 写计划里那一行");
	const char *wrong = joint ? office_name_wrong(in->department) : NULL;
	return wrong ? life_refuse(o, INVALID, "“%s”不能当部门名称：%s", in->department, wrong)
		     : OK;
}

static bool is_word(const char *text)
{
	return text && text_is_id(span_of(text));
}

int life_prepare(struct office *o, struct arena *a, const struct life_prepare *in,
		 struct draw_row *ret)
{
	struct preparing p = { .o = o, .arena = a, .in = in };
	int rc = OK;

	o->why[0] = 0;
	TRY(check_kind(o, in));
	if (!is_word(in->period) || !is_word(in->pool))
		return life_refuse(o, INVALID,
				   "时期和抽取池只能用字母、数字和 . _ : - ，例如 2026-Q4、daily");
	if (in->parent)
		TRY(life_joint_people(o, a, in->people, &p.people));
	for (int i = 0; i < ATTEMPTS; i++) {
		rc = office_write(o, prepare, &p);
		if (rc != DB_UNIQUE)
			break;
		struct looking seen = { &p.row, "" };
		TRY(draw_row_walk(o->db, p.row.body, 0, look, &seen));
		if (seen.id[0])
			return life_refuse(
				o, CONFLICT,
				"%s 的 %s 池已有抽取 %s：同一规则、类别、池和时期只能有一次有效的抽取",
				in->period, plan_pool_words(in->pool), seen.id);
	}
	if (rc == OK)
		*ret = p.row;
	return rc;
}

struct approving {
	struct office *o;
	struct arena *arena;
	const char *draw, *office;
};

struct editing {
	const char *approver;
	int64_t edits;
};

static int add_edits(void *arg, const char *actor, int64_t edits)
{
	struct editing *e = arg;

	if (office_same_person(actor, e->approver))
		e->edits += edits;
	return OK;
}

/* The daily pool is drawn from the whole registry, so its draws settle edits for every pool. */
int life_approver_clean(struct office *o, const struct draw_row *row, const char *approver)
{
	struct editing e = { approver, 0 };
	int64_t since;

	TRY(draw_row_last_freeze(o->db, row->body, row->pool, PLAN_POOL_DAILY, &since));
	TRY(draw_row_editors(o->db, since, add_edits, &e));
	if (e.edits == 0)
		return OK;
	return life_refuse(o, FORBIDDEN,
			   "%s 在上次有结果的抽取锁定之后改过名录（%lld 次），不能批准这次抽取："
			   "请法制或纪检部门没有改过名录的人批准；已经由他批准了的，请取消这次抽取"
			   "（draw cancel），用新的编号重来",
			   approver, (long long)e.edits);
}

static bool has_role(const char *roles, const char *role)
{
	struct span rest = span_of(roles), one;

	while (rest.len > 0) {
		span_cut(&rest, ',', &one);
		if (span_equal(one, span_of(role)))
			return true;
	}
	return false;
}

/* What the draw is made by: the plan's newest approved version, and the digest of the rule set that it keeps. */
static int made_by(struct office *o, struct arena *a, const struct draw_row *row,
		   int64_t *ret_version, char rules[OFFICE_DIGEST])
{
	struct plan_version_row version;
	struct plan_row plan;

	TRY(plan_get(o->db, a, row->plan, &plan));
	int rc = plan_version_approved(o->db, a, plan.key, &version);
	if (rc == NONE)
		return life_refuse(o, CONFLICT, "计划 %s 没有批准的版本", row->plan);
	TRY(rc);
	*ret_version = version.version;
	office_digest(version.rules, strlen(version.rules), rules);
	return OK;
}

struct after {
	const struct draw_row *row;
	const char *actor; /* who acts now */
	const char *by;    /* one of them who changed a registry */
	struct arena *arena;
};

static int see_editor(void *arg, const char *actor, int64_t edits)
{
	struct after *in = arg;

	if (edits > 0 && (office_same_person(actor, in->row->prepared_by) ||
			  office_same_person(actor, in->actor)))
		in->by = arena_str(in->arena, actor);
	return OK;
}

/* What was approved is what the lists were made of then: who prepares or freezes may not move it afterwards. */
static int unchanged_since(struct office *o, struct arena *a, const struct draw_row *row)
{
	struct after in = { row, o->actor, NULL, a };
	struct plan_opening_head head;
	int64_t id = 0;
	int rc;

	while ((rc = plan_opening_next(o->db, a, id, &head)) == OK) {
		id = head.id;
		if (head.year == row->year && head.at > row->approved_at)
			return life_refuse(
				o, CONFLICT,
				"批准之后 %s 改过 %lld 年的年初数据（%s）：批准的不是现在的名单。"
				"请取消这次抽取（draw cancel），重新准备、批准",
				head.actor, (long long)head.year, head.file);
	}
	if (rc != NONE)
		return rc;
	TRY(draw_row_editors(o->db, row->approved_at + 1, see_editor, &in));
	if (!in.by)
		return OK;
	return life_refuse(
		o, CONFLICT,
		"批准之后 %s 改过名录，而他是准备或锁定这次抽取的人：批准的不是现在的名单。"
		"请取消这次抽取（draw cancel），重新准备、批准",
		in.by);
}

int life_approval_holds(struct office *o, struct arena *a, const struct draw_row *row)
{
	char rules[OFFICE_DIGEST];
	int64_t version = 0;

	TRY(made_by(o, a, row, &version, rules));
	if (version == row->approved_version && strcmp(rules, row->approved_rules) == 0)
		return unchanged_since(o, a, row);
	return life_refuse(o, CONFLICT,
			   "批准的是计划 %s 第 %lld 版，现在是第 %lld 版：请取消这次抽取（draw "
			   "cancel），按新的计划重新准备、批准",
			   row->plan, (long long)row->approved_version, (long long)version);
}

static int approve(struct db *db, void *arg)
{
	struct approving *in = arg;
	struct draw_row row;
	char digest[OFFICE_DIGEST], rules[OFFICE_DIGEST];

	TRY(life_find(in->o, in->arena, in->draw, &row));
	if (strcmp(row.state, "prepared") != 0)
		return life_wrong_state(in->o, &row, "批准");
	if (office_same_person(row.prepared_by, in->o->actor))
		return life_refuse(in->o, FORBIDDEN,
				   "%s 准备的抽取要由另一个人批准（法制或纪检部门）", in->o->actor);
	TRY(person_check(in->o, in->o->actor, person_role_bit(in->office)));
	TRY(life_approver_clean(in->o, &row, in->o->actor));
	row.approved_at = office_now(in->o);
	row.approved_by = in->o->actor;
	row.approved_for = in->office;
	TRY(made_by(in->o, in->arena, &row, &row.approved_version, rules));
	row.approved_rules = rules;
	TRY(draw_row_approve(db, &row));
	const char *text = life_document_approve(in->arena, &row);
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, "draw.approve", row.id, digest);
}

int life_approve(struct office *o, struct arena *a, const char *draw, const char *office)
{
	struct approving in = { o, a, draw, office };

	o->why[0] = 0;
	if (strcmp(office, "legal") != 0 && strcmp(office, "discipline") != 0)
		return life_refuse(o, INVALID,
				   "批准部门只能是 legal（法制）或 discipline（纪检），不是“%s”",
				   office);
	if (*o->roles && !has_role(o->roles, office))
		return life_refuse(o, FORBIDDEN, "%s 不是%s部门的人", o->actor,
				   strcmp(office, "legal") == 0 ? "法制" : "纪检");
	return ledger_held_write(o, true, approve, &in);
}

struct party {
	struct office *o;
	const char *name, *key;
};

static int add_party(struct db *db, void *arg)
{
	const struct party *in = arg;
	char digest[OFFICE_DIGEST];

	TRY(person_acts(in->o, PERSON_ACTORS));
	TRY(draw_party_add(db, in->name, in->key, office_now(in->o), in->o->actor));
	TRY(office_document(in->o, in->key, strlen(in->key), digest));
	return office_log(in->o, "draw.party", in->name, digest);
}

int life_party(struct office *o, const char *party, const char *key)
{
	struct party in = { o, party, key };

	o->why[0] = 0;
	if (!is_word(party) || strcmp(party, "operator") == 0)
		return life_refuse(o, INVALID,
				   "见证方的名字只能用字母、数字和 . _ : - ，不能是 operator");
	if (!sign_is_hex(key, SIGN_KEY_HEX))
		return life_refuse(o, INVALID, "公钥要写成 64 位小写十六进制");
	int rc = office_write(o, add_party, &in);
	if (rc == DB_UNIQUE)
		return life_refuse(o, CONFLICT, "%s 的这把公钥已经登记过", party);
	return rc;
}
