/* app/plan_scene.c — registries are exported to files that vanish from the folder once they are mapped. */
#include "app/plan_scene.h"

#include "app/calendar_store.h"
#include "app/plan_heads.h"
#include "app/plan_period.h"
#include "app/registry_export.h"
#include "app/rule_set_read.h"
#include "app/scope.h"
#include "base/status.h"
#include "store/draw_row.h"
#include "store/plan_opening.h"
#include "store/registry_change.h"

#include <string.h>

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

static int map_all(struct office *o, struct plan_scene *s)
{
	for (int k = 0; k < REGISTRIES; k++)
		TRY(registry_export_map(o, (enum registry)k, 0, &s->maps[k]));
	s->sites = (struct span){ s->maps[REGISTRY_SITES].at, s->maps[REGISTRY_SITES].len };
	s->inspectors =
		(struct span){ s->maps[REGISTRY_INSPECTORS].at, s->maps[REGISTRY_INSPECTORS].len };
	s->recusals =
		(struct span){ s->maps[REGISTRY_RECUSALS].at, s->maps[REGISTRY_RECUSALS].len };
	return OK;
}

/* The change after which the registry stood on the counting day; its first one if it is younger; 0: none. */
static int change_on(struct office *o, int64_t day, int64_t *ret)
{
	const char *registry = registry_name(REGISTRY_INSPECTORS);

	TRY(registry_change_before(o->db, registry, (day + 1) * DAY_MS - ZONE_MS, ret));
	return *ret ? OK : registry_change_first(o->db, registry, ret);
}

/* Counts one rule's inspectors, with the registry as it was on the counting day. */
static int count_heads(struct office *o, const struct plan_scene *s, const struct rule *r,
		       uint64_t *ret)
{
	struct plan_heads_input in = { .now = s->inspectors,
				       .now_day = s->day,
				       .then_day = s->day,
				       .area = s->version.area,
				       .authority = s->version.authority };
	struct file_map map = { 0 };
	int64_t change = 0;

	if (rule_heads_day(&r->heads, (uint32_t)s->plan.year, &in.then_day) != OK)
		in.then_day = s->day;
	else if (in.then_day < s->day)
		TRY(change_on(o, in.then_day, &change));
	if (change > 0) {
		TRY(registry_export_map(o, REGISTRY_INSPECTORS, change, &map));
		in.then = (struct span){ map.at, map.len };
	}
	int rc = plan_heads_count(&r->heads, &in, s->notes, ret);
	if (change > 0)
		file_unmap(&map);
	return rc;
}

static int read_rules(struct plan_scene *s)
{
	TRY(rule_set_read(s->version.rules, strlen(s->version.rules), s->notes, &s->set));
	s->heads = arena_array(s->notes->arena, s->set.rule_count + 1, sizeof(*s->heads));
	return plan_span_kind(s->version.period, &s->kind);
}

struct drawing {
	struct plan_scene *scene;
	size_t size, joint_size;
};

static void add_joint(struct drawing *d, const char *line)
{
	struct plan_scene *s = d->scene;

	if (s->joint_drawn_count == d->joint_size) {
		d->joint_size = d->joint_size ? 2 * d->joint_size : 16;
		const char **list = arena_array(s->notes->arena, d->joint_size, sizeof(*list));
		if (s->joint_drawn_count)
			memcpy(list, s->joint_drawn, s->joint_drawn_count * sizeof(*list));
		s->joint_drawn = list;
	}
	s->joint_drawn[s->joint_drawn_count++] = arena_str(s->notes->arena, line);
}

