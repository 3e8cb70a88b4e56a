/* app/life_certain.c — one pass over the objects, a few more lines of rules. */
#include "app/life_certain.h"

#include "app/life_certain_quota.h"
#include "app/life_seal.h"
#include "base/buf.h"
#include "base/status.h"
#include "core/lists.h"
#include "core/text.h"
#include "store/visit_change.h"

#include <stdlib.h>
#include <string.h>

#define SUFFIX ".certain"

/* A unit that is in the list. */
struct unit {
	int64_t key;
	uint64_t line; /* offset in objects */
	struct span stratum;
};

struct finding {
	struct office *o;
	struct arena *arena;
	const struct life_certain *lists;
	struct unit *units;
	size_t count, room;
	struct life_certain_stratum *strata;
	size_t strata_count;
	struct life_certain_book book;
};

static int add_unit(struct finding *f, int64_t key, uint64_t offset)
{
	struct draw_object object;

	if (f->count == f->room) {
		struct unit *more = arena_array(f->arena, f->room * 2 + 16, sizeof(*more));
		if (f->count)
			memcpy(more, f->units, f->count * sizeof(*more));
		f->units = more;
		f->room = f->room * 2 + 16;
	}
	const char *at = f->lists->objects.at + offset;
	const char *end = memchr(at, '\n', f->lists->objects.len - offset);
	list_object((struct span){ at, end ? (size_t)(end - at)
					   : f->lists->objects.len - (size_t)offset },
		    &object);
	if (object.stratum.len + strlen(SUFFIX) > TEXT_STRATUM_LONGEST)
		return life_refuse(f->o, INVALID, "层名“%.*s”太长，加不上“" SUFFIX "”",
				   (int)object.stratum.len, object.stratum.at);
	f->units[f->count++] = (struct unit){ key, offset, object.stratum };
	return OK;
}

static int by_id(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static bool has(const char **list, size_t count, const char *id)
{
	return count > 0 && bsearch(id, list, count, sizeof(*list), by_id) != NULL;
}

static bool waits(const struct life_certain *lists, const char *id)
{
	return has(lists->planned->waiting, lists->planned->waiting_count, id) ||
	       has(lists->planned->capped, lists->planned->capped_count, id);
}

static int find_unit(void *arg, const struct visit_certain *c)
{
	struct finding *f = arg;
	struct life_site site;
	uint64_t offset;
	size_t count;

	int rc = life_sealed_open(f->o, f->arena, c->visit, c->sealed, c->sealed_len, &site);
	if (rc != OK)
		return life_refuse(f->o, rc, "上次被替换的单位打不开：密钥不是封存时的");
	const char *const *living = registry_lineage_since(
		f->lists->lineage, arena_mem(f->arena, site.id.at, site.id.len), c->at, &count);
	for (size_t i = 0; i < count; i++)
		if (!waits(f->lists, living[i]) &&
		    list_find_object(f->lists->objects, span_of(living[i]), &offset))
			TRY(add_unit(f, c->key, offset));
	return OK;
}

static int by_line(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

static int by_stratum(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;

	return span_compare(x->stratum, y->stratum);
}

static void rewrite_objects(struct finding *f, struct life_certain *lists)
{
	const size_t more = strlen(SUFFIX);
	size_t from = 0;
	char *out = arena_alloc(f->arena, lists->objects.len + f->count * more + 1), *to = out;

	qsort(f->units, f->count, sizeof(*f->units), by_line);
	size_t kept = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct span s = f->units[i].stratum;
		size_t end = (size_t)(s.at - lists->objects.at) + s.len;

		if (end == from) /* replaced twice: one unit all the same */
			continue;
		f->units[kept++] = f->units[i];
		memcpy(to, lists->objects.at + from, end - from);
		to += end - from;
		memcpy(to, SUFFIX, more);
		to += more;
		from = end;
	}
	memcpy(to, lists->objects.at + from, lists->objects.len - from);
	to += lists->objects.len - from;
	f->count = kept;
	lists->objects = (struct span){ out, (size_t)(to - out) };
}

static size_t count_spaces(struct span line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.len; i++)
		n += line.at[i] == ' ';
	return n;
}

