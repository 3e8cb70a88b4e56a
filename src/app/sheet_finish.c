/*
 * app/sheet_finish.c — draws and prints in memory and beside the folder; only then the dr1 files, the papers
 * and the list of sums are put in, one after the other.
 */
#include "app/sheet_finish.h"

#include "app/draw_folder.h"
#include "app/draw_ready.h"
#include "app/draw_sums.h"
#include "app/papers.h"
#include "app/plan_trial.h"
#include "app/sheet_bound.h"
#include "app/sheet_record.h"
#include "app/sheet_stage.h"
#include "base/file.h"
#include "base/status.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LEFT_OUT_MOST = 64 << 20, WAIT_MS = 100, RANDOM_LETTERS = 6, RESULT_FILES = 4 };

struct finishing {
	const struct sheet_finish *in;
	struct plan_notes *notes;
	struct arena *arena;
	struct draw_folder folder;
	struct sheet_bound bound;
	struct file_map sites, inspectors;
	struct sheet_plan plan;
	struct sheet_stage stage;
	struct declaration declaration;
	struct span record;
	struct draw_ready ready;
	struct draw_outcome outcome;
	struct papers_model model;
	struct sheet_sums sums; /* of the finished folder */
	int lock;
	bool cancelled;
};

static const char *inside(struct finishing *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->in->folder, name);
}

static int refuse(struct finishing *f, const struct problem *p)
{
	char text[512];
	struct writer w = { text, sizeof(text), 0, false };

	problem_write(p, &w);
	plan_note(f->notes, PLAN_REFUSED, "%.*s", (int)w.len, text);
	return INVALID;
}

static int core_status(struct finishing *f, int rc, const struct problem *p)
{
	if (rc == CORE_OK)
		return OK;
	return rc == CORE_FULL ? TOO_LARGE : refuse(f, p);
}

