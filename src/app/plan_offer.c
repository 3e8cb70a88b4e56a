/* app/plan_offer.c — the same questions as plan_asks_make's, with an answer for each. */
#include "app/plan_offer.h"

#include "app/plan_ask.h"
#include "app/plan_period.h"
#include "app/plan_span.h"
#include "app/rule_set_read.h"
#include "base/buf.h"
#include "base/status.h"
#include "store/plan.h"
#include "store/plan_line.h"

#include <string.h>

enum { NAMES_MOST = 2000, LENGTHS = 4 };

/* How periods of each kind are named, and an example. */
static const struct {
	const char *kind, *words, *form;
} lengths[LENGTHS] = {
	{ "month", "月", "-11" },
	{ "quarter", "季度", "-Q4" },
	{ "half", "半年", "-H2" },
	{ "year", "年", "" },
};

static int check_period(struct arena *a, const struct plan_row *plan,
			const struct plan_version_row *version, const char *period,
			struct plan_span *ret, const char **why)
{
	size_t i = 0;

	while (i + 1 < LENGTHS && strcmp(lengths[i].kind, version->period) != 0)
		i++;
	if (plan_span_parse(period, ret) == OK && ret->year == (uint32_t)plan->year &&
	    strcmp(plan_span_word(ret->kind), version->period) == 0)
		return OK;
	*why = arena_printf(a, "计划 %s 按%s抽取 %lld 年，没有“%s”这一期：时期写成 %lld%s 的样子",
			    plan->id, lengths[i].words, (long long)plan->year, period,
			    (long long)plan->year, lengths[i].form);
	return INVALID;
}

/* "ZX-1、ZX-2", or "没有" */
static const char *pools_of(struct arena *a, const struct plan_line_row *lines, size_t count)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, NAMES_MOST);
	for (size_t i = 0; i < count; i++)
		if (plan_line_alone(&lines[i]))
			buf_printf(&out, "、%s", lines[i].id);
	return arena_str(a, buf_text(&out));
}

static int check_line(struct arena *a, const struct plan_line_row *line,
		      const struct plan_span *period, const char **why)
{
	struct plan_span window;

	if (!plan_line_alone(line))
		*why = arena_printf(
			a, "计划的 %s（%s）随日常一起抽取，没有自己的池：请不写 --pool，抽日常的",
			line->id, line->title);
	else if (!plan_line_window(line, period, &window))
		*why = arena_printf(a, "计划的 %s（%s）在 %s，不在这一期", line->id, line->title,
				    line->period);
	else
		return OK;
	return INVALID;
}

static int check_pool(struct arena *a, const struct plan_span *period, const char *pool,
		      const struct plan_line_row *lines, size_t count, const char **why)
{
	if (strcmp(pool, PLAN_POOL_DAILY) == 0)
		return OK;
	for (size_t i = 0; i < count; i++)
		if (strcmp(lines[i].id, pool) == 0)
			return check_line(a, &lines[i], period, why);
	*why = arena_printf(a, "计划里没有“%s”这一行，可以抽的池是：日常（%s）%s", pool,
			    PLAN_POOL_DAILY, pools_of(a, lines, count));
	return INVALID;
}

static bool is_joint(const struct plan_line_row *lines, size_t count, const char *pool)
{
	for (size_t i = 0; i < count; i++)
		if (plan_line_joint(&lines[i]) && strcmp(lines[i].id, pool) == 0)
			return true;
	return false;
}

/* Days that can still be agreed beyond the period's end so that today lies in them; 0: none. */
static int64_t days_left(struct arena *a, const struct plan_version_row *version, int64_t after,
			 int64_t agreed)
{
	struct plan_notes notes;
	struct rule_set set;

	plan_notes_init(&notes, a);
	if (rule_set_read(version->rules, strlen(version->rules), &notes, &set) != OK)
		return 0;
	int64_t most = set.milestones.extension_days;
	return after > most ? 0 : most - agreed;
}

/* Nothing can be visited any more: what was agreed beyond the period's end is over too. */
static int check_over(struct db *db, struct arena *a, const struct plan_offer *offer,
		      const struct plan_version_row *version, const struct plan_span *span,
		      const char **why)
{
	struct plan_extension_row *list;
	int64_t agreed = 0;
	size_t count;

	TRY(plan_extension_list(db, a, version->plan, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].agreed && strcmp(list[i].period, offer->period) == 0 &&
		    strcmp(list[i].what, "visits") == 0)
			agreed += list[i].days;
	if (offer->day <= span->to + agreed)
		return OK;
	if (days_left(a, version, offer->day - span->to, agreed) <= 0)
		*why = arena_printf(
			a,
			"%s 已经结束，现在抽出来也没有时间检查了，规则集也没有可以延期的"
			"天数（milestones.extension_days），这一期不能再抽：请抽本期的",
			offer->period);
	else
		*why = arena_printf(
			a,
			"%s 已经结束，现在抽出来也没有时间检查了：请抽本期的；还没有抽过、确实要补的，先用 "
			"mingqian plan extend 延长这一期的检查，由负责人批准；抽过而没有查够的，看 mingqian plan check 的办法",
			offer->period);
	return INVALID;
}

int plan_offer_check(struct db *db, struct arena *a, const struct plan_offer *offer,
		     bool *ret_joint, const char **ret_why)
{
	struct plan_row row;
	struct plan_version_row version;
	struct plan_line_row *lines;
	struct plan_span span;
	size_t count;

	TRY(plan_get(db, a, offer->plan, &row));
	TRY(plan_version_approved(db, a, row.key, &version));
	TRY(plan_line_list(db, a, row.key, version.version, &lines, &count));
	TRY(check_period(a, &row, &version, offer->period, &span, ret_why));
	TRY(check_over(db, a, offer, &version, &span, ret_why));
	*ret_joint = is_joint(lines, count, offer->pool);
	return check_pool(a, &span, offer->pool, lines, count, ret_why);
}
