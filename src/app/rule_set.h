#ifndef APP_RULE_SET_H
#define APP_RULE_SET_H
/*
 * app/rule_set.h — the law's ratios as data: what a rules/NAME.json holds once it was read
 * (app/rule_set_read.h). Nothing here is computed from a registry; the planner does that.
 *
 * Texts are NUL-terminated UTF-8 in the arena of the reader and NULL when not given. Days are days since
 * 1970-01-01 as clock_parse_day gives them; a side that is open is RULE_NO_START or RULE_NO_END.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RULE_NO_START INT64_MIN
#define RULE_NO_END INT64_MAX

/* Limits of a rule set, checked when it is read. */
enum {
	RULE_MOST = 200,         /* rules in a set */
	RULE_LIST_MOST = 400,    /* items of any other list */
	RULE_TEXT_MOST = 600,    /* bytes of a text; notes and titles too */
	RULE_MISTAKES_MOST = 50, /* told at once */
	RULE_FILE_MOST = 1 << 20 /* bytes of the file */
};

struct rule_texts {
	const char *const *at;
	size_t count;
};

/* ---- words ---- */

/* Special is a flag over key or general (spec/draw.md 6): a site may fit two of them. */
enum rule_class { RULE_KEY = 1, RULE_GENERAL = 2, RULE_SPECIAL = 4 };

enum rule_period { RULE_MONTH, RULE_QUARTER, RULE_HALF, RULE_YEAR };

/* City or county bureau: whose rule set it is. */
enum rule_level { RULE_CITY, RULE_COUNTY };

/* Kinds of visits, as bits: what a rule asks for, what counts toward its number, what counts toward the cap. */
enum rule_visit {
	RULE_VISIT_DAILY = 1,     /* 日常: drawn at random */
	RULE_VISIT_CAMPAIGN = 2,  /* 专项 */
	RULE_VISIT_TARGETED = 4,  /* 个案: complaint, transfer, data alarm; never drawn */
	RULE_VISIT_RECHECK = 8,   /* 复查 */
	RULE_VISIT_OFFSITE = 16,  /* 非现场 */
	RULE_VISIT_JOINT = 32,    /* 联合 with others; it is a daily or a campaign visit too */
	RULE_VISIT_BUSINESS = 64, /* 业务科室 checks */
	RULE_VISITS_ALL = 127
};

/* ---- one rule ---- */

/*
 * Which sites. An empty list restricts nothing; a site fits when every list that is not empty has a value
 * that fits. Values are compared with the registry's cells: choices by their ASCII value, words as they stand.
 */
struct rule_who {
	unsigned classes;          /* enum rule_class bits; 0: any. One that fits is enough */
	struct rule_texts kinds;   /* object kinds, e.g. project */
	struct rule_texts matters; /* codes of the matter list that apply to the site */
	struct rule_texts permits; /* permit classes: major, simple, registered */
	struct rule_texts source_types;
	struct rule_texts
		industries; /* GB/T 4754 codes; a shorter one is every code that begins with it */
	struct rule_texts levels;    /* 管控级别, e.g. national, A类 */
	struct rule_texts key_kinds; /* 重点单位类别, e.g. water */
	struct rule_texts counties;  /* six digits */
	struct rule_texts credits;   /* environmental credit, A to E */
};

enum rule_basis_kind {
	RULE_UNSET, /* the document names no number that we know: nothing can be planned until one is set */
	RULE_PERCENT,       /* a/b of what `of` says, 0 < a <= b */
	RULE_PER_INSPECTOR, /* a/b visits for each counted inspector */
	RULE_NUMBER,        /* a (b = 1) */
	RULE_ALL            /* everybody in the population */
};

/* What a percentage is of. */
enum rule_of {
	RULE_OF_POPULATION, /* the sites of `who` within the area of the drawing body */
	RULE_OF_CITY, /* the sites of `who` in the whole city, also when a county draws (市级总数) */
	RULE_OF_DRAWN, /* all daily visits of the period (日常任务) */
	RULE_OF_RULE   /* the visits that the rule named in `rule` requires in the same period */
};

struct rule_basis {
	enum rule_basis_kind kind;
	enum rule_of of;  /* RULE_PERCENT only */
	const char *rule; /* RULE_OF_RULE only: id of another rule of the set */
	uint64_t a, b;    /* in lowest terms; both up to 1,000,000; b >= 1 */
};

/* What the number counts. */
enum rule_unit {
	RULE_UNIT_VISITS, /* 家次 */
	RULE_UNIT_ACTIONS /* 次: draws (a joint action is one, however many sites it visits) */
};

enum rule_rounding { RULE_UP, RULE_DOWN, RULE_NEAREST };

enum rule_repeat_policy {
	RULE_INDEPENDENT,    /* anyone may be drawn again in a later period */
	RULE_ONCE_A_YEAR,    /* never twice in a year */
	RULE_AFTER_COVERAGE, /* again only when everybody was drawn in this year */
	RULE_ROTATION        /* everybody `visits` times a year (spec/draw.md 6) */
};

