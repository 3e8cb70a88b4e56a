/* test/vectors/dr1.c — draws end to end: from the text of the lists, the declaration and the record to
 * roots, R, drawn objects, reserves and teams; and result.tsv and result.root where the file has them. */
#include "core/declare.h"
#include "core/verify.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

struct case_of {
	const struct vectors_file *file;
	const json_t *expected;
	const char *name;
	struct draw_files files;
	struct region region;
	struct draw draw;
	struct draw_seed seed;
	struct draw_selection selection;
	struct draw_teams teams;
};

bool vectors_fits_dr1(const json_t *root)
{
	return vectors_array_of(root, "draw files declaration entropy_record expected");
}

static bool same_text(const json_t *want, const char *have, size_t len)
{
	return span_equal(vectors_span(want), (struct span){ have, len });
}

static void check_roots(const struct case_of *c, const struct declaration *d)
{
	const json_t *objects = json_object_get(c->expected, "objects_root");
	const json_t *inspectors = json_object_get(c->expected, "inspectors_root");
	const json_t *conflicts = json_object_get(c->expected, "conflicts_root");

	if (objects)
		VECTOR(c->file, same_text(objects, d->objects_root.at, 64), c->name);
	if (inspectors)
		VECTOR(c->file, same_text(inspectors, d->inspectors_root.at, 64), c->name);
	if (conflicts)
		VECTOR(c->file, same_text(conflicts, d->conflicts_root.at, 64), c->name);
}

static void check_declaration(struct case_of *c)
{
	struct declaration d;
	struct problem problem = { 0 };
	struct record record;
	struct span text = c->files.file[CORE_FILE_DECLARATION];
	char hex[64];

	if (!VECTOR(c->file, declaration_parse(text, &d, &problem) == CORE_OK, c->name))
		return;
	VECTOR(c->file, declaration_check_lists(&d, &c->files, &problem) == CORE_OK, c->name);
	check_roots(c, &d);
	VECTOR(c->file,
	       record_parse(c->files.file[CORE_FILE_RECORD], &d, &record, &problem) == CORE_OK,
	       c->name);
	VECTOR(c->file, declare_floor(&d).enough_alone, c->name);
	sha256_hex(text, hex);
	VECTOR(c->file, same_text(json_object_get(c->expected, "declaration_sha256"), hex, 64),
	       c->name);
	draw_seed(text, c->files.file[CORE_FILE_RECORD], &c->seed);
	VECTOR(c->file, same_text(json_object_get(c->expected, "seed_R"), c->seed.hex, 64),
	       c->name);
}

static void check_stratum(const struct case_of *c, const char *name, const json_t *want)
{
	int64_t at = rules_find(&c->draw.rules, (struct span){ name, strlen(name) });
	const json_t *drawn = json_object_get(want, "drawn");
	const json_t *reserves = json_object_get(want, "reserves");
	const struct draw_stratum *s;
	struct ticket_seed tickets;

	if (!VECTOR(c->file, at >= 0, name))
		return;
	s = &c->selection.strata[at];
	VECTOR(c->file, c->draw.members[at] == (uint64_t)vectors_number(want, "population", -1),
	       name);
	VECTOR(c->file, s->quota == (uint64_t)vectors_number(want, "quota", -1), name);
	VECTOR(c->file,
	       s->quota - s->drawn_count == (uint64_t)vectors_number(want, "shortfall", -1), name);
	if (!VECTOR(c->file, s->drawn_count == json_array_size(drawn), name) ||
	    !VECTOR(c->file, s->reserve_count == json_array_size(reserves), name))
		return;
	draw_tickets(&c->seed, &tickets);
	for (uint32_t i = 0; i < s->drawn_count + s->reserve_count; i++) {
		const json_t *row = i < s->drawn_count
					    ? json_array_get(drawn, i)
					    : json_array_get(reserves, i - s->drawn_count);
		struct span id = draw_id_at(&c->draw, s->entries[i].where);
		uint8_t digest[SHA256_SIZE];
		char ticket[TICKET_ROOM];

		ticket_digest(&tickets, id, digest);
		VECTOR(c->file,
		       span_equal(id,
				  vectors_span(json_is_array(row) ? json_array_get(row, 0) : row)),
		       name);
		if (json_is_array(row))
			VECTOR(c->file,
			       same_text(json_array_get(row, 1), ticket,
					 ticket_text(digest, ticket)),
			       name);
	}
}

static void check_selection(struct case_of *c)
{
	const char *name;
	json_t *want;

	if (!VECTOR(c->file, draw_select(&c->draw, &c->seed, &c->region, &c->selection) == CORE_OK,
		    c->name))
		return;
	json_object_foreach(json_object_get(c->expected, "strata"), name, want)
		check_stratum(c, name, want);
}

static int64_t find_visit(const struct case_of *c, struct span id)
{
	for (uint32_t i = 0; i < c->teams.problem.visit_count; i++) {
		if (span_equal(c->teams.problem.visits[i].id, id))
			return i;
	}
	return -1;
}

