/* core/draw.c — opening a draw's lists, and the scan that draws. */
#include "core/draw.h"

#include "core/text.h"

enum { RESERVES_WRITTEN = 3, SCAN_BATCH = 64 };

static struct span objects_of(const struct draw *d)
{
	return d->files.file[CORE_FILE_OBJECTS];
}

int draw_open_begin(const struct draw_files *files, uint32_t parts, struct region *r,
		    struct draw_opening *ret, struct problem *problem)
{
	struct draw_opening o = { .draw.files = *files, .count = parts };
	struct draw *d = &o.draw;
	struct list_people people;

	CORE_TRY(rules_parse(files->file[CORE_FILE_RULES], r, &d->rules, problem));
	CORE_TRY(list_inspectors(files->file[CORE_FILE_INSPECTORS], r, &d->inspectors,
				 &d->inspector_count, problem));
	people = (struct list_people){ d->inspectors, d->inspector_count };
	CORE_TRY(list_conflicts(files->file[CORE_FILE_CONFLICTS], &people, r, &d->conflicts,
				&d->conflict_count, problem));
	CORE_TRY(list_objects_ends(objects_of(d), problem));
	d->members = region_take(r, d->rules.stratum_count, sizeof(*d->members));
	o.parts = region_take(r, parts, sizeof(*o.parts));
	if (!d->members || !o.parts)
		return CORE_FULL;
	for (uint32_t i = 0; i < parts; i++) {
		o.parts[i].members = region_take(r, d->rules.stratum_count, sizeof(*d->members));
		if (!o.parts[i].members)
			return CORE_FULL;
	}
	*ret = o;
	return CORE_OK;
}

void draw_open_part(struct draw_opening *o, uint32_t part, uint64_t from, uint64_t to)
{
	CORE_ASSERT(part < o->count);
	list_objects_part(objects_of(&o->draw), &o->draw.rules, from, to, &o->parts[part]);
}

static int check_conflict_objects(struct draw *d, struct problem *problem)
{
	for (uint32_t i = 0; i < d->conflict_count; i++) {
		struct draw_conflict *c = &d->conflicts[i];

		if (!draw_find_object(d, c->object, &c->where))
			return problem_at(problem, PROBLEM_CONFLICT_OBJECT, CORE_FILE_CONFLICTS,
					  i + 1, c->object);
	}
	return CORE_OK;
}

int draw_open_end(struct draw_opening *o, struct draw *ret, struct problem *problem)
{
	struct draw *d = &o->draw;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct list_part *part = &o->parts[i];

		if (part->rc != CORE_OK) {
			*problem = part->problem;
			problem->line += d->object_count;
			return part->rc;
		}
		d->object_count += part->lines;
		for (uint32_t s = 0; s < d->rules.stratum_count; s++)
			d->members[s] += part->members[s];
	}
	if (d->object_count > LIST_MOST_OBJECTS)
		return problem_set(problem, (struct problem){ .code = PROBLEM_FILE_LARGE,
							      .file = CORE_FILE_OBJECTS,
							      .have = LIST_MOST_OBJECTS });
	CORE_TRY(check_conflict_objects(d, problem));
	*ret = *d;
	return CORE_OK;
}

int draw_open(const struct draw_files *files, struct region *r, struct draw *ret,
	      struct problem *problem)
{
	struct draw_opening o;

	CORE_TRY(draw_open_begin(files, 1, r, &o, problem));
	draw_open_part(&o, 0, 0, files->file[CORE_FILE_OBJECTS].len);
	return draw_open_end(&o, ret, problem);
}

void draw_object_at(const struct draw *d, uint64_t offset, struct draw_object *ret)
{
	struct span rest = objects_of(d), line;

	CORE_ASSERT(offset < rest.len);
	rest = (struct span){ rest.at + offset, rest.len - (size_t)offset };
	text_line(&rest, &line);
	list_object(line, ret);
}

struct span draw_id_at(const struct draw *d, uint64_t offset)
{
	struct span text = objects_of(d);
	const char *at = text.at + offset, *tab;

	CORE_ASSERT(offset < text.len);
	tab = text_find(at, '\t', text.len - (size_t)offset);
	return (struct span){ at, (size_t)(tab - at) };
}

bool draw_find_object(const struct draw *d, struct span id, uint64_t *offset)
{
	return list_find_object(objects_of(d), id, offset);
}

bool draw_find_inspector(const struct draw *d, struct span id, uint32_t *index)
{
	struct list_people people = { d->inspectors, d->inspector_count };

	return list_find_inspector(&people, id, index);
}