struct rule_repeat {
	enum rule_repeat_policy policy;
	uint32_t visits; /* RULE_ROTATION: c, 1 to 12; else 0 */
};

/* Conditions on an inspector, bits. */
enum rule_head {
	RULE_HEAD_MARKED =
		1, /* 标为双随机执法人员, i.e. in the registry and no expert or assistant */
	RULE_HEAD_STAFF = 2,     /* 在编 */
	RULE_HEAD_DUTY = 4,      /* 在岗 */
	RULE_HEAD_ACCEPTS = 8,   /* 可接受任务 */
	RULE_HEAD_CERTIFIED = 16 /* has a certificate that is valid on the counting day */
};

/* Who is counted for RULE_PER_INSPECTOR: everybody who meets all conditions on the named day. */
struct rule_heads {
	unsigned conditions; /* enum rule_head bits; never 0 after reading */
	const char *on; /* "MM-DD" of the plan's year, or "YYYY-MM-DD"; NULL: the day of planning */
	bool keeps; /* later leavers never lower the number, those who join within the year raise it */
};

struct rule {
	const char *id;    /* unique in the set: 1-64 bytes of [0-9A-Za-z._-] */
	const char *title; /* e.g. 重点排污单位 */
	struct rule_who who;
	enum rule_visit visit; /* what it asks for: one bit; RULE_VISIT_DAILY is a draw */
	enum rule_unit unit;
	struct rule_basis basis;
	bool has_other;
	struct rule_basis other; /* has_other: meeting either basis is enough (1:5 或 20%) */
	enum rule_period period;
	enum rule_rounding rounding;
	uint32_t minimum; /* at least so many when the population is not empty; 0: none */
	struct rule_repeat repeat;
	struct rule_heads heads;
	unsigned
		counts; /* enum rule_visit bits: a visit with one of them counts as done for this rule */
	const char *document, *number, *article; /* 文件名, 文号, 条款; document NULL: the set's */
	int64_t from, to;                        /* within the set's; RULE_NO_START / RULE_NO_END */
	const char *note;
	bool unconfirmed; /* the number is a setting that no text at hand confirms; note says where to look */
};

/* ---- the rest of the set ---- */

/* dr1's team rule. classes 0: the general one, always teams[0]; else for sites that fit one of the bits. */
struct rule_team {
	unsigned classes; /* RULE_SPECIAL goes before RULE_KEY and RULE_GENERAL when both fit */
	uint32_t need, min_senior, min_junior;
};

enum rule_relax { RULE_RELAX_ROTATION = 1, RULE_RELAX_SECOND = 2, RULE_RELAX_LIMIT = 4 };

/* Why a visit is made, bits; for exemptions. */
enum rule_trigger {
	RULE_TRIGGER_COMPLAINT = 1, /* 投诉举报 */
	RULE_TRIGGER_TRANSFER = 2,  /* 转办交办 */
	RULE_TRIGGER_ALARM = 4,     /* 数据监测 */
	RULE_TRIGGER_OFFSITE = 8,   /* 非现场检查发现的线索 */
	RULE_TRIGGER_REQUEST = 16,  /* 企业申请 */
	RULE_TRIGGER_URGENT = 32,   /* 紧急 */
	RULE_TRIGGER_ORDERED = 64   /* 上级部署 */
};

/* A visit is exempt when it fits all that is given here. */
struct rule_exemption {
	const char *id;
	unsigned visits;           /* enum rule_visit bits; 0: any */
	unsigned triggers;         /* enum rule_trigger bits; 0: any */
	struct rule_texts credits; /* the site's grade is one of them; empty: any */
	bool special;              /* only special sites */
	const char *document, *number, *article, *note;
};

/* Another number for sites of these credit grades. */
struct rule_cap_grade {
	struct rule_texts credits;
	uint32_t visits;
};

enum rule_cap_per { RULE_CAP_FIRM, RULE_CAP_SITE };

struct rule_cap {
	bool given;            /* false: no cap, all else is empty */
	uint32_t visits;       /* a year, at most; 0: the number is not set yet (unconfirmed) */
	enum rule_cap_per per; /* a firm (by code, else by name) or each site */
	unsigned counts;       /* enum rule_visit bits that count */
	const struct rule_cap_grade *grades;
	size_t grade_count;
	const struct rule_exemption *exemptions;
	size_t exemption_count;
	const char *document, *number, *article, *note;
	bool unconfirmed;
};

struct rule_milestones {
	uint32_t draw_by; /* day of the period's first month, 1 to 31; 0: none */
	uint32_t complete
		[12]; /* cumulative percent of the period's visits done by the end of its 1st, 2nd... month */
	size_t complete_count;   /* 0: none; else the months of the period it was written for */
	uint32_t extension_days; /* an approver may extend a visit by so many; 0: no extension */
	uint32_t
		reveal_days; /* from a period's end to the day when its draw is revealed at the latest; 0: 15 */
};

