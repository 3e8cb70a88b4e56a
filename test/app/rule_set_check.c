/* test/app/rule_set_check.c — each finding, and sets that have none. */
#include "app/rule_set_check.h"

#include "base/clock.h"
#include "base/status.h"

#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>

#define RULE(id, classes, basis, period, more)                                                     \
	"{\"id\": \"" id "\", \"title\": \"" id                                                    \
	"\", \"article\": \"一\", \"who\": {\"classes\": ["                                       \
	"\"" classes "\"]}, \"basis\": {" basis "}, \"period\": \"" period "\"" more "}"
#define KEY RULE("key", "key", "\"percent\": 10", "quarter", "")
#define GENERAL                                                                                    \
	RULE("general", "general", "\"per_inspector\": 5", "year",                                 \
	     ", \"heads\": {\"on\": \"01-01\"}")
#define SPECIAL(more) RULE("special", "special", "\"percent\": 50", "quarter", more)
#define CAP "\"cap\": {\"visits\": 2, \"document\": \"限\"},"
#define ROTATION(c) ", \"repeat\": {\"policy\": \"rotation\", \"visits\": " c "}"
#define THREE KEY "," GENERAL "," SPECIAL("")
#define IN(id, counties)                                                                           \
	"{\"id\": \"" id                                                                           \
	"\", \"title\": \"k\", \"article\": \"一\", \"who\": {\"classes\": [\"key\"], "           \
	"\"counties\": [" counties "]}, \"basis\": {\"percent\": 20}, \"period\": \"year\"}"

static size_t count_of(const struct rule_findings *f, enum rule_finding_code code,
		       enum plan_note_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < f->count; i++)
		count += f->list[i].code == code && f->list[i].kind == kind;
	return count;
}

static void show(const struct rule_findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		printf("# %s: %s\n", rule_finding_name(f->list[i].code), f->list[i].text);
}

static void check(struct arena *a, const char *more, const char *rules, struct rule_findings *ret)
{
	struct rule_set set = { 0 };

	world_rule_set(a, more, rules, &set);
	rule_set_check(&set, NULL, a, ret);
}

TEST(a_sound_set_has_no_findings)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_findings f;

	arena_init(&a);
	check(&a, "", THREE, &f);
	CHECK_INT(f.count, 0);
	show(&f);
}

TEST(baoding_2021_has_no_findings_in_its_year)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	struct rule_findings f;
	struct rule_check about = { .has_day = true };

	arena_init(&a);
	world_rule_file(&a, "baoding-2021", &set);
	CHECK_INT(clock_parse_day("2021-12-31", &about.day), OK);
	rule_set_check(&set, &about, &a, &f);
	CHECK_INT(f.count, 0);
	show(&f);
	CHECK_INT(clock_parse_day("2022-01-01", &about.day), OK);
	rule_set_check(&set, &about, &a, &f);
	CHECK_INT(count_of(&f, RULE_NOT_ON, PLAN_REFUSED), 1);
	CHECK(strstr(f.list[0].text, "2021-12-31 已失效"));
	CHECK_INT(clock_parse_day("2020-12-31", &about.day), OK);
	rule_set_check(&set, &about, &a, &f);
	CHECK(strstr(f.list[0].text, "2021-01-01 才生效"));
}

TEST(baoding_2025_is_usable_and_says_what_to_confirm)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	struct rule_findings f;

	arena_init(&a);
	world_rule_file(&a, "baoding-2025", &set);
	rule_set_check(&set, NULL, &a, &f);
	CHECK_INT(f.refused, 0);
	CHECK_INT(count_of(&f, RULE_NO_NUMBER, PLAN_WARNING), 5);
	CHECK_INT(count_of(&f, RULE_ODD, PLAN_WARNING), 1);
	CHECK(count_of(&f, RULE_NO_DOCUMENT, PLAN_WARNING) > 0);
}

