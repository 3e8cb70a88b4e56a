/* app/draw_sums.c — walks the folder and the list side by side, both sorted by name. */
#include "app/draw_sums.h"

#include "app/draw_foreign.h"
#include "app/draw_signatures.h"
#include "base/status.h"
#include "core/problem.h"
#include "core/sha256.h"
#include "core/text.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

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
	const char *problem; /* beyond the limits */
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

static int visit(struct walk *w, FTS *tree, FTSENT *e, const char *name)
{
	switch (e->fts_info) {
	case FTS_DP:
		return OK;
	case FTS_D:
		if (e->fts_level > DRAW_SUMS_DEPTH) {
			fts_set(tree, e, FTS_SKIP);
			w->problem = "文件夹套了超过 16 层，不像抽取的文件夹，没有全部看完";
		}
		return OK;
	case FTS_ERR:
	case FTS_DNR:
	case FTS_NS:
		errno = e->fts_errno;
		return IO_ERROR;
	default:
		break;
	}
	if (w->count == DRAW_SUMS_FILES)
		w->problem = "文件夹里超过 20 万个文件，不像抽取的文件夹，没有全部看完";
	else if (strcmp(name, SUMS_FILE) != 0)
		add(w, name, e->fts_info == FTS_F);
	return OK;
}

static int walk_folder(struct walk *w)
{
	char *const roots[] = { arena_str(w->arena, w->folder), NULL };
	size_t skip = strlen(w->folder) + 1;
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	int rc = tree ? OK : IO_ERROR, why = errno;

	for (FTSENT *e; tree && rc == OK && !w->problem && (e = fts_read(tree));) {
		rc = visit(w, tree, e, e->fts_level > 0 ? e->fts_path + skip : "");
		why = errno;
	}
	if (tree)
		fts_close(tree);
	errno = why;
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

/* What keeps a file from being hashed; NULL if nothing does. */
static const char *trouble(int rc)
{
	switch (rc) {
	case NONE:
		return "核验的时候不见了";
	case INVALID:
		return "不是普通文件，或是有空洞的文件";
	case TOO_LARGE:
		return "超过 4 GiB";
	case CONFLICT:
		return "核验的时候正在变";
	default:
		return NULL;
	}
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

static int compare_file(const struct walk *w, struct span hex, const char *name,
			const char **problem)
{
	const char *path = arena_printf(w->arena, "%s/%s", w->folder, name), *why = NULL;
	char have[SHA256_HEX];
	int rc = draw_foreign_hash(path, DRAW_SUMS_FILE_MOST, have);

	if (rc != OK && !trouble(rc))
		return rc;
	if (rc != OK)
		why = trouble(rc);
	else if (memcmp(have, hex.at, SHA256_HEX) != 0)
		why = "的内容与 " SUMS_FILE " 不符";
	if (why)
		*problem = arena_printf(w->arena, "“%s”%s", shown(w->arena, name), why);
	return OK;
}

/* Compares one line with the file that stands at its place; *problem stays NULL if they agree. */
static int check_line(const struct walk *w, struct span line, size_t at, const char **problem)
{
	struct span hex, name;

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
	return compare_file(w, hex, w->list[at].name, problem);
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

static int check_sums(const struct walk *w, struct draw_sums *ret)
{
	const char *path = arena_printf(w->arena, "%s/" SUMS_FILE, w->folder);
	struct file_map list;
	int rc = draw_foreign_read(path, DRAW_SUMS_LIST_MOST, &list);

	ret->files = w->count;
	ret->problem = w->problem;
	ret->listed = rc != NONE;
	if (rc == NONE) {
		list_others(w, ret);
		return OK;
	}
	if (rc != OK && trouble(rc)) {
		ret->problem = arena_printf(w->arena, SUMS_FILE " %s",
					    rc == TOO_LARGE ? "超过 64 MiB" : trouble(rc));
		return OK;
	}
	TRY(rc);
	sha256_hex((struct span){ list.at, list.len }, ret->list_hash);
	if (!ret->problem)
		rc = check_list(w, (struct span){ list.at, list.len }, ret);
	file_unmap(&list);
	return rc;
}

int draw_sums_check(struct arena *a, const char *folder, struct draw_sums *ret)
{
	size_t name_len = strlen(folder);
	struct draw_sums out = { 0 };

	/* "draw/" names its files like "draw" does. */
	while (name_len > 1 && folder[name_len - 1] == '/')
		name_len--;
	struct walk w = { .arena = a, .folder = arena_mem(a, folder, name_len) };

	int rc = walk_folder(&w);
	if (rc == OK)
		rc = check_sums(&w, &out);
	free(w.list);
	TRY(rc);
	*ret = out;
	return OK;
}
