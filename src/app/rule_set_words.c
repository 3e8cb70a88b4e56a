/* app/rule_set_words.c — sentences about one rule. The rest of a set is in rule_set_words_more.c. */
#include "app/rule_set_words.h"

#include "app/registry.h"
#include "app/rule_set_lists.h"
#include "app/rule_set_words_inside.h"
#include "base/buf.h"
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

void rule_bits_words(const struct rule_word *list, unsigned bits, struct buf *out)
{
	bool any = false;

	for (; list->word; list++)
		if (bits & list->value) {
			buf_printf(out, "%s%s", any ? "、" : "", list->says);
			any = true;
		}
}

const char *rule_word_says(const struct rule_word *list, unsigned value)
{
	for (; list->word; list++)
		if (list->value == value)
			return list->says;
	return "";
}

void rule_document_words(const char *document, const char *number, const char *article,
			 struct buf *out)
{
	if (!document && !number) {
		buf_str(out, "没有写依据的文件");
		return;
	}
	buf_str(out, "依据");
	if (document)
		buf_printf(out, "《%s》", document);
	if (number)
		buf_printf(out, document ? "（%s）" : "%s", number);
	buf_str(out, article ? article : "");
}

/* How a word of a registry's choice is shown; itself if the field has no such choice. */
static void add_shown(struct buf *out, enum site_field field, const char *value)
{
	uint32_t count;
	struct span words =
		field_words(&registry_fields(REGISTRY_SITES, &count)[field], span_of(value));

	buf_add(out, words.at, words.len);
}

static void add_texts(struct buf *out, const char *title, const struct rule_texts *texts, int field)
{
	if (!texts->count)
		return;
	buf_printf(out, "%s%s", out->len ? "，" : "", title);
	for (size_t i = 0; i < texts->count; i++) {
		buf_str(out, i ? "、" : " ");
		if (field >= 0)
			add_shown(out, (enum site_field)field, texts->at[i]);
		else
			buf_str(out, texts->at[i]);
	}
}

/* Whom the rule speaks of, e.g. "重点排污单位（县区 130602）". */
static void who_words(const struct rule_who *who, struct buf *out)
{
	CLEANUP(buf_release) struct buf more;

	buf_init(&more, 1 << 16);
	add_texts(&more, "对象类型", &who->kinds, SITE_KIND);
	add_texts(&more, "抽查事项", &who->matters, -1);
	add_texts(&more, "许可管理类别", &who->permits, SITE_PERMIT_CLASS);
	add_texts(&more, "污染源类型", &who->source_types, -1);
	add_texts(&more, "行业", &who->industries, -1);
	add_texts(&more, "管控级别", &who->levels, SITE_LEVEL);
	add_texts(&more, "重点单位类别", &who->key_kinds, SITE_KEY_CATEGORIES);
	add_texts(&more, "县区", &who->counties, -1);
	add_texts(&more, "信用等级", &who->credits, -1);
	if (who->classes)
		rule_bits_words(rule_class_words, who->classes, out);
	else
		buf_str(out, "检查对象");
	if (more.len)
		buf_printf(out, "（%s）", buf_text(&more));
}

/* n / 10^4 without trailing zeros. */
static void add_decimal(struct buf *out, uint64_t n)
{
	char text[40];

	snprintf(text, sizeof(text), "%llu.%04u", (unsigned long long)(n / 10000),
		 (unsigned)(n % 10000));
	size_t len = strlen(text);
	while (text[len - 1] == '0')
		text[--len] = 0;
	if (text[len - 1] == '.')
		text[--len] = 0;
	buf_str(out, text);
}

void rule_basis_words(const struct rule_basis *b, struct buf *out)
{
	switch (b->kind) {
	case RULE_PERCENT:
		add_decimal(out, b->a * 1000000 / b->b);
		buf_char(out, '%');
		return;
	case RULE_PER_INSPECTOR:
		if (b->a >= b->b || b->a != 1) {
			buf_str(out, "每名执法人员 ");
			if (b->a * 10000 % b->b == 0)
				add_decimal(out, b->a * 10000 / b->b);
			else
				buf_printf(out, "%llu/%llu", (unsigned long long)b->a,
					   (unsigned long long)b->b);
			buf_str(out, " 家");
			return;
		}
		buf_printf(out, "每 %llu 名执法人员 1 家", (unsigned long long)b->b);
		return;
	case RULE_NUMBER:
		buf_printf(out, "%llu", (unsigned long long)b->a);
		return;
	case RULE_ALL:
		buf_str(out, "全部");
		return;
	case RULE_UNSET:
		buf_str(out, "（数待填）");
		return;
	}
}

