/* app/rule_set.c — small questions to a rule set that was read. */
#include "app/rule_set.h"

#include "base/clock.h"
#include "base/status.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const struct {
	uint32_t a_year;
	const char *words;
} periods[] = {
	[RULE_MONTH] = { 12, "每月" },
	[RULE_QUARTER] = { 4, "每季度" },
	[RULE_HALF] = { 2, "每半年" },
	[RULE_YEAR] = { 1, "每年" },
};

uint32_t rule_periods_a_year(enum rule_period period)
{
	return periods[period].a_year;
}

const char *rule_period_words(enum rule_period period)
{
	return periods[period].words;
}

const struct rule *rule_set_find(const struct rule_set *set, const char *id)
{
	for (size_t i = 0; i < set->rule_count; i++)
		if (strcmp(set->rules[i].id, id) == 0)
			return &set->rules[i];
	return NULL;
}

bool rule_set_on(const struct rule_set *set, int64_t day)
{
	return set->from <= day && day <= set->to;
}

bool rule_on(const struct rule_set *set, const struct rule *rule, int64_t day)
{
	return rule_set_on(set, day) && rule->from <= day && day <= rule->to;
}

const char *rule_document(const struct rule_set *set, const struct rule *rule)
{
	return rule->document ? rule->document : set->document;
}

/* whole * a / b without overflow: whole is below 2^32, a and b at most 10^6, so the product is below 2^52. */
static uint64_t part(enum rule_rounding rounding, const struct rule_basis *basis, uint64_t whole)
{
	uint64_t product = whole * basis->a;

	if (rounding == RULE_UP)
		return (product + basis->b - 1) / basis->b;
	if (rounding == RULE_DOWN)
		return product / basis->b;
	return (2 * product + basis->b) / (2 * basis->b);
}

uint64_t rule_amount(const struct rule *rule, const struct rule_basis *basis, uint64_t whole)
{
	assert(whole <= UINT32_MAX);
	switch (basis->kind) {
	case RULE_PERCENT:
	case RULE_PER_INSPECTOR:
		return part(rule->rounding, basis, whole);
	case RULE_NUMBER:
		return basis->a;
	case RULE_ALL:
		return whole;
	case RULE_UNSET:
		break;
	}
	return 0;
}

int rule_heads_day(const struct rule_heads *heads, uint32_t year, int64_t *ret)
{
	char day[32];

	if (!heads->on)
		return NONE;
	if (strlen(heads->on) != 5)
		return clock_parse_day(heads->on, ret);
	snprintf(day, sizeof(day), "%04u-%s", (unsigned)year, heads->on);
	if (clock_parse_day(day, ret) == OK)
		return OK;
	/* 02-29 of a year without one. */
	snprintf(day, sizeof(day), "%04u-02-28", (unsigned)year);
	return clock_parse_day(day, ret);
}

const struct rule_team *rule_set_team(const struct rule_set *set, unsigned classes)
{
	static const unsigned order[] = { RULE_SPECIAL, RULE_KEY, RULE_GENERAL };

	assert(set->team_count > 0);
	for (size_t k = 0; k < COUNT(order); k++)
		for (size_t i = 1; i < set->team_count; i++)
			if (set->teams[i].classes & classes & order[k])
				return &set->teams[i];
	return &set->teams[0];
}

static bool has_text(const struct rule_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (strcmp(texts->at[i], text) == 0)
			return true;
	return false;
}

uint32_t rule_cap_visits(const struct rule_cap *cap, const char *credit)
{
	if (!cap->given)
		return 0;
	for (size_t i = 0; i < cap->grade_count; i++)
		if (has_text(&cap->grades[i].credits, credit))
			return cap->grades[i].visits;
	return cap->visits;
}

static bool exempts(const struct rule_exemption *e, const struct rule_visit_facts *facts)
{
	if (e->visits && !(e->visits & facts->visits))
		return false;
	if (e->triggers && !(e->triggers & facts->triggers))
		return false;
	if (e->credits.count && !has_text(&e->credits, facts->credit))
		return false;
	return !e->special || facts->special;
}

bool rule_cap_exempt(const struct rule_cap *cap, const struct rule_visit_facts *facts, size_t *ret)
{
	for (size_t i = 0; cap->given && i < cap->exemption_count; i++)
		if (exempts(&cap->exemptions[i], facts)) {
			*ret = i;
			return true;
		}
	return false;
}
