/* test/app/sheet.c — from two CSV files to a verified draw, and every way in which it must stop. */
#include "app/sheet_rehearse.h"
#include "base/file.h"
#include "base/status.h"

#include "sheet_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(a_sealed_draw_from_two_lists_to_proven_teams)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, false);
	CHECK_INT(r.rc, OK);
	CHECK_STR(world_file(&r, "objects.tsv"),
		  "A1\t重点.130602\t甲印染厂\t130602\t130602001\n"
		  "A2\t重点兼特殊.130602\t乙纸业\t130602\t130602001\n"
		  "A3\t一般.130602\t丙石材\t130602\t130602003\n"
		  "B1\t一般.130606\t戊汽修\t130606\t130606001\n"
		  "B2\t一般兼特殊.130606\t己食品\t130606\t130606001\n"
		  "B3\t重点.130606\t庚皮革\t130606\t130606004\n");
	CHECK_STR(world_file(&r, "inspectors.tsv"), "Z1\tS\t9\t0\t130602\nZ2\tJ\t9\t0\t130602\n"
						    "Z3\tS\t9\t0\t130606\nZ4\tJ\t9\t0\t130606\n");
	CHECK_STR(world_file(&r, "conflicts.tsv"), "");
	CHECK_STR(world_file(&r, "freeze/left-out.tsv"),
		  "Z5\t钱五\t130606\t执法证已于 2020-12-31 到期\nZ6\t孙六\t130606\t在编不在岗\n"
		  "Z7\t周七\t130606\t专家或辅助人员，只能协助，不能作为执法人员\n");
	CHECK(strstr(world_file(&r, "declaration"), "share operator "));
	CHECK(world_has(&r, "/freeze/锁定记录.pdf"));
	CHECK_INT(world_mode(&r, ""), 0700);
	CHECK_INT(world_mode(&r, ".operator-share"), 0600);
	CHECK_INT(world_mode(&r, ".escrow.pdf"), 0600);
	CHECK(!strstr(world_file(&r, "declaration"), r.frozen.share));
	CHECK_INT(world_failures(&r), 0);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK(r.finished.teams);
	CHECK(world_has(&r, "/papers/任务表.xlsx"));
	CHECK(world_has(&r, "/papers/抽签记录.pdf"));
	CHECK_INT(world_mode(&r, "/papers"), 0700);
	CHECK_INT(world_mode(&r, "/SHA256SUMS"), 0600);
	CHECK_INT(world_failures(&r), 0);
	/* Again with the same values: the same bytes. With others: refused. */
	const char *sums = world_file(&r, "SHA256SUMS");
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK_STR(world_file(&r, "SHA256SUMS"), sums);
	world_finish(&r, "02-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79");
	CHECK_INT(r.rc, CONFLICT);
	CHECK(world_says(&r, PLAN_REFUSED, "不会被覆盖"));
	world_release(&r);
}

TEST(an_open_draw_has_no_share_of_the_operator)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	CHECK_INT(r.rc, OK);
	CHECK(!strstr(world_file(&r, "declaration"), "share"));
	CHECK(!world_has(&r, ".operator-share"));
	CHECK(!world_has(&r, ".escrow.pdf"));
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK_INT(world_failures(&r), 0);
	world_release(&r);
}

TEST(one_changed_byte_of_any_file_is_found)
{
	struct world_run r;
	uint64_t state = 5;
	char path[512];

	world_freeze(&r, &(struct world){ 0 }, true);
	world_finish(&r, NULL);
	const char *sums = world_file(&r, "SHA256SUMS");
	int files = 0;
	for (const char *line = sums; *line; line = strchr(line, '\n') + 1, files++) {
		struct stat st;
		snprintf(path, sizeof(path), "%s/%.*s", r.folder, (int)strcspn(line + 66, "\n"),
			 line + 66);
		if (stat(path, &st) != 0 || st.st_size == 0)
			continue;
		long at = (long)(unit_random(&state) % (uint64_t)st.st_size);
		world_flip(path, at);
		unit_check(world_failures(&r) > 0, __FILE__, __LINE__, "byte %ld of %s", at, path);
		world_flip(path, at);
	}
	CHECK(files >= 14);
	CHECK_INT(world_failures(&r), 0);
	world_release(&r);
}

TEST(a_finish_that_was_cut_short_is_finished_again)
{
	static const char *const made[] = { "SHA256SUMS", "result.root", "papers/任务表.xlsx" };
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	const char *frozen = world_file(&r, "SHA256SUMS");
	world_finish(&r, NULL);
	const char *sums = world_file(&r, "SHA256SUMS");
	/* As if the machine had stopped after result.tsv. */
	for (size_t i = 0; i < COUNT(made); i++)
		CHECK_INT(unlink(arena_printf(&r.arena, "%s/%s", r.folder, made[i])), 0);
	CHECK_INT(file_write(arena_printf(&r.arena, "%s/SHA256SUMS", r.folder), frozen,
			     strlen(frozen), 0644),
		  OK);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK_STR(world_file(&r, "SHA256SUMS"), sums);
	CHECK_INT(world_failures(&r), 0);
	world_release(&r);
}

