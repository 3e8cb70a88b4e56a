/* test/app/demo.c — the made-up city is the same for the same seed, of the right shape, and imports whole. */
#include "app/demo.h"
#include "app/demo_rows.h"
#include "app/plan_lists.h"
#include "app/sheet_registry.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

static bool same_files(struct arena *a, const char *one, const char *two, const char *name)
{
	struct file_map x, y;

	if (file_map(arena_printf(a, "%s/%s", one, name), &x) != OK ||
	    file_map(arena_printf(a, "%s/%s", two, name), &y) != OK)
		return false;
	bool same = x.len == y.len && memcmp(x.at, y.at, x.len) == 0;
	file_unmap(&x);
	file_unmap(&y);
	return same;
}

TEST(the_same_seed_gives_the_same_bytes)
{
	CLEANUP(arena_release) struct arena a;
	const char *one = unit_folder(), *two = unit_folder(), *other = unit_folder();
	struct demo_written w;

	arena_init(&a);
	CHECK_INT(demo_write(&a, one, "明签", false, &w), OK);
	CHECK_INT(demo_write(&a, two, "明签", false, &w), OK);
	CHECK_INT(demo_write(&a, other, "x", false, &w), OK);
	CHECK_INT(w.sites, 6000);
	CHECK_INT(w.inspectors, 420);
	CHECK(same_files(&a, one, two, "sites.xlsx"));
	CHECK(same_files(&a, one, two, "inspectors.xlsx"));
	CHECK(same_files(&a, one, two, "matters.xlsx"));
	CHECK(same_files(&a, one, two, "recusals.xlsx"));
	CHECK(same_files(&a, one, two, "rules.txt"));
	CHECK(!same_files(&a, one, other, "recusals.xlsx"));
	CHECK(!same_files(&a, one, other, "sites.xlsx"));
}

TEST(only_the_22_units_and_invented_codes)
{
	CLEANUP(arena_release) struct arena a;
	struct demo_rows sites, people;
	size_t key = 0, special = 0, codes = 0, units = 1;

	arena_init(&a);
	demo_make(&a, "明签", &sites, &people);
	for (size_t i = 0; i < sites.count; i++) {
		const struct demo_row *r = &sites.list[i];
		const char *county = r->cell[SITE_COUNTY], *code = r->cell[SITE_CODE];
		units += i > 0 && strcmp(county, sites.list[i - 1].cell[SITE_COUNTY]) != 0;
		CHECK(strcmp(county, "130629") != 0 && strcmp(county, "130632") != 0 &&
		      strcmp(county, "130638") != 0 && strcmp(county, "130682") != 0);
		key += strcmp(r->cell[SITE_CLASS], "重点") == 0;
		special += strcmp(r->cell[SITE_SPECIAL], "是") == 0;
		codes += code && strstr(code, "YY") != NULL;
	}
	CHECK_INT(units, 22);
	CHECK(key >= 450 && key <= 700);
	CHECK(special >= 120 && special <= 240);
	CHECK(codes > 4000);
}

TEST(the_registries_import_without_a_wrong_row_and_can_be_served)
{
	CLEANUP(arena_release) struct arena a;
	const char *folder = unit_folder();
	struct demo_written w;
	struct plan_notes notes;
	struct plan_rules rules;
	struct file_map sites, people, text;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	CHECK_INT(demo_write(&a, folder, "明签", false, &w), OK);
	struct sheet_import in = { .file = arena_printf(&a, "%s/sites.xlsx", folder),
				   .out = arena_printf(&a, "%s/sites.tsv", folder),
				   .report = arena_printf(&a, "%s/report.xlsx", folder) };
	CHECK_INT(sheet_import_registry(REGISTRY_SITES, &in, &notes), OK);
	in.file = arena_printf(&a, "%s/inspectors.xlsx", folder);
	in.out = arena_printf(&a, "%s/inspectors.tsv", folder);
	CHECK_INT(sheet_import_registry(REGISTRY_INSPECTORS, &in, &notes), OK);
	for (int kind = REGISTRY_MATTERS; kind <= REGISTRY_RECUSALS; kind++) {
		const char *name = registry_name((enum registry)kind);
		struct sheet_import list = { .file = arena_printf(&a, "%s/%s.xlsx", folder, name),
					     .out = arena_printf(&a, "%s/%s.tsv", folder, name),
					     .report =
						     arena_printf(&a, "%s/%s.out", folder, name) };
		CHECK_INT(sheet_import_registry((enum registry)kind, &list, &notes), OK);
	}
	CHECK_INT(file_map(arena_printf(&a, "%s/sites.tsv", folder), &sites), OK);
	CHECK_INT(file_map(in.out, &people), OK);
	CHECK_INT(file_map(arena_printf(&a, "%s/rules.txt", folder), &text), OK);
	CHECK_INT(plan_rules_parse(text.at, text.len, &notes, &rules), OK);
	const struct plan_lists_input lists_in = { { sites.at, sites.len },
						   { people.at, people.len },
						   &rules,
						   20757 /* 2026-10-31 */ };
	struct plan_lists lists;
	CHECK_INT(plan_lists_make(&lists_in, &notes, &lists), OK);
	CHECK_INT(lists.sites, 6000);
	CHECK(lists.live > 5300 && lists.live < 5700);
	CHECK(lists.eligible > 370 && lists.absent_count > 15);
	CHECK_INT(lists.eligible + lists.absent_count, 420);
	CHECK(lists.conflict_count >= 5);
	CHECK_INT(notes.refused, 0);
	file_unmap(&sites);
	file_unmap(&people);
	file_unmap(&text);
}

TEST(an_edited_folder_is_not_overwritten)
{
	CLEANUP(arena_release) struct arena a;
	const char *folder = unit_folder(), *full = unit_folder(), *text;
	struct demo_written w;
	char *have;
	size_t len;

	arena_init(&a);
	CHECK_INT(demo_write(&a, folder, "明签", false, &w), OK);
	text = arena_printf(&a, "%s/rules.txt", folder);
	CHECK_INT(file_write(arena_printf(&a, "%s/more.txt", folder), "x", 1, 0644), OK);
	CHECK_INT(demo_write(&a, folder, "明签", false, &w), OK);
	CHECK_INT(file_write(text, "mine", 4, 0644), OK);
	CHECK_INT(demo_write(&a, folder, "明签", false, &w), CONFLICT);
	CHECK_INT(file_read(&a, text, 100000, &have, &len), OK);
	CHECK_STR(have, "mine");
	CHECK_INT(demo_write(&a, folder, "明签", true, &w), OK);
	CHECK_INT(file_read(&a, arena_printf(&a, "%s.bak", text), 100000, &have, &len), OK);
	CHECK_STR(have, "mine");
	CHECK_INT(file_write(arena_printf(&a, "%s/mine.txt", full), "x", 1, 0644), OK);
	CHECK_INT(demo_write(&a, full, "明签", false, &w), CONFLICT);
	CHECK(!file_exists(arena_printf(&a, "%s/rules.txt", full)));
}
