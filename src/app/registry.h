#ifndef APP_REGISTRY_H
#define APP_REGISTRY_H
/*
 * app/registry.h — the four canonical registries, sites.tsv, inspectors.tsv, matters.tsv and recusals.tsv:
 * their columns as one table each (import, demo, plan and help all read it), and how to read and write them.
 *
 * A canonical file is UTF-8, LF, columns separated by one TAB. Line 1 holds the ASCII field names of
 * the table in its order; rows follow sorted bytewise by id (spec/draw.md 1: 1-64 bytes of
 * [0-9A-Za-z._:-]), each id once. Empty trailing columns are left out, so a row may be shorter.
 * Values are those of enum field_kind below: whoever writes a row writes them in that form.
 */
#include "base/cleanup.h"
#include "core/mem.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;

enum registry {
	REGISTRY_SITES,
	REGISTRY_INSPECTORS,
	REGISTRY_MATTERS,
	REGISTRY_RECUSALS, /* who must stay away from which site, with the time and source of it */
	REGISTRIES
};

/* What a cell of a canonical file holds. Every kind may be empty unless the field is required. */
enum field_kind {
	FIELD_ID,   /* 1-64 bytes of [0-9A-Za-z._:-] */
	FIELD_TEXT, /* any text without control characters */
	FIELD_CODE, /* 统一社会信用代码, upper case; its check digit may be wrong (a warning) */
	FIELD_PERMIT,   /* 排污许可证编号, upper case */
	FIELD_COUNTY,   /* six digits, GB/T 2260 */
	FIELD_COUNTIES, /* several, joined by ',' */
	FIELD_TOWNSHIP, /* nine digits or its name */
	FIELD_DAY,      /* YYYY-MM-DD */
	FIELD_PERIODS,  /* YYYY-MM-DD/YYYY-MM-DD joined by ',' */
	FIELD_DEGREE_E, /* longitude in 1e-7 degree, decimal integer, may be negative */
	FIELD_DEGREE_N, /* latitude likewise */
	FIELD_CHOICE,   /* one of the field's choices, its ASCII value */
	FIELD_FLAG,     /* 1 or 0 */
	FIELD_COUNT,    /* 0 to 9999999 */
	FIELD_INDUSTRY, /* GB/T 4754 code such as C2614, or the industry's name */
	FIELD_WORDS,    /* words joined by ',' */
	FIELD_CHOICES,  /* some of the field's choices, in the order of the table, joined by ',' */
	FIELD_RATIO,    /* a/b, 0 < a <= b < 2^31: 1/20 */
	FIELD_RECUSALS /* `target=kind` joined by ','; target is a site id, a firm's code or its name */
};

/* One value of a FIELD_CHOICE or FIELD_CHOICES and the words that mean it, joined by '|'; the first is shown. */
struct field_choice {
	const char *value, *words;
};

struct field {
	const char *name;     /* ASCII, in line 1 */
	const char *header;   /* Chinese, as we write it in workbooks */
	const char *synonyms; /* other headers that mean it, joined by '|' */
	enum field_kind kind;
	uint16_t max;  /* most bytes */
	bool required; /* a row without it is quarantined */
	const struct field_choice *choices;
	const char *absent; /* canonical value of an empty cell; NULL: stays empty */
	bool lenient; /* a value that cannot be read is left empty with a warning; else quarantine */
	bool open;    /* may stand in what is published of a registry's changes */
};

