/* test/app/sheet_attack.c — somebody changes the frozen folder, runs at the same time, interrupts or kills. */
#include "app/sheet_bound.h"
#include "app/sheet_stage.h"
#include "base/file.h"
#include "base/status.h"

#include "sheet_world.h"
#include "unit.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *path_of(struct world_run *r, const char *name)
{
	return arena_printf(&r->arena, "%s/%s", r->folder, name);
}

static void put(struct world_run *r, const char *name, const char *text)
{
	CHECK_INT(file_write(path_of(r, name), text, strlen(text), 0644), OK);
}

/* Everything in the folder that holds the draw, names alone. */
static const char *beside(struct world_run *r)
{
	const char *slash = strrchr(r->folder, '/'), *out = "";
	DIR *d = opendir(arena_mem(&r->arena, r->folder, (size_t)(slash - r->folder)));

	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] == '.' && strlen(e->d_name) > 2)
			out = arena_printf(&r->arena, "%s%s ", out, e->d_name);
	if (d)
		closedir(d);
	return out;
}

/* Refused with these words, and not a byte written. */
static void refused(struct world_run *r, const char *words, const char *what)
{
	const char *before = world_tree(r, r->folder, NULL);

	world_finish(r, NULL);
	unit_check(r->rc == INVALID, __FILE__, __LINE__, "%s gives %d", what, r->rc);
	unit_check(world_says(r, PLAN_REFUSED, words), __FILE__, __LINE__, "%s says %s", what,
		   words);
	CHECK_STR(world_tree(r, r->folder, NULL), before);
	CHECK_STR(beside(r), "");
}

TEST(a_draw_declared_again_after_the_freeze_is_not_finished)
{
	static const char *const copied[] = { "objects.tsv", "conflicts.tsv", "inspectors.tsv",
					      "rules.txt", "declaration" };
	static const char other[] = "污染源编号,单位名称,所属县区,监管类别,是否特殊监管\n"
				    "A1,甲印染厂,130602,重点,否\nA2,乙纸业,130602,重点,是\n"
				    "A3,丙石材,130602,一般,否\nA9,友人的厂,130602,一般,否\n";
	struct world_run r, rewritten;

	world_freeze(&r, &(struct world){ 0 }, true);
	world_freeze(&rewritten, &(struct world){ other, NULL, NULL }, true);
	CHECK_INT(rewritten.rc, OK);
	for (size_t i = 0; i < COUNT(copied); i++)
		put(&r, copied[i], world_file(&rewritten, copied[i]));
	refused(&r, "冻结之后", "another draw's files");
	world_release(&rewritten);
	world_release(&r);
}

TEST(every_frozen_file_is_bound)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	struct sheet_sums names = { .arena = &r.arena };
	CHECK_INT(sheet_sums_folder(&names, r.folder, ""), OK);
	CHECK(names.count >= 14);
	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.list[i].name, *path = path_of(&r, name);
		struct stat st;
		CHECK_INT(stat(path, &st), 0);
		if (st.st_size > 0) {
			world_flip(path, (long)st.st_size / 2);
			refused(&r, "。", name);
			world_flip(path, (long)st.st_size / 2);
		}
		const char *away = arena_printf(&r.arena, "%s.away", r.folder);
		CHECK_INT(rename(path, away), 0);
		refused(&r, "", name);
		CHECK_INT(rename(away, path), 0);
	}
	put(&r, "freeze/more.tsv", "x\n");
	refused(&r, "多出了 freeze/more.tsv", "one more");
	CHECK_INT(unlink(path_of(&r, "freeze/more.tsv")), 0);
	put(&r, "signatures.tsv", "x\n");
	refused(&r, "多出了 signatures.tsv", "signatures");
	CHECK_INT(unlink(path_of(&r, "signatures.tsv")), 0);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK_STR(r.finished.fingerprint, r.frozen.fingerprint);
	world_release(&r);
}

/* As an insider would who rewrites the lists of sums too: only the fingerprint tells. */
static void bind_again(struct world_run *r)
{
	struct sheet_sums whole = { .arena = &r->arena };
	struct sheet_bound bound;

	CHECK_INT(unlink(path_of(r, "SHA256SUMS")), 0);
	CHECK_INT(unlink(path_of(r, SHEET_BOUND_SUMS)), 0);
	CHECK_INT(sheet_bind(&r->arena, r->folder, &bound), OK);
	CHECK(strcmp(bound.fingerprint, r->frozen.fingerprint) != 0);
	CHECK_INT(sheet_sums_folder(&whole, r->folder, ""), OK);
	CHECK_INT(sheet_sums_write(&whole, path_of(r, "SHA256SUMS"), 0644), OK);
}

