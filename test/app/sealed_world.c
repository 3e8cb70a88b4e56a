/* test/app/sealed_world.c — see sealed_world.h. */
#include "sealed_world.h"

#include "app/draw_memory.h"
#include "app/life_seal.h"
#include "app/plan_open.h"
#include "app/plan_whatif.h"
#include "base/clock.h"
#include "base/status.h"
#include "core/draw.h"
#include "core/select.h"
#include "core/sha256.h"
#include "store/visit.h"

#include "unit.h"

#include <string.h>

struct putting {
	struct plan_world *w;
	const struct sealed_draw *in;
	const struct plan_period_lists *lists;
	struct sealed_world *to;
	struct draw_row row;
	struct life_site *drawn;
	size_t at;
};

static int next_visit(void *arg, struct visit_row *row)
{
	struct putting *p = arg;
	struct life_sealed sealed;
	char *id = arena_alloc(p->w->a, VISIT_ID + 1);

	if (p->at == p->to->count)
		return DB_OK;
	CHECK_INT(life_ulid(WORLD_START, id), OK);
	CHECK_INT(life_site_seal(p->w->o, p->w->a, id, &p->drawn[p->at], 0, &sealed), OK);
	p->to->visits[p->at++] = id;
	*row = (struct visit_row){ .id = id,
				   .draw = p->row.key,
				   .body = p->row.body,
				   .year = p->row.year,
				   .period = p->in->period,
				   .kind = p->in->visit,
				   .joint = strcmp(p->in->kind, "joint") == 0,
				   .state = "planned",
				   .trip = id,
				   .held = true,
				   .site = "",
				   .sealed = sealed.at,
				   .sealed_len = sealed.len,
				   .replaces = "",
				   .deadline = 20700 };
	return DB_ROW;
}

static int put(struct db *db, void *arg)
{
	struct putting *p = arg;

	TRY(draw_row_next(db, p->row.body, p->row.year, &p->row.number));
	TRY(draw_row_add(db, &p->row));
	TRY(db_run(db,
		   "update draw set state = 'drawn', frozen_at = $2, drawn_at = $2 where key = $1",
		   "ii", p->row.key, p->row.prepared_at));
	for (size_t i = 0; i < p->lists->covered_count; i++) {
		const struct plan_covered *c = &p->lists->covered[i];
		const struct draw_cover_row row = { c->rule,
						    c->pool,
						    c->period,
						    c->sentence,
						    (int64_t)c->members,
						    (int64_t)c->need,
						    (int64_t)c->drawn };
		TRY(draw_cover_add(db, &p->row, &row));
	}
	p->at = 0;
	return visit_add(db, next_visit, p);
}

/* Who is drawn by the seed. */
static void draw(struct putting *p, struct region *r)
{
	struct plan_world *w = p->w;
	struct draw_files files = { 0 };
	struct draw_selection selection;
	struct problem problem;
	struct draw_seed seed;
	struct draw d;

	files.file[CORE_FILE_OBJECTS] = p->lists->objects;
	files.file[CORE_FILE_INSPECTORS] = p->lists->inspectors;
	files.file[CORE_FILE_CONFLICTS] = p->lists->conflicts;
	files.file[CORE_FILE_RULES] = p->lists->rules;
	sha256_hex(span_of(p->in->seed), seed.hex);
	CHECK_INT(draw_open(&files, r, &d, &problem), CORE_OK);
	CHECK_INT(draw_select(&d, &seed, r, &selection), CORE_OK);
	p->drawn = arena_array(w->a, selection.drawn_total + 1, sizeof(*p->drawn));
	for (uint32_t i = 0; i < d.rules.stratum_count; i++)
		for (uint32_t k = 0; k < selection.strata[i].drawn_count; k++) {
			struct draw_object o;
			draw_object_at(&d, selection.strata[i].entries[k].where, &o);
			p->drawn[p->to->count++] =
				(struct life_site){ .id = o.id, .stratum = o.stratum };
		}
	CHECK_INT(p->to->count, selection.drawn_total);
}