/* Waits for whoever else finishes this folder. Without freeze/ there is nothing to wait for. */
static int take_lock(struct finishing *f)
{
	f->lock = open(inside(f, "freeze"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->lock < 0)
		return OK;
	while (flock(f->lock, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return IO_ERROR;
		if (f->in->progress &&
		    !f->in->progress(f->in->progress_arg, "等待另一个收尾", 0, 1))
			return CANCELLED;
		poll(NULL, 0, WAIT_MS);
	}
	return OK;
}

/* Lists that a killed run did not complete; draw_folder_write removes those of dr1's files. */
static void remove_leftovers(struct finishing *f)
{
	static const char begin[] = "SHA256SUMS.";
	DIR *dir = opendir(f->in->folder);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		size_t k = strlen(begin);
		if (strncmp(e->d_name, begin, k) != 0 || strlen(e->d_name) != k + RANDOM_LETTERS)
			continue;
		while (isalnum((unsigned char)e->d_name[k]))
			k++;
		if (!e->d_name[k])
			unlink(inside(f, e->d_name));
	}
	if (dir)
		closedir(dir);
}

static int open_folder(struct finishing *f)
{
	enum core_file wrong = CORE_FILE_NONE;
	struct problem problem = { 0 };
	int rc = draw_folder_open(&f->folder, f->in->folder, &wrong);

	if (rc == NONE)
		plan_note(f->notes, PLAN_REFUSED, "没有这个文件夹：%s。", f->in->folder);
	else if (rc != OK)
		plan_note(f->notes, PLAN_REFUSED, "%s 里的 %s 读不了。", f->in->folder,
			  core_file_name(wrong));
	TRY(rc);
	struct span declaration = f->folder.files.file[CORE_FILE_DECLARATION];
	if (!declaration.at) {
		plan_note(f->notes, PLAN_REFUSED,
			  "%s 里没有 declaration，还没有冻结。请先运行 mingqian sheet freeze。",
			  f->in->folder);
		return INVALID;
	}
	return core_status(f, declaration_parse(declaration, &f->declaration, &problem), &problem);
}

/* Papers and draw are made from the folder, so all of it must still be what was frozen. */
static int check_bound(struct finishing *f)
{
	const char *problem = NULL;
	int rc = sheet_bound_check(f->arena, f->in->folder, &f->bound, &problem);

	if (problem)
		plan_note(f->notes, PLAN_REFUSED, "%s", problem);
	return rc;
}

/* Could it be of this draw's making? Once the draw is known the list of sums says so exactly. */
static bool is_ours(void *arg, const char *name)
{
	static const char *const ours[] = {
		SHEET_BOUND_SUMS,     SHEET_BOUND_PROTOCOL, "record",  "seed",
		"result.tsv",         "result.root",        "papers/", "papers/任务单/",
		"papers/任务表.xlsx", "papers/抽签记录.pdf"
	};
	static const char visits[] = "papers/任务单/";
	const struct finishing *f = arg;

	if (sheet_sums_find(&f->bound.sums, name) || draw_folder_leftover(name))
		return true;
	for (size_t i = 0; i < COUNT(ours); i++)
		if (strcmp(name, ours[i]) == 0)
			return true;
	if (f->sums.count)
		return sheet_sums_find(&f->sums, name);
	return strncmp(name, visits, strlen(visits)) == 0 && !strchr(name + strlen(visits), '/');
}

static int refuse_others(struct finishing *f)
{
	const char *other;

	TRY(draw_sums_stray(f->arena, f->in->folder, is_ours, f, &other));
	if (!other)
		return OK;
	plan_note(
		f->notes, PLAN_REFUSED,
		"文件夹里有不是抽签产生的东西：%s。签字扫描件等请放在文件夹之外，移走以后再收尾。",
		other);
	return INVALID;
}

static int read_freeze(struct finishing *f)
{
	TRY(file_map(inside(f, "freeze/sites.tsv"), &f->sites));
	TRY(file_map(inside(f, "freeze/inspectors.tsv"), &f->inspectors));
	int rc = sheet_plan_read(f->arena, inside(f, "freeze/plan.tsv"), &f->plan);
	if (rc == INVALID)
		plan_note(f->notes, PLAN_REFUSED, "%s/freeze/plan.tsv 被改过，读不懂。",
			  f->in->folder);
	/* What the declaration says of these two counts, whatever the side file says. */
	f->plan.rehearsal = declare_floor(&f->declaration).rehearsal;
	f->plan.sealed = false;
	for (uint32_t i = 0; i < f->declaration.share_count; i++)
		f->plan.sealed |= span_equal(f->declaration.shares[i].party, SPAN("operator"));
	return rc;
}

static int refuse_other(struct finishing *f, enum core_file file)
{
	plan_note(f->notes, PLAN_REFUSED,
		  "%s 里已经有另一个 %s。抽签只有一次：已有的结果不会被覆盖。", f->in->folder,
		  core_file_name(file));
	return CONFLICT;
}

static int make_record(struct finishing *f)
{
	struct span there = f->folder.files.file[CORE_FILE_RECORD];
	struct problem problem = { 0 };
	struct record record;

	TRY(sheet_record_match(f->in, &f->declaration, f->notes, &record));
	TRY(core_status(
		f, record_write(&f->declaration, &record, &f->folder.region, &f->record, &problem),
		&problem));
	if (there.at && !span_equal(there, f->record))
		return refuse_other(f, CORE_FILE_RECORD);
	return OK;
}

static void watch_at(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct finishing *f = arg;

	if (f->in->progress && !f->in->progress(f->in->progress_arg, step, done, total))
		f->cancelled = true;
}

static bool watch_stop(void *arg)
{
	const struct finishing *f = arg;

	return f->cancelled;
}

/* Lists, declaration, floor and record all hold, or nothing is drawn. */
static int run(struct finishing *f)
{
	const struct draw_watch watch = { watch_at, watch_stop, f };
	struct problem problem = { 0 };

	f->folder.files.file[CORE_FILE_RECORD] = f->record;
	int rc = draw_ready(&f->folder, f->in->folder, 0, &watch, &f->ready, &problem);
	if (rc == INVALID)
		return refuse(f, &problem);
	TRY(rc);
	return draw_run(&f->ready.draw, &f->ready.seed, 0, &watch, &f->folder.region, &f->outcome);
}

/* freeze/left-out.tsv: id, name, districts, reason. */
static size_t read_left_out(struct finishing *f, struct plan_absent **ret)
{
	char *text, *line, *state = NULL;
	size_t len, count = 0, most = 1;

	if (file_read(f->arena, inside(f, "freeze/left-out.tsv"), LEFT_OUT_MOST, &text, &len) != OK)
		return 0;
	for (size_t i = 0; i < len; i++)
		most += text[i] == '\n';
	*ret = arena_array(f->arena, most, sizeof(**ret));
	for (line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
		const char *cell[4] = { "", "", "", "" };
		for (int i = 0; i < 4 && line; i++)
			cell[i] = strsep(&line, "\t");
		(*ret)[count++] = (struct plan_absent){ cell[0], cell[1], cell[2], cell[3] };
	}
	return count;
}

static int explain_shortage(struct finishing *f)
{
	struct plan_absent *absent = NULL;
	size_t count = read_left_out(f, &absent);
	const struct plan_shortage shortage = { &f->ready.draw, &f->outcome.teams, absent, count,
						false };

	plan_note(f->notes, PLAN_REFUSED,
		  "排不出检查组，缺 %llu 人次。抽中的单位已经写进 result.tsv，不能重抽；"
		  "请按规定补足人手后另行派组并记录原因。",
		  (unsigned long long)f->outcome.teams.result.unmet);
	return plan_explain_shortage(&shortage, &f->folder.region, f->notes);
}

static bool visits_progress(void *arg, uint64_t done, uint64_t total)
{
	watch_at(arg, "打印任务单", done, total);
	return !watch_stop(arg);
}

static int make_model(struct finishing *f)
{
	const struct papers_source src = {
		.draw = &f->ready.draw,
		.outcome = &f->outcome,
		.seed = &f->ready.seed,
		.sites = { f->sites.at, f->sites.len },
		.inspectors = { f->inspectors.at, f->inspectors.len },
		.plan = &f->plan,
		.declaration = f->folder.files.file[CORE_FILE_DECLARATION],
		.record = f->record,
		.fingerprint = f->bound.fingerprint,
	};

	TRY(papers_model_make(f->arena, &src, &f->model));
	if (!f->model.stranger)
		return OK;
	plan_note(f->notes, PLAN_REFUSED,
		  "freeze 里的名录与名单对不上：%s。名录被换过，请从备份恢复整个文件夹再收尾。",
		  f->model.stranger);
	return INVALID;
}

static int print_visits(struct finishing *f, const char *folder)
{
	CLEANUP(buf_release) struct buf missing = { 0 };

	TRY(papers_write_visits(folder, &f->model, visits_progress, f, &missing));
	if (missing.len)
		plan_note(f->notes, PLAN_WARNING,
			  "字体里没有这些字：%s。任务单上印成方框和代码，请手写补上。",
			  buf_text(&missing));
	return OK;
}

static int print_papers(struct finishing *f)
{
	char *real = realpath(f->in->folder, NULL); /* "." has no name to stand beside */

	if (!real)
		return IO_ERROR;
	const char *aside = arena_printf(f->arena, "%s.bak", real);
	free(real);
	TRY(sheet_stage_merge(&f->stage, f->arena, inside(f, "papers"), f->in->folder));
	sheet_stage_note(&f->stage, f->notes);
	const char *path = f->stage.path;
	f->stage.aside = aside;
	TRY(papers_write_tasks(arena_printf(f->arena, "%s/任务表.xlsx", path), &f->model));
	TRY(papers_write_protocol(arena_printf(f->arena, "%s/抽签记录.pdf", path), &f->model));
	if (f->outcome.selection.drawn_total > 0) {
		const char *visits = arena_printf(f->arena, "%s/任务单", path);
		TRY(file_make_folder(visits, 0755));
		TRY(print_visits(f, visits));
	}
	if (f->plan.sealed)
		f->stage.mode = 0700;
	return OK;
}

/* In the order in which they are written: the root last. */
static void list_results(struct finishing *f, struct draw_folder_text texts[RESULT_FILES])
{
	char *seed = arena_printf(f->arena, "%.64s\n", f->ready.seed.hex);
	char *root = arena_printf(f->arena, "%.64s\n", f->outcome.result.root);

	texts[0] = (struct draw_folder_text){ CORE_FILE_RECORD, f->record };
	texts[1] = (struct draw_folder_text){ CORE_FILE_SEED, span_of(seed) };
	texts[2] = (struct draw_folder_text){ CORE_FILE_RESULT, f->outcome.result.tsv };
	texts[3] = (struct draw_folder_text){ CORE_FILE_ROOT, span_of(root) };
}

/* Everything that freeze and finish made, and nothing else. */
static int list_sums(struct finishing *f, const struct draw_folder_text texts[RESULT_FILES])
{
	static const char *const more[] = { SHEET_BOUND_SUMS, SHEET_BOUND_PROTOCOL };

	f->sums = f->bound.sums;
	for (size_t i = 0; i < COUNT(more); i++)
		TRY(sheet_sums_file(&f->sums, inside(f, more[i]), more[i]));
	for (size_t i = 0; i < RESULT_FILES; i++)
		sheet_sums_add(&f->sums, core_file_name(texts[i].file), texts[i].text.at,
			       texts[i].text.len);
	return sheet_sums_folder(&f->sums, f->stage.path, "papers/");
}

static void note_moved(struct finishing *f)
{
	if (f->stage.moved)
		plan_note(f->notes, PLAN_WARNING,
			  "papers 里有 %zu 个文件与抽签结果不符，已恢复原样；原来的移到 %s。",
			  f->stage.moved, f->stage.aside);
}

static int put_in_place(struct finishing *f, const struct draw_folder_text texts[RESULT_FILES])
{
	enum core_file wrong = CORE_FILE_NONE;
	bool fresh[RESULT_FILES], no_papers = !file_exists(inside(f, "papers"));

	for (size_t i = 0; i < RESULT_FILES; i++)
		fresh[i] = !file_exists(inside(f, core_file_name(texts[i].file)));
	int rc = draw_folder_write(f->in->folder, texts, RESULT_FILES, &wrong);
	if (rc == CONFLICT)
		return refuse_other(f, wrong);
	TRY(rc);
	rc = sheet_stage_commit(&f->stage);
	if (rc == OK)
		rc = sheet_sums_write(&f->sums, inside(f, "SHA256SUMS"),
				      f->plan.sealed ? 0600 : 0644);
	if (rc == OK)
		return OK;
	int why = errno;
	if (no_papers)
		sheet_remove_folder(inside(f, "papers"));
	for (size_t i = 0; i < RESULT_FILES; i++)
		if (fresh[i])
			unlink(inside(f, core_file_name(texts[i].file)));
	errno = why;
	return rc;
}

static int finish(struct finishing *f)
{
	struct draw_folder_text texts[RESULT_FILES];

	TRY(take_lock(f));
	TRY(open_folder(f));
	TRY(check_bound(f));
	remove_leftovers(f);
	TRY(refuse_others(f));
	TRY(read_freeze(f));
	TRY(make_record(f));
	TRY(run(f));
	TRY(make_model(f));
	TRY(print_papers(f));
	if (!f->outcome.teams.feasible)
		TRY(explain_shortage(f));
	list_results(f, texts);
	TRY(list_sums(f, texts));
	TRY(refuse_others(f));
	if (f->cancelled)
		return CANCELLED;
	TRY(put_in_place(f, texts));
	note_moved(f);
	return OK;
}

static void report(struct finishing *f, struct sheet_finished *ret)
{
	*ret = (struct sheet_finished){
		.teams = f->outcome.teams.feasible,
		.sealed = f->plan.sealed,
		.draw_id = f->model.draw_id,
		.seed = f->model.seed,
		.root = f->model.root,
		.fingerprint = arena_str(f->arena, f->bound.fingerprint),
		.drawn = f->outcome.selection.drawn_total,
		.trips = f->model.trips,
		.tasks_path = inside(f, "papers/任务表.xlsx"),
		.visits_path = inside(f, "papers/任务单"),
		.protocol_path = inside(f, "papers/抽签记录.pdf"),
	};
}

int sheet_finish(const struct sheet_finish *in, struct plan_notes *notes,
		 struct sheet_finished *ret)
{
	struct finishing f = { .in = in, .notes = notes, .arena = notes->arena, .lock = -1 };
	int rc = finish(&f);
	int why = errno;

	sheet_stage_abort(&f.stage);
	if (rc == OK)
		report(&f, ret);
	if (f.sites.at)
		file_unmap(&f.sites);
	if (f.inspectors.at)
		file_unmap(&f.inspectors);
	draw_folder_release(&f.folder);
	if (f.lock >= 0)
		close(f.lock);
	errno = why;
	return rc;
}
