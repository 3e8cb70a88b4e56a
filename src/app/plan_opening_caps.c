/* app/plan_opening_caps.c — the registry is walked once a plan. */
#include "app/plan_opening_caps.h"

#include "app/plan_firms.h"
#include "app/plan_scene.h"
#include "app/registry.h"
#include "base/buf.h"
#include "base/status.h"

enum { NAMES_MOST = 20, NAMES_BYTES = 8000 };

struct telling {
	struct office *o;
	struct plan_notes *notes;
	uint32_t year;
	uint64_t above;
};

static int look(const struct plan_scene *s, const struct plan_firms *f, struct buf *names,
		uint64_t *count)
{
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(&reader, REGISTRY_SITES, s->sites);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct site site;
		uint32_t had, most;
		if (!plan_scene_area(s, cells[SITE_COUNTY]))
			continue;
		TRY(site_decode(cells, &site, &reader.problem));
		if (!plan_firms_above(f, &site, site_special_on(&site, s->day), &had, &most))
			continue;
		if ((*count)++ < NAMES_MOST)
			buf_printf(names, "%s%.*s（%u 次，上限 %u 次）", names->len ? "、" : "",
				   (int)cells[SITE_ID].len, cells[SITE_ID].at, had, most);
	}
	return rc == NONE ? OK : rc;
}

static int look_at(struct telling *t, const struct plan_scene *s)
{
	CLEANUP(buf_release) struct buf names;
	struct plan_firms firms;
	uint64_t count = 0;

	buf_init(&names, NAMES_BYTES);
	if (!s->set.cap.given)
		return OK;
	TRY(plan_firms_load(&firms, s, s->day));
	int rc = look(s, &firms, &names, &count);
	plan_firms_release(&firms);
	TRY(rc);
	t->above += count;
	if (count)
		plan_note(t->notes, PLAN_WARNING,
			  "按计划 %s 的年度上限，%u 年已经超过的有 %llu 家：%s%s。请核对；"
			  "确实查过这么多次的，今年不再抽到它们。",
			  s->plan.id, t->year, (unsigned long long)count, buf_text(&names),
			  count > NAMES_MOST ? " 等" : "");
	return OK;
}

struct plans {
	struct arena *a;
	uint32_t year;
	const char *ids[64]; /* a year has one of each drawing body, and seldom more */
	size_t count;
};

static int add_plan(void *arg, const struct plan_row *row)
{
	struct plans *p = arg;

	if (row->year == (int64_t)p->year && p->count < COUNT(p->ids))
		p->ids[p->count++] = arena_str(p->a, row->id);
	return OK;
}

static int tell_plan(struct telling *t, const char *plan)
{
	const struct plan_scene_ask ask = { .plan = plan,
					    .version = PLAN_NEWEST,
					    .day = plan_day_of(office_now(t->o)) };
	struct plan_notes aside; /* what is wrong with the plan is no matter of the balances */
	struct plan_scene scene;

	plan_notes_init(&aside, t->notes->arena);
	int rc = plan_scene_open(t->o, &ask, &aside, &scene);
	if (rc == OK) {
		rc = look_at(t, &scene);
		plan_scene_release(&scene);
	}
	if (rc != INVALID && rc != NONE)
		return rc;
	plan_note(t->notes, PLAN_WARNING, "计划 %s 读不懂，没有按它核对年度上限。", plan);
	return OK;
}

int plan_opening_caps(struct office *o, uint32_t year, struct plan_notes *notes, uint64_t *ret)
{
	struct telling t = { .o = o, .notes = notes, .year = year };
	struct plans plans = { .a = notes->arena, .year = year };

	*ret = 0;
	TRY(plan_walk(o->db, add_plan, &plans));
	for (size_t i = 0; i < plans.count; i++)
		TRY(tell_plan(&t, plans.ids[i]));
	*ret = t.above;
	return OK;
}
