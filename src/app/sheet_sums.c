/* app/sheet_sums.c — names first, so that they can be sorted; then each file is mapped and hashed. */
#include "app/sheet_stage.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"

#include <fts.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const size_t SUMS_MOST = 64 << 20;

struct names {
	const char **list;
	size_t count, size;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_name(struct names *n, const char *name)
{
	if (n->count == n->size) {
		n->size = n->size ? n->size * 2 : 256;
		n->list = must_realloc(n->list, n->size * sizeof(*n->list));
	}
	n->list[n->count++] = name;
}

static int list_files(struct arena *a, const char *folder, struct names *ret)
{
	char *const roots[] = { arena_str(a, folder), NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	size_t skip = strlen(folder) + 1;
	int rc = walk ? OK : IO_ERROR;

	for (FTSENT *e; walk && (e = fts_read(walk));) {
		if (e->fts_info == FTS_F && strcmp(e->fts_path + skip, "SHA256SUMS") != 0)
			add_name(ret, arena_str(a, e->fts_path + skip));
		else if (e->fts_info == FTS_ERR || e->fts_info == FTS_DNR)
			rc = IO_ERROR;
	}
	if (walk)
		fts_close(walk);
	return rc;
}

static int add_sums(struct arena *a, const char *folder, const struct names *n, struct buf *out)
{
	for (size_t i = 0; i < n->count; i++) {
		struct file_map map;
		char hex[SHA256_HEX];
		TRY(file_map(arena_printf(a, "%s/%s", folder, n->list[i]), &map));
		sha256_hex((struct span){ map.at, map.len }, hex);
		file_unmap(&map);
		buf_add(out, hex, sizeof(hex));
		buf_printf(out, "  %s\n", n->list[i]);
	}
	return buf_check(out);
}

int sheet_write_sums(struct arena *a, const char *folder, mode_t mode)
{
	CLEANUP(buf_release) struct buf out;
	struct names names = { 0 };

	buf_init(&out, SUMS_MOST);
	int rc = list_files(a, folder, &names);
	if (rc == OK) {
		if (names.count)
			qsort(names.list, names.count, sizeof(*names.list), by_name);
		rc = add_sums(a, folder, &names, &out);
	}
	free(names.list);
	TRY(rc);
	return file_write(arena_printf(a, "%s/SHA256SUMS", folder), out.data ? out.data : "",
			  out.len, mode);
}

static bool same_sum(struct arena *a, const char *folder, const char *name, const char *hex)
{
	struct file_map map;
	char have[SHA256_HEX];

	if (file_map(arena_printf(a, "%s/%s", folder, name), &map) != OK)
		return false;
	sha256_hex((struct span){ map.at, map.len }, have);
	file_unmap(&map);
	return memcmp(have, hex, sizeof(have)) == 0;
}

int sheet_check_frozen(struct arena *a, const char *folder, const char **changed)
{
	static const char below[] = "  freeze/";
	char *text, *state = NULL;
	size_t len;

	*changed = NULL;
	TRY(file_read(a, arena_printf(a, "%s/SHA256SUMS", folder), SUMS_MOST, &text, &len));
	for (char *line = strtok_r(text, "\n", &state); line && !*changed;
	     line = strtok_r(NULL, "\n", &state))
		if (strlen(line) > SHA256_HEX + strlen(below) &&
		    memcmp(line + SHA256_HEX, below, strlen(below)) == 0 &&
		    !same_sum(a, folder, line + SHA256_HEX + 2, line))
			*changed = line + SHA256_HEX + 2;
	return OK;
}
