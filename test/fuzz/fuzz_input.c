/* test/fuzz/fuzz_input.c — bodies and queries by the tables of the real routes: the first two bytes choose a route; what is taken keeps to
 * each limit of its table, what is refused is told with the place. */
#include "base/status.h"
#include "base/utf8.h"
#include "http/api.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 4096, TABLES_MOST = 400 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static int64_t characters(const char *text)
{
	size_t len = strlen(text), i = 0;
	int64_t n = 0;
	uint32_t c;

	for (; i < len; n++) {
		size_t step = utf8_next(text + i, len - i, &c);
		require(step > 0 && (c >= 0x20 || c == '\n' || c == '\t') && c != 0x7f);
		i += step;
	}
	return n;
}

static bool is_word(const char *const *words, const char *text)
{
	while (*words && *words != text)
		words++;
	return *words;
}

static void check_fields(const struct input *fields, const char *at);

static void check_lists(const struct input *f, const char *at)
{
	if (f->kind == INPUT_TEXTS) {
		const struct input_texts *list = (const void *)(at + f->offset);
		require((int64_t)list->count <= f->max);
		for (size_t i = 0; i < list->count; i++)
			require(*list->at[i] && characters(list->at[i]) <= INPUT_ITEM_LONGEST);
	} else if (f->kind == INPUT_ROWS) {
		const struct input_rows *list = (const void *)(at + f->offset);
		require((int64_t)list->count <= f->max);
		for (size_t i = 0; i < list->count; i++)
			check_fields(f->row, (const char *)list->at + i * f->row_size);
	}
}

/* A text or word that did not come is NULL, a list empty. */
static void check_texts(const struct input *f, const char *at)
{
	const char *text;

	if (f->kind != INPUT_TEXT && f->kind != INPUT_WORD)
		return;
	memcpy(&text, at + f->offset, sizeof(text));
	require(text || !f->required);
	if (!text)
		return;
	if (f->kind == INPUT_WORD)
		require(is_word(f->words, text));
	else
		require(characters(text) >= f->min && characters(text) <= f->max);
}

static void check_fields(const struct input *fields, const char *at)
{
	for (const struct input *f = fields; f && f->name; f++) {
		int64_t n;
		check_texts(f, at);
		check_lists(f, at);
		memcpy(&n, at + f->offset, f->kind == INPUT_INT ? sizeof(n) : 0);
		if (f->kind == INPUT_INT && f->required)
			require(n >= f->min && n <= f->max);
	}
}

static const struct route *list[TABLES_MOST];
static size_t list_count;

/* All routes that take something. */
static void gather(void)
{
	size_t groups;
	const struct api_group *const *group = api_groups(&groups);

	for (size_t i = 0; i < groups; i++)
		for (size_t k = 0; k < group[i]->count; k++)
			if (group[i]->routes[k].body || group[i]->routes[k].query) {
				require(list_count < TABLES_MOST);
				list[list_count++] = &group[i]->routes[k];
			}
}

static const struct route *choose(unsigned number)
{
	if (!list_count)
		gather();
	return list[number % list_count];
}

static void check_told(int rc, const struct reply_wrong *wrong)
{
	if (rc == OK)
		return;
	require(rc == INVALID && wrong->field && wrong->why && *wrong->why);
	require(utf8_valid(wrong->why, strlen(wrong->why)) == strlen(wrong->why));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static _Alignas(16) char into[ROOM];
	CLEANUP(arena_release) struct arena a = { NULL };
	struct reply_wrong wrong = { NULL, NULL };
	struct target t;

	if (size < 2)
		return 0;
	const struct route *route = choose(data[0] | (unsigned)data[1] << 8);
	const char *text = (const char *)data + 2;
	memset(into, 0, sizeof(into));
	if (route->body) {
		int rc = input_json(&a, text, size - 2, route->body, into, &wrong);
		check_told(rc, &wrong);
		if (rc == OK)
			check_fields(route->body, into);
	}
	memset(into, 0, sizeof(into));
	if (route->query && target_read(&a, (struct span){ text, size - 2 }, &t) == OK) {
		int rc = input_query(&a, &t, route->query, into, &wrong);
		check_told(rc, &wrong);
		if (rc == OK)
			check_fields(route->query, into);
	}
	return 0;
}
