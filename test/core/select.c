/* test/core/select.c — bottom-k against sorting everything, in one pass, batched, and merged from parts. */
#include "core/select.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { OBJECTS = 6000, STRATA = 7, PARTS = 4, ID_ROOM = 12 };

struct objects {
	char ids[OBJECTS][ID_ROOM];
	struct span spans[OBJECTS];
	uint64_t keys[OBJECTS], where[OBJECTS];
	uint32_t strata[OBJECTS];
	size_t count;
	struct ticket_seed seed;
	struct select_stratum wanted[STRATA];
};

static struct span id_of(const void *list, uint64_t where)
{
	return ((const struct objects *)list)->spans[where];
}

/* `stride` puts the objects into strata: 0 all into one, 1 by turns. */
static struct objects *objects_new(size_t count, uint32_t stride)
{
	static const uint64_t quotas[STRATA] = { 1, 0, 40, 100000, 3, 0, 700 };
	static const uint64_t reserves[STRATA] = { 3, 3, 3, 3, 0, 0, 5 };
	struct objects *o = calloc(1, sizeof(*o));

	o->count = count;
	ticket_seed_init(&o->seed, SPAN("select"));
	for (uint32_t i = 0; i < STRATA; i++)
		o->wanted[i] = (struct select_stratum){ 0, quotas[i], reserves[i] };
	for (uint32_t i = 0; i < count; i++) {
		int len = snprintf(o->ids[i], ID_ROOM, "o-%05u", i);

		o->spans[i] = (struct span){ o->ids[i], (size_t)len };
		o->strata[i] = stride == 0 ? 6 : i * stride % STRATA;
		o->where[i] = i;
		o->wanted[o->strata[i]].members++;
	}
	ticket_keys(&o->seed, o->spans, count, o->keys);
	return o;
}

static const struct objects *sorted;

static int by_key_and_id(const void *a, const void *b)
{
	uint64_t i = *(const uint64_t *)a, j = *(const uint64_t *)b;
	uint8_t x[SHA256_SIZE], y[SHA256_SIZE];
	int order;

	if (sorted->keys[i] != sorted->keys[j])
		return sorted->keys[i] < sorted->keys[j] ? -1 : 1;
	ticket_digest(&sorted->seed, sorted->spans[i], x);
	ticket_digest(&sorted->seed, sorted->spans[j], y);
	order = ticket_compare(x, y);
	return order != 0 ? order : span_compare(sorted->spans[i], sorted->spans[j]);
}

/* What must come out of a stratum: everything sorted, cut to quota and reserves. */
static bool stratum_is(const struct objects *o, uint32_t stratum, const struct select_entry *have,
		       size_t count)
{
	uint64_t *order = malloc((o->count + 1) * sizeof(*order));
	uint64_t keep = o->wanted[stratum].quota + o->wanted[stratum].reserves;
	size_t members = 0;
	bool same;

	for (uint64_t i = 0; i < o->count; i++) {
		if (o->strata[i] == stratum)
			order[members++] = i;
	}
	sorted = o;
	qsort(order, members, sizeof(*order), by_key_and_id);
	same = count == (members < keep ? members : keep);
	for (size_t i = 0; i < count && same; i++)
		same = have[i].where == order[i] && have[i].key == o->keys[order[i]];
	free(order);
	return same;
}

static void check_all(const struct objects *o, struct select *s)
{
	for (uint32_t i = 0; i < STRATA; i++) {
		const struct select_entry *entries;
		size_t count = select_finish(s, i, &entries);

		CHECK(stratum_is(o, i, entries, count));
	}
}

