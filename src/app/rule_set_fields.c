/* app/rule_set_fields.c — the tables. docs/rule-sets.md and rules/schema.json follow them. */
#include "app/rule_set_fields.h"

#include "app/rule_set_patterns.h"

#define AT(member) .offset = offsetof(STRUCT, member)
#define BESIDE(member) .beside = offsetof(STRUCT, member)
#define TEXT(name, member, words)                                                                  \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_TEXT, AT(member)                    \
	}
#define FLAG(name, member, words)                                                                  \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_FLAG, AT(member)                    \
	}
#define COUNTED(name, member, words, least, most)                                                  \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_COUNT, AT(member), .min = least,    \
		.max = most                                                                        \
	}
#define TEXTS(name, member, words)                                                                 \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_TEXTS, AT(member),                  \
		.max = RULE_LIST_MOST                                                              \
	}
#define BITS(name, member, words, choices)                                                         \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_BITS, AT(member), .list = choices   \
	}
#define CHOICE(name, member, words, choices)                                                       \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_CHOICE, AT(member), .list = choices \
	}
#define SHAPE(text, rows, type)                                                                    \
	{                                                                                          \
		.says = text, .fields = rows, .count = COUNT(rows), .size = sizeof(type)           \
	}

#define STRUCT struct rule_who
static const struct rule_field who_fields[] = {
	BITS("classes", classes, "监管类别；不写：都算", rule_class_words),
	{ .key = "counties",
	  .says = "县区代码",
	  .kind = RULE_FIELD_TEXTS,
	  AT(counties),
	  .max = RULE_LIST_MOST,
	  .pattern = &rule_county_pattern },
	{ .key = "credits",
	  .says = "环境信用等级",
	  .kind = RULE_FIELD_TEXTS,
	  AT(credits),
	  .max = 5,
	  .list = rule_credit_words },
	{ .key = "industries",
	  .says = "行业代码",
	  .kind = RULE_FIELD_TEXTS,
	  AT(industries),
	  .max = RULE_LIST_MOST,
	  .pattern = &rule_industry_pattern },
	TEXTS("key_kinds", key_kinds, "重点单位类别"),
	TEXTS("kinds", kinds, "对象类型"),
	TEXTS("levels", levels, "监管级别，如 国控"),
	TEXTS("matters", matters, "抽查事项编号"),
	{ .key = "permits",
	  .says = "排污许可管理类别",
	  .kind = RULE_FIELD_TEXTS,
	  AT(permits),
	  .max = 3,
	  .list = rule_permit_words },
	TEXTS("source_types", source_types, "污染源类型"),
};
#undef STRUCT
static const struct rule_shape who_shape =
	SHAPE("对哪些对象；每一项不写就是不限", who_fields, struct rule_who);

#define BASIS(name, words, becomes)                                                                \
	{                                                                                          \
		.key = name, .says = words, .kind = RULE_FIELD_BASIS, .value = becomes             \
	}
#define STRUCT struct rule_basis
static const struct rule_field basis_fields[] = {
	BASIS("all", "全部都查（写 true）", RULE_ALL),
	BASIS("number", "固定的数量", RULE_NUMBER),
	CHOICE("of", of, "百分比以什么为基数；不写：population", rule_of_words),
	BASIS("per_inspector", "每名计数的执法人员查多少家：整数，或写成 \"5/2\"",
	      RULE_PER_INSPECTOR),
	BASIS("percent", "百分比：整数，或带引号的小数，如 \"12.5\"", RULE_PERCENT),
	{ .key = "rule",
	  .says = "of 为 rule 时：那条规则的编号",
	  .kind = RULE_FIELD_TEXT,
	  AT(rule),
	  .pattern = &rule_id_pattern },
	BASIS("unset", "文件没有给出数字，或没有查到（写 true）；填上之前不能排计划", RULE_UNSET),
};
#undef STRUCT
static const char *const basis_keys[] = {
	"percent", "per_inspector", "number", "all", "unset", NULL
};
static const struct rule_shape basis_shape = {
	.says = "抽多少；percent、per_inspector、number、all、unset 必须写其中一个",
	.fields = basis_fields,
	.count = COUNT(basis_fields),
	.size = sizeof(struct rule_basis),
	.one_of = basis_keys,
};

