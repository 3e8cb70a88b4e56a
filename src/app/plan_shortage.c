/*
 * app/plan_shortage.c — the certificate of spec 4.4 in words: the sum that proves how many places stay empty;
 * then for each district the short visits, what they lack, who may come and how much room they have.
 */
#include "app/plan_trial.h"

#include "app/import_area.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 8, DISTRICTS_MOST = 50, TEXT_MOST = 2000 };

/* A visit that no arrangement fills, by its district. */
struct short_visit {
	struct span scope, id;
	uint32_t visit;
};

struct district {
	const struct short_visit *visits;
	size_t count;
	uint64_t any, seniors, juniors; /* places they need: of either grade, of one */
	/* By `senior`: of its visits that want this grade the one with most candidates, or NULL. */
	const struct assign_visit *example[2];
};

/* What keeps a person from a district's visits; recused means: from all that are short. */
enum hindrance { MAY_COME, RECUSED, UNSKILLED, NO_ROOM, ELSEWHERE };

struct work {
	const struct plan_shortage *in;
	struct plan_notes *notes;
	struct draw_shortage sum;
	uint32_t *found; /* inspectors of one grade and hindrance */
	uint32_t *seen;  /* the pool asked about + 1 if the inspector is in it */
};

static struct span scope_of(const struct draw *d, struct span id)
{
	uint64_t offset;
	struct draw_object o;

	if (!draw_find_object(d, id, &offset))
		return SPAN("");
	draw_object_at(d, offset, &o);
	return o.scope;
}

static int compare(const void *a, const void *b)
{
	const struct short_visit *x = a, *y = b;
	int order = span_compare(x->scope, y->scope);

	return order ? order : span_compare(x->id, y->id);
}

static struct short_visit *collect(const struct work *w, size_t *ret_count)
{
	const struct draw_teams *teams = w->in->teams;
	const struct assign_problem *p = &teams->problem;
	struct short_visit *list = arena_array(w->notes->arena, p->visit_count + 1, sizeof(*list));
	size_t count = 0;

	for (uint32_t v = 0; v < p->visit_count; v++) {
		struct span id = p->visits[v].id;

		if (teams->result.marks[v] != ASSIGN_FREE)
			list[count++] = (struct short_visit){ scope_of(w->in->draw, id), id, v };
	}
	qsort(list, count, sizeof(*list), compare);
	*ret_count = count;
	return list;
}

/* The one with more candidates; a may be NULL. */
static const struct assign_visit *wider(const struct assign_problem *p,
					const struct assign_visit *a, const struct assign_visit *b)
{
	return a && p->pools[a->pool].count >= p->pools[b->pool].count ? a : b;
}

/* The district whose visits begin at `list`. */
static struct district take_district(const struct work *w, const struct short_visit *list,
				     size_t count)
{
	const struct draw_teams *teams = w->in->teams;
	const struct assign_problem *p = &teams->problem;
	struct district d = { .visits = list };

	for (; d.count < count && span_equal(list[d.count].scope, list[0].scope); d.count++) {
		uint32_t v = list[d.count].visit;
		const struct assign_visit *visit = &p->visits[v];
		uint8_t mark = teams->result.marks[v];

		if (mark != ASSIGN_SHORT_JUNIOR)
			d.example[true] = wider(p, d.example[true], visit);
		if (mark != ASSIGN_SHORT_SENIOR)
			d.example[false] = wider(p, d.example[false], visit);
		if (mark == ASSIGN_SHORT_BOTH)
			d.any += visit->need;
		else if (mark == ASSIGN_SHORT_SENIOR)
			d.seniors += visit->min_senior;
		else
			d.juniors += visit->min_junior;
	}
	return d;
}