enum site_field {
	SITE_ID,
	SITE_NAME,
	SITE_FIRM, /* the company, where it is not the site's own name */
	SITE_CODE,
	SITE_PERMIT,
	SITE_PERMIT_CLASS, /* major 重点, simple 简化, registered 登记 */
	SITE_PERMIT_UNTIL,
	SITE_COUNTY,
	SITE_TOWNSHIP,
	SITE_ADDRESS,
	SITE_LONGITUDE,
	SITE_LATITUDE,
	SITE_INDUSTRY,
	SITE_SOURCE_TYPES,
	SITE_CLASS,   /* key 重点, general 一般 */
	SITE_SPECIAL, /* 特殊监管对象: a dated flag over the class */
	SITE_SPECIAL_REASON,
	SITE_SPECIAL_FROM,
	SITE_SPECIAL_TO,
	SITE_STATE, /* live 在产 is the only one that may be drawn; see enum site_state */
	SITE_KIND,  /* object kind 对象类型, enum object_kind; empty: 排污单位 */
	SITE_SKILL, /* required speciality of the lead; one word */
	SITE_ONLINE,
	SITE_CREDIT, /* environmental credit A to E */
	SITE_NOTE,
	SITE_VISITS, /* random visits of this year before the period, for rotation (spec/draw.md 6) */
	SITE_LEVEL,          /* national 国控, province 省控, city 市控, county 县控 */
	SITE_KEY_CATEGORIES, /* of the list of key units: water, groundwater, air, noise, soil, risk */
	SITE_SPECIAL_ORIGIN,  /* document or channel that made it special */
	SITE_SPECIAL_ENTERED, /* the day on which that was entered */
	SITE_PROJECTS,        /* construction projects at the site */
	SITE_MATTERS,   /* codes of matters of its own; empty: all that are for its object kind */
	SITE_STATE_DAY, /* since when the state holds */
	SITE_STATE_EVIDENCE, /* what shows it */
	SITE_LEAVE_REASON,   /* why it left the registry */
	SITE_POWER,          /* 分表计电 */
	SITE_CREDIT_DAY,     /* of SITE_CREDIT */
	SITE_MARKET_RISK, /* the market regulator's 企业信用风险分类, A to D; no other scale */
	SITE_POSITIVE,    /* on the 正面清单 */
	SITE_POSITIVE_UNTIL,
	SITE_POSITIVE_REASON,
	SITE_RISK, /* environmental risk: major, large, general */
	SITE_BASIN,
	SITE_PARK,
	SITE_LAST_VISIT,
	SITE_ENTERED, /* into the registry */
	SITE_PERMIT_FROM,
	SITE_FIELDS
};

enum inspector_field {
	INSPECTOR_ID,
	INSPECTOR_NAME,
	INSPECTOR_CERTIFICATE,
	INSPECTOR_CERTIFICATE_UNTIL,
	INSPECTOR_CERTIFICATE2,
	INSPECTOR_CERTIFICATE2_UNTIL,
	INSPECTOR_UNIT,
	INSPECTOR_DISTRICTS, /* empty: the whole city */
	INSPECTOR_SINCE,     /* 入岗日期 */
	INSPECTOR_GRADE,     /* S 老, J 新; empty: by INSPECTOR_SINCE and the rule set's years */
	INSPECTOR_SKILLS,
	INSPECTOR_STAFF,   /* 在编 */
	INSPECTOR_DUTY,    /* 在岗 */
	INSPECTOR_ACCEPTS, /* 可接受任务 */
	INSPECTOR_LEAVE,
	INSPECTOR_LIMIT, /* 本期任务上限; empty: the rules' default */
	INSPECTOR_BASE,  /* 本期已办 */
	INSPECTOR_RECUSALS,
	INSPECTOR_ASSISTANT, /* expert or auxiliary: never drawn as inspector */
	INSPECTOR_NOTE,
	INSPECTOR_PROVINCE, /* that issued the certificate */
	INSPECTOR_ROLE, /* officer; expert, thirdparty, auxiliary only assist. Empty: by the flag */
	INSPECTOR_COUNTED, /* 双随机执法人员, the head count of ratios like 1:5; empty: unknown */
	INSPECTOR_POOL,         /* of experts or third parties, to be drawn from apart */
	INSPECTOR_CONFIDENTIAL, /* day of the confidentiality statement */
	INSPECTOR_DECLARED,     /* day of the own recusal statement */
	INSPECTOR_DEPARTMENT,
	INSPECTOR_MATTERS, /* codes of matters that the certificate covers; empty: all */
	INSPECTOR_ENTERED, /* into the registry */
	INSPECTOR_LEFT,    /* it; on that day no longer a member */
	INSPECTOR_LEAVE_REASON,
	INSPECTOR_FIELDS
};

