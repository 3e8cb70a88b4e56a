/* app/plan_staff.c — parts of the problem that share nobody are told apart, each with its own certificate. */
#include "app/plan_staff.h"

#include "app/draw_memory.h"
#include "app/import_area.h"
#include "app/plan_staff_choices.h"
#include "base/buf.h"
#include "base/status.h"

#include <string.h>

enum { NAMES_MOST = 8, TEXT_MOST = 4000 };

struct checking {
	const struct plan_staff_ask *ask;
	struct plan_clashes *clashes;
	struct region *region;
	const char *most; /* the county with as much as chance can give it, or NULL */
	struct plan_staffed staffed;
	struct draw_shortage sum;
	struct assign_parts parts;
};

static void add_text(struct arena *a, struct rule_texts *list, const char *text)
{
	if (plan_staff_has(list, text))
		return;
	const char **at = arena_array(a, list->count + 1, sizeof(*at));
	if (list->count)
		memcpy(at, list->at, list->count * sizeof(*at));
	at[list->count++] = text;
	list->at = at;
}

static uint64_t places(const struct assign_visit *v, uint8_t mark)
{
	if (mark == ASSIGN_SHORT_BOTH)
		return v->need;
	return mark == ASSIGN_SHORT_SENIOR ? v->min_senior : v->min_junior;
}

static struct plan_staff_short no_shortage(const struct checking *c)
{
	struct arena *a = c->clashes->arena;

	return (struct plan_staff_short){ .marked = arena_array(a, c->ask->work_count + 1,
								sizeof(uint64_t)) };
}

/* Adds the visits of a part that are short. */
static void take_visits(const struct checking *c, uint32_t part, struct plan_staff_short *s)
{
	struct arena *a = c->clashes->arena;

	for (uint32_t i = c->parts.start[part]; i < c->parts.start[part + 1]; i++) {
		uint32_t v = c->parts.visits[i], work = c->staffed.work_of[v];
		uint8_t mark = c->staffed.teams.result.marks[v];
		if (mark == ASSIGN_FREE)
			continue;
		if (s->marked[work]++ == 0) {
			add_text(a, &s->counties, c->ask->works[work].county);
			if (*c->ask->works[work].skill)
				add_text(a, &s->skills, c->ask->works[work].skill);
		}
		uint64_t n = places(&c->staffed.teams.problem.visits[v], mark);
		s->visits[mark]++;
		s->asked[mark] += n;
		s->asked_total += n;
		s->unmet += n;
	}
}

/* Adds what the people of a part can do about it. */
static void take_people(const struct checking *c, uint32_t part, struct plan_staff_short *s)
{
	for (uint32_t i = c->parts.inspector_start[part]; i < c->parts.inspector_start[part + 1];
	     i++) {
		uint32_t who = c->parts.inspectors[i];
		if (c->sum.eligible[who] == 0)
			continue;
		uint64_t offer = draw_shortage_offer(&c->staffed.teams, &c->sum, who);
		s->people++;
		s->seniors += c->staffed.teams.problem.inspectors[who].senior;
		s->offered += offer;
		s->unmet -= offer;
	}
}

static enum plan_clash_kind kind_of(const struct plan_staff_short *s)
{
	if (s->visits[ASSIGN_SHORT_BOTH] ||
	    (s->visits[ASSIGN_SHORT_SENIOR] && s->visits[ASSIGN_SHORT_JUNIOR]))
		return CLASH_CAPACITY;
	return s->visits[ASSIGN_SHORT_SENIOR] ? CLASH_SENIORS : CLASH_JUNIORS;
}

static const char *names_of(struct arena *a, const struct rule_texts *counties)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, TEXT_MOST);
	for (size_t i = 0; i < counties->count && i < NAMES_MOST; i++) {
		struct span name = area_name(span_of(counties->at[i]));
		buf_printf(&out, "%s%.*s", i ? "、" : "", (int)name.len, name.at);
	}
	if (counties->count > NAMES_MOST)
		buf_printf(&out, " 等 %zu 个县区", counties->count);
	return arena_str(a, buf_text(&out));
}

static const char *joined(struct arena *a, const struct rule_texts *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->count; i++)
		text = *text ? arena_printf(a, "%s,%s", text, list->at[i]) : list->at[i];
	return text;
}

static void say_short(const struct checking *c, const struct plan_staff_short *s, struct buf *say)
{
	static const char *const words[] = { [ASSIGN_SHORT_SENIOR] = "缺“老”的",
					     [ASSIGN_SHORT_JUNIOR] = "缺“新”的",
					     [ASSIGN_SHORT_BOTH] = "老、新都缺的" };
	struct arena *a = c->clashes->arena;

	buf_printf(say, "%s：%s无论怎样安排都缺 %llu 人次：", names_of(a, &s->counties),
		   c->most ? "零头由抽签分配，分到最多时" : "", (unsigned long long)s->unmet);
	for (size_t mark = ASSIGN_SHORT_SENIOR; mark < COUNT(words); mark++)
		if (s->visits[mark])
			buf_printf(say, "%s %llu 家要 %llu 人次，", words[mark],
				   (unsigned long long)s->visits[mark],
				   (unsigned long long)s->asked[mark]);
	if (s->skills.count)
		buf_printf(say, "其中有要“%s”专业主办的，", joined(a, &s->skills));
	buf_printf(say, "能派的 %llu 人（“老” %llu 人）最多 %llu 人次",
		   (unsigned long long)s->people, (unsigned long long)s->seniors,
		   (unsigned long long)s->offered);
}

