/* app/import_across.c — checks of a row that look at several of its cells. */
#include "app/identifiers.h"
#include "app/import_work.h"
#include "base/clock.h"
#include "base/status.h"

#include <string.h>

static const struct span nothing = { "", 0 };

static bool has_reason(const struct checker *k, uint32_t field)
{
	for (uint32_t i = 0; i < k->reason_count; i++)
		if (k->reasons[i].field == field)
			return true;
	return false;
}

/* What a site should have and may lack. A class that nobody gave is 一般: those are all the others. */
static void check_lacking(const struct import_columns *c, struct checker *k, struct span *v)
{
	if (c->present[SITE_CODE] && v[SITE_CODE].len == 0 && !has_reason(k, SITE_CODE))
		checker_reason(k, REASON_CODE_MISSING, SITE_CODE, false, nothing);
	if (v[SITE_CLASS].len || has_reason(k, SITE_CLASS))
		return;
	checker_reason(k, c->present[SITE_CLASS] ? REASON_CLASS_ASSUMED : REASON_CLASS_KEPT,
		       SITE_CLASS, false, nothing);
	v[SITE_CLASS] = SPAN("general");
}

static void check_place(struct checker *k, struct span *v)
{
	bool longitude = v[SITE_LONGITUDE].len > 0, latitude = v[SITE_LATITUDE].len > 0;

	if (longitude == latitude)
		return;
	uint32_t missing = longitude ? SITE_LATITUDE : SITE_LONGITUDE;
	/* Where the other one was refused, its own reason says so. */
	if (!has_reason(k, missing))
		checker_reason(k, REASON_PLACE_HALF, missing, false, nothing);
	v[SITE_LONGITUDE] = v[SITE_LATITUDE] = nothing;
}

/* Two days in the wrong order. */
static void check_order(struct checker *k, const struct span *v, uint32_t from, uint32_t to)
{
	if (v[from].len && v[to].len && span_compare(v[from], v[to]) > 0)
		checker_reason(k, REASON_PERIOD_REVERSED, to, true, v[to]);
}

static void check_special(struct checker *k, const struct span *v)
{
	bool special = v[SITE_SPECIAL].len && v[SITE_SPECIAL].at[0] == '1';

	if (special && v[SITE_SPECIAL_REASON].len == 0)
		checker_reason(k, REASON_SPECIAL_WITHOUT, SITE_SPECIAL_REASON, false, nothing);
	if (special && v[SITE_SPECIAL_FROM].len == 0 && !has_reason(k, SITE_SPECIAL_FROM))
		checker_reason(k, REASON_SPECIAL_NO_DAY, SITE_SPECIAL_FROM, false, nothing);
	check_order(k, v, SITE_SPECIAL_FROM, SITE_SPECIAL_TO);
}

/* A site that is out of work has papers that show it, where the file has a column for them. */
static void check_state(const struct import_columns *c, struct checker *k, const struct span *v)
{
	bool idle = span_equal(v[SITE_STATE], SPAN("stopped")) ||
		    span_equal(v[SITE_STATE], SPAN("closed")) ||
		    span_equal(v[SITE_STATE], SPAN("moved"));

	if (idle && c->present[SITE_STATE_EVIDENCE] && v[SITE_STATE_EVIDENCE].len == 0)
		checker_reason(k, REASON_STATE_WITHOUT, SITE_STATE_EVIDENCE, false, nothing);
}

static bool starts_same(struct span a, struct span b, size_t len)
{
	return memcmp(a.at, b.at, len) == 0;
}

static void check_codes(struct checker *k, const struct span *v)
{
	struct span permit = v[SITE_PERMIT], code = v[SITE_CODE];
	struct span township = v[SITE_TOWNSHIP], county = v[SITE_COUNTY];

	if (permit.len == 22 && code.len == 18 && permit.at[0] != 'H' &&
	    !starts_same(permit, code, 18))
		checker_reason(k, REASON_PERMIT_OTHER_CODE, SITE_PERMIT, false, nothing);
	/* The development zones have townships of the counties around them. */
	if (township.len == 9 && township.at[0] == '1' && county.len == 6 &&
	    !starts_same(township, county, 6) && !starts_same(county, SPAN("13067"), 5))
		checker_reason(k, REASON_TOWNSHIP_OUTSIDE, SITE_TOWNSHIP, false, township);
}

/* What somebody says of his seniority and what his days say. The word counts. */
static void check_grade(struct checker *k, const struct span *v)
{
	struct inspector i = { .grade = 0 };
	struct span since = v[INSPECTOR_SINCE], grade = v[INSPECTOR_GRADE];
	int64_t day;

	if (!k->today || !since.len || clock_parse_day(k->today, &day) != OK)
		return;
	if (span_compare(since, span_of(k->today)) > 0)
		checker_reason(k, REASON_SINCE_FUTURE, INSPECTOR_SINCE, false, since);
	i.text[INSPECTOR_SINCE] = since;
	if (grade.len == 1 && inspector_grade_on(&i, day, k->senior_years) != grade.at[0])
		checker_reason(k, REASON_GRADE_DIFFERS, INSPECTOR_GRADE, false,
			       grade.at[0] == 'S' ? SPAN("老") : SPAN("新"));
}

static void check_inspector(struct checker *k, struct span *v)
{
	struct span role = v[INSPECTOR_ROLE];

	if (role.len && !span_equal(role, SPAN("officer")))
		v[INSPECTOR_ASSISTANT] = SPAN("1");
	bool assistant = v[INSPECTOR_ASSISTANT].len && v[INSPECTOR_ASSISTANT].at[0] == '1';
	bool outside = span_equal(role, SPAN("expert")) || span_equal(role, SPAN("thirdparty"));

	if (outside && v[INSPECTOR_CONFIDENTIAL].len == 0)
		checker_reason(k, REASON_NO_STATEMENT, INSPECTOR_CONFIDENTIAL, false, nothing);
	if (!assistant && v[INSPECTOR_CERTIFICATE].len == 0 && v[INSPECTOR_CERTIFICATE2].len == 0)
		checker_reason(k, REASON_NO_CERTIFICATE, INSPECTOR_CERTIFICATE, false, nothing);
	check_grade(k, v);
}

static void check_matter(struct checker *k, const struct span *v)
{
	check_order(k, v, MATTER_FROM, MATTER_UNTIL);
	if (v[MATTER_BASIS].len == 0)
		checker_reason(k, REASON_NO_BASIS, MATTER_BASIS, false, nothing);
}

static void check_recusal(struct checker *k, const struct span *v)
{
	check_order(k, v, RECUSAL_FROM, RECUSAL_TO);
	for (uint32_t f = RECUSAL_INSPECTOR; f <= RECUSAL_TARGET; f++)
		if (identifier_is_resident(v[f]))
			checker_reason(k, REASON_ID_IS_PERSON, f, true, nothing);
}

void import_check_row(const struct import_columns *c, struct checker *k, struct span *values)
{
	switch (k->kind) {
	case REGISTRY_SITES:
		check_lacking(c, k, values);
		check_place(k, values);
		check_special(k, values);
		check_state(c, k, values);
		check_codes(k, values);
		break;
	case REGISTRY_INSPECTORS:
		check_inspector(k, values);
		break;
	case REGISTRY_MATTERS:
		check_matter(k, values);
		break;
	case REGISTRY_RECUSALS:
		check_recusal(k, values);
		break;
	case REGISTRIES:
		break;
	}
}
