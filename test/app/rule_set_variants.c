/*
 * test/app/rule_set_variants.c — can rule sets say what real places publish? Each row of the published
 * variants (../shared/data, when it is there) is held against its file: every number of a row is in a rule for
 * that class and period, and no rule has a number that the row lacks.
 */
#include "app/rule_set.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"

#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLACE, LEVEL, YEAR, KEY_UNITS, GENERAL_UNITS, SPECIAL_UNITS, OTHER, SOURCE, COLUMNS };

/* The file of each row, in the order of the table. */
static const char *const files[] = {
	"baoding-2021",
	"variants/guangdong-2016-city",
	"variants/guangdong-2016-county",
	"variants/guangzhou-2025",
	"variants/jianghan-2025",
	"variants/xiaogan-2024",
	"variants/yicheng-2024",
	"variants/chizhou-2019",
	"variants/chaoyang-2021",
	"variants/jiangxi-city",
	"variants/jiangxi-county",
	"variants/minqing-2021",
	"variants/pingshan-2024",
	"variants/guangrao-2017",
};

/* Which rules a column speaks of; 0: all. */
static const unsigned class_of[COLUMNS] = {
	[KEY_UNITS] = RULE_KEY, [GENERAL_UNITS] = RULE_GENERAL, [SPECIAL_UNITS] = RULE_SPECIAL
};

static bool is_of(const struct rule *r, unsigned class)
{
	return class == 0 || r->who.classes == 0 || (r->who.classes & class);
}

typedef bool basis_test(const struct rule_basis *b, double a, double per);

static bool percent_is(const struct rule_basis *b, double percent, double unused)
{
	(void)unused;
	if (b->kind == RULE_ALL)
		return percent == 100;
	return b->kind == RULE_PERCENT && (double)b->a * 100 == percent * (double)b->b;
}

static bool ratio_is(const struct rule_basis *b, double people, double sites)
{
	return b->kind == RULE_PER_INSPECTOR && (double)b->a * people == sites * (double)b->b;
}

static bool times_are(const struct rule_basis *b, double times, double unused)
{
	(void)unused;
	return times == 1 ? b->kind == RULE_ALL : b->kind == RULE_NUMBER && (double)b->a == times;
}

static bool any_basis(const struct rule_set *set, unsigned class, basis_test *test, double x,
		      double y)
{
	for (size_t i = 0; i < set->rule_count; i++) {
		const struct rule *r = &set->rules[i];
		if (is_of(r, class) &&
		    (test(&r->basis, x, y) || (r->has_other && test(&r->other, x, y))))
			return true;
	}
	return false;
}

static bool is_milestone(const struct rule_set *set, double percent)
{
	for (size_t i = 0; i < set->milestones.complete_count; i++)
		if (set->milestones.complete[i] == (uint32_t)percent)
			return true;
	return false;
}

/* One number of a cell and what follows it. */
static bool number_is_there(const struct rule_set *set, int column, double n, const char *after)
{
	char *end;

	if (*after == '%')
		return any_basis(set, class_of[column], percent_is, n, 0) || is_milestone(set, n);
	if (*after == ':')
		return any_basis(set, class_of[column], ratio_is, n, strtod(after + 1, &end));
	if (strncmp(after, "次", 3) == 0)
		return any_basis(set, class_of[column], times_are, n, 0);
	if (strncmp(after, "项认定条件", 15) == 0)
		return set->special_criteria.count == (size_t)n;
	if (strncmp(after, "月底前", 9) == 0)
		return set->publication.registries_by &&
		       (int)n == (int)strtol(set->publication.registries_by, &end, 10);
	return false;
}

static void check_numbers(const struct rule_set *set, const char *name, const char *cell,
			  int column)
{
	for (const char *at = cell; *at;) {
		char *end;
		if (*at < '0' || *at > '9') {
			at++;
			continue;
		}
		double n = strtod(at, &end);
		unit_check(number_is_there(set, column, n, end), __FILE__, __LINE__,
			   "%s has the %.6g of “%s”", name, n, cell);
		if (*end == ':')
			(void)strtod(end + 1, &end);
		at = end;
	}
}

static bool period_is_there(const struct rule_set *set, int column, enum rule_period period)
{
	for (size_t i = 0; i < set->rule_count; i++)
		if (is_of(&set->rules[i], class_of[column]) && set->rules[i].period == period)
			return true;
	if (column != OTHER)
		return false;
	return (set->publication.results_period_given && set->publication.results == period) ||
	       (set->publication.registries_by && period == RULE_YEAR);
}

static void check_periods(const struct rule_set *set, const char *name, const char *cell,
			  int column)
{
	static const struct {
		const char *word;
		enum rule_period period;
	} words[] = { { "每月", RULE_MONTH }, { "每季度", RULE_QUARTER }, { "半年", RULE_HALF },
		      { "年度", RULE_YEAR },  { "每年", RULE_YEAR },      { "/年", RULE_YEAR },
		      { "全年", RULE_YEAR },  { "年内", RULE_YEAR } };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strstr(cell, words[i].word))
			unit_check(period_is_there(set, column, words[i].period), __FILE__,
				   __LINE__, "%s has the %s of “%s”", name, words[i].word, cell);
}

static bool has(const struct rule_texts *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->at[i], text) == 0)
			return true;
	return false;
}

static bool is_secret(const struct rule_set *set, const struct rule *r)
{
	(void)r;
	return set->publication.secret;
}

static bool publishes_registries(const struct rule_set *set, const struct rule *r)
{
	(void)r;
	return set->publication.what & RULE_PUBLIC_REGISTRIES;
}

static bool is_joint(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return r->visit == RULE_VISIT_JOINT;
}

