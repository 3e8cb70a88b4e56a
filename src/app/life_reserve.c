/* app/life_reserve.c — the reserve is the lowest ticket of the stratum that has no visit yet. */
#include "app/life_reserve.h"

#include "app/life_held.h"
#include "app/life_visits.h"
#include "base/status.h"
#include "core/text.h"
#include "core/ticket.h"
#include "store/visit_change.h"

#include <stdlib.h>
#include <string.h>

/* Sites that have a visit in this draw, replaced ones too. */
struct visited {
	struct life_changing *c;
	struct span *ids;
	size_t count, room;
};

static int collect(void *arg, const struct visit_row *row)
{
	struct visited *v = arg;
	struct life_site site;

	if (v->count == v->room) {
		size_t room = v->room * 2 + 64;
		struct span *more = arena_array(v->c->arena, room, sizeof(*more));
		if (v->count)
			memcpy(more, v->ids, v->count * sizeof(*more));
		v->ids = more;
		v->room = room;
	}
	TRY(life_site_open(v->c->o, v->c->arena, row, &site));
	v->ids[v->count++] = site.id;
	return OK;
}

static int by_id(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return span_compare(*x, *y);
}

/* The unit of the stratum with the lowest (ticket, id) that is in no visit; false if all are. */
static bool find_reserve(const struct life_changing *c, const struct visited *v,
			 struct draw_object *ret)
{
	struct span rest = c->loaded.files.file[CORE_FILE_OBJECTS], line;
	uint8_t best[SHA256_SIZE], digest[SHA256_SIZE];
	struct ticket_seed seed;
	bool found = false;

	draw_tickets(&c->loaded.seed, &seed);
	while (text_line(&rest, &line)) {
		struct draw_object o;
		list_object(line, &o);
		if (!span_equal(o.stratum, c->site.stratum) ||
		    bsearch(&o.id, v->ids, v->count, sizeof(*v->ids), by_id))
			continue;
		ticket_digest(&seed, o.id, digest);
		int order = found ? ticket_compare(digest, best) : -1;
		if (order == 0)
			order = span_compare(o.id, ret->id);
		if (order >= 0)
			continue;
		memcpy(best, digest, sizeof(best));
		*ret = o;
		found = true;
	}
	return found;
}

/* Team of the reserve: those who may go there stay, each other one is replaced by the rule. */
static int take_over(struct life_changing *c, const struct draw_object *reserve,
		     struct life_members *team)
{
	uint32_t *staying = arena_array(c->arena, team->count + 1, sizeof(*staying));
	uint32_t *barred = arena_array(c->arena, team->count + 1, sizeof(*barred));
	uint32_t count = 0, gone = 0;

	for (uint32_t i = 0; i < team->count; i++) {
		if (life_team_barred(&c->team, team->at[i], reserve->id))
			barred[gone++] = team->at[i];
		else
			staying[count++] = team->at[i];
	}
	const struct life_place place = { .stratum = reserve->stratum,
					  .objects = &reserve->id,
					  .object_count = 1,
					  .order = reserve->id,
					  .left = barred,
					  .left_count = gone,
					  .staying = staying };
	for (uint32_t i = 0; i < gone; i++) {
		struct life_place free = place;
		uint32_t who;
		free.staying_count = count;
		int rc = life_team_choose(&c->team, &free, &who);
		if (rc == NONE)
			return life_refuse(c->o, NONE,
					   "候补单位要回避的组员没有人能接替：请先借调人员，"
					   "下次锁定前写进名单");
		TRY(rc);
		staying[count++] = who;
	}
	c->out.replaced = gone;
	team->at = staying;
	team->count = count;
	return OK;
}

struct adding {
	struct visit_row row;
	bool done;
};

static int next_visit(void *arg, struct visit_row *row)
{
	struct adding *a = arg;

	if (a->done)
		return DB_OK;
	a->done = true;
	*row = a->row;
	return DB_ROW;
}

static int add_team(struct life_changing *c, const char *visit, const struct life_members *team)
{
	struct visit_member *list = arena_array(c->arena, team->count + 1, sizeof(*list));
	uint32_t lead = 0; /* the first senior, else the first */

	while (lead < team->count && !c->loaded.draw.inspectors[team->at[lead]].senior)
		lead++;
	if (lead == team->count)
		lead = 0;
	for (uint32_t i = 0; i < team->count; i++) {
		const struct draw_inspector *who = &c->loaded.draw.inspectors[team->at[i]];
		list[i] = (struct visit_member){ .visit = visit,
						 .place = i,
						 .inspector = arena_mem(c->arena, who->id.at,
									who->id.len),
						 .senior = who->senior,
						 .lead = i == lead };
	}
	return life_members_join(c->o, list, team->count);
}

