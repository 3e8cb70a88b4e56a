/* app/life_visit.c — steps of a visit, one ledger entry each. */
#include "app/life_visit.h"

#include "app/life_apart.h"
#include "app/life_documents.h"
#include "app/life_joint.h"
#include "app/life_person.h"
#include "app/life_prepare.h"
#include "app/life_team_told.h"
#include "app/person.h"
#include "app/registry.h"
#include "app/registry_compare.h"
#include "app/scope.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/registry_row.h"

#include <string.h>

enum { DAY_MS = 86400000 };

struct step {
	struct office *o;
	struct arena *arena;
	const char *visit, *inspector, *words, *approver;
	int64_t day;
	bool offsite;
	struct life_team_told team;
	struct life_site *site;
};

int life_visit_find(struct office *o, struct arena *a, const char *visit, struct visit_row *ret)
{
	int rc = visit_get(o->db, a, visit, ret);

	if (rc == OK)
		rc = scope_visit(o, a, ret);
	if (rc == NONE)
		return life_refuse(o, NONE,
				   "没有编号为 %s 的检查任务：用 mingqian visits list 查看", visit);
	return rc;
}

int life_visit_wrong(struct office *o, const struct visit_row *v, const char *act)
{
	static const struct {
		const char *state, *words;
	} states[] = { { "planned", "还没有接收" },
		       { "accepted", "已经接收" },
		       { "visited", "已经检查" },
		       { "ended", "已经终结" } };

	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(states[i].state, v->state) == 0)
			return life_refuse(o, CONFLICT, "检查任务 %s %s，不能%s", v->id,
					   states[i].words, act);
	return CONFLICT;
}

static int check_member(const struct step *s)
{
	TRY(life_team_same(s->o, s->arena, s->visit, &s->team));
	for (size_t i = 0; i < s->team.count; i++)
		if (strcmp(s->team.list[i].inspector, s->inspector) == 0)
			return OK;
	return life_refuse(s->o, FORBIDDEN, "%s 不在检查任务 %s 的检查组里", s->inspector,
			   s->visit);
}

/* A certificate may have ended since the freeze: such a team is not sent (the law wants two with one). */
static int check_certificate(const struct step *s, const char *inspector, int64_t day)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	struct registry_row row;
	struct inspector i;
	const char *problem;
	char text[CLOCK_DAY];
	int rc = registry_row_get(s->o->db, s->arena, registry_name(REGISTRY_INSPECTORS), inspector,
				  &row);

	if (rc == NONE) /* of lists that are no registry's, as demo data have them */
		return OK;
	TRY(rc);
	registry_cells(REGISTRY_INSPECTORS, (struct span){ row.cells, row.cells_len }, cells);
	if (inspector_decode(cells, &i, &problem) == OK && inspector_certified_on(&i, day))
		return OK;
	clock_day(day * DAY_MS, text);
	return life_refuse(s->o, FORBIDDEN,
			   "%s 没有在 %s 有效的执法证，不能去：请先更新名录里的证件，或另派人"
			   "（draw replace --why illness）",
			   inspector, text);
}

/* FORBIDDEN: *ret_who has none on that day. */
static int check_certificates(const struct step *s, const struct visit_row *v, int64_t day,
			      const char **ret_who)
{
	struct visit_member *team;
	size_t count;

	TRY(visit_member_list(s->o->db, s->arena, s->visit, false, &team, &count));
	for (size_t i = 0; i < count; i++) {
		*ret_who = team[i].inspector;
		TRY(*v->shared ? life_joint_certified(s->o, s->arena, v, team[i].inspector, day)
			       : check_certificate(s, team[i].inspector, day));
	}
	return OK;
}

/* Two with certificates that were valid on the day: a visit of others was none. */
static int check_visited(const struct step *s, const struct visit_row *v)
{
	char text[CLOCK_DAY];
	const char *who = "";
	int rc = check_certificates(s, v, v->day, &who);

	if (rc != FORBIDDEN)
		return rc;
	clock_day(v->day * DAY_MS, text);
	return life_refuse(
		s->o, rc,
		"%s 在 %s 没有有效的执法证，这一天的检查不能登记：证件其实有效的，先更新%s里的有效期再登记；"
		"确已到期的，换人（draw replace --why illness --member %s）以后由新的检查组再查",
		who, text, *v->shared ? "本部门名单" : "名录", who);
}

/* The actor is the inspector himself, by the registry or by the list of his department. */
static int check_self(const struct step *s, const struct visit_row *v)
{
	return *v->shared ? life_joint_person_is(s->o, s->arena, v, s->inspector)
			  : life_person_is(s->o, s->arena, s->inspector);
}

static int open_site(const struct step *s, const struct visit_row *v, struct life_site *ret)
{
	int rc = life_site_open(s->o, s->arena, v, ret);

	if (rc == INVALID)
		return life_refuse(s->o, rc,
				   "检查任务 %s 的封存内容打不开：密钥不是封存时的，或数据库被改过",
				   v->id);
	return rc;
}

int life_words(struct office *o, struct arena *a, const char *visit, const char *words,
	       char digest[OFFICE_DIGEST])
{
	const struct life_sealed s =
		life_words_seal(o, a, arena_printf(a, "visit/%s/words", visit), words);

	return office_document(o, s.at, s.len, digest);
}

int life_visit_drop(struct office *o, struct arena *a, const struct visit_row *v, const char *words)
{
	char said[OFFICE_DIGEST], digest[OFFICE_DIGEST];

	TRY(life_words(o, a, v->id, words, said));
	const char *text = arena_printf(a, "%swords %s\n", life_document_drop(a, v), said);
	TRY(office_document(o, text, strlen(text), digest));
	return office_log(o, "visit.end", v->id, digest);
}