static bool is_of_drawn(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return r->basis.of == RULE_OF_DRAWN;
}

static bool is_of_city(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return r->basis.of == RULE_OF_CITY;
}

static bool is_unset(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return r->basis.kind == RULE_UNSET;
}

static bool counts_staff_on_duty(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return r->heads.conditions == (RULE_HEAD_STAFF | RULE_HEAD_DUTY);
}

static bool is_outfall(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.kinds, "outfall");
}

static bool is_project(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.kinds, "project");
}

static bool is_waste(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.kinds, "waste");
}

static bool is_mine(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.source_types, "矿井");
}

static bool is_voc(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.source_types, "VOCs");
}

static bool is_repair(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.industries, "O8111");
}

static bool is_county_and_above(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.levels, "county") && has(&r->who.levels, "national");
}

static bool is_level_c(const struct rule_set *set, const struct rule *r)
{
	(void)set;
	return has(&r->who.levels, "C类") && r->has_other;
}

/* Words of a row that must have become something. */
static const struct {
	const char *word;
	bool (*holds)(const struct rule_set *set, const struct rule *r);
} meanings[] = {
	{ "检查前保密", is_secret },
	{ "公布随机抽查", publishes_registries },
	{ "联合", is_joint },
	{ "日常任务", is_of_drawn },
	{ "市级总数", is_of_city },
	{ "另设比例", is_unset },
	{ "按比例", is_unset },
	{ "在编在岗", counts_staff_on_duty },
	{ "入河", is_outfall },
	{ "建设项目", is_project },
	{ "危废", is_waste },
	{ "矿井", is_mine },
	{ "VOCs", is_voc },
	{ "汽修", is_repair },
	{ "县控及以上", is_county_and_above },
	{ "C类1:5或20%", is_level_c },
};

static void check_meanings(const struct rule_set *set, const char *name, const char *cell)
{
	for (size_t i = 0; i < COUNT(meanings); i++) {
		bool holds = false;
		if (!strstr(cell, meanings[i].word))
			continue;
		for (size_t k = 0; k < set->rule_count; k++)
			holds |= meanings[i].holds(set, &set->rules[k]);
		unit_check(holds, __FILE__, __LINE__, "%s means “%s”", name, meanings[i].word);
	}
}

/* A percentage that the row lacks was invented. */
static void check_percent(const char *name, const struct rule_basis *b, const char *row)
{
	char text[32];

	if (b->kind != RULE_PERCENT)
		return;
	snprintf(text, sizeof(text), "%g%%", (double)b->a * 100 / (double)b->b);
	unit_check(strstr(row, text) != NULL, __FILE__, __LINE__, "%s: %s is in the row", name,
		   text);
}

static void check_no_class(const struct rule_set *set, const char *name, unsigned class)
{
	for (size_t i = 0; i < set->rule_count; i++)
		unit_check(!(set->rules[i].who.classes & class), __FILE__, __LINE__,
			   "%s has no rule for class %u", name, class);
}

static void check_head(const struct rule_set *set, const char *name, char *const cells[COLUMNS])
{
	char from[CLOCK_DAY];
	bool city = strcmp(cells[LEVEL], "市") == 0;

	unit_check(set->level == (city ? RULE_CITY : RULE_COUNTY), __FILE__, __LINE__, "%s: level",
		   name);
	if (strcmp(cells[YEAR], "n/a") == 0)
		return;
	clock_day(set->from * 86400000, from);
	unit_check(strncmp(from, cells[YEAR], 4) == 0, __FILE__, __LINE__, "%s: %s", name, from);
}

static void check_row(struct arena *a, const char *name, char *const cells[COLUMNS],
		      const char *row)
{
	struct rule_set set = { 0 };

	world_rule_file(a, name, &set);
	check_head(&set, name, cells);
	for (int column = KEY_UNITS; column <= OTHER; column++) {
		const char *cell = cells[column];
		if (class_of[column] && (!*cell || strcmp(cell, "(未收全)") == 0))
			check_no_class(&set, name, class_of[column]);
		check_numbers(&set, name, cell, column);
		check_periods(&set, name, cell, column);
		check_meanings(&set, name, cell);
	}
	for (size_t i = 0; i < set.rule_count; i++) {
		check_percent(name, &set.rules[i].basis, row);
		if (set.rules[i].has_other)
			check_percent(name, &set.rules[i].other, row);
	}
}

/* Cuts one line of the table into cells in place; quotes hold commas. */
static bool cut(char *line, char *cells[COLUMNS])
{
	int count = 0;
	char *at = line;

	while (count < COLUMNS) {
		char end = *at == '"' ? '"' : ',';
		cells[count++] = at += *at == '"';
		while (*at && *at != end)
			at++;
		if (*at == '"')
			*at++ = 0;
		if (!*at)
			break;
		*at++ = 0;
	}
	return count == COLUMNS;
}

TEST(every_published_variant_is_said_by_a_rule_set)
{
	CLEANUP(arena_release) struct arena a;
	const char *path = unit_source("../shared/data/quota_variants.csv");
	char *text, *cells[COLUMNS];
	size_t len, row = 0;

	arena_init(&a);
	if (file_read(&a, path, 1 << 20, &text, &len) != OK) {
		unit_skip("../shared/data is not here");
		return;
	}
	for (char *line = strchr(text, '\n'); line && line[1]; row++) {
		char *start = line + 1;
		line = strchr(start, '\n');
		const char *whole =
			arena_mem(&a, start, line ? (size_t)(line - start) : strlen(start));
		if (line)
			*line = 0;
		if (!CHECK(row < COUNT(files)) || !CHECK(cut(start, cells)))
			return;
		check_row(&a, files[row], cells, whole);
	}
	CHECK_INT(row, COUNT(files));
}
