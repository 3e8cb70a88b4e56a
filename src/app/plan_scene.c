/* app/plan_scene.c — registries are exported to files that vanish from the folder once they are mapped. */
#include "app/plan_scene.h"

#include "app/calendar_store.h"
#include "app/plan_heads_since.h"
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
	struct plan_heads_version *since = NULL;
	struct file_map map = { 0 };
	int64_t change = 0;

	if (rule_heads_day(&r->heads, (uint32_t)s->plan.year, &in.then_day) != OK)
		in.then_day = s->day;
	else if (in.then_day < s->day)
		TRY(change_on(o, in.then_day, &change));
	if (change > 0) {
		TRY(plan_heads_since(o, s->notes->arena, change, &since, &in.since_count));
		TRY(registry_export_map(o, REGISTRY_INSPECTORS, change, &map));
		in.then = (struct span){ map.at, map.len };
		in.since = since;
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

static void keep_drawn(struct arena *a, struct plan_drawn **list, size_t *count, size_t *size,
		       const struct draw_row *row)
{
	bool joint = strcmp(row->kind, "joint") == 0;

	if (*count == *size) {
		*size = *size ? 2 * *size : 16;
		struct plan_drawn *more = arena_array(a, *size, sizeof(*more));
		if (*count)
			memcpy(more, *list, *count * sizeof(*more));
		*list = more;
	}
	struct plan_drawn *one = &(*list)[(*count)++];
	*one = (struct plan_drawn){ .line = joint ? arena_str(a, row->pool) : NULL };
	snprintf(one->period, PLAN_SPAN_TEXT, "%s", row->period);
}

/* Keeps the period of a daily draw of this plan, and of a joint one that it leads. */
static int add_drawn(void *arg, const struct draw_row *row)
{
	struct drawing *d = arg;
	struct plan_scene *s = d->scene;
	struct arena *a = s->notes->arena;

	if (!row->live || row->drawn_at == 0 || plan_day_of(row->drawn_at) > s->day ||
	    strcmp(row->plan, s->plan.id) != 0)
		return OK;
	if (strcmp(row->kind, "joint") == 0 && row->parent == 0)
		keep_drawn(a, &s->joint, &s->joint_count, &d->joint_size, row);
	if (strcmp(row->pool, PLAN_POOL_DAILY) == 0 &&
	    (strcmp(row->kind, "random") == 0 || strcmp(row->kind, "cross") == 0))
		keep_drawn(a, &s->drawn, &s->drawn_count, &d->size, row);
	return OK;
}

static bool has_drawn(const struct plan_drawn *list, size_t count, const char *line,
		      const char *period)
{
	for (size_t i = 0; i < count; i++)
		if ((!line || strcmp(list[i].line, line) == 0) &&
		    (!period || strcmp(list[i].period, period) == 0))
			return true;
	return false;
}

bool plan_scene_drawn(const struct plan_scene *s, const char *period)
{
	return has_drawn(s->drawn, s->drawn_count, NULL, period);
}

bool plan_scene_joint_drawn(const struct plan_scene *s, const char *line, const char *period)
{
	return has_drawn(s->joint, s->joint_count, line, period);
}

/* Visits of before whose sites no registry knows count for nobody: they leave the history. */
static int drop_unknown(struct plan_scene *s)
{
	struct plan_history *h = &s->history;
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	size_t to = 0;
	int rc = s->sites.len ? registry_open(&reader, REGISTRY_SITES, s->sites) : NONE;
	bool more = rc == OK && (rc = registry_next(&reader, cells)) == OK;

	for (size_t i = 0; i < h->count && (rc == OK || rc == NONE); i++) {
		while (more && span_compare(cells[SITE_ID], h->list[i].site) < 0)
			more = (rc = registry_next(&reader, cells)) == OK;
		if (h->list[i].sealed || (more && span_equal(cells[SITE_ID], h->list[i].site)))
			h->list[to++] = h->list[i];
		else
			s->unknown += h->list[i].n;
	}
	if (rc != OK && rc != NONE)
		return OK; /* the passes that use it say what does not read */
	h->count = to;
	if (s->unknown)
		plan_note(s->notes, PLAN_WARNING,
			  "期初导入的检查里有 %llu 次的编号不在检查对象名录里，没有计入任何数。"
			  "请核对编号，或先把这些单位导入名录。",
			  (unsigned long long)s->unknown);
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
	TRY(plan_history_load(o, a, (uint32_t)s->plan.year, s->day, false, &s->history));
	if (ask->inside)
		TRY(plan_history_load(o, a, (uint32_t)s->plan.year, s->day, true, &s->inside));
	else
		TRY(plan_certain_load(o, a, s->plan.body, &s->certain));
	TRY(load_progress(o, s));
	TRY(calendar_load(o, a, (uint32_t)s->plan.year, (uint32_t)s->plan.year, &s->calendar));
	TRY(map_all(o, s));
	TRY(drop_unknown(s));
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
