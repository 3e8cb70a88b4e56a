/* test/http/pages.c — a folder becomes a table, and a path finds its page or nothing. */
#include "http/pages.h"

#include "base/file.h"
#include "base/status.h"
#include "http/page_kind.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const usual[] = {
	"index.html",
	"assets/index-B3x9_kQd.js",
	"assets/index-B3x9_kQd.js.br",
	"assets/index-B3x9_kQd.js.gz",
	"field/index.html",
	"field/sw.js",
	"field/manifest.webmanifest",
	"public/index.html",
	"public/2026/index.html",
	"public/年报/index.html",
	"public/verify/index.html",
	"public/data.csv.gz",
	".git/config",
	"field/.env",
	NULL,
};

static const char *folder_of(struct arena *a, const char *name, const char *const *files)
{
	const char *folder = arena_printf(a, "%s/%s", unit_folder(), name);

	CHECK_INT(file_make_folder(folder, 0755), OK);
	for (; *files; files++) {
		char *path = arena_printf(a, "%s/%s", folder, *files);
		char *slash = strrchr(path, '/');
		*slash = 0;
		CHECK_INT(file_make_folder(path, 0755), OK);
		*slash = '/';
		CHECK_INT(file_write(path, *files, strlen(*files), 0644), OK);
	}
	return folder;
}

static int find(const struct pages *p, struct arena *a, const char *target, const char **ret_path)
{
	const struct page *page = NULL;
	const char *location = "";
	struct target t;

	if (target_read(a, span_of(target), &t) != OK)
		return INVALID;
	int rc = pages_find(p, a, &t, &page, &location);
	*ret_path = page ? page->path : location;
	return rc;
}

TEST(pages_are_found_by_their_paths)
{
	static const struct {
		const char *target;
		int code;
		const char *path; /* or where to */
	} cases[] = {
		{ "/", OK, "/index.html" },
		{ "/index.html", OK, "/index.html" },
		{ "/sites/S-1?page=2", OK, "/index.html" },
		{ "/a/b/c/d/e/f/g/h/i/j/k", OK, "/index.html" },
		{ "/assets/index-B3x9_kQd.js", OK, "/assets/index-B3x9_kQd.js" },
		{ "/assets/index-B3x9_kQd.js.br", NONE, "" },
		{ "/assets/other.js", NONE, "" },
		{ "/field", CONFLICT, "/field/" },
		{ "/field/", OK, "/field/index.html" },
		{ "/field/visits/V-1", OK, "/field/index.html" },
		{ "/field/sw.js", OK, "/field/sw.js" },
		{ "/field/none.js", NONE, "" },
		{ "/public/2026", CONFLICT, "/public/2026/" },
		{ "/public/2026/", OK, "/public/2026/index.html" },
		{ "/public/%E5%B9%B4%E6%8A%A5", CONFLICT, "/public/%E5%B9%B4%E6%8A%A5/" },
		{ "/public/2027/", OK, "/public/index.html" },
		{ "/public/data.csv.gz", OK, "/public/data.csv.gz" },
		{ "/.git/config", NONE, "" },
		{ "/.git/", NONE, "" },
		{ "/field/.env", NONE, "" },
		{ "/..%2findex.html", INVALID, "" },
		{ "/field/../index.html", INVALID, "" },
		{ "/%2e%2e/index.html", INVALID, "" },
		{ "/field%2fsw.js", INVALID, "" },
		{ "//evil.example", INVALID, "" },
	};
	CLEANUP(arena_release) struct arena a;
	struct pages *p = NULL;
	const char *why = "";

	arena_init(&a);
	CHECK_INT(pages_load(&a, folder_of(&a, "usual", usual), &p, &why), OK);
	CHECK_STR(why, "");
	for (size_t i = 0; p && i < COUNT(cases); i++) {
		const char *path = "";
		int rc = find(p, &a, cases[i].target, &path);
		unit_check(rc == cases[i].code && strcmp(path, cases[i].path) == 0, __FILE__,
			   __LINE__, "%s: %d %s", cases[i].target, rc, path);
	}
	pages_free(p);
}

TEST(pages_have_forms_of_one_page)
{
	CLEANUP(arena_release) struct arena a;
	struct pages *p = NULL;
	const struct page *page = NULL;
	const char *why, *location;
	struct target t;

	arena_init(&a);
	CHECK_INT(pages_load(&a, folder_of(&a, "forms", usual), &p, &why), OK);
	CHECK_INT(target_read(&a, SPAN("/assets/index-B3x9_kQd.js"), &t), OK);
	CHECK_INT(pages_find(p, &a, &t, &page, &location), OK);
	CHECK_STR(page->forms[PAGE_PLAIN].at, usual[1]);
	CHECK_STR(page->forms[PAGE_BR].at, usual[2]);
	CHECK_STR(page->forms[PAGE_GZIP].at, usual[3]);
	CHECK_INT(strlen(page->forms[PAGE_BR].etag), PAGES_ETAG);
	CHECK(strcmp(page->forms[PAGE_BR].etag, page->forms[PAGE_GZIP].etag) != 0);
	/* printf 'assets/index-B3x9_kQd.js' | sha256sum */
	CHECK_STR(page->forms[PAGE_PLAIN].etag,
		  "\"39fc0f4da774e29e18f03f9af6e9e5f83a8421b4a575b383e151a0756c7056bf\"");
	pages_free(p);
}

