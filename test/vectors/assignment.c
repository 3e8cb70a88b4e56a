/* test/vectors/assignment.c — teams: feasibility, shortage, balance, canonical answer. */
#include "core/assign.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 8 << 20 };

struct named {
	const char *id;
	uint32_t index;
};

/* One case, as core wants it. */
struct teams_case {
	const struct vectors_file *file;
	const json_t *json;
	const char *name;
	struct assign_problem problem;
	struct named *people; /* sorted by id */
	struct region region;
	bool broken; /* a list names nobody of the case */
};

static void *take(struct teams_case *c, size_t count, size_t size)
{
	void *out = region_take(&c->region, count + 1, size);

	if (!out)
		abort();
	return out;
}

static int by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Index of an inspector, or UINT32_MAX and the case is broken. */
static uint32_t person(struct teams_case *c, const json_t *id)
{
	struct named key = { json_is_string(id) ? json_string_value(id) : "", 0 };
	const struct named *found =
		bsearch(&key, c->people, c->problem.inspector_count, sizeof(key), by_id);

	if (!found)
		c->broken = true;
	return found ? found->index : UINT32_MAX;
}

static void read_people(struct teams_case *c)
{
	const json_t *list = json_object_get(c->json, "inspectors");
	size_t count = json_array_size(list);
	struct assign_inspector *to = take(c, count, sizeof(*to));

	c->people = take(c, count, sizeof(*c->people));
	for (size_t k = 0; k < count; k++) {
		const json_t *from = json_array_get(list, k);
		const char *id = vectors_text(c->file, from, "id");

		to[k].id = span_of(id);
		to[k].senior = strcmp(vectors_text(c->file, from, "grade"), "S") == 0;
		to[k].limit = (uint32_t)vectors_number(from, "cap", UINT32_MAX);
		to[k].base = (uint32_t)vectors_number(from, "base", 0);
		c->people[k] = (struct named){ id, (uint32_t)k };
	}
	c->problem.inspectors = to;
	c->problem.inspector_count = (uint32_t)count;
	qsort(c->people, count, sizeof(*c->people), by_id);
}

static void read_pool(struct teams_case *c, const json_t *eligible, struct assign_pool *to)
{
	size_t count = json_array_size(eligible);
	uint32_t *list = take(c, count, sizeof(*list));

	for (size_t k = 0; k < count; k++)
		list[k] = person(c, json_array_get(eligible, k));
	qsort(list, count, sizeof(*list), by_number);
	to->inspectors = list;
	to->count = (uint32_t)count;
}

static void read_visits(struct teams_case *c)
{
	const json_t *list = json_object_get(c->json, "visits");
	size_t count = json_array_size(list);
	struct assign_visit *to = take(c, count, sizeof(*to));
	struct assign_pool *pools = take(c, count, sizeof(*pools));

	for (size_t k = 0; k < count; k++) {
		const json_t *from = json_array_get(list, k);

		to[k].id = span_of(vectors_text(c->file, from, "id"));
		to[k].need = (uint32_t)vectors_number(from, "need", 2);
		to[k].min_senior = (uint32_t)vectors_number(from, "min_senior", 0);
		to[k].min_junior = (uint32_t)vectors_number(from, "min_junior", 0);
		to[k].pool = (uint32_t)k;
		read_pool(c, json_object_get(from, "eligible"), &pools[k]);
	}
	c->problem.visits = to;
	c->problem.pools = pools;
	c->problem.visit_count = c->problem.pool_count = (uint32_t)count;
}

static int descending(const void *a, const void *b)
{
	return -by_number(a, b);
}

static bool totals_match(struct teams_case *c, const json_t *want, const uint32_t *load)
{
	uint32_t count = c->problem.inspector_count;
	uint32_t *totals = take(c, count, sizeof(*totals));
	bool ok = json_array_size(want) == count;

	for (uint32_t i = 0; i < count; i++)
		totals[i] = c->problem.inspectors[i].base + load[i];
	qsort(totals, count, sizeof(*totals), descending);
	for (uint32_t i = 0; ok && i < count; i++)
		ok = json_integer_value(json_array_get(want, i)) == totals[i];
	return ok;
}

