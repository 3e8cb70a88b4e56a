/* app/draw_sums.c — walks the folder and a list side by side, both sorted by name. */
#include "app/draw_sums.h"

#include "app/draw_foreign.h"
#include "app/draw_signatures.h"
#include "app/draw_staffing.h"
#include "app/sheet_bound.h"
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
	bool hashed;
	int rc; /* of draw_foreign_hash */
	char hex[SHA256_HEX];
};

struct walk {
	struct arena *arena;
	const char *folder;
	struct found *list;
	size_t count, size;
	const char *problem; /* beyond the limits */
};

/* One list and the files that it speaks of. */
struct listing {
	const struct walk *walk;
	const char *name; /* of the list's file */
	struct found **files;
	size_t count, at; /* at: the next file to be compared */
	size_t line;
	bool frozen; /* a list of what a freeze bound */
	bool lacks_conflicts;
	const char *problem;
};

static void add(struct walk *w, const char *name, bool regular)
{
	if (w->count == w->size) {
		w->size = w->size ? w->size * 2 : 256;
		w->list = must_realloc(w->list, w->size * sizeof(*w->list));
	}
	w->list[w->count++] =
		(struct found){ .name = arena_str(w->arena, name), .regular = regular };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

static int visit(struct walk *w, FTS *tree, FTSENT *e, const char *name)
{
	switch (e->fts_info) {
	case FTS_DP:
		if (e->fts_level > 0 && (size_t)e->fts_number == w->count)
			add(w, arena_printf(w->arena, "%s/", name), false);
		return OK;
	case FTS_D:
		e->fts_number = (long)w->count;
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
	return strcmp(name, DRAW_SIGNATURES_FILE) == 0 || strcmp(name, DRAW_STAFFING_FILE) == 0;
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

static int compare_file(struct listing *l, struct span hex, struct found *file)
{
	struct arena *a = l->walk->arena;
	const char *why = NULL;

	if (!file->hashed)
		file->rc = draw_foreign_hash(arena_printf(a, "%s/%s", l->walk->folder, file->name),
					     DRAW_SUMS_FILE_MOST, file->hex);
	file->hashed = true;
	if (file->rc != OK && !trouble(file->rc))
		return file->rc;
	if (file->rc != OK)
		why = trouble(file->rc);
	else if (memcmp(file->hex, hex.at, SHA256_HEX) != 0)
		why = arena_printf(a, "的内容与 %s 不符", l->name);
	if (why)
		l->problem = arena_printf(a, "“%s”%s", shown(a, file->name), why);
	return OK;
}

static const char *unlisted(const struct listing *l)
{
	return arena_printf(l->walk->arena, "“%s”没有列在 %s 里",
			    shown(l->walk->arena, l->files[l->at]->name), l->name);
}

/* Compares one line with the file that stands at its place; the problem stays NULL if they agree. */
static int check_line(struct listing *l, struct span line)
{
	struct arena *a = l->walk->arena;
	struct span hex, name;

	l->line++;
	if (!cut_line(line, &hex, &name)) {
		l->problem = arena_printf(a, "%s 第 %zu 行格式不对", l->name, l->line);
		return OK;
	}
	int order = l->at < l->count ? span_compare(name, span_of(l->files[l->at]->name)) : -1;
	if (order < 0 && l->frozen && !l->lacks_conflicts &&
	    span_equal(name, span_of(core_file_name(CORE_FILE_CONFLICTS)))) {
		l->lacks_conflicts = true;
		return OK;
	}
	const char *wanted = shown(a, arena_mem(a, name.at, name.len));
	if (order < 0)
		l->problem = arena_printf(a, "缺少 %s 所列的文件“%s”", l->name, wanted);
	else if (order > 0)
		l->problem = unlisted(l);
	else if (!l->files[l->at]->regular)
		l->problem = arena_printf(a, "“%s”不是普通文件", wanted);
	if (l->problem)
		return OK;
	return compare_file(l, hex, l->files[l->at++]);
}

static int check_lines(struct listing *l, struct span text)
{
	struct span line;

	if (text.len && text.at[text.len - 1] != '\n')
		l->problem = arena_printf(l->walk->arena, "%s 的最后一行不完整", l->name);
	while (!l->problem && text_line(&text, &line))
		TRY(check_line(l, line));
	if (!l->problem && l->at < l->count)
		l->problem = unlisted(l);
	return OK;
}

/* Reads the list, whose hash is told whatever stands in it, and compares it. NONE without a list. */
static int check_list(struct listing *l, char hash[SHA256_HEX + 1])
{
	struct arena *a = l->walk->arena;
	struct file_map list;
	int rc = draw_foreign_read(arena_printf(a, "%s/%s", l->walk->folder, l->name),
				   DRAW_SUMS_LIST_MOST, &list);

	if (rc != OK && rc != NONE && trouble(rc)) {
		l->problem = arena_printf(a, "%s %s", l->name,
					  rc == TOO_LARGE ? "超过 64 MiB" : trouble(rc));
		return OK;
	}
	TRY(rc);
	sha256_hex((struct span){ list.at, list.len }, hash);
	if (!l->problem)
		rc = check_lines(l, (struct span){ list.at, list.len });
	file_unmap(&list);
	return rc;
}

static void take_file(struct listing *l, struct found *file)
{
	l->files[l->count++] = file;
}

static int check_sums(const struct walk *w, struct draw_sums *ret)
{
	struct listing l = { .walk = w, .name = SUMS_FILE, .problem = w->problem };

	l.files = arena_array(w->arena, w->count, sizeof(struct found *));
	for (size_t i = 0; i < w->count; i++)
		take_file(&l, &w->list[i]);
	int rc = check_list(&l, ret->list_hash);
	ret->files = w->count;
	ret->problem = l.problem;
	ret->listed = rc != NONE;
	if (rc == NONE)
		list_others(w, ret);
	return rc == NONE ? OK : rc;
}

static bool in_freeze(const char *name)
{
	return strcmp(name, "freeze") == 0 || strncmp(name, "freeze/", strlen("freeze/")) == 0;
}

/* What freeze/SHA256SUMS must list. */
static bool is_bound(const char *name)
{
	static const enum core_file files[] = { CORE_FILE_OBJECTS, CORE_FILE_INSPECTORS,
						CORE_FILE_CONFLICTS, CORE_FILE_RULES,
						CORE_FILE_DECLARATION };

	for (size_t i = 0; i < COUNT(files); i++)
		if (strcmp(name, core_file_name(files[i])) == 0)
			return true;
	if (strcmp(name, DRAW_SIGNATURES_FILE) == 0)
		return true;
	return in_freeze(name) && strcmp(name, SHEET_BOUND_SUMS) != 0 &&
	       strcmp(name, SHEET_BOUND_PROTOCOL) != 0;
}

static int check_freeze(const struct walk *w, struct draw_sums *ret)
{
	struct listing l = {
		.walk = w, .name = SHEET_BOUND_SUMS, .frozen = true, .problem = w->problem
	};
	struct draw_sums_freeze *out = &ret->freeze;

	l.files = arena_array(w->arena, w->count, sizeof(struct found *));
	for (size_t i = 0; i < w->count; i++) {
		out->there |= in_freeze(w->list[i].name);
		ret->papers |= strncmp(w->list[i].name, "papers/", strlen("papers/")) == 0;
		if (is_bound(w->list[i].name))
			take_file(&l, &w->list[i]);
	}
	if (!out->there)
		return OK;
	int rc = check_list(&l, out->fingerprint);
	if (rc == NONE)
		l.problem = "有 freeze 文件夹却没有 " SHEET_BOUND_SUMS;
	out->problem = l.problem;
	out->files = l.line;
	out->lacks_conflicts = l.lacks_conflicts;
	return rc == NONE ? OK : rc;
}

/* "draw/" names its files like "draw" does. */
static struct walk walk_of(struct arena *a, const char *folder)
{
	size_t len = strlen(folder);

	while (len > 1 && folder[len - 1] == '/')
		len--;
	return (struct walk){ .arena = a, .folder = arena_mem(a, folder, len) };
}

int draw_sums_check(struct arena *a, const char *folder, struct draw_sums *ret)
{
	struct walk w = walk_of(a, folder);
	struct draw_sums out = { 0 };
	int rc = walk_folder(&w);

	if (rc == OK)
		rc = check_sums(&w, &out);
	if (rc == OK)
		rc = check_freeze(&w, &out);
	free(w.list);
	TRY(rc);
	*ret = out;
	return OK;
}

int draw_sums_stray(struct arena *a, const char *folder,
		    bool (*expected)(void *arg, const char *name), void *arg, const char **ret)
{
	struct walk w = walk_of(a, folder);
	int rc = walk_folder(&w);
	const char *stray = w.problem;

	for (size_t i = 0; rc == OK && !stray && i < w.count; i++) {
		const char *name = w.list[i].name;
		bool odd = !w.list[i].regular && name[strlen(name) - 1] != '/';
		if (odd || !expected(arg, name))
			stray = shown(a, name);
	}
	free(w.list);
	TRY(rc);
	*ret = stray;
	return OK;
}
