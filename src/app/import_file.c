/* app/import_file.c — the parent's side: opens all that is needed, lets the child work, puts results in place. */
#include "app/import.h"
#include "app/import_folder.h"
#include "app/import_report.h"
#include "app/import_work.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"
#include "files/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MIB = 1 << 20, KEEP_MOST = 10 };

/* All that must be given back, whatever happens. */
struct opened {
	struct file_map input, old;
	struct text_decoder decoder;
	struct import_files files;
	struct file_out registry, report; /* report: only of a CSV file */
	struct import_folder folder;
	bool workbook;
	int temps[2 * IMPORT_PARTS + 2];
	size_t temp_count;
};

static void close_all(struct opened *o)
{
	file_unmap(&o->input);
	file_unmap(&o->old);
	text_decoder_close(&o->decoder);
	file_out_abort(&o->registry);
	file_out_abort(&o->report);
	while (o->temp_count > 0)
		close(o->temps[--o->temp_count]);
}

/* An unlinked file in the folder; in memory for the few rows of a file of ours. */
static int open_temp(struct opened *o, struct arena *a, const struct import_options *opt, int *ret)
{
	int fd = opt->own ? memfd_create("import", MFD_CLOEXEC)
			  : open(opt->out, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0) {
		char *path = arena_printf(a, "%s/.import.XXXXXX", opt->out);
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	if (fd < 0)
		return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
	o->temps[o->temp_count++] = fd;
	*ret = fd;
	return OK;
}

static int open_temps(struct opened *o, struct arena *a, const struct import_options *opt)
{
	struct import_files *f = &o->files;

	for (int i = 0; i < IMPORT_PARTS; i++) {
		TRY(open_temp(o, a, opt, &f->spill[i]));
		TRY(open_temp(o, a, opt, &f->reasons[i]));
	}
	TRY(open_temp(o, a, opt, &f->text));
	f->report = -1;
	if (!opt->no_report && o->workbook)
		TRY(open_temp(o, a, opt, &f->report));
	f->json = opt->want_json ? opt->json_fd : -1;
	return OK;
}

static int refuse(struct import_summary *s, const char *text)
{
	snprintf(s->refusal, sizeof(s->refusal), "%s", text);
	return INVALID;
}

static int read_map(const struct import_options *opt, struct arena *a, struct import_map *map,
		    struct import_summary *ret)
{
	const char *problem = "";
	char *text;
	size_t len;

	import_map_init(map, opt->kind);
	if (!opt->map)
		return OK;
	TRY(file_read(a, opt->map, IMPORT_MAP_BYTES, &text, &len));
	if (import_map_read(a, opt->kind, (struct span){ text, len }, map, &problem) != OK)
		return refuse(ret, problem);
	return OK;
}

static int map_old(const struct import_options *opt, struct opened *o, struct import_summary *ret)
{
	struct registry_reader reader;

	if (!opt->old)
		return OK;
	TRY(file_map(opt->old, &o->old));
	struct span file = { o->old.at, o->old.len };
	if (registry_open(&reader, opt->kind, file) != OK)
		return refuse(ret, reader.problem);
	return OK;
}

/* ---- the child ---- */

struct job {
	struct import_work work;
	const struct import_options *options;
	struct import_summary received; /* being received */
	size_t have;
	struct import_summary *last;
	bool stopped; /* progress said so, perhaps when the child had done its work already */
};

static int work_in_child(int out, void *arg)
{
	struct job *job = arg;

	job->work.pipe = out;
	return import_work_run(&job->work);
}

static int take_summary(const char *at, size_t len, void *arg)
{
	struct job *job = arg;
	const struct import_options *opt = job->options;

	while (len > 0) {
		size_t part = sizeof(job->received) - job->have;
		part = len < part ? len : part;
		memcpy((char *)&job->received + job->have, at, part);
		job->have += part;
		at += part;
		len -= part;
		if (job->have < sizeof(job->received))
			continue;
		job->have = 0;
		*job->last = job->received;
	}
	if (opt->progress && !opt->progress(opt->progress_arg, job->last->done, job->last->total))
		job->stopped = true;
	return job->stopped ? CANCELLED : OK;
}

/* The child's words are shown on a terminal: no control characters but LF, and an end. */
static void tame(char *text, size_t size)
{
	text[size - 1] = 0;
	for (; *text; text++)
		if ((unsigned char)*text < ' ' && *text != '\n')
			*text = '?';
}

static struct sandbox_limits limits_for(const struct import_options *opt, size_t size)
{
	size_t rows = size / 2 < opt->max_rows ? size / 2 : opt->max_rows;

	/* Mapped files count as memory here; what is really taken is 48 bytes a row and the fixed buffers. */
	return (struct sandbox_limits){
		.memory = (size_t)1024 * MIB + 64 * rows + 40 * size,
		.cpu_seconds = 120 + (unsigned)(size / MIB),
		.wall_ms = (unsigned)(600 + size / MIB) * 1000,
		.file_size = (size_t)1024 * MIB + 400 * size,
	};
}

static int how_it_ended(const struct sandbox_result *r, struct import_summary *s)
{
	if (r->end == SANDBOX_OK)
		return s->finished ? OK : IO_ERROR;
	if (r->end == SANDBOX_CANCELLED)
		return CANCELLED;
	if (r->end != SANDBOX_FAILED)
		return refuse(s, sandbox_text(r->end));
	if (r->code == INVALID && !*s->refusal)
		return refuse(s, "原名录文件这次读到一半不合规定，请先用 --out 另存并核对原名录");
	return r->code;
}

static int run_here(struct job *job)
{
	job->work.pipe = -1;
	int rc = import_work_run(&job->work);
	import_work_release(&job->work);
	return rc;
}

static int run_job(struct job *job, struct opened *o, struct import_summary *ret)
{
	const struct import_files *f = &o->files;
	const int keep[KEEP_MOST] = { f->spill[0], f->spill[1], f->reasons[0], f->reasons[1],
				      f->text,     f->registry, f->report,     f->json };
	int kept[KEEP_MOST];
	size_t count = 0;
	struct sandbox_result result;

	for (size_t i = 0; i < 8; i++)
		if (keep[i] >= 0)
			kept[count++] = keep[i];
	const struct sandbox_job sandbox = { .work = work_in_child,
					     .work_arg = job,
					     .take = take_summary,
					     .take_arg = job,
					     .keep = kept,
					     .keep_count = count,
					     .limits = limits_for(job->options, o->input.len),
					     .started = job->options->started,
					     .started_arg = job->options->started_arg };
	TRY(sandbox_run(&sandbox, &result));
	tame(ret->refusal, sizeof(ret->refusal));
	tame(ret->columns, sizeof(ret->columns));
	tame(ret->hint, sizeof(ret->hint));
	tame(ret->reasons, sizeof(ret->reasons));
	tame(ret->encoding, sizeof(ret->encoding));
	return job->stopped ? CANCELLED : how_it_ended(&result, ret);
}

/* ---- putting in place ---- */

/* The registry that is about to be replaced stays as .bak; without a place for it the import goes on. */
static void keep_backup(struct arena *a, const char *path)
{
	const char *backup = arena_printf(a, "%s.bak", path);

	if (!file_exists(path))
		return;
	unlink(backup);
	(void)!link(path, backup);
}

static int finish(const struct import_options *opt, struct arena *a, struct opened *o,
		  struct import_summary *s, struct import_paths *paths)
{
	paths->problem_path = paths->report;
	if (!opt->no_report && o->workbook)
		TRY(import_report_place(o->files.report, paths->report, s->header_line,
					registry_title(opt->kind)));
	else if (!opt->no_report)
		TRY(file_out_commit(&o->report));
	if (opt->must_take && s->count[IMPORT_QUARANTINED] == s->rows) {
		if (s->rows)
			snprintf(s->refusal, sizeof(s->refusal), "%llu 行全部未收，名录没有改动",
				 (unsigned long long)s->rows);
		else
			snprintf(s->refusal, sizeof(s->refusal),
				 "表头下面一行数据也没有，名录没有改动");
		paths->registry = NULL;
		return OK;
	}
	paths->problem_path = paths->registry;
	keep_backup(a, paths->registry);
	return file_out_commit(&o->registry);
}

static int import(const struct import_options *opt, struct arena *a, struct opened *o,
		  struct import_summary *ret, struct import_paths *paths)
{
	struct job *job = arena_alloc(a, sizeof(*job));
	struct import_work *w = &job->work;

	job->options = opt;
	job->last = ret;
	paths->problem_path = opt->map;
	TRY(read_map(opt, a, &w->map, ret));
	paths->problem_path = opt->old;
	TRY(map_old(opt, o, ret));
	paths->problem_path = opt->file;
	TRY(file_map(opt->file, &o->input));
	o->workbook = import_is_workbook((struct span){ o->input.at, o->input.len });
	paths->problem_path = opt->out;
	TRY(import_folder_make(&o->folder, a, opt->out));
	TRY(open_temps(o, a, opt));
	paths->problem_path = "iconv";
	TRY(text_decoder_open(&o->decoder));
	paths->registry = arena_printf(a, "%s/%s.tsv", opt->out, registry_name(opt->kind));
	paths->problem_path = paths->registry;
	TRY(file_out_open(&o->registry, paths->registry, 0600));
	o->registry.staged = opt->passing;
	o->files.registry = o->registry.fd;
	if (!opt->no_report) {
		paths->report =
			arena_printf(a, "%s/%s-report.%s", opt->out, registry_name(opt->kind),
				     o->workbook ? "xlsx" : "csv");
		paths->problem_path = paths->report;
		if (!o->workbook) {
			TRY(file_out_open(&o->report, paths->report, 0600));
			o->files.report = o->report.fd;
		}
	}
	w->options = opt;
	w->files = &o->files;
	w->input = (struct span){ o->input.at, o->input.len };
	w->old = (struct span){ o->old.at, o->old.len };
	w->decoder = &o->decoder;
	w->summary = ret;
	paths->problem_path = opt->file;
	int rc = opt->own ? run_here(job) : run_job(job, o, ret);
	if (rc == NO_SPACE)
		paths->problem_path = opt->out;
	TRY(rc);
	return finish(opt, a, o, ret, paths);
}

int import_file(const struct import_options *o, struct arena *a, struct import_summary *ret,
		struct import_paths *paths)
{
	CLEANUP(close_all)
	struct opened opened = { .registry = { .fd = -1 }, .report = { .fd = -1 } };

	*ret = (struct import_summary){ .finished = false };
	*paths = (struct import_paths){ NULL, NULL, NULL };
	int rc = import(o, a, &opened, ret, paths);
	if (rc != OK) {
		close_all(&opened);
		import_folder_drop(&opened.folder);
	}
	return rc;
}
