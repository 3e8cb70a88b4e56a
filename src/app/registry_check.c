/* app/registry_check.c — a row into two small files, through the importer, and back. */
#include "app/registry_check.h"

#include "app/import.h"
#include "app/registry_compare.h"
#include "app/work_folder.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "files/csv.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 1 << 20 };

struct checking {
	const struct registry_check *in;
	struct arena *arena;
	struct plan_notes *notes;
	const struct field *fields;
	uint32_t field_count;
	struct work_folder work;
	struct import_summary *summary;
	const char *fresh, *json; /* contents of what the import wrote */
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static const char *in_work(const struct checking *c, const char *name)
{
	return arena_printf(c->arena, "%s/%s", c->work.path, name);
}

static int write_buf(const char *path, const struct buf *b)
{
	struct file_out out;

	TRY(buf_check(b));
	TRY(file_out_open(&out, path, 0600));
	out.staged = true; /* it lives as long as this check */
	file_out_add(&out, b->data, b->len);
	return file_out_commit(&out);
}

static int write_files(const struct checking *c)
{
	CLEANUP(buf_release) struct buf old, given;

	buf_init(&old, FILE_MOST);
	buf_init(&given, FILE_MOST);
	registry_write_header(&old, c->in->kind);
	registry_write_row(&old, c->in->kind, c->in->old);
	for (uint32_t f = 0; f < c->field_count; f++)
		buf_printf(&given, "%s%s", f ? "," : "", c->fields[f].name);
	buf_char(&given, '\n');
	for (uint32_t f = 0; f < c->field_count; f++) {
		if (f)
			buf_char(&given, ',');
		csv_write(&given, ',', c->in->given[f].at, c->in->given[f].len);
	}
	buf_char(&given, '\n');
	TRY(write_buf(in_work(c, "old.tsv"), &old));
	return write_buf(in_work(c, "given.csv"), &given);
}

static int import(struct checking *c)
{
	const char *json = in_work(c, "json");
	CLEANUP(close_fd) int fd = open(json, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool county = c->in->kind == REGISTRY_SITES && c->in->touched[SITE_COUNTY];
	struct import_options o = { .kind = c->in->kind,
				    .file = in_work(c, "given.csv"),
				    .old = in_work(c, "old.tsv"),
				    .out = c->work.path,
				    .any_area = c->in->any_area || !county,
				    .no_report = true,
				    .passing = true,
				    .own = true,
				    .want_json = true,
				    .json_fd = fd,
				    .max_rows = 2 };
	struct import_paths paths;
	char *text;
	size_t len;

	if (fd < 0)
		return IO_ERROR;
	int rc = import_file(&o, c->arena, c->summary, &paths);
	if (rc == INVALID)
		plan_note(c->notes, PLAN_REFUSED, "%s", c->summary->refusal);
	if (rc != OK)
		return rc;
	TRY(file_read(c->arena, paths.registry, FILE_MOST, &text, &len));
	c->fresh = text;
	TRY(file_read(c->arena, json, FILE_MOST, &text, &len));
	c->json = text;
	return OK;
}

static uint32_t field_of(const struct checking *c, const char *name)
{
	uint32_t f = 0;

	while (name && f < c->field_count && strcmp(c->fields[f].name, name) != 0)
		f++;
	return name ? f : c->field_count;
}

/* A reason about a value that is gone refuses it; other warnings are told where a person typed. */
static void tell_reason(struct checking *c, const json_t *reason, const struct span *fresh)
{
	const char *level = json_string_value(json_object_get(reason, "level"));
	const char *text = json_string_value(json_object_get(reason, "text"));
	uint32_t f = field_of(c, json_string_value(json_object_get(reason, "field")));
	bool typed = f < c->field_count && c->in->touched[f];
	bool gone = typed && c->in->given[f].len && fresh[f].len == 0;

	if (!level || !text)
		return;
	if (strcmp(level, "error") == 0 || gone)
		plan_note(c->notes, PLAN_REFUSED, "%s", text);
	else if (typed)
		plan_note(c->notes, PLAN_WARNING, "%s", text);
}

static int tell_reasons(struct checking *c, const struct span *fresh)
{
	json_t *whole = json_loads(c->json, 0, NULL);
	const json_t *rows = json_object_get(whole, "rows");
	const json_t *reasons = json_object_get(json_array_get(rows, 0), "reasons");
	bool one = json_array_size(rows) == 1;

	for (size_t i = 0; i < json_array_size(reasons); i++)
		tell_reason(c, json_array_get(reasons, i), fresh);
	json_decref(whole);
	return one ? OK : INVALID;
}

static int check(struct checking *c, struct span *ret)
{
	struct span rest, line;

	TRY(write_files(c));
	TRY(import(c));
	rest = span_of(c->fresh);
	if (!registry_line(&rest, &line) || !registry_line(&rest, &line))
		return INVALID;
	registry_cells(c->in->kind, line, ret);
	TRY(tell_reasons(c, ret));
	for (uint32_t f = 0; f < c->field_count; f++)
		if (c->in->touched[f] && c->in->given[f].len && ret[f].len == 0 &&
		    c->notes->refused == 0)
			plan_note(c->notes, PLAN_REFUSED, "「%s」的值“%.*s”不能用",
				  c->fields[f].header, (int)c->in->given[f].len,
				  c->in->given[f].at);
	return c->notes->refused ? INVALID : OK;
}

int registry_check(const struct office *o, struct arena *a, const struct registry_check *in,
		   struct plan_notes *notes, struct span *ret)
{
	struct checking c = { .in = in, .arena = a, .notes = notes };

	c.fields = registry_fields(in->kind, &c.field_count);
	c.summary = arena_alloc(a, sizeof(*c.summary));
	TRY(work_folder_make(o->work, a, &c.work));
	int rc = check(&c, ret);
	work_folder_release(&c.work);
	return rc;
}