static int add_clash(struct checking *c, const struct plan_staff_short *s)
{
	CLEANUP(buf_release) struct buf say;
	struct arena *a = c->clashes->arena;
	const char *choices;

	buf_init(&say, TEXT_MOST);
	say_short(c, s, &say);
	TRY(plan_staff_choices(c->ask, c->most, s, c->staffed.unmet, c->region, &choices));
	plan_clash_add(c->clashes, &(struct plan_clash){
					   .kind = kind_of(s),
					   .stops = c->ask->people->seniors == 0,
					   .text = arena_str(a, buf_text(&say)),
					   .choices = choices,
					   .which = CLASH_PLACE,
					   .county = joined(a, &s->counties),
				   });
	return OK;
}

/* Visits that nobody at all can make are a part each; they are told together. */
static int tell_parts(struct checking *c)
{
	struct plan_staff_short empty = no_shortage(c);

	if (draw_shortage(&c->staffed.teams, c->region, &c->sum) != CORE_OK ||
	    assign_split(&c->staffed.teams.problem, c->region, &c->parts) != CORE_OK)
		return TOO_LARGE;
	for (uint32_t part = 0; part < c->parts.count; part++) {
		if (c->parts.inspector_start[part] == c->parts.inspector_start[part + 1]) {
			take_visits(c, part, &empty);
			continue;
		}
		struct plan_staff_short s = no_shortage(c);
		take_visits(c, part, &s);
		take_people(c, part, &s);
		if (s.unmet)
			TRY(add_clash(c, &s));
	}
	return empty.unmet ? add_clash(c, &empty) : OK;
}

/* ---- as it is, and with chance against a county ---- */

static int check_with(struct checking *c)
{
	const struct plan_staff_change change = { .most = c->most };
	size_t mark = region_mark(c->region);
	int rc = plan_staff_solve(c->ask, &change, c->region, &c->staffed);

	if (rc == OK && c->staffed.unmet)
		rc = tell_parts(c);
	region_reset(c->region, mark);
	return rc;
}

static int solve_as_drawn(const struct checking *c, uint64_t *ret)
{
	static const struct plan_staff_change as_drawn = { .as_drawn = true };
	struct plan_staffed staffed;
	size_t mark = region_mark(c->region);
	int rc = plan_staff_solve(c->ask, &as_drawn, c->region, &staffed);

	region_reset(c->region, mark);
	if (rc == OK)
		*ret = staffed.unmet;
	return rc;
}

static int check_all(struct checking *c, struct plan_staff_unmet *ret)
{
	const struct plan_work *works = c->ask->works;
	size_t count = c->ask->work_count;

	TRY(check_with(c));
	ret->places = c->staffed.unmet;
	if (ret->places)
		TRY(solve_as_drawn(c, &ret->as_drawn));
	for (size_t from = 0, to; from < count && ret->places == 0; from = to) {
		bool more = false;
		for (to = from; to < count && strcmp(works[to].county, works[from].county) == 0;
		     to++)
			more |= works[to].most > works[to].visits;
		c->most = works[from].county;
		if (more)
			TRY(check_with(c));
	}
	return OK;
}

int plan_staff_check(const struct plan_staff_ask *ask, struct plan_clashes *clashes,
		     struct plan_staff_unmet *ret)
{
	struct region r = { 0 };
	struct checking c = { .ask = ask, .clashes = clashes, .region = &r };

	*ret = (struct plan_staff_unmet){ 0 };
	if (ask->work_count == 0)
		return OK;
	if (draw_region_init(&r) != OK)
		return TOO_LARGE;
	int rc = check_all(&c, ret);
	draw_region_release(&r);
	return rc;
}

/* ---- what the freeze says ---- */

const char plan_staff_refusal_ways[] =
	"请先按上面的办法补足人手再锁定；明知缺人也要锁定的，加 --understaffed，抽出来以后要用 draw "
	"staff 另行派组。";

const char *plan_staff_refusal(struct arena *a, uint64_t places)
{
	return arena_printf(a,
			    "按现在的人手，这一次抽出来排不出检查组：缺 %llu 人次。抽取只有一次，"
			    "抽了不能重来",
			    (unsigned long long)places);
}

void plan_staff_stop(const struct plan_staff_unmet *unmet, struct plan_clashes *clashes)
{
	if (unmet->as_drawn)
		plan_clash_add(clashes,
			       &(struct plan_clash){
				       .kind = CLASH_CAPACITY,
				       .stops = true,
				       .text = plan_staff_refusal(clashes->arena, unmet->as_drawn),
				       .choices = plan_staff_refusal_ways,
			       });
}
