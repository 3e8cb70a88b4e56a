/* app/registry_kept.c — work/kept-sites.tsv; its truth is the table in the database, row by row. */
#include "app/registry_kept.h"

#include "app/registry_compare.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "store/registry_change.h"
#include "store/registry_row.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *place(const struct office *o, struct arena *a, enum registry kind)
{
	return arena_printf(a, "%s/kept-%s.tsv", o->work, registry_name(kind));
}

struct looking {
	enum registry kind;
	struct span rest; /* of the file */
	int64_t head;
};

static int see_row(void *arg, const char *id, const char *cells, size_t len)
{
	struct looking *l = arg;
	struct span line;

	(void)id;
	return registry_line(&l->rest, &line) && span_equal(line, (struct span){ cells, len })
		       ? OK
		       : NONE;
}

static int look(struct db *db, void *arg)
{
	struct looking *l = arg;
	const char *registry = registry_name(l->kind);

	TRY(registry_change_head(db, registry, &l->head));
	TRY(registry_row_walk(db, registry, INT64_MAX, see_row, l));
	return l->rest.len ? NONE : OK;
}

static bool starts_with_header(struct looking *l)
{
	CLEANUP(buf_release) struct buf head = { 0 };
	struct span line;

	buf_init(&head, 1 << 16);
	registry_write_header(&head, l->kind);
	return registry_line(&l->rest, &line) &&
	       span_equal(line, (struct span){ head.data, head.len - 1 });
}

struct registry_kept {
	const struct office *office;
	const char *path;
	struct looking looking;
	pthread_t thread;
	bool started;
	int rc;
};

/* Row by row: somebody may have changed the table or the file behind our back. NONE: they differ. */
static int agrees(struct registry_kept *k)
{
	CLEANUP(file_unmap) struct file_map m = { NULL, 0 };
	CLEANUP(db_closep) struct db *db = NULL;

	if (file_map(k->path, &m) != OK)
		return NONE;
	k->looking.rest = (struct span){ m.at, m.len };
	if (!starts_with_header(&k->looking))
		return NONE;
	TRY(db_open_again(k->office->db, &db));
	return db_read(db, look, &k->looking);
}

static void *look_beside(void *arg)
{
	struct registry_kept *k = arg;

	k->rc = agrees(k);
	return NULL;
}

struct registry_kept *registry_kept_take(const struct office *o, struct arena *a,
					 enum registry kind, const char *path)
{
	/* Linked first, so that what is looked at is what is used. */
	if (kind != REGISTRY_SITES || link(place(o, a, kind), path) != 0)
		return NULL;
	struct registry_kept *k = arena_alloc(a, sizeof(*k));
	*k = (struct registry_kept){ .office = o, .path = path, .looking = { .kind = kind } };
	return k;
}

void registry_kept_look(struct registry_kept *k)
{
	k->started = pthread_create(&k->thread, NULL, look_beside, k) == 0;
}

int registry_kept_seen(struct registry_kept *k, int64_t *ret_change)
{
	if (k->started)
		pthread_join(k->thread, NULL);
	else
		k->rc = agrees(k);
	if (k->rc != OK)
		unlink(k->path);
	*ret_change = k->looking.head;
	return k->rc;
}

void registry_kept_put(const struct office *o, struct arena *a, enum registry kind,
		       const char *path)
{
	const char *to = place(o, a, kind);

	if (kind != REGISTRY_SITES)
		return;
	if (!path || chmod(path, 0600) != 0 || rename(path, to) != 0)
		unlink(to);
}