void sealed_world_draw(struct plan_world *w, const struct sealed_draw *in, struct sealed_world *ret)
{
	struct plan_period_lists lists = { 0 };
	struct region r = { 0 };
	struct putting p = { .w = w, .in = in, .lists = &lists, .to = ret };

	*ret = (struct sealed_world){ 0 };
	if (!CHECK(plan_world_lists(w, in->period, in->pool, &lists) == OK)) {
		(void)plan_world_noted(w, "?");
		return;
	}
	CHECK_INT(draw_region_init(&r), OK);
	draw(&p, &r);
	ret->sites = arena_array(w->a, ret->count + 1, sizeof(*ret->sites));
	ret->visits = arena_array(w->a, ret->count + 1, sizeof(*ret->visits));
	for (size_t i = 0; i < ret->count; i++)
		ret->sites[i] = arena_mem(w->a, p.drawn[i].id.at, p.drawn[i].id.len);
	ret->draw = arena_printf(w->a, "%s-%s-1", in->period, in->pool);
	p.row = (struct draw_row){ .id = ret->draw,
				   .body = "130600",
				   .year = 2026,
				   .kind = in->kind,
				   .plan = "P-2026",
				   .period = in->period,
				   .pool = in->pool,
				   .area = "",
				   .title = "",
				   .sealed = true,
				   .prepared_at = office_now(w->o),
				   .prepared_by = "张三" };
	CHECK_INT(db_write(w->o->db, put, &p), OK);
	draw_region_release(&r);
}

static int open_visit(struct db *db, void *arg)
{
	const struct visit_row *row = arg;

	TRY(visit_accept(db, row));
	return row->day ? visit_done(db, row) : OK;
}

void sealed_world_open(struct plan_world *w, const struct sealed_world *s, size_t visit,
		       const char *day)
{
	struct visit_row row = { .id = s->visits[visit],
				 .site = s->sites[visit],
				 .accepted_by = "甲",
				 .ended_by = "甲" };

	if (day)
		CHECK_INT(clock_parse_day(day, &row.day), OK);
	CHECK_INT(db_write(w->o->db, open_visit, &row), OK);
}

/* ---- what is told ---- */

#define PUT(out, name, n) buf_printf(out, "%s %llu\n", name, (unsigned long long)(n))

static void tell_notes(const struct plan_notes *notes, struct buf *out)
{
	for (size_t i = 0; i < notes->count; i++)
		buf_printf(out, "note %s\n", notes->list[i].text);
}

static int tell_site(void *arg, const struct site *site)
{
	buf_printf(arg, " %.*s", (int)site->text[SITE_ID].len, site->text[SITE_ID].at);
	return OK;
}

static int tell_row(void *arg, const struct plan_cell_row *row)
{
	buf_printf(arg, " %.*s/%lld/%u", (int)row->id.len, row->id.at, (long long)row->day, row->n);
	return OK;
}

static void tell_rules(const struct plan_world *w, struct buf *out)
{
	const struct plan_check *c = &w->check;

	for (size_t i = 0; i < c->rule_count; i++) {
		const struct plan_check_rule *r = &c->rules[i];
		buf_printf(out, "%s %s\n", r->id, r->sentence);
		const uint64_t numbers[] = { r->members,   r->want,      r->pending,  r->done,
					     r->left,      r->need,      r->drawn,    r->missing,
					     r->year_left, r->year_room, r->possible, r->hidden };
		for (size_t k = 0; k < COUNT(numbers); k++)
			PUT(out, " number", numbers[k]);
		for (unsigned k = 0; k < PLAN_COLUMNS; k++) {
			const struct plan_cell_ask ask = { i, (enum plan_column)k, 1000, tell_row,
							   out };
			buf_printf(out,
				   "%s:", plan_cell_words(&w->scene, c, i, (enum plan_column)k));
			CHECK_INT(plan_cell_rows(&w->scene, c, &ask), OK);
			buf_str(out, "\n");
		}
	}
	for (size_t i = 0; i < c->clashes.count; i++) {
		const struct plan_clash *x = &c->clashes.list[i];
		const struct plan_site_ask ask = { i, 1000, tell_site, out };
		buf_printf(out, "clash %s %d %s %s %llu:", plan_clash_name(x->kind), x->stops,
			   x->text, x->choices, (unsigned long long)x->sites);
		CHECK_INT(plan_check_sites(&w->scene, c, &ask), OK);
		buf_str(out, "\n");
	}
}

static void tell_places(const struct plan_places *places, struct buf *out)
{
	for (size_t i = 0; i < places->count; i++)
		buf_printf(out, "place %s %llu %llu %llu\n", places->list[i].code,
			   (unsigned long long)places->list[i].sites,
			   (unsigned long long)places->list[i].visited,
			   (unsigned long long)places->list[i].uncovered);
}

