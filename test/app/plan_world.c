/* test/app/plan_world.c — see plan_world.h. */
#include "plan_world.h"

#include "app/registry_import.h"
#include "app/rule_set_read.h"
#include "app/rule_set_store.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "store/draw_row.h"
#include "store/visit.h"
#include "store/visit_change.h"

#include "../db/scene.h"
#include "unit.h"

#include <stdio.h>

enum { FILE_MOST = 64 << 20 };

static void import(struct plan_world *w, enum registry kind, const char *csv)
{
	const char *path = arena_printf(w->a, "%s/in.csv", w->w.where.data);
	struct registry_imported done;
	struct registry_import in = {
		.kind = kind, .file = path, .reason = "导入", .max_rows = 1000000
	};

	if (!csv)
		return;
	CHECK_INT(file_write(path, csv, strlen(csv), 0600), OK);
	if (!CHECK(registry_import(w->o, w->a, &in, &done) == OK))
		printf("# %s\n", done.summary ? done.summary->refusal : "");
	CHECK_INT(done.summary->count[IMPORT_QUARANTINED], 0);
}

static void print_notes(const struct plan_world *w)
{
	for (size_t i = 0; i < w->notes.count; i++)
		printf("# %s\n", w->notes.list[i].text);
}

static const char *rule_text(struct plan_world *w, const char *more, const char *rules)
{
	return arena_printf(
		w->a,
		"{\"format\": \"mingqian-rules-1\", \"id\": \"t\", \"title\": \"试\", \"body\": \"局\","
		" \"level\": \"city\", \"document\": \"某计划\", %s \"senior_years\": 5,"
		" %s \"teams\": [{\"need\": 2, \"min_senior\": 1}], \"rules\": [%s]}",
		strstr(more, "by_county") ? "" : "\"by_county\": true,", more, rules);
}

/* A set that can be kept; the plan's own rules take its place, also those that rules import would refuse. */
static void keep_rules(struct plan_world *w)
{
	struct rule_set_kept kept;
	const char *text =
		rule_text(w, "",
			  "{\"id\": \"all\", \"title\": \"全部\", \"basis\": {\"percent\": 1},"
			  " \"period\": \"quarter\"}");
	const struct rule_set_given given = { text, strlen(text), "t.json", "试", NULL };

	if (!CHECK(rule_set_keep(w->o, &given, &w->notes, &kept) == OK))
		print_notes(w);
}

static int replace_rules(struct db *db, void *arg)
{
	return db_run(db, "update plan_version set rules = $1", "t", (const char *)arg);
}

static void use_rules(struct plan_world *w, const struct plan_world_data *data)
{
	char *text = arena_str(w->a, rule_text(w, data->more ? data->more : "", data->rules));

	CHECK_INT(db_write(w->o->db, replace_rules, text), OK);
}

void plan_world_use_file(struct plan_world *w, const char *name)
{
	const char *path = unit_source(arena_printf(w->a, "rules/%s.json", name));
	char *text = NULL;
	size_t len = 0;
	struct rule_set set;
	CLEANUP(buf_release) struct buf out;

	CHECK_INT(file_read(w->a, path, FILE_MOST, &text, &len), OK);
	CHECK_INT(rule_set_read(text, len, &w->notes, &set), OK);
	struct rule *rules = arena_array(w->a, set.rule_count, sizeof(*rules));
	memcpy(rules, set.rules, set.rule_count * sizeof(*rules));
	for (size_t i = 0; i < set.rule_count; i++) {
		rules[i].from = RULE_NO_START;
		rules[i].to = RULE_NO_END;
	}
	set.rules = rules;
	set.from = RULE_NO_START;
	set.to = RULE_NO_END;
	buf_init(&out, FILE_MOST);
	rule_set_write(&set, &out);
	CHECK_INT(db_write(w->o->db, replace_rules, arena_mem(w->a, out.data, out.len)), OK);
}

static void make_plan(struct plan_world *w, const struct plan_world_data *data)
{
	const struct plan_new in = { .id = "P-2026",
				     .year = 2026,
				     .body = "130600",
				     .area = "",
				     .authority = "保定市生态环境局",
				     .period = data->period ? data->period : "quarter",
				     .rules = "t",
				     .day_load = 10,
				     .lines = data->lines,
				     .lines_len = data->lines ? strlen(data->lines) : 0 };
	struct plan_version_row version;

	if (!CHECK(plan_make(w->o, &in, &w->notes, &version) == OK))
		print_notes(w);
}