/* Whichever call the disk fails at: no folder, or no papers, and the next try makes them. */
TEST(a_disk_that_fails_leaves_nothing_half)
{
	struct world_run r;
	int tries = 6; /* the three files of the world, twice each */

	do {
		world_syncs = 0;
		world_fail_from = ++tries;
		world_freeze(&r, &(struct world){ 0 }, false);
		world_fail_from = 0;
		if (r.rc == OK)
			break;
		CHECK_INT(r.rc, IO_ERROR);
		CHECK(!world_has(&r, "") && !world_has(&r, ".operator-share") &&
		      !world_has(&r, ".escrow.pdf"));
		world_release(&r);
	} while (tries < 1000);
	CHECK(tries > 10 && tries < 1000);
	tries = 0;
	do {
		world_syncs = 0;
		world_fail_from = ++tries;
		world_finish(&r, NULL);
		world_fail_from = 0;
		CHECK(r.rc == OK || r.rc == IO_ERROR);
		CHECK(!world_has(&r, "/papers") || (world_has(&r, "/papers/任务表.xlsx") &&
						    world_has(&r, "/papers/抽签记录.pdf")));
	} while (r.rc != OK && tries < 1000);
	CHECK(tries > 10 && tries < 1000);
	CHECK_INT(world_failures(&r), 0);
	world_release(&r);
}

TEST(a_frozen_folder_that_was_changed_is_not_finished)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	world_flip(arena_printf(&r.arena, "%s/freeze/sites.tsv", r.folder), 200);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "被改过"));
	CHECK(!world_has(&r, "/record"));
	world_release(&r);
}

static const char one_county[] =
	"污染源编号,单位名称,所属县区,监管类别,运行状态\nA1,甲,130602,一般,在产\nA2,乙,130602,一般,在产\n";

TEST(what_cannot_be_is_refused_and_leaves_nothing)
{
	static const char head[] = "工号,姓名,执法证号,管辖片区,老新,本期任务上限,回避对象\n";
	static const struct {
		const char *people, *rules, *says;
	} cases[] = {
		/* no seniors */
		{ "Z1,张一,C1,130602,新,,\nZ2,李二,C2,130602,新,,\n", "最低 一般 数量 1\n",
		  "“老”" },
		/* limit 0 */
		{ "Z1,张一,C1,130602,老,0,\nZ2,李二,C2,130602,新,0,\n", "最低 一般 数量 1\n",
		  "排不出检查组" },
		/* everyone in recusal */
		{ "Z1,张一,C1,130602,老,,A1=亲属;A2=亲属\nZ2,李二,C2,130602,新,,A1=亲属;A2=亲属\n",
		  "最低 一般 数量 1\n", "排不出检查组" },
		/* more than there is */
		{ "Z1,张一,C1,130602,老,,\nZ2,李二,C2,130602,新,,\n", "最低 一般 数量 3\n",
		  "名录里可抽的只有 2 家" },
		/* more visits than the people may make */
		{ "Z1,张一,C1,130602,老,1,\nZ2,李二,C2,130602,新,1,\n", "最低 一般 数量 2\n",
		  "缺 2 人次" },
		/* wrong county */
		{ "Z1,张一,C1,130606,老,,\nZ2,李二,C2,130606,新,,\n", "最低 一般 数量 1\n",
		  "排不出检查组" },
		{ "", "最低 一般 数量 1\n", "没有一名执法人员可派" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world_run r;
		char people[1024], rules[512];
		snprintf(people, sizeof(people), "%s%s", head, cases[i].people);
		snprintf(rules, sizeof(rules), "班组 2 1 1\n%s", cases[i].rules);
		world_freeze(&r, &(struct world){ one_county, people, rules }, false);
		unit_check(r.rc == INVALID, __FILE__, __LINE__, "case %zu gives %d", i, r.rc);
		unit_check(world_says(&r, PLAN_REFUSED, cases[i].says), __FILE__, __LINE__,
			   "case %zu says %s", i, cases[i].says);
		CHECK(!world_has(&r, ""));
		CHECK(!world_has(&r, ".operator-share"));
		world_release(&r);
	}
}

TEST(the_smallest_and_the_empty)
{
	struct world_run r;
	static const char people[] = "工号,姓名,执法证号,管辖片区,老新\nZ1,张一,C1,130602,老\n";

	/* One site, one inspector: two persons are never relaxed. */
	world_freeze(&r,
		     &(struct world){ "污染源编号,单位名称,所属县区,监管类别\nA1,甲,130602,一般\n",
				      people, "班组 2 1 0\n最低 一般 数量 1\n" },
		     true);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "排不出检查组"));
	world_release(&r);
	world_freeze(&r, &(struct world){ "污染源编号,单位名称,所属县区,监管类别\n", people, NULL },
		     true);
	CHECK_INT(r.rc, INVALID);
	CHECK(!world_has(&r, ""));
	world_release(&r);
}

