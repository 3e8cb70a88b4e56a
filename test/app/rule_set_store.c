/* test/app/rule_set_store.c — rule sets and calendars that an office keeps, on both databases. */
#include "app/rule_set_store.h"

#include "app/calendar_store.h"
#include "app/rule_set_read.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"

#include "../db/scene.h"
#include "office_world.h"
#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>

#define RULE(id, percent)                                                                           \
	"{\"id\": \"" id "\", \"title\": \"重点\", \"article\": \"一\", \"who\": {\"classes\": " \
	"[\"key\"]}, \"basis\": {\"percent\": " percent "}, \"period\": \"quarter\"}"

static int64_t entries(struct office *o)
{
	return scene_number(o->db, "select count(*) from ledger_entry");
}

static int64_t day(const char *text)
{
	int64_t ret = -1;

	CHECK_INT(clock_parse_day(text, &ret), OK);
	return ret;
}

static int keep(struct office_world *w, const char *more, const char *rules, const char *reason,
		struct plan_notes *notes, struct rule_set_kept *ret)
{
	const char *text = world_rule_text(&w->arena, more, rules);

	plan_notes_init(notes, &w->arena);
	return rule_set_keep(&w->office,
			     &(struct rule_set_given){ text, strlen(text), "t.json", reason, NULL },
			     notes, ret);
}

TEST(a_rule_set_is_kept_with_who_when_and_why)
{
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept = { 0 };
	struct rule_set set = { 0 };
	char digest[RULE_DIGEST];

	office_world_init(&w);
	w.office.actor = "王";
	int64_t before = entries(&w.office);
	CHECK_INT(keep(&w, "\"from\": \"2026-01-01\", \"to\": \"2026-12-31\",", RULE("key", "10"),
		       "年度计划", &notes, &kept),
		  OK);
	CHECK_INT(entries(&w.office), before + 1);
	CHECK_INT(kept.version, 1);
	CHECK_STR(kept.actor, "王");
	CHECK_STR(kept.reason, "年度计划");
	CHECK_INT(kept.at, WORLD_START);
	CHECK_INT(rule_set_get(&w.office, "t", 0, &notes, &set, &kept), OK);
	CHECK_INT(set.rule_count, 1);
	CHECK_INT(set.to, day("2026-12-31"));
	CHECK_INT(kept.from, day("2026-01-01"));
	CHECK_STR(kept.file, "t.json");
	rule_set_digest(&set, digest);
	CHECK_STR(kept.digest, digest);
	CHECK_INT(scene_number(w.office.db,
			       "select count(*) from ledger_entry e join rule_set s on s.digest = "
			       "e.digest where e.action = 'rules.import' and e.subject = 't'"),
		  1);
	office_world_release(&w);
}

TEST(a_change_is_a_new_version_and_the_same_is_none)
{
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept = { 0 };
	struct rule_set set = { 0 };
	struct rule_set_list list = { 0 };

	office_world_init(&w);
	CHECK_INT(keep(&w, "", RULE("key", "10"), "一", &notes, &kept), OK);
	int64_t before = entries(&w.office);
	CHECK_INT(keep(&w, "", RULE("key", "\"10.0\""), "二", &notes, &kept), CONFLICT);
	CHECK(world_told(&notes, PLAN_REFUSED, "没有变化"));
	CHECK_INT(entries(&w.office), before);
	CHECK_INT(keep(&w, "", RULE("key", "20"), "三", &notes, &kept), OK);
	CHECK_INT(kept.version, 2);
	CHECK_INT(rule_set_get(&w.office, "t", 1, &notes, &set, &kept), OK);
	CHECK_INT(set.rules[0].basis.b, 10);
	CHECK_INT(rule_set_get(&w.office, "t", 0, &notes, &set, &kept), OK);
	CHECK_INT(set.rules[0].basis.b, 5);
	CHECK_INT(rule_set_list(&w.office, &w.arena, "t", &list), OK);
	CHECK_INT(list.count, 2);
	CHECK_STR(list.at[0].reason, "三");
	CHECK_INT(rule_set_list(&w.office, &w.arena, NULL, &list), OK);
	CHECK_INT(list.count, 1);
	CHECK_INT(rule_set_get(&w.office, "nobody", 0, &notes, &set, &kept), NONE);
	office_world_release(&w);
}