/* One set, one finding; the rules concerned joined by a blank. */
static const struct {
	const char *more, *rules;
	enum plan_note_kind kind;
	enum rule_finding_code code;
	const char *concerned;
} cases[] = {
	{ "", THREE "," RULE("key2", "key", "\"percent\": 25", "quarter", ""), PLAN_REFUSED,
	  RULE_SAME, "key key2" },
	{ "",
	  THREE
	  ",{\"id\": \"k\", \"title\": \"k\", \"article\": \"一\", \"who\": {\"classes\": [\"key\"], "
	  "\"counties\": [\"130602\"]}, \"basis\": {\"percent\": 20}, \"period\": \"quarter\"}",
	  PLAN_INFO, RULE_NARROWER, "k key" },
	{ "", THREE "," IN("k1", "\"130602\", \"130606\"") "," IN("k2", "\"130606\", \"130602\""),
	  PLAN_REFUSED, RULE_SAME, "k1 k2" },
	{ "",
	  THREE
	  "," IN("k1", "\"130602\", \"130607\", \"130606\"") "," IN("k2", "\"130607\", \"130602\""),
	  PLAN_INFO, RULE_NARROWER, "k2 k1" },
	{ "", THREE "," IN("k1", "\"130602\", \"130606\"") "," IN("k2", "\"130607\", \"130602\""),
	  PLAN_INFO, RULE_FINDING_CODES, NULL },
	{ "", KEY "," SPECIAL(""), PLAN_WARNING, RULE_NO_RULE, "" },
	{ "", KEY "," GENERAL "," SPECIAL(", \"visit\": \"campaign\""), PLAN_WARNING, RULE_NO_RULE,
	  "" },
	{ "", KEY "," GENERAL "," SPECIAL(", \"from\": \"2026-01-01\""), PLAN_INFO,
	  RULE_FINDING_CODES, NULL },
	{ "\"to\": \"2025-12-31\",", KEY "," GENERAL "," SPECIAL(", \"from\": \"2026-01-01\""),
	  PLAN_WARNING, RULE_OUTSIDE, "special" },
	{ "\"to\": \"2025-12-31\",", KEY "," GENERAL "," SPECIAL(", \"to\": \"2026-01-01\""),
	  PLAN_WARNING, RULE_OUTSIDE, "special" },
	/* 50 % a quarter beside a cap of 2: independent draws cannot, rotation can if the number is even. */
	{ CAP, THREE, PLAN_REFUSED, RULE_OVER_CAP, "special" },
	{ CAP, KEY "," GENERAL "," SPECIAL(ROTATION("2")), PLAN_WARNING, RULE_ODD, "special" },
	{ CAP, KEY "," GENERAL "," SPECIAL(", \"repeat\": {\"policy\": \"after-coverage\"}"),
	  PLAN_WARNING, RULE_ODD, "special" },
	{ CAP, KEY "," GENERAL "," SPECIAL(ROTATION("3")), PLAN_REFUSED, RULE_OVER_CAP, "special" },
	{ CAP, KEY "," GENERAL "," RULE("special", "special", "\"percent\": 75", "quarter", ""),
	  PLAN_REFUSED, RULE_OVER_CAP, "special" },
	{ CAP, KEY "," GENERAL "," RULE("special", "special", "\"all\": true", "quarter", ""),
	  PLAN_REFUSED, RULE_OVER_CAP, "special" },
	{ "\"cap\": {\"visits\": 2, \"document\": \"限\", \"exemptions\": [{\"id\": \"s\", \"special\": true, "
	  "\"document\": \"例\"}]},",
	  THREE, PLAN_INFO, RULE_FINDING_CODES, NULL },
	{ "\"cap\": {\"visits\": 2, \"document\": \"限\", \"exemptions\": [{\"id\": \"d\", \"credits\": [\"D\"], "
	  "\"document\": \"例\"}]},",
	  THREE, PLAN_REFUSED, RULE_OVER_CAP, "special" },
	{ "\"cap\": {\"visits\": 2, \"document\": \"限\", \"exemptions\": [{\"id\": \"t\", \"triggers\": "
	  "[\"complaint\"], \"document\": \"例\"}]},",
	  THREE, PLAN_REFUSED, RULE_OVER_CAP, "special" },
	{ "\"cap\": {\"visits\": 2, \"document\": \"限\", \"counts\": [\"business\"]},", THREE,
	  PLAN_INFO, RULE_FINDING_CODES, NULL },
	{ "\"cap\": {\"visits\": 3, \"document\": \"限\"},", THREE, PLAN_INFO, RULE_FINDING_CODES,
	  NULL },
	{ "\"cap\": {\"document\": \"限\"},", THREE, PLAN_WARNING, RULE_CAP_UNSET, "" },
	{ "", KEY "," GENERAL "," SPECIAL(ROTATION("5")), PLAN_REFUSED, RULE_REPEAT, "special" },
	{ "", KEY "," GENERAL "," SPECIAL(ROTATION("1")), PLAN_REFUSED, RULE_REPEAT, "special" },
	{ "", KEY "," GENERAL "," SPECIAL(", \"repeat\": {\"policy\": \"once-a-year\"}"),
	  PLAN_REFUSED, RULE_REPEAT, "special" },
	{ "",
	  GENERAL "," SPECIAL("") "," RULE("key", "key", "\"percent\": 25", "quarter",
					   ", \"repeat\": {\"policy\": \"once-a-year\"}"),
	  PLAN_WARNING, RULE_ODD, "key" },
	{ "", KEY "," GENERAL "," RULE("special", "special", "\"unset\": true", "year", ""),
	  PLAN_WARNING, RULE_NO_NUMBER, "special" },
	{ "", KEY "," GENERAL "," SPECIAL(", \"unconfirmed\": true"), PLAN_WARNING, RULE_NO_NUMBER,
	  "special" },
	{ "",
	  KEY "," SPECIAL("") "," RULE("general", "general", "\"per_inspector\": 5", "year", ""),
	  PLAN_WARNING, RULE_NO_DAY, "general" },
	{ "\"cap\": {\"visits\": 4, \"unconfirmed\": true, \"document\": \"限\"},", THREE,
	  PLAN_WARNING, RULE_NO_NUMBER, "" },
	{ "\"cap\": {\"visits\": 4},", THREE, PLAN_WARNING, RULE_NO_DOCUMENT, "" },
	{ "\"cap\": {\"visits\": 4, \"document\": \"限\", \"exemptions\": [{\"id\": \"x\"}]},",
	  THREE, PLAN_WARNING, RULE_NO_DOCUMENT, "" },
};

