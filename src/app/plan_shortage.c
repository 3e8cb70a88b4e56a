/*
 * app/plan_shortage.c — the certificate of spec 4.4 in words: for each district the marked visits, what
 * they lack, who may come and how much room they have.
 */
#include "app/plan_trial.h"

#include "app/import_area.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 8 };

/* The marked visits of one district. */
struct district {
	struct span scope;
	uint32_t visits, seniors, juniors; /* places they need of each grade; `any` of either */
	uint64_t any;
	uint32_t example; /* the one of its visits that most people may do */
};

struct work {
	const struct draw *d;
	const struct draw_teams *teams;
	const struct plan_absent *absent;
	size_t absent_count;
	enum plan_note_kind kind;
	struct plan_notes *notes;
};

static struct span scope_of(const struct work *w, uint32_t visit)
{
	uint64_t offset;
	struct draw_object o;

	if (!draw_find_object(w->d, w->teams->problem.visits[visit].id, &offset))
		return SPAN("");
	draw_object_at(w->d, offset, &o);
	return o.scope;
}

static size_t find_district(struct district *list, size_t *count, struct span scope)
{
	size_t i = 0;

	while (i < *count && !span_equal(list[i].scope, scope))
		i++;
	if (i == *count)
		list[(*count)++] = (struct district){ .scope = scope };
	return i;
}

static size_t collect(const struct work *w, struct district *list)
{
	const struct assign_problem *p = &w->teams->problem;
	size_t count = 0;

	for (uint32_t v = 0; v < p->visit_count; v++) {
		uint8_t mark = w->teams->result.marks[v];
		if (mark == ASSIGN_FREE)
			continue;
		struct district *d = &list[find_district(list, &count, scope_of(w, v))];
		const struct assign_pool *pools = p->pools;
		if (d->visits++ == 0 ||
		    pools[p->visits[v].pool].count > pools[p->visits[d->example].pool].count)
			d->example = v;
		if (mark == ASSIGN_SHORT_BOTH)
			d->any += p->visits[v].need;
		else if (mark == ASSIGN_SHORT_SENIOR)
			d->seniors += p->visits[v].min_senior;
		else
			d->juniors += p->visits[v].min_junior;
	}
	return count;
}

static bool excluded(const struct assign_visit *v, uint32_t inspector)
{
	for (uint32_t i = 0; i < v->excluded_count; i++)
		if (v->excluded[i] == inspector)
			return true;
	return false;
}

/* "可派的老 2 人（Z0001、Z0002），上限合计 6 趟" from the pool of one marked visit of the district. */
static void say_pool(const struct work *w, const struct district *d, bool senior, struct buf *say)
{
	const struct assign_problem *p = &w->teams->problem;
	const struct assign_visit *v = &p->visits[d->example];
	const struct assign_pool *pool = &p->pools[v->pool];
	uint32_t found = 0;
	uint64_t room = 0;
	CLEANUP(buf_release) struct buf names;

	buf_init(&names, 2000);
	for (uint32_t i = 0; i < pool->count; i++) {
		const struct assign_inspector *person = &p->inspectors[pool->inspectors[i]];
		if (person->senior != senior || excluded(v, pool->inspectors[i]))
			continue;
		room += person->limit;
		if (found++ < NAMES_MOST)
			buf_printf(&names, "%s%.*s", found > 1 ? "、" : "", (int)person->id.len,
				   person->id.at);
	}
	buf_printf(say, "；能派的“%s” %u 人", senior ? "老" : "新", found);
	if (found)
		buf_printf(say, "（%s%s），上限合计 %llu 趟", buf_text(&names),
			   found > NAMES_MOST ? " 等" : "", (unsigned long long)room);
}

static bool works_in(const char *scopes, struct span scope)
{
	struct span rest = span_of(scopes), one;

	if (rest.len == 0)
		return true;
	while (rest.len > 0) {
		span_cut(&rest, ',', &one);
		if (span_equal(one, scope))
			return true;
	}
	return false;
}

static void say_absent(const struct work *w, const struct district *d, struct buf *say)
{
	uint32_t found = 0;

	for (size_t i = 0; i < w->absent_count; i++) {
		const struct plan_absent *a = &w->absent[i];
		if (!*a->scope || !works_in(a->scope, d->scope))
			continue;
		if (found++ < NAMES_MOST)
			buf_printf(say, "%s%s（%s）%s", found > 1 ? "；" : "；未列入的：", a->name,
				   a->id, a->reason);
	}
	if (found > NAMES_MOST)
		buf_printf(say, "；另有 %u 人", found - NAMES_MOST);
}

static void say_district(const struct work *w, const struct district *d)
{
	CLEANUP(buf_release) struct buf say;

	buf_init(&say, 2000);
	struct span name = d->scope.len ? area_name(d->scope) : SPAN("不限县区");
	buf_printf(&say, "%.*s：%u 趟检查排不满，需要", (int)name.len, name.at, d->visits);
	if (d->any)
		buf_printf(&say, " %llu 人次", (unsigned long long)d->any);
	if (d->seniors)
		buf_printf(&say, " %u 人次“老”", d->seniors);
	if (d->juniors)
		buf_printf(&say, " %u 人次“新”", d->juniors);
	if (d->any || d->seniors)
		say_pool(w, d, true, &say);
	if (d->any || d->juniors)
		say_pool(w, d, false, &say);
	say_absent(w, d, &say);
	plan_note(w->notes, w->kind, "%s。", buf_text(&say));
}

static int compare(const void *a, const void *b)
{
	return span_compare(((const struct district *)a)->scope,
			    ((const struct district *)b)->scope);
}

void plan_explain_shortage(const struct draw *d, const struct draw_teams *teams,
			   const struct plan_absent *absent, size_t absent_count,
			   enum plan_note_kind kind, struct plan_notes *notes)
{
	struct work w = { d, teams, absent, absent_count, kind, notes };
	struct district *list =
		arena_array(notes->arena, teams->problem.visit_count + 1, sizeof(*list));

	if (!teams->result.marks)
		return;
	size_t count = collect(&w, list);
	qsort(list, count, sizeof(*list), compare);
	for (size_t i = 0; i < count; i++)
		say_district(&w, &list[i]);
	plan_note(notes, kind,
		  "办法：从别的县区借调（在这些人的“管辖片区”里加上该县区代码）、提高“上限”、续证，"
		  "或在规则文件里声明“放宽”。回避和两人以上不能放宽。");
}
