/* test/app/registry_import.c — imports into the kept registries: all rows accounted for, all or nothing. */
#include "app/registry_export.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"
#include "db/engine.h"
#include "store/registry_change.h"

#include "registry_world.h"
#include "scene.h"
#include "unit.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char first[] = "编号,单位名称,统一社会信用代码,所属县区,详细地址,监管类别,备注\n"
			    "A-1,甲厂,,竞秀区,东风路1号,重点,\n"
			    "A-2,乙厂,,莲池区,东风路2号,一般,旧\n"
			    "A-3,丙厂,,莲池区,东风路3号,一般,\n";

static void counts(struct registry_world *w, const char *want)
{
	char have[128];
	const struct registry_imported *r = &w->imported;
	const uint64_t *n = r->summary->count;

	snprintf(have, sizeof(have), "%d %d %d %d kept %d; %d %d %d", (int)n[IMPORT_NEW],
		 (int)n[IMPORT_QUARANTINED], (int)n[IMPORT_UNCHANGED], (int)n[IMPORT_UPDATED],
		 (int)r->summary->kept, (int)r->added, (int)r->updated, (int)r->overridden);
	CHECK_STR(have, want);
}

TEST(an_import_adds_and_the_next_one_updates)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	counts(&w, "3 0 0 0 kept 0; 3 0 0");
	CHECK_INT(registry_world_import(&w, "编号,单位名称,所属县区,备注\nA-2,乙厂,莲池区,新\n"
					    "A-4,丁厂,清苑区,\nA-3,丙厂,莲池区,\nA-5,,清苑区,\n"),
		  OK);
	counts(&w, "1 1 1 1 kept 1; 1 1 0");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_NOTE), "新");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_ADDRESS), "东风路2号");
	CHECK_STR(registry_world_cell(&w, "A-4", SITE_CLASS), "general");
	CHECK_STR(registry_world_cell(&w, "A-5", SITE_NAME), "(none)");
	registry_world_check(&w);
	/* What it was stays; the digest of a change is that of its canonical file. */
	CHECK(strstr(registry_world_text(&w, 1), "\t旧\n"));
	CHECK(!strstr(registry_world_text(&w, 1), "A-4"));
	struct registry_change c;
	char hex[SHA256_HEX + 1] = { 0 };
	sha256_hex(span_of(registry_world_text(&w, 0)), hex);
	CHECK_INT(registry_change_get(w.office.office.db, &w.office.arena, "sites", 2, &c), OK);
	CHECK_STR(c.result_digest, hex);
	CHECK_STR(c.reason, "例行更新");
	CHECK_INT(c.at, WORLD_START);
	CHECK_INT(c.unchanged, 1);
	CHECK_INT(c.quarantined, 1);
	CHECK_INT(c.kept, 1);
	CHECK(strcmp(c.file, "in-1.csv") == 0 && strlen(c.file_digest) == SHA256_HEX);
	registry_world_release(&w);
}

TEST(an_import_is_one_entry_of_the_ledger_and_a_refused_one_none)
{
	struct registry_world w;

	registry_world_init(&w);
	int64_t before = registry_world_entries(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(registry_world_entries(&w), before + 1);
	CHECK_INT(registry_world_import(&w, first), OK);
	counts(&w, "0 0 3 0 kept 0; 0 0 0");
	CHECK_INT(registry_world_entries(&w), before + 2);
	CHECK_INT(registry_world_import(&w, "完全,不是,名录\n1,2,3\n"), INVALID);
	CHECK(*w.imported.summary->refusal);
	CHECK_INT(registry_world_entries(&w), before + 2);
	registry_world_check(&w);
	registry_world_release(&w);
}

TEST(all_four_registries_are_kept_apart)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w, "工号,姓名,执法证号,单位\nP1,王强,0306001,支队\n"), OK);
	w.kind = REGISTRY_MATTERS;
	CHECK_INT(registry_world_import(&w, "事项编码,抽查事项\nM1,排污许可检查\n"), OK);
	w.kind = REGISTRY_RECUSALS;
	CHECK_INT(registry_world_import(&w, "回避编号,回避人员,回避对象\nA-1,P1,A-1\n"), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", RECUSAL_TARGET), "A-1");
	w.kind = REGISTRY_SITES;
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NAME), "甲厂");
	CHECK_STR(registry_world_cell(&w, "P1", SITE_NAME), "(none)");
	registry_world_check(&w);
	registry_world_release(&w);
}

