/*
 * app/plan_lists.c — one pass over the inspectors (who may inspect, whom they must not), one over the
 * sites (stratum, line, conflicts by id, code, firm or name). Memory is O(inspectors + cells + output).
 */
#include "app/plan_lists.h"

#include "app/plan_problem.h"
#include "app/plan_recusal.h"
#include "app/plan_tsv.h"
#include "app/registry.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"
#include "core/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 4096 };

static const size_t LIST_MOST = (size_t)4 << 30;

struct making {
	const struct plan_lists_input *in;
	struct plan_notes *notes;
	struct plan_lists *lists;
	struct buf objects, inspectors, conflicts;
	struct plan_recusals recusals;
	struct plan_cell *cells;
	size_t last_cell;
	struct rules plain; /* parsed plain dr1 rules */
	size_t homeless;    /* sites without a stratum in them */
	size_t absent_size;
};

/* ---- inspectors ---- */

static void add_absent(struct making *m, const struct inspector *i, const char *reason)
{
	struct plan_lists *l = m->lists;
	struct arena *a = m->notes->arena;

	if (l->absent_count == m->absent_size) {
		size_t size = m->absent_size ? m->absent_size * 2 : 64;
		struct plan_absent *list = arena_array(a, size, sizeof(*list));
		if (l->absent_count)
			memcpy(list, l->absent, l->absent_count * sizeof(*list));
		l->absent = list;
		m->absent_size = size;
	}
	const struct span *t = i->text;
	l->absent[l->absent_count++] = (struct plan_absent){
		.id = arena_mem(a, t[INSPECTOR_ID].at, t[INSPECTOR_ID].len),
		.name = arena_mem(a, t[INSPECTOR_NAME].at, t[INSPECTOR_NAME].len),
		.scope = arena_mem(a, t[INSPECTOR_DISTRICTS].at, t[INSPECTOR_DISTRICTS].len),
		.reason = reason,
	};
}

static void add_inspector(struct making *m, const struct inspector *i)
{
	char limit[24], base[24];
	const struct plan_rules *r = m->in->rules;
	char grade = inspector_grade_on(i, m->in->day, r->senior_years);

	snprintf(limit, sizeof(limit), "%u", i->has_limit ? i->limit : r->limit);
	snprintf(base, sizeof(base), "%u", i->base);
	const struct span cells[] = { i->text[INSPECTOR_ID],
				      grade == 'S' ? SPAN("S") : SPAN("J"),
				      span_of(limit),
				      span_of(base),
				      i->text[INSPECTOR_DISTRICTS],
				      i->text[INSPECTOR_SKILLS] };
	plan_tsv_add(&m->inspectors, cells, COUNT(cells));
	m->lists->eligible++;
	m->lists->seniors += grade == 'S';
	plan_recusals_add_cell(&m->recusals, i);
}

static int read_inspectors(struct making *m)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(&reader, REGISTRY_INSPECTORS, m->in->inspectors);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct inspector i;
		const char *problem = NULL;
		rc = inspector_decode(cells, &i, &problem);
		if (rc != OK) {
			reader.problem = problem;
			break;
		}
		m->lists->staff += i.staff && i.duty && !i.assistant;
		const char *reason = plan_reason_out(&i, m->in->day, m->notes->arena);
		if (reason)
			add_absent(m, &i, reason);
		else
			add_inspector(m, &i);
	}
	if (rc == NONE)
		return OK;
	plan_note(m->notes, PLAN_REFUSED, "检查人员名录第 %llu 行：%s",
		  (unsigned long long)reader.line, reader.problem ? reader.problem : "读不懂");
	return INVALID;
}

/* ---- sites ---- */

/* The period in which special supervision of this year began; 1 if earlier or not told. */
static uint32_t entered(const struct plan_lists_input *in, const struct site *s)
{
	struct span from = s->text[SITE_SPECIAL_FROM];
	char today[CLOCK_DAY];

	clock_day(in->day * 86400000, today);
	if (from.len != 10 || memcmp(from.at, today, 4) != 0)
		return 1;
	uint32_t month = (uint32_t)(from.at[5] - '0') * 10 + (uint32_t)(from.at[6] - '0');
	return (month - 1) * in->rules->periods / 12 + 1;
}

