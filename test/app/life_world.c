/* test/app/life_world.c — see life_world.h. */
#include "life_world.h"

#include "app/draw_audit.h"
#include "app/ledger_draws.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_visit.h"
#include "app/person.h"
#include "app/registry_import.h"
#include "base/file.h"
#include "base/status.h"
#include "core/text.h"

#include "../db/scene.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

enum { LIST_ROOM = 256 << 20 };

struct life_lists_of life_lists_now;

static struct span write_list(struct arena *a, struct buf *b)
{
	struct span list = { arena_mem(a, buf_text(b), b->len), b->len };

	CHECK_INT(buf_check(b), OK);
	buf_clear(b);
	return list;
}

static void add_objects(struct buf *b)
{
	const struct life_lists_of *l = &life_lists_now;
	uint64_t state = 42;

	if (l->first)
		buf_printf(b, "%s\n", l->first);
	for (uint32_t i = 0; i < l->objects; i++)
		buf_printf(b, "%s%07u\ts%u\t企业%u\t%u\n", l->prefix ? l->prefix : "S", i,
			   (unsigned)(unit_random(&state) % 2), i,
			   1000 + (unsigned)(unit_random(&state) % l->districts));
}

static void add_inspectors(struct buf *b)
{
	const struct life_lists_of *l = &life_lists_now;

	if (l->inspector_lines) {
		buf_str(b, l->inspector_lines);
		return;
	}
	for (uint32_t i = 0; i < l->inspectors; i++)
		buf_printf(b, "P%05u\t%s\t%u\t0\t%u\n", i, i / l->districts % 2 ? "J" : "S",
			   l->limit, 1000 + i % l->districts);
}

static void add_matters(struct buf *b)
{
	const struct life_lists_of *l = &life_lists_now;

	for (uint32_t i = 0; i < l->objects; i++)
		buf_printf(b, "%s%07u\tM01,M02\n", l->prefix ? l->prefix : "S", i);
}

int life_world_lists(struct office *o, const struct plan_period_ask *ask, struct plan_notes *notes,
		     struct plan_period_lists *ret)
{
	CLEANUP(buf_release) struct buf b;
	const struct life_lists_of *l = &life_lists_now;
	struct arena *a = notes->arena;

	(void)o;
	buf_init(&b, LIST_ROOM);
	if (l->code != OK)
		return l->code;
	*ret = (struct plan_period_lists){ .object_count = l->objects };
	add_objects(&b);
	ret->objects = write_list(a, &b);
	add_inspectors(&b);
	ret->inspectors = write_list(a, &b);
	buf_str(&b, l->conflicts ? l->conflicts : "");
	ret->conflicts = write_list(a, &b);
	buf_str(&b, l->rules ? l->rules : "team 2 1 1\nquota s0 1/10\nquota s1 1/10\n");
	ret->rules = write_list(a, &b);
	add_matters(&b);
	ret->matters = write_list(a, &b);
	ret->title = "2026 年第一季度双随机抽查";
	ret->authority = "保定市生态环境局";
	ret->body = "130600";
	ret->area = ret->basis = "";
	ret->from = 20454; /* 2026-01-01 */
	ret->to = 20543;   /* 2026-03-31 */
	ret->draw_by = ret->to;
	ret->until = ret->to;
	ret->reveal_by = ret->to + 15 + l->later;
	ret->plan_version = 1;
	ret->waiting = l->waiting;
	ret->waiting_count = l->waiting_count;
	ret->strata = l->strata;
	ret->strata_count = l->strata_count;
	ret->covered = arena_array(a, 1, sizeof(*ret->covered));
	ret->covered[0] = (struct plan_covered){
		l->rule ? l->rule : "key", "重点", ask->pool, ask->period, 1, 1, 1, "1 = 1"
	};
	ret->covered_count = 1;
	ret->absent = arena_array(a, 1, sizeof(*ret->absent));
	ret->absent[0] =
		(struct plan_absent){ "P99999", "赵六", "1000", "执法证已于 2026-01-31 到期" };
	ret->absent_count = 1;
	return OK;
}

