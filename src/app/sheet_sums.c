/* app/sheet_sums.c — a list that grows in an arena; files are mapped and hashed one by one. */
#include "app/sheet_sums.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "core/text.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const size_t SUMS_MOST = 64 << 20;

static struct sheet_sum *add(struct sheet_sums *s, const char *name)
{
	if (s->count == s->size) {
		size_t size = s->size ? s->size * 2 : 64;
		struct sheet_sum *list = arena_array(s->arena, size, sizeof(*list));
		if (s->count)
			memcpy(list, s->list, s->count * sizeof(*list));
		s->list = list;
		s->size = size;
	}
	struct sheet_sum *one = &s->list[s->count++];
	one->name = arena_str(s->arena, name);
	return one;
}

void sheet_sums_add(struct sheet_sums *s, const char *name, const void *at, size_t len)
{
	struct sheet_sum *one = add(s, name);

	sha256_hex((struct span){ at, len }, one->hex);
	one->hex[SHA256_HEX] = 0;
}

int sheet_sums_file(struct sheet_sums *s, const char *path, const char *name)
{
	struct file_map map;

	TRY(file_map(path, &map));
	sheet_sums_add(s, name, map.at, map.len);
	file_unmap(&map);
	return OK;
}

static int add_entry(struct sheet_sums *s, const FTSENT *e, size_t skip, const char *prefix)
{
	if (e->fts_info == FTS_ERR || e->fts_info == FTS_DNR) {
		errno = e->fts_errno;
		return IO_ERROR;
	}
	if (e->fts_info != FTS_F)
		return OK;
	return sheet_sums_file(s, e->fts_path,
			       arena_printf(s->arena, "%s%s", prefix, e->fts_path + skip));
}

int sheet_sums_folder(struct sheet_sums *s, const char *folder, const char *prefix)
{
	char *const roots[] = { arena_str(s->arena, folder), NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	int rc = walk ? OK : IO_ERROR;

	for (FTSENT *e; rc == OK && (e = fts_read(walk));)
		rc = add_entry(s, e, strlen(folder) + 1, prefix);
	if (walk)
		fts_close(walk);
	return rc;
}

int sheet_sums_read(struct sheet_sums *s, const char *path)
{
	char *text, *state = NULL;
	size_t len;

	TRY(file_read(s->arena, path, SUMS_MOST, &text, &len));
	if (strlen(text) != len)
		return INVALID;
	for (char *line = strtok_r(text, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
		if (strlen(line) < SHA256_HEX + 3 || memcmp(line + SHA256_HEX, "  ", 2) != 0 ||
		    !text_is_hex((struct span){ line, SHA256_HEX }, SHA256_HEX))
			return INVALID;
		struct sheet_sum *one = add(s, line + SHA256_HEX + 2);
		memcpy(one->hex, line, SHA256_HEX);
		one->hex[SHA256_HEX] = 0;
	}
	return OK;
}

const struct sheet_sum *sheet_sums_find(const struct sheet_sums *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->list[i].name, name) == 0)
			return &s->list[i];
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct sheet_sum *)a)->name, ((const struct sheet_sum *)b)->name);
}

static bool holds(const char *path, const struct buf *text)
{
	struct file_map map;

	if (file_map(path, &map) != OK)
		return false;
	bool same = map.len == text->len && memcmp(map.at, buf_text(text), map.len) == 0;
	file_unmap(&map);
	return same;
}

int sheet_sums_write(struct sheet_sums *s, const char *path, mode_t mode)
{
	CLEANUP(buf_release) struct buf out;
	struct stat st;

	buf_init(&out, SUMS_MOST);
	if (s->count)
		qsort(s->list, s->count, sizeof(*s->list), by_name);
	for (size_t i = 0; i < s->count; i++)
		buf_printf(&out, "%s  %s\n", s->list[i].hex, s->list[i].name);
	TRY(buf_check(&out));
	if (holds(path, &out) && stat(path, &st) == 0 && (st.st_mode & 0777U) == mode)
		return OK;
	return file_write(path, buf_text(&out), out.len, mode);
}