enum matter_field {
	MATTER_ID, /* its code */
	MATTER_NAME,
	MATTER_CATEGORY,
	MATTER_CONTENT,
	MATTER_BASIS,
	MATTER_KINDS,   /* object kinds it is for; empty: all */
	MATTER_LEVELS,  /* national, province, city, county; empty: any */
	MATTER_METHODS, /* onsite, offsite; empty: onsite */
	MATTER_CLASS,   /* key 重点检查事项, general 一般检查事项 */
	MATTER_RATIO,
	MATTER_FREQUENCY,
	MATTER_SKILL, /* required speciality of the lead; one word */
	MATTER_DEPARTMENT,
	MATTER_FROM,
	MATTER_UNTIL, /* the last day on which it is valid */
	MATTER_VERSION,
	MATTER_NOTE,
	MATTER_FIELDS
};

enum recusal_field {
	RECUSAL_ID,
	RECUSAL_INSPECTOR, /* id, certificate number or name, as it was given */
	RECUSAL_TARGET,    /* id, code or name of a site or firm */
	RECUSAL_KIND,      /* 亲属, 曾任职... */
	RECUSAL_FROM,
	RECUSAL_TO, /* the last day */
	RECUSAL_SOURCE,
	RECUSAL_NOTE,
	RECUSAL_FIELDS
};

enum { REGISTRY_FIELDS_MOST = 56 };

_Static_assert((int)SITE_FIELDS <= (int)REGISTRY_FIELDS_MOST, "a row fits");
_Static_assert((int)INSPECTOR_FIELDS <= (int)REGISTRY_FIELDS_MOST, "a row fits");

/* The columns of a registry, in order; *count of them (SITE_FIELDS, INSPECTOR_FIELDS...). */
const struct field *registry_fields(enum registry kind, uint32_t *count);

/* "sites", "inspectors", "matters", "recusals": command word and, with ".tsv", file name. */
MUST_USE const char *registry_name(enum registry kind);

/* The registry of that name; false if there is none. */
MUST_USE bool registry_of(const char *name, enum registry *ret);

/* 检查对象名录, 检查人员名录, 抽查事项清单, 回避关系登记. */
MUST_USE const char *registry_title(enum registry kind);

/* First part of the numbers that are given to rows without one, "P" for "P-000001"; NULL: the county. */
MUST_USE const char *registry_prefix(enum registry kind);

/* The field that a person knows a row by: the name; of a recusal the inspector. */
MUST_USE uint32_t registry_subject(enum registry kind);

/* The words shown for one choice's value, e.g. "key" -> "重点"; the value itself if it is none. */
MUST_USE struct span field_words(const struct field *f, struct span value);

/* Is it 1 to 64 bytes of [0-9A-Za-z._:-]? */
MUST_USE bool registry_id_valid(struct span id);

/* Reading: lines of a canonical file in memory, which must outlive the reader. */
struct registry_reader {
	struct span rest;
	enum registry kind;
	uint32_t fields;  /* of the registry */
	uint32_t columns; /* of this file: fewer in an older one */
	uint64_t line;    /* of the row returned last; line 1 is the header */
	struct span last_id;
	const char *problem; /* Chinese sentence, after INVALID */
};

/* Checks line 1. INVALID (problem says why and what to do) if it is not this registry's header. */
MUST_USE int registry_open(struct registry_reader *r, enum registry kind, struct span file);

/*
 * Next row: cells[0..fields) borrowed from the file, missing ones empty. NONE at the end; INVALID with
 * line and problem if the row has too many columns, a bad or unsorted id, CR, NUL or no LF at its end.
 * Values are not checked further: import checked them, and the *_decode functions look again.
 */
MUST_USE int registry_next(struct registry_reader *r, struct span cells[REGISTRY_FIELDS_MOST]);

