/* app/life_staff.c — teams are made in memory from what is sealed, then kept with one entry. */
#include "app/life_staff.h"

#include "app/draw_staffing.h"
#include "app/ledger_held.h"
#include "app/life_documents.h"
#include "app/life_loaded.h"
#include "app/life_members.h"
#include "app/life_person.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/person.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/draw_staff.h"

#include <stdlib.h>
#include <string.h>

struct place {
	uint64_t where; /* of the object's line */
	uint32_t trip;
};

struct staffing {
	struct office *o;
	const struct life_staff *in;
	struct plan_notes *notes;
	struct arena *arena;
	struct draw_row row;
	struct life_loaded loaded;
	struct draw_staffing made;
	struct place *places; /* by where */
	struct visit_member *members;
	size_t member_count, member_room;
	struct life_staffed out;
};

static int by_where(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->where > y->where) - (x->where < y->where);
}

static void index_places(struct staffing *s)
{
	const struct draw_teams *teams = &s->made.teams;

	s->places = arena_array(s->arena, (size_t)teams->drawn_count + 1, sizeof(*s->places));
	for (uint32_t i = 0; i < teams->drawn_count; i++)
		s->places[i] = (struct place){ teams->drawn[i], teams->trip_of[i] };
	qsort(s->places, teams->drawn_count, sizeof(*s->places), by_where);
}

/* A reserve takes over a team (spec 4.6): where there was none yet, there is nothing to take over. */
static int find_trip(struct staffing *s, const struct visit_row *visit, uint32_t *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct life_site site;
	struct place key = { 0 };

	arena_init(&a);
	TRY(life_site_open(s->o, &a, visit, &site));
	const struct place *found = NULL;
	if (draw_find_object(&s->loaded.draw, site.id, &key.where))
		found = bsearch(&key, s->places, s->made.teams.drawn_count, sizeof(key), by_where);
	if (strcmp(visit->state, "planned") != 0 || !found)
		return life_refuse(
			s->o, CONFLICT,
			"检查任务 %s 在派组之前更换过，没有可以接手的检查组：请由负责人和"
			"纪检决定是否作废（draw annul）",
			visit->id);
	*ret = found->trip;
	return OK;
}

/* The place of the first senior of a team: the lead; 0 if there is none. */
static uint32_t lead_of(const struct draw *d, const uint32_t *team, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (d->inspectors[team[i]].senior)
			return i;
	return 0;
}

static struct visit_member *new_member(struct staffing *s)
{
	if (s->member_count == s->member_room) {
		size_t room = s->member_room * 2 + 256;
		struct visit_member *more = arena_array(s->arena, room, sizeof(*more));
		if (s->member_count)
			memcpy(more, s->members, s->member_count * sizeof(*more));
		s->members = more;
		s->member_room = room;
	}
	return &s->members[s->member_count++];
}

static int add_team(void *arg, const struct visit_row *visit)
{
	struct staffing *s = arg;
	const struct draw *d = &s->loaded.draw;
	const struct draw_staffed *staffed = &s->made.staffed;
	uint32_t trip = 0;

	TRY(find_trip(s, visit, &trip));
	const uint32_t *team = staffed->members + staffed->start[trip];
	uint32_t count = staffed->count[trip];
	const char *id = arena_str(s->arena, visit->id);
	for (uint32_t i = 0; i < count; i++) {
		const struct draw_inspector *who = &d->inspectors[team[i]];
		*new_member(s) = (struct visit_member){
			.visit = id,
			.place = i,
			.inspector = arena_mem(s->arena, who->id.at, who->id.len),
			.senior = who->senior,
			.lead = i == lead_of(d, team, count),
		};
	}
	s->out.visits += count > 0;
	return OK;
}

static int check_state(struct staffing *s, const struct draw_row *row)
{
	struct draw_staff_row before;

	if (strcmp(row->state, "drawn") != 0 && strcmp(row->state, "revealed") != 0)
		return life_wrong_state(s->o, row, "派组");
	if (row->teams)
		return life_refuse(s->o, CONFLICT,
				   "抽取 %s 排出了检查组，不用另行派组；个别人不能去的用 mingqian "
				   "draw replace",
				   row->id);
	int rc = draw_staff_get(s->o->db, s->arena, row->key, &before);
	if (rc == OK)
		return life_refuse(s->o, CONFLICT,
				   "抽取 %s 已经派过组；个别人不能去的用 mingqian draw replace",
				   row->id);
	return rc == NONE ? OK : rc;
}

