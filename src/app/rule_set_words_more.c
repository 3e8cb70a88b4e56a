/* app/rule_set_words_more.c — sentences about what holds for all rules of a set. */
#include "app/rule_set_words.h"

#include "app/rule_set_lists.h"
#include "app/rule_set_words_inside.h"
#include "base/buf.h"

#include <string.h>

static void add_team(const struct rule_team *t, bool first, struct buf *out)
{
	buf_str(out, "检查组");
	if (!first) {
		buf_str(out, "（");
		rule_bits_words(rule_class_words, t->classes, out);
		buf_str(out, "）");
	}
	buf_printf(out, "：%u 人，至少 %u 名老", (unsigned)t->need, (unsigned)t->min_senior);
	if (t->min_junior)
		buf_printf(out, "、%u 名新", (unsigned)t->min_junior);
	buf_str(out, "。\n");
}

static void add_texts(const struct rule_texts *texts, struct buf *out)
{
	for (size_t i = 0; i < texts->count; i++)
		buf_printf(out, "%s%s", i ? "、" : "", texts->at[i]);
}

static void add_exemption(const struct rule_exemption *e, struct buf *out)
{
	buf_str(out, "不占次数：");
	if (e->visits) {
		rule_bits_words(rule_visit_words, e->visits, out);
		buf_str(out, "；");
	}
	if (e->triggers) {
		buf_str(out, "因");
		rule_bits_words(rule_trigger_words, e->triggers, out);
		buf_str(out, "；");
	}
	if (e->credits.count) {
		buf_str(out, "信用等级 ");
		add_texts(&e->credits, out);
		buf_str(out, "；");
	}
	if (e->special)
		buf_str(out, "特殊监管对象；");
	rule_document_words(e->document, e->number, e->article, out);
	buf_printf(out, "。%s\n", e->note ? e->note : "");
}

static void add_cap(const struct rule_cap *cap, struct buf *out)
{
	if (!cap->given) {
		buf_str(out, "没有年度次数上限。\n");
		return;
	}
	buf_printf(out, "次数上限：%s一年", rule_word_says(rule_per_words, cap->per));
	if (cap->visits)
		buf_printf(out, "最多 %u 次", (unsigned)cap->visits);
	else
		buf_str(out, "最多几次待填");
	for (size_t i = 0; i < cap->grade_count; i++) {
		buf_str(out, "，信用等级 ");
		add_texts(&cap->grades[i].credits, out);
		buf_printf(out, " 的 %u 次", (unsigned)cap->grades[i].visits);
	}
	buf_str(out, "；占次数的：");
	rule_bits_words(rule_visit_words, cap->counts, out);
	buf_str(out, "。");
	rule_document_words(cap->document, cap->number, cap->article, out);
	buf_printf(out, "。%s%s\n", cap->unconfirmed ? "【数字待核】" : "",
		   cap->note ? cap->note : "");
	for (size_t i = 0; i < cap->exemption_count; i++)
		add_exemption(&cap->exemptions[i], out);
}

static void add_milestones(const struct rule_milestones *m, struct buf *out)
{
	if (m->draw_by)
		buf_printf(out, "每期第一个月 %u 日之前抽取。\n", (unsigned)m->draw_by);
	if (m->complete_count) {
		buf_str(out, "期内逐月累计完成：");
		for (size_t i = 0; i < m->complete_count; i++)
			buf_printf(out, "%s%u%%", i ? "、" : "", (unsigned)m->complete[i]);
		buf_str(out, "。\n");
	}
	if (m->extension_days)
		buf_printf(out, "经批准最多延期 %u 天。\n", (unsigned)m->extension_days);
	if (m->reveal_days)
		buf_printf(out, "期末后 %u 天是最迟揭示日，延期不改。\n", (unsigned)m->reveal_days);
}

static void add_deadline(const char *what, const struct rule_deadline *d, struct buf *out)
{
	if (d->days)
		buf_printf(out, "%s：%u 个%s之内。\n", what, (unsigned)d->days,
			   d->working ? "工作日" : "自然日");
}

static void add_publication(const struct rule_publication *p, struct buf *out)
{
	if (p->what) {
		buf_str(out, "公布：");
		rule_bits_words(rule_public_words, p->what, out);
		buf_str(out, "。\n");
	}
	if (p->results_period_given)
		buf_printf(out, "抽查结果%s公示一次。\n", rule_period_words(p->results));
	if (p->registries_by)
		buf_printf(out, "名录每年 %s 之前公布。\n", p->registries_by);
	if (p->secret)
		buf_str(out, "抽到的名单在检查之前保密。\n");
}

static void add_approval(const struct rule_approval *a, struct buf *out)
{
	if (!a->before && !a->notice && !a->published_matters_only)
		return;
	buf_str(out, "检查要求：");
	if (a->before)
		buf_printf(out, "事前报批%s；", a->urgent_after ? "（紧急时事后补批）" : "");
	if (a->notice)
		buf_str(out, "出具检查通知书；");
	if (a->published_matters_only)
		buf_str(out, "只查已公布的事项；");
	rule_document_words(a->document, a->number, a->article, out);
	buf_str(out, "。\n");
}

static void add_teams(const struct rule_set *set, struct buf *out)
{
	for (size_t i = 0; i < set->team_count; i++)
		add_team(&set->teams[i], i == 0, out);
	buf_printf(out, "入岗满 %u 年算老。", (unsigned)set->senior_years);
	if (set->limit)
		buf_printf(out, "每人一期最多 %u 趟。", (unsigned)set->limit);
	if (set->bundle)
		buf_printf(out, "最多 %u 家并成一趟。", (unsigned)set->bundle);
	if (set->relax) {
		buf_str(out, "排不出检查组时依次放宽：");
		rule_bits_words(rule_relax_words, set->relax, out);
		buf_str(out, "。");
	}
	if (set->few_teams)
		buf_printf(out, "可排的检查组少于 %u 个时提醒。", (unsigned)set->few_teams);
	buf_str(out, set->by_county ? "按县分层。\n" : "不按县分层。\n");
}

void rule_set_sentences(const struct rule_set *set, struct buf *out)
{
	add_teams(set, out);
	add_cap(&set->cap, out);
	add_milestones(&set->milestones, out);
	add_deadline("派发到检查结束", &set->deadlines.visit, out);
	add_deadline("检查结束到公示", &set->deadlines.publish, out);
	add_deadline("督办答复", &set->deadlines.answer, out);
	add_publication(&set->publication, out);
	add_approval(&set->approval, out);
	for (size_t i = 0; i < set->special_criteria.count; i++)
		buf_printf(out, "列入特殊监管对象：%s。\n", set->special_criteria.at[i]);
}
