/* test/app/registry_merge.c — sites become one, one becomes several, and back; numbers keep their way. */
#include "app/registry_merge.h"

#include "app/registry_lineage.h"
#include "app/registry_suggest.h"
#include "base/status.h"
#include "store/registry_list.h"

#include "../db/scene.h"
#include "sites_world.h"
#include "unit.h"

#include <stdio.h>

static const char csv[] =
	"编号,企业名称,信用代码,县区,地址,监管类别,是否特殊监管,特殊监管原因,特殊监管起始日,运行状态,本年已抽次数,最近抽查日期,重点单位类别,经度,纬度\n"
	"A-1,甲厂,91130200699229617X,唐县,工业路1号,一般,否,,,在产,1,2026-01-05,大气,,\n"
	"A-2,甲厂,91130200699229617X,唐县,工业路1号,重点,是,处罚,2026-01-01,在产,2,2026-02-05,水,115.1,38.7\n"
	"A-3,乙厂,,唐县,东街2号,一般,否,,,停产,,,,,\n"
	"A-4,乙厂,,唐县,西街9号,一般,否,,,在产,,,,,\n"
	"A-5,丙厂,,易县,东街2号,一般,否,,,在产,,,,,\n";

static int64_t merge(struct sites_world *w, const char *survivor, const char *gone, int code)
{
	struct registry_merge_in in = { survivor, &gone, 1 };
	int64_t change = 0;

	sites_world_forget(w);
	CHECK_INT(registry_act_merge(&w->act, &in, &change), code);
	return change;
}

/* Numbers joined by blanks. */
static const char *words(struct sites_world *w, const char *const *ids, size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = arena_printf(&w->office.arena, "%s%s%s", text, i ? " " : "", ids[i]);
	return text;
}

static const char *living(struct sites_world *w, const char *id)
{
	struct registry_lineage l;
	size_t count;

	CHECK_INT(registry_lineage_load(&w->office.office, &w->office.arena, REGISTRY_SITES, &l),
		  OK);
	const char *const *ids = registry_lineage_living(&l, id, &count);
	return words(w, ids, count);
}

TEST(the_survivor_keeps_what_is_stricter_and_takes_what_it_lacks)
{
	struct sites_world w;

	sites_world_init(&w, csv);
	CHECK(merge(&w, "A-1", "A-2", OK) > 0);
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "merged");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE_DAY), "2026-03-02");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_LEAVE_REASON), "并入 A-1：核对过");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_CLASS), "key");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_STATE), "live");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_CLASS), "key");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_SPECIAL), "1");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_SPECIAL_REASON), "处罚");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_VISITS), "3");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_LAST_VISIT), "2026-02-05");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_KEY_CATEGORIES), "water,air");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_LONGITUDE), "1151000000");
	CHECK(sites_world_noted(&w, "A-1「监管类别」：一般 → 重点"));
	CHECK(sites_world_noted(&w, "A-1「经度」：（空） → 115.1"));
	CHECK_INT(sites_world_entries(&w, "registry.merge"), 1);
	CHECK_STR(living(&w, "A-2"), "A-1");
	CHECK_STR(living(&w, "A-1"), "A-1");
	CHECK_STR(living(&w, "A-9"), "A-9");
	/* Lists by state follow. */
	struct registry_filter f = {
		.registry = "sites", .state = "merged", .after = "", .most = 9
	};
	struct registry_page page;
	CHECK_INT(registry_list(w.office.office.db, &w.office.arena, &f, &page), OK);
	CHECK_INT(page.total, 1);
	sites_world_release(&w);
}

TEST(what_cannot_be_merged)
{
	struct sites_world w;
	const char *twice[] = { "A-2", "A-2" };
	struct registry_merge_in in = { "A-1", twice, 2 };
	int64_t change = 7;

	sites_world_init(&w, csv);
	merge(&w, "A-1", "A-1", INVALID);
	CHECK(sites_world_noted(&w, "不能并入它自己"));
	merge(&w, "A-1", "B-1", NONE);
	CHECK(sites_world_noted(&w, "没有编号 B-1"));
	CHECK_INT(registry_act_merge(&w.act, &in, &change), INVALID);
	CHECK(sites_world_noted(&w, "写了两次"));
	CHECK_INT(change, 7);
	merge(&w, "A-1", "A-2", OK);
	merge(&w, "A-3", "A-2", INVALID);
	CHECK(sites_world_noted(&w, "已经并入"));
	merge(&w, "A-2", "A-3", INVALID);
	w.act.kind = REGISTRY_INSPECTORS;
	merge(&w, "A-1", "A-3", INVALID);
	CHECK_INT(sites_world_entries(&w, "registry.merge"), 1);
	sites_world_release(&w);
}