TEST(wrong_rows_stop_the_freeze_and_come_back_with_reasons)
{
	struct world_run r;

	world_freeze(
		&r,
		&(struct world){
			"污染源编号,单位名称,所属县区,监管类别\nA1,甲,130602,一般\nA2,,130602,一般\n",
			NULL, NULL },
		true);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "1 行没有收入"));
	CHECK(!world_has(&r, ""));
	world_release(&r);
}

TEST(draw_ids_follow_the_rule_file)
{
	struct world_run r;

	world_freeze(&r,
		     &(struct world){ NULL, NULL, "编号 X-2026\n班组 2 1 1\n最低 一般 数量 1\n" },
		     true);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "应以规则文件规定的“X-2026”开头"));
	world_release(&r);
}

TEST(plain_dr1_rules_are_taken_as_they_are)
{
	static const char rules[] =
		"team 2 1 1\nquota 特殊 1/2\nquota 重点.130602 1\nquota 重点 1/1\n"
		"quota 一般 1\n";
	struct world_run r;

	world_freeze(&r, &(struct world){ NULL, NULL, rules }, true);
	CHECK_INT(r.rc, OK);
	CHECK_STR(world_file(&r, "rules.txt"), rules);
	CHECK(strstr(world_file(&r, "objects.tsv"), "A2\t特殊\t"));
	CHECK(strstr(world_file(&r, "objects.tsv"), "A1\t重点.130602\t"));
	CHECK(strstr(world_file(&r, "objects.tsv"), "B3\t重点\t"));
	world_release(&r);
	world_freeze(&r, &(struct world){ NULL, NULL, "team 2 1 1\nquota 重点 1\n" }, true);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "找不到层"));
	world_release(&r);
}

TEST(rotation_counts_what_each_site_still_owes)
{
	/* Two visits a year, third of four periods: A1 owes 2 and is certain, A2 owes 1, A3 none; A4 became
	 * special in the third period and owes ceil(2 * 2 / 4) = 1. */
	static const char sites[] =
		"污染源编号,单位名称,所属县区,监管类别,是否特殊监管,特殊监管起始日,本年已抽次数\n"
		"A1,甲,130602,一般,是,2025-01-01,0\nA2,乙,130602,一般,是,2025-01-01,1\n"
		"A3,丙,130602,一般,是,2025-01-01,2\nA4,丁,130602,一般,是,2026-08-01,0\n"
		"A5,戊,130602,一般,是,2026-12-01,0\n";
	static const char rules[] =
		"班组 2 1 1\n期次 4 3\n最低 特殊 比例 50%\n依据 特殊 乙\n轮查 特殊 2\n";
	struct world_run r;

	world_freeze(&r, &(struct world){ sites, NULL, rules }, true);
	CHECK_INT(r.rc, OK);
	CHECK_STR(world_file(&r, "objects.tsv"), "A1\t一般兼特殊.v2\t甲\t130602\n"
						 "A2\t一般兼特殊.v1\t乙\t130602\n"
						 "A3\t一般兼特殊.v0\t丙\t130602\n"
						 "A4\t一般兼特殊.v1\t丁\t130602\n"
						 "A5\t一般\t戊\t130602\n");
	/* need 2 of 4; 1 certain; two owe one of two periods left: 1. */
	CHECK_STR(world_file(&r, "rules.txt"),
		  "team 2 1 1\nquota 一般兼特殊.v0 0\nquota 一般兼特殊.v2 1\n"
		  "quota 一般兼特殊.v1 1\nquota 一般 0\n");
	world_finish(&r, NULL);
	CHECK_INT(world_failures(&r), 0);
	world_release(&r);
}

TEST(values_and_shares_are_matched_by_name)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, false);
	CHECK_INT(unlink(arena_printf(&r.arena, "%s.operator-share", r.folder)), 0);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "找不到抽签单位的份额文件"));
	const struct sheet_opened share[] = { { "operator", r.frozen.share }, { "mallory", "00" } };
	const struct sheet_opened values[] = { { "cwl-kl8 2999311", "01" } };
	struct sheet_finish in = { .folder = r.folder,
				   .values = values,
				   .value_count = 1,
				   .shares = share,
				   .share_count = 2 };
	CHECK_INT(sheet_finish(&in, &r.notes, &r.finished), INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "声明里没有这个随机数来源：cwl-kl8 2999311"));
	CHECK(world_says(&r, PLAN_REFUSED, "还缺随机数来源“cwl-kl8 2999310”的值"));
	CHECK(world_says(&r, PLAN_REFUSED, "声明里没有“mallory”"));
	const struct sheet_opened nameless[] = { { NULL, "01-02" } };
	in.values = nameless;
	in.share_count = 1;
	CHECK_INT(sheet_finish(&in, &r.notes, &r.finished), INVALID);
	CHECK(!world_has(&r, "/record"));
	world_release(&r);
}

