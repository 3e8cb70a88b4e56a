/* app/papers_model.c — joins the outcome's offsets and indices with the registries' rows. */
#include "app/papers_model.h"

#include "app/import_area.h"
#include "app/registry.h"
#include "app/sheet_registry.h"
#include "base/status.h"
#include "core/ticket.h"

#include <stdlib.h>
#include <string.h>

struct making {
	struct arena *arena;
	const struct papers_source *src;
	struct papers_model model;
	struct papers_person *people;
	struct papers_task *tasks, *reserves;
	struct papers_stratum *strata;
	struct ticket_seed tickets;
};

static const char *text_of(struct making *m, struct span s)
{
	return arena_mem(m->arena, s.at, s.len);
}

static const char *words_of(struct making *m, enum site_field field, struct span value)
{
	uint32_t count;
	const struct field *fields = registry_fields(REGISTRY_SITES, &count);

	return text_of(m, field_words(&fields[field], value));
}

static void note_stranger(struct making *m, struct span id)
{
	if (!m->model.stranger)
		m->model.stranger = text_of(m, id);
}

static void make_people(struct making *m)
{
	const struct draw *d = m->src->draw;
	const struct draw_teams *teams = &m->src->outcome->teams;

	m->people = arena_array(m->arena, d->inspector_count + 1, sizeof(*m->people));
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		struct span cells[REGISTRY_FIELDS_MOST] = { { 0 } };
		struct papers_person *p = &m->people[i];
		const struct draw_inspector *in = &d->inspectors[i];
		if (!sheet_find_row(m->src->inspectors, REGISTRY_INSPECTORS, in->id, cells))
			note_stranger(m, in->id);
		struct span certificate = cells[INSPECTOR_CERTIFICATE];
		if (certificate.len == 0)
			certificate = cells[INSPECTOR_CERTIFICATE2];
		*p = (struct papers_person){
			.id = text_of(m, in->id),
			.name = text_of(m, cells[INSPECTOR_NAME]),
			.certificate = text_of(m, certificate),
			.unit = text_of(m, cells[INSPECTOR_UNIT]),
			.senior = in->senior,
			.limit = in->limit,
			.base = in->base,
			.load = teams->feasible ? teams->result.load[i] : 0,
		};
	}
}

static void set_site(struct making *m, struct papers_task *t, const struct draw_object *o)
{
	struct span cells[REGISTRY_FIELDS_MOST] = { { 0 } };
	struct span special;

	if (!sheet_find_row(m->src->sites, REGISTRY_SITES, o->id, cells) ||
	    !span_equal(cells[SITE_NAME], o->name) || !span_equal(cells[SITE_COUNTY], o->scope))
		note_stranger(m, o->id);
	special = cells[SITE_SPECIAL_REASON];
	if (span_equal(cells[SITE_SPECIAL], SPAN("1")) && special.len == 0)
		special = SPAN("特殊监管对象");
	t->object = text_of(m, o->id);
	t->stratum = text_of(m, o->stratum);
	t->name = text_of(m, o->name);
	t->firm = text_of(m, cells[SITE_FIRM]);
	t->code = text_of(m, cells[SITE_CODE]);
	t->permit = text_of(m, cells[SITE_PERMIT]);
	t->scope = text_of(m, o->scope);
	t->county = text_of(m, area_name(o->scope));
	t->township = text_of(m, o->place);
	t->address = text_of(m, cells[SITE_ADDRESS]);
	t->industry = text_of(m, cells[SITE_INDUSTRY]);
	t->class = words_of(m, SITE_CLASS, cells[SITE_CLASS]);
	t->special = text_of(m, special);
	t->skill = text_of(m, o->skill);
}

static void set_ticket(struct making *m, struct papers_task *t, struct span id)
{
	uint8_t digest[SHA256_SIZE];
	char text[TICKET_ROOM];

	ticket_digest(&m->tickets, id, digest);
	size_t len = ticket_text(digest, text);
	t->ticket = arena_mem(m->arena, text, len);
}