#define STRUCT struct rule_repeat
static const struct rule_field repeat_fields[] = {
	{ .key = "policy",
	  .says = "能不能重复抽到",
	  .kind = RULE_FIELD_CHOICE,
	  AT(policy),
	  .list = rule_policy_words,
	  .required = true },
	COUNTED("visits", visits, "轮查时：一年每家几次", 1, 12),
};
#undef STRUCT
static const struct rule_shape repeat_shape =
	SHAPE("重复抽取；不写：每期独立抽取", repeat_fields, struct rule_repeat);

#define STRUCT struct rule_heads
static const struct rule_field heads_fields[] = {
	{ .key = "conditions",
	  .says = "算哪些人：要全部符合；不写：双随机执法人员",
	  .kind = RULE_FIELD_BITS,
	  AT(conditions),
	  .list = rule_head_words,
	  .value = RULE_HEAD_MARKED },
	FLAG("keeps", keeps, "以后离开的不减、当年新来的加"),
	{ .key = "on",
	  .says = "以哪一天为准；不写：排计划的那天",
	  .kind = RULE_FIELD_TEXT,
	  AT(on),
	  .pattern = &rule_count_day_pattern },
};
#undef STRUCT
static const struct rule_shape heads_shape =
	SHAPE("按执法人员数定数时，怎么数人", heads_fields, struct rule_heads);

#define STRUCT struct rule
static const struct rule_field rule_fields[] = {
	TEXT("article", article, "条款"),
	{ .key = "basis",
	  .says = "抽多少",
	  .kind = RULE_FIELD_OBJECT,
	  AT(basis),
	  .shape = &basis_shape,
	  .required = true },
	BITS("counts", counts, "哪些检查算完成这一条；不写：同 visit", rule_visit_words),
	TEXT("document", document, "依据的文件；不写：同规则集"),
	{ .key = "from", .says = "生效日；不写：同规则集", .kind = RULE_FIELD_FROM, AT(from) },
	{ .key = "heads",
	  .says = "怎么数执法人员",
	  .kind = RULE_FIELD_OBJECT,
	  AT(heads),
	  .shape = &heads_shape },
	{ .key = "id",
	  .says = "规则编号，规则集内不重复",
	  .kind = RULE_FIELD_TEXT,
	  AT(id),
	  .pattern = &rule_id_pattern,
	  .required = true },
	{ .key = "minimum",
	  .says = "有单位时至少抽多少；不写：1",
	  .kind = RULE_FIELD_COUNT,
	  AT(minimum),
	  .max = 1000000,
	  .value = 1 },
	TEXT("note", note, "说明"),
	TEXT("number", number, "文号"),
	{ .key = "or",
	  .says = "另一种算法：两种满足一种即可",
	  .kind = RULE_FIELD_OBJECT,
	  AT(other),
	  BESIDE(has_other),
	  .flagged = true,
	  .shape = &basis_shape },
	{ .key = "period",
	  .says = "周期",
	  .kind = RULE_FIELD_CHOICE,
	  AT(period),
	  .list = rule_periods_words,
	  .required = true,
	  .value = RULE_MONTH },
	{ .key = "repeat",
	  .says = "能不能重复抽到",
	  .kind = RULE_FIELD_OBJECT,
	  AT(repeat),
	  .shape = &repeat_shape },
	CHOICE("rounding", rounding, "除不尽时；不写：进位", rule_rounding_words),
	{ .key = "title",
	  .says = "名称，如 重点排污单位",
	  .kind = RULE_FIELD_TEXT,
	  AT(title),
	  .required = true },
	{ .key = "to", .says = "失效日；不写：同规则集", .kind = RULE_FIELD_TO, AT(to) },
	FLAG("unconfirmed", unconfirmed, "数字还没有文件证实，启用前要核"),
	CHOICE("unit", unit, "数的是家次还是次；不写：家次", rule_unit_words),
	{ .key = "visit",
	  .says = "哪一种检查；不写：日常",
	  .kind = RULE_FIELD_CHOICE,
	  AT(visit),
	  .list = rule_visit_words,
	  .value = RULE_VISIT_DAILY },
	{ .key = "who",
	  .says = "对哪些对象",
	  .kind = RULE_FIELD_OBJECT,
	  AT(who),
	  .shape = &who_shape },
};
#undef STRUCT
static const struct rule_shape rule_shape = SHAPE("一条规则", rule_fields, struct rule);

