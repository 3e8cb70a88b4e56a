/* app/life_change.c — a change of a member concerns the whole trip; approvals are checked before anything. */
#include "app/life_change.h"

#include "app/ledger_held.h"
#include "app/life_joint_follow.h"
#include "app/life_person.h"
#include "app/person.h"
#include "app/life_prepare.h"
#include "app/life_reserve.h"
#include "app/life_visit.h"
#include "base/file.h"
#include "base/status.h"
#include "core/text.h"

#include <string.h>

enum { DIGEST_HEX = 64, EVIDENCE_MOST = 1 << 30 };

static bool given(const char *text)
{
	return text && *text;
}

static int check_approvers(struct office *o, const struct life_change *in)
{
	bool two = in->kind == LIFE_RESERVE;

	if (!given(in->approver) || (two && !given(in->second)))
		return life_refuse(o, FORBIDDEN,
				   two ? "更换、终结检查对象要两名批准人：--approver 写两次"
				       : "更换检查人员要一名批准人：--approver");
	return two ? life_person_two(o, in->approver, in->second)
		   : life_person_other(o, in->approver);
}

int life_change_check(struct office *o, const struct life_change *in)
{
	TRY(check_approvers(o, in));
	TRY(office_reason(o, in->reason));
	bool evidence = in->evidence && text_is_hex(span_of(in->evidence), DIGEST_HEX);
	if (in->kind == LIFE_RESERVE && !evidence)
		return life_refuse(
			o, INVALID,
			"更换、终结检查对象要有证据（照片、文书）：请用 --evidence 指明文件");
	if (in->kind != LIFE_RESERVE && !given(in->member))
		return life_refuse(o, INVALID, "请用 --member 指明谁不能去");
	return OK;
}

/* The lead is the first senior who goes. */
static int set_lead(struct life_changing *c, const char *visit)
{
	struct visit_member *list;
	size_t count, lead = 0;

	TRY(visit_member_list(c->o->db, c->arena, visit, false, &list, &count));
	while (lead < count && !list[lead].senior)
		lead++;
	if (count == 0)
		return OK;
	return visit_member_lead(c->o->db, visit, list[lead < count ? lead : 0].place);
}

/* The objects of all visits of the trip that are not over. */
static int trip_objects(struct life_changing *c, const char *const *visits, size_t count,
			struct span **ret)
{
	struct span *objects = arena_array(c->arena, count + 1, sizeof(*objects));

	for (size_t i = 0; i < count; i++) {
		struct visit_row v;
		struct life_site site;
		TRY(visit_get(c->o->db, c->arena, visits[i], &v));
		TRY(life_site_open(c->o, c->arena, &v, &site));
		objects[i] = site.id;
	}
	*ret = objects;
	return OK;
}

static int replace_on(struct life_changing *c, const char *visit, uint32_t who, int64_t place)
{
	const struct draw_inspector *i = &c->loaded.draw.inspectors[who];
	const struct visit_member m = { .visit = visit,
					.place = place,
					.inspector = arena_mem(c->arena, i->id.at, i->id.len),
					.senior = i->senior };

	TRY(visit_member_leave(c->o->db, visit, c->in->member, office_now(c->o)));
	TRY(life_members_join(c->o, &m, 1));
	c->out.member = m.inspector;
	return set_lead(c, visit);
}

static int change_member(struct life_changing *c)
{
	struct life_members team;
	const char **visits;
	struct span *objects;
	size_t count;
	uint32_t who;

	TRY(life_members_of(c, c->in->member, &team));
	if (!team.found)
		return life_refuse(c->o, NONE, "%s 不在检查任务 %s 的检查组里", c->in->member,
				   c->visit.id);
	TRY(visit_trip_list(c->o->db, c->arena, c->visit.trip, &visits, &count));
	TRY(trip_objects(c, visits, count, &objects));
	const struct life_place place = { .stratum = c->site.stratum,
					  .objects = objects,
					  .object_count = count,
					  .order = c->site.order,
					  .left = team.left,
					  .left_count = team.left_count,
					  .staying = team.at,
					  .staying_count = team.count };
	int rc = life_team_choose(&c->team, &place, &who);
	if (rc == NONE)
		return life_refuse(
			c->o, NONE,
			"没有能接替 %s 的人（辖区、资格、回避、上限、老新搭配都要符合）："
			"请从别的县区借调，下次锁定前写进名单；现场提出的回避由负责人决定",
			c->in->member);
	TRY(rc);
	for (size_t i = 0; i < count; i++)
		TRY(replace_on(c, visits[i], who, team.next_place));
	return OK;
}

static int change(struct db *db, void *arg)
{
	struct life_changing *c = arg;

	(void)db;
	c->out = (struct life_changed){ "", "", 0 };
	TRY(person_acts(c->o, PERSON_ACTORS));
	TRY(check_approvers(c->o, c->in));
	TRY(life_changing_load(c));
	if (*c->visit.shared && c->in->kind == LIFE_RESERVE)
		return life_refuse(c->o, CONFLICT,
				   "检查任务 %s 随主办方的任务 %s：请对 %s 更换，这一项跟着换",
				   c->visit.id, c->visit.shared, c->visit.shared);
	if (c->in->kind == LIFE_RESERVE)
		TRY(life_reserve(c));
	else
		TRY(change_member(c));
	TRY(life_changing_keep(c));
	return c->in->kind == LIFE_RESERVE ? life_joint_follow(c->o, c->arena, &c->row) : OK;
}

int life_change(struct office *o, struct arena *a, const struct life_change *in,
		struct life_changed *ret)
{
	struct life_changing c = { .o = o, .arena = a, .in = in };

	o->why[0] = 0;
	TRY(life_change_check(o, in));
	int rc = ledger_held_write(o, true, change, &c);
	life_changing_release(&c);
	if (rc == OK)
		*ret = c.out;
	return rc;
}

int life_evidence(const char *path, char digest[OFFICE_DIGEST])
{
	struct file_map map;

	TRY(file_map(path, &map));
	int rc = map.len == 0 ? INVALID : map.len <= EVIDENCE_MOST ? OK : TOO_LARGE;
	if (rc == OK)
		office_digest(map.at, map.len, digest);
	file_unmap(&map);
	return rc;
}