static enum hindrance hindrance_of(const struct work *w, const struct assign_visit *v,
				   const struct draw_object *object, uint32_t inspector)
{
	struct draw_inspector person = w->in->draw->inspectors[inspector];

	if (w->seen[inspector] == v->pool + 1) {
		if (w->sum.eligible[inspector] == 0)
			return RECUSED;
		return w->in->teams->problem.inspectors[inspector].limit ? MAY_COME : NO_ROOM;
	}
	person.senior = false; /* asks for scope alone */
	return draw_eligible(&person, object) ? UNSKILLED : ELSEWHERE;
}

/* Fills w->found; returns how many. */
static uint32_t find_people(const struct work *w, const struct district *d, bool senior,
			    enum hindrance hindrance)
{
	const struct assign_problem *p = &w->in->teams->problem;
	const struct assign_visit *v = d->example[senior];
	struct draw_object object = { 0 };
	uint64_t offset;
	uint32_t count = 0;

	if (draw_find_object(w->in->draw, v->id, &offset))
		draw_object_at(w->in->draw, offset, &object);
	for (uint32_t i = 0; i < p->inspector_count; i++)
		if (p->inspectors[i].senior == senior &&
		    hindrance_of(w, v, &object, i) == hindrance)
			w->found[count++] = i;
	return count;
}

static void say_names(const struct work *w, uint32_t count, struct buf *say)
{
	for (uint32_t i = 0; i < count && i < NAMES_MOST; i++) {
		struct span id = w->in->teams->problem.inspectors[w->found[i]].id;
		buf_printf(say, "%s%.*s", i ? "、" : "", (int)id.len, id.at);
	}
	if (count > NAMES_MOST)
		buf_str(say, " 等");
}

/* "；能派的“老” 2 人（Z1、Z2），最多去 6 趟，须回避的 1 人（Z3）" */
static void say_people(const struct work *w, const struct district *d, bool senior, struct buf *say)
{
	const struct assign_problem *p = &w->in->teams->problem;
	static const struct {
		enum hindrance hindrance;
		const char *words;
	} others[] = { { RECUSED, "须回避的" },
		       { UNSKILLED, "没有所需资格的" },
		       { NO_ROOM, "上限为 0 的" } };
	uint64_t room = 0;
	uint32_t count;

	if (!d->example[senior])
		return;
	const struct assign_pool *pool = &p->pools[d->example[senior]->pool];
	for (uint32_t i = 0; i < pool->count; i++)
		w->seen[pool->inspectors[i]] = d->example[senior]->pool + 1;
	count = find_people(w, d, senior, MAY_COME);
	for (uint32_t i = 0; i < count; i++)
		room += draw_shortage_offer(w->in->teams, &w->sum, w->found[i]);
	buf_printf(say, "；能派的“%s” %u 人", senior ? "老" : "新", count);
	if (count) {
		buf_str(say, "（");
		say_names(w, count, say);
		buf_printf(say, "），最多去 %llu 趟", (unsigned long long)room);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		count = find_people(w, d, senior, others[i].hindrance);
		if (!count)
			continue;
		buf_printf(say, "，%s %u 人（", others[i].words, count);
		say_names(w, count, say);
		buf_str(say, "）");
	}
	count = find_people(w, d, senior, ELSEWHERE);
	if (count)
		buf_printf(say, "，不在辖区的 %u 人", count);
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

	for (size_t i = 0; i < w->in->absent_count; i++) {
		const struct plan_absent *a = &w->in->absent[i];
		if (!*a->scope || !works_in(a->scope, d->visits[0].scope))
			continue;
		if (found++ < NAMES_MOST)
			buf_printf(say, "%s%s（%s）%s", found > 1 ? "；" : "；未列入的：", a->name,
				   a->id, a->reason);
	}
	if (found > NAMES_MOST)
		buf_printf(say, "；另有 %u 人", found - NAMES_MOST);
}

/* "（A1、A2 等）" */
static void say_ids(const struct district *d, struct buf *say)
{
	buf_str(say, "（");
	for (size_t i = 0; i < d->count && i < NAMES_MOST; i++) {
		struct span id = d->visits[i].id;
		buf_printf(say, "%s%.*s", i ? "、" : "", (int)id.len, id.at);
	}
	buf_printf(say, "%s）", d->count > NAMES_MOST ? " 等" : "");
}