static void check_teams(struct teams_case *c, const json_t *canonical,
			const struct assign_result *have)
{
	VECTOR(c->file, json_object_size(canonical) == c->problem.visit_count, c->name);
	for (uint32_t v = 0; v < c->problem.visit_count; v++) {
		const json_t *team = json_object_get(canonical, c->problem.visits[v].id.at);
		uint32_t count = have->team_start[v + 1] - have->team_start[v];
		bool same = json_array_size(team) == count;

		for (uint32_t k = 0; same && k < count; k++)
			same = person(c, json_array_get(team, k)) ==
			       have->members[have->team_start[v] + k];
		VECTOR(c->file, same, c->problem.visits[v].id.at);
	}
}

/* Sum over the marks of spec/draw.md 4.4, which is to be exactly what is short. */
static int64_t shortage(const struct teams_case *c, const uint8_t *marks)
{
	const struct assign_problem *p = &c->problem;
	int64_t sum = 0;
	int64_t *seats = calloc(p->inspector_count + 1, sizeof(*seats));

	for (uint32_t v = 0; seats && v < p->visit_count; v++) {
		const struct assign_pool *pool = &p->pools[v];

		sum += marks[v] == ASSIGN_SHORT_BOTH     ? p->visits[v].need
		       : marks[v] == ASSIGN_SHORT_SENIOR ? p->visits[v].min_senior
		       : marks[v] == ASSIGN_SHORT_JUNIOR ? p->visits[v].min_junior
							 : 0;
		for (uint32_t k = 0; k < pool->count; k++) {
			uint32_t i = pool->inspectors[k];

			seats[i] +=
				(marks[v] & (p->inspectors[i].senior ? ASSIGN_SHORT_SENIOR
								     : ASSIGN_SHORT_JUNIOR)) != 0;
		}
	}
	for (uint32_t i = 0; seats && i < p->inspector_count; i++)
		sum -= seats[i] < p->inspectors[i].limit ? seats[i] : p->inspectors[i].limit;
	free(seats);
	return sum;
}

static void check_case(struct teams_case *c)
{
	const json_t *want = json_object_get(c->json, "expected"), *part;
	struct assign_result have = { 0 };
	bool feasible = json_is_true(json_object_get(want, "feasible"));
	int rc;

	c->problem.seed = span_of(vectors_text(c->file, c->json, "seed"));
	read_people(c);
	read_visits(c);
	VECTOR(c->file, !c->broken, c->name);
	if (c->broken)
		return;
	rc = assign_solve(&c->problem, &c->region, &have);
	VECTOR(c->file, rc == (feasible ? CORE_OK : CORE_INFEASIBLE), c->name);
	VECTOR(c->file,
	       vectors_number(want, "unmet_min", (long long)have.unmet) == (long long)have.unmet,
	       c->name);
	if (rc == CORE_INFEASIBLE)
		VECTOR(c->file, shortage(c, have.marks) == (int64_t)have.unmet, c->name);
	if (rc != CORE_OK || !feasible)
		return;
	if ((part = json_object_get(want, "totals_desc")) != NULL)
		VECTOR(c->file, totals_match(c, part, have.load), c->name);
	if ((part = json_object_get(want, "canonical")) != NULL)
		check_teams(c, part, &have);
}

/* Cells of the eligible lists, which decide how much memory a case takes. */
static size_t cells(const json_t *json)
{
	const json_t *visits = json_object_get(json, "visits");
	size_t sum = json_array_size(json_object_get(json, "inspectors"));

	for (size_t k = 0; k < json_array_size(visits); k++) {
		const json_t *visit = json_array_get(visits, k);

		sum += 1 + json_array_size(json_object_get(visit, "eligible")) +
		       (size_t)vectors_number(visit, "need", 0);
	}
	return sum;
}

bool vectors_fits_assignment(const json_t *root)
{
	return vectors_array_of(root, "seed inspectors visits expected");
}

size_t vectors_check_assignment(const struct vectors_file *file)
{
	size_t count = json_array_size(file->root);

	for (size_t k = 0; k < count; k++) {
		struct teams_case c = { .file = file, .json = json_array_get(file->root, k) };
		size_t size = ROOM + cells(c.json) * 400;

		c.name = vectors_text(file, c.json, "name");
		c.region = (struct region){ malloc(size), size, 0 };
		if (VECTOR(file, c.region.base != NULL, c.name))
			check_case(&c);
		free(c.region.base);
	}
	return count;
}