static const char *replaced(struct world_run *r, const char *name, const char *from, const char *to)
{
	const char *text = world_file(r, name), *at = strstr(text, from);

	CHECK(at);
	return at ? arena_printf(&r->arena, "%.*s%s%s", (int)(at - text), text, to,
				 at + strlen(from))
		  : "";
}

TEST(entropy_below_the_floor_and_other_names_write_nothing)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	const char *declaration = world_file(&r, "declaration");
	put(&r, "declaration", replaced(&r, "declaration", "cwl-kl8 2999310", "cwl-3d 2999310"));
	bind_again(&r);
	const struct sheet_opened values[] = { { NULL, "4-0-7" } };
	const struct sheet_finish in = { .folder = r.folder, .values = values, .value_count = 1 };
	CHECK_INT(sheet_finish(&in, &r.notes, &r.finished), INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "低于下限"));
	CHECK(!world_has(&r, "/record") && !world_has(&r, "/papers"));
	put(&r, "declaration", declaration);
	put(&r, "freeze/sites.tsv", replaced(&r, "freeze/sites.tsv", "甲印染厂", "友人的厂"));
	bind_again(&r);
	refused(&r, "对不上：A1", "another name");
	world_release(&r);
}

/* ---- at the same time ---- */

static struct world_run rival;
static struct sheet_freeze rival_in;

static void run_rival(void)
{
	world_hook = NULL;
	rival.rc = sheet_freeze(&rival_in, &rival.notes, &rival.frozen);
}

/* Whoever has the folder has the share that opens its declaration, whenever the other one came. */
TEST(two_freezes_at_once_leave_one_whole_draw)
{
	int won = 0, lost = 0;

	for (int at = 7, more = true; more; at += 4) {
		struct world_run r;
		memset(&rival, 0, sizeof(rival));
		arena_init(&rival.arena);
		plan_notes_init(&rival.notes, &rival.arena);
		rival.rc = NONE;
		world_syncs = 0;
		world_prepare(&r, &(struct world){ 0 }, &rival_in);
		world_hook_at = at;
		world_hook = run_rival;
		r.rc = sheet_freeze(&rival_in, &r.notes, &r.frozen);
		more = rival.rc != NONE;
		world_hook = NULL;
		CHECK(!more || (r.rc == OK) != (rival.rc == OK));
		CHECK(r.rc == OK || r.rc == CONFLICT);
		const struct sheet_frozen *winner = r.rc == OK ? &r.frozen : &rival.frozen;
		won += r.rc == OK;
		lost += r.rc != OK;
		CHECK_STR(world_file(&r, "declaration"), winner->declaration);
		CHECK_STR(world_file(&r, "../draw.operator-share"),
			  arena_printf(&r.arena, "%s\n", winner->share));
		CHECK(world_has(&r, ".escrow.pdf"));
		CHECK_STR(beside(&r), "");
		world_finish(&r, NULL);
		CHECK_INT(r.rc, OK);
		world_release(&r);
		arena_release(&rival.arena);
	}
	CHECK(won > 1 && lost > 3);
}

static struct world_run *waiting;
static pid_t waiter;

static void fork_waiter(void)
{
	world_hook = NULL;
	waiter = fork();
	if (waiter != 0)
		return;
	close_range(3, ~0U, 0); /* the lock is not inherited by who waits for it */
	world_finish(waiting, NULL);
	_exit(waiting->rc == OK ? 0 : 1);
}

TEST(two_finishes_at_once_wait_for_each_other)
{
	for (int at = 1, more = true; more && at < 100; at += 9) {
		struct world_run r;
		int status = 1;
		world_freeze(&r, &(struct world){ 0 }, false);
		waiting = &r;
		waiter = 0;
		world_syncs = 0;
		world_hook_at = at;
		world_hook = fork_waiter;
		world_finish(&r, NULL);
		world_hook = NULL;
		CHECK_INT(r.rc, OK);
		more = waiter > 0;
		if (more)
			CHECK(waitpid(waiter, &status, 0) == waiter && status == 0);
		CHECK_INT(world_failures(&r), 0);
		CHECK_STR(beside(&r), "");
		world_release(&r);
	}
}