/* A site with what the planner computes with; text[] is borrowed from the reader's file. */
enum site_class { SITE_CLASS_KEY, SITE_CLASS_GENERAL };
enum site_state {
	SITE_LIVE,
	SITE_STOPPED,
	SITE_CLOSED,
	SITE_MOVED,
	SITE_BUILDING,
	SITE_MERGED /* into another row, which is drawn instead */
};
enum object_kind {
	OBJECT_DISCHARGER,
	OBJECT_PROJECT,
	OBJECT_VEHICLE,
	OBJECT_MONITOR,
	OBJECT_WASTE,
	OBJECT_NUCLEAR,
	OBJECT_OUTFALL,
	OBJECT_OTHER,
	OBJECT_KINDS
};

struct site {
	struct span text[REGISTRY_FIELDS_MOST]; /* by enum site_field */
	enum site_class class;
	enum site_state state;
	enum object_kind
		kind; /* a word that older files may have is looked up; else OBJECT_OTHER */
	bool special, online;
	int64_t special_from,
		special_to;   /* days since 1970; INT64_MIN / INT64_MAX when not given */
	int64_t permit_until; /* INT64_MAX when not given */
	bool has_place;
	int32_t longitude, latitude; /* 1e-7 degree */
};

/* INVALID (problem points to a Chinese sentence) if a value is not of its kind. */
MUST_USE int site_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct site *ret,
			 const char **problem);

/* Special supervision is in force on that day (days since 1970). */
MUST_USE bool site_special_on(const struct site *s, int64_t day);

struct inspector {
	struct span text[REGISTRY_FIELDS_MOST]; /* by enum inspector_field */
	bool staff, duty, accepts;
	bool assistant; /* by the flag or by a role other than officer */
	bool counted; /* 双随机执法人员; where the cell is empty, every officer in staff and duty */
	char grade;                                    /* 'S', 'J' or 0: by `since` */
	int64_t since;                                 /* INT64_MAX when not given */
	int64_t certificate_until, certificate2_until; /* INT64_MAX when no day is given */
	bool has_limit;
	uint32_t limit, base;
};

MUST_USE int inspector_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct inspector *ret,
			      const char **problem);

/* Has a certificate that is valid on that day. */
MUST_USE bool inspector_certified_on(const struct inspector *i, int64_t day);

/* A leave period covers that day. */
MUST_USE bool inspector_away_on(const struct inspector *i, int64_t day);

/* 'S' or 'J' on that day: the grade given, else S after `years` full years since `since`, else J. */
MUST_USE char inspector_grade_on(const struct inspector *i, int64_t day, uint32_t years);

struct matter {
	struct span text[REGISTRY_FIELDS_MOST]; /* by enum matter_field */
	uint32_t kinds;  /* bit 1 << enum object_kind; all bits when not given */
	uint32_t levels; /* bits 1 national, 2 province, 4 city, 8 county; all when not given */
	bool onsite, offsite; /* at least one */
	bool key;             /* 重点检查事项 */
	bool has_ratio;
	uint32_t ratio, of;  /* ratio/of, 0 < ratio <= of */
	int64_t from, until; /* days since 1970; INT64_MIN / INT64_MAX when not given */
};

MUST_USE int matter_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct matter *ret,
			   const char **problem);

struct recusal_row {
	struct span text[REGISTRY_FIELDS_MOST]; /* by enum recusal_field */
	int64_t from, to;                       /* INT64_MIN / INT64_MAX when not given */
};

MUST_USE int recusal_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct recusal_row *ret,
			    const char **problem);

/* Cuts the next item off a list cell (',' between items); false when none is left. */
bool registry_item(struct span *list, struct span *item);

/* Cuts `target=kind` of a FIELD_RECUSALS item; kind is empty if there is none. */
void registry_recusal(struct span item, struct span *target, struct span *kind);

/* Writing: line 1, and a row of `fields` cells in canonical form (not checked; rows in id order). */
void registry_write_header(struct buf *out, enum registry kind);
void registry_write_row(struct buf *out, enum registry kind, const struct span *cells);

#endif