int life_world_basis(struct office *o, struct arena *a, int64_t year, const char **ret)
{
	(void)o;
	(void)a;
	(void)year;
	*ret = "";
	return OK;
}

void life_world_sql(struct life_world *w, const char *sql)
{
	w->touched = true;
	if (!CHECK(scene_run(w->o->db, sql) == DB_OK))
		printf("# %s: %s\n", sql, db_error_text(w->o->db));
}

int64_t life_world_number(struct life_world *w, const char *sql)
{
	return scene_number(w->o->db, sql);
}

void life_world_as(struct life_world *w, const char *actor)
{
	w->o->actor = actor;
}

void life_world_people(struct life_world *w, const char *csv)
{
	const char *path = arena_printf(w->a, "%s/people.csv", unit_folder());
	const struct registry_import in = {
		.kind = REGISTRY_INSPECTORS, .file = path, .reason = "导入", .max_rows = 1000
	};
	struct registry_imported done;

	CHECK_INT(file_write(path, csv, strlen(csv), 0600), OK);
	life_world_as(w, "录入员");
	if (!CHECK(registry_import(w->o, w->a, &in, &done) == OK))
		printf("# %s\n", done.summary ? done.summary->refusal : "");
	CHECK_INT(done.summary->count[IMPORT_QUARANTINED], 0);
	life_world_as(w, "张三");
}

void life_world_everybody(struct life_world *w)
{
	static const struct person_change people[] = { { "局长", "leader", NULL },
						       { "李四", "legal", "局长" },
						       { "王五", "discipline", "局长" },
						       { "钱七", "archive", "局长" },
						       { "张三", "planner", "局长" } };

	for (size_t i = 0; i < COUNT(people); i++)
		life_world_ok(w, person_add(w->o, w->a, &people[i]));
}

static void add_plan(struct life_world *w)
{
	life_world_sql(w, "insert into plan (id, body, year, created_at)"
			  " values ('P-2026', '130600', 2026, 1)");
	life_world_sql(
		w, "insert into plan_version (plan, version, state, title, authority, area, period,"
		   " rules, day_load, made_by, made_at, submitted_by, submitted_at, decided_by,"
		   " decided_at, reason) values (1, 1, 'approved', '2026 年双随机抽查计划',"
		   " '保定市生态环境局', '', 'quarter', '{}', 20, '张三', 1, '张三', 1, '局长', 1,"
		   " '')");
}

void life_world_init(struct life_world *w)
{
	*w = (struct life_world){ 0 };
	office_world_init(&w->w);
	w->o = &w->w.office;
	w->a = &w->w.arena;
	plan_notes_init(&w->notes, w->a);
	life_lists_now = (struct life_lists_of){
		.objects = 200, .inspectors = 16, .districts = 2, .limit = 20
	};
	add_plan(w);
	w->touched = false; /* a plan is no draw */
	life_world_as(w, "张三");
}

static int check_draws(struct db *db, void *arg)
{
	struct life_world *w = arg;
	struct ledger_table draws = { 0 }, sites = { 0 };

	(void)db;
	TRY(ledger_draws_check(w->o, w->a, false, &draws, &sites));
	unit_check(draws.wrong + sites.wrong == 0, __FILE__, __LINE__, "%s",
		   draws.first ? draws.first : sites.first);
	return OK;
}

void life_world_release(struct life_world *w)
{
	if (!w->touched)
		CHECK_INT(db_read(w->o->db, check_draws, w), OK);
	office_world_release(&w->w);
}

void life_world_pool(struct life_world *w, const char *pool)
{
	bool touched = w->touched;

	if (strcmp(pool, PLAN_POOL_DAILY) != 0)
		life_world_sql(
			w,
			arena_printf(w->a,
				     "insert into plan_line (plan, version, id, kind, title, pool,"
				     " period, a, b, matters, document) values (1, 1, '%s',"
				     " 'campaign', '专项', '', '', 1, 0, '', '')"
				     " on conflict do nothing",
				     pool));
	w->touched = touched;
}

int life_world_prepare(struct life_world *w, const char *pool)
{
	const struct life_prepare in = {
		.plan = "P-2026", .period = "2026-Q1", .pool = pool, .kind = "random"
	};
	struct draw_row row;
	life_world_pool(w, pool);
	int rc = life_prepare(w->o, w->a, &in, &row);

	if (rc == OK)
		w->draw = row.id;
	return rc;
}

