/* app/plan_check_caps.c — what the minimums ask against what the cap and the repeat policy let through. */
#include "app/plan_advice.h"
#include "app/plan_checking.h"
#include "base/buf.h"
#include "base/status.h"

enum { CHOICES_MOST = 4000 };

uint64_t plan_windows_left(const struct plan_ask *ask)
{
	if (!ask->rule)
		return 0;
	return rule_periods_a_year(ask->window.kind) - ask->window.number;
}

/* ---- what would help, tried ---- */

static void say_rotation(const struct plan_check_rule *r, const struct plan_advice *advice,
			 struct buf *say)
{
	const struct rule *rule = r->ask->rule;

	if (!rule)
		return;
	if (rule->repeat.policy == RULE_ROTATION) {
		buf_printf(say, "轮查已经在用（每家每年 %u 次）", rule->repeat.visits);
		if (advice->rotation)
			buf_printf(say, "，改为每家每年 %u 次，试算到年底就满足；",
				   advice->rotation);
		else
			buf_str(say, "，换别的次数也不满足；");
		return;
	}
	if (advice->rotation)
		buf_printf(say, "改为轮查（rotation），每家每年 %u 次，试算到年底就满足；",
			   advice->rotation);
	else
		buf_str(say, "改为轮查（rotation）试算也不满足；");
}

static void say_cap(const struct plan_scene *s, const struct plan_advice *advice, struct buf *say)
{
	if (!s->set.cap.given || s->set.cap.visits == 0)
		return;
	if (advice->cap)
		buf_printf(say, "年度上限由 %u 次提高到 %u 次（要有文件），试算到年底就满足；",
			   s->set.cap.visits, advice->cap);
	else
		buf_printf(say, "年度上限提高到 %u 次试算也不满足；", advice->cap_tried);
	buf_str(say, "或按文件给一部分单位免除上限（例如信用 D、E 级，特殊监管对象，在规则集的 cap "
		     "里写明依据）；");
}

static int choices(const struct plan_checking *c, const struct plan_check_rule *r, size_t i,
		   bool odd, const char **ret)
{
	CLEANUP(buf_release) struct buf say = { 0 };
	struct plan_advice advice;

	TRY(plan_advice_make(c->scene, c->to->draw, i, &advice));
	buf_init(&say, CHOICES_MOST);
	if (odd)
		buf_str(&say,
			"按文件给其中一家免除上限（例如信用 D、E 级的一家）；或在规则集里改取整方式"
			"（要有文件）；");
	say_rotation(r, &advice, &say);
	say_cap(c->scene, &advice, &say);
	buf_str(&say, "用非现场检查代替（规则写明计入）；核对名录里的停产、搬迁；与上级商定比例。");
	*ret = arena_str(c->scene->notes->arena, buf_text(&say));
	return OK;
}

static int tell_missing(struct plan_checking *c, const struct plan_check_rule *r, size_t i)
{
	struct arena *a = c->scene->notes->arena;
	const struct cover_sum *sum = &c->to->draw->cover.sums[i];
	struct plan_clash clash = { .kind = CLASH_MINIMUM,
				    .stops = true,
				    .rules = r->id,
				    .which = CLASH_CAPPED,
				    .asks = (uint64_t)1 << i,
				    .sites = r->ask->capped };

	clash.text =
		arena_printf(a,
			     "“%s”本期至少 %llu 家，能抽的只有 %llu 家：%llu 家已到年度上限或正在"
			     "另一次抽查中，%llu 家按重复规则轮不到，还缺 %llu 家",
			     r->title, (unsigned long long)r->need, (unsigned long long)sum->room,
			     (unsigned long long)sum->held, (unsigned long long)sum->turned,
			     (unsigned long long)r->missing);
	TRY(choices(c, r, i, false, &clash.choices));
	plan_clash_add(&c->to->clashes, &clash);
	return OK;
}

/* Too few members to say more. */
static void tell_hidden(struct plan_checking *c, const struct plan_check_rule *r)
{
	plan_clash_add(&c->to->clashes,
		       &(struct plan_clash){ .kind = CLASH_MINIMUM,
					     .stops = true,
					     .rules = r->id,
					     .text = arena_printf(c->scene->notes->arena,
								  "“%s”不到 %d 家，本期抽不满",
								  r->title, PLAN_FEW),
					     .choices = "放宽范围，或等检查任务都做完再抽。" });
}

/* Would it fit if the year's visits were not rounded up in every window? */
static bool only_odd(const struct plan_ask *ask, uint64_t windows, uint64_t room)
{
	const struct rule *r = ask->rule;

	if (!r || r->basis.kind != RULE_PERCENT || r->has_other || ask->times != 1 || windows == 0)
		return false;
	unsigned __int128 exact = (unsigned __int128)ask->members * r->basis.a * windows;
	return exact % r->basis.b != 0 || ask->members * r->basis.a % r->basis.b != 0
		       ? exact / r->basis.b <= room + ask->done + ask->pending
		       : false;
}

static int tell_cap(struct plan_checking *c, const struct plan_check_rule *r, size_t i)
{
	struct arena *a = c->scene->notes->arena;
	bool odd = only_odd(r->ask, plan_windows_left(r->ask) + 1, r->year_room);
	struct plan_clash clash = { .kind = odd ? CLASH_ODD : CLASH_CAP,
				    .rules = arena_printf(a, "%s,cap", r->id),
				    .which = CLASH_MEMBERS,
				    .asks = (uint64_t)1 << i,
				    .sites = r->members };

	clash.text = arena_printf(
		a,
		"“%s”到年底还要 %llu 家次，年度上限只放得下 %llu 家次（在册 %llu 家，"
		"其中 %llu 家已到上限%s）%s",
		r->title, (unsigned long long)r->year_left, (unsigned long long)r->year_room,
		(unsigned long long)r->members, (unsigned long long)r->ask->capped,
		c->scene->set.cap.per == RULE_CAP_FIRM ? "；同一企业的几处合用一个上限" : "",
		odd ? "：家数除不尽，每期向上取整多出来的" : "");
	TRY(choices(c, r, i, odd, &clash.choices));
	plan_clash_add(&c->to->clashes, &clash);
	return OK;
}

/* The sums would fit, but a period to come has too few that may be drawn. */
static int tell_later(struct plan_checking *c, const struct plan_check_rule *r, size_t i)
{
	struct arena *a = c->scene->notes->arena;
	struct plan_clash clash = { .kind = CLASH_LATER,
				    .rules = r->id,
				    .which = CLASH_MEMBERS,
				    .asks = (uint64_t)1 << i,
				    .sites = r->members };

	clash.text = arena_printf(a, "照现在的名录和规则推算，以后有做不到的一期：%s",
				  c->to->project.why[i]);
	TRY(choices(c, r, i, false, &clash.choices));
	plan_clash_add(&c->to->clashes, &clash);
	return OK;
}

int plan_check_caps(struct plan_checking *c, const struct plan_check_rule *r, size_t i)
{
	if (r->missing && r->hidden) {
		tell_hidden(c, r);
		return OK;
	}
	if (r->missing)
		return tell_missing(c, r, i);
	if (r->hidden)
		return OK;
	if (c->scene->set.cap.given && r->year_left > r->year_room)
		return tell_cap(c, r, i);
	return c->to->project.missing[i] ? tell_later(c, r, i) : OK;
}
