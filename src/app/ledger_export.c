/*
 * app/ledger_export.c — tiles of a tree only ever get fuller, so whole ones are written once. Those that the
 * folder's checkpoint covers are durable; what stands there beyond it may be torn, and is written again.
 */
#include "app/ledger_export.h"

#include "app/ledger_checkpoint.h"
#include "app/ledger_note.h"
#include "app/ledger_proof.h"
#include "base/file.h"
#include "base/status.h"
#include "core/tile.h"
#include "store/ledger_tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	CHECKPOINT_MOST = 1 << 20,
	BUNDLE_MOST = TILE_WIDTH * (LEDGER_LEAF + 2),
	PATH_ROOM = 4096,
	FOLDER_SPARE = 100,
	MANY_ENTRIES = 64 * TILE_WIDTH
};

struct export
{
	struct office *o;
	struct arena *a;
	const char *folder;
	uint64_t size, was;
	int64_t written;
	bool staged; /* tiles are many: they are made durable together */
};

PRINTF(2, 3) static int refuse(struct office *o, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(o->why, sizeof(o->why), format, ap);
	va_end(ap);
	return CONFLICT;
}

/* What the folder holds must be an older state of this ledger. */
static int look_at_folder(struct export *in)
{
	const char *path = arena_printf(in->a, "%s/checkpoint", in->folder);
	uint8_t root[SHA256_SIZE];
	struct checkpoint c;
	char *text;
	size_t len;
	int rc = file_read(in->a, path, CHECKPOINT_MOST, &text, &len);

	if (rc == NONE)
		return OK;
	if (rc != OK)
		return rc;
	if (ledger_note_check(in->a, (struct span){ text, len }, in->o->verifier_key, &c) != OK)
		return refuse(in->o, "%s 不是本账簿的检查点：请换一个文件夹", path);
	if (c.size > in->size)
		return refuse(in->o,
			      "%s 比现在的账簿还长：请用 mingqian ledger verify --against %s 查明",
			      path, path);
	TRY(ledger_proof_root(in->o->db, c.size, root));
	if (memcmp(root, c.root, SHA256_SIZE) != 0)
		return refuse(
			in->o,
			"%s 与现在的账簿对不上：请用 mingqian ledger verify --against %s 查明",
			path, path);
	in->was = c.size;
	return OK;
}

static void path_of(const struct export *in, const struct tile *t, char path[PATH_ROOM])
{
	char room[TILE_PATH_ROOM];
	struct writer w = { room, sizeof(room), 0, false };

	tile_path(&w, t);
	snprintf(path, PATH_ROOM, "%s/%.*s", in->folder, (int)w.len, room);
}

static int contents(const struct export *in, const struct tile *t, struct writer *w)
{
	uint8_t hashes[TILE_WIDTH][SHA256_SIZE];
	char leaves[TILE_WIDTH][LEDGER_LEAF + 1];

	if (t->level >= 0) {
		TRY(ledger_proof_tile(in->o->db, t, hashes));
		write_span(w, (struct span){ (const char *)hashes, t->width * SHA256_SIZE });
		return OK;
	}
	TRY(ledger_leaves(in->o->db, (int64_t)(t->index * TILE_WIDTH), t->width, leaves));
	for (uint32_t i = 0; i < t->width; i++)
		if (tile_entry(w, (struct span){ leaves[i], LEDGER_LEAF }) != CORE_OK)
			return TOO_LARGE;
	return OK;
}

static int write_file(const struct export *in, const char *path, const struct writer *w)
{
	struct file_out f;

	if (!in->staged)
		return file_write(path, w->at, w->len, 0644);
	TRY(file_out_open(&f, path, 0644));
	f.staged = true;
	file_out_add(&f, w->at, w->len);
	return file_out_commit(&f);
}

static int write_tile(struct export *in, const struct tile *t)
{
	char room[BUNDLE_MOST];
	struct writer w = { room, sizeof(room), 0, false };
	char path[PATH_ROOM];

	path_of(in, t, path);
	if (tile_width(t->level, t->index, in->was) == t->width && file_exists(path))
		return OK;
	TRY(contents(in, t, &w));
	char *slash = strrchr(path, '/');
	*slash = 0;
	TRY(file_make_folder(path, 0755));
	*slash = '/';
	TRY(write_file(in, path, &w));
	in->written++;
	return OK;
}

/* A tile that is full makes its partial ones needless. */
static void remove_partials(const struct export *in, struct tile t)
{
	const uint32_t most = tile_width(t.level, t.index, in->was);
	char path[PATH_ROOM];

	for (t.width = 1; t.width <= most && t.width < TILE_WIDTH; t.width++) {
		path_of(in, &t, path);
		(void)!unlink(path);
	}
	t.width = 1;
	path_of(in, &t, path);
	*strrchr(path, '/') = 0;
	(void)!rmdir(path);
}

static int write_level(struct export *in, int level)
{
	uint64_t count = tile_count(level, in->size);

	for (uint64_t i = 0; i < count; i++) {
		struct tile t = { level, i, tile_width(level, i, in->size) };

		TRY(write_tile(in, &t));
		if (t.width == TILE_WIDTH && tile_width(level, i, in->was) % TILE_WIDTH != 0)
			remove_partials(in, t);
	}
	return OK;
}

static int write_tiles(struct export *in)
{
	TRY(write_level(in, TILE_ENTRIES));
	for (int level = 0; level < TILE_LEVELS && tile_count(level, in->size) > 0; level++)
		TRY(write_level(in, level));
	if (!in->staged)
		return OK;
	return file_sync_tree(arena_printf(in->a, "%s/tile", in->folder));
}

int ledger_export(struct office *o, struct arena *a, const char *folder,
		  struct ledger_exported *ret)
{
	struct export in = { .o = o, .a = a, .folder = folder };
	struct checkpoint c;
	const char *note;

	if (strlen(folder) > PATH_ROOM - FOLDER_SPARE)
		return TOO_LARGE;
	TRY(ledger_checkpoint(o, a, &note));
	TRY(ledger_note_check(a, span_of(note), o->verifier_key, &c));
	in.size = c.size;
	TRY(look_at_folder(&in));
	in.staged = in.size - in.was > MANY_ENTRIES;
	TRY(file_make_folder(folder, 0755));
	TRY(write_tiles(&in));
	const char *path = arena_printf(a, "%s/checkpoint", folder);
	TRY(file_write(path, note, strlen(note), 0644));
	*ret = (struct ledger_exported){ (int64_t)in.size, (int64_t)in.was, in.written, note,
					 o->origin };
	return OK;
}