static uint64_t visits_of(const struct site *s)
{
	uint64_t n;

	return read_number(s->text[SITE_VISITS], 9999999, &n) == CORE_OK ? n : 0;
}

/* Index of the cell, or cell_count if it is new; sites of one county often follow each other. */
static size_t search_cell(const struct making *m, const struct plan_cell *want)
{
	size_t count = m->lists->cell_count;

	for (size_t n = 0; n < count; n++) {
		size_t i = (m->last_cell + n) % count;
		const struct plan_cell *c = &m->cells[i];
		if (c->kind == want->kind && c->due == want->due &&
		    strcmp(c->county, want->county) == 0)
			return i;
	}
	return count;
}

static int find_cell(struct making *m, const struct site *s, struct span *stratum)
{
	const struct plan_rules *r = m->in->rules;
	bool special = site_special_on(s, m->in->day);
	struct span where = r->by_county ? s->text[SITE_COUNTY] : SPAN("");
	char county[16], name[96];
	struct plan_cell c = { .kind = plan_kind_of(r, s->class == SITE_CLASS_KEY, special),
			       .county = county };

	snprintf(county, sizeof(county), "%.*s", (int)where.len, where.at);
	c.due = plan_due(r, c.kind, visits_of(s), special ? entered(m->in, s) : 1);
	size_t i = search_cell(m, &c);
	if (i == m->lists->cell_count) {
		if (i == CELLS_MOST)
			return TOO_LARGE;
		plan_cell_name(&c, name, sizeof(name));
		c.county = arena_str(m->notes->arena, county);
		c.stratum = arena_str(m->notes->arena, name);
		m->cells[m->lists->cell_count++] = c;
	}
	m->last_cell = i;
	m->cells[i].members++;
	*stratum = span_of(m->cells[i].stratum);
	return OK;
}

/* Plain dr1 rules: the first of `<class>.<county>` and `<class>` that has a quota, most special first. */
static bool plain_stratum(struct making *m, const struct site *s, struct span *stratum)
{
	bool key = s->class == SITE_CLASS_KEY;
	const char *names[3] = { key ? "重点兼特殊" : "一般兼特殊", "特殊", key ? "重点" : "一般" };
	struct span county = s->text[SITE_COUNTY];
	char name[96];

	for (size_t i = site_special_on(s, m->in->day) ? 0 : 2; i < 3; i++) {
		snprintf(name, sizeof(name), "%s.%.*s", names[i], (int)county.len, county.at);
		int64_t found = rules_find(&m->plain, span_of(name));
		if (found < 0)
			found = rules_find(&m->plain, span_of(names[i]));
		if (found >= 0) {
			*stratum = m->plain.strata[found].name;
			return true;
		}
	}
	return false;
}

static int add_site(struct making *m, const struct site *s)
{
	struct span stratum = SPAN("");

	m->lists->sites++;
	if (s->state != SITE_LIVE) {
		m->lists->not_live[s->state]++;
		return OK;
	}
	if (m->in->rules->plain && !plain_stratum(m, s, &stratum)) {
		m->homeless++;
		return OK;
	}
	if (!m->in->rules->plain && find_cell(m, s, &stratum) != OK) {
		plan_note(m->notes, PLAN_REFUSED,
			  "名录里的县区超过 1000 个，无法分格。请核对县区列，或改为“分配 全市”。");
		return INVALID;
	}
	const struct span cells[] = { s->text[SITE_ID],       stratum,
				      s->text[SITE_NAME],     s->text[SITE_COUNTY],
				      s->text[SITE_TOWNSHIP], s->text[SITE_SKILL] };
	plan_tsv_add(&m->objects, cells, COUNT(cells));
	m->lists->live++;
	plan_recusals_match(&m->recusals, s, &m->conflicts);
	return OK;
}

