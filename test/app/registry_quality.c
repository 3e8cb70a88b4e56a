/* test/app/registry_quality.c — every figure of the report is as many rows as its list shows. */
#include "app/registry_quality.h"

#include "app/registry_grid.h"
#include "app/registry_merge.h"
#include "app/registry_suggest.h"
#include "base/buf.h"
#include "base/status.h"

#include "../db/scene.h"
#include "sites_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char csv[] =
	"编号,企业名称,信用代码,县区,地址,监管类别,运行状态,经度,纬度,最近抽查日期\n"
	"A-1,甲厂,91130200699229617X,唐县,一路1号,一般,在产,115.01,38.71,2026-02-01\n"
	"A-2,乙厂,,唐县,二路1号,重点,停产,115.02,38.72,\n"
	"A-3,丙厂,91350100M0001TGQXM,唐县,三路1号,重点,在产,,,\n"
	"A-4,丁厂,123,唐县,四路1号,一般,在产,120.5,38.7,\n"
	"A-5,甲厂,91130200699229617X,唐县,一路1号,一般,在产,115.01,38.71,\n"
	"A-6,戊厂,,唐县,五路1号,一般,关闭,,,\n"
	"B-1,己厂,,易县,一路1号,一般,在产,115.4,39.3,\n";

struct listed {
	char text[256];
	int64_t count;
};

static int list_row(void *arg, const struct span cells[REGISTRY_FIELDS_MOST])
{
	struct listed *l = arg;
	size_t len = strlen(l->text);

	l->count++;
	snprintf(l->text + len, sizeof(l->text) - len, "%.*s ", (int)cells[SITE_ID].len,
		 cells[SITE_ID].at);
	return OK;
}

static const char *list(struct sites_world *w, const char *county, enum quality_kind kind)
{
	static struct listed l;
	struct quality_in in = { county, 365 };

	l = (struct listed){ "", 0 };
	CHECK_INT(registry_quality_list(&w->office.office, &in, kind, list_row, &l), OK);
	return l.text;
}

TEST(figures_by_county)
{
	struct sites_world w;
	struct quality_report r;
	struct quality_in in = { NULL, 365 };
	int64_t found, fresh;

	sites_world_init(&w, csv);
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	CHECK_INT(registry_quality(&w.office.office, &w.office.arena, &in, &r), OK);
	CHECK_INT(r.count, 2);
	const struct quality_county *tang = &r.counties[0], *yi = &r.counties[1];
	CHECK_STR(tang->code, "130627");
	CHECK_STR(tang->name, "唐县");
	CHECK_STR(yi->name, "易县");
	CHECK_INT(tang->count[QUALITY_ROWS], 5);
	CHECK_INT(tang->count[QUALITY_LIVE], 4);
	CHECK_INT(tang->count[QUALITY_CODE_MISSING], 1);
	CHECK_INT(tang->count[QUALITY_CODE_FORM], 1);
	CHECK_INT(tang->count[QUALITY_CODE_CHECK], 1);
	CHECK_INT(tang->count[QUALITY_PLACE_MISSING], 1);
	CHECK_INT(tang->count[QUALITY_PLACE_OUTSIDE], 1);
	CHECK_INT(tang->count[QUALITY_PLACE_FAR], 0);
	CHECK_INT(tang->count[QUALITY_DOUBLE], 1);
	CHECK_INT(quality_codes_right(tang), 400);
	CHECK_INT(quality_places_right(tang), 600);
	CHECK_INT(yi->count[QUALITY_ROWS], 1);
	CHECK_INT(yi->count[QUALITY_DOUBLE], 0);
	CHECK_INT(r.all.count[QUALITY_ROWS], 6);
	CHECK_INT(r.all.count[QUALITY_CODE_MISSING], 2);
	CHECK_STR(list(&w, NULL, QUALITY_CODE_MISSING), "A-2 B-1 ");
	CHECK_STR(list(&w, "130627", QUALITY_CODE_MISSING), "A-2 ");
	CHECK_STR(list(&w, NULL, QUALITY_CODE_CHECK), "A-3 ");
	CHECK_STR(list(&w, NULL, QUALITY_CODE_FORM), "A-4 ");
	CHECK_STR(list(&w, NULL, QUALITY_PLACE_OUTSIDE), "A-4 ");
	CHECK_STR(list(&w, NULL, QUALITY_ROWS), "A-1 A-2 A-3 A-4 A-5 B-1 ");
	CHECK_INT(registry_quality_list(&w.office.office, &in, QUALITY_DOUBLE, list_row, NULL),
		  INVALID);
	in.county = "130633";
	CHECK_INT(registry_quality(&w.office.office, &w.office.arena, &in, &r), OK);
	CHECK_INT(r.count, 1);
	CHECK_INT(r.all.count[QUALITY_ROWS], 1);
	sites_world_release(&w);
}