static void say_visits(const struct work *w, const struct district *d, struct buf *say)
{
	struct span scope = d->visits[0].scope;
	struct span name = scope.len ? area_name(scope) : SPAN("不限县区");

	buf_printf(say, "%.*s：%zu 趟检查排不满", (int)name.len, name.at, d->count);
	if (!w->in->sealed)
		say_ids(d, say);
	buf_str(say, "，需要");
	if (d->any)
		buf_printf(say, " %llu 人次", (unsigned long long)d->any);
	if (d->seniors)
		buf_printf(say, " %llu 人次“老”", (unsigned long long)d->seniors);
	if (d->juniors)
		buf_printf(say, " %llu 人次“新”", (unsigned long long)d->juniors);
}

static void say_district(const struct work *w, const struct district *d)
{
	CLEANUP(buf_release) struct buf say;

	buf_init(&say, TEXT_MOST);
	say_visits(w, d, &say);
	if (!w->in->sealed) {
		say_people(w, d, true, &say);
		say_people(w, d, false, &say);
	}
	say_absent(w, d, &say);
	plan_note(w->notes, PLAN_REFUSED, "%s。", buf_text(&say));
}

/* The sum of spec 4.4. */
static void say_sum(const struct work *w)
{
	static const char *const words[] = { [ASSIGN_SHORT_SENIOR] = "缺“老”的",
					     [ASSIGN_SHORT_JUNIOR] = "缺“新”的",
					     [ASSIGN_SHORT_BOTH] = "老、新都缺的" };
	const struct draw_shortage *s = &w->sum;
	CLEANUP(buf_release) struct buf parts;

	buf_init(&parts, TEXT_MOST);
	for (size_t mark = ASSIGN_SHORT_SENIOR; mark < COUNT(words); mark++)
		if (s->visits[mark])
			buf_printf(&parts, "%s%s %llu 趟要 %llu 人次", parts.len ? "，" : "",
				   words[mark], (unsigned long long)s->visits[mark],
				   (unsigned long long)s->asked[mark]);
	plan_note(
		w->notes, PLAN_REFUSED,
		"无论怎样安排都缺 %llu 人次：%s，共 %llu 人次；能去的人各按上限与可去趟数中小的一个算，"
		"最多补 %llu 人次；%llu − %llu = %llu。",
		(unsigned long long)w->in->teams->result.unmet, buf_text(&parts),
		(unsigned long long)s->asked_total, (unsigned long long)s->offered,
		(unsigned long long)s->asked_total, (unsigned long long)s->offered,
		(unsigned long long)(s->asked_total - s->offered));
}

int plan_explain_shortage(const struct plan_shortage *in, struct region *r,
			  struct plan_notes *notes)
{
	uint32_t people = in->teams->problem.inspector_count;
	struct work w = { .in = in, .notes = notes };
	size_t count, districts = 0;

	if (draw_shortage(in->teams, r, &w.sum) != CORE_OK)
		return TOO_LARGE;
	w.found = arena_array(notes->arena, people, sizeof(*w.found));
	w.seen = arena_array(notes->arena, people, sizeof(*w.seen));
	say_sum(&w);
	const struct short_visit *list = collect(&w, &count);
	while (count > 0) {
		struct district d = take_district(&w, list, count);

		if (districts++ < DISTRICTS_MOST)
			say_district(&w, &d);
		list += d.count;
		count -= d.count;
	}
	if (districts > DISTRICTS_MOST)
		plan_note(notes, PLAN_REFUSED, "另有 %zu 个县区也有检查排不满。",
			  districts - DISTRICTS_MOST);
	plan_note(notes, PLAN_REFUSED,
		  "办法：从别的县区借调（在这些人的“管辖片区”里加上该县区代码）、提高“上限”、续证，"
		  "或在规则文件里声明“放宽”。回避和两人以上不能放宽。");
	return OK;
}
