/* app/plan_check_lost.c — a number that no draw of the daily pool can reach any more, and the ways that are left. */
#include "app/plan_checking.h"

#include "base/buf.h"

enum { CHOICES_MOST = 4000 };

/* The plan's last period in the rule's window: only its draw is asked for all that is missing. */
static const char *last_period(const struct plan_checking *c, const struct plan_check_rule *r)
{
	const struct plan_span last = plan_span_at(c->scene->kind, r->ask->window.to);
	char text[PLAN_SPAN_TEXT];

	plan_span_text(&last, text);
	return arena_str(c->scene->notes->arena, text);
}

/*
 * One live draw for each pool and period (spec/draw.md 5.2): only a pool of its own can still add to a period. Its line
 * is for the rule's whole window: what was visited or waits in it counts for its target too, and it draws the others
 * first.
 */
static void say_line(const struct plan_checking *c, const struct plan_check_rule *r,
		     struct buf *say)
{
	char window[PLAN_SPAN_TEXT];

	plan_span_text(&r->ask->window, window);
	if (!(r->ask->counts & RULE_VISIT_CAMPAIGN))
		buf_printf(say,
			   "规则集里“%s”现在不计专项，要补的先在这条规则的 counts 里加上 "
			   "campaign（写明依据）；",
			   r->title);
	buf_printf(
		say,
		"日常池这一期只能抽一次，补抽另设一项：在计划项目里加一项专项（期次 %s，范围同这条"
		"规则，目标 %llu 家，已查、待查的算在内），再编一版计划、批准，用 draw prepare %s %s "
		"--pool 编号 抽取。",
		window, (unsigned long long)r->want, c->scene->plan.id, last_period(c, r));
}

static const char *choices(const struct plan_checking *c, const struct plan_check_rule *r,
			   bool ended)
{
	CLEANUP(buf_release) struct buf say;
	const struct rule_milestones *m = &c->scene->set.milestones;

	buf_init(&say, CHOICES_MOST);
	buf_str(&say, "向上级报告原因；");
	if (ended && m->extension_days == 0) {
		buf_str(&say,
			"规则集没有写可以延期（milestones.extension_days 是 0），这一期补不了。");
	} else {
		if (ended)
			buf_printf(&say,
				   "确实要补的，先用 plan extend 延长 %s 的检查（最多 %u 天），"
				   "由另一人批准；",
				   last_period(c, r), m->extension_days);
		if (r->left)
			say_line(c, r, &say);
		else
			buf_str(&say, "在延长的期限里查完。");
	}
	return arena_str(c->scene->notes->arena, buf_text(&say));
}

void plan_check_undone(struct plan_checking *c, const struct plan_check_rule *r)
{
	struct arena *a = c->scene->notes->arena;
	char window[PLAN_SPAN_TEXT];

	if (r->hidden || (r->left == 0 && r->pending == 0) || r->ask->window.to >= c->scene->day)
		return;
	plan_span_text(&r->ask->window, window);
	const char *owed = r->left ? arena_printf(a, "欠 %llu 家", (unsigned long long)r->left)
				   : "待查的过了期限还没有查";
	plan_clash_add(&c->to->clashes,
		       &(struct plan_clash){
			       .kind = CLASH_GAP,
			       .rules = r->id,
			       .text = arena_printf(a,
						    "“%s”%s 至少 %llu 家，已查 %llu 家、待查 %llu "
						    "家，%s，这一期已经结束",
						    r->title, window, (unsigned long long)r->want,
						    (unsigned long long)r->done,
						    (unsigned long long)r->pending, owed),
			       .choices = choices(c, r, true),
		       });
}

void plan_check_lost(struct plan_checking *c, const struct plan_check_rule *r)
{
	struct arena *a = c->scene->notes->arena;
	char window[PLAN_SPAN_TEXT];

	if (!r->ask->drawn || r->ask->left > 0 || r->left == 0 || r->hidden)
		return;
	plan_span_text(&r->ask->window, window);
	plan_clash_add(&c->to->clashes,
		       &(struct plan_clash){
			       .kind = CLASH_GAP,
			       .rules = r->id,
			       .text = arena_printf(
				       a,
				       "“%s”%s 至少 %llu 家，已查 %llu 家、待查 %llu 家，还差 "
				       "%llu 家：抽中的有没有查成就终结了的，日常池在这一周期里"
				       "没有下一次抽取了",
				       r->title, window, (unsigned long long)r->want,
				       (unsigned long long)r->done, (unsigned long long)r->pending,
				       (unsigned long long)r->left),
			       .choices = choices(c, r, false),
		       });
}