TEST(pages_refuse_a_folder_that_is_none)
{
	static const char *const no_index[] = { "field/index.html", NULL };
	static const char *const nothing[] = { NULL };
	CLEANUP(arena_release) struct arena a;
	struct pages *p = NULL;
	const char *why = "";

	arena_init(&a);
	CHECK_INT(pages_load(&a, "/nowhere/at/all", &p, &why), NONE);
	CHECK(strstr(why, "/nowhere/at/all 不存在") != NULL);
	CHECK_INT(pages_load(&a, folder_of(&a, "empty", nothing), &p, &why), INVALID);
	CHECK(strstr(why, "里没有 index.html") != NULL);
	CHECK_INT(pages_load(&a, folder_of(&a, "no-index", no_index), &p, &why), INVALID);
	CHECK(strstr(why, "里没有 index.html") != NULL);
	CHECK_INT(pages_load(&a, unit_source("README.md"), &p, &why), INVALID);
	CHECK(strstr(why, "不是文件夹") != NULL);
}

static void refused(struct arena *a, const char *folder, int code, const char *words)
{
	struct pages *p = NULL;
	const char *why = "";

	CHECK_INT(pages_load(a, folder, &p, &why), code);
	unit_check(strstr(why, words) != NULL, __FILE__, __LINE__, "no “%s” in: %s", words, why);
	if (p)
		pages_free(p);
}

TEST(pages_refuse_links_and_what_is_no_file)
{
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	const char *folder = folder_of(&a, "links", usual);
	const char *link = arena_printf(&a, "%s/field/passwd", folder);
	CHECK_INT(symlink("/etc/passwd", link), 0);
	refused(&a, folder, INVALID, "/field/passwd 是符号链接");
	unlink(link);
	CHECK_INT(symlink("/etc", link), 0);
	refused(&a, folder, INVALID, "/field/passwd 是符号链接");
	unlink(link);
	CHECK_INT(mkfifo(link, 0644), 0);
	refused(&a, folder, INVALID, "/field/passwd 不是文件，也不是文件夹");
	unlink(link);
	const char *current = arena_printf(&a, "%s/current", unit_folder());
	CHECK_INT(symlink(folder, current), 0);
	struct pages *p = NULL;
	const char *why = "";
	CHECK_INT(pages_load(&a, current, &p, &why), OK);
	pages_free(p);
}

TEST(pages_have_limits)
{
	CLEANUP(arena_release) struct arena a;
	const char *deep;

	arena_init(&a);
	const char *folder = folder_of(&a, "limits", usual);
	const char *big = arena_printf(&a, "%s/big.bin", folder);
	CHECK_INT(file_write(big, "", 0, 0644), OK);
	CHECK_INT(truncate(big, PAGES_FILE_MOST + 1), 0);
	refused(&a, folder, TOO_LARGE, "/big.bin 太大");
	unlink(big);
	deep = folder;
	for (int i = 0; i <= PAGES_DEEPEST; i++)
		deep = arena_printf(&a, "%s/d", deep);
	CHECK_INT(file_make_folder(deep, 0755), OK);
	refused(&a, folder, TOO_LARGE, "太深");
}

TEST(pages_none_says_so)
{
	CLEANUP(arena_release) struct arena a;
	struct pages *p = pages_none();
	const char *path = "";

	arena_init(&a);
	CHECK_INT(find(p, &a, "/", &path), OK);
	CHECK_STR(path, "/index.html");
	CHECK_INT(find(p, &a, "/sites", &path), NONE);
	CHECK_INT(find(p, &a, "/field/", &path), NONE);
	pages_free(p);
}

TEST(page_kinds)
{
	static const struct {
		const char *path, *type;
		bool kept, compiles;
	} cases[] = {
		{ "/index.html", "text/html; charset=utf-8", false, false },
		{ "/assets/index-B3x9_kQd.js", "text/javascript; charset=utf-8", true, false },
		{ "/field/assets/a-DeadBeef.js.map", "application/json", true, false },
		{ "/assets/index.js", "text/javascript; charset=utf-8", false, false },
		{ "/assets/my-document.pdf", "application/pdf", false, false },
		{ "/assets/-B3x9_kQd.js", "text/javascript; charset=utf-8", false, false },
		{ "/index-B3x9_kQd.js", "text/javascript; charset=utf-8", false, false },
		{ "/field/sw.js", "text/javascript; charset=utf-8", false, false },
		{ "/field/manifest.webmanifest", "application/manifest+json", false, false },
		{ "/public/verify/index.html", "text/html; charset=utf-8", false, true },
		{ "/public/verify.html", "text/html; charset=utf-8", false, true },
		{ "/public/verify/core.wasm", "application/wasm", false, true },
		{ "/public/verified.html", "text/html; charset=utf-8", false, false },
		{ "/verify/index.html", "text/html; charset=utf-8", false, false },
		{ "/public/LICENSE", "application/octet-stream", false, false },
		{ "/public.d/x", "application/octet-stream", false, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_STR(page_type(cases[i].path), cases[i].type);
		unit_check((strstr(page_cache(cases[i].path), "immutable") != NULL) ==
				   cases[i].kept,
			   __FILE__, __LINE__, "cache of %s", cases[i].path);
		const char *policy = page_policy(cases[i].path);
		unit_check((strstr(policy, "'wasm-unsafe-eval'") != NULL) == cases[i].compiles,
			   __FILE__, __LINE__, "policy of %s", cases[i].path);
		CHECK(!strstr(policy, "unsafe-inline") && !strstr(policy, "'unsafe-eval'"));
	}
}