/* The line "team N S J stratum" of a stratum that has one; empty if it has not. */
static struct span team_line(struct span rules, struct span stratum)
{
	struct span line;

	while (text_line(&rules, &line)) {
		const char *last = memrchr(line.at, ' ', line.len);
		if (line.len < 5 || memcmp(line.at, "team ", 5) != 0 || count_spaces(line) != 4)
			continue;
		struct span name = { last + 1, (size_t)(line.at + line.len - last - 1) };
		if (span_equal(name, stratum))
			return line;
	}
	return SPAN("");
}

/* Lines of one kind more for each stratum that has certain units. */
static void add_lines(const struct finding *f, struct span rules, bool teams, struct buf *out)
{
	for (size_t i = 0; i < f->strata_count; i++) {
		struct span s = f->strata[i].name, team = team_line(rules, s);

		if (!teams)
			buf_printf(out, "quota %.*s" SUFFIX " 1/1\n", (int)s.len, s.at);
		else if (team.len > 0)
			buf_printf(out, "%.*s" SUFFIX "\n", (int)team.len, team.at);
	}
}

static void find_strata(struct finding *f, struct span objects)
{
	struct draw_object object;
	struct span line;

	qsort(f->units, f->count, sizeof(*f->units), by_stratum);
	f->strata = arena_array(f->arena, f->count + 1, sizeof(*f->strata));
	for (size_t i = 0; i < f->count; i++) {
		if (i == 0 || !span_equal(f->units[i].stratum, f->units[i - 1].stratum))
			f->strata[f->strata_count++].name = f->units[i].stratum;
		f->strata[f->strata_count - 1].units++;
	}
	while (text_line(&objects, &line)) {
		list_object(line, &object);
		for (size_t i = 0; i < f->strata_count; i++)
			f->strata[i].members += span_equal(object.stratum, f->strata[i].name);
	}
	f->book = (struct life_certain_book){ .list = f->strata,
					      .count = f->strata_count,
					      .strata = f->lists->planned->strata,
					      .strata_count = f->lists->planned->strata_count };
	life_certain_over(&f->book, f->lists->rules, f->arena);
}

static int rewrite_rules(struct finding *f, struct life_certain *lists)
{
	CLEANUP(buf_release) struct buf out;
	struct span rest = lists->rules, line;
	bool teams_done = false;

	buf_init(&out, 2 * lists->rules.len + (f->count + 1) * 1024);
	while (text_line(&rest, &line)) {
		bool team = line.len >= 5 && memcmp(line.at, "team ", 5) == 0;
		if (!team && !teams_done) {
			add_lines(f, lists->rules, true, &out);
			teams_done = true;
		}
		life_certain_line(&f->book, line, &out);
	}
	add_lines(f, lists->rules, false, &out);
	TRY(buf_check(&out));
	lists->rules = (struct span){ arena_mem(f->arena, out.data, out.len), out.len };
	return OK;
}

int life_certain_apply(struct office *o, struct arena *a, const char *body,
		       struct life_certain *lists)
{
	struct finding f = { .o = o, .arena = a, .lists = lists };

	lists->used_count = 0;
	TRY(visit_certain_walk(o->db, body, find_unit, &f));
	if (f.count == 0)
		return OK;
	lists->used = arena_array(a, f.count, sizeof(*lists->used));
	/* The parts of a split unit stand side by side. */
	for (size_t i = 0; i < f.count; i++)
		if (i == 0 || f.units[i].key != f.units[i - 1].key)
			lists->used[lists->used_count++] = f.units[i].key;
	/* Names of strata point into the old objects, which stay mapped until both are rewritten. */
	struct span objects = lists->objects;
	rewrite_objects(&f, lists);
	find_strata(&f, objects);
	int rc = rewrite_rules(&f, lists);
	if (rc != OK)
		lists->objects = objects;
	return rc;
}
