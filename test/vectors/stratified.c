/* test/vectors/stratified.c — drawn objects and reserves of every stratum, in one pass and merged. */
#include "core/select.h"
#include "core/ticket.h"
#include "sampler.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_STRATA = 10000, MOST_PARTS = 3 };

struct strata {
	const struct vectors_file *file;
	struct span seed;
	const json_t *rows;
	const json_t *expected;
	struct select_stratum wanted[MOST_STRATA];
	const char *names[MOST_STRATA];
	uint32_t count;
	uint32_t *of_row;
};

bool vectors_fits_stratified(const json_t *root)
{
	return vectors_object_of(root, "seed rows quota expected");
}

static struct span row_id(const void *list, uint64_t where)
{
	return vectors_span(json_array_get(json_array_get((const json_t *)list, (size_t)where), 0));
}

/* The N of a key "reserves_next<N>", and its list. */
static const json_t *reserves_of(json_t *stratum, unsigned long long *n)
{
	const char *key;
	json_t *value;

	json_object_foreach(stratum, key, value)
	{
		if (sscanf(key, "reserves_next%llu", n) == 1)
			return value;
	}
	*n = 0;
	return NULL;
}

/* Strata are those that the file expects something of; others get no quota. */
static void read_strata(struct strata *s)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)s->expected, name, value)
	{
		unsigned long long reserves;

		if (!VECTOR(s->file, s->count < MOST_STRATA, name))
			return;
		reserves_of(value, &reserves);
		s->names[s->count] = name;
		s->wanted[s->count++] = (struct select_stratum){
			.quota = (uint64_t)vectors_number(json_object_get(s->file->root, "quota"),
							  name, 0),
			.reserves = reserves,
		};
	}
}

static void place_rows(struct strata *s)
{
	size_t i;
	json_t *row;

	s->of_row = calloc(json_array_size(s->rows) + 1, sizeof(*s->of_row));
	json_array_foreach(s->rows, i, row)
	{
		const char *name = json_string_value(json_array_get(row, 1));
		uint32_t at = 0;

		while (at < s->count && (!name || strcmp(name, s->names[at]) != 0))
			at++;
		s->of_row[i] = at;
		if (at < s->count)
			s->wanted[at].members++;
	}
}

static bool same_rows(const struct strata *s, const struct select_entry *entries, size_t count,
		      const json_t *want)
{
	if (json_array_size(want) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const json_t *pair = json_array_get(want, i);
		struct span id = row_id(s->rows, entries[i].where);

		if (!span_equal(id, vectors_span(json_array_get(pair, 0))) ||
		    !vectors_is_ticket(s->seed, id, vectors_span(json_array_get(pair, 1))))
			return false;
	}
	return true;
}

static void check_stratum(const struct strata *s, struct select *selector, uint32_t i)
{
	json_t *want = json_object_get(s->expected, s->names[i]);
	const struct select_entry *entries;
	size_t found = select_finish(selector, i, &entries);
	uint64_t quota = s->wanted[i].quota;
	size_t drawn = found < quota ? found : (size_t)quota;
	unsigned long long reserves;
	const json_t *next = reserves_of(want, &reserves);

	VECTOR(s->file, same_rows(s, entries, drawn, json_object_get(want, "drawn")), s->names[i]);
	if (next)
		VECTOR(s->file, same_rows(s, entries + drawn, found - drawn, next), s->names[i]);
	VECTOR(s->file,
	       vectors_number(want, "population", (long long)s->wanted[i].members) ==
		       (long long)s->wanted[i].members,
	       s->names[i]);
	VECTOR(s->file,
	       vectors_number(want, "shortfall", (long long)(quota - drawn)) ==
		       (long long)(quota - drawn),
	       s->names[i]);
}

/* Row i goes to part i % parts; then all are merged into the first. */
static void check_parts(struct strata *s, uint32_t parts, bool one_by_one)
{
	size_t size = 64 + json_array_size(s->rows) * 64 + s->count * 4096UL;
	struct region r = { .base = malloc(size * MOST_PARTS), .size = size * MOST_PARTS };
	struct select selectors[MOST_PARTS];
	struct ticket_seed seed;

	ticket_seed_init(&seed, s->seed);
	for (uint32_t i = 0; i < parts; i++)
		CHECK_INT(
			select_init(&selectors[i], &r, &seed, s->wanted, s->count, row_id, s->rows),
			CORE_OK);
	for (size_t i = 0; i < json_array_size(s->rows); i++) {
		struct select *to = &selectors[i % parts];
		struct span id = row_id(s->rows, i);
		uint64_t key, where = i;

		if (s->of_row[i] == s->count)
			continue;
		ticket_keys(&seed, &id, 1, &key);
		if (one_by_one)
			select_add(to, s->of_row[i], key, where);
		else
			select_add_ids(to, &id, &s->of_row[i], &where, 1);
	}
	for (uint32_t i = 1; i < parts; i++)
		select_merge(&selectors[0], &selectors[i]);
	for (uint32_t i = 0; i < s->count; i++)
		check_stratum(s, &selectors[0], i);
	free(r.base);
}

size_t vectors_check_stratified(const struct vectors_file *file)
{
	struct strata *s = calloc(1, sizeof(*s));
	size_t cases;

	s->file = file;
	s->seed = vectors_span(json_object_get(file->root, "seed"));
	s->rows = json_object_get(file->root, "rows");
	s->expected = json_object_get(file->root, "expected");
	read_strata(s);
	place_rows(s);
	cases = s->count;
	check_parts(s, 1, true);
	check_parts(s, MOST_PARTS, false);
	free(s->of_row);
	free(s);
	return cases;
}