TEST(a_draw_without_teams_is_written_and_explained)
{
	static const char sites[] = "污染源编号,单位名称,所属县区,监管类别\nA1,甲,130602,一般\n"
				    "B1,乙,130606,一般\n";
	static const char people[] =
		"工号,姓名,执法证号,执法证有效期至,管辖片区,老新\nZ1,张一,C1,2040-12-31,130602,老\n"
		"Z2,李二,C2,2040-12-31,130602,新\nZ3,王三,C3,2020-12-31,130606,老\n";
	static const char *const values[] = {
		"01-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79",
		"02-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79",
		"03-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79",
		"04-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79",
		"01-06-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79",
		"02-06-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79",
	};
	bool teams = false, none = false;

	/* One of two sites is drawn; only one of them can be visited. */
	for (size_t i = 0; i < COUNT(values); i++) {
		struct world_run r;
		world_freeze(&r, &(struct world){ sites, people, "班组 2 1 1\n最低 一般 数量 1\n" },
			     true);
		CHECK_INT(r.rc, OK);
		CHECK(world_says(&r, PLAN_WARNING, "正式抽签也可能排不出"));
		world_finish(&r, values[i]);
		CHECK_INT(r.rc, OK);
		teams |= r.finished.teams;
		if (!r.finished.teams) {
			none = true;
			CHECK(strncmp(world_file(&r, "result.tsv"), "A1\t一般\t2\t", 12) == 0);
			CHECK(world_says(&r, PLAN_REFUSED, "缺 2 人次"));
			CHECK(world_says(&r, PLAN_REFUSED, "王三（Z3）执法证已于 2020-12-31 到期"));
			CHECK(world_has(&r, "/papers/抽签记录.pdf"));
		}
		CHECK_INT(world_failures(&r), 0);
		world_release(&r);
	}
	CHECK(teams && none);
}

TEST(characters_that_the_font_lacks_are_told_once)
{
	struct world_run r;
	/* The only senior of each county, so one of them is in every team. */
	const struct world w = {
		.inspectors =
			"工号,姓名,执法证号,执法证有效期至,单位,管辖片区,老新,在编,在岗,可接受任务\n"
			"Z1,𰻞一,C1,2040-12-31,竞秀分局,130602,老,是,是,是\n"
			"Z2,李二,C2,2040-12-31,竞秀分局,130602,新,是,是,是\n"
			"Z3,王𰻞,C3,2040-12-31,莲池分局,130606,老,是,是,是\n"
			"Z4,赵四,C4,2040-12-31,莲池分局,130606,新,是,是,是\n"
	};

	world_freeze(&r, &w, true);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK(world_says(&r, PLAN_WARNING, "字体里没有这些字：𰻞。"));
	world_release(&r);
	world_freeze(&r, &(struct world){ 0 }, true);
	world_finish(&r, NULL);
	CHECK(!world_says(&r, PLAN_WARNING, "字体里没有"));
	world_release(&r);
}

TEST(a_rehearsal_is_stamped_and_leaves_no_share)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, false);
	const char *base = arena_printf(&r.arena, "%.*s", (int)(strlen(r.folder) - 5), r.folder);
	const struct sheet_freeze in = {
		.sites = arena_printf(&r.arena, "%s/sites.csv", base),
		.inspectors = arena_printf(&r.arena, "%s/people.csv", base),
		.rules = arena_printf(&r.arena, "%s/rules.txt", base),
		.out = arena_printf(&r.arena, "%s/try", base),
		.day = "2026-11-01",
	};
	struct sheet_rehearsed rehearsed;
	CHECK_INT(sheet_rehearse(&in, NULL, &r.notes, &rehearsed), OK);
	CHECK(strncmp(rehearsed.finished.draw_id, "YANLIAN-", 8) == 0);
	r.folder = in.out;
	CHECK(!world_has(&r, ".operator-share"));
	CHECK(!world_has(&r, ".escrow.pdf"));
	CHECK(strstr(world_file(&r, "freeze/plan.tsv"), "rehearsal\t1"));
	CHECK_INT(world_failures(&r), 0);
	CHECK_INT(sheet_rehearse(&in, NULL, &r.notes, &rehearsed), CONFLICT);
	world_release(&r);
}