int life_world_approve(struct life_world *w)
{
	const char *actor = w->o->actor;

	life_world_as(w, "李四");
	int rc = life_approve(w->o, w->a, w->draw, "legal");
	life_world_as(w, actor);
	return rc;
}

int life_world_freeze_with(struct life_world *w, const char *entropy,
			   const struct sheet_share *shares, size_t count)
{
	struct life_freeze in = { .draw = w->draw,
				  .entropy = &entropy,
				  .entropy_count = 1,
				  .shares = shares,
				  .share_count = count,
				  .lists = life_world_lists,
				  .basis = life_world_basis };
	struct life_frozen frozen;

	in.escrow = w->escrow = arena_printf(w->a, "%s/escrow.pdf", unit_folder());
	return life_freeze(w->o, &in, &w->notes, &frozen);
}

int life_world_freeze(struct life_world *w)
{
	return life_world_freeze_with(w, LIFE_DICE, NULL, 0);
}

int life_world_run(struct life_world *w)
{
	const struct sheet_opened value = { NULL, LIFE_VALUE };
	const struct life_run in = { .draw = w->draw, .values = &value, .value_count = 1 };
	struct draw_row row;

	return life_run(w->o, &in, &w->notes, &row);
}

void life_world_ok(struct life_world *w, int rc)
{
	if (CHECK(rc == OK))
		return;
	printf("# %s\n", office_sentence(w->o, rc));
	for (size_t i = 0; i < w->notes.count; i++)
		printf("# %s\n", w->notes.list[i].text);
}

int life_world_hold_as(struct life_world *w, const char *holder, const char *office,
		       const char *share)
{
	const char *actor = w->o->actor;

	life_world_as(w, holder);
	int rc = life_hold(w->o, w->a, w->draw, office, share);
	life_world_as(w, actor);
	return rc;
}

void life_world_hold(struct life_world *w)
{
	life_world_ok(w, life_world_hold_as(w, "王五", "discipline", NULL));
	life_world_ok(w, life_world_hold_as(w, "钱七", "archive", NULL));
}

void life_world_frozen(struct life_world *w)
{
	life_world_ok(w, life_world_prepare(w, "daily"));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze(w));
	life_world_hold(w);
}

void life_world_drawn(struct life_world *w)
{
	life_world_frozen(w);
	w->o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_ok(w, life_world_run(w));
}

int life_world_accept(struct life_world *w, const char *visit, const char *inspector,
		      struct life_site *ret)
{
	const char *actor = w->o->actor;

	life_world_as(w, inspector);
	int rc = life_accept(w->o, w->a, visit, inspector, ret);
	life_world_as(w, actor);
	return rc;
}

struct draw_row life_world_row(struct life_world *w)
{
	struct draw_row row = { 0 };

	CHECK_INT(draw_row_get(w->o->db, w->a, w->draw, &row), OK);
	return row;
}

struct listing {
	struct arena *a;
	const char **ids;
	size_t count;
};

static int add_id(void *arg, const struct visit_row *v)
{
	struct listing *l = arg;

	l->ids[l->count++] = arena_str(l->a, v->id);
	return OK;
}

size_t life_world_visits(struct life_world *w, const char ***ret)
{
	struct draw_row row = life_world_row(w);
	struct listing l = { w->a, arena_array(w->a, 100000, sizeof(*l.ids)), 0 };
	const struct visit_ask ask = { .draw = row.key };

	CHECK_INT(visit_walk(w->o->db, &ask, add_id, &l), OK);
	*ret = l.ids;
	return l.count;
}

const char *life_world_visit_to(struct life_world *w, const char *site)
{
	const char **ids;
	size_t count = life_world_visits(w, &ids);

	for (size_t i = 0; i < count; i++) {
		struct visit_row v;
		struct life_site its = { .id = SPAN("") };
		CHECK_INT(visit_get(w->o->db, w->a, ids[i], &v), OK);
		CHECK_INT(life_site_open(w->o, w->a, &v, &its), OK);
		if (span_equal(its.id, span_of(site)))
			return ids[i];
	}
	return "";
}

