/* app/plan_capacity.c — the sums that people compare; app/plan_staff.h has the exact answer for the period. */
#include "app/plan_capacity.h"

#include "app/import_area.h"
#include "base/buf.h"

#include <string.h>

enum { NAMES_MOST = 10 };

void plan_capacity_init(struct plan_capacity *c, const struct plan_scene *s)
{
	struct arena *a = s->notes->arena;

	*c = (struct plan_capacity){ .scene = s };
	c->skills = arena_array(a, PLAN_SKILLS_MOST, sizeof(*c->skills));
}

struct span plan_skill_of(const struct plan_matters *matters, const struct site *site)
{
	uint32_t found[PLAN_MATTERS_MOST];

	if (site->text[SITE_SKILL].len || matters->count == 0)
		return site->text[SITE_SKILL];
	size_t count = plan_matters_of(matters, site->text[SITE_MATTERS], site->kind, found);
	for (size_t i = 0; i < count; i++)
		if (matters->list[found[i]].skill.len)
			return matters->list[found[i]].skill;
	return SPAN("");
}

void plan_capacity_add(struct plan_capacity *c, const struct plan_scanned *s)
{
	struct arena *a = c->scene->notes->arena;
	struct span skill = plan_skill_of(&c->scene->matters, s->site);
	struct span county = s->site->text[SITE_COUNTY];
	size_t i = 0;

	if (skill.len == 0 || s->asks == 0)
		return;
	while (i < c->skill_count && !(span_equal(span_of(c->skills[i].skill), skill) &&
				       span_equal(span_of(c->skills[i].county), county)))
		i++;
	if (i == PLAN_SKILLS_MOST)
		return;
	if (i == c->skill_count) {
		c->skills[i] = (struct plan_skill){ arena_mem(a, county.at, county.len),
						    arena_mem(a, skill.at, skill.len), 0 };
		c->skill_count++;
	}
	c->skills[i].sites++;
}

/* ---- needs ---- */

static void sum_needs(struct plan_capacity *c, const struct plan_draw *d)
{
	const struct cover *cover = &d->cover;

	for (size_t i = 0; i < cover->strata_count; i++) {
		const struct rule_team *team = &c->scene->set.teams[cover->strata[i].team];
		uint64_t visits = cover->strata[i].usual;
		c->all.visits += visits;
		c->all.places += visits * team->need;
		c->all.seniors_needed += visits * team->min_senior;
	}
}

static void sum_room(struct plan_capacity *c, const struct plan_people *people)
{
	for (size_t i = 0; i < people->count; i++) {
		const struct plan_person *p = &people->list[i];
		c->all.people++;
		c->all.room += p->room;
		c->all.year_room += p->year_room;
		c->all.seniors += p->senior;
		c->all.senior_room += p->senior ? p->room : 0;
	}
}

/* ---- clashes ---- */

static bool somebody_can(const struct plan_people *people, const struct plan_skill *skill)
{
	for (size_t i = 0; i < people->count; i++) {
		const struct plan_person *p = &people->list[i];
		if (p->senior && plan_person_in(p, span_of(skill->county)) &&
		    plan_person_can(p, span_of(skill->skill)))
			return true;
	}
	return false;
}

static void check_skills(struct plan_capacity *c, const struct plan_people *people,
			 struct plan_clashes *clashes)
{
	struct arena *a = clashes->arena;

	for (size_t i = 0; i < c->skill_count; i++) {
		const struct plan_skill *s = &c->skills[i];
		struct span name = area_name(span_of(s->county));
		if (somebody_can(people, s))
			continue;
		plan_clash_add(
			clashes,
			&(struct plan_clash){
				.kind = CLASH_SKILL,
				.text = arena_printf(
					a,
					"%.*s有 %llu 家要“%s”专业的主办人，没有一名能派的“老”"
					"执法人员有这个专业",
					(int)name.len, name.at, (unsigned long long)s->sites,
					s->skill),
				.choices =
					"借调有这个专业的人员；登记人员的专业；"
					"请专家协助并改由别的专业主办（改单位或事项的专业要求）。",
				.which = CLASH_PLACE,
				.county = s->county,
				.skill = s->skill,
				.sites = s->sites,
			});
	}
}