static int read_sites(struct making *m)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(&reader, REGISTRY_SITES, m->in->sites);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct site s;
		const char *problem = NULL;
		rc = site_decode(cells, &s, &problem);
		if (rc != OK) {
			reader.problem = problem;
			break;
		}
		if (add_site(m, &s) != OK)
			return INVALID;
	}
	if (rc == NONE)
		return OK;
	plan_note(m->notes, PLAN_REFUSED, "检查对象名录第 %llu 行：%s",
		  (unsigned long long)reader.line, reader.problem ? reader.problem : "读不懂");
	return INVALID;
}

/* ---- after both ---- */

static int parse_plain(struct making *m)
{
	const struct plan_rules *p = m->in->rules;
	struct problem problem = { 0 };
	size_t size = p->len * 64 + 65536;
	struct region region = { arena_alloc(m->notes->arena, size), size, 0 };

	if (rules_parse((struct span){ p->text, p->len }, &region, &m->plain, &problem) !=
	    CORE_OK) {
		const struct draw_files none = { 0 };
		plan_note_problem(m->notes, PLAN_REFUSED, &problem, &none);
		return INVALID;
	}
	for (uint32_t i = 0; i < m->plain.stratum_count; i++) {
		const struct rules_stratum *s = &m->plain.strata[i];
		if (s->team.need >= 2)
			continue;
		plan_note(m->notes, PLAN_REFUSED,
			  "规则文件里“%.*s”每组 %u 人。执法检查不得少于两人，任何情况下都不能放宽。"
			  "请改为例如：team 2 1 1。",
			  (int)s->name.len, s->name.at, s->team.need);
		return INVALID;
	}
	return OK;
}

static void keep(struct making *m, const struct buf *b, struct span *ret)
{
	*ret = (struct span){ arena_mem(m->notes->arena, b->data, b->len), b->len };
}

static int compare_cells(const void *a, const void *b)
{
	const struct plan_cell *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	int order = strcmp(x->county, y->county);
	if (order)
		return order;
	return x->due < y->due ? -1 : x->due > y->due;
}

static int finish(struct making *m)
{
	struct plan_lists *l = m->lists;

	keep(m, &m->objects, &l->objects);
	keep(m, &m->inspectors, &l->inspectors);
	l->conflicts = plan_recusals_lines(&m->conflicts, m->notes, &l->conflict_count);
	l->cells = m->cells;
	if (l->cell_count)
		qsort(l->cells, l->cell_count, sizeof(*l->cells), compare_cells);
	TRY(plan_recusals_note_unused(&m->recusals, m->in->sites, m->notes));
	if (m->homeless)
		plan_note(m->notes, PLAN_REFUSED,
			  "%zu 家在产单位在规则里找不到层。请在规则里为它们写 quota："
			  "层名用“重点”“一般”“特殊”等类名，或“类名.县区代码”。",
			  m->homeless);
	if (m->objects.full || m->inspectors.full || m->conflicts.full)
		plan_note(m->notes, PLAN_REFUSED, "名单超过 4 GB，无法处理。请分县抽签。");
	return m->homeless || m->objects.full || m->inspectors.full || m->conflicts.full ? INVALID
											 : OK;
}

static int make(struct making *m)
{
	if (m->in->rules->plain)
		TRY(parse_plain(m));
	TRY(read_inspectors(m));
	plan_recusals_sort(&m->recusals);
	TRY(read_sites(m));
	return finish(m);
}

int plan_lists_make(const struct plan_lists_input *in, struct plan_notes *notes,
		    struct plan_lists *ret)
{
	struct plan_lists lists = { 0 };
	struct making m = { .in = in, .notes = notes, .lists = &lists };

	buf_init(&m.objects, LIST_MOST);
	buf_init(&m.inspectors, LIST_MOST);
	buf_init(&m.conflicts, LIST_MOST);
	m.cells = arena_array(notes->arena, CELLS_MOST, sizeof(*m.cells));
	int rc = make(&m);
	buf_release(&m.objects);
	buf_release(&m.inspectors);
	buf_release(&m.conflicts);
	plan_recusals_release(&m.recusals);
	if (rc == OK)
		*ret = lists;
	return rc;
}
