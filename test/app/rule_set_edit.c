/* test/app/rule_set_edit.c — values changed by their path. */
#include "app/rule_set_edit.h"

#include "app/rule_set_read.h"
#include "base/status.h"

#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>

/* Changes baoding-2025 and reads the result. */
static int edit(struct arena *a, const char *path, const char *value, struct plan_notes *notes,
		struct rule_set *ret)
{
	struct rule_set set = { 0 };
	const char *text = NULL;
	size_t len = 0;

	plan_notes_init(notes, a);
	world_rule_file(a, "baoding-2025", &set);
	TRY(rule_set_edit(&set, &(struct rule_set_value){ path, value }, 1, notes, &text, &len));
	return rule_set_read(text, len, notes, ret);
}

TEST(a_value_is_changed_by_its_path)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct rule_set set = { 0 };

	arena_init(&a);
	CHECK_INT(edit(&a, "rules.key.basis.percent", "12.5", &notes, &set), OK);
	CHECK_INT(rule_set_find(&set, "key")->basis.b, 8);
	CHECK_INT(edit(&a, "rules.0.basis.percent", "20", &notes, &set), OK);
	CHECK_INT(set.rules[0].basis.b, 5);
	CHECK_INT(edit(&a, "rules.general.basis", "{\"percent\": 5}", &notes, &set), OK);
	CHECK_INT(rule_set_find(&set, "general")->basis.kind, RULE_PERCENT);
	CHECK_INT(edit(&a, "cap.visits", "3", &notes, &set), OK);
	CHECK_INT(set.cap.visits, 3);
	CHECK_INT(edit(&a, "cap", "null", &notes, &set), OK);
	CHECK(!set.cap.given);
	CHECK_INT(edit(&a, "cap.exemptions.urgent", "null", &notes, &set), OK);
	CHECK_INT(set.cap.exemption_count, 4);
	CHECK_INT(edit(&a, "cap.exemptions.offsite-lead.document", "某文件", &notes, &set), OK);
	CHECK_STR(set.cap.exemptions[2].document, "某文件");
	CHECK_INT(edit(&a, "teams.0.need", "3", &notes, &set), OK);
	CHECK_INT(set.teams[0].need, 3);
	CHECK_INT(edit(&a, "milestones.draw_by", "15", &notes, &set), OK);
	CHECK_INT(set.milestones.draw_by, 15);
	CHECK_INT(edit(&a, "title", "新的", &notes, &set), OK);
	CHECK_STR(set.title, "新的");
	CHECK_INT(edit(&a, "rules.special", "null", &notes, &set), OK);
	CHECK_INT(set.rule_count, 3);
	CHECK_INT(
		edit(&a, "rules.new.x",
		     "{\"id\": \"new.x\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": "
		     "true}}",
		     &notes, &set),
		INVALID);
	CHECK_INT(
		edit(&a, "rules.new",
		     "{\"id\": \"new\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": "
		     "true}}",
		     &notes, &set),
		OK);
	CHECK_INT(set.rule_count, 5);
}

TEST(an_edit_that_leads_nowhere_or_breaks_the_set_is_told)
{
	static const struct {
		const char *path, *value, *says;
	} bad[] = {
		{ "rules.nobody.basis.percent", "5", "rules.nobody.basis.percent：列表里没有" },
		{ "rules.nobody", "null", "没有这一项，不能删" },
		{ "rules.9.title", "x", "列表里没有" },
		{ "rules.9", "null", "没有这一项" },
		{ "rules.key.basis.percent", "150", "rules[0].basis.percent：百分比应大于 0" },
		{ "rules.key.basis.all", "true", "rules[0].basis：" },
		{ "rules.key.colour", "red", "没有“colour”这个键" },
		{ "note", "null", NULL },
		{ "nothing", "null", "没有这一项，不能删" },
		{ "title.x", "1", "没有这个位置" },
		{ "", "1", "没有这个位置" },
		{ "rules", "7", "方括号" },
		{ "title", "\xd6\xd8", NULL },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct rule_set set = { 0 };
		arena_init(&a);
		int rc = edit(&a, bad[i].path, bad[i].value, &notes, &set);
		if (!bad[i].says && rc == OK)
			continue;
		CHECK_INT(rc, INVALID);
		if (!CHECK(world_told(&notes, PLAN_REFUSED, bad[i].says ? bad[i].says : "")))
			printf("# case %zu: %s\n", i, notes.count ? notes.list[0].text : "");
	}
}

TEST(ids_with_points_are_found)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct rule_set set = { 0 }, changed = { 0 };
	const char *text = NULL;
	size_t len = 0;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	world_rule_set(
		&a, "",
		"{\"id\": \"k\", \"title\": \"a\", \"period\": \"year\", \"basis\": {\"percent\": 1}}, "
		"{\"id\": \"k.2\", \"title\": \"b\", \"period\": \"half\", \"basis\": {\"percent\": 2}}",
		&set);
	CHECK_INT(rule_set_edit(&set, &(struct rule_set_value){ "rules.k.2.basis.percent", "3" }, 1,
				&notes, &text, &len),
		  OK);
	CHECK_INT(rule_set_read(text, len, &notes, &changed), OK);
	CHECK_INT(changed.rules[0].basis.a, 1);
	CHECK_INT(changed.rules[1].basis.a, 3);
}