/* Keeps the period of a daily draw of this plan, and the line of a joint one. */
static int add_drawn(void *arg, const struct draw_row *row)
{
	struct drawing *d = arg;
	struct plan_scene *s = d->scene;

	if (!row->live || row->drawn_at == 0 || plan_day_of(row->drawn_at) > s->day ||
	    strcmp(row->plan, s->plan.id) != 0)
		return OK;
	if (strcmp(row->kind, "joint") == 0 && row->parent == 0)
		add_joint(d, row->pool);
	if (strcmp(row->pool, PLAN_POOL_DAILY) != 0 ||
	    (strcmp(row->kind, "random") != 0 && strcmp(row->kind, "cross") != 0))
		return OK;
	if (s->drawn_count == d->size) {
		d->size = d->size ? 2 * d->size : 16;
		struct plan_drawn *list = arena_array(s->notes->arena, d->size, sizeof(*list));
		if (s->drawn_count)
			memcpy(list, s->drawn, s->drawn_count * sizeof(*list));
		s->drawn = list;
	}
	snprintf(s->drawn[s->drawn_count++].period, PLAN_SPAN_TEXT, "%s", row->period);
	return OK;
}

static int load_progress(struct office *o, struct plan_scene *s)
{
	struct drawing d = { .scene = s };
	int64_t at;

	TRY(draw_row_walk(o->db, "", 0, add_drawn, &d));
	TRY(plan_opening_first(o->db, s->plan.year, &at));
	s->begun = at ? plan_day_of(at) : INT64_MIN;
	return OK;
}

static int load(struct office *o, const struct plan_scene_ask *ask, struct plan_scene *s)
{
	struct arena *a = s->notes->arena;
	struct span matters;

	TRY(plan_get(o->db, a, ask->plan, &s->plan));
	if (ask->version == PLAN_APPROVED)
		TRY(plan_version_approved(o->db, a, s->plan.key, &s->version));
	else
		TRY(plan_version_get(o->db, a, s->plan.key, ask->version, &s->version));
	if (!scope_every(o, span_of(s->version.area)))
		return NONE;
	TRY(read_rules(s));
	TRY(plan_line_list(o->db, a, s->plan.key, s->version.version, &s->lines, &s->line_count));
	TRY(plan_extension_list(o->db, a, s->plan.key, &s->extensions, &s->extension_count));
	TRY(plan_history_load(o, a, (uint32_t)s->plan.year, s->day,
			      strcmp(s->version.state, "approved") != 0, &s->history));
	TRY(load_progress(o, s));
	TRY(calendar_load(o, a, (uint32_t)s->plan.year, (uint32_t)s->plan.year, &s->calendar));
	TRY(map_all(o, s));
	matters = (struct span){ s->maps[REGISTRY_MATTERS].at, s->maps[REGISTRY_MATTERS].len };
	TRY(plan_matters_read(matters, s->day, s->set.level, s->notes, &s->matters));
	for (size_t i = 0; i < s->set.rule_count; i++)
		if (s->set.rules[i].basis.kind == RULE_PER_INSPECTOR ||
		    (s->set.rules[i].has_other && s->set.rules[i].other.kind == RULE_PER_INSPECTOR))
			TRY(count_heads(o, s, &s->set.rules[i], &s->heads[i]));
	return OK;
}

int plan_scene_open(struct office *o, const struct plan_scene_ask *ask, struct plan_notes *notes,
		    struct plan_scene *ret)
{
	struct plan_scene s = { .notes = notes, .day = ask->day };
	int rc = load(o, ask, &s);

	if (rc != OK) {
		plan_scene_release(&s);
		return rc;
	}
	*ret = s;
	return OK;
}

void plan_scene_release(struct plan_scene *s)
{
	for (int k = 0; k < REGISTRIES; k++)
		if (s->maps[k].at)
			file_unmap(&s->maps[k]);
	memset(s->maps, 0, sizeof(s->maps));
}

int64_t plan_scene_day(const struct plan_scene *s, const struct plan_span *period)
{
	if (s->day < period->from)
		return period->from;
	return s->day > period->to ? period->to : s->day;
}

bool plan_scene_area(const struct plan_scene *s, struct span county)
{
	struct span list = span_of(s->version.area), item;

	if (list.len == 0)
		return true;
	while (registry_item(&list, &item))
		if (span_equal(item, county))
			return true;
	return false;
}
