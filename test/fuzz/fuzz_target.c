/* test/fuzz/fuzz_target.c — a request's target: what is taken, written again with all escapes that it needs, reads as the same; it
 * never leads up, and finds at most one page and one route. */
#include "base/buf.h"
#include "base/status.h"
#include "base/utf8.h"
#include "http/api.h"
#include "http/pages.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static void put(struct buf *out, const char *text)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

	require(utf8_valid(text, strlen(text)) == strlen(text));
	for (; *text; text++)
		if (strchr(plain, *text))
			buf_char(out, *text);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
}

static void write_again(const struct target *t, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		require(!strchr(t->parts[i], '/') && !strchr(t->parts[i], '\\'));
		require(strcmp(t->parts[i], "..") != 0 && (*t->parts[i] || i + 1 == t->count));
		buf_char(out, '/');
		put(out, t->parts[i]);
	}
	for (size_t i = 0; i < t->pair_count; i++) {
		buf_char(out, i ? '&' : '?');
		put(out, t->pairs[i].name);
		buf_char(out, '=');
		put(out, t->pairs[i].value);
	}
}

static void check_same(struct arena *a, const struct target *t, struct span text)
{
	struct target again;

	/* Escapes make it longer: it may be over the limit only for that. */
	if (text.len > TARGET_LONGEST)
		return;
	require(target_read(a, text, &again) == OK);
	require(again.count == t->count && again.pair_count == t->pair_count);
	for (size_t i = 0; i < t->count; i++)
		require(strcmp(again.parts[i], t->parts[i]) == 0);
	for (size_t i = 0; i < t->pair_count; i++) {
		require(strcmp(again.pairs[i].value, t->pairs[i].value) == 0);
		require(target_value(t, t->pairs[i].name) == t->pairs[i].value);
	}
}

static void look_up(struct arena *a, const struct target *t)
{
	static struct routes *routes;
	static struct pages *pages;
	const char *values[REQUEST_MOST_VALUES] = { NULL }, *allow = NULL, *location;
	const struct route *route = NULL;
	const struct page *page = NULL;

	if (!routes) {
		routes = api_routes_of(api_served);
		pages = pages_none();
	}
	switch (routes_find(routes, a, GATE_GET, t, values, &route, &allow)) {
	case OK:
		require(route && route->method == GATE_GET);
		break;
	case INVALID:
		require(allow && *allow && !strstr(allow, "GET"));
		break;
	default:
		require(!route);
	}
	if (pages_find(pages, a, t, &page, &location) == OK)
		require(strcmp(page->path, "/index.html") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena a = { NULL };
	CLEANUP(buf_release) struct buf out = { 0 };
	struct target t;

	if (target_read(&a, (struct span){ (const char *)data, size }, &t) != OK)
		return 0;
	buf_init(&out, 4 * TARGET_LONGEST);
	write_again(&t, &out);
	require(buf_check(&out) == OK);
	check_same(&a, &t, (struct span){ buf_text(&out), out.len });
	look_up(&a, &t);
	return 0;
}