/* The reserve's visit: in the same trip if the same team goes there, else a trip of its own. */
static int add_visit(struct life_changing *c, const struct draw_object *reserve)
{
	CLEANUP(buf_release) struct buf matters;
	char *id = arena_alloc(c->arena, VISIT_ID + 1), *trip = arena_alloc(c->arena, VISIT_ID + 1);
	bool same = c->out.replaced == 0;
	const char **others;
	size_t count;

	buf_init(&matters, SIZE_MAX / 2);
	TRY(life_ulid(office_now(c->o), id));
	TRY(life_ulid(office_now(c->o), trip));
	TRY(visit_trip_list(c->o->db, c->arena, c->visit.trip, &others, &count));
	TRY(life_file_get(c->o, &c->row, LIFE_MATTERS, &matters));
	const struct life_site site = {
		.id = reserve->id,
		.stratum = reserve->stratum,
		.name = reserve->name,
		.scope = reserve->scope,
		.place = reserve->place,
		.skill = reserve->skill,
		.matters = life_matters_of((struct span){ buf_text(&matters), matters.len },
					   reserve->id),
		.order = same && count > 0 ? c->site.order : reserve->id,
	};
	struct adding add = { .row = c->visit };
	struct life_sealed sealed;
	add.row.id = c->out.visit = id;
	add.row.state = "planned";
	add.row.trip = same ? c->visit.trip : trip;
	add.row.held = strcmp(c->row.kind, "joint") != 0;
	add.row.site = "";
	add.row.replaces = c->visit.id;
	TRY(life_site_seal(c->o, c->arena, id, &site, c->visit.sealed_len - KEYS_SEALED_MORE,
			   &sealed));
	add.row.sealed = sealed.at;
	add.row.sealed_len = sealed.len;
	return visit_add(c->o->db, next_visit, &add);
}

int life_reserve_certain(struct life_changing *c)
{
	const struct visit_certain certain = { .visit = c->visit.id,
					       .body = c->visit.body,
					       .sealed = c->visit.sealed,
					       .sealed_len = c->visit.sealed_len,
					       .at = office_now(c->o) };

	return visit_certain_add(c->o->db, &certain);
}

static int end_replaced(struct life_changing *c)
{
	struct visit_row v = c->visit;

	v.ended = "replaced";
	v.ended_at = office_now(c->o);
	v.ended_by = c->o->actor;
	return visit_end(c->o->db, &v);
}

/* The reserve that comes next; false if none is left. */
static int next_reserve(struct life_changing *c, struct draw_object *reserve, bool *ret)
{
	struct visited v = { .c = c };
	const struct visit_ask ask = { .draw = c->row.key };

	TRY(visit_walk(c->o->db, &ask, collect, &v));
	qsort(v.ids, v.count, sizeof(*v.ids), by_id);
	*ret = find_reserve(c, &v, reserve);
	return OK;
}

/* The visit ends as replaced, and its team goes to the reserve. */
static int move_to(struct life_changing *c, const struct draw_object *reserve)
{
	struct life_members team;

	TRY(life_members_of(c, NULL, &team));
	TRY(take_over(c, reserve, &team));
	TRY(end_replaced(c));
	TRY(add_visit(c, reserve));
	return add_team(c, c->out.visit, &team);
}

int life_reserve_left(struct life_changing *c, bool *ret)
{
	struct draw_object reserve;

	return next_reserve(c, &reserve, ret);
}

int life_reserve(struct life_changing *c)
{
	struct draw_object reserve;
	struct life_members team;
	bool left;

	TRY(next_reserve(c, &reserve, &left));
	if (!left)
		return life_refuse(c->o, NONE,
				   "这一层已经没有候补单位：请由检查组接收后写明原因终结这项检查"
				   "（visits end），数量不足的在计划里说明");
	TRY(life_held_reserve(c->o, c->arena, &c->row, reserve.id));
	TRY(life_members_of(c, NULL, &team));
	if (team.count == 0)
		return life_refuse(
			c->o, CONFLICT,
			"检查任务 %s 还没有检查组：请先派组（mingqian draw staff %s），再更换",
			c->visit.id, c->row.id);
	TRY(move_to(c, &reserve));
	return life_reserve_certain(c);
}

int life_reserve_follow(struct life_changing *c)
{
	return move_to(c, &c->team.guest);
}