TEST(merges_follow_each_other)
{
	struct sites_world w;

	sites_world_init(&w, csv);
	merge(&w, "A-1", "A-2", OK);
	merge(&w, "A-3", "A-1", OK);
	merge(&w, "A-3", "A-4", OK);
	CHECK_STR(living(&w, "A-2"), "A-3");
	CHECK_STR(living(&w, "A-4"), "A-3");
	CHECK_STR(sites_world_cell(&w, "A-3", SITE_VISITS), "3");
	sites_world_release(&w);
}

/* A file that still has the old row must not bring it back to life. */
TEST(an_import_does_not_undo_a_merge)
{
	struct sites_world w;

	sites_world_init(&w, csv);
	merge(&w, "A-1", "A-2", OK);
	sites_world_import(&w, csv);
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "merged");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_CLASS), "key");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_SPECIAL), "1");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_VISITS), "3");
	CHECK_STR(living(&w, "A-2"), "A-1");
	sites_world_release(&w);
}

/* Two links in force would count its history twice. */
TEST(a_merged_site_cannot_be_revived_and_merged_elsewhere)
{
	struct sites_world w;
	int64_t change;

	sites_world_init(&w, csv);
	int64_t first = merge(&w, "A-1", "A-2", OK);
	const struct registry_value values[] = { { SITE_STATE, "在产" },
						 { SITE_STATE_EVIDENCE, "现场照片" } };
	struct registry_edit_in in = { .id = "A-2", .values = values, .count = 2 };
	sites_world_forget(&w);
	CHECK_INT(registry_act_edit(&w.act, &in, &change), INVALID);
	CHECK(sites_world_noted(&w, "已经并入 A-1"));
	CHECK(sites_world_noted(&w, "--undo"));
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "merged");
	sites_world_forget(&w);
	CHECK_INT(registry_act_part(&w.act, first, &change), OK);
	merge(&w, "A-3", "A-2", OK);
	sites_world_release(&w);
}

TEST(the_file_may_win_in_the_state_but_revives_no_merged_site)
{
	struct sites_world w;
	int64_t change;

	sites_world_init(&w, csv);
	merge(&w, "A-1", "A-2", OK);
	const struct registry_value values[] = { { SITE_STATE, "关闭" },
						 { SITE_STATE_EVIDENCE, "注销文号 7" } };
	struct registry_edit_in in = { .id = "A-5", .values = values, .count = 2 };
	CHECK_INT(registry_act_edit(&w.act, &in, &change), OK);
	CHECK_STR(sites_world_cell(&w, "A-5", SITE_LEAVE_REASON), "核对过");
	CHECK_INT(registry_act_winner(&w.act, SITE_STATE, true), OK);
	CHECK_INT(registry_act_winner(&w.act, SITE_LEAVE_REASON, true), OK);
	sites_world_import(&w, csv);
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "merged");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE_DAY), "2026-03-02");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_LEAVE_REASON), "并入 A-1：核对过");
	CHECK_STR(sites_world_cell(&w, "A-5", SITE_STATE), "live");
	CHECK_STR(sites_world_cell(&w, "A-5", SITE_LEAVE_REASON), "");
	CHECK_STR(sites_world_cell(&w, "A-5", SITE_STATE_DAY), "");
	CHECK_STR(sites_world_cell(&w, "A-5", SITE_STATE_EVIDENCE), "");
	/* Columns about leaving do not touch a merged one either. */
	sites_world_import(&w, "编号,企业名称,县区,地址,运行状态,状态日期,退出名录原因\n"
			       "A-2,甲厂,唐县,工业路1号,已合并,2025-01-01,别的\n"
			       "A-5,丙厂,易县,东街2号,在产,2026-02-02,\n");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE_DAY), "2026-03-02");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_LEAVE_REASON), "并入 A-1：核对过");
	CHECK_STR(sites_world_cell(&w, "A-5", SITE_STATE_DAY), "2026-02-02");
	sites_world_release(&w);
}

TEST(a_merge_across_counties_or_classes_warns)
{
	struct sites_world w;

	sites_world_init(&w, csv);
	merge(&w, "A-3", "A-5", OK);
	CHECK(sites_world_noted(&w, "「所属县区」不同（唐县、易县）"));
	CHECK(!sites_world_noted(&w, "「监管类别」不同"));
	merge(&w, "A-1", "A-2", OK);
	CHECK(sites_world_noted(&w, "「监管类别」不同（一般、重点）"));
	CHECK(!sites_world_noted(&w, "「所属县区」不同"));
	sites_world_release(&w);
}

