/* app/life_drop.c — what a replacement takes, an ending without one takes as well. */
#include "app/life_drop.h"

#include "app/ledger_held.h"
#include "app/life_joint_follow.h"
#include "app/life_reserve.h"
#include "app/life_visit.h"
#include "base/status.h"

#include <string.h>

struct dropping {
	struct life_changing c;
	struct life_change change; /* what a replacement would be asked for */
	const struct life_drop *in;
};

/* A department goes where the lead goes; it ends its part itself only when that is over. */
static int check_shared(const struct dropping *d, const struct visit_row *v)
{
	struct visit_row lead;

	TRY(visit_get(d->c.o->db, d->c.arena, v->shared, &lead));
	if (strcmp(lead.state, "visited") == 0 || strcmp(lead.state, "ended") == 0)
		return OK;
	return life_refuse(d->c.o, CONFLICT,
			   "检查任务 %s 随主办方的任务 %s：请对 %s 办理，这一项跟着终结；"
			   "本部门的人不能去的，换人（draw replace --why illness）",
			   v->id, v->shared, v->shared);
}

/* NONE of the drawn ones leaves a trace of its site by ending: the team that goes there knows it already. */
static int check_drawn(struct dropping *d, const struct visit_row *v)
{
	bool left;

	if (*v->shared)
		return check_shared(d, v);
	if (strcmp(v->state, "planned") == 0)
		return life_refuse(d->c.o, CONFLICT,
				   "检查任务 %s 是抽中的，名称还封存着，不能终结：由候补接替（draw "
				   "replace），没有候补的先由检查组接收（visits accept）",
				   v->id);
	TRY(life_changing_load(&d->c));
	TRY(life_reserve_left(&d->c, &left));
	if (left && strcmp(d->in->why, "refused") != 0)
		return life_refuse(d->c.o, CONFLICT,
				   "检查任务 %s 是抽中的，本层还有候补单位，由候补接替：mingqian "
				   "draw replace %s --why closed",
				   v->id, v->id);
	return life_reserve_certain(&d->c);
}

static int log_drop(struct dropping *d, const struct visit_row *v)
{
	const struct life_drop *in = d->in;
	const char *text = arena_printf(
		d->c.arena,
		"end %s\nwhy %s\nactor %s\nevidence %s\napprover "
		"%s\napprover %s\n%s\n",
		v->id, in->why, d->c.o->actor, in->evidence ? in->evidence : "-",
		in->approver ? in->approver : "-", in->second ? in->second : "-", in->reason);

	return life_visit_drop(d->c.o, d->c.arena, v, text);
}

static int drop(struct db *db, void *arg)
{
	struct dropping *d = arg;
	struct life_site site;
	struct visit_row v;

	TRY(life_visit_find(d->c.o, d->c.arena, d->in->visit, &v));
	if (strcmp(v.state, "planned") != 0 && strcmp(v.state, "accepted") != 0)
		return life_visit_wrong(d->c.o, &v, "终结");
	TRY(life_visit_teller(d->c.o, d->c.arena, &v, "终结检查"));
	if (v.draw != 0) {
		TRY(life_change_check(d->c.o, &d->change));
		TRY(check_drawn(d, &v));
	}
	TRY(life_site_open(d->c.o, d->c.arena, &v, &site));
	v.site = arena_mem(d->c.arena, site.id.at, site.id.len);
	v.ended = d->in->why;
	v.ended_at = office_now(d->c.o);
	v.ended_by = d->c.o->actor;
	TRY(visit_end(db, &v));
	TRY(log_drop(d, &v));
	return v.draw != 0 && d->c.row.key != 0 ? life_joint_follow(d->c.o, d->c.arena, &d->c.row)
						: OK;
}

int life_drop(struct office *o, struct arena *a, const struct life_drop *in)
{
	static const char *const reasons[] = { "closed", "moved", "refused", "other" };
	struct dropping d = { .in = in };
	size_t i = 0;

	o->why[0] = 0;
	TRY(office_reason(o, in->reason));
	while (i < COUNT(reasons) && strcmp(reasons[i], in->why) != 0)
		i++;
	if (i == COUNT(reasons))
		return life_refuse(o, INVALID,
				   "原因只能是 closed（关闭）、moved（搬迁）、refused（拒检）或 "
				   "other（其他），不是“%s”",
				   in->why);
	d.change = (struct life_change){ .kind = LIFE_RESERVE,
					 .visit = in->visit,
					 .evidence = in->evidence,
					 .approver = in->approver,
					 .second = in->second,
					 .reason = in->reason };
	d.c = (struct life_changing){ .o = o, .arena = a, .in = &d.change };
	int rc = ledger_held_write(o, true, drop, &d);
	life_changing_release(&d.c);
	return rc;
}