static int keep_row(struct staffing *s, char digest[OFFICE_DIGEST])
{
	char teams[LIFE_SUM], files[LIFE_SUM];
	const struct life_staff *in = s->in;
	const struct draw_staffed *n = &s->made.staffed;
	char sum[SHA256_HEX];

	sha256_hex(s->made.text, sum);
	const char *said = arena_printf(s->arena, "staff %s\n%.64s\napprover %s\napprover %s\n%s\n",
					s->row.id, sum, in->approver, in->second, in->reason);
	const struct life_sealed words = life_words_seal(
		s->o, s->arena, arena_printf(s->arena, "draw/%s/staff", s->row.id), said);
	const struct draw_staff_row row = { .draw = s->row.key,
					    .at = office_now(s->o),
					    .actor = s->o->actor,
					    .approver = in->approver,
					    .second = in->second,
					    .visits = (int64_t)s->out.visits,
					    .places = (int64_t)n->places,
					    .beyond = (int64_t)n->exceptions,
					    .words = words.at,
					    .words_len = words.len };
	TRY(draw_staff_add(s->o->db, &row));
	TRY(life_sum_teams(s->o->db, &s->row, teams));
	TRY(life_sum_files(s->o->db, &s->row, 1U << LIFE_FILES_STAFF, files));
	const char *text = life_document_staff(s->arena, &s->row, &row, teams, files);
	return office_document(s->o, text, strlen(text), digest);
}

static int keep(struct db *db, void *arg)
{
	struct staffing *s = arg;
	const struct visit_ask ask = { .draw = s->row.key };
	char digest[OFFICE_DIGEST];
	struct draw_row now;

	s->member_count = 0;
	s->out.visits = 0;
	TRY(person_acts(s->o, PERSON_ACTORS));
	TRY(life_person_two(s->o, s->in->approver, s->in->second));
	TRY(life_find(s->o, s->arena, s->in->draw, &now));
	TRY(check_state(s, &now));
	TRY(visit_walk(db, &ask, add_team, s));
	TRY(life_members_join(s->o, s->members, s->member_count));
	TRY(life_file_put(s->o, &now, DRAW_STAFFING_FILE, s->made.text, now.revealed_at == 0));
	TRY(keep_row(s, digest));
	return office_log(s->o, "draw.staff", now.id, digest);
}

static int make(struct staffing *s)
{
	TRY(life_load(s->o, &s->row, NULL, &s->loaded));
	int rc = draw_staffing_make(&s->loaded.draw, &s->loaded.seed, NULL, &s->loaded.region,
				    &s->made);
	if (rc == NONE)
		return INVALID;
	TRY(rc);
	const struct draw_staffed *n = &s->made.staffed;
	s->out = (struct life_staffed){ .trips = n->trips,
					.declared = n->declared,
					.left = s->made.teams.problem.visit_count - n->trips,
					.places = n->places,
					.exceptions = n->exceptions,
					.scope = n->scope,
					.limit = n->limit,
					.grade = n->grade };
	if (n->trips == 0)
		return life_refuse(s->o, NONE,
				   "锁定的名单里没有一组不须回避、具备专业的人，一项也派不出：请由"
				   "负责人和纪检决定是否作废（draw annul）");
	index_places(s);
	return OK;
}

static int staff(struct staffing *s)
{
	TRY(life_find(s->o, s->arena, s->in->draw, &s->row));
	TRY(check_state(s, &s->row));
	TRY(make(s));
	TRY(ledger_held_write(s->o, true, keep, s));
	if (s->out.left > 0)
		plan_note(
			s->notes, PLAN_WARNING,
			"还有 %u 次检查派不出：锁定的名单里不须回避、具备专业的人不够一组。名单不能再"
			"改，请由负责人和纪检决定是否作废（draw annul）",
			s->out.left);
	return OK;
}

int life_staff(struct office *o, const struct life_staff *in, struct plan_notes *notes,
	       struct life_staffed *ret)
{
	struct staffing s = { .o = o, .in = in, .notes = notes, .arena = notes->arena };

	o->why[0] = 0;
	TRY(person_acts(o, PERSON_ACTORS));
	TRY(office_reason(o, in->reason));
	if (!in->approver || !in->second)
		return life_refuse(o, FORBIDDEN,
				   "另行派组要两名批准人：--approver 写两次，不能是办理人");
	TRY(life_person_two(o, in->approver, in->second));
	int rc = staff(&s);
	if (rc == OK)
		*ret = s.out;
	life_loaded_release(&s.loaded);
	return rc;
}