static void tell_project(const struct plan_project *p, struct buf *out)
{
	for (size_t i = 0; i < p->count; i++)
		buf_printf(out, "period %s %llu %llu %llu %d\n", p->list[i].text,
			   (unsigned long long)p->list[i].visits,
			   (unsigned long long)p->list[i].places,
			   (unsigned long long)p->list[i].seniors, p->list[i].met);
	for (size_t i = 0; i < p->chance_count; i++) {
		const struct plan_chance *c = &p->chances[i];
		for (int v = 0; v < PLAN_HAD; v++)
			PUT(out, c->id, c->share[v]);
		PUT(out, "visits", c->visits);
	}
}

static void tell_check(const struct plan_world *w, struct buf *out)
{
	const struct plan_check *c = &w->check;
	const struct plan_sums *all = &c->capacity.all;
	const char *sure = plan_sure_sentence(&c->sure, w->a);
	const uint64_t numbers[] = {
		all->visits,       all->places,         all->seniors_needed,    all->people,
		all->seniors,      all->room,           all->senior_room,       all->year_room,
		c->capacity.unmet, c->in_two_pools,     c->campaign_visits,     c->sure.certain,
		c->sure.held,      c->coverage.visited, c->draw->sum.uncovered, c->draw->cover.drawn
	};

	tell_rules(w, out);
	for (size_t i = 0; i < COUNT(numbers); i++)
		PUT(out, "number", numbers[i]);
	tell_places(&c->coverage.counties, out);
	tell_places(&c->coverage.townships, out);
	for (size_t i = 0; i < w->scene.matters.count; i++)
		buf_printf(out, "matter %llu %llu\n",
			   (unsigned long long)c->coverage.matters[i].sites,
			   (unsigned long long)c->coverage.matters[i].visited);
	tell_project(&c->project, out);
	for (size_t i = 0; i < c->milestone_count; i++) {
		const struct plan_milestone *m = &c->milestones[i];
		buf_printf(out, "milestone %llu %llu %d\n", (unsigned long long)m->visits,
			   (unsigned long long)m->done, m->draw);
	}
	buf_printf(out, "sure %s\n", sure ? sure : "");
}

static void tell_whatif(struct plan_world *w, const char *period, struct buf *out)
{
	const struct plan_whatif what = { NULL, 0, -1, 1, 2 };
	struct plan_outcome o[2];

	CHECK_INT(plan_whatif_make(&w->scene, period, &what, o), OK);
	for (int i = 0; i < 2; i++) {
		tell_project(&o[i].project, out);
		PUT(out, "room", o[i].room + o[i].year_room);
		PUT(out, "unmet", o[i].unmet);
	}
}

static void tell_lists(struct plan_world *w, const char *period, const char *pool, struct buf *out)
{
	struct plan_period_lists l = { 0 };

	int rc = plan_world_lists(w, period, pool, &l);
	buf_printf(out, "lists %d\n", rc);
	tell_notes(&w->notes, out);
	for (size_t i = 0; i < l.covered_count; i++)
		buf_printf(out, "%s %llu %llu %llu\n", l.covered[i].sentence,
			   (unsigned long long)l.covered[i].members,
			   (unsigned long long)l.covered[i].need,
			   (unsigned long long)l.covered[i].drawn);
	PUT(out, "objects", l.object_count); /* the declaration has it */
	PUT(out, "conflicts", l.conflict_count);
	PUT(out, "drawn", l.drawn);
}

void sealed_world_told(struct plan_world *w, const char *period, bool all, struct buf *out)
{
	struct arena scratch, *arena = w->a;

	arena_init(&scratch);
	w->a = &scratch;
	CHECK_INT(plan_world_check(w, period), OK);
	tell_notes(&w->notes, out);
	tell_check(w, out);
	tell_lists(w, period, PLAN_POOL_DAILY, out);
	if (all)
		tell_whatif(w, period, out);
	for (size_t i = 0; all && i < w->scene.line_count; i++)
		if (strcmp(w->scene.lines[i].kind, "campaign") == 0)
			tell_lists(w, period, w->scene.lines[i].id, out);
	plan_scene_release(&w->scene);
	w->a = arena;
	plan_notes_init(&w->notes, w->a);
	arena_release(&scratch);
}