/* ---- interrupted and killed ---- */

struct watch {
	int calls, stop_at;
};

static bool stop(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct watch *w = arg;

	(void)step, (void)done, (void)total;
	return ++w->calls != w->stop_at;
}

TEST(an_interrupted_finish_leaves_the_folder_as_it_was)
{
	const struct sheet_opened values[] = {
		{ NULL, "01-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79" }
	};
	struct world_run r;
	struct watch w = { 0, 0 };
	struct sheet_finish in = {
		.values = values, .value_count = 1, .progress = stop, .progress_arg = &w
	};

	world_freeze(&r, &(struct world){ 0 }, false);
	in.folder = r.folder;
	const char *before = world_tree(&r, r.folder, NULL);
	int rc;
	do {
		w.calls = 0;
		w.stop_at++;
		rc = sheet_finish(&in, &r.notes, &r.finished);
		CHECK(rc == CANCELLED || rc == OK);
		if (rc == CANCELLED)
			CHECK_STR(world_tree(&r, r.folder, NULL), before);
		CHECK_STR(beside(&r), "");
	} while (rc == CANCELLED && w.stop_at < 1000);
	CHECK(rc == OK && w.stop_at > 5);
	world_release(&r);
}

static void die(void)
{
	raise(SIGKILL);
}

/* In a process of its own, killed at the at-th sync; false if it came to its end. */
static bool killed(int at, void (*work)(struct world_run *r), struct world_run *r)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		world_syncs = 0;
		world_hook_at = at;
		world_hook = die;
		work(r);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return WIFSIGNALED(status);
}

static void finish(struct world_run *r)
{
	world_finish(r, NULL);
}

TEST(a_killed_finish_is_completed_by_the_next)
{
	struct world_run r, clean;
	bool dead = true;

	for (int at = 1; dead; at += 6) {
		world_freeze(&clean, &(struct world){ 0 }, true);
		dead = killed(at, finish, &clean);
		world_freeze(&r, &(struct world){ 0 }, true);
		world_finish(&r, NULL);
		world_finish(&clean, NULL);
		CHECK_INT(clean.rc, OK);
		CHECK_STR(world_tree(&clean, clean.folder, NULL), world_tree(&r, r.folder, NULL));
		CHECK_STR(beside(&clean), "");
		CHECK_INT(world_failures(&clean), 0);
		world_release(&r);
		world_release(&clean);
	}
}

static struct sheet_freeze killed_in;

static void freeze(struct world_run *r)
{
	r->rc = sheet_freeze(&killed_in, &r->notes, &r->frozen);
}

TEST(what_a_killed_freeze_left_is_gone_after_the_next)
{
	for (int at = 7; at < 20; at += 2) {
		struct world_run r;
		world_prepare(&r, &(struct world){ 0 }, &killed_in);
		killed_in.open_mode = true;
		bool dead = killed(at, freeze, &r);
		CHECK(!dead || strlen(beside(&r)) > 0);
		if (!dead)
			break;
		freeze(&r);
		CHECK_INT(r.rc, OK);
		CHECK_STR(beside(&r), "");
		world_release(&r);
	}
}

TEST(what_people_put_into_the_folder_is_refused_and_what_they_changed_is_kept)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	world_finish(&r, NULL);
	const char *sums = world_file(&r, "SHA256SUMS");
	put(&r, "papers/扫描件.pdf", "signed\n");
	put(&r, "papers/任务表.xlsx", "with remarks\n");
	refused(&r, "papers/扫描件.pdf", "a scan");
	CHECK_INT(unlink(path_of(&r, "papers/扫描件.pdf")), 0);
	world_finish(&r, NULL);
	CHECK_INT(r.rc, OK);
	CHECK_STR(world_file(&r, "../draw.bak/任务表.xlsx.bak"), "with remarks\n");
	CHECK_STR(world_file(&r, "SHA256SUMS"), sums);
	CHECK(world_says(&r, PLAN_WARNING, "draw.bak"));
	CHECK_INT(world_failures(&r), 0);
	world_release(&r);
}
