/* app/plan_staff_choices.c — each choice is tried by solving again; what is searched for is the least that suffices. */
#include "app/plan_staff_choices.h"

#include "app/import_area.h"
#include "app/plan_milestone.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { LOANS_TRIED = 24, NAMES_MOST = 12, TEXT_MOST = 6000, NO_LIMIT = 99999 };

struct choosing {
	const struct plan_staff_ask *ask;
	const char *most;
	const struct plan_staff_short *s;
	uint64_t base; /* what is short in all */
	uint64_t
		goal; /* what may stay short elsewhere: for a change that is for these counties only */
	struct region *region;
	struct arena *arena;
	struct buf say;
};

static int unmet_with(struct choosing *c, struct plan_staff_change change, uint64_t *ret)
{
	struct plan_staffed staffed;
	size_t mark = region_mark(c->region);

	change.most = c->most;
	int rc = plan_staff_solve(c->ask, &change, c->region, &staffed);
	region_reset(c->region, mark);
	if (rc == OK)
		*ret = staffed.unmet > c->goal ? staffed.unmet - c->goal : 0;
	return rc;
}

/* "，就排得满；" or "，还缺 3 人次；" */
static void say_left(struct choosing *c, uint64_t left)
{
	if (left)
		buf_printf(&c->say, "，还缺 %llu 人次；", (unsigned long long)left);
	else
		buf_str(&c->say, "，就排得满；");
}

/* ---- loans ---- */

struct lender {
	uint64_t room;
	uint32_t person;
};

static int compare_lenders(const void *a, const void *b)
{
	const struct lender *x = a, *y = b;

	if (x->room != y->room)
		return x->room < y->room ? 1 : -1;
	return (x->person > y->person) - (x->person < y->person);
}

/* May not go to all of the counties yet, and is of a grade that is short. */
static bool may_help(const struct choosing *c, const struct plan_person *p)
{
	const uint64_t *visits = c->s->visits;
	bool grade = visits[ASSIGN_SHORT_BOTH] ||
		     visits[p->senior ? ASSIGN_SHORT_SENIOR : ASSIGN_SHORT_JUNIOR];

	for (size_t i = 0; i < c->s->counties.count; i++)
		if (!plan_person_in(p, span_of(c->s->counties.at[i])))
			return grade && p->room > 0;
	return false;
}

/* Those with most room first. */
static struct lender *find_lenders(const struct choosing *c, size_t *ret_count)
{
	const struct plan_people *people = c->ask->people;
	struct lender *list = arena_array(c->arena, people->count + 1, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < people->count; i++)
		if (may_help(c, &people->list[i]))
			list[count++] = (struct lender){ people->list[i].room, (uint32_t)i };
	if (count)
		qsort(list, count, sizeof(*list), compare_lenders);
	*ret_count = count;
	return list;
}

static void say_counties(struct choosing *c)
{
	const struct rule_texts *counties = &c->s->counties;

	for (size_t i = 0; i < counties->count && i < NAMES_MOST; i++) {
		struct span name = area_name(span_of(counties->at[i]));
		buf_printf(&c->say, "%s%.*s（%s）", i ? "、" : "", (int)name.len, name.at,
			   counties->at[i]);
	}
	if (counties->count > NAMES_MOST)
		buf_str(&c->say, " 等");
}

static void say_loans(struct choosing *c, const bool *lent, uint64_t left)
{
	const struct plan_people *people = c->ask->people;
	size_t told = 0;

	for (size_t i = 0; i < people->count; i++) {
		const struct plan_person *p = &people->list[i];
		if (lent[i])
			buf_printf(&c->say, "%s%.*s（%.*s）", told++ ? "、" : "借调",
				   (int)p->name.len, p->name.at, (int)p->id.len, p->id.at);
	}
	if (told == 0)
		return;
	buf_str(&c->say, "：在他们的“管辖片区”里加上");
	say_counties(c);
	say_left(c, left);
}

