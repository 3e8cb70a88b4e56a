/* core/select.c — bottom-k of every stratum. A pool fills up with what may be drawn; when it is full it
 * is cut back to its k lowest, and the highest of those becomes the limit for what comes after. */
#include "core/select.h"

enum { SLACK_PART = 4, SLACK_LEAST = 64, BATCH = 32 };

/* So that room for any k can be computed without overflow; no memory holds as many entries. */
#define MOST_KEPT (1ULL << 58)

struct select_pool {
	struct select_entry *entries;
	uint64_t room, count;
	uint64_t keep;  /* k */
	uint64_t limit; /* a higher key cannot be among the k lowest */
};

/* Equal keys: the whole ticket, then the id. Mostly it is an entry met by itself, the sort's pivot. */
static bool tie_less(const struct select *s, const struct select_entry *a,
		     const struct select_entry *b)
{
	uint8_t x_digest[SHA256_SIZE], y_digest[SHA256_SIZE];
	struct span x, y;
	int order;

	if (a->where == b->where)
		return false;
	x = s->id(s->list, a->where);
	y = s->id(s->list, b->where);
	ticket_digest(s->seed, x, x_digest);
	ticket_digest(s->seed, y, y_digest);
	order = ticket_compare(x_digest, y_digest);
	return order != 0 ? order < 0 : span_compare(x, y) < 0;
}

static inline bool entry_less(const struct select *s, const struct select_entry *a,
			      const struct select_entry *b)
{
	return a->key != b->key ? a->key < b->key : tie_less(s, a, b);
}

#define SORT_NAME entries
#define SORT_TYPE struct select_entry
#define SORT_CONTEXT const struct select *
#define SORT_LESS(s, a, b) entry_less(s, a, b)
#define SORT_WANT_LOWEST
#include "core/sort.inc"

static uint64_t lesser(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static int pool_init(struct select_pool *p, struct region *r, const struct select_stratum *stratum)
{
	uint64_t quota = lesser(stratum->quota, MOST_KEPT);
	uint64_t keep = lesser(quota + lesser(stratum->reserves, MOST_KEPT), stratum->members);
	uint64_t room = lesser(keep + keep / SLACK_PART + SLACK_LEAST, stratum->members);

	if (keep == 0)
		room = 0;
	*p = (struct select_pool){
		.entries = region_take_raw(r, room, sizeof(p->entries[0])),
		.room = room,
		.keep = keep,
		.limit = keep == 0 ? 0 : UINT64_MAX,
	};
	return p->entries ? CORE_OK : CORE_FULL;
}

int select_init(struct select *s, struct region *r, const struct ticket_seed *seed,
		const struct select_stratum *strata, uint32_t count, select_id *id,
		const void *list)
{
	size_t mark = region_mark(r);
	struct select_pool *pools = region_take_raw(r, count, sizeof(pools[0]));

	if (!pools)
		return CORE_FULL;
	for (uint32_t i = 0; i < count; i++) {
		if (pool_init(&pools[i], r, &strata[i]) != CORE_OK) {
			region_reset(r, mark);
			return CORE_FULL;
		}
	}
	*s = (struct select){
		.seed = seed, .id = id, .list = list, .strata = count, .pools = pools
	};
	return CORE_OK;
}

static void pool_cut(const struct select *s, struct select_pool *p)
{
	CORE_ASSERT(p->count > p->keep);
	entries_lowest(s, p->entries, (size_t)p->count, (size_t)p->keep);
	p->count = p->keep;
	p->limit = 0;
	for (uint64_t i = 0; i < p->count; i++) {
		if (p->entries[i].key > p->limit)
			p->limit = p->entries[i].key;
	}
}

static inline void pool_add(const struct select *s, struct select_pool *p,
			    struct select_entry entry)
{
	if (entry.key > p->limit || p->keep == 0)
		return;
	if (p->count == p->room)
		pool_cut(s, p);
	p->entries[p->count++] = entry;
}

void select_add(struct select *s, uint32_t stratum, uint64_t key, uint64_t where)
{
	CORE_ASSERT(stratum < s->strata);
	pool_add(s, &s->pools[stratum], (struct select_entry){ key, where });
}

static void add_batch(struct select *s, const struct span *ids, const uint32_t *strata,
		      const uint64_t *where, size_t count)
{
	uint64_t limits[BATCH], keys[BATCH];

	for (size_t i = 0; i < count; i++) {
		CORE_ASSERT(strata[i] < s->strata);
		limits[i] = s->pools[strata[i]].limit;
	}
	ticket_keys_within(s->seed, ids, limits, count, keys);
	/* A limit only falls, so a key above the limit read before is above the one now. */
	for (size_t i = 0; i < count; i++)
		pool_add(s, &s->pools[strata[i]], (struct select_entry){ keys[i], where[i] });
}

void select_add_ids(struct select *s, const struct span *ids, const uint32_t *strata,
		    const uint64_t *where, size_t count)
{
	for (size_t at = 0; at < count; at += BATCH) {
		size_t part = count - at < BATCH ? count - at : BATCH;

		add_batch(s, ids + at, strata + at, where + at, part);
	}
}

void select_merge(struct select *s, struct select *from)
{
	CORE_ASSERT(s->strata == from->strata);
	for (uint32_t i = 0; i < s->strata; i++) {
		struct select_pool *p = &from->pools[i];

		for (uint64_t j = 0; j < p->count; j++)
			pool_add(s, &s->pools[i], p->entries[j]);
		p->count = 0;
	}
}

size_t select_finish(struct select *s, uint32_t stratum, const struct select_entry **ret)
{
	struct select_pool *p;

	CORE_ASSERT(stratum < s->strata);
	p = &s->pools[stratum];
	if (p->count > p->keep)
		pool_cut(s, p);
	entries_sort(s, p->entries, (size_t)p->count);
	*ret = p->entries;
	return (size_t)p->count;
}