static void join(const struct rule_texts *ids, char out[200])
{
	size_t len = 0;

	out[0] = 0;
	for (size_t i = 0; i < ids->count; i++)
		len += (size_t)snprintf(out + len, 200 - len, "%s%s", i ? " " : "", ids->at[i]);
}

TEST(each_finding_names_its_rules)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		struct rule_findings f;
		char ids[200] = "";
		arena_init(&a);
		check(&a, cases[i].more, cases[i].rules, &f);
		bool right = cases[i].code == RULE_FINDING_CODES
				     ? f.count == 0
				     : f.count == 1 && f.list[0].code == cases[i].code &&
					       f.list[0].kind == cases[i].kind;
		if (right && f.count) {
			join(&f.list[0].rules, ids);
			right = strcmp(ids, cases[i].concerned) == 0;
		}
		if (!unit_check(right, __FILE__, __LINE__, "case %zu, %zu findings, rules %s", i,
				f.count, ids))
			show(&f);
	}
}

TEST(rules_without_a_document_are_told)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct rule_set set = { 0 };
	struct rule_findings f;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	world_rule_set(&a, "", THREE, &set);
	set.document = NULL;
	rule_set_check(&set, NULL, &a, &f);
	CHECK_INT(count_of(&f, RULE_NO_DOCUMENT, PLAN_WARNING), 3);
	world_rule_file(&a, "variants/guangzhou-2025", &set);
	rule_set_check(&set, NULL, &a, &f);
	CHECK_INT(f.refused, 0);
	CHECK_INT(count_of(&f, RULE_NO_DOCUMENT, PLAN_WARNING), set.rule_count);
}

TEST(names_are_held_against_the_lists_that_are_given)
{
	static const char *const counties[] = { "130602", "130606" },
				 *const kinds[] = { "project" }, *const matters[] = { "m1" };
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	struct rule_findings f;
	struct rule_texts all_counties = { counties, 2 }, all_kinds = { kinds, 1 },
			  all_matters = { matters, 1 };
	struct rule_check about = { .counties = &all_counties,
				    .kinds = &all_kinds,
				    .matters = &all_matters };

	arena_init(&a);
	world_rule_set(
		&a, "",
		THREE
		", {\"id\": \"x\", \"title\": \"x\", \"article\": \"一\", \"basis\": {\"all\": true}, "
		"\"period\": \"year\", \"who\": {\"kinds\": [\"project\", \"waste\"], \"matters\": "
		"[\"m2\", \"m1\"], \"counties\": [\"130602\", \"139999\"]}}",
		&set);
	rule_set_check(&set, &about, &a, &f);
	CHECK_INT(count_of(&f, RULE_UNKNOWN, PLAN_REFUSED), 3);
	CHECK_INT(f.refused, 3);
	world_rule_set(&a, "",
		       GENERAL
		       "," SPECIAL("") ", {\"id\": \"key\", \"title\": \"x\", \"article\": \"一\", "
				       "\"basis\": {\"percent\": 10}, \"period\": \"quarter\", "
				       "\"who\": {\"classes\": [\"key\"], \"counties\": "
				       "[\"130602\"]}}",
		       &set);
	rule_set_check(&set, &about, &a, &f);
	CHECK_INT(count_of(&f, RULE_NO_RULE, PLAN_WARNING), 1);
	CHECK(strstr(f.list[0].text, "130606") && !strstr(f.list[0].text, "130602"));
}

TEST(one_rule_may_be_out_of_force)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	struct rule_findings f;
	struct rule_check about = { .has_day = true, .day = 100 };

	arena_init(&a);
	world_rule_set(&a, "", KEY "," GENERAL "," SPECIAL(", \"from\": \"2026-01-01\""), &set);
	rule_set_check(&set, &about, &a, &f);
	CHECK_INT(count_of(&f, RULE_NOT_ON, PLAN_WARNING), 1);
	CHECK_STR(f.list[0].rules.at[0], "special");
}