TEST(a_row_without_a_number_is_found_again)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, "单位名称,所属县区,详细地址\n甲厂,竞秀区,东风路1号\n"),
		  OK);
	CHECK_STR(registry_world_cell(&w, "130602-000001", SITE_NAME), "甲厂");
	CHECK_INT(registry_world_import(&w,
					"单位名称,所属县区,详细地址,备注\n"
					"乙厂,竞秀区,东风路2号,\n甲厂,竞秀区,东风路1号,同一家\n"),
		  OK);
	CHECK_STR(registry_world_cell(&w, "130602-000001", SITE_NOTE), "同一家");
	CHECK_STR(registry_world_cell(&w, "130602-000002", SITE_NAME), "乙厂");
	registry_world_release(&w);
}

TEST(many_rows_stay_in_order_and_facets_count_them)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, registry_world_many(&w, 20000, 0)), OK);
	CHECK_INT(registry_world_import(&w, registry_world_many(&w, 21000, 10)), OK);
	counts(&w, "1000 0 18000 2000 kept 0; 1000 2000 0");
	CHECK_INT(scene_number(w.office.office.db, "select count(*) from registry_version"), 23000);
	registry_world_check(&w);
	registry_world_release(&w);
}

/* ---- edits that an import meets ---- */

static int take_override(void *arg, const struct registry_override *o)
{
	struct registry_world *w = arg;

	plan_note(&w->notes, PLAN_INFO, "%s %s %s %s|%s", o->id, o->field, o->winner, o->kept,
		  o->refused);
	return OK;
}

static const char *overrides(struct registry_world *w)
{
	plan_notes_init(&w->notes, &w->office.arena);
	CHECK_INT(registry_overrides(&w->office.office, w->kind, w->imported.change, take_override,
				     w),
		  OK);
	return registry_world_notes(w);
}

TEST(an_edit_stays_when_a_file_says_otherwise_and_is_listed)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_CLASS, "重点", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-3", SITE_ADDRESS, "新市路8号", false), OK);
	CHECK_INT(registry_world_import(&w, first), OK);
	counts(&w, "0 0 1 2 kept 0; 0 0 2");
	CHECK_STR(overrides(&w),
		  "A-2 class local key|general\nA-3 address local 新市路8号|东风路3号\n");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_CLASS), "key");
	/* A file without the column, or with the same value, meets nothing. */
	CHECK_INT(registry_world_import(&w, "编号,单位名称,所属县区\nA-2,乙厂,莲池区\n"), OK);
	CHECK_INT(w.imported.overridden, 0);
	CHECK_INT(registry_world_import(&w,
					"编号,单位名称,所属县区,监管类别\nA-2,乙厂,莲池区,重点\n"),
		  OK);
	CHECK_INT(w.imported.overridden, 0);
	registry_world_check(&w);
	registry_world_release(&w);
}

TEST(where_the_file_wins_the_edit_ends)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_CLASS, "重点", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_NOTE, "本地", false), OK);
	struct registry_act act = { &w.office.office, &w.office.arena, REGISTRY_SITES, "以系统为准",
				    &w.notes };
	CHECK_INT(registry_act_winner(&act, SITE_CLASS, true), OK);
	int64_t before = registry_world_entries(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(registry_world_entries(&w), before + 1);
	counts(&w, "0 0 2 1 kept 0; 0 1 2");
	CHECK_STR(overrides(&w), "A-2 class file general|key\nA-2 note local 本地|旧\n");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_CLASS), "general");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_NOTE), "本地");
	/* The undo brings the edit back, and it is in force again. */
	CHECK_INT(registry_world_undo(&w, w.imported.change), OK);
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_CLASS), "key");
	CHECK_INT(registry_act_winner(&act, SITE_CLASS, false), OK);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(w.imported.overridden, 2);
	registry_world_check(&w);
	registry_world_release(&w);
}

/* ---- others at the same time ---- */

struct rival {
	struct registry_world *w;
	struct office office;
	int times, done;
	int rc;
};