#define STRUCT struct rule_team
static const struct rule_field team_fields[] = {
	BITS("classes", classes, "只用于这些类；不写的那一条是通用的", rule_class_words),
	COUNTED("min_junior", min_junior, "至少几名新", 0, 10),
	{ .key = "min_senior",
	  .says = "至少几名老",
	  .kind = RULE_FIELD_COUNT,
	  AT(min_senior),
	  .min = 1,
	  .max = 10,
	  .required = true },
	{ .key = "need",
	  .says = "一组几人，至少 2",
	  .kind = RULE_FIELD_COUNT,
	  AT(need),
	  .min = 2,
	  .max = 10,
	  .required = true },
};
#undef STRUCT
static const struct rule_shape team_shape = SHAPE("检查组", team_fields, struct rule_team);

#define STRUCT struct rule_exemption
static const struct rule_field exemption_fields[] = {
	TEXT("article", article, "条款"),
	{ .key = "credits",
	  .says = "只对这些信用等级",
	  .kind = RULE_FIELD_TEXTS,
	  AT(credits),
	  .max = 5,
	  .list = rule_credit_words },
	TEXT("document", document, "依据的文件"),
	{ .key = "id",
	  .says = "编号，不重复",
	  .kind = RULE_FIELD_TEXT,
	  AT(id),
	  .pattern = &rule_id_pattern,
	  .required = true },
	TEXT("note", note, "说明"),
	TEXT("number", number, "文号"),
	FLAG("special", special, "只对特殊监管对象"),
	BITS("triggers", triggers, "因为什么去查；不写：不限", rule_trigger_words),
	BITS("visits", visits, "哪些检查；不写：不限", rule_visit_words),
};
#undef STRUCT
static const struct rule_shape exemption_shape =
	SHAPE("不占次数上限的情形：写了的条件要全部符合", exemption_fields, struct rule_exemption);

#define STRUCT struct rule_cap_grade
static const struct rule_field grade_fields[] = {
	{ .key = "credits",
	  .says = "信用等级",
	  .kind = RULE_FIELD_TEXTS,
	  AT(credits),
	  .min = 1,
	  .max = 5,
	  .list = rule_credit_words,
	  .required = true },
	{ .key = "visits",
	  .says = "一年最多几次",
	  .kind = RULE_FIELD_COUNT,
	  AT(visits),
	  .min = 1,
	  .max = 366,
	  .required = true },
};
#undef STRUCT
static const struct rule_shape grade_shape =
	SHAPE("某些信用等级另定的上限", grade_fields, struct rule_cap_grade);