const char *life_world_reserve(struct life_world *w, const char *visit)
{
	struct span rest = span_of(life_world_secret(w, "result.tsv")), line, cell[6];
	struct visit_row v;
	struct life_site site = { .stratum = SPAN("") };
	const char *first = "";
	uint64_t rank, least = UINT64_MAX;

	CHECK_INT(visit_get(w->o->db, w->a, visit, &v), OK);
	CHECK_INT(life_site_open(w->o, w->a, &v, &site), OK);
	while (span_cut(&rest, '\n', &line)) {
		for (int i = 0; i < 6; i++)
			span_cut(&line, '\t', &cell[i]);
		if (!span_equal(cell[1], site.stratum) || !span_equal(cell[4], SPAN("reserve")) ||
		    read_number(cell[2], UINT32_MAX, &rank) != CORE_OK || rank >= least)
			continue;
		least = rank;
		first = arena_mem(w->a, cell[0].at, cell[0].len);
	}
	return first;
}

struct life_change life_world_closed(const char *visit)
{
	return (struct life_change){
		.kind = LIFE_RESERVE,
		.visit = visit,
		.evidence = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		.approver = "局长",
		.second = "王五",
		.reason = "已拆除"
	};
}

const char *life_world_secret(struct life_world *w, const char *name)
{
	CLEANUP(buf_release) struct buf b;
	struct draw_row row = life_world_row(w);

	buf_init(&b, LIST_ROOM);
	CHECK_INT(life_file_get(w->o, &row, name, &b), OK);
	return arena_mem(w->a, buf_text(&b), b.len);
}

void life_world_refused(struct life_world *w, int rc, int code, const char *words,
			const struct life_world_place *at)
{
	bool found = strstr(office_sentence(w->o, rc), words) != NULL;

	for (size_t i = 0; i < w->notes.count; i++)
		found |= strstr(w->notes.list[i].text, words) != NULL;
	unit_check(rc == code && found, at->file, at->line, "%d, \"%s\"; want %d, \"%s\"", rc,
		   office_sentence(w->o, rc), code, words);
}

void life_world_finish(struct life_world *w)
{
	const char **ids;
	size_t count = life_world_visits(w, &ids);

	for (size_t i = 0; i < count; i++) {
		struct visit_member *team;
		struct life_site site;
		struct visit_row v;
		size_t members;
		CHECK_INT(visit_get(w->o->db, w->a, ids[i], &v), OK);
		if (strcmp(v.state, "planned") != 0)
			continue;
		CHECK_INT(visit_member_list(w->o->db, w->a, ids[i], false, &team, &members), OK);
		CHECK_INT(life_world_accept(w, ids[i], team[0].inspector, &site), OK);
		CHECK_INT(life_done(w->o, w->a, ids[i], 0, i % 2 == 0), OK);
	}
}

void life_world_exported(struct life_world *w, enum life_form form, bool conflicts)
{
	struct draw_row row;
	struct draw_folder folder;
	struct draw_audit audit;
	enum core_file wrong;
	const char *path = arena_printf(w->a, "%s/out", unit_folder()), *where;
	const struct draw_evidence evidence = { 0 };
	const struct draw_audit_watch watch = { 0 };

	CHECK_INT(life_export(w->o, w->a, w->draw, form, path, &row), OK);
	CHECK_INT(file_exists(arena_printf(w->a, "%s/conflicts.tsv", path)), conflicts);
	CHECK(!file_exists(arena_printf(w->a, "%s/left-out.tsv", path)));
	CHECK_INT(draw_folder_open(&folder, path, &wrong), OK);
	CHECK_INT(draw_audit(&folder, path, w->a, &evidence, &watch, &audit, &where), OK);
	CHECK_INT(audit.failed, 0);
	CHECK(audit.drawn);
	for (uint32_t i = 0; i < audit.count; i++)
		if (audit.steps[i].mark == VERIFY_FAILED)
			printf("# %.*s\n", (int)audit.steps[i].text.len, audit.steps[i].text.at);
	draw_folder_release(&folder);
}