static void check_parts(const struct objects *o, uint32_t parts, bool known, bool batched)
{
	/* One room for all: what the one before left in it must not matter. */
	static void *room;
	const size_t size = (size_t)64 << 20;
	room = room ? room : malloc(size);
	struct region r = { room, size, 0 };
	struct select_stratum wanted[STRATA];
	struct select selectors[PARTS];

	memcpy(wanted, o->wanted, sizeof(wanted));
	for (uint32_t i = 0; i < STRATA && !known; i++)
		wanted[i].members = SELECT_UNKNOWN;
	for (uint32_t p = 0; p < parts; p++) {
		size_t from = o->count * p / parts, to = o->count * (p + 1) / parts;

		CHECK_INT(select_init(&selectors[p], &r, &o->seed, wanted, STRATA, id_of, o),
			  CORE_OK);
		if (batched)
			select_add_ids(&selectors[p], o->spans + from, o->strata + from,
				       o->where + from, to - from);
		for (size_t i = from; i < to && !batched; i++)
			select_add(&selectors[p], o->strata[i], o->keys[i], i);
	}
	for (uint32_t p = 1; p < parts; p++)
		select_merge(&selectors[0], &selectors[p]);
	check_all(o, &selectors[0]);
}

static void check_ways(const struct objects *o, bool batched_too)
{
	for (int known = 0; known <= 1; known++) {
		check_parts(o, 1, known, false);
		check_parts(o, PARTS, known, false);
		if (batched_too) {
			check_parts(o, 1, known, true);
			check_parts(o, PARTS, known, true);
		}
	}
}

TEST(select_is_sorting_everything)
{
	static const size_t counts[] = { 0, 1, 33, 700, OBJECTS };

	for (size_t i = 0; i < CORE_COUNT(counts); i++) {
		for (uint32_t stride = 0; stride <= 2; stride++) {
			struct objects *o = objects_new(counts[i], stride);

			check_ways(o, true);
			free(o);
		}
	}
}

/* Keys that come in the worst order, and keys that decide nothing. */
TEST(select_is_exact_for_adversarial_keys)
{
	struct objects *o = objects_new(OBJECTS, 0);

	for (size_t i = 0; i < OBJECTS; i++)
		o->keys[i] = OBJECTS - i; /* each new one is lower: all are kept for a while */
	check_ways(o, false);
	for (size_t i = 0; i < OBJECTS; i++)
		o->keys[i] = i;
	check_ways(o, false);
	o->count = 2000;
	o->wanted[6].members = 2000;
	for (size_t i = 0; i < OBJECTS; i++)
		o->keys[i] = i / 900; /* ties across the limit */
	check_ways(o, false);
	for (size_t i = 0; i < OBJECTS; i++)
		o->keys[i] = UINT64_MAX;
	check_ways(o, false);
	free(o);
}

TEST(select_takes_little_memory)
{
	struct ticket_seed seed;
	unsigned char *room = malloc(1 << 20);
	struct region r = { room, 1 << 20, 0 };
	struct select_stratum known = { 100, UINT64_MAX, UINT64_MAX };
	struct select_stratum unknown = { SELECT_UNKNOWN, 1000, 3 };
	struct select_stratum endless = { SELECT_UNKNOWN, UINT64_MAX, UINT64_MAX };
	struct select_stratum none = { 0, 1000, 3 };
	const struct select_entry *entries;
	struct select s;

	ticket_seed_init(&seed, SPAN("x"));
	CHECK_INT(select_init(&s, &r, &seed, &known, 1, id_of, NULL), CORE_OK);
	CHECK(r.used <= 100 * 16 + 128);
	region_reset(&r, 0);
	CHECK_INT(select_init(&s, &r, &seed, &unknown, 1, id_of, NULL), CORE_OK);
	CHECK(r.used <= 1400 * 16);
	region_reset(&r, 0);
	CHECK_INT(select_init(&s, &r, &seed, &none, 1, id_of, NULL), CORE_OK);
	CHECK(r.used <= 128);
	select_add(
		&s, 0, 0,
		0); /* a stratum that nobody is drawn from takes nothing, the lowest key neither */
	CHECK_INT(select_finish(&s, 0, &entries), 0);
	region_reset(&r, 0);
	CHECK_INT(select_init(&s, &r, &seed, &endless, 1, id_of, NULL), CORE_FULL);
	CHECK_INT(r.used, 0);
	r.size = 16;
	CHECK_INT(select_init(&s, &r, &seed, &known, 1, id_of, NULL), CORE_FULL);
	free(room);
}
