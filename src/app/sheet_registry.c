/* app/sheet_registry.c — import does the work in a folder of its own, from which the result is taken. */
#include "app/sheet_registry.h"

#include "app/import.h"
#include "app/sheet_stage.h"
#include "base/status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint64_t ROWS_MOST = 10000000;

/* True if the file is a canonical registry already, by its first line. */
static bool is_canonical(enum registry kind, const char *path)
{
	char head[2048];
	struct registry_reader reader;
	FILE *f = fopen(path, "rbe");

	if (!f)
		return false;
	size_t len = fread(head, 1, sizeof(head), f);
	fclose(f);
	char *end = memchr(head, '\n', len);
	return end &&
	       registry_open(&reader, kind, (struct span){ head, (size_t)(end - head) + 1 }) == OK;
}

/* Copies by mapping: the planner's file is only read. */
static int copy_file(const char *from, const char *to)
{
	struct file_map map;

	TRY(file_map(from, &map));
	int rc = file_write(to, map.at, map.len, 0600);
	file_unmap(&map);
	return rc;
}

static int move_file(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return OK;
	if (errno != EXDEV)
		return IO_ERROR;
	return copy_file(from, to);
}

static void note_counts(enum registry kind, const struct import_summary *s,
			struct plan_notes *notes)
{
	plan_note(notes, PLAN_INFO,
		  "%s：%llu 行，收入 %llu 行，其中 %llu 行有提醒；%llu 行由系统给了编号。",
		  registry_title(kind), (unsigned long long)s->rows,
		  (unsigned long long)(s->rows - s->count[IMPORT_QUARANTINED]),
		  (unsigned long long)s->warnings, (unsigned long long)s->minted);
}

/* The report comes back as the kind of file that it was made from. */
static const char *report_path(const struct sheet_import *in, const char *report, struct arena *a)
{
	const char *dot = strrchr(report, '.');

	return arena_printf(a, "%s%s", in->report, dot ? dot : "");
}

static int note_quarantine(enum registry kind, const struct sheet_import *in,
			   const struct import_summary *s, const char *report,
			   struct plan_notes *notes)
{
	uint64_t bad = s->count[IMPORT_QUARANTINED];

	if (bad == 0)
		return OK;
	const char *path = report ? report_path(in, report, notes->arena) : "";
	if (report)
		TRY(move_file(report, path));
	plan_note(notes, in->accept_quarantine ? PLAN_WARNING : PLAN_REFUSED,
		  "%s有 %llu 行没有收入，不参加抽取。逐行原因见 %s 的“错误信息”列。%s",
		  registry_title(kind), (unsigned long long)bad, path,
		  in->accept_quarantine
			  ? ""
			  : "请改正后重来；确认不要这些行时，加 --accept-quarantine。");
	return in->accept_quarantine ? OK : INVALID;
}

static int import_into(enum registry kind, const struct sheet_import *in, const char *folder,
		       struct plan_notes *notes)
{
	struct import_summary *s = arena_alloc(notes->arena, sizeof(*s));
	struct import_paths paths = { 0 };
	struct import_options o = { .kind = kind,
				    .file = in->file,
				    .out = folder,
				    .any_area = in->any_area,
				    .json_fd = -1,
				    .max_rows = ROWS_MOST,
				    .progress = in->progress,
				    .progress_arg = in->progress_arg };

	int rc = import_file(&o, notes->arena, s, &paths);
	if (rc == INVALID)
		plan_note(notes, PLAN_REFUSED, "%s：%s", registry_title(kind), s->refusal);
	TRY(rc);
	if (*s->hint)
		plan_note(notes, PLAN_WARNING, "%s：%s。", registry_title(kind), s->hint);
	TRY(note_quarantine(kind, in, s, paths.report, notes));
	note_counts(kind, s, notes);
	return move_file(paths.registry, in->out);
}

int sheet_import_registry(enum registry kind, const struct sheet_import *in,
			  struct plan_notes *notes)
{
	if (!file_exists(in->file)) {
		plan_note(notes, PLAN_REFUSED, "没有这个文件：%s。请核对文件名和所在文件夹。",
			  in->file);
		return NONE;
	}
	if (is_canonical(kind, in->file))
		return copy_file(in->file, in->out);
	char *folder = arena_printf(notes->arena, "%s.XXXXXX", in->out);
	if (!mkdtemp(folder))
		return IO_ERROR;
	int rc = import_into(kind, in, folder, notes);
	sheet_remove_folder(folder);
	return rc;
}

/* Start of the line that holds byte `at`, not before `low`. */
static size_t line_start(struct span file, size_t low, size_t at)
{
	while (at > low && file.at[at - 1] != '\n')
		at--;
	return at;
}

static struct span line_at(struct span file, size_t start)
{
	const char *end = memchr(file.at + start, '\n', file.len - start);

	return (struct span){ file.at + start,
			      end ? (size_t)(end - file.at) - start : file.len - start };
}

bool sheet_find_row(struct span file, enum registry kind, struct span id,
		    struct span cells[REGISTRY_FIELDS_MOST])
{
	struct span line, cell;
	uint32_t fields;

	if (file.len == 0)
		return false;
	(void)registry_fields(kind, &fields);
	size_t low = line_at(file, 0).len + 1, high = file.len;
	while (low < high) {
		size_t start = line_start(file, low, low + (high - low) / 2);
		line = line_at(file, start);
		struct span rest = line;
		span_cut(&rest, '\t', &cell);
		int order = span_compare(cell, id);
		if (order == 0) {
			memset(cells, 0, REGISTRY_FIELDS_MOST * sizeof(*cells));
			rest = line;
			for (uint32_t i = 0; i < fields && rest.len > 0; i++)
				span_cut(&rest, '\t', &cells[i]);
			return true;
		}
		if (order < 0)
			low = start + line.len + 1;
		else
			high = start;
	}
	return false;
}