static void set_team(struct making *m, struct papers_task *t, uint32_t drawn)
{
	const struct draw_teams *teams = &m->src->outcome->teams;

	if (!teams->feasible)
		return;
	uint32_t trip = teams->trip_of[drawn];
	uint32_t from = teams->result.team_start[trip];
	t->trip = trip + 1;
	t->members = teams->result.members + from;
	t->member_count = teams->result.team_start[trip + 1] - from;
	if (t->member_count > 0)
		t->lead = t->members[0];
	for (uint32_t i = t->member_count; i-- > 0;)
		if (m->people[t->members[i]].senior)
			t->lead = t->members[i];
}

/* Tasks of one stratum; `drawn` counts over all strata as draw_teams does. */
static void add_stratum(struct making *m, uint32_t stratum, uint32_t *drawn)
{
	const struct draw_stratum *s = &m->src->outcome->selection.strata[stratum];
	struct draw_object o;

	for (uint32_t i = 0; i < s->drawn_count + s->reserve_count; i++) {
		bool reserve = i >= s->drawn_count;
		struct papers_task *t = reserve ? &m->reserves[m->model.reserve_count++]
						: &m->tasks[m->model.task_count++];
		draw_object_at(m->src->draw, s->entries[i].where, &o);
		set_site(m, t, &o);
		set_ticket(m, t, o.id);
		t->rank = i + 1;
		if (!reserve)
			set_team(m, t, (*drawn)++);
	}
	m->strata[stratum] = (struct papers_stratum){
		.name = text_of(m, m->src->draw->rules.strata[stratum].name),
		.members = m->src->draw->members[stratum],
		.quota = s->quota,
		.drawn = s->drawn_count,
		.reserves = s->reserve_count,
	};
}

static int by_district(const void *a, const void *b)
{
	const struct papers_task *x = a, *y = b;
	int order = strcmp(x->scope, y->scope);

	if (order == 0)
		order = x->trip < y->trip ? -1 : x->trip > y->trip;
	return order ? order : strcmp(x->object, y->object);
}

static void make_tasks(struct making *m)
{
	const struct draw_selection *s = &m->src->outcome->selection;
	uint32_t strata = m->src->draw->rules.stratum_count, drawn = 0;
	size_t reserves = 0;

	for (uint32_t i = 0; i < strata; i++)
		reserves += s->strata[i].reserve_count;
	m->tasks = arena_array(m->arena, s->drawn_total + 1, sizeof(*m->tasks));
	m->reserves = arena_array(m->arena, reserves + 1, sizeof(*m->reserves));
	m->strata = arena_array(m->arena, strata + 1, sizeof(*m->strata));
	draw_tickets(m->src->seed, &m->tickets);
	for (uint32_t i = 0; i < strata; i++)
		add_stratum(m, i, &drawn);
	if (m->model.task_count)
		qsort(m->tasks, m->model.task_count, sizeof(*m->tasks), by_district);
}

int papers_model_make(struct arena *a, const struct papers_source *src, struct papers_model *ret)
{
	struct making m = { .arena = a, .src = src };
	struct problem problem;

	if (declaration_parse(src->declaration, &m.model.declaration, &problem) != CORE_OK ||
	    record_parse(src->record, &m.model.declaration, &m.model.record, &problem) != CORE_OK)
		return INVALID;
	make_people(&m);
	make_tasks(&m);
	m.model.plan = src->plan;
	m.model.declaration_text = src->declaration;
	m.model.draw_id = text_of(&m, m.model.declaration.draw_id);
	m.model.seed = arena_mem(a, src->seed->hex, sizeof(src->seed->hex));
	m.model.root = arena_mem(a, src->outcome->result.root, sizeof(src->outcome->result.root));
	m.model.fingerprint = src->fingerprint;
	m.model.rehearsal = declare_floor(&m.model.declaration).rehearsal;
	m.model.people = m.people;
	m.model.person_count = src->draw->inspector_count;
	m.model.tasks = m.tasks;
	m.model.reserves = m.reserves;
	m.model.strata = m.strata;
	m.model.stratum_count = src->draw->rules.stratum_count;
	m.model.teams = src->outcome->teams.feasible;
	m.model.trips = m.model.teams ? src->outcome->teams.problem.visit_count : 0;
	m.model.relaxed = src->outcome->teams.relaxed;
	*ret = m.model;
	return OK;
}
