/* app/life_held.c — sorted lists are merged; sites of open visits are searched. */
#include "app/life_held.h"

#include "app/life_seal.h"
#include "base/status.h"
#include "core/text.h"
#include "store/draw_wait.h"

#include <stdlib.h>
#include <string.h>

static const size_t LIST_MOST = (size_t)16 << 30;

/* A draw that is frozen and not drawn. */
struct waiter {
	struct draw_row row; /* key, id and when it was frozen only */
	struct waiter *next;
};

struct waiting {
	struct arena *arena;
	const struct draw_row *draw;
	const struct draw *frozen;
	struct registry_lineage *lineage;
	struct waiter *list;
};

static bool is_random(const char *kind)
{
	return strcmp(kind, "random") == 0 || strcmp(kind, "cross") == 0;
}

static int find_waiting(void *arg, const struct draw_row *row)
{
	struct waiting *w = arg;

	if (row->key == w->draw->key || !is_random(row->kind) ||
	    (strcmp(row->state, "frozen") != 0 && strcmp(row->state, "opened") != 0))
		return OK;
	struct waiter *one = arena_alloc(w->arena, sizeof(*one));
	one->row.key = row->key;
	one->row.id = arena_str(w->arena, row->id);
	one->row.frozen_at = row->frozen_at;
	one->next = w->list;
	w->list = one;
	return OK;
}

static bool next_id(struct span *text, struct span *id)
{
	struct span line;

	if (!text_line(text, &line))
		return false;
	span_cut(&line, '\t', id);
	return true;
}

/* How many ids two sorted lists share. */
static uint64_t common(struct span a, struct span b)
{
	struct span x, y;
	bool more_a = next_id(&a, &x), more_b = next_id(&b, &y);
	uint64_t n = 0;

	while (more_a && more_b) {
		int order = span_compare(x, y);
		n += order == 0;
		if (order <= 0)
			more_a = next_id(&a, &x);
		if (order >= 0)
			more_b = next_id(&b, &y);
	}
	return n;
}

/* How many sites of a list that was frozen then go on under numbers that only the draw has. */
static uint64_t gone_on(struct waiting *w, struct span other, int64_t frozen_at)
{
	char text[TEXT_ID_LONGEST + 1];
	struct span id;
	uint64_t n = 0, offset;
	size_t count;

	while (w->lineage->count > 0 && next_id(&other, &id)) {
		if (id.len >= sizeof(text))
			continue;
		memcpy(text, id.at, id.len);
		text[id.len] = 0;
		const char *const *living =
			registry_lineage_since(w->lineage, text, frozen_at, &count);
		for (size_t i = 0; i < count; i++)
			if (strcmp(living[i], text) != 0 &&
			    draw_find_object(w->frozen, span_of(living[i]), &offset))
				n++;
	}
	return n;
}

static int check_waiting(struct office *o, struct waiting *w, struct span objects)
{
	for (const struct waiter *one = w->list; one; one = one->next) {
		CLEANUP(buf_release) struct buf other;
		buf_init(&other, LIST_MOST);
		TRY(life_file_get(o, &one->row, core_file_name(CORE_FILE_OBJECTS), &other));
		const struct span theirs = { buf_text(&other), other.len };
		uint64_t n = common(objects, theirs) + gone_on(w, theirs, one->row.frozen_at);
		if (n > 0)
			return life_refuse(
				o, CONFLICT,
				"有 %llu 家在抽取 %s 的名单里，那次还没有抽：先抽完或取消它",
				(unsigned long long)n, one->row.id);
	}
	return OK;
}

struct searching {
	const struct office *o;
	const struct draw *draw;
	struct registry_lineage *lineage;
	uint64_t found;
};

/* Whether the rules draw any of this object's stratum. */
static bool can_be_drawn(const struct draw *d, uint64_t offset)
{
	struct draw_object object;

	draw_object_at(d, offset, &object);
	int64_t i = rules_find(&d->rules, object.stratum);
	if (i < 0)
		return true;
	const struct rules_stratum *s = &d->rules.strata[i];
	return s->split == RULES_NO_SPLIT ? s->amount.a > 0 : s->weight > 0;
}

static int search(void *arg, const struct visit_row *visit)
{
	CLEANUP(arena_release) struct arena a;
	struct searching *s = arg;
	struct life_site site;
	uint64_t offset;
	size_t count;

	arena_init(&a);
	TRY(life_site_open(s->o, &a, visit, &site));
	const char *const *living = registry_lineage_since(
		s->lineage, arena_mem(&a, site.id.at, site.id.len), visit->frozen_at, &count);
	for (size_t i = 0; i < count; i++)
		if (draw_find_object(s->draw, span_of(living[i]), &offset) &&
		    can_be_drawn(s->draw, offset)) {
			s->found++;
			break;
		}
	return OK;
}

int life_held_check(struct office *o, struct arena *a, const struct draw_row *row,
		    const struct draw *draw, struct registry_lineage *lineage)
{
	struct waiting w = { .arena = a, .draw = row, .frozen = draw, .lineage = lineage };
	struct searching s = { o, draw, lineage, 0 };

	if (!is_random(row->kind))
		return OK;
	TRY(draw_row_walk(o->db, "", 0, find_waiting, &w));
	TRY(check_waiting(o, &w, draw->files.file[CORE_FILE_OBJECTS]));
	TRY(visit_walk_held(o->db, search, &s));
	if (s.found > 0)
		return life_refuse(
			o, CONFLICT,
			"有 %llu 家已被另一次随机抽取抽中，检查还没有结束：重新做名单后再锁定",
			(unsigned long long)s.found);
	return OK;
}

/* Draws that hold sites which lists left out, each once. */
struct keeping {
	const struct office *o;
	struct arena *arena;
	const char *const *ids;
	size_t id_count;
	struct registry_lineage *lineage;
	int64_t *draws;
	size_t count, size;
};

static int by_id(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static bool left_out(struct keeping *k, const char *site)
{
	size_t count;
	const char *const *living = registry_lineage_living(k->lineage, site, &count);

	for (size_t i = 0; i < count; i++)
		if (bsearch(living[i], k->ids, k->id_count, sizeof(*k->ids), by_id))
			return true;
	return false;
}

static int find_draw(void *arg, const struct visit_row *visit)
{
	CLEANUP(arena_release) struct arena a;
	struct keeping *k = arg;
	struct life_site site;

	arena_init(&a);
	for (size_t i = 0; i < k->count; i++)
		if (k->draws[i] == visit->draw)
			return OK;
	TRY(life_site_open(k->o, &a, visit, &site));
	if (visit->draw == 0 || !left_out(k, arena_mem(&a, site.id.at, site.id.len)))
		return OK;
	if (k->count == k->size) {
		k->size = k->size ? k->size * 2 : 16;
		int64_t *more = arena_array(k->arena, k->size, sizeof(*more));
		if (k->count)
			memcpy(more, k->draws, k->count * sizeof(*more));
		k->draws = more;
	}
	k->draws[k->count++] = visit->draw;
	return OK;
}

int life_held_keep(struct office *o, struct arena *a, const struct draw_row *row,
		   const char *const *ids, size_t count, struct registry_lineage *lineage)
{
	struct keeping k = {
		.o = o, .arena = a, .ids = ids, .id_count = count, .lineage = lineage
	};

	if (count == 0)
		return OK;
	TRY(visit_walk_held(o->db, find_draw, &k));
	for (size_t i = 0; i < k.count; i++)
		TRY(draw_wait_add(o->db, row->key, k.draws[i]));
	return OK;
}
