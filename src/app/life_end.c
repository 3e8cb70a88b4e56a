/* app/life_end.c — cancelling and annulling. */
#include "app/life_end.h"

#include "app/ledger_held.h"
#include "app/life_documents.h"
#include "app/life_entropy.h"
#include "app/life_joint.h"
#include "app/life_person.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/plan_offer.h"
#include "base/status.h"
#include "store/draw_share.h"
#include "store/visit.h"
#include "store/visit_change.h"

#include <string.h>

struct ending {
	struct office *o;
	struct arena *arena;
	const char *draw, *reason, *party, *head, *discipline;
};

static bool is_one_of(const char *state, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(state, *list) == 0)
			return true;
	return false;
}

static int check_party(const struct ending *in, const struct draw_row *row)
{
	struct draw_share_row list[DRAW_SHARES_MOST];
	size_t count;

	if (!in->party)
		return OK;
	TRY(draw_share_list(in->o->db, in->arena, row->key, list, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].party, in->party) == 0)
			return OK;
	return life_refuse(in->o, INVALID, "抽取 %s 的声明里没有“%s”这一方", row->id, in->party);
}

/* CONFLICT unless no value can exist: or whoever does not like one would draw again. */
static int check_value(const struct ending *in, const struct draw_row *row)
{
	struct declaration d;
	struct problem problem;
	int64_t announced;

	if (!*row->declaration)
		return OK;
	if (declaration_parse(span_of(row->declaration), &d, &problem) != CORE_OK)
		return life_refuse(in->o, INVALID, "抽取 %s 的声明读不懂", row->id);
	TRY(life_entropy_announced(in->o, row, &announced));
	if (office_now(in->o) < life_entropy_safe(&d, announced))
		return OK;
	return life_refuse(in->o, CONFLICT,
			   "随机数已经产生，或者可能已经产生，抽取 %s 不能取消：有法定缺陷的，"
			   "由主要负责人和纪检两人签字作废（draw annul）",
			   row->id);
}

static int finish(struct ending *in, struct draw_row *row, const char *to, const char *action)
{
	char digest[OFFICE_DIGEST];

	row->ended_at = office_now(in->o);
	row->ended_by = in->o->actor;
	row->reason =
		in->party ? arena_printf(in->arena, "%s（拒不公开份额：%s）", in->reason, in->party)
			  : in->reason;
	TRY(draw_row_end(in->o->db, row, to));
	row->state = to;
	TRY(visit_certain_give_back(in->o->db, row->key));
	const char *text =
		arena_printf(in->arena, "%sparty %s\nhead %s\ndiscipline %s\n",
			     life_document_end(in->arena, row), in->party ? in->party : "-",
			     in->head ? in->head : "-", in->discipline ? in->discipline : "-");
	TRY(office_document(in->o, text, strlen(text), digest));
	return office_log(in->o, action, row->id, digest);
}

static int cancel(struct db *db, void *arg)
{
	static const char *const from[] = { "prepared", "approved", "frozen", "opened", NULL };
	struct ending *in = arg;
	struct draw_row row;

	(void)db;
	TRY(life_find(in->o, in->arena, in->draw, &row));
	if (!is_one_of(row.state, from))
		return life_wrong_state(in->o, &row, "取消");
	TRY(person_acts(in->o, PERSON_ACTORS));
	TRY(check_value(in, &row));
	TRY(check_party(in, &row));
	return finish(in, &row, "cancelled", "draw.cancel");
}

int life_cancel(struct office *o, struct arena *a, const char *draw, const char *reason,
		const char *party)
{
	struct ending in = { o, a, draw, reason, party, NULL, NULL };

	o->why[0] = 0;
	TRY(office_reason(o, reason));
	return ledger_held_write(o, true, cancel, &in);
}

/* Signing is for two who had no hand in the draw. */
static int check_signers(const struct ending *in, const struct draw_row *row)
{
	const char *const signers[] = { in->head, in->discipline };
	const char *const hands[] = { in->o->actor, row->prepared_by, row->approved_by,
				      row->frozen_by, row->drawn_by };

	for (size_t i = 0; i < COUNT(signers); i++)
		for (size_t k = 0; k < COUNT(hands); k++)
			if (*hands[k] && office_same_person(signers[i], hands[k]))
				return life_refuse(
					in->o, FORBIDDEN,
					"%s 不能为作废签字：签字的两人不能是办理人，也不能是准备、"
					"批准、锁定、抽取过 %s 的人",
					signers[i], row->id);
	return OK;
}

static int annul(struct db *db, void *arg)
{
	static const char *const from[] = { "frozen", "opened", "drawn", NULL };
	struct ending *in = arg;
	struct draw_row row;

	TRY(person_acts(in->o, PERSON_ACTORS));
	TRY(life_find(in->o, in->arena, in->draw, &row));
	if (strcmp(row.state, "revealed") == 0)
		return life_refuse(in->o, CONFLICT, "抽取 %s 已经揭示，结果已经公开，不能作废",
				   row.id);
	if (!is_one_of(row.state, from))
		return life_wrong_state(in->o, &row, "作废");
	TRY(life_joint_alone(in->o, in->arena, &row));
	TRY(check_signers(in, &row));
	TRY(person_check(in->o, in->head, PERSON_BIT(PERSON_LEADER)));
	TRY(person_check(in->o, in->discipline, PERSON_BIT(PERSON_DISCIPLINE)));
	TRY(finish(in, &row, "annulled", "draw.annul"));
	return visit_annul(db, row.key, row.ended_at, in->o->actor);
}

int life_annul(struct office *o, struct arena *a, const struct life_annul *in)
{
	struct ending e = { o, a, in->draw, in->reason, NULL, in->head, in->discipline };

	o->why[0] = 0;
	TRY(office_reason(o, in->reason));
	if (!*in->head || !*in->discipline)
		return life_refuse(o, INVALID, "作废要由主要负责人和纪检部门各一人签字");
	TRY(life_person_name(o, in->head));
	TRY(life_person_name(o, in->discipline));
	if (office_same_person(in->head, in->discipline))
		return life_refuse(o, INVALID, "主要负责人和纪检部门的签字不能是同一个人");
	return ledger_held_write(o, true, annul, &e);
}

int life_again(struct office *o, struct arena *a, const struct draw_row *row, const char **ret_why)
{
	const struct plan_offer offer = { row->plan, row->period, row->pool,
					  life_day(office_now(o)) };
	bool joint;

	return plan_offer_check(o->db, a, &offer, &joint, ret_why);
}