static void check_certificates(const struct plan_people *people, const struct plan_span *period,
			       struct plan_clashes *clashes)
{
	struct arena *a = clashes->arena;
	CLEANUP(buf_release) struct buf names;
	uint64_t found = 0;
	char day[PLAN_DAY_TEXT];

	buf_init(&names, 4000);
	for (size_t i = 0; i < people->count; i++) {
		const struct plan_person *p = &people->list[i];
		if (p->certified_to_end || found++ >= NAMES_MOST)
			continue;
		plan_day_text(p->until, day);
		buf_printf(&names, "%s%.*s（%.*s，%s）", names.len ? "、" : "", (int)p->name.len,
			   p->name.at, (int)p->id.len, p->id.at, day);
	}
	if (found == 0)
		return;
	plan_day_text(period->to, day);
	plan_clash_add(
		clashes,
		&(struct plan_clash){
			.kind = CLASH_CERTIFICATE,
			.text = arena_printf(a, "%llu 人的执法证在期末 %s 之前到期：%s%s",
					     (unsigned long long)found, day, buf_text(&names),
					     found > NAMES_MOST ? " 等" : ""),
			.choices = "尽快续证并更新名录；或请他们在到期之前完成检查；"
				   "到期后还没完成的，按病假办法换人。",
		});
}

/* Who is not counted at all, because nobody looked at a date. */
static void check_expired(const struct plan_people *people, struct plan_clashes *clashes)
{
	struct arena *a = clashes->arena;
	CLEANUP(buf_release) struct buf names;
	uint64_t found = 0;

	buf_init(&names, 4000);
	for (size_t i = 0; i < people->absent_count; i++) {
		const struct plan_absent *p = &people->absent[i];
		if (!plan_reason_expired(p->reason) || found++ >= NAMES_MOST)
			continue;
		buf_printf(&names, "%s%s（%s，%s）", names.len ? "、" : "", p->name, p->id,
			   p->reason);
	}
	if (found == 0)
		return;
	plan_clash_add(
		clashes,
		&(struct plan_clash){
			.kind = CLASH_CERTIFICATE,
			.text = arena_printf(a, "%llu 人执法证已经过期，没有算进能派的人：%s%s",
					     (unsigned long long)found, buf_text(&names),
					     found > NAMES_MOST ? " 等" : ""),
			.choices = "续了证的，在名录里更新有效期；不再执法的，在名录里"
				   "改为不在岗或登记离开。",
		});
}

void plan_capacity_end(struct plan_capacity *c, const struct plan_draw *d,
		       const struct plan_people *people, struct plan_clashes *clashes)
{
	sum_needs(c, d);
	sum_room(c, people);
	check_skills(c, people, clashes);
	check_certificates(people, &d->asks.period, clashes);
	check_expired(people, clashes);
}

void plan_capacity_year(const struct plan_capacity *c, uint64_t places,
			struct plan_clashes *clashes)
{
	if (places <= c->all.year_room || c->unmet)
		return;
	plan_clash_add(
		clashes,
		&(struct plan_clash){
			.kind = CLASH_CAPACITY,
			.text = arena_printf(
				clashes->arena,
				"到年底还要 %llu 人次；能派 %llu 人，按剩余工作日、每人工作量和上限最多 "
				"%llu 人次",
				(unsigned long long)places, (unsigned long long)c->all.people,
				(unsigned long long)c->all.year_room),
			.choices = "借调人员；提高每人上限或工作量；与上级商定比例；"
				   "把后几期的检查提前。",
		});
}