TEST(a_wrong_set_is_not_kept)
{
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept = { 0 };

	office_world_init(&w);
	int64_t before = entries(&w.office);
	CHECK_INT(keep(&w, "", RULE("key", "150"), "年度", &notes, &kept), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "rules[0].basis.percent"));
	CHECK_INT(keep(&w, "", RULE("a", "10") "," RULE("b", "20"), "年度", &notes, &kept),
		  INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "同样的单位"));
	CHECK_INT(keep(&w, "", RULE("a", "10"), "", &notes, &kept), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "原因"));
	CHECK_INT(entries(&w.office), before);
	CHECK_INT(scene_number(w.office.db, "select count(*) from rule_set"), 0);
	office_world_release(&w);
}

/* A file just within the limit whose canonical form is above it could be kept, but never read again. */
TEST(a_set_that_could_not_be_read_again_is_not_kept)
{
	enum { RULES = 190, KINDS = 400, PADDING = 590 };
	CLEANUP(buf_release) struct buf rules = { 0 }, padding = { 0 };
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept;

	office_world_init(&w);
	buf_init(&rules, 4 << 20);
	buf_init(&padding, 1 << 20);
	for (int i = 0; i < RULES; i++) {
		buf_printf(
			&rules,
			"%s{\"id\":\"r%d\",\"title\":\"t\",\"period\":\"year\",\"basis\":{\"all\":"
			"true},\"who\":{\"kinds\":[",
			i ? "," : "", i);
		for (int k = 0; k < KINDS; k++)
			buf_printf(&rules, "%s\"kind%06d\"", k ? "," : "", i * KINDS + k);
		buf_str(&rules, "]}}");
	}
	buf_str(&padding, "\"special_criteria\":[\"x\"");
	for (int i = 0; rules.len + padding.len + 1200 < RULE_FILE_MOST; i++)
		buf_printf(&padding, ",\"%0*d\"", PADDING, i);
	buf_str(&padding, "],");
	const char *text = world_rule_text(&w.arena, buf_text(&padding), buf_text(&rules));
	CHECK(strlen(text) <= RULE_FILE_MOST && strlen(text) > RULE_FILE_MOST - 2000);
	plan_notes_init(&notes, &w.arena);
	CHECK_INT(rule_set_keep(&w.office,
				&(struct rule_set_given){ text, strlen(text), "t", "x", NULL },
				&notes, &kept),
		  TOO_LARGE);
	CHECK(world_told(&notes, PLAN_REFUSED, "规则集太大"));
	CHECK_INT(scene_number(w.office.db, "select count(*) from rule_set"), 0);
	office_world_release(&w);
}

TEST(the_set_in_force_is_found_by_the_day)
{
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept = { 0 };
	struct rule_set set = { 0 };

	office_world_init(&w);
	CHECK_INT(keep(&w, "\"from\": \"2026-01-01\", \"to\": \"2026-12-31\",", RULE("key", "10"),
		       "一", &notes, &kept),
		  OK);
	plan_notes_init(&notes, &w.arena);
	CHECK_INT(rule_set_in_force(&w.office, RULE_CITY, day("2025-12-31"), &notes, &set, &kept),
		  NONE);
	CHECK(world_told(&notes, PLAN_REFUSED, "rules import"));
	CHECK_INT(rule_set_in_force(&w.office, RULE_COUNTY, day("2026-06-30"), &notes, &set, &kept),
		  NONE);
	CHECK_INT(rule_set_in_force(&w.office, RULE_CITY, day("2026-12-31"), &notes, &set, &kept),
		  OK);
	CHECK_STR(kept.name, "t");
	/* A second set for the same days: a warning, and then somebody has to choose. */
	char *text = NULL;
	size_t len = 0;
	CHECK_INT(file_read(&w.arena, unit_source("rules/baoding-2025.json"), RULE_FILE_MOST, &text,
			    &len),
		  OK);
	plan_notes_init(&notes, &w.arena);
	CHECK_INT(rule_set_keep(&w.office,
				&(struct rule_set_given){ text, len, "b.json", "新规", NULL },
				&notes, &kept),
		  OK);
	CHECK(world_told(&notes, PLAN_WARNING, "“t”"));
	CHECK_INT(rule_set_in_force(&w.office, RULE_CITY, day("2026-06-30"), &notes, &set, &kept),
		  CONFLICT);
	int64_t before = entries(&w.office);
	CHECK_INT(rule_set_retire(&w.office, "t", "由新规代替", &notes, &kept), OK);
	CHECK_INT(entries(&w.office), before + 1);
	CHECK(kept.withdrawn);
	CHECK_INT(kept.version, 2);
	CHECK_INT(rule_set_in_force(&w.office, RULE_CITY, day("2026-06-30"), &notes, &set, &kept),
		  OK);
	CHECK_STR(kept.name, "baoding-2025");
	CHECK_INT(rule_set_retire(&w.office, "t", "再来", &notes, &kept), CONFLICT);
	CHECK_INT(rule_set_retire(&w.office, "nobody", "x", &notes, &kept), NONE);
	/* What was retired may come back, as a version of its own. */
	CHECK_INT(keep(&w, "\"from\": \"2026-01-01\", \"to\": \"2026-12-31\",", RULE("key", "10"),
		       "恢复", &notes, &kept),
		  OK);
	CHECK_INT(kept.version, 3);
	office_world_release(&w);
}