/* Between reading the registry and writing the change, somebody else changes it. */
static bool interfere(void *arg, const char *step, uint64_t made, uint64_t total)
{
	struct rival *r = arg;
	char csv[128];

	(void)made, (void)total;
	if (strcmp(step, "核对") != 0 || r->done >= r->times)
		return true;
	r->done++;
	snprintf(csv, sizeof(csv), "编号,单位名称,所属县区\nR-%d,别家%d,竞秀区\n", r->done,
		 r->done);
	struct registry_imported ret;
	r->rc = registry_world_import_by(r->w, &r->office, csv, &ret);
	return true;
}

static int import_against(struct registry_world *w, struct rival *r, const char *csv)
{
	struct registry_import in = { .kind = REGISTRY_SITES,
				      .file = registry_world_file(w, csv),
				      .reason = "并行",
				      .max_rows = 1000,
				      .progress = interfere,
				      .progress_arg = r };

	return registry_import(&w->office.office, &w->office.arena, &in, &w->imported);
}

TEST(an_import_that_another_one_overtakes_starts_again)
{
	struct registry_world w;
	struct rival r = { .w = &w, .times = 1 };

	registry_world_init(&w);
	office_world_again(&w.office, &r.office);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(import_against(&w, &r,
				 "编号,单位名称,所属县区\nB-1,戊厂,竞秀区\nR-1,后来,竞秀区\n"),
		  OK);
	CHECK_INT(r.rc, OK);
	CHECK_INT(r.done, 1);
	counts(&w, "1 0 0 1 kept 3; 1 1 0");
	CHECK_STR(registry_world_cell(&w, "R-1", SITE_NAME), "后来");
	registry_world_check(&w);
	office_release(&r.office);
	registry_world_release(&w);
}

TEST(an_import_that_is_always_overtaken_says_so)
{
	struct registry_world w;
	struct rival r = { .w = &w, .times = 1000 };

	registry_world_init(&w);
	office_world_again(&w.office, &r.office);
	CHECK_INT(import_against(&w, &r, "编号,单位名称,所属县区\nB-1,戊厂,竞秀区\n"), CONFLICT);
	CHECK_STR(registry_world_cell(&w, "B-1", SITE_NAME), "(none)");
	CHECK(registry_world_cell(&w, "R-1", SITE_NAME)[0] != '(');
	registry_world_check(&w);
	office_release(&r.office);
	registry_world_release(&w);
}

/* ---- broken off ---- */

static bool give_up(void *arg, const char *step, uint64_t made, uint64_t total)
{
	(void)made, (void)total;
	return strcmp(step, arg) != 0;
}

TEST(an_import_that_is_cancelled_leaves_nothing)
{
	static const char *const steps[] = { "核对", "写入新增", "写入更新" };
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	int64_t entries = registry_world_entries(&w);
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct registry_import in = {
			.kind = REGISTRY_SITES,
			.file = registry_world_file(
				&w, "编号,单位名称,所属县区\nA-1,改名,竞秀区\nB-1,戊厂,竞秀区\n"),
			.reason = "x",
			.max_rows = 1000,
			.progress = give_up,
			.progress_arg = (char *)(uintptr_t)steps[i]
		};
		CHECK_INT(registry_import(&w.office.office, &w.office.arena, &in, &w.imported),
			  CANCELLED);
		CHECK_INT(w.imported.change, 0);
	}
	CHECK_INT(registry_world_entries(&w), entries);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NAME), "甲厂");
	CHECK_STR(registry_world_cell(&w, "B-1", SITE_NAME), "(none)");
	registry_world_check(&w);
	registry_world_release(&w);
}