static int try_loans(struct choosing *c)
{
	size_t count;
	const struct lender *lenders = find_lenders(c, &count);
	bool *lent = arena_array(c->arena, c->ask->people->count + 1, sizeof(*lent));
	uint64_t left = c->s->unmet;

	for (size_t i = 0; i < count && i < LOANS_TRIED && left > 0; i++) {
		uint64_t now;
		lent[lenders[i].person] = true;
		TRY(unmet_with(c, (struct plan_staff_change){ .lent = lent, .to = &c->s->counties },
			       &now));
		lent[lenders[i].person] = now < left;
		left = now < left ? now : left;
	}
	say_loans(c, lent, left);
	return OK;
}

static int try_everywhere(struct choosing *c)
{
	uint64_t left;

	TRY(unmet_with(c, (struct plan_staff_change){ .everywhere = true }, &left));
	if (left == c->base)
		return OK;
	buf_str(&c->say, "全部人员统一调配（各县区都能去）");
	say_left(c, left);
	return OK;
}

/* ---- searching for the least that suffices ---- */

/* Sets *ret to what is short with `n` of something. */
typedef int trying(struct choosing *c, uint64_t n, uint64_t *ret);

/* `most` suffices; the least that does. What is short never rises with n. */
static int least(struct choosing *c, trying *try, uint64_t most, uint64_t *ret)
{
	uint64_t low = 0, high = most;

	while (high - low > 1) {
		uint64_t middle = low + (high - low) / 2, left;
		TRY(try(c, middle, &left));
		if (left)
			low = middle;
		else
			high = middle;
	}
	*ret = high;
	return OK;
}

/* ---- an extension ---- */

static int try_days(struct choosing *c, uint64_t days, uint64_t *ret)
{
	struct plan_scene scene = *c->ask->scene;
	struct plan_notes notes; /* what it would warn of is told already */
	struct plan_people people;

	plan_notes_init(&notes, c->arena);
	scene.notes = &notes;
	TRY(plan_people_read(&scene, c->ask->period, (int64_t)days, &people));
	plan_recusals_release(&people.recusals);
	return unmet_with(c, (struct plan_staff_change){ .people = &people }, ret);
}

static int try_extension(struct choosing *c)
{
	const struct plan_scene *s = c->ask->scene;
	char period[PLAN_SPAN_TEXT];
	uint64_t left, days;

	plan_span_text(c->ask->period, period);
	int64_t more = (int64_t)s->set.milestones.extension_days -
		       plan_extension_days(s, period, "visits");
	if (more <= 0)
		return OK;
	days = (uint64_t)more;
	TRY(try_days(c, days, &left));
	if (left == c->base)
		return OK;
	if (left == 0)
		TRY(least(c, try_days, days, &days));
	buf_printf(&c->say, "检查延期 %llu 天（%s 还可延 %lld 天）", (unsigned long long)days,
		   period, (long long)more);
	say_left(c, left);
	return OK;
}

/* ---- limits ---- */

static int try_limit(struct choosing *c, uint64_t limit, uint64_t *ret)
{
	return unmet_with(c, (struct plan_staff_change){ .limit = (uint32_t)limit }, ret);
}

static int try_limits(struct choosing *c)
{
	const struct plan_people *people = c->ask->people;
	uint64_t left, limit = NO_LIMIT;
	bool bound = false;

	for (size_t i = 0; i < people->count; i++)
		bound |= people->list[i].limit < people->list[i].day_room;
	if (!bound)
		return OK;
	TRY(try_limit(c, limit, &left));
	if (left == c->base)
		return OK;
	if (left) {
		buf_str(&c->say, "不设每人上限");
	} else {
		TRY(least(c, try_limit, limit, &limit));
		buf_printf(&c->say, "把低于 %llu 的每人上限提高到 %llu", (unsigned long long)limit,
			   (unsigned long long)limit);
	}
	say_left(c, left);
	return OK;
}

