/* app/life_held.c — sorted lists are merged; sites of open visits are searched. */
#include "app/life_held.h"

#include "app/life_beside.h"
#include "app/life_loaded.h"
#include "app/life_seal.h"
#include "base/status.h"
#include "core/lists.h"
#include "core/text.h"

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

/* What a draw has drawn, by id. */
struct drawing {
	const struct office *o;
	const struct draw_row *row;
	const struct span *ids;
	size_t count, found;
};

static int by_text(const void *key, const void *item)
{
	return span_compare(*(const struct span *)key, *(const struct span *)item);
}

static int find_drawn(void *arg, const struct visit_row *visit)
{
	CLEANUP(arena_release) struct arena a;
	struct drawing *d = arg;
	struct life_site site;

	arena_init(&a);
	if (visit->draw == d->row->key)
		return OK;
	TRY(life_site_open(d->o, &a, visit, &site));
	d->found += bsearch(&site.id, d->ids, d->count, sizeof(*d->ids), by_text) != NULL;
	return OK;
}

int life_held_drawn(struct office *o, const struct draw_row *row, const struct span *ids,
		    size_t count)
{
	struct drawing d = { o, row, ids, count, 0 };

	if (!is_random(row->kind) || count == 0)
		return OK;
	TRY(visit_walk_held(o->db, find_drawn, &d));
	if (d.found == 0)
		return OK;
	return life_refuse(o, CONFLICT,
			   "抽中的有 %zu 家正等着另一次随机抽取的检查，锁定时并没有：请用 mingqian "
			   "ledger verify 查看数据库是不是被改过，并等那些检查结束以后再抽",
			   d.found);
}

/* A reserve, by all numbers that it goes on under. */
struct taking {
	struct office *o;
	const struct draw_row *row;
	struct registry_lineage lineage;
	const char **ids;
	size_t count;
	const char *other; /* the draw that has a visit to it */
	struct arena *arena;
};

static bool goes_on_as(struct taking *t, const char *id, int64_t moment)
{
	size_t count;
	const char *const *living = registry_lineage_since(&t->lineage, id, moment, &count);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < t->count; k++)
			if (strcmp(living[i], t->ids[k]) == 0)
				return true;
	return false;
}

/* Whether a list that was frozen then has it; with the list's draw: and can draw it. */
static bool frozen_has(struct taking *t, struct span objects, int64_t frozen_at,
		       const struct draw *d)
{
	struct span rest = objects, id;
	char text[TEXT_ID_LONGEST + 1];
	uint64_t offset;

	for (size_t i = 0; i < t->count; i++)
		if (list_find_object(objects, span_of(t->ids[i]), &offset) &&
		    (!d || can_be_drawn(d, offset)))
			return true;
	while (t->lineage.count > 0 && next_id(&rest, &id)) {
		if (id.len >= sizeof(text))
			continue;
		memcpy(text, id.at, id.len);
		text[id.len] = 0;
		if (goes_on_as(t, text, frozen_at) &&
		    (!d || can_be_drawn(d, (uint64_t)(id.at - objects.at))))
			return true;
	}
	return false;
}

static int check_list(struct taking *t, const struct draw_row *other)
{
	CLEANUP(buf_release) struct buf objects;
	struct life_loaded loaded = { 0 };

	buf_init(&objects, LIST_MOST);
	TRY(life_file_get(t->o, other, core_file_name(CORE_FILE_OBJECTS), &objects));
	if (!frozen_has(t, (struct span){ buf_text(&objects), objects.len }, other->frozen_at,
			NULL))
		return OK;
	int rc = life_load(t->o, other, NULL, &loaded);
	bool can = rc == OK && frozen_has(t, loaded.files.file[CORE_FILE_OBJECTS], other->frozen_at,
					  &loaded.draw);
	life_loaded_release(&loaded);
	if (!can)
		return rc;
	return life_refuse(
		t->o, CONFLICT,
		"接替的候补单位在抽取 %s 的名单里，那次还没有抽；候补只能按次序接替，不能跳过："
		"等 %s 抽完或取消以后再更换",
		other->id, other->id);
}

static int find_taken(void *arg, const struct visit_row *visit)
{
	CLEANUP(arena_release) struct arena a;
	struct taking *t = arg;
	struct life_site site;

	arena_init(&a);
	if (visit->draw == t->row->key || t->other)
		return OK;
	TRY(life_site_open(t->o, &a, visit, &site));
	if (goes_on_as(t, arena_mem(&a, site.id.at, site.id.len), visit->frozen_at))
		t->other = arena_str(t->arena, visit->draw_id);
	return OK;
}

int life_held_reserve(struct office *o, struct arena *a, const struct draw_row *row,
		      struct span site)
{
	struct taking t = { .o = o, .arena = a, .row = row };
	struct waiting w = { .arena = a, .draw = row };

	if (!is_random(row->kind))
		return OK;
	TRY(life_beside_reserve(o, a, row));
	TRY(registry_lineage_load(o, a, REGISTRY_SITES, &t.lineage));
	const char *const *living = registry_lineage_since(
		&t.lineage, arena_mem(a, site.at, site.len), row->frozen_at, &t.count);
	t.ids = arena_array(a, t.count, sizeof(*t.ids));
	memcpy(t.ids, living, t.count * sizeof(*t.ids));
	TRY(draw_row_walk(o->db, "", 0, find_waiting, &w));
	for (const struct waiter *one = w.list; one; one = one->next)
		TRY(check_list(&t, &one->row));
	TRY(visit_walk_held(o->db, find_taken, &t));
	if (!t.other)
		return OK;
	return life_refuse(
		o, CONFLICT,
		"接替的候补单位正等着另一次抽取 %s 的检查；候补只能按次序接替，不能跳过："
		"等那项检查结束以后再更换",
		t.other);
}