#define STRUCT struct rule_cap
static const struct rule_field cap_fields[] = {
	TEXT("article", article, "条款"),
	{ .key = "counts",
	  .says = "哪些检查占次数；不写：全部",
	  .kind = RULE_FIELD_BITS,
	  AT(counts),
	  .list = rule_visit_words,
	  .value = RULE_VISITS_ALL },
	TEXT("document", document, "依据的文件"),
	{ .key = "exemptions",
	  .says = "不占次数的情形",
	  .kind = RULE_FIELD_LIST,
	  AT(exemptions),
	  BESIDE(exemption_count),
	  .max = 50,
	  .shape = &exemption_shape },
	{ .key = "grades",
	  .says = "按信用等级另定的上限",
	  .kind = RULE_FIELD_LIST,
	  AT(grades),
	  BESIDE(grade_count),
	  .max = 5,
	  .shape = &grade_shape },
	TEXT("note", note, "说明"),
	TEXT("number", number, "文号"),
	CHOICE("per", per, "按什么数；不写：每家企业", rule_per_words),
	FLAG("unconfirmed", unconfirmed, "数字还没有文件证实，启用前要核"),
	COUNTED("visits", visits, "一年最多几次；不写：还没有定", 1, 366),
};
#undef STRUCT
static const struct rule_shape cap_shape = SHAPE("一年的检查次数上限", cap_fields, struct rule_cap);

#define STRUCT struct rule_milestones
static const struct rule_field milestone_fields[] = {
	{ .key = "complete",
	  .says = "期内逐月累计完成的百分比，如 [35, 70, 100]",
	  .kind = RULE_FIELD_PERCENTS,
	  AT(complete),
	  BESIDE(complete_count),
	  .max = 12 },
	COUNTED("draw_by", draw_by, "每期第一个月几日之前抽取", 1, 31),
	COUNTED("extension_days", extension_days, "经批准最多延期几天", 1, 60),
	COUNTED("reveal_days", reveal_days, "期末后几天是最迟揭示日；不写：15", 1, 60),
};
#undef STRUCT
static const struct rule_shape milestone_shape =
	SHAPE("进度", milestone_fields, struct rule_milestones);

#define STRUCT struct rule_deadline
static const struct rule_field deadline_fields[] = {
	{ .key = "days",
	  .says = "几天",
	  .kind = RULE_FIELD_COUNT,
	  AT(days),
	  .min = 1,
	  .max = 366,
	  .required = true },
	FLAG("working", working, "按工作日算"),
};
#undef STRUCT
static const struct rule_shape deadline_shape =
	SHAPE("期限", deadline_fields, struct rule_deadline);

#define DEADLINE(name, words)                                                                      \
	{                                                                                          \
		.key = #name, .says = words, .kind = RULE_FIELD_OBJECT, AT(name),                  \
		.shape = &deadline_shape                                                           \
	}
#define STRUCT struct rule_deadlines
static const struct rule_field deadlines_fields[] = {
	DEADLINE(answer, "督办：县级答复"),
	DEADLINE(publish, "检查结束到公示"),
	DEADLINE(visit, "派发到检查结束"),
};
#undef STRUCT
static const struct rule_shape deadlines_shape =
	SHAPE("各种期限", deadlines_fields, struct rule_deadlines);

#define STRUCT struct rule_publication
static const struct rule_field publication_fields[] = {
	{ .key = "registries_by",
	  .says = "名录每年哪一天之前公布",
	  .kind = RULE_FIELD_TEXT,
	  AT(registries_by),
	  .pattern = &rule_yearly_pattern },
	{ .key = "results",
	  .says = "结果多久公示一次",
	  .kind = RULE_FIELD_CHOICE,
	  AT(results),
	  BESIDE(results_period_given),
	  .flagged = true,
	  .list = rule_periods_words },
	FLAG("secret", secret, "抽到的名单在检查之前保密"),
	BITS("what", what, "公布什么", rule_public_words),
};
#undef STRUCT
static const struct rule_shape publication_shape =
	SHAPE("公示", publication_fields, struct rule_publication);

#define STRUCT struct rule_approval
static const struct rule_field approval_fields[] = {
	TEXT("article", article, "条款"),
	FLAG("before", before, "每次检查事前报批"),
	TEXT("document", document, "依据的文件"),
	FLAG("notice", notice, "每次检查出具通知书"),
	TEXT("number", number, "文号"),
	FLAG("published_matters_only", published_matters_only, "只能检查已公布的事项"),
	FLAG("urgent_after", urgent_after, "紧急时可以事后补批"),
};
#undef STRUCT
static const struct rule_shape approval_shape =
	SHAPE("审批和通知", approval_fields, struct rule_approval);

