/* app/demo_inspectors.c — 420 people: 390 in the units, 30 in the city's own brigade, who go anywhere. */
#include "app/demo_parts.h"

#include "app/demo_city.h"

#include <string.h>

enum { CITY_STAFF = 30, FEW_SENIORS_UNIT = 6 /* 阜平县 */, FEW_SENIORS = 3 };

struct making {
	struct arena *arena;
	struct demo_random *random;
	const struct demo_rows *sites;
	struct demo_rows *rows;
	const struct demo_unit *unit; /* NULL: the city's brigade */
	uint32_t seniors;             /* so far in the unit */
	bool senior;                  /* the one being made */
};

static const char *person_name(struct making *m)
{
	const char *first = demo_given[demo_below(m->random, DEMO_GIVEN)];
	const char *second = demo_given[demo_below(m->random, DEMO_GIVEN)];

	return arena_printf(m->arena, "%s%s%s", demo_surnames[demo_below(m->random, DEMO_SURNAMES)],
			    first, demo_chance(m->random, 200) ? "" : second);
}

/* Old hands began before 2020, new ones in 2022 and later, by any rule of three to seven years. */
static void set_since(struct making *m, struct demo_row *row)
{
	bool senior = demo_chance(m->random, 550);

	if (m->unit == &demo_units[FEW_SENIORS_UNIT])
		senior = m->seniors < FEW_SENIORS;
	m->seniors += senior;
	m->senior = senior;
	row->cell[INSPECTOR_SINCE] = arena_printf(
		m->arena, "%u-%02u-%02u",
		senior ? 1996 + demo_below(m->random, 23) : 2022 + demo_below(m->random, 4),
		1 + demo_below(m->random, 12), 1 + demo_below(m->random, 28));
	if (senior && demo_chance(m->random, 300))
		row->cell[INSPECTOR_SKILLS] = "固体废物";
	if (demo_chance(m->random, 200)) /* most lists leave it to the date */
		row->cell[INSPECTOR_GRADE] = senior ? "老" : "新";
}

/* A firm that this person must stay away from, named as people name it: by number, code or name. */
static const char *recusal(struct making *m)
{
	static const char *const kinds[] = { "亲属", "利害关系", "曾任职" };
	static const enum site_field by[] = { SITE_ID, SITE_NAME, SITE_CODE };
	const struct demo_row *site =
		&m->sites->list[demo_below(m->random, (uint32_t)m->sites->count)];
	const char *word = site->cell[by[demo_below(m->random, COUNT(by))]];

	if (!word || strlen(word) < 10)
		word = site->cell[SITE_ID];
	return arena_printf(m->arena, "%s=%s", word, kinds[demo_below(m->random, COUNT(kinds))]);
}

/* One odd case in about ten people; the first seniors of a unit are spared, so that it can work. */
static void set_odd(struct making *m, struct demo_row *row)
{
	uint32_t n = demo_below(m->random, 1000);

	if (m->unit == &demo_units[FEW_SENIORS_UNIT] && m->senior)
		return;
	if (n < 18)
		row->cell[INSPECTOR_CERTIFICATE_UNTIL] = "2026-06-30";
	else if (n < 36)
		row->cell[INSPECTOR_LEAVE] = "2026-09-20至2027-01-10";
	else if (n < 50)
		row->cell[INSPECTOR_DUTY] = "否";
	else if (n < 60)
		row->cell[INSPECTOR_ACCEPTS] = "否";
	else if (n < 70)
		row->cell[INSPECTOR_ASSISTANT] = "是";
	else if (n < 105)
		row->cell[INSPECTOR_RECUSALS] = recusal(m);
	else if (n < 110)
		row->cell[INSPECTOR_NAME] = /* a zero-width space from a web page */
			arena_printf(m->arena, "%s\xe2\x80\x8b", row->cell[INSPECTOR_NAME]);
	else if (n < 118)
		row->cell[INSPECTOR_LIMIT] = "３"; /* part-time; typed with a Chinese keyboard */
}

static void add_inspector(struct making *m)
{
	struct demo_row *row = &m->rows->list[m->rows->count++];
	size_t n = m->rows->count;

	row->cell[INSPECTOR_ID] = arena_printf(m->arena, "Z%04zu", n);
	row->cell[INSPECTOR_NAME] = person_name(m);
	row->cell[INSPECTOR_CERTIFICATE] = arena_printf(m->arena, "YS1306%05zu", n * 37 + 11);
	row->cell[INSPECTOR_CERTIFICATE_UNTIL] =
		arena_printf(m->arena, "%u-12-31", 2035 + demo_below(m->random, 4));
	row->cell[INSPECTOR_UNIT] =
		m->unit ? arena_printf(m->arena, "%s分局", m->unit->name) : "市局综合执法支队";
	row->cell[INSPECTOR_DISTRICTS] = m->unit ? m->unit->code : NULL;
	row->cell[INSPECTOR_STAFF] = row->cell[INSPECTOR_DUTY] = row->cell[INSPECTOR_ACCEPTS] =
		"是";
	row->cell[INSPECTOR_ASSISTANT] = "否";
	row->cell[INSPECTOR_BASE] = arena_printf(m->arena, "%u", demo_below(m->random, 3));
	set_since(m, row);
	set_odd(m, row);
}

static void add_inspectors(struct arena *a, struct demo_random *r, const struct demo_rows *sites,
			   struct demo_rows *rows)
{
	struct making m = { .arena = a, .random = r, .sites = sites, .rows = rows };
	size_t most = CITY_STAFF;

	for (size_t u = 0; u < DEMO_UNITS; u++)
		most += demo_units[u].inspectors;
	rows->list = arena_array(a, most, sizeof(*rows->list));
	rows->count = 0;
	for (size_t u = 0; u <= DEMO_UNITS; u++) {
		m.unit = u < DEMO_UNITS ? &demo_units[u] : NULL;
		m.seniors = 0;
		for (uint32_t n = m.unit ? m.unit->inspectors : CITY_STAFF; n > 0; n--)
			add_inspector(&m);
	}
}

void demo_make(struct arena *a, const char *seed, struct demo_rows *sites,
	       struct demo_rows *inspectors)
{
	struct demo_random r;

	demo_random_init(&r, seed);
	demo_add_sites(a, &r, sites);
	add_inspectors(a, &r, sites, inspectors);
	demo_complete_sites(a, seed, sites);
	demo_complete_inspectors(a, seed, inspectors);
}