/* Neither changed nor visited: the clock stands a year and more later. */
TEST(stale_rows)
{
	struct sites_world w;
	struct registry_value note = { SITE_NOTE, "核对过" };
	struct registry_edit_in edit = { .id = "A-3", .values = &note, .count = 1 };
	int64_t change;

	sites_world_init(&w, csv);
	CHECK_STR(list(&w, NULL, QUALITY_STALE), "");
	w.office.office.fixed_now += INT64_C(360) * 86400000;
	CHECK_INT(registry_act_edit(&w.act, &edit, &change), OK);
	w.office.office.fixed_now += INT64_C(6) * 86400000;
	CHECK_STR(list(&w, NULL, QUALITY_STALE), "A-1 A-2 A-4 A-5 B-1 ");
	sites_world_release(&w);
}

TEST(a_merged_site_is_no_longer_counted)
{
	struct sites_world w;
	struct quality_report r;
	struct quality_in in = { NULL, 365 };
	const char *gone = "A-5";
	struct registry_merge_in merge = { "A-1", &gone, 1 };
	int64_t found, fresh, change;

	sites_world_init(&w, csv);
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	CHECK_INT(registry_act_merge(&w.act, &merge, &change), OK);
	CHECK_INT(registry_quality(&w.office.office, &w.office.arena, &in, &r), OK);
	CHECK_INT(r.all.count[QUALITY_ROWS], 5);
	CHECK_INT(r.all.count[QUALITY_DOUBLE], 0);
	sites_world_release(&w);
}

/* Eleven neighbours and one with the coordinates of another county. */
TEST(a_place_far_from_its_own_county)
{
	struct sites_world w;
	struct quality_report r;
	struct quality_in in = { NULL, 365 };
	struct buf text;

	buf_init(&text, 1 << 16);
	buf_str(&text, "编号,企业名称,县区,地址,经度,纬度\n");
	for (int i = 0; i < 11; i++)
		buf_printf(&text, "A-%02d,厂%d,唐县,路%d号,114.9%d,38.7%d\n", i, i, i, i % 10,
			   (3 * i) % 10);
	buf_str(&text, "B-1,远厂,唐县,远路,115.95,39.45\nC-1,独厂,易县,山路,114.0,38.3\n");
	sites_world_init(&w, buf_text(&text));
	CHECK_INT(registry_quality(&w.office.office, &w.office.arena, &in, &r), OK);
	CHECK_INT(r.counties[0].count[QUALITY_PLACE_FAR], 1);
	CHECK_INT(r.counties[0].far_km, 20);
	/* One place alone says nothing about its county. */
	CHECK_INT(r.counties[1].count[QUALITY_PLACE_FAR], 0);
	CHECK_INT(r.counties[1].far_km, 0);
	CHECK_STR(list(&w, NULL, QUALITY_PLACE_FAR), "B-1 ");
	buf_release(&text);
	sites_world_release(&w);
}

TEST(squares_of_the_city)
{
	int column = -1, row = -1;

	CHECK(grid_square(1136600000, 381600000, &column, &row));
	CHECK(column == 0 && row == 0);
	CHECK(grid_square(1163399999, 400199999, &column, &row));
	CHECK(column == GRID_COLUMNS - 1 && row == GRID_ROWS - 1);
	CHECK(!grid_square(1136599999, 390000000, &column, &row));
	CHECK(!grid_square(1163400000, 390000000, &column, &row));
	CHECK(!grid_square(1150000000, 381599999, &column, &row));
	CHECK(!grid_square(1150000000, 400200000, &column, &row));
}

/* The limit follows how widely a county is settled. */
TEST(a_wide_county_has_a_wide_limit)
{
	struct grid *g = calloc(1, sizeof(*g));

	for (int i = 0; i < 9; i++)
		grid_add(g, 60, 40);
	grid_judge(g);
	CHECK_INT(g->far_km, 0);
	CHECK(!grid_is_far(g, 0, 0));
	/* Places along a line 8 squares to both sides: median distance 4 squares, 7 km rounded up. */
	memset(g, 0, sizeof(*g));
	for (int i = -8; i <= 8; i++)
		grid_add(g, 60 + i, 40);
	grid_judge(g);
	CHECK_INT(g->column, 60);
	CHECK_INT(g->far_km, 28);
	CHECK(!grid_is_far(g, 60 + 16, 40) && grid_is_far(g, 60 + 17, 40));
	CHECK(!grid_is_far(g, 60, 40 + 12) && grid_is_far(g, 60, 40 + 13));
	CHECK_INT(grid_count_far(g), 0);
	grid_add(g, 100, 90);
	CHECK_INT(grid_count_far(g), 1);
	free(g);
}

TEST(words_of_kinds)
{
	enum quality_kind kind;

	for (int k = 0; k < QUALITY_KINDS; k++)
		CHECK(quality_of(quality_name((enum quality_kind)k), &kind) && (int)kind == k);
	CHECK(!quality_of("x", &kind));
}