/* "至少 10%" with what it is a percentage of. */
static void add_amount(const struct rule_set *set, const struct rule *rule,
		       const struct rule_basis *b, struct buf *out)
{
	const struct rule *other = b->rule ? rule_set_find(set, b->rule) : NULL;

	if (b->of == RULE_OF_CITY)
		buf_str(out, "全市总数的 ");
	else if (b->of == RULE_OF_DRAWN)
		buf_str(out, "日常任务的 ");
	else if (other)
		buf_printf(out, "“%s”应抽数的 ", other->title);
	rule_basis_words(b, out);
	if (b->kind == RULE_NUMBER)
		buf_printf(out, " %s", rule_word_says(rule_unit_words, rule->unit));
}

static void add_heads(const struct rule_heads *heads, struct buf *out)
{
	buf_str(out, "；人数按");
	if (!heads->on)
		buf_str(out, "排计划当天");
	else if (strlen(heads->on) == 5)
		buf_printf(out, "当年 %s ", heads->on);
	else
		buf_printf(out, " %s ", heads->on);
	rule_bits_words(rule_head_words, heads->conditions, out);
	buf_str(out, "的人数计");
	if (heads->keeps)
		buf_str(out, "，以后离开的不减、当年新来的加");
}

static void add_repeat(const struct rule *rule, struct buf *out)
{
	if (rule->repeat.policy == RULE_ROTATION)
		buf_printf(out, "；轮查，一年每家 %u 次", (unsigned)rule->repeat.visits);
	else
		buf_printf(out, "；%s", rule_word_says(rule_policy_words, rule->repeat.policy));
}

static void add_days(const struct rule *rule, struct buf *out)
{
	char text[CLOCK_DAY];

	if (rule->from == RULE_NO_START && rule->to == RULE_NO_END)
		return;
	buf_str(out, "；有效期");
	if (rule->from != RULE_NO_START) {
		clock_day(rule->from * 86400000, text);
		buf_printf(out, "自 %s ", text);
	}
	if (rule->to == RULE_NO_END) {
		buf_str(out, "起");
		return;
	}
	clock_day(rule->to * 86400000, text);
	buf_printf(out, "至 %s", text);
}

/* What stands between 抽查 and the amount. */
static const char *before_amount(const struct rule_basis *b)
{
	if (b->kind == RULE_PER_INSPECTOR)
		return "：";
	return b->of == RULE_OF_POPULATION && (b->kind == RULE_PERCENT || b->kind == RULE_NUMBER)
		       ? " "
		       : "";
}

static bool has_heads(const struct rule *rule)
{
	return rule->basis.kind == RULE_PER_INSPECTOR ||
	       (rule->has_other && rule->other.kind == RULE_PER_INSPECTOR);
}

void rule_sentence(const struct rule_set *set, const struct rule *rule, struct buf *out)
{
	buf_printf(out, "%s：对", rule->title);
	who_words(&rule->who, out);
	buf_printf(out, "，%s至少%s%s", rule_period_words(rule->period),
		   rule->visit == RULE_VISIT_DAILY ? "抽查"
						   : rule_word_says(rule_visit_words, rule->visit),
		   before_amount(&rule->basis));
	add_amount(set, rule, &rule->basis, out);
	if (rule->has_other) {
		buf_str(out, "，或者 ");
		add_amount(set, rule, &rule->other, out);
		buf_str(out, "（满足一种即可）");
	}
	if (rule->basis.kind == RULE_PERCENT || rule->basis.b > 1)
		buf_printf(out, "，除不尽时%s",
			   rule_word_says(rule_rounding_words, rule->rounding));
	if (has_heads(rule))
		add_heads(&rule->heads, out);
	if (rule->visit == RULE_VISIT_DAILY)
		add_repeat(rule, out);
	if (rule->counts != (unsigned)rule->visit) {
		buf_str(out, "；算完成的检查：");
		rule_bits_words(rule_visit_words, rule->counts, out);
	}
	add_days(rule, out);
	buf_str(out, "。");
	rule_document_words(rule_document(set, rule), rule->document ? rule->number : set->number,
			    rule->article, out);
	buf_str(out, "。");
	if (rule->unconfirmed)
		buf_str(out, "【数字待核】");
	buf_str(out, rule->note ? rule->note : "");
}
