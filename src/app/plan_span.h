#ifndef APP_PLAN_SPAN_H
#define APP_PLAN_SPAN_H
/*
 * app/plan_span.h — months, quarters, halves and years as legal days at +08:00 (days since 1970): a period
 * ends with the last millisecond of its last day there, so the borders are midnights of Beijing.
 */
#include "app/rule_set.h"
#include "base/cleanup.h"

struct plan_span {
	enum rule_period kind;
	uint32_t year, number; /* number from 1; 1 for a year */
	int64_t from, to;      /* first and last day */
};

enum { PLAN_SPAN_TEXT = 16, PLAN_DAY_TEXT = 11 };

/* The legal day of a moment in UTC milliseconds. */
MUST_USE int64_t plan_day_of(int64_t ms);

/* "2026-11-23". */
void plan_day_text(int64_t day, char out[PLAN_DAY_TEXT]);

/* Reads "2026-11", "2026-Q4", "2026-H2" or "2026". INVALID. */
MUST_USE int plan_span_parse(const char *text, struct plan_span *ret);

/* The same form. */
void plan_span_text(const struct plan_span *span, char out[PLAN_SPAN_TEXT]);

/* number from 1 to rule_periods_a_year(kind). */
MUST_USE struct plan_span plan_span_make(enum rule_period kind, uint32_t year, uint32_t number);

/* The one that holds the day. */
MUST_USE struct plan_span plan_span_at(enum rule_period kind, int64_t day);

/* How many periods of the inner's kind are left in the outer, the inner one included; 1 if it is no finer. */
MUST_USE uint32_t plan_span_left(const struct plan_span *outer, const struct plan_span *inner);

/* "month", "quarter", "half", "year" and back; INVALID. */
MUST_USE const char *plan_span_word(enum rule_period kind);
MUST_USE int plan_span_kind(const char *word, enum rule_period *ret);

/* Last day of one of the period's months, counted from 0. */
MUST_USE int64_t plan_span_month_end(const struct plan_span *span, uint32_t month);

#endif
