/* app/draw_sums.c — walks the folder and the list side by side, both sorted by name. */
#include "app/draw_sums.h"

#include "app/draw_signatures.h"
#include "base/file.h"
#include "base/status.h"
#include "core/problem.h"
#include "core/sha256.h"
#include "core/text.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>

static const size_t LIST_MOST = 64 << 20;

#define SUMS_FILE "SHA256SUMS"

struct found {
	const char *name;
	bool regular;
};

struct walk {
	struct arena *arena;
	const char *folder;
	struct found *list;
	size_t count, size;
};

static void add(struct walk *w, const char *name, bool regular)
{
	if (w->count == w->size) {
		w->size = w->size ? w->size * 2 : 256;
		w->list = must_realloc(w->list, w->size * sizeof(*w->list));
	}
	w->list[w->count++] = (struct found){ arena_str(w->arena, name), regular };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

static int walk_folder(struct walk *w)
{
	char *const roots[] = { arena_str(w->arena, w->folder), NULL };
	size_t skip = strlen(w->folder) + 1;
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	int rc = tree ? OK : IO_ERROR;

	for (FTSENT *e; tree && (e = fts_read(tree));) {
		if (e->fts_info == FTS_D || e->fts_info == FTS_DP)
			continue;
		if (e->fts_info == FTS_ERR || e->fts_info == FTS_DNR || e->fts_info == FTS_NS)
			rc = IO_ERROR;
		else if (strcmp(e->fts_path + skip, SUMS_FILE) != 0)
			add(w, e->fts_path + skip, e->fts_info == FTS_F);
	}
	if (tree)
		fts_close(tree);
	if (rc == OK && w->count)
		qsort(w->list, w->count, sizeof(*w->list), by_name);
	return rc;
}

static bool known(const char *name)
{
	for (enum core_file i = CORE_FILE_NONE + 1; i < CORE_FILES; i++)
		if (strcmp(name, core_file_name(i)) == 0)
			return true;
	return strcmp(name, DRAW_SIGNATURES_FILE) == 0;
}

static const char *shown(struct arena *a, const char *name)
{
	char text[256];
	struct writer w = { text, sizeof(text) - 1, 0, false };

	problem_write_words(span_of(name), &w);
	return arena_mem(a, text, w.len);
}

static void list_others(const struct walk *w, struct draw_sums *ret)
{
	ret->others = arena_array(w->arena, w->count, sizeof(*ret->others));
	for (size_t i = 0; i < w->count; i++)
		if (!known(w->list[i].name))
			ret->others[ret->other_count++] = shown(w->arena, w->list[i].name);
}

static int hash_file(const struct walk *w, const char *name, char hex[SHA256_HEX])
{
	struct file_map map;

	TRY(file_map(arena_printf(w->arena, "%s/%s", w->folder, name), &map));
	sha256_hex((struct span){ map.at, map.len }, hex);
	file_unmap(&map);
	return OK;
}

/* One line "<64 hex>  <name>". */
static bool cut_line(struct span line, struct span *hex, struct span *name)
{
	if (line.len < SHA256_HEX + 3 || memcmp(line.at + SHA256_HEX, "  ", 2) != 0)
		return false;
	*hex = (struct span){ line.at, SHA256_HEX };
	*name = (struct span){ line.at + SHA256_HEX + 2, line.len - SHA256_HEX - 2 };
	return text_is_hex(*hex, SHA256_HEX);
}

/* Compares one line with the file that stands at its place; *problem stays NULL if they agree. */
static int check_line(const struct walk *w, struct span line, size_t at, const char **problem)
{
	struct span hex, name;
	char have[SHA256_HEX];

	if (!cut_line(line, &hex, &name)) {
		*problem = arena_printf(w->arena, SUMS_FILE " 第 %zu 行格式不对", at + 1);
		return OK;
	}
	const char *wanted = shown(w->arena, arena_mem(w->arena, name.at, name.len));
	int order = at < w->count ? span_compare(name, span_of(w->list[at].name)) : -1;
	if (order < 0)
		*problem = arena_printf(w->arena, "缺少 " SUMS_FILE " 所列的文件“%s”", wanted);
	else if (order > 0)
		*problem = arena_printf(w->arena, "“%s”没有列在 " SUMS_FILE " 里",
					shown(w->arena, w->list[at].name));
	else if (!w->list[at].regular)
		*problem = arena_printf(w->arena, "“%s”不是普通文件", wanted);
	if (*problem)
		return OK;
	TRY(hash_file(w, w->list[at].name, have));
	if (memcmp(have, hex.at, SHA256_HEX) != 0)
		*problem = arena_printf(w->arena, "“%s”的内容与 " SUMS_FILE " 不符", wanted);
	return OK;
}

static int check_list(const struct walk *w, struct span text, struct draw_sums *ret)
{
	struct span line;
	size_t at = 0;

	if (text.len && text.at[text.len - 1] != '\n')
		ret->problem = SUMS_FILE " 的最后一行不完整";
	for (; !ret->problem && text_line(&text, &line); at++)
		TRY(check_line(w, line, at, &ret->problem));
	if (!ret->problem && at < w->count)
		ret->problem = arena_printf(w->arena, "“%s”没有列在 " SUMS_FILE " 里",
					    shown(w->arena, w->list[at].name));
	return OK;
}

int draw_sums_check(struct arena *a, const char *folder, struct draw_sums *ret)
{
	size_t name_len = strlen(folder), len = 0;
	struct draw_sums out = { 0 };
	char *text = NULL;

	/* "draw/" names its files like "draw" does. */
	while (name_len > 1 && folder[name_len - 1] == '/')
		name_len--;
	struct walk w = { .arena = a, .folder = arena_mem(a, folder, name_len) };

	int rc = walk_folder(&w);
	if (rc == OK) {
		rc = file_read(a, arena_printf(a, "%s/" SUMS_FILE, folder), LIST_MOST, &text, &len);
		out.listed = rc == OK;
		out.files = w.count;
		if (rc == NONE)
			list_others(&w, &out);
		rc = rc == NONE ? OK : rc;
	}
	if (rc == OK && out.listed)
		rc = check_list(&w, (struct span){ text, len }, &out);
	free(w.list);
	TRY(rc);
	*ret = out;
	return OK;
}
