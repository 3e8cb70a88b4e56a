/* test/app/rule_set_fields.c — the tables that reader, canonical form and schema walk. */
#include "app/rule_set_fields.h"

#include "app/rule_set_patterns.h"

#include "unit.h"

#include <regex.h>

static void check_sorted(const struct rule_shape *shape)
{
	for (size_t i = 0; i < shape->count; i++) {
		if (i)
			CHECK(strcmp(shape->fields[i - 1].key, shape->fields[i].key) < 0);
		CHECK(shape->fields[i].says && *shape->fields[i].says);
		if (shape->fields[i].shape)
			check_sorted(shape->fields[i].shape);
	}
}

/* A schema that refused what the reader takes would mislead. */
TEST(what_fits_a_pattern_matches_its_regular_expression)
{
	static const struct rule_pattern *const patterns[] = {
		&rule_id_pattern, &rule_county_pattern, &rule_industry_pattern,
		&rule_yearly_pattern, &rule_count_day_pattern
	};
	static const char *const texts[] = {
		"a",
		"a.b-c_9",
		"a b",
		"130602",
		"13060",
		"1306021",
		"C",
		"C26",
		"C2614",
		"C26145",
		"U26",
		"c26",
		"01-31",
		"02-29",
		"2-9",
		"13-01",
		"00-10",
		"02-30",
		"01/1",
		"",
		"2026-01-01",
		"2026-02-29",
		"中",
		"2026-1-1",
		"0123456789012345678901234567890123456789012345678901234567890123",
		"01234567890123456789012345678901234567890123456789012345678901234",
	};
	int fitting = 0;

	for (size_t i = 0; i < COUNT(patterns); i++) {
		regex_t re;
		CHECK_INT(regcomp(&re, patterns[i]->regex, REG_EXTENDED | REG_NOSUB), 0);
		for (size_t k = 0; k < COUNT(texts); k++) {
			bool fits = patterns[i]->fits(texts[k]);
			bool matches = regexec(&re, texts[k], 0, NULL, 0) == 0;
			fitting += fits;
			unit_check(!fits || matches, __FILE__, __LINE__, "“%s” matches %s",
				   texts[k], patterns[i]->regex);
			/* The first three say the same; days must also exist. */
			if (i < 3)
				unit_check(fits == matches, __FILE__, __LINE__, "“%s” fits as %s",
					   texts[k], patterns[i]->regex);
		}
		regfree(&re);
	}
	CHECK_INT(fitting, 30);
}

TEST(the_tables_are_sorted_and_explained)
{
	check_sorted(&rule_set_shape);
}