TEST(a_retired_set_makes_no_plan_but_can_be_looked_at)
{
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept = { 0 };
	struct rule_set set = { 0 };

	office_world_init(&w);
	CHECK_INT(keep(&w, "", RULE("key", "10"), "一", &notes, &kept), OK);
	CHECK_INT(rule_set_retire(&w.office, "t", "停", &notes, &kept), OK);
	plan_notes_init(&notes, &w.arena);
	CHECK_INT(rule_set_get(&w.office, "t", 0, &notes, &set, &kept), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "已经停用"));
	CHECK_INT(rule_set_look(&w.office, "t", 0, &notes, &set, &kept), OK);
	CHECK(kept.withdrawn);
	CHECK_INT(rule_set_get(&w.office, "t", 1, &notes, &set, &kept), OK);
	office_world_release(&w);
}

TEST(a_set_that_was_changed_behind_our_back_is_refused)
{
	struct office_world w;
	struct plan_notes notes;
	struct rule_set_kept kept = { 0 };
	struct rule_set set = { 0 };

	office_world_init(&w);
	CHECK_INT(keep(&w, "", RULE("key", "10"), "一", &notes, &kept), OK);
	CHECK_INT(
		scene_run(
			w.office.db,
			"update rule_set set cells = replace(cells, '\"percent\":10', '\"percent\":1')"),
		OK);
	plan_notes_init(&notes, &w.arena);
	CHECK_INT(rule_set_get(&w.office, "t", 0, &notes, &set, &kept), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "摘要不符"));
	plan_notes_init(&notes, &w.arena);
	CHECK_INT(rule_set_in_force(&w.office, RULE_CITY, day("2026-06-30"), &notes, &set, &kept),
		  INVALID);
	office_world_release(&w);
}

static int keep_calendar(struct office_world *w, const char *text, struct plan_notes *notes,
			 struct calendar_kept *ret)
{
	plan_notes_init(notes, &w->arena);
	return calendar_keep(&w->office, text, strlen(text),
			     (const char *const[]){ "c.csv", "放假通知" }, notes, ret);
}

TEST(a_calendar_is_kept_a_year)
{
	struct office_world w;
	struct plan_notes notes;
	struct calendar_kept kept = { 0 };
	struct calendar c = { 0 };
	struct calendar_list list = { 0 };
	uint32_t missing = 0;

	office_world_init(&w);
	int64_t before = entries(&w.office);
	CHECK_INT(keep_calendar(&w, "date,working,name\n2025-12-31,0,假\n2025-12-27,1,班\n", &notes,
				&kept),
		  OK);
	CHECK_INT(entries(&w.office), before + 1);
	CHECK_INT(kept.off, 1);
	CHECK_INT(kept.on, 1);
	CHECK_INT(keep_calendar(&w, "date,working,name\n2025/12/27,是,班\n2025-12-31,否,假\n",
				&notes, &kept),
		  CONFLICT);
	CHECK(world_told(&notes, PLAN_REFUSED, "没有变化"));
	CHECK_INT(keep_calendar(&w, "date,working,name\n2025-12-30,0,假\n", &notes, &kept), OK);
	CHECK_INT(kept.version, 2);
	CHECK_INT(keep_calendar(&w, "date,working,name\n2025-12-30,9,假\n", &notes, &kept),
		  INVALID);
	CHECK_INT(entries(&w.office), before + 2);
	CHECK_INT(calendar_load(&w.office, &w.arena, 2025, 2026, &c), OK);
	CHECK_INT(c.count, 1);
	CHECK(!calendar_is_working_day(&c, day("2025-12-30")));
	CHECK(calendar_is_working_day(&c, day("2025-12-31")));
	CHECK(calendar_missing(&c, day("2025-12-30"), day("2026-01-05"), &missing));
	CHECK_INT(missing, 2026);
	CHECK_INT(calendar_list(&w.office, &w.arena, &list), OK);
	CHECK_INT(list.count, 1);
	CHECK_INT(list.at[0].version, 2);
	office_world_release(&w);
}