static void check_team(const struct case_of *c, const char *visit, const json_t *want)
{
	int64_t v = find_visit(c, (struct span){ visit, strlen(visit) });
	const struct assign_result *r = &c->teams.result;

	if (!VECTOR(c->file, v >= 0, visit) ||
	    !VECTOR(c->file, r->team_start[v + 1] - r->team_start[v] == json_array_size(want),
		    visit))
		return;
	for (size_t i = 0; i < json_array_size(want); i++) {
		uint32_t who = r->members[r->team_start[v] + i];

		VECTOR(c->file,
		       span_equal(vectors_span(json_array_get(want, i)),
				  c->draw.inspectors[who].id),
		       visit);
	}
}

static int descending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x < y) - (x > y);
}

static void check_totals(const struct case_of *c, const json_t *want)
{
	uint64_t totals[1000];
	uint32_t count = c->draw.inspector_count;

	if (!json_is_array(want) || count > 1000)
		return;
	for (uint32_t i = 0; i < count; i++)
		totals[i] = (uint64_t)c->draw.inspectors[i].base + c->teams.result.load[i];
	qsort(totals, count, sizeof(totals[0]), descending);
	VECTOR(c->file, json_array_size(want) == count, c->name);
	for (uint32_t i = 0; i < count; i++)
		VECTOR(c->file, totals[i] == (uint64_t)json_integer_value(json_array_get(want, i)),
		       c->name);
}

static void check_teams(struct case_of *c)
{
	const json_t *want = json_object_get(c->expected, "assignment");
	bool feasible = json_is_true(json_object_get(want, "feasible"));
	const char *visit;
	json_t *team;

	if (!VECTOR(c->file,
		    draw_teams(&c->draw, &c->seed, &c->selection, &c->region, &c->teams) == CORE_OK,
		    c->name) ||
	    !VECTOR(c->file, c->teams.feasible == feasible, c->name))
		return;
	VECTOR(c->file,
	       vectors_number(c->expected, "relaxed", c->teams.relaxed) == c->teams.relaxed,
	       c->name);
	if (!feasible) {
		VECTOR(c->file,
		       vectors_number(want, "unmet_min", (long long)c->teams.result.unmet) ==
			       (long long)c->teams.result.unmet,
		       c->name);
		return;
	}
	check_totals(c, json_object_get(want, "totals_desc"));
	json_object_foreach(json_object_get(want, "teams"), visit, team) check_team(c, visit, team);
}

static void check_result(struct case_of *c)
{
	const json_t *tsv = json_object_get(c->expected, "result_tsv");
	const json_t *root = json_object_get(c->expected, "result_root");
	struct draw_result result;

	if (!VECTOR(c->file,
		    draw_result(&c->draw, &c->seed, &c->selection, &c->teams, &c->region,
				&result) == CORE_OK,
		    c->name))
		return;
	if (tsv)
		VECTOR(c->file, same_text(tsv, result.tsv.at, result.tsv.len), c->name);
	if (root)
		VECTOR(c->file, same_text(root, result.root, sizeof(result.root)), c->name);
	c->files.file[CORE_FILE_RESULT] = result.tsv;
}

static void check_draw(const struct vectors_file *file, const json_t *one)
{
	static const struct {
		const char *key;
		enum core_file file;
	} lists[] = { { "objects.tsv", CORE_FILE_OBJECTS },
		      { "inspectors.tsv", CORE_FILE_INSPECTORS },
		      { "conflicts.tsv", CORE_FILE_CONFLICTS },
		      { "rules.txt", CORE_FILE_RULES } };
	struct case_of c = { .file = file,
			     .expected = json_object_get(one, "expected"),
			     .name = vectors_text(file, one, "draw"),
			     .region.size = 64 << 20 };
	struct problem problem = { 0 };

	for (size_t i = 0; i < CORE_COUNT(lists); i++)
		c.files.file[lists[i].file] =
			vectors_span(json_object_get(json_object_get(one, "files"), lists[i].key));
	c.files.file[CORE_FILE_DECLARATION] = vectors_span(json_object_get(one, "declaration"));
	c.files.file[CORE_FILE_RECORD] = vectors_span(json_object_get(one, "entropy_record"));
	/* One room for all: what the one before left in it must not matter. */
	static void *room;
	room = room ? room : malloc(c.region.size);
	c.region.base = room;
	if (VECTOR(file, draw_open(&c.files, &c.region, &c.draw, &problem) == CORE_OK, c.name)) {
		check_declaration(&c);
		check_selection(&c);
		check_teams(&c);
		check_result(&c);
	}
}

size_t vectors_check_dr1(const struct vectors_file *file)
{
	size_t i;
	json_t *one;

	json_array_foreach(file->root, i, one) check_draw(file, one);
	return json_array_size(file->root);
}