struct rule_deadline {
	uint32_t days; /* 0: none */
	bool working;  /* working days (app/calendar.h), else calendar days */
};

struct rule_deadlines {
	struct rule_deadline visit;   /* from dispatch to the end of the visit */
	struct rule_deadline publish; /* from the end of the visit to publication */
	struct rule_deadline answer;  /* 督办: a branch answers the city */
};

/* What is published, bits. */
enum rule_public {
	RULE_PUBLIC_PLAN = 1,       /* 工作方案、抽查计划 */
	RULE_PUBLIC_REGISTRIES = 2, /* 两库名单 */
	RULE_PUBLIC_MATTERS = 4,    /* 随机抽查事项清单 */
	RULE_PUBLIC_RESULTS = 8     /* 抽查结果 */
};

struct rule_publication {
	unsigned what; /* enum rule_public bits */
	bool results_period_given;
	enum rule_period results;  /* how often results come out, if results_period_given */
	const char *registries_by; /* "MM-DD", NULL: no day */
	bool secret;               /* the drawn list stays secret until the visit */
};

/* The 2025 chain: approval before, notice at the visit. */
struct rule_approval {
	bool before;       /* the head approves each visit before it */
	bool urgent_after; /* in urgent cases afterwards */
	bool notice;       /* 行政检查通知书 at every visit */
	bool published_matters_only;
	const char *document, *number, *article;
};

struct rule_set {
	const char *id;    /* 1-64 bytes of [0-9A-Za-z._-] */
	const char *title; /* e.g. 保定市2021年污染源双随机抽查 */
	const char *body;  /* issuing body */
	enum rule_level level;
	const char *document, *number, *source; /* title, 文号, where it was read */
	int64_t from, to;
	const char *note;
	const struct rule_team *teams; /* teams[0] is the general one */
	size_t team_count;
	uint32_t senior_years; /* S from so many full years on */
	uint32_t limit;        /* new visits of an inspector in a period at most; 0: none */
	uint32_t bundle;       /* dr1's bundle; 0: none */
	unsigned relax;        /* enum rule_relax bits */
	bool by_county;        /* strata by county, else one for the whole area */
	uint32_t
		few_teams; /* warn when a visit has fewer feasible teams (spec/draw.md 4.5); 0: never */
	struct rule_cap cap;
	struct rule_milestones milestones;
	struct rule_deadlines deadlines;
	struct rule_publication publication;
	struct rule_approval approval;
	struct rule_texts special_criteria; /* what makes a site special; sentences */
	const struct rule *rules;
	size_t rule_count;
};

/* ---- small questions ---- */

/* 12, 4, 2 or 1. */
MUST_USE uint32_t rule_periods_a_year(enum rule_period period);

/* 每月, 每季度, 每半年, 每年. */
MUST_USE const char *rule_period_words(enum rule_period period);

/* The rule of that id; NULL if there is none. */
MUST_USE const struct rule *rule_set_find(const struct rule_set *set, const char *id);

/* The set is in force on that day. */
MUST_USE bool rule_set_on(const struct rule_set *set, int64_t day);

/* The rule and its set are in force on that day. */
MUST_USE bool rule_on(const struct rule_set *set, const struct rule *rule, int64_t day);

/* Its own document, else the set's; NULL if neither has one. */
MUST_USE const char *rule_document(const struct rule_set *set, const struct rule *rule);

/*
 * What a basis asks of `whole`: sites for RULE_PERCENT and RULE_ALL, counted inspectors for
 * RULE_PER_INSPECTOR; ignored by RULE_NUMBER. 0 for RULE_UNSET. Rounded as the rule says, once; not more
 * than 2^53. The rule's minimum is not applied.
 */
MUST_USE uint64_t rule_amount(const struct rule *rule, const struct rule_basis *basis,
			      uint64_t whole);

/* The counting day of `heads` in that year; NONE if it is the day of planning. `on` was checked by the reader. */
MUST_USE int rule_heads_day(const struct rule_heads *heads, uint32_t year, int64_t *ret);

/* The team rule for a site of these classes (enum rule_class bits). */
MUST_USE const struct rule_team *rule_set_team(const struct rule_set *set, unsigned classes);

/* The cap for a site of that credit grade ("" if it has none); 0 if the number is not set or there is no cap. */
MUST_USE uint32_t rule_cap_visits(const struct rule_cap *cap, const char *credit);

/* Is a visit of these kinds, triggers, and a site of this grade exempt? The exemption's index in *ret. */
struct rule_visit_facts {
	unsigned visits, triggers; /* bits */
	const char *credit;        /* "" if it has none */
	bool special;
};
MUST_USE bool rule_cap_exempt(const struct rule_cap *cap, const struct rule_visit_facts *facts,
			      size_t *ret);

#endif