void plan_world_init(struct plan_world *w, const struct plan_world_data *data)
{
	if (!w->o) {
		*w = (struct plan_world){ 0 };
		office_world_init(&w->w);
		w->o = &w->w.office;
		w->a = &w->w.arena;
	}
	plan_notes_init(&w->notes, w->a);
	plan_world_as(w, "张三");
	import(w, REGISTRY_SITES, data->sites);
	import(w, REGISTRY_INSPECTORS, data->inspectors);
	import(w, REGISTRY_MATTERS, data->matters);
	import(w, REGISTRY_RECUSALS, data->recusals);
	keep_rules(w);
	make_plan(w, data);
	use_rules(w, data);
	plan_notes_init(&w->notes, w->a);
}

void plan_world_release(struct plan_world *w)
{
	plan_scene_release(&w->scene);
	office_world_release(&w->w);
	w->o = NULL;
}

const char *plan_world_sites(struct plan_world *w, const char *csv, const char *prefix,
			     const char *rest, uint32_t count)
{
	CLEANUP(buf_release) struct buf out;

	if (!w->o) {
		*w = (struct plan_world){ 0 };
		office_world_init(&w->w);
		w->o = &w->w.office;
		w->a = &w->w.arena;
	}
	buf_init(&out, FILE_MOST);
	buf_str(&out,
		csv ? csv
		    : "id,name,class,county,township,special,credit,kind,skill,address,permit_class\n");
	for (uint32_t i = 1; i <= count; i++)
		buf_printf(&out, "%s-%04u,企业%s%u,%s\n", prefix, i, prefix, i, rest);
	return arena_mem(w->a, out.data, out.len);
}

void plan_world_import_people(struct plan_world *w, const char *csv)
{
	import(w, REGISTRY_INSPECTORS, csv);
}

void plan_world_as(struct plan_world *w, const char *actor)
{
	w->o->actor = actor;
}

void plan_world_day(struct plan_world *w, const char *day)
{
	int64_t n = 0;

	CHECK_INT(clock_parse_day(day, &n), OK);
	w->o->fixed_now = n * 86400000 + 3600000;
}

void plan_world_approve(struct plan_world *w)
{
	struct plan_version_row version;

	plan_world_as(w, "张三");
	CHECK_INT(plan_submit(w->o, "P-2026", &w->notes, &version), OK);
	plan_world_as(w, "李四");
	if (!CHECK(plan_decide(w->o, "P-2026", NULL, &w->notes, &version) == OK))
		print_notes(w);
	plan_world_as(w, "张三");
}

static int add_drawn(struct db *db, void *arg)
{
	struct draw_row *row = arg;

	TRY(draw_row_next(db, row->body, row->year, &row->number));
	TRY(draw_row_add(db, row));
	return db_run(db, "update draw set state = 'drawn', drawn_at = $2 where key = $1", "ii",
		      row->key, row->prepared_at);
}

static void put_drawn(struct plan_world *w, const char *period, const char *pool, const char *kind)
{
	struct draw_row row = { .id = arena_printf(w->a, "%s-%s", period, pool),
				.body = "130600",
				.year = 2026,
				.kind = kind,
				.plan = "P-2026",
				.period = period,
				.pool = pool,
				.area = "",
				.title = "",
				.prepared_at = office_now(w->o),
				.prepared_by = "张三" };

	CHECK_INT(db_write(w->o->db, add_drawn, &row), OK);
}

void plan_world_drawn(struct plan_world *w, const char *period, const char *pool)
{
	put_drawn(w, period, pool, "random");
}

void plan_world_drawn_joint(struct plan_world *w, const char *period, const char *line)
{
	put_drawn(w, period, line, "joint");
}

struct putting {
	struct visit_row row;
	bool done;
};

static int next_visit(void *arg, struct visit_row *row)
{
	struct putting *p = arg;

	if (p->done)
		return DB_OK;
	p->done = true;
	*row = p->row;
	return DB_ROW;
}

static int add_visit(struct db *db, void *arg)
{
	return visit_add(db, next_visit, arg);
}

