/* app/demo_later.c — the later columns of the made-up registries, from numbers of their own, so that the rest stays. */
#include "app/demo_parts.h"

#include "app/demo_city.h"

#include <stdio.h>
#include <string.h>

struct making {
	struct arena *arena;
	struct demo_random random;
};

/* Roughly where each unit lies, in thousandths of a degree; by enum of demo_units. */
static const struct {
	uint32_t east, north;
} middles[DEMO_UNITS] = {
	{ 115459, 38878 }, { 115497, 38884 }, { 115322, 38949 }, { 115489, 38765 },
	{ 115655, 39018 }, { 115714, 39394 }, { 114195, 38849 }, { 115808, 39263 },
	{ 114982, 38748 }, { 115779, 38700 }, { 114694, 39360 }, { 115155, 38707 },
	{ 115498, 39350 }, { 114745, 38622 }, { 115584, 38488 }, { 115135, 38837 },
	{ 115464, 38457 }, { 115974, 39485 }, { 115327, 38418 }, { 115873, 39326 },
	{ 115470, 38920 }, { 116030, 39115 },
};

static const char *day(struct making *m, uint32_t from, uint32_t years)
{
	return arena_printf(m->arena, "%u-%02u-%02u", from + demo_below(&m->random, years),
			    1 + demo_below(&m->random, 12), 1 + demo_below(&m->random, 28));
}

static const char *degree(struct making *m, uint32_t middle, uint32_t spread)
{
	/* The sum of two is more often near the middle. */
	uint32_t at = middle * 1000 - spread * 1000 + demo_below(&m->random, spread * 1000) +
		      demo_below(&m->random, spread * 1000);

	return arena_printf(m->arena, "%u.%06u", at / 1000000, at % 1000000);
}

static void set_place(struct making *m, size_t unit, struct demo_row *row)
{
	uint32_t n = demo_below(&m->random, 1000);

	/* A few with the coordinates of the county next in the list. */
	if (n < 4)
		unit = (unit + 7) % DEMO_UNITS;
	row->cell[SITE_LONGITUDE] = degree(m, middles[unit].east, 110);
	row->cell[SITE_LATITUDE] = degree(m, middles[unit].north, 90);
	if (n >= 970)
		row->cell[SITE_LONGITUDE] = row->cell[SITE_LATITUDE] = NULL;
}

static const char *one_of(struct making *m, const char *const *words, uint32_t count)
{
	return words[demo_below(&m->random, count)];
}

static void set_class(struct making *m, struct demo_row *row)
{
	static const char *const levels[] = { "国控", "省控", "省控", "省控", "市控",
					      "市控", "市控", "市控", "市控", "市控" };
	static const char *const categories[] = {
		"水环境重点排污单位",
		"大气环境重点排污单位",
		"大气环境重点排污单位",
		"水环境重点排污单位、大气环境重点排污单位",
		"大气、土壤污染重点监管单位",
		"环境风险重点管控单位",
		"噪声",
	};
	bool key = strcmp(row->cell[SITE_CLASS], "重点") == 0;

	if (key) {
		row->cell[SITE_LEVEL] = one_of(m, levels, COUNT(levels));
		row->cell[SITE_KEY_CATEGORIES] = one_of(m, categories, COUNT(categories));
	} else if (demo_chance(&m->random, 600)) {
		row->cell[SITE_LEVEL] = "县控";
	}
	row->cell[SITE_POWER] = demo_chance(&m->random, key ? 550 : 60) ? "是" : "否";
	row->cell[SITE_RISK] = key && demo_chance(&m->random, 120) ? "较大" : "一般";
}

static void set_standing(struct making *m, struct demo_row *row)
{
	static const char *const risks[] = { "A", "A", "A", "A", "A", "B", "B", "B", "C", "D" };
	bool good = row->cell[SITE_CREDIT] && strcmp(row->cell[SITE_CREDIT], "A") == 0;

	row->cell[SITE_MARKET_RISK] = one_of(m, risks, COUNT(risks));
	row->cell[SITE_CREDIT_DAY] = "2025-12-20";
	if (good && demo_chance(&m->random, 80)) {
		row->cell[SITE_POSITIVE] = "是";
		row->cell[SITE_POSITIVE_UNTIL] = "2026-12-31";
		row->cell[SITE_POSITIVE_REASON] = "治污水平先进、近三年无违法记录";
	}
	if (demo_chance(&m->random, 350))
		row->cell[SITE_LAST_VISIT] = day(m, 2024, 2);
	row->cell[SITE_ENTERED] = day(m, 2017, 9);
	if (strcmp(row->cell[SITE_STATE], "在产") != 0 &&
	    strcmp(row->cell[SITE_STATE], "在建") != 0 && demo_chance(&m->random, 850))
		row->cell[SITE_STATE_EVIDENCE] = "现场核查记录及照片";
	if (row->cell[SITE_SPECIAL_REASON]) {
		row->cell[SITE_SPECIAL_ORIGIN] = "市局特殊监管对象名单";
		row->cell[SITE_SPECIAL_ENTERED] = "2025-12-28";
	}
}

void demo_complete_sites(struct arena *a, const char *seed, struct demo_rows *sites)
{
	struct making m = { .arena = a };
	size_t unit = 0;

	demo_random_init(&m.random, arena_printf(a, "%s/sites", seed));
	for (size_t i = 0; i < sites->count; i++) {
		struct demo_row *row = &sites->list[i];
		while (strcmp(demo_units[unit].code, row->cell[SITE_COUNTY]) != 0)
			unit = (unit + 1) % DEMO_UNITS;
		set_place(&m, unit, row);
		set_class(&m, row);
		set_standing(&m, row);
	}
}

void demo_complete_inspectors(struct arena *a, const char *seed, struct demo_rows *inspectors)
{
	struct making m = { .arena = a };

	demo_random_init(&m.random, arena_printf(a, "%s/inspectors", seed));
	for (size_t i = 0; i < inspectors->count; i++) {
		struct demo_row *row = &inspectors->list[i];
		bool assistant = strcmp(row->cell[INSPECTOR_ASSISTANT], "是") == 0;
		row->cell[INSPECTOR_PROVINCE] = "河北省";
		row->cell[INSPECTOR_ROLE] = !assistant                    ? "执法人员"
					    : demo_chance(&m.random, 500) ? "专家"
									  : "第三方";
		row->cell[INSPECTOR_COUNTED] = assistant ? "否" : "是";
		row->cell[INSPECTOR_ENTERED] = day(&m, 2019, 7);
		if (!assistant)
			continue;
		row->cell[INSPECTOR_POOL] = "大气污染防治专家库";
		row->cell[INSPECTOR_CONFIDENTIAL] = day(&m, 2025, 1);
		row->cell[INSPECTOR_DECLARED] = row->cell[INSPECTOR_CONFIDENTIAL];
	}
}
