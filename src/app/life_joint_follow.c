/* app/life_joint_follow.c — joint draws are of few sites, so their visits are looked through as a whole. */
#include "app/life_joint_follow.h"

#include "app/life_reserve.h"
#include "app/life_visit.h"
#include "base/status.h"
#include "store/visit_change.h"

#include <string.h>

/* A visit that is looked for: by site, or by what it is tied to. */
struct one {
	const char *id, *site, *shared;
	struct one *next;
};

struct collecting {
	struct office *o;
	struct arena *arena;
	struct one *list;
};

/* ---- tying ---- */

static int add_drawn(void *arg, const struct visit_row *v)
{
	struct collecting *c = arg;
	struct life_site site;

	if (*v->replaces)
		return OK;
	TRY(life_site_open(c->o, c->arena, v, &site));
	struct one *one = arena_alloc(c->arena, sizeof(*one));
	*one = (struct one){ arena_str(c->arena, v->id),
			     arena_mem(c->arena, site.id.at, site.id.len), "", c->list };
	c->list = one;
	return OK;
}

static int drawn_visits(struct office *o, struct arena *a, int64_t draw, struct one **ret)
{
	struct collecting c = { o, a, NULL };
	const struct visit_ask ask = { .draw = draw };

	TRY(visit_walk(o->db, &ask, add_drawn, &c));
	*ret = c.list;
	return OK;
}

int life_joint_link(struct office *o, struct arena *a, const struct draw_row *row)
{
	struct one *own, *lead;

	TRY(drawn_visits(o, a, row->key, &own));
	TRY(drawn_visits(o, a, row->parent, &lead));
	for (; own; own = own->next) {
		const struct one *with = lead;
		while (with && strcmp(with->site, own->site) != 0)
			with = with->next;
		if (!with)
			return INVALID;
		TRY(visit_share(o->db, own->id, with->id));
	}
	return OK;
}

/* ---- following ---- */

static int add_open(void *arg, const struct visit_row *v)
{
	struct collecting *c = arg;

	if (strcmp(v->state, "planned") != 0 && strcmp(v->state, "accepted") != 0)
		return OK;
	struct one *one = arena_alloc(c->arena, sizeof(*one));
	*one = (struct one){ arena_str(c->arena, v->id), "", arena_str(c->arena, v->shared),
			     c->list };
	c->list = one;
	return OK;
}

struct finding {
	struct arena *arena;
	const char *visit;
	struct life_change change;
	bool found;
};

/* Who approved the lead's change has approved it for all who go along. */
static int find_change(void *arg, const struct visit_change *c)
{
	struct finding *f = arg;

	if (strcmp(c->visit, f->visit) != 0 || strcmp(c->kind, "reserve") != 0)
		return OK;
	f->found = true;
	f->change.evidence = arena_str(f->arena, c->evidence);
	f->change.approver = arena_str(f->arena, c->approver);
	f->change.second = arena_str(f->arena, c->second);
	return OK;
}

/* The lead's visit was replaced: the team goes where its successor goes. */
static int follow_reserve(struct office *o, struct arena *a, const struct draw_row *row,
			  const struct one *own, const struct visit_row *lead)
{
	struct finding f = { .arena = a, .visit = lead->id };
	struct life_changing c = { .o = o, .arena = a, .in = &f.change };
	struct visit_row next;
	struct life_site site;

	f.change.kind = LIFE_RESERVE;
	f.change.visit = own->id;
	f.change.reason = arena_printf(a, "随主办方的检查任务 %s 更换", lead->id);
	TRY(visit_change_walk(o->db, lead->draw, find_change, &f));
	TRY(visit_replacing(o->db, a, lead->id, &next));
	TRY(life_site_open(o, a, &next, &site));
	c.out = (struct life_changed){ "", "", 0 };
	int rc = life_changing_load(&c);
	if (rc == OK) {
		c.team.guest = (struct draw_object){ .id = site.id,
						     .stratum = c.site.stratum,
						     .name = site.name,
						     .scope = site.scope,
						     .place = site.place };
		rc = life_reserve_follow(&c);
	}
	if (rc == NONE)
		rc = life_refuse(o, NONE,
				 "候补单位要回避的组员，%s（抽取 %s）没有人能接替：该部门先作废"
				 "它的抽取（draw annul），再更换对象，然后重新抽检查组",
				 row->department, row->id);
	if (rc == OK)
		rc = visit_share(o->db, c.out.visit, next.id);
	if (rc == OK)
		rc = life_changing_keep(&c);
	life_changing_release(&c);
	return rc;
}

/* The lead's visit ended and nobody goes there: the department's part ends too. */
static int follow_end(struct office *o, struct arena *a, const struct one *own,
		      const struct visit_row *lead)
{
	struct visit_row v;

	TRY(visit_get(o->db, a, own->id, &v));
	v.ended = lead->ended;
	v.site = lead->site;
	v.ended_at = office_now(o);
	v.ended_by = o->actor;
	TRY(visit_end(o->db, &v));
	const char *text = arena_printf(a, "end %s\nwhy %s\nwith %s\n", v.id, v.ended, lead->id);
	return life_visit_drop(o, a, &v, text);
}

/* *ret: something was done, so that there may be more. */
static int catch_up(struct office *o, struct arena *a, const struct draw_row *row, bool *ret)
{
	struct collecting c = { o, a, NULL };
	const struct visit_ask ask = { .draw = row->key };
	struct visit_row lead;

	*ret = false;
	TRY(visit_walk(o->db, &ask, add_open, &c));
	for (const struct one *own = c.list; own; own = own->next) {
		TRY(visit_get(o->db, a, own->shared, &lead));
		if (strcmp(lead.state, "ended") != 0)
			continue;
		bool replaced = strcmp(lead.ended, "replaced") == 0;
		TRY(replaced ? follow_reserve(o, a, row, own, &lead)
			     : follow_end(o, a, own, &lead));
		*ret |= replaced;
	}
	return OK;
}

int life_joint_catch_up(struct office *o, struct arena *a, const struct draw_row *row)
{
	bool more = true;

	while (more)
		TRY(catch_up(o, a, row, &more));
	return OK;
}

/* A department's draw that has visits. */
struct child {
	struct draw_row row;
	struct child *next;
};

struct gathering {
	struct arena *arena;
	struct child *list;
};

static int add_child(void *arg, const struct draw_row *row)
{
	struct gathering *g = arg;

	if (!row->live || row->drawn_at == 0)
		return OK;
	struct child *one = arena_alloc(g->arena, sizeof(*one));
	*one = (struct child){ *row, g->list };
	draw_row_keep(g->arena, &one->row);
	g->list = one;
	return OK;
}

int life_joint_follow(struct office *o, struct arena *a, const struct draw_row *lead)
{
	struct gathering g = { a, NULL };

	TRY(draw_row_children(o->db, lead->key, add_child, &g));
	for (const struct child *c = g.list; c; c = c->next)
		TRY(life_joint_catch_up(o, a, &c->row));
	return OK;
}