/* ---- the relaxation ---- */

static int try_second(struct choosing *c)
{
	uint64_t left;
	bool declared = c->ask->scene->set.relax & RULE_RELAX_SECOND;

	TRY(unmet_with(c, (struct plan_staff_change){ .second = true }, &left));
	if (left == c->base)
		return OK;
	buf_str(&c->say, declared ? "规则集已声明放宽到只要一名“老”（second），抽签时会用上"
				  : "在规则集里声明放宽到只要一名“老”（relax 里写 second）");
	say_left(c, left);
	return OK;
}

/* ---- fewer visits ---- */

/* Takes n off the works that are short, from those with most visits that are. */
static const uint64_t *take_off(const struct choosing *c, uint64_t n)
{
	size_t count = c->ask->work_count;
	uint64_t *fewer = arena_array(c->arena, count + 1, sizeof(*fewer));

	while (n > 0) {
		size_t best = count;
		for (size_t i = 0; i < count; i++)
			if (fewer[i] == 0 && c->s->marked[i] &&
			    (best == count || c->s->marked[i] > c->s->marked[best]))
				best = i;
		if (best == count)
			break;
		fewer[best] = n < c->s->marked[best] ? n : c->s->marked[best];
		n -= fewer[best];
	}
	return fewer;
}

static int try_fewer(struct choosing *c, uint64_t n, uint64_t *ret)
{
	return unmet_with(c, (struct plan_staff_change){ .fewer = take_off(c, n) }, ret);
}

/* "（竞秀区 3 家、满城区 1 家": each county once, though its visits are of several specialities. */
static void say_fewer(struct choosing *c, const uint64_t *fewer)
{
	size_t told = 0;

	for (size_t i = 0; i < c->ask->work_count && told < NAMES_MOST; i++) {
		const char *county = c->ask->works[i].county;
		uint64_t n = 0;
		bool first = fewer[i] > 0;
		for (size_t k = 0; first && k < c->ask->work_count; k++) {
			if (strcmp(c->ask->works[k].county, county) != 0)
				continue;
			first = k >= i || fewer[k] == 0;
			n += fewer[k];
		}
		struct span name = area_name(span_of(county));
		if (first)
			buf_printf(&c->say, "%s%.*s %llu 家", told++ ? "、" : "（", (int)name.len,
				   name.at, (unsigned long long)n);
	}
}

static int try_visits(struct choosing *c)
{
	uint64_t all = 0, n;

	for (size_t i = 0; i < c->ask->work_count; i++)
		all += c->s->marked[i];
	TRY(least(c, try_fewer, all, &n));
	const uint64_t *fewer = take_off(c, n);
	buf_printf(&c->say, "少查 %llu 家", (unsigned long long)n);
	say_fewer(c, fewer);
	buf_str(&c->say, "，按文件免除，或与上级商定比例）");
	say_left(c, 0);
	return OK;
}

int plan_staff_choices(const struct plan_staff_ask *ask, const char *most,
		       const struct plan_staff_short *s, uint64_t base, struct region *r,
		       const char **ret)
{
	struct choosing c = { .ask = ask,
			      .most = most,
			      .s = s,
			      .base = base,
			      .goal = base - s->unmet,
			      .region = r,
			      .arena = ask->scene->notes->arena };

	buf_init(&c.say, TEXT_MOST);
	int rc = try_loans(&c);
	if (rc == OK)
		rc = try_visits(&c);
	c.goal = 0;
	if (rc == OK)
		rc = try_everywhere(&c);
	if (rc == OK)
		rc = try_extension(&c);
	if (rc == OK)
		rc = try_limits(&c);
	if (rc == OK)
		rc = try_second(&c);
	if (rc == OK) {
		*ret = arena_printf(c.arena, "%s回避没有计入，几样可以一起用。", buf_text(&c.say));
	}
	buf_release(&c.say);
	return rc;
}