TEST(a_merge_is_undone_and_redone)
{
	struct sites_world w;
	int64_t undo, again;

	sites_world_init(&w, csv);
	int64_t change = merge(&w, "A-1", "A-2", OK);
	CHECK_INT(registry_act_part(&w.act, change, &undo), OK);
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "live");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_LEAVE_REASON), "");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_CLASS), "general");
	CHECK_STR(living(&w, "A-2"), "A-2");
	CHECK_INT(sites_world_entries(&w, "registry.undo"), 1);
	CHECK_INT(registry_act_part(&w.act, change, &again), INVALID);
	CHECK(sites_world_noted(&w, "已经撤销过"));
	CHECK_INT(registry_act_part(&w.act, 999, &again), NONE);
	CHECK_INT(registry_act_part(&w.act, 1, &again), INVALID);
	CHECK(sites_world_noted(&w, "不是合并或拆分"));
	/* Undoing the undoing merges again. */
	CHECK_INT(registry_act_undo(&w.act, undo, &again), OK);
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "merged");
	CHECK_STR(living(&w, "A-2"), "A-1");
	sites_world_release(&w);
}

TEST(a_survivor_that_changed_since_keeps_its_values)
{
	struct sites_world w;
	struct registry_value note = { SITE_NOTE, "后来的" };
	struct registry_edit_in edit = { .id = "A-1", .values = &note, .count = 1 };
	int64_t undo;

	sites_world_init(&w, csv);
	int64_t change = merge(&w, "A-1", "A-2", OK);
	CHECK_INT(registry_act_edit(&w.act, &edit, &undo), OK);
	sites_world_forget(&w);
	CHECK_INT(registry_act_part(&w.act, change, &undo), OK);
	CHECK(sites_world_noted(&w, "A-1 在合并之后又有改动"));
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_NOTE), "后来的");
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_CLASS), "key");
	CHECK_STR(sites_world_cell(&w, "A-2", SITE_STATE), "live");
	sites_world_release(&w);
}

TEST(a_row_that_went_and_was_changed_holds_the_merge)
{
	struct sites_world w;
	struct registry_value note = { SITE_NOTE, "后来的" };
	struct registry_edit_in edit = { .id = "A-2", .values = &note, .count = 1 };
	int64_t undo;

	sites_world_init(&w, csv);
	int64_t change = merge(&w, "A-1", "A-2", OK);
	CHECK_INT(registry_act_edit(&w.act, &edit, &undo), OK);
	CHECK_INT(registry_act_part(&w.act, change, &undo), INVALID);
	CHECK(sites_world_noted(&w, "A-2 在合并之后又有改动"));
	CHECK_STR(living(&w, "A-2"), "A-1");
	sites_world_release(&w);
}

static int split(struct sites_world *w, const char *name, const char *address,
		 const char *const **ids, int64_t *change)
{
	struct registry_value values[2][2] = {
		{ { SITE_NAME, name }, { SITE_ADDRESS, "南街１号" } },
		{ { SITE_ADDRESS, address }, { SITE_CLASS, "重点" } },
	};
	struct registry_part parts[2] = { { values[0], 2 }, { values[1], 2 } };
	struct registry_split_in in = { "A-2", parts, 2, false };

	sites_world_forget(w);
	return registry_act_split(&w->act, &in, ids, change);
}

TEST(a_site_becomes_several)
{
	struct sites_world w;
	const char *const *ids;
	int64_t change, undo;

	sites_world_init(&w, csv);
	CHECK_INT(split(&w, "甲厂二车间", "北街2号", &ids, &change), OK);
	CHECK_STR(words(&w, ids, 2), "A-2.1 A-2.2");
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_NAME), "甲厂二车间");
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_ADDRESS), "南街1号");
	CHECK_STR(sites_world_cell(&w, "A-2.2", SITE_NAME), "甲厂");
	CHECK_STR(sites_world_cell(&w, "A-2.2", SITE_CLASS), "key");
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_SPECIAL), "1");
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_LONGITUDE), "");
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_VISITS), "2");
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_ENTERED), "2026-03-02");
	CHECK_STR(living(&w, "A-2"), "A-2 A-2.1 A-2.2");
	CHECK_INT(sites_world_entries(&w, "registry.split"), 1);
	/* A second split takes the next numbers. */
	CHECK_INT(split(&w, "甲厂三车间", "中街3号", &ids, &undo), OK);
	CHECK_STR(words(&w, ids, 2), "A-2.3 A-2.4");
	/* Undone, the parts go back into the site. */
	CHECK_INT(registry_act_part(&w.act, change, &undo), OK);
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_STATE), "merged");
	CHECK_STR(living(&w, "A-2.1"), "A-2 A-2.3 A-2.4");
	CHECK_STR(living(&w, "A-2"), "A-2 A-2.3 A-2.4");
	sites_world_release(&w);
}