#define STRUCT struct rule_set
static const struct rule_field set_fields[] = {
	{ .key = "approval",
	  .says = "审批和通知",
	  .kind = RULE_FIELD_OBJECT,
	  AT(approval),
	  .shape = &approval_shape },
	{ .key = "body", .says = "制定机关", .kind = RULE_FIELD_TEXT, AT(body), .required = true },
	COUNTED("bundle", bundle, "最多几家并成一趟", 1, 100),
	FLAG("by_county", by_county, "按县分层"),
	{ .key = "cap",
	  .says = "一年的检查次数上限",
	  .kind = RULE_FIELD_OBJECT,
	  AT(cap),
	  .beside = offsetof(STRUCT, cap) + offsetof(struct rule_cap, given),
	  .flagged = true,
	  .shape = &cap_shape },
	{ .key = "deadlines",
	  .says = "各种期限",
	  .kind = RULE_FIELD_OBJECT,
	  AT(deadlines),
	  .shape = &deadlines_shape },
	TEXT("document", document, "依据的文件"),
	COUNTED("few_teams", few_teams, "可排的检查组少于几个时提醒", 1, 1000000),
	{ .key = "format",
	  .says = "格式名和版本",
	  .kind = RULE_FIELD_CONSTANT,
	  .list = rule_format_words,
	  .required = true },
	{ .key = "from", .says = "生效日", .kind = RULE_FIELD_FROM, AT(from) },
	{ .key = "id",
	  .says = "规则集编号",
	  .kind = RULE_FIELD_TEXT,
	  AT(id),
	  .pattern = &rule_id_pattern,
	  .required = true },
	{ .key = "level",
	  .says = "市级还是县级",
	  .kind = RULE_FIELD_CHOICE,
	  AT(level),
	  .list = rule_level_words,
	  .required = true },
	COUNTED("limit", limit, "每人一期最多新派几趟；不写：不限", 1, 100000),
	{ .key = "milestones",
	  .says = "进度",
	  .kind = RULE_FIELD_OBJECT,
	  AT(milestones),
	  .shape = &milestone_shape },
	TEXT("note", note, "说明"),
	TEXT("number", number, "文号"),
	{ .key = "publication",
	  .says = "公示",
	  .kind = RULE_FIELD_OBJECT,
	  AT(publication),
	  .shape = &publication_shape },
	BITS("relax", relax, "排不出检查组时逐项放宽", rule_relax_words),
	{ .key = "rules",
	  .says = "规则",
	  .kind = RULE_FIELD_LIST,
	  AT(rules),
	  BESIDE(rule_count),
	  .min = 1,
	  .max = RULE_MOST,
	  .shape = &rule_shape,
	  .required = true },
	{ .key = "senior_years",
	  .says = "入岗满几年算老；不写：5",
	  .kind = RULE_FIELD_COUNT,
	  AT(senior_years),
	  .max = 60,
	  .value = 5 },
	TEXT("source", source, "从哪里看到的：网址或档案号"),
	TEXTS("special_criteria", special_criteria, "列入特殊监管对象的情形"),
	{ .key = "teams",
	  .says = "检查组；第一条是通用的",
	  .kind = RULE_FIELD_LIST,
	  AT(teams),
	  BESIDE(team_count),
	  .min = 1,
	  .max = 8,
	  .shape = &team_shape,
	  .required = true },
	{ .key = "title", .says = "名称", .kind = RULE_FIELD_TEXT, AT(title), .required = true },
	{ .key = "to", .says = "失效日", .kind = RULE_FIELD_TO, AT(to) },
};
#undef STRUCT
const struct rule_shape rule_set_shape = SHAPE("抽查规则集", set_fields, struct rule_set);
