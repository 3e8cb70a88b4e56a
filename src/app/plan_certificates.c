/* app/plan_certificates.c — keys sorted, neighbours compared; letters, digits and Chinese characters count. */
#include "app/plan_certificates.h"

#include "app/plan_recusal.h"
#include "app/registry.h"
#include "base/status.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 20 };

struct holder {
	const char *key, *id, *name, *shown;
};

struct holders {
	struct arena *arena;
	struct holder *list;
	size_t count, size;
};

/* Without blanks and punctuation, full-width letters and digits as their twins, capital letters. */
static const char *key_of(struct arena *a, struct span text)
{
	char *key = arena_alloc(a, text.len + 1);
	size_t to = 0;

	for (size_t i = 0; i < text.len;) {
		uint32_t code;
		i += utf8_next(text.at + i, text.len - i, &code);
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xfee0;
		if (code >= 'a' && code <= 'z')
			code -= 'a' - 'A';
		bool letter = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
			      (code >= 0x3400 && code != 0xfffd);
		if (letter)
			to += utf8_put(key + to, code);
	}
	key[to] = 0;
	return key;
}

static void add(struct holders *h, const struct inspector *i, const char *key, struct span shown)
{
	struct arena *a = h->arena;

	if (!*key)
		return;
	if (h->count == h->size) {
		h->size = h->size ? h->size * 2 : 256;
		h->list = must_realloc(h->list, h->size * sizeof(*h->list));
	}
	const struct span id = i->text[INSPECTOR_ID], name = i->text[INSPECTOR_NAME];
	h->list[h->count++] =
		(struct holder){ key, arena_mem(a, id.at, id.len), arena_mem(a, name.at, name.len),
				 arena_mem(a, shown.at, shown.len) };
}

static void add_person(struct holders *numbers, struct holders *names, const struct inspector *i)
{
	struct span one = i->text[INSPECTOR_CERTIFICATE], two = i->text[INSPECTOR_CERTIFICATE2];
	struct span unit = i->text[INSPECTOR_UNIT];
	const char *first = key_of(numbers->arena, one), *second = key_of(numbers->arena, two);

	add(numbers, i, first, one);
	if (strcmp(first, second) != 0)
		add(numbers, i, second, two);
	if (unit.len)
		add(names, i,
		    arena_printf(names->arena, "%s\n%s",
				 key_of(names->arena, i->text[INSPECTOR_NAME]),
				 key_of(names->arena, unit)),
		    unit);
}

static int compare(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : strcmp(x->id, y->id);
}

static void tell_number(struct plan_notes *notes, const struct holder *x, const struct holder *y)
{
	plan_note(
		notes, PLAN_REFUSED,
		"人员名录里两行的执法证号都是 %s：%s（工号 %s）和 %s（工号 %s）。一个证号只能是一个人，"
		"一个人不能当两个人派：请删去一行，或改正证号。",
		x->shown, x->name, x->id, y->name, y->id);
}

static void tell_name(struct plan_notes *notes, const struct holder *x, const struct holder *y)
{
	plan_note(notes, PLAN_WARNING,
		  "人员名录里 %s 有两行同名：%s（工号 %s）和 %s（工号 %s）。请核对是不是同一个人；"
		  "一个人只能有一行。",
		  x->shown, x->name, x->id, y->name, y->id);
}

typedef void tell(struct plan_notes *notes, const struct holder *x, const struct holder *y);

/* How many neighbours are equal; the first of them are told. */
static size_t tell_equal(struct holders *h, tell *say, struct plan_notes *notes)
{
	size_t found = 0;

	if (h->count)
		qsort(h->list, h->count, sizeof(*h->list), compare);
	for (size_t i = 1; i < h->count; i++)
		if (strcmp(h->list[i - 1].key, h->list[i].key) == 0 && found++ < SHOWN_MOST)
			say(notes, &h->list[i - 1], &h->list[i]);
	return found;
}

static int read_all(struct span inspectors, int64_t day, struct holders *numbers,
		    struct holders *names)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(&reader, REGISTRY_INSPECTORS, inspectors);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct inspector i;
		const char *problem = NULL;
		TRY(inspector_decode(cells, &i, &problem));
		if (!plan_reason_out(&i, day, numbers->arena))
			add_person(numbers, names, &i);
	}
	return rc == NONE ? OK : rc;
}

int plan_certificates(struct span inspectors, int64_t day, struct plan_notes *notes)
{
	struct holders numbers = { .arena = notes->arena }, names = { .arena = notes->arena };
	int rc = read_all(inspectors, day, &numbers, &names);

	if (rc == OK && tell_equal(&numbers, tell_number, notes) > 0)
		rc = INVALID;
	if (rc == OK) {
		size_t found = tell_equal(&names, tell_name, notes);
		if (found > SHOWN_MOST)
			plan_note(notes, PLAN_WARNING, "另有 %zu 对同名同单位的人员没有列出。",
				  found - SHOWN_MOST);
	}
	free(numbers.list);
	free(names.list);
	return rc;
}