TEST(what_cannot_be_split)
{
	struct sites_world w;
	const char *const *ids;
	int64_t change;
	struct registry_value state = { SITE_STATE, "关闭" }, note = { SITE_NOTE, "x" };
	struct registry_part parts[2] = { { &state, 1 }, { &note, 1 } };
	struct registry_split_in in = { "A-2", parts, 1, false };

	sites_world_init(&w, csv);
	CHECK_INT(registry_act_split(&w.act, &in, &ids, &change), INVALID);
	CHECK(sites_world_noted(&w, "不能指定编号和运行状态"));
	in.parts = &parts[1];
	CHECK_INT(registry_act_split(&w.act, &in, &ids, &change), INVALID);
	CHECK(sites_world_noted(&w, "至少要写明"));
	in.id = "B-1";
	CHECK_INT(registry_act_split(&w.act, &in, &ids, &change), NONE);
	merge(&w, "A-1", "A-2", OK);
	CHECK_INT(split(&w, "二车间", "北街", &ids, &change), INVALID);
	CHECK(sites_world_noted(&w, "已经并入"));
	CHECK_STR(sites_world_cell(&w, "A-2.1", SITE_NAME), "no row");
	sites_world_release(&w);
}

static const char *open_pairs(struct sites_world *w, const char *state)
{
	struct registry_suggestion_page in = { .state = state, .most = 100 };
	struct registry_suggested_page page;
	const char *text = "";

	CHECK_INT(registry_suggest_list(&w->office.office, &w->office.arena, &in, &page), OK);
	CHECK_INT(page.total, page.count);
	for (size_t i = 0; i < page.count; i++)
		text = arena_printf(&w->office.arena, "%s%s+%s %s;", text,
				    page.rows[i].suggestion.first, page.rows[i].suggestion.second,
				    page.rows[i].suggestion.basis);
	return text;
}

TEST(pairs_are_found_and_a_person_decides)
{
	struct sites_world w;
	int64_t found, fresh, change, undo;

	sites_world_init(&w, csv);
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	CHECK_INT(found, 2);
	CHECK_INT(fresh, 2);
	CHECK_STR(open_pairs(&w, "open"), "A-1+A-2 code_address;A-3+A-4 name_county;");
	CHECK_INT(registry_suggest_refuse(&w.act, 2), OK);
	CHECK_INT(registry_suggest_refuse(&w.act, 2), CONFLICT);
	CHECK_INT(registry_suggest_refuse(&w.act, 99), NONE);
	CHECK_INT(sites_world_entries(&w, "registry.suggestion"), 1);
	CHECK_INT(registry_suggest_confirm(&w.act, 1, "A-3", &change), INVALID);
	CHECK(sites_world_noted(&w, "请从中选一个保留"));
	CHECK_INT(registry_suggest_confirm(&w.act, 1, "A-2", &change), OK);
	CHECK_STR(sites_world_cell(&w, "A-1", SITE_STATE), "merged");
	CHECK_STR(open_pairs(&w, "open"), "");
	CHECK_STR(open_pairs(&w, "confirmed"), "A-1+A-2 code_address;");
	CHECK_STR(open_pairs(&w, "refused"), "A-3+A-4 name_county;");
	CHECK_INT(registry_suggest_confirm(&w.act, 1, "A-2", &change), CONFLICT);
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	CHECK_INT(found, 1);
	CHECK_INT(fresh, 0);
	/* After the undoing the pair is a question again. */
	CHECK_INT(registry_act_part(&w.act, change, &undo), OK);
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	CHECK_INT(fresh, 1);
	CHECK_STR(open_pairs(&w, "open"), "A-1+A-2 code_address;");
	sites_world_release(&w);
}

/* A merge without a look at the suggestions decides the one it is about. */
TEST(a_merge_by_hand_confirms_its_suggestion)
{
	struct sites_world w;
	int64_t found, fresh;

	sites_world_init(&w, csv);
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	merge(&w, "A-2", "A-1", OK);
	CHECK_STR(open_pairs(&w, "confirmed"), "A-1+A-2 code_address;");
	CHECK_STR(open_pairs(&w, "open"), "A-3+A-4 name_county;");
	sites_world_release(&w);
}

TEST(different_codes_and_places_are_no_suggestion)
{
	struct sites_world w;
	int64_t found, fresh;

	sites_world_init(&w, "编号,企业名称,信用代码,县区,地址\n"
			     "A-1,甲厂,91130200699229617X,唐县,工业路1号\n"
			     "A-2,甲厂,91640300MA75W0NY35,唐县,工业路2号\n"
			     "A-3,乙厂,91130200699229617X,唐县,工业路3号\n"
			     "A-4,丙厂（一）,,唐县,\nA-5,丙 厂(一),,易县,\nA-6,丙厂(一),,唐县,\n");
	CHECK_INT(registry_suggest_find(&w.office.office, &found, &fresh), OK);
	CHECK_STR(open_pairs(&w, "open"), "A-4+A-6 name_county;");
	sites_world_release(&w);
}
