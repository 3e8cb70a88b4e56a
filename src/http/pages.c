/* http/pages.c — a sorted table of paths. A compressed sibling ("x.js.br") is a form of its page, not a page. */
#include "http/pages.h"

#include "base/buf.h"
#include "base/status.h"
#include "core/sha256.h"
#include "http/page_kind.h"
#include "http/pages_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pages {
	struct arena arena;
	struct page *rows; /* by path */
	size_t count;
	bool built; /* apps; else one page that says that there are none */
};

static const char index_name[] = "index.html";

static const char none_page[] =
	"<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\">"
	"<meta name=\"viewport\" content=\"width=device-width\"><title>明签</title></head>\n<body>\n"
	"<h1>明签在运行，网页还没有建好</h1>\n"
	"<p>这台服务器没有网页的文件：启动时用 <code>--web 文件夹</code> 指明建好的网页在哪里。</p>\n"
	"<p>接口在 <code>/api/v1/</code>，登录是 <code>POST /api/v1/sessions</code>；"
	"全部接口用 <code>mingqian openapi</code> 列出。服务器是否正常：<a href=\"/healthz\">/healthz</a>。</p>\n"
	"</body>\n</html>\n";

static struct page_form form_of(const char *at, size_t len)
{
	struct page_form f = { .at = at, .len = len };

	f.etag[0] = f.etag[PAGES_ETAG - 1] = '"';
	sha256_hex((struct span){ at, len }, f.etag + 1);
	return f;
}

static int compare_files(const void *a, const void *b)
{
	const struct pages_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static int compare_pages(const void *a, const void *b)
{
	const struct page *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static struct page *find(const struct pages *p, const char *path)
{
	const struct page key = { .path = path };

	return bsearch(&key, p->rows, p->count, sizeof(key), compare_pages);
}

/* Of "/x.js.br": that it is one, and "/x.js". */
static enum page_coding coding_of(struct arena *a, const char *path, const char **ret_plain)
{
	static const char *const endings[] = { [PAGE_BR] = ".br", [PAGE_GZIP] = ".gz" };
	size_t len = strlen(path), ending = 3;

	for (enum page_coding c = PAGE_BR; c < PAGE_CODINGS; c++)
		if (len > ending && strcmp(path + len - ending, endings[c]) == 0) {
			*ret_plain = arena_mem(a, path, len - ending);
			return c;
		}
	return PAGE_PLAIN;
}

/* Files are sorted, so a plain one has its row before its siblings are looked at. */
static void add(struct pages *p, const struct pages_file *f)
{
	const char *plain = NULL;
	enum page_coding coding = coding_of(&p->arena, f->path, &plain);
	struct page *page = plain ? find(p, plain) : NULL;

	if (page) {
		page->forms[coding] = form_of(f->at, f->len);
		return;
	}
	p->rows[p->count++] = (struct page){
		.path = f->path,
		.type = page_type(f->path),
		.cache = page_cache(f->path),
		.policy = page_policy(f->path),
		.forms = { [PAGE_PLAIN] = form_of(f->at, f->len) },
	};
}

static struct pages *empty(size_t room)
{
	struct pages *p = must_alloc(sizeof(*p));

	*p = (struct pages){ .rows = must_alloc(room * sizeof(*p->rows) + 1) };
	arena_init(&p->arena);
	return p;
}

static void fill(struct pages *p, struct pages_files *files)
{
	qsort(files->at, files->count, sizeof(*files->at), compare_files);
	p->rows = must_realloc(p->rows, files->count * sizeof(*p->rows) + 1);
	for (size_t i = 0; i < files->count; i++)
		add(p, &files->at[i]);
	p->built = true;
}

int pages_load(struct arena *a, const char *folder, struct pages **ret, const char **ret_why)
{
	struct pages *p = empty(0);
	struct pages_files files = { NULL, 0 };
	int rc = pages_read(&p->arena, a, folder, &files, ret_why);

	if (rc == OK && files.count)
		fill(p, &files);
	free(files.at);
	if (rc == OK && !find(p, "/index.html")) {
		*ret_why = arena_printf(
			a, "网页文件夹 %s 里没有 index.html：--web 要写建好的网页所在的文件夹",
			folder);
		rc = INVALID;
	}
	if (rc == OK)
		*ret = p;
	else
		pages_free(p);
	return rc;
}

struct pages *pages_none(void)
{
	struct pages *p = empty(1);

	p->rows[p->count++] = (struct page){
		.path = "/index.html",
		.type = page_type("/index.html"),
		.cache = page_cache("/index.html"),
		.policy = page_policy("/index.html"),
		.forms = { [PAGE_PLAIN] = form_of(none_page, sizeof(none_page) - 1) },
	};
	return p;
}

const char *pages_default(struct arena *a)
{
	static const char *const beside[] = { "web", "../share/mingqian/web" };
	enum { LONGEST = 4096 };
	char path[LONGEST];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	while (len > 0 && path[len - 1] != '/')
		len--;
	for (size_t i = 0; len > 0 && i < COUNT(beside); i++) {
		const char *folder = arena_printf(a, "%.*s%s", (int)len, path, beside[i]);
		if (access(arena_printf(a, "%s/%s", folder, index_name), F_OK) == 0)
			return folder;
	}
	return NULL;
}

void pages_free(struct pages *p)
{
	if (!p)
		return;
	arena_release(&p->arena);
	free(p->rows);
	free(p);
}

/* The target's path again, undone; NULL where a part begins with a dot. */
static const char *path_of(struct arena *a, const struct target *target)
{
	const char *path = "";

	for (size_t i = 0; i < target->count; i++) {
		if (target->parts[i][0] == '.')
			return NULL;
		path = arena_printf(a, "%s/%s", path, target->parts[i]);
	}
	return path;
}

/* With escapes for what may not stand in a header, and a slash at the end. */
static const char *location_of(struct arena *a, const char *path)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
	const char *out = "";

	for (; *path; path++)
		out = strchr(plain, *path)
			      ? arena_printf(a, "%s%c", out, *path)
			      : arena_printf(a, "%s%%%02X", out, (unsigned)(unsigned char)*path);
	return arena_printf(a, "%s/", out);
}

/* An app shows its first page for its own addresses, which are no files: "/field/visits/V-1". */
static const struct page *app_page(const struct pages *p, struct arena *a,
				   const struct target *target)
{
	const struct page *page = find(p, arena_printf(a, "/%s/index.html", target->parts[0]));

	if (!p->built || strchr(target->parts[target->count - 1], '.'))
		return NULL;
	return page ? page : find(p, "/index.html");
}

int pages_find(const struct pages *p, struct arena *a, const struct target *target,
	       const struct page **ret, const char **ret_location)
{
	const char *path = path_of(a, target);
	const struct page *page;

	if (!path)
		return NONE;
	bool folder = path[strlen(path) - 1] == '/';
	page = find(p, folder ? arena_printf(a, "%s%s", path, index_name) : path);
	if (!page && !folder && find(p, arena_printf(a, "%s/%s", path, index_name))) {
		*ret_location = location_of(a, path);
		return CONFLICT;
	}
	if (!page)
		page = app_page(p, a, target);
	if (!page)
		return NONE;
	*ret = page;
	return OK;
}
