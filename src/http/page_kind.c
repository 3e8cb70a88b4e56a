/* http/page_kind.c — fixed tables: no file of the system's and nothing inside a page decides. */
#include "http/page_kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const struct {
	const char *ending, *type;
} types[] = {
	{ "html", "text/html; charset=utf-8" },
	{ "js", "text/javascript; charset=utf-8" },
	{ "mjs", "text/javascript; charset=utf-8" },
	{ "css", "text/css; charset=utf-8" },
	{ "json", "application/json" },
	{ "map", "application/json" },
	{ "webmanifest", "application/manifest+json" },
	{ "wasm", "application/wasm" },
	{ "svg", "image/svg+xml" },
	{ "png", "image/png" },
	{ "jpg", "image/jpeg" },
	{ "jpeg", "image/jpeg" },
	{ "webp", "image/webp" },
	{ "gif", "image/gif" },
	{ "ico", "image/x-icon" },
	{ "woff2", "font/woff2" },
	{ "woff", "font/woff" },
	{ "ttf", "font/ttf" },
	{ "txt", "text/plain; charset=utf-8" },
	{ "md", "text/plain; charset=utf-8" },
	{ "csv", "text/csv; charset=utf-8" },
	{ "tsv", "text/tab-separated-values; charset=utf-8" },
	{ "xml", "application/xml" },
	{ "atom", "application/atom+xml" },
	{ "pdf", "application/pdf" },
	{ "zip", "application/zip" },
	{ "gz", "application/gzip" },
	{ "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *page_type(const char *path)
{
	const char *dot = strrchr(file_name(path), '.');

	for (size_t i = 0; dot && i < COUNT(types); i++)
		if (strcmp(dot + 1, types[i].ending) == 0)
			return types[i].type;
	return "application/octet-stream";
}

/* "-" and 8 characters of base64url before the first dot, one of them no small letter: "my-document.pdf" has no hash. */
static bool has_hash(const char *name)
{
	enum { HASH = 8 };
	static const char small[] = "abcdefghijklmnopqrstuvwxyz";
	static const char all[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	size_t stem = strcspn(name, ".");

	if (stem < HASH + 2 || !name[stem] || name[stem - HASH - 1] != '-')
		return false;
	const char *hash = name + stem - HASH;
	return strspn(hash, all) == HASH && strspn(hash, small) < HASH;
}

const char *page_cache(const char *path)
{
	return strstr(path, "/assets/") && has_hash(file_name(path))
		       ? "public, max-age=31536000, immutable"
		       : "no-cache";
}

#define POLICY(scripts)                                                                            \
	"default-src 'none'; script-src 'self'" scripts "; style-src 'self'; "                     \
	"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "   \
	"worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const char *page_policy(const char *path)
{
	static const char verify[] = "/public/verify";
	size_t len = sizeof(verify) - 1;

	if (strncmp(path, verify, len) == 0 && strchr("/.", path[len]))
		return POLICY(" 'wasm-unsafe-eval'");
	return POLICY("");
}