TEST(a_full_disk_leaves_the_registry_as_it_was)
{
	struct registry_world w;

	if (scene_postgres()) {
		unit_skip("only SQLite can be told a smaller disk");
		return;
	}
	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	int64_t entries = registry_world_entries(&w);
	sqlite3 *handle = w.office.office.db->handle;
	CHECK_INT(sqlite3_exec(handle, "pragma max_page_count = 200", NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(registry_world_import(&w, registry_world_many(&w, 20000, 0)), DB_FULL);
	CHECK_INT(registry_world_entries(&w), entries);
	registry_world_check(&w);
	CHECK_INT(sqlite3_exec(handle, "pragma max_page_count = 100000", NULL, NULL, NULL),
		  SQLITE_OK);
	CHECK_INT(registry_world_import(&w, registry_world_many(&w, 20000, 0)), OK);
	registry_world_check(&w);
	registry_world_release(&w);
}

/* The server ends all other sessions when rows are being written. */
static bool cut(void *arg, const char *step, uint64_t made, uint64_t total)
{
	struct rival *r = arg;

	(void)made, (void)total;
	if (strcmp(step, "写入新增") == 0 && r->done++ == 0)
		r->rc = (int)scene_number(
			r->office.db,
			"select count(pg_terminate_backend(pid)) from pg_stat_activity"
			" where datname = current_database()"
			" and pid <> pg_backend_pid()");
	return true;
}

TEST(a_connection_lost_while_writing_leaves_the_registry_as_it_was)
{
	struct registry_world w;
	struct rival r = { .w = &w };

	if (!scene_postgres()) {
		unit_skip("a file's connection cannot be lost");
		return;
	}
	registry_world_init(&w);
	office_world_again(&w.office, &r.office);
	CHECK_INT(registry_world_import(&w, first), OK);
	struct registry_import in = { .kind = REGISTRY_SITES,
				      .file = registry_world_file(
					      &w, registry_world_many(&w, 20000, 0)),
				      .reason = "断线",
				      .max_rows = 100000,
				      .progress = cut,
				      .progress_arg = &r };
	CHECK_INT(registry_import(&w.office.office, &w.office.arena, &in, &w.imported), DB_LOST);
	CHECK(r.rc >= 1);
	CHECK_STR(registry_world_cell(&w, "S-000001", SITE_NAME), "(none)");
	registry_world_check(&w);
	CHECK_INT(registry_import(&w.office.office, &w.office.arena, &in, &w.imported), OK);
	CHECK_INT(w.imported.added, 20000);
	registry_world_check(&w);
	office_release(&r.office);
	registry_world_release(&w);
}

static const char *kept(struct registry_world *w)
{
	return arena_printf(&w->office.arena, "%s/kept-%s.tsv", w->office.office.work,
			    registry_name(w->kind));
}

TEST(a_kept_file_is_used_only_while_it_shows_the_registry)
{
	static const char again[] = "编号,单位名称,所属县区,备注\nA-2,乙厂,莲池区,新\n";
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK(file_exists(kept(&w)));
	CHECK_INT(registry_world_import(&w, again), OK);
	counts(&w, "0 0 0 1 kept 2; 0 1 0");
	/* Changed behind its back, by an edit here or by a hand in the folder: it is not believed. */
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_ADDRESS, "别处", false), OK);
	CHECK_INT(registry_world_import(&w, again), OK);
	counts(&w, "0 0 1 0 kept 2; 0 0 0");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_ADDRESS), "别处");
	CHECK_INT(file_write(kept(&w), "id\tname\nA-1\t换了\n", 19, 0600), OK);
	CHECK_INT(registry_world_import(&w, again), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NAME), "甲厂");
	CHECK_STR(registry_world_text(&w, w.imported.change), registry_world_text(&w, 0));
	/* A file that met an edit is not what the registry holds. */
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK(w.imported.overridden > 0 && !file_exists(kept(&w)));
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w, "工号,姓名,执法证号,单位\nP1,王强,0306001,支队\n"), OK);
	CHECK(!file_exists(kept(&w)));
	registry_world_check(&w);
	registry_world_release(&w);
}

/* A child imports and is killed; afterwards all of its change is there or nothing. */
static void import_in_child(struct registry_world *w, const char *path)
{
	struct office office;
	struct arena a;
	const char *why;
	struct registry_imported ret;
	struct registry_import in = {
		.kind = REGISTRY_SITES, .file = path, .reason = "会被打断", .max_rows = 100000
	};
	struct office_where where = w->office.where;

	where.make = false;
	arena_init(&a);
	if (office_open(&a, &where, &office, &why) != OK)
		_exit(3);
	office.fixed_now = WORLD_START;
	_exit(registry_import(&office, &a, &in, &ret) == OK ? 0 : 1);
}

static void kill_after(pid_t child, uint64_t microseconds)
{
	struct timespec rest = { (time_t)(microseconds / 1000000),
				 (long)(microseconds % 1000000) * 1000 };
	int status;

	nanosleep(&rest, NULL);
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
}

/* The server may still be ending what the killed one began. */
static void wait_for_server(struct db *db)
{
	for (int i = 0; scene_postgres() && i < 1000; i++) {
		if (scene_number(db, "select count(*) from pg_stat_activity where state <> 'idle'"
				     " and datname = current_database()"
				     " and pid <> pg_backend_pid()") == 0)
			return;
		usleep(10000);
	}
}

