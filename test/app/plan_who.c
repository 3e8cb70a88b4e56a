/* test/app/plan_who.c — which sites a rule speaks of, and which matters a site is checked for. */
#include "app/plan_who.h"

#include "base/status.h"

#include "unit.h"

struct case_of {
	struct arena arena;
	struct plan_notes notes;
	struct plan_matters matters;
	struct site site;
	bool special;
};

static void begin(struct case_of *c)
{
	*c = (struct case_of){ .site = { .class = SITE_CLASS_GENERAL, .kind = OBJECT_WASTE } };
	arena_init(&c->arena);
	plan_notes_init(&c->notes, &c->arena);
	for (int i = 0; i < REGISTRY_FIELDS_MOST; i++)
		c->site.text[i] = SPAN("");
	c->site.text[SITE_COUNTY] = SPAN("130602");
	c->site.text[SITE_KIND] = SPAN("waste");
	c->site.text[SITE_INDUSTRY] = SPAN("C2614");
	c->site.text[SITE_SOURCE_TYPES] = SPAN("废气,废水");
	c->site.text[SITE_CREDIT] = SPAN("D");
	c->site.text[SITE_PERMIT_CLASS] = SPAN("major");
	c->site.text[SITE_LEVEL] = SPAN("city");
	c->site.text[SITE_KEY_CATEGORIES] = SPAN("water,air");
}

static bool fits(struct case_of *c, const char *pool)
{
	struct rule_who who;
	const struct plan_site s = { &c->site, c->special, &c->matters };

	CHECK_INT(plan_who_parse(pool, &c->notes, &who), OK);
	return plan_who_fits(&who, &s);
}

TEST(a_pool_takes_who_fits_every_word)
{
	struct case_of c;
	static const char *const yes[] = { "",
					   "class=general",
					   "class=key,general",
					   "county=130606,130602",
					   "kind=waste",
					   "kind=危废经营单位",
					   "industry=C26",
					   "industry=26",
					   "industry=C2614",
					   "source=废水",
					   "credit=D,E",
					   "permit=major",
					   "permit=重点",
					   "level=city",
					   "level=市控",
					   "category=air",
					   "class=一般;county=130602;credit=D" };
	static const char *const no[] = {
		"class=key",     "class=special",   "county=130606", "kind=vehicle",
		"industry=C27",  "industry=C26141", "source=噪声",   "credit=A,B",
		"permit=simple", "level=national",  "category=soil", "class=general;credit=A"
	};

	begin(&c);
	for (size_t i = 0; i < COUNT(yes); i++)
		if (!CHECK(fits(&c, yes[i])))
			unit_check(false, __FILE__, __LINE__, "%s", yes[i]);
	for (size_t i = 0; i < COUNT(no); i++)
		if (!CHECK(!fits(&c, no[i])))
			unit_check(false, __FILE__, __LINE__, "%s", no[i]);
	c.special = true;
	CHECK(fits(&c, "class=special") && fits(&c, "class=general") && !fits(&c, "class=key"));
	c.site.text[SITE_KIND] = SPAN("");
	CHECK(fits(&c, "kind=discharger") && !fits(&c, "kind=waste"));
	arena_release(&c.arena);
}

TEST(a_pool_that_is_no_pool_is_told)
{
	static const char *const wrong[] = {
		"class",   "class=",      "class=vip",         "color=red",
		"county=", "county=1,,2", "credit=A;credit=B", "=A",
		";"
	};
	struct case_of c;
	struct rule_who who;

	begin(&c);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		size_t refused = c.notes.refused;
		CHECK_INT(plan_who_parse(wrong[i], &c.notes, &who), INVALID);
		CHECK_INT(c.notes.refused, refused + 1);
	}
	arena_release(&c.arena);
}

TEST(matters_are_those_of_the_kind_or_its_own_list)
{
	struct case_of c;
	uint32_t found[8];
	struct plan_matter list[] = {
		{ .id = SPAN("M-1"), .kinds = UINT32_MAX },
		{ .id = SPAN("M-2"), .kinds = 1u << OBJECT_WASTE },
		{ .id = SPAN("M-3"), .kinds = 1u << OBJECT_VEHICLE },
	};

	begin(&c);
	c.matters = (struct plan_matters){ list, 3, 0 };
	CHECK_INT(plan_matters_of(&c.matters, c.site.text[SITE_MATTERS], c.site.kind, found), 2);
	CHECK(found[0] == 0 && found[1] == 1);
	CHECK(fits(&c, "matter=M-2") && !fits(&c, "matter=M-3"));
	c.site.text[SITE_MATTERS] = SPAN("M-3,M-7");
	CHECK_INT(plan_matters_of(&c.matters, c.site.text[SITE_MATTERS], c.site.kind, found), 1);
	CHECK_INT(found[0], 2);
	CHECK(fits(&c, "matter=M-3") && !fits(&c, "matter=M-1"));
	arena_release(&c.arena);
}
