/* app/rule_set_lists.c — the words; docs/rule-sets.md lists them. */
#include "app/rule_set_lists.h"

#include "app/rule_set.h"

const struct rule_word rule_class_words[] = {
	{ "key", RULE_KEY, "重点排污单位" },
	{ "general", RULE_GENERAL, "一般排污单位" },
	{ "special", RULE_SPECIAL, "特殊监管对象" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_visit_words[] = {
	{ "daily", RULE_VISIT_DAILY, "日常检查" },
	{ "campaign", RULE_VISIT_CAMPAIGN, "专项检查" },
	{ "targeted", RULE_VISIT_TARGETED, "个案检查" },
	{ "recheck", RULE_VISIT_RECHECK, "复查" },
	{ "offsite", RULE_VISIT_OFFSITE, "非现场检查" },
	{ "joint", RULE_VISIT_JOINT, "联合检查" },
	{ "business", RULE_VISIT_BUSINESS, "业务科室检查" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_trigger_words[] = {
	{ "complaint", RULE_TRIGGER_COMPLAINT, "投诉举报" },
	{ "transfer", RULE_TRIGGER_TRANSFER, "转办交办" },
	{ "alarm", RULE_TRIGGER_ALARM, "数据监测发现问题" },
	{ "offsite", RULE_TRIGGER_OFFSITE, "非现场检查发现线索" },
	{ "request", RULE_TRIGGER_REQUEST, "企业申请" },
	{ "urgent", RULE_TRIGGER_URGENT, "紧急情况" },
	{ "ordered", RULE_TRIGGER_ORDERED, "上级部署" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_head_words[] = {
	{ "marked", RULE_HEAD_MARKED, "双随机执法人员" },
	{ "staff", RULE_HEAD_STAFF, "在编" },
	{ "duty", RULE_HEAD_DUTY, "在岗" },
	{ "accepts", RULE_HEAD_ACCEPTS, "可接受任务" },
	{ "certified", RULE_HEAD_CERTIFIED, "执法证有效" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_public_words[] = {
	{ "plan", RULE_PUBLIC_PLAN, "抽查方案和计划" },
	{ "registries", RULE_PUBLIC_REGISTRIES, "“两库”名单" },
	{ "matters", RULE_PUBLIC_MATTERS, "随机抽查事项清单" },
	{ "results", RULE_PUBLIC_RESULTS, "抽查结果" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_relax_words[] = {
	{ "rotation", RULE_RELAX_ROTATION, "“轮换”原因的回避不计" },
	{ "second", RULE_RELAX_SECOND, "只要一名老" },
	{ "limit", RULE_RELAX_LIMIT, "各人上限加 1" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_permit_words[] = {
	{ "major", 0, "重点管理" },
	{ "simple", 1, "简化管理" },
	{ "registered", 2, "登记管理" },
	{ NULL, 0, NULL },
};

const struct rule_word rule_credit_words[] = {
	{ "A", 0, "A" }, { "B", 1, "B" }, { "C", 2, "C" },
	{ "D", 3, "D" }, { "E", 4, "E" }, { NULL, 0, NULL },
};

const struct rule_word rule_format_words[] = { { "mingqian-rules-1", 0, "" }, { NULL, 0, NULL } };
const struct rule_word rule_level_words[] = {
	{ "city", RULE_CITY, "市级" },
	{ "county", RULE_COUNTY, "县级" },
	{ NULL, 0, NULL },
};
const struct rule_word rule_periods_words[] = {
	{ "month", RULE_MONTH, "每月" },
	{ "quarter", RULE_QUARTER, "每季度" },
	{ "half", RULE_HALF, "每半年" },
	{ "year", RULE_YEAR, "每年" },
	{ NULL, 0, NULL },
};
const struct rule_word rule_of_words[] = {
	{ "population", RULE_OF_POPULATION, "抽签机关范围内的这类单位" },
	{ "city", RULE_OF_CITY, "全市的这类单位" },
	{ "drawn", RULE_OF_DRAWN, "本期日常任务" },
	{ "rule", RULE_OF_RULE, "另一条规则的应抽数" },
	{ NULL, 0, NULL },
};
const struct rule_word rule_unit_words[] = {
	{ "visits", RULE_UNIT_VISITS, "家次" },
	{ "actions", RULE_UNIT_ACTIONS, "次" },
	{ NULL, 0, NULL },
};
const struct rule_word rule_rounding_words[] = {
	{ "up", RULE_UP, "进位" },
	{ "down", RULE_DOWN, "舍去" },
	{ "nearest", RULE_NEAREST, "四舍五入" },
	{ NULL, 0, NULL },
};
const struct rule_word rule_policy_words[] = {
	{ "independent", RULE_INDEPENDENT, "每期独立抽取" },
	{ "once-a-year", RULE_ONCE_A_YEAR, "一年内不重复" },
	{ "after-coverage", RULE_AFTER_COVERAGE, "全部抽过一遍才重复" },
	{ "rotation", RULE_ROTATION, "轮查" },
	{ NULL, 0, NULL },
};
const struct rule_word rule_per_words[] = {
	{ "firm", RULE_CAP_FIRM, "每家企业" },
	{ "site", RULE_CAP_SITE, "每个检查对象" },
	{ NULL, 0, NULL },
};