TEST(a_kill_at_any_moment_leaves_all_or_nothing)
{
	struct registry_world w;
	uint64_t random = 20260302;
	int kills = unit_long() ? 200 : 20, whole = 0;

	registry_world_init(&w);
	int64_t start = clock_now();
	CHECK_INT(registry_world_import(&w, registry_world_many(&w, 3000, 0)), OK);
	/* Somewhat longer than one takes, so that kills fall before, into and behind it. */
	uint64_t longest = (scene_postgres() ? 3000 : 1500) * (uint64_t)(clock_now() - start + 1);
	for (int i = 0; i < kills; i++) {
		/* Every time other rows change, and 50 are new. */
		const char *path =
			registry_world_file(&w, registry_world_many(&w, 3050 + 50 * i, 2 + i % 7));
		int64_t rows =
			scene_number(w.office.office.db, "select count(*) from registry_row");
		int64_t changes =
			scene_number(w.office.office.db, "select count(*) from registry_change");
		pid_t child = fork();
		if (child == 0)
			import_in_child(&w, path);
		kill_after(child, unit_random(&random) % longest);
		wait_for_server(w.office.office.db);
		int64_t now = scene_number(w.office.office.db, "select count(*) from registry_row");
		bool done = scene_number(w.office.office.db,
					 "select count(*) from registry_change") > changes;
		CHECK_INT(now, done ? 3050 + 50 * i : rows);
		registry_world_check(&w);
		whole += done;
	}
	printf("# %d of %d imports were finished when the kill came\n", whole, kills);
	/* The next one goes through, and nothing of the killed ones lies about. */
	CHECK_INT(registry_world_import(&w, registry_world_many(&w, 100, 0)), OK);
	CHECK_INT(office_world_jobs(&w.office.office), 0);
	registry_world_check(&w);
	registry_world_release(&w);
}

/* Whoever writes into the table itself is put right by the next true file, and it shows. */
TEST(a_row_changed_behind_our_back_is_seen_by_the_next_import)
{
	struct registry_world w;

	registry_world_init(&w);
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK(file_exists(kept(&w)));
	CHECK_INT(scene_run(w.office.office.db,
			    "update registry_version set cells = replace(cells, 'key', 'general')"
			    " where cells like '%	key	%'"),
		  OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_CLASS), "general");
	CHECK_INT(registry_world_import(&w, first), OK);
	CHECK_INT(w.imported.updated, 1);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_CLASS), "key");
	registry_world_release(&w);
}

TEST(many_sites_of_a_county_stop_to_be_watched_only_with_a_reason)
{
	struct registry_world w;
	const char *before = "编号,单位名称,所属县区,监管类别,是否特殊监管,特殊监管原因,运行状态\n",
		   *after = before;
	struct registry_imported r;

	registry_world_init(&w);
	for (int i = 0; i < 40; i++) {
		before = arena_printf(&w.office.arena, "%sA-%d,厂%d,唐县,重点,是,处罚,在产\n",
				      before, i, i);
		after = arena_printf(&w.office.arena, "%sA-%d,厂%d,唐县,%s,是,处罚,%s\n", after, i,
				     i, i < 6 ? "一般" : "重点", i == 39 ? "关闭" : "在产");
	}
	CHECK_INT(registry_world_import(&w, before), OK);
	struct registry_import in = { .kind = REGISTRY_SITES,
				      .file = registry_world_file(&w, after),
				      .max_rows = 100 };
	CHECK_INT(registry_import(&w.office.office, &w.office.arena, &in, &r), INVALID);
	CHECK(strstr(r.summary->refusal, "唐县的重点对象原有 40 家，按这份文件有 6 家不再是"));
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_CLASS), "key");
	in.reason = "重点名录调整";
	CHECK_INT(registry_import(&w.office.office, &w.office.arena, &in, &r), OK);
	CHECK_INT(r.fall_count, 1);
	CHECK_INT(r.falls[0].lost[LOSS_KEY], 6);
	CHECK_INT(r.falls[0].before[LOSS_KEY], 40);
	CHECK_INT(r.falls[0].after[LOSS_KEY], 34);
	CHECK_INT(r.falls[0].lost[LOSS_LIVE], 1);
	CHECK_INT(r.falls[0].lost[LOSS_SPECIAL], 0);
	registry_world_check(&w);
	registry_world_release(&w);
}
