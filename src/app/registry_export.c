/* app/registry_export.c — rows of the database streamed into a canonical file. */
#include "app/registry_export.h"

#include "base/buf.h"
#include "base/status.h"
#include "store/registry_change.h"
#include "store/registry_row.h"

struct exporting {
	const char *registry;
	int64_t change; /* 0: now */
	int64_t shown;
	struct file_out out;
};

static int write_line(void *arg, const char *id, const char *cells, size_t len)
{
	struct exporting *e = arg;

	(void)id;
	file_out_add(&e->out, cells, len);
	file_out_add(&e->out, "\n", 1);
	return e->out.rc;
}

static int export_rows(struct db *db, void *arg)
{
	struct exporting *e = arg;
	CLEANUP(arena_release) struct arena a;
	struct registry_change change;

	arena_init(&a);
	TRY(registry_change_head(db, e->registry, &e->shown));
	if (e->change == 0)
		return registry_row_walk(db, e->registry, INT64_MAX, write_line, e);
	TRY(registry_change_get(db, &a, e->registry, e->change, &change));
	return registry_row_walk(db, e->registry, e->change, write_line, e);
}

/* Into e->out, which is gone if that fails. */
static int write_file(struct office *o, enum registry kind, struct exporting *e)
{
	struct buf head;

	buf_init(&head, 1 << 16);
	registry_write_header(&head, kind);
	file_out_add(&e->out, head.data, head.len);
	buf_release(&head);
	int rc = db_read(o->db, export_rows, e);
	if (rc != OK)
		file_out_abort(&e->out);
	return rc;
}

static int export(struct office *o, enum registry kind, struct exporting *e, const char *path)
{
	TRY(file_out_open(&e->out, path, 0600));
	e->out.staged = true;
	TRY(write_file(o, kind, e));
	return file_out_commit(&e->out);
}

int registry_export(struct office *o, enum registry kind, int64_t change, const char *path)
{
	struct exporting e = { .registry = registry_name(kind), .change = change };

	return export(o, kind, &e, path);
}

int registry_export_last(struct office *o, enum registry kind, const char *path,
			 int64_t *ret_change)
{
	struct exporting e = { .registry = registry_name(kind) };

	TRY(export(o, kind, &e, path));
	*ret_change = e.shown;
	return OK;
}

int registry_export_map(struct office *o, enum registry kind, int64_t change, struct file_map *ret)
{
	struct exporting e = { .registry = registry_name(kind), .change = change };

	TRY(file_out_unnamed(&e.out, o->work));
	TRY(write_file(o, kind, &e));
	return file_out_map(&e.out, ret);
}
