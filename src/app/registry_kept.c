/* app/registry_kept.c — work/kept-sites.tsv; its truth is the digest in the database, never its name. */
#include "app/registry_kept.h"

#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/registry_change.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *place(const struct office *o, struct arena *a, enum registry kind)
{
	return arena_printf(a, "%s/kept-%s.tsv", o->work, registry_name(kind));
}

struct last {
	enum registry kind;
	struct arena *arena;
	struct registry_change change;
};

static int read_last(struct db *db, void *arg)
{
	struct last *l = arg;
	const char *registry = registry_name(l->kind);
	int64_t head;

	TRY(registry_change_head(db, registry, &head));
	return registry_change_get(db, l->arena, registry, head, &l->change);
}

static bool has_digest(const char *path, const char *digest)
{
	CLEANUP(file_unmap) struct file_map m = { NULL, 0 };
	char hex[SHA256_HEX];

	if (file_map(path, &m) != OK)
		return false;
	sha256_hex((struct span){ m.at, m.len }, hex);
	return strlen(digest) == SHA256_HEX && memcmp(hex, digest, SHA256_HEX) == 0;
}

int registry_kept_take(struct office *o, struct arena *a, enum registry kind, const char *path,
		       int64_t *ret_change)
{
	struct last l = { .kind = kind, .arena = a };

	if (kind != REGISTRY_SITES || !file_exists(place(o, a, kind)))
		return NONE;
	TRY(db_read(o->db, read_last, &l));
	/* Linked first, so that what is looked at is what is used. */
	if (strcmp(l.change.kind, "import") != 0 || link(place(o, a, kind), path) != 0)
		return NONE;
	if (!has_digest(path, l.change.result_digest)) {
		unlink(path);
		return NONE;
	}
	*ret_change = l.change.id;
	return OK;
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
