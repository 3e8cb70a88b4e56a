/* app/plan_doubles.c — sorts 24 bytes a live site by a hash-free key and looks at neighbours. */
#include "app/plan_lists.h"
#include "app/registry.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 20 };

struct entry {
	struct span word, second, id, name;
};

struct entries {
	struct entry *list;
	size_t count, size;
};

static void add_words(struct entries *e, const struct site *s, struct span word, struct span second)
{
	if (word.len == 0 || second.len == 0)
		return;
	if (e->count == e->size) {
		e->size = e->size ? e->size * 2 : 1024;
		e->list = must_realloc(e->list, e->size * sizeof(*e->list));
	}
	e->list[e->count++] = (struct entry){ word, second, s->text[SITE_ID], s->text[SITE_NAME] };
}

static void add(struct entries *e, const struct site *s, enum site_field by, enum site_field and)
{
	add_words(e, s, s->text[by], s->text[and]);
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = span_compare(x->word, y->word);

	if (order == 0)
		order = span_compare(x->second, y->second);
	return order ? order : span_compare(x->id, y->id);
}

static bool same(const struct entry *x, const struct entry *y, bool both)
{
	return span_equal(x->word, y->word) && (!both || span_equal(x->second, y->second));
}

static size_t run_from(const struct entries *e, size_t i, bool both)
{
	size_t n = 1;

	while (i + n < e->count && same(&e->list[i], &e->list[i + n], both))
		n++;
	return n;
}

/* `named`: pairs of one name were told before. */
static void note_same(struct entries *e, const char *what, bool named, struct plan_notes *notes)
{
	size_t found = 0;

	for (size_t i = 0, n; i < e->count; i += n) {
		n = run_from(e, i, true);
		if (n == 1 || (named && span_equal(e->list[i].name, e->list[i + 1].name)))
			continue;
		const struct entry *first = &e->list[i], *next = &e->list[i + 1];
		if (found++ < SHOWN_MOST)
			plan_note(
				notes, PLAN_WARNING,
				"可能重复登记：%.*s 与 %.*s %s相同（%.*s）。若是同一家，请停用其中一条，"
				"否则它被抽中的机会会加倍。",
				(int)first->id.len, first->id.at, (int)next->id.len, next->id.at,
				what, (int)first->word.len, first->word.at);
	}
	if (found > SHOWN_MOST)
		plan_note(notes, PLAN_WARNING,
			  "可能重复登记的还有 %zu 组（%s相同），没有逐条列出。", found - SHOWN_MOST,
			  what);
}

static void note_shared(struct entries *e, struct plan_notes *notes)
{
	size_t codes = 0, sites = 0;

	for (size_t i = 0, n; i < e->count; i += n) {
		n = run_from(e, i, false);
		codes += n > 1;
		sites += n > 1 ? n : 0;
	}
	if (codes)
		plan_note(
			notes, PLAN_INFO,
			"%zu 个统一社会信用代码下各有几处厂区，共 %zu 处，按各自编号分别参加抽取。",
			codes, sites);
}

/* The id in small letters; empty without letters, since then it has no other spelling. */
static struct span small_id(struct arena *a, struct span id)
{
	bool letters = false;

	for (size_t i = 0; i < id.len; i++)
		letters |= (id.at[i] | 0x20) >= 'a' && (id.at[i] | 0x20) <= 'z';
	if (!letters)
		return (struct span){ 0 };
	char *copy = arena_mem(a, id.at, id.len);
	for (size_t i = 0; i < id.len; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] |= 0x20;
	return (struct span){ copy, id.len };
}

static void note_ids(struct entries *e, struct plan_notes *notes)
{
	size_t found = 0;

	for (size_t i = 0, n; i < e->count; i += n) {
		n = run_from(e, i, false);
		if (n > 1 && found++ < SHOWN_MOST)
			plan_note(
				notes, PLAN_WARNING,
				"编号 %.*s 与 %.*s "
				"只差大小写，按两家参加抽取。若是同一家，请停用其中一条，否则它被抽中的机会会"
				"加倍。",
				(int)e->list[i].id.len, e->list[i].id.at,
				(int)e->list[i + 1].id.len, e->list[i + 1].id.at);
	}
	if (found > SHOWN_MOST)
		plan_note(notes, PLAN_WARNING, "编号只差大小写的还有 %zu 组，没有逐条列出。",
			  found - SHOWN_MOST);
}

void plan_doubles(const struct plan_lists_input *in, struct plan_notes *notes)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct entries names = { 0 }, places = { 0 }, codes = { 0 }, ids = { 0 };
	struct site s;
	const char *problem;

	if (registry_open(&reader, REGISTRY_SITES, in->sites) != OK)
		return;
	while (registry_next(&reader, cells) == OK) {
		if (site_decode(cells, &s, &problem) != OK || s.state != SITE_LIVE)
			continue;
		add(&names, &s, SITE_NAME, SITE_COUNTY);
		add(&places, &s, SITE_CODE, SITE_ADDRESS);
		add(&codes, &s, SITE_CODE, SITE_ID);
		add_words(&ids, &s, small_id(notes->arena, s.text[SITE_ID]), s.text[SITE_ID]);
	}
	struct entries *all[] = { &names, &places, &codes, &ids };
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i]->count)
			qsort(all[i]->list, all[i]->count, sizeof(struct entry), compare);
	note_same(&names, "名称", false, notes);
	note_same(&places, "代码和地址都", true, notes);
	note_shared(&codes, notes);
	note_ids(&ids, notes);
	for (size_t i = 0; i < COUNT(all); i++)
		free(all[i]->list);
}