static struct span entry_id(const void *list, uint64_t where)
{
	return draw_id_at(list, where);
}

static struct span seed_span(const struct draw_seed *seed)
{
	return (struct span){ seed->hex, sizeof(seed->hex) };
}

void draw_tickets(const struct draw_seed *seed, struct ticket_seed *ret)
{
	char text[96];
	struct writer w = { text, sizeof(text), 0, false };

	write_span(&w, seed_span(seed));
	write_literal(&w, "/objects");
	ticket_seed_init(ret, (struct span){ text, w.len });
}

int draw_scan_begin(const struct draw *d, const struct draw_seed *seed, uint32_t parts,
		    struct region *r, struct draw_scan *ret)
{
	uint32_t count = d->rules.stratum_count;
	struct select_stratum *strata = region_take(r, count, sizeof(*strata));

	*ret = (struct draw_scan){ .draw = d, .parts = parts };
	ret->quotas = region_take(r, count, sizeof(*ret->quotas));
	ret->selectors = region_take(r, parts, sizeof(*ret->selectors));
	if (!strata || !ret->quotas || !ret->selectors)
		return CORE_FULL;
	draw_tickets(seed, &ret->tickets);
	CORE_TRY(rules_quotas(&d->rules, d->members, seed_span(seed), r, ret->quotas));
	for (uint32_t i = 0; i < count; i++)
		strata[i] =
			(struct select_stratum){ d->members[i], ret->quotas[i], RESERVES_WRITTEN };
	for (uint32_t i = 0; i < parts; i++)
		CORE_TRY(select_init(&ret->selectors[i], r, &ret->tickets, strata, count, entry_id,
				     d));
	return CORE_OK;
}

/* Objects on their way to a selector, a batch at a time. */
struct batch {
	struct span ids[SCAN_BATCH];
	uint32_t strata[SCAN_BATCH];
	uint64_t where[SCAN_BATCH];
	size_t count;
};

/* Id and stratum of the next line, which was checked. */
static void batch_take(struct batch *b, const struct rules *rules, struct span *rest,
		       const char *text)
{
	struct span line, c[2];

	text_cells(rest, &line, c, 2);
	b->ids[b->count] = c[0];
	b->strata[b->count] = (uint32_t)rules_find(rules, c[1]);
	b->where[b->count++] = (uint64_t)(line.at - text);
}

void draw_scan_part(struct draw_scan *s, uint32_t part, uint64_t from, uint64_t to)
{
	struct span text = objects_of(s->draw), rest;
	uint64_t start = list_line_at(text, from), stop = list_line_at(text, to);
	struct select *selector = &s->selectors[part];
	struct batch b = { .count = 0 };

	CORE_ASSERT(part < s->parts && from <= to);
	rest = (struct span){ text.at + start, (size_t)(stop - start) };
	while (rest.len > 0) {
		batch_take(&b, &s->draw->rules, &rest, text.at);
		if (b.count < SCAN_BATCH)
			continue;
		select_add_ids(selector, b.ids, b.strata, b.where, b.count);
		b.count = 0;
	}
	select_add_ids(selector, b.ids, b.strata, b.where, b.count);
}

int draw_scan_end(struct draw_scan *s, struct region *r, struct draw_selection *ret)
{
	uint32_t count = s->draw->rules.stratum_count;
	struct draw_selection out = { 0 };

	out.strata = region_take(r, count, sizeof(*out.strata));
	if (!out.strata)
		return CORE_FULL;
	for (uint32_t i = 1; i < s->parts; i++)
		select_merge(&s->selectors[0], &s->selectors[i]);
	for (uint32_t i = 0; i < count; i++) {
		struct draw_stratum *stratum = &out.strata[i];
		size_t found = select_finish(&s->selectors[0], i, &stratum->entries);

		stratum->quota = s->quotas[i];
		stratum->drawn_count = (uint32_t)(found < stratum->quota ? found : stratum->quota);
		stratum->reserve_count = (uint32_t)found - stratum->drawn_count;
		out.drawn_total += stratum->drawn_count;
	}
	*ret = out;
	return CORE_OK;
}

int draw_select(const struct draw *d, const struct draw_seed *seed, struct region *r,
		struct draw_selection *ret)
{
	struct draw_scan scan;

	CORE_TRY(draw_scan_begin(d, seed, 1, r, &scan));
	draw_scan_part(&scan, 0, 0, objects_of(d).len);
	return draw_scan_end(&scan, r, ret);
}
