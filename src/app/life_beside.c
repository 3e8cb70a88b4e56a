/* app/life_beside.c — draws are compared by their areas, never by their sites. */
#include "app/life_beside.h"

#include "app/life_seal.h"
#include "base/status.h"
#include "core/lists.h"
#include "store/draw_wait.h"
#include "store/visit.h"

#include <string.h>

static bool is_random(const char *kind)
{
	return strcmp(kind, "random") == 0 || strcmp(kind, "cross") == 0;
}

/* Have two draws' areas a county in common? Without one an area is the whole city. */
static bool areas_meet(const char *a, const char *b)
{
	struct span rest = span_of(a), county;
	bool more = true;

	if (*a == 0 || *b == 0)
		return true;
	while (more) {
		more = span_cut(&rest, ',', &county);
		if (list_has(span_of(b), county))
			return true;
	}
	return false;
}

/* Frozen or drawn, and not over. */
static bool is_secret(const struct draw_row *d)
{
	return d->sealed && d->revealed_at == 0 &&
	       (strcmp(d->state, "frozen") == 0 || strcmp(d->state, "opened") == 0 ||
		strcmp(d->state, "drawn") == 0);
}

struct looking {
	struct arena *arena;
	const struct draw_row *row;
	const char *found;
};

static int look(void *arg, const struct draw_row *other)
{
	struct looking *l = arg;

	if (!l->found && other->key != l->row->key && is_secret(other) && is_random(other->kind) &&
	    areas_meet(other->area, l->row->area))
		l->found = arena_str(l->arena, other->id);
	return OK;
}

int life_beside_sealed(struct office *o, struct arena *a, const struct draw_row *row,
		       const char **ret)
{
	struct looking l = { a, row, NULL };

	if (row->sealed || !is_random(row->kind))
		return NONE;
	TRY(draw_row_walk(o->db, "", 0, look, &l));
	*ret = l.found;
	return l.found ? OK : NONE;
}

int life_beside_freeze(struct office *o, struct arena *a, const struct draw_row *row)
{
	const char *other;
	int rc = life_beside_sealed(o, a, row, &other);

	if (rc != OK)
		return rc == NONE ? OK : rc;
	return life_refuse(
		o, CONFLICT,
		"同一片区封存的抽取 %s 还没有揭示，公开方式的名单会让人看出它抽中了谁："
		"请取消这一次，不带 --open 重新准备（封存方式），或者等 %s 揭示以后再锁定",
		other, other);
}

int life_beside_reserve(struct office *o, struct arena *a, const struct draw_row *row)
{
	const char *other;
	int rc = life_beside_sealed(o, a, row, &other);

	if (rc != OK)
		return rc == NONE ? OK : rc;
	return life_refuse(
		o, CONFLICT,
		"同一片区封存的抽取 %s 还没有揭示，这次抽取的候补是公开的，"
		"现在不论轮到哪一家都不能接替，免得让人看出它抽中了谁：等 %s 揭示以后再更换",
		other, other);
}

/* Draws with visits that wait, each once. */
struct keeping {
	struct arena *arena;
	const struct draw_row *row;
	int64_t *draws;
	size_t count, size;
};

static bool kept(const struct keeping *k, int64_t draw)
{
	for (size_t i = 0; i < k->count; i++)
		if (k->draws[i] == draw)
			return true;
	return false;
}

static int find_draw(void *arg, const struct visit_row *visit)
{
	struct keeping *k = arg;

	if (visit->draw == 0 || visit->draw == k->row->key || kept(k, visit->draw))
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

int life_beside_keep(struct office *o, struct arena *a, const struct draw_row *row)
{
	struct keeping k = { .arena = a, .row = row };
	struct draw_row other;

	if (!row->sealed)
		return OK;
	TRY(visit_walk_held(o->db, find_draw, &k));
	for (size_t i = 0; i < k.count; i++) {
		TRY(draw_row_by_key(o->db, a, k.draws[i], &other));
		if (other.sealed && areas_meet(other.area, row->area))
			TRY(draw_wait_add(o->db, row->key, other.key));
	}
	return OK;
}
