/* app/life_visits.c — ids are random, rows are sorted by them, then loaded at once. */
#include "app/life_visits.h"

#include "app/life_held.h"
#include "app/life_seal.h"
#include "app/plan_period.h"
#include "base/status.h"
#include "core/lists.h"

#include <stdlib.h>
#include <string.h>

struct life_visit {
	char id[VISIT_ID + 1];
	uint32_t trip; /* of the outcome */
	struct life_sealed sealed;
	const char *
		site; /* "" while it is sealed; an open draw dispatches at once (spec/draw.md 5.5) */
	const char *trip_id;
};

struct span life_matters_of(struct span file, struct span id)
{
	uint64_t offset;

	if (!list_find_object(file, id, &offset))
		return SPAN("");
	struct span rest = { file.at + offset, file.len - (size_t)offset }, line, cell;
	span_cut(&rest, '\n', &line);
	span_cut(&line, '\t', &cell);
	return line;
}

static int by_id(const void *a, const void *b)
{
	const struct life_visit *x = a, *y = b;

	return memcmp(x->id, y->id, VISIT_ID);
}

static struct life_site site_at(const struct life_visits_input *in, size_t i)
{
	const struct draw_teams *teams = &in->outcome->teams;
	struct draw_object object;

	draw_object_at(in->draw, teams->drawn[i], &object);
	return (struct life_site){ object.id,
				   object.stratum,
				   object.name,
				   object.scope,
				   object.place,
				   object.skill,
				   life_matters_of(in->matters, object.id),
				   teams->problem.visits[teams->trip_of[i]].id };
}

static int make_one(struct office *o, const struct life_visits_input *in, struct life_visits *v,
		    size_t i)
{
	struct life_visit *to = &v->list[i];
	const struct life_site site = site_at(in, i);

	to->trip = in->outcome->teams.trip_of[i];
	to->site = in->row->sealed ? "" : arena_mem(&v->arena, site.id.at, site.id.len);
	TRY(life_ulid(office_now(o), to->id));
	return life_site_seal(o, &v->arena, to->id, &site, v->room, &to->sealed);
}

int life_visits_make(struct office *o, const struct life_visits_input *in, struct life_visits *ret)
{
	const struct draw_teams *teams = &in->outcome->teams;
	uint32_t trips = teams->problem.visit_count;

	*ret = (struct life_visits){ .row = in->row, .outcome = in->outcome, .draw = in->draw };
	arena_init(&ret->arena);
	ret->count = teams->drawn_count;
	ret->list = arena_array(&ret->arena, ret->count + 1, sizeof(*ret->list));
	char *trip_ids = arena_array(&ret->arena, (size_t)trips + 1, VISIT_ID + 1);
	for (uint32_t t = 0; t < trips; t++)
		TRY(life_ulid(office_now(o), trip_ids + (size_t)t * (VISIT_ID + 1)));
	for (size_t i = 0; i < ret->count; i++) {
		const struct life_site site = site_at(in, i);
		size_t room = life_site_room(&site);
		if (room > ret->room)
			ret->room = room;
	}
	for (size_t i = 0; i < ret->count; i++) {
		TRY(make_one(o, in, ret, i));
		ret->list[i].trip_id = trip_ids + (size_t)ret->list[i].trip * (VISIT_ID + 1);
	}
	qsort(ret->list, ret->count, sizeof(*ret->list), by_id);
	return OK;
}

void life_visits_release(struct life_visits *v)
{
	arena_release(&v->arena);
	*v = (struct life_visits){ .count = 0 };
}

struct keeping {
	const struct life_visits *v;
	size_t next;    /* visit */
	uint32_t place; /* in its team */
	char inspector[65];
};

static int next_visit(void *arg, struct visit_row *row)
{
	struct keeping *k = arg;
	const struct life_visits *v = k->v;

	if (k->next == v->count)
		return DB_OK;
	const struct life_visit *from = &v->list[k->next++];
	bool daily = strcmp(v->row->pool, PLAN_POOL_DAILY) == 0;
	*row = (struct visit_row){ .id = from->id,
				   .draw = v->row->key,
				   .body = v->row->body,
				   .year = v->row->year,
				   .period = v->row->period,
				   .kind = daily ? "daily" : "campaign",
				   .joint = strcmp(v->row->kind, "joint") == 0,
				   .state = "planned",
				   .trip = from->trip_id,
				   .held = strcmp(v->row->kind, "joint") != 0,
				   .site = from->site,
				   .sealed = from->sealed.at,
				   .sealed_len = from->sealed.len,
				   .deadline = v->row->period_end,
				   .replaces = "" };
	return DB_ROW;
}

/* The place of the first senior of a team: the lead; 0 if there is none. */
static uint32_t lead_of(const struct draw *d, const uint32_t *team, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (d->inspectors[team[i]].senior)
			return i;
	return 0;
}

static int next_member(void *arg, struct visit_member *row)
{
	struct keeping *k = arg;
	const struct life_visits *v = k->v;
	const struct assign_result *result = &v->outcome->teams.result;

	for (; k->next < v->count; k->next++, k->place = 0) {
		const struct life_visit *from = &v->list[k->next];
		uint32_t start = result->team_start[from->trip];
		uint32_t count = result->team_start[from->trip + 1] - start;
		const uint32_t *team = result->members + start;

		if (k->place == count)
			continue;
		const struct draw_inspector *i = &v->draw->inspectors[team[k->place]];
		memcpy(k->inspector, i->id.at, i->id.len);
		k->inspector[i->id.len] = 0;
		*row = (struct visit_member){ .visit = from->id,
					      .place = k->place,
					      .inspector = k->inspector,
					      .senior = i->senior,
					      .lead = k->place == lead_of(v->draw, team, count) };
		k->place++;
		return DB_ROW;
	}
	return DB_OK;
}

static int by_text(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return span_compare(*x, *y);
}

static int check_held(struct office *o, const struct life_visits *v)
{
	CLEANUP(arena_release) struct arena a;
	struct draw_object object;

	arena_init(&a);
	struct span *ids = arena_array(&a, v->count + 1, sizeof(*ids));
	for (size_t i = 0; i < v->count; i++) {
		draw_object_at(v->draw, v->outcome->teams.drawn[i], &object);
		ids[i] = object.id;
	}
	qsort(ids, v->count, sizeof(*ids), by_text);
	return life_held_drawn(o, v->row, ids, v->count);
}

int life_visits_keep(struct office *o, const struct life_visits *v)
{
	struct keeping visits = { .v = v }, members = { .v = v };

	TRY(check_held(o, v));
	TRY(visit_add(o->db, next_visit, &visits));
	if (!v->outcome->teams.feasible)
		return OK;
	return visit_member_add(o->db, next_member, &members);
}
