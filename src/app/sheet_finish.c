/* app/sheet_finish.c — the dr1 files first, for they are the draw; then the papers, which only show it. */
#include "app/sheet_finish.h"

#include "app/draw_folder.h"
#include "app/draw_run.h"
#include "app/papers.h"
#include "app/plan_trial.h"
#include "app/sheet_record.h"
#include "app/sheet_stage.h"
#include "base/file.h"
#include "base/status.h"

#include <string.h>

enum { LEFT_OUT_MOST = 64 << 20 };

struct finishing {
	const struct sheet_finish *in;
	struct plan_notes *notes;
	struct arena *arena;
	struct draw_folder folder;
	struct file_map sites, inspectors;
	struct sheet_plan plan;
	struct sheet_stage stage;
	struct draw draw;
	struct declaration declaration;
	struct span record;
	struct draw_seed seed;
	struct draw_outcome outcome;
	struct papers_model model;
	bool cancelled;
};

static const char *inside(struct finishing *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->in->folder, name);
}

static int core_status(struct finishing *f, int rc, const struct problem *p)
{
	char text[512];
	struct writer w = { text, sizeof(text), 0, false };

	if (rc == CORE_OK)
		return OK;
	if (rc == CORE_FULL)
		return TOO_LARGE;
	problem_write(p, &w);
	plan_note(f->notes, PLAN_REFUSED, "%.*s", (int)w.len, text);
	return INVALID;
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
	TRY(core_status(f, declaration_parse(declaration, &f->declaration, &problem), &problem));
	TRY(core_status(f, draw_open(&f->folder.files, &f->folder.region, &f->draw, &problem),
			&problem));
	return core_status(f, declaration_check_lists(&f->declaration, &f->folder.files, &problem),
			   &problem);
}

static int map_if_there(struct finishing *f, const char *name, struct file_map *ret)
{
	int rc = file_map(inside(f, name), ret);

	return rc == NONE ? OK : rc;
}

static int read_freeze(struct finishing *f)
{
	TRY(map_if_there(f, "freeze/sites.tsv", &f->sites));
	TRY(map_if_there(f, "freeze/inspectors.tsv", &f->inspectors));
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

/* The papers are made from freeze/, so it must still be what was frozen. */
static int check_frozen(struct finishing *f)
{
	const char *changed = NULL;
	int rc = sheet_check_frozen(f->arena, f->in->folder, &changed);

	if (rc == NONE) /* declared by hand: there is no freeze/ either */
		return OK;
	if (rc != OK || !changed)
		return rc;
	plan_note(f->notes, PLAN_REFUSED,
		  "冻结之后文件被改过：%s。请恢复原样（以见证人手里的锁定记录为准）再收尾。",
		  changed);
	return INVALID;
}

static int make_record(struct finishing *f)
{
	struct problem problem = { 0 };
	struct record record;

	TRY(sheet_record_match(f->in, &f->declaration, f->notes, &record));
	TRY(core_status(
		f, record_write(&f->declaration, &record, &f->folder.region, &f->record, &problem),
		&problem));
	draw_seed(f->folder.files.file[CORE_FILE_DECLARATION], f->record, &f->seed);
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

static int write_result(struct finishing *f)
{
	enum core_file wrong = CORE_FILE_NONE;
	char *seed = arena_printf(f->arena, "%.64s\n", f->seed.hex);
	char *root = arena_printf(f->arena, "%.64s\n", f->outcome.result.root);
	const struct draw_folder_text texts[] = {
		{ CORE_FILE_RECORD, f->record },
		{ CORE_FILE_SEED, span_of(seed) },
		{ CORE_FILE_RESULT, f->outcome.result.tsv },
		{ CORE_FILE_ROOT, span_of(root) },
	};
	int rc = draw_folder_write(f->in->folder, texts, COUNT(texts), &wrong);

	if (rc == CONFLICT)
		plan_note(f->notes, PLAN_REFUSED,
			  "%s 里已经有另一个 %s。抽签只有一次：已有的结果不会被覆盖。",
			  f->in->folder, core_file_name(wrong));
	return rc;
}

static int run(struct finishing *f)
{
	const struct draw_watch watch = { watch_at, watch_stop, f };

	TRY(draw_run(&f->draw, &f->seed, 0, &watch, &f->folder.region, &f->outcome));
	return write_result(f);
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
	const struct plan_shortage shortage = { &f->draw, &f->outcome.teams, absent, count };

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

static int write_papers(struct finishing *f)
{
	const struct papers_source src = {
		.draw = &f->draw,
		.outcome = &f->outcome,
		.seed = &f->seed,
		.sites = { f->sites.at, f->sites.len },
		.inspectors = { f->inspectors.at, f->inspectors.len },
		.plan = &f->plan,
		.declaration = f->folder.files.file[CORE_FILE_DECLARATION],
		.record = f->record,
	};

	TRY(papers_model_make(f->arena, &src, &f->model));
	TRY(sheet_stage_replace(&f->stage, f->arena, inside(f, "papers")));
	const char *path = f->stage.path;
	TRY(papers_write_tasks(arena_printf(f->arena, "%s/任务表.xlsx", path), &f->model));
	TRY(papers_write_protocol(arena_printf(f->arena, "%s/抽签记录.pdf", path), &f->model));
	const char *visits = arena_printf(f->arena, "%s/任务单", path);
	TRY(file_make_folder(visits, 0755));
	TRY(papers_write_visits(visits, &f->model, visits_progress, f));
	if (f->plan.sealed)
		f->stage.mode = 0700;
	TRY(sheet_stage_commit(&f->stage));
	return sheet_write_sums(f->arena, f->in->folder, f->plan.sealed ? 0600 : 0644);
}

static int finish(struct finishing *f)
{
	TRY(open_folder(f));
	TRY(check_frozen(f));
	TRY(read_freeze(f));
	TRY(make_record(f));
	TRY(run(f));
	TRY(write_papers(f));
	return f->outcome.teams.feasible ? OK : explain_shortage(f);
}

int sheet_finish(const struct sheet_finish *in, struct plan_notes *notes,
		 struct sheet_finished *ret)
{
	struct finishing f = { .in = in, .notes = notes, .arena = notes->arena };
	int rc = finish(&f);

	sheet_stage_abort(&f.stage);
	if (rc == OK)
		*ret = (struct sheet_finished){
			.teams = f.outcome.teams.feasible,
			.draw_id = f.model.draw_id,
			.seed = f.model.seed,
			.root = f.model.root,
			.drawn = f.outcome.selection.drawn_total,
			.trips = f.model.trips,
			.tasks_path = inside(&f, "papers/任务表.xlsx"),
			.visits_path = inside(&f, "papers/任务单"),
			.protocol_path = inside(&f, "papers/抽签记录.pdf"),
		};
	if (f.sites.at)
		file_unmap(&f.sites);
	if (f.inspectors.at)
		file_unmap(&f.inspectors);
	draw_folder_release(&f.folder);
	return rc;
}