void plan_world_waits(struct plan_world *w, const char *site, const char *kind, bool joint)
{
	struct putting p = { .row = { .id = arena_printf(w->a, "01ARZ3NDEKTSV%s00", site),
				      .body = "130600",
				      .year = 2026,
				      .period = "2026-Q1",
				      .kind = kind,
				      .joint = joint,
				      .state = "accepted",
				      .held = !joint,
				      .site = site,
				      .sealed = "",
				      .replaces = "" } };

	p.row.trip = p.row.id;
	CHECK_INT(db_write(w->o->db, add_visit, &p), OK);
}

static int add_certain(struct db *db, void *arg)
{
	const struct putting *p = arg;
	const struct visit_certain c = {
		.visit = p->row.id, .body = p->row.body, .sealed = "", .at = 1
	};

	TRY(add_visit(db, arg));
	TRY(visit_end(db, &p->row));
	return visit_certain_add(db, &c);
}

void plan_world_certain(struct plan_world *w, const char *site)
{
	struct putting p = { .row = { .id = arena_printf(w->a, "01ARZ3NDEKTSV%s00", site),
				      .body = "130600",
				      .year = 2026,
				      .period = "2026-Q1",
				      .kind = "daily",
				      .state = "accepted",
				      .ended = "refused",
				      .ended_at = 1,
				      .ended_by = "张三",
				      .site = site,
				      .sealed = "",
				      .replaces = "" } };

	p.row.trip = p.row.id;
	CHECK_INT(db_write(w->o->db, add_certain, &p), OK);
}

int plan_world_check(struct plan_world *w, const char *period)
{
	const struct plan_scene_ask ask = { "P-2026", PLAN_NEWEST, plan_day_of(office_now(w->o)),
					    false };

	plan_scene_release(&w->scene);
	plan_notes_init(&w->notes, w->a);
	int rc = plan_scene_open(w->o, &ask, &w->notes, &w->scene);
	if (rc == OK)
		rc = plan_check_make(&w->scene, period, &w->check);
	if (rc != OK)
		print_notes(w);
	return rc;
}

const struct plan_clash *plan_world_clash(const struct plan_world *w, enum plan_clash_kind kind,
					  size_t n)
{
	const struct plan_clashes *c = &w->check.clashes;

	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].kind == kind && n-- == 0)
			return &c->list[i];
	return NULL;
}

const struct plan_check_rule *plan_world_rule(const struct plan_world *w, const char *id)
{
	for (size_t i = 0; i < w->check.rule_count; i++)
		if (strcmp(w->check.rules[i].id, id) == 0)
			return &w->check.rules[i];
	return NULL;
}

int plan_world_lists(struct plan_world *w, const char *period, const char *pool,
		     struct plan_period_lists *ret)
{
	const struct plan_period_ask ask = { "P-2026", period, pool, plan_day_of(office_now(w->o)),
					     w->understaffed };

	plan_notes_init(&w->notes, w->a);
	return plan_period_lists(w->o, &ask, &w->notes, ret);
}

bool plan_world_noted(const struct plan_world *w, const char *words)
{
	for (size_t i = 0; i < w->notes.count; i++)
		if (strstr(w->notes.list[i].text, words))
			return true;
	print_notes(w);
	return false;
}

int plan_world_opening(struct plan_world *w, const char *csv, struct plan_opening_sum *ret)
{
	plan_notes_init(&w->notes, w->a);
	const struct plan_opening_ask ask = { .year = 2026,
					      .file_name = "open.csv",
					      .file = span_of(csv),
					      .reason = "试",
					      .approver = "李四" };
	return plan_opening_import(w->o, &ask, &w->notes, ret);
}

static int bring(struct db *db, void *arg)
{
	const struct plan_opening_row *row = arg;
	struct plan_opening_head head = { .year = 2026,
					  .at = 1,
					  .rows = 1,
					  .actor = "张三",
					  .file = "open.csv",
					  .digest = "00000000000000000000000000000000"
						    "00000000000000000000000000000000" };

	TRY(plan_opening_begin(db, &head));
	return plan_opening_add(db, head.id, row);
}

void plan_world_brought(struct plan_world *w, const char *site, int64_t day)
{
	struct plan_opening_row row = { "visit", site, day, RULE_VISIT_DAILY, 1 };

	CHECK_INT(db_write(w->o->db, bring, &row), OK);
}

int64_t plan_world_entries(struct plan_world *w, const char *action)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	if (db_query(w->o->db, &r, "select count(*) from ledger_entry where action = $1", "t",
		     action) != DB_OK ||
	    db_next(r) != DB_ROW)
		return -1;
	return db_i64(r, 0);
}