static int accept(struct db *db, void *arg)
{
	struct step *s = arg;
	struct visit_row v;
	char digest[OFFICE_DIGEST];
	const char *who;

	TRY(life_visit_find(s->o, s->arena, s->visit, &v));
	if (strcmp(v.state, "planned") != 0)
		return life_visit_wrong(s->o, &v, "接收");
	TRY(check_member(s));
	TRY(check_self(s, &v));
	TRY(check_certificates(s, &v, life_day(office_now(s->o)), &who));
	TRY(open_site(s, &v, s->site));
	v.site = arena_mem(s->arena, s->site->id.at, s->site->id.len);
	v.accepted_at = office_now(s->o);
	v.accepted_by = s->inspector;
	TRY(visit_accept(db, &v));
	const char *text = life_document_accept(s->arena, &v, s->o->actor);
	TRY(office_document(s->o, text, strlen(text), digest));
	return office_log(s->o, "visit.accept", v.id, digest);
}

int life_accept(struct office *o, struct arena *a, const char *visit, const char *inspector,
		struct life_site *ret)
{
	struct life_site site = { 0 };
	struct step s = {
		.o = o, .arena = a, .visit = visit, .inspector = inspector, .site = &site
	};

	o->why[0] = 0;
	TRY(life_team_told(o, a, visit, &s.team));
	TRY(office_write(o, accept, &s));
	*ret = site;
	return OK;
}

int life_visit_teller(struct office *o, struct arena *a, const struct visit_row *v, const char *act)
{
	struct step s = { .o = o, .arena = a, .visit = v->id };
	struct visit_member *team;
	size_t count;

	TRY(visit_member_list(o->db, a, v->id, false, &team, &count));
	for (size_t i = 0; i < count; i++) {
		s.inspector = team[i].inspector;
		int rc = check_self(&s, v);
		if (rc != FORBIDDEN)
			return rc;
	}
	int rc = person_acts(o, PERSON_ACTORS);
	if (rc != FORBIDDEN)
		return rc;
	return life_refuse(
		o, FORBIDDEN,
		"办理人 %s 不在检查任务 %s 现在的检查组里，也不是人员名单里的双随机管理员或负责人，"
		"不能%s：请由他们办理，--as 写编号或姓名",
		o->actor, v->id, act);
}

static int done(struct db *db, void *arg)
{
	struct step *s = arg;
	struct visit_row v;
	char digest[OFFICE_DIGEST];
	int64_t today = life_day(office_now(s->o));

	TRY(life_visit_find(s->o, s->arena, s->visit, &v));
	if (strcmp(v.state, "accepted") != 0)
		return life_visit_wrong(s->o, &v, "登记检查");
	TRY(life_visit_teller(s->o, s->arena, &v, "登记检查"));
	TRY(life_apart_check(s->o, &v, false));
	v.day = s->day ? s->day : today;
	if (v.day > today || v.day < life_day(v.accepted_at))
		return life_refuse(s->o, INVALID, "检查日期要在接收之后、今天或以前");
	TRY(check_visited(s, &v));
	v.offsite = s->offsite;
	v.ended_at = office_now(s->o);
	v.ended_by = s->o->actor;
	TRY(visit_done(db, &v));
	const char *text = life_document_done(s->arena, &v);
	TRY(office_document(s->o, text, strlen(text), digest));
	return office_log(s->o, "visit.done", v.id, digest);
}

int life_done(struct office *o, struct arena *a, const char *visit, int64_t day, bool offsite)
{
	struct step s = { .o = o, .arena = a, .visit = visit, .day = day, .offsite = offsite };

	o->why[0] = 0;
	return office_write(o, done, &s);
}

/* A member himself; for the bureau somebody who acts for it, and another one agrees. */
static int check_right(const struct step *s, const struct visit_row *v)
{
	if (s->inspector)
		TRY(check_member(s));
	if (!s->approver)
		return check_self(s, v);
	int rc = s->inspector ? check_self(s, v) : FORBIDDEN;
	if (rc == FORBIDDEN)
		rc = person_acts(s->o, PERSON_ACTORS);
	TRY(rc);
	return life_person_other(s->o, s->approver);
}

static int open_name(struct db *db, void *arg)
{
	struct step *s = arg;
	struct visit_row v;
	char digest[OFFICE_DIGEST];

	(void)db;
	TRY(life_visit_find(s->o, s->arena, s->visit, &v));
	TRY(check_right(s, &v));
	TRY(open_site(s, &v, s->site));
	const char *text = arena_printf(
		s->arena, "open %s\nactor %s\ninspector %s\napprover %s\n%s\n", v.id, s->o->actor,
		s->inspector ? s->inspector : "-", s->approver ? s->approver : "-", s->words);
	TRY(life_words(s->o, s->arena, v.id, text, digest));
	return office_log(s->o, "visit.open", v.id, digest);
}

int life_name_open(struct office *o, struct arena *a, const struct life_opening *in,
		   struct life_site *ret)
{
	struct life_site site;
	struct step s = { .o = o,
			  .arena = a,
			  .visit = in->visit,
			  .inspector = in->inspector,
			  .approver = in->approver,
			  .words = in->reason,
			  .site = &site };

	o->why[0] = 0;
	TRY(office_reason(o, in->reason));
	if (!in->inspector && !in->approver)
		return life_refuse(
			o, FORBIDDEN,
			"名称还封存着：检查组成员拆看自己的任务，或由另一人同意后才能拆看");
	if (in->inspector)
		TRY(life_team_told(o, a, in->visit, &s.team));
	TRY(office_write(o, open_name, &s));
	*ret = site;
	return OK;
}
