/* app/life_joint_lists.c — the lead's result says which sites, its lists what they are called. */
#include "app/life_joint_lists.h"

#include "app/life_joint.h"
#include "app/life_loaded.h"
#include "app/life_seal.h"
#include "app/plan_people.h"
#include "app/plan_tsv.h"
#include "base/status.h"
#include "core/text.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { WORD_BYTES = 16, WORD_ROOM = 2 * WORD_BYTES + 1, CODE_MOST = 31 };

static const size_t LIST_MOST = (size_t)1 << 30;

struct making {
	struct office *o;
	struct plan_notes *notes;
	struct arena *arena;
	const struct draw_row *row;
	int64_t day;
	struct life_loaded lead; /* the lead's draw */
	struct buf people;       /* the department's */
	struct plan_scene scene;
	struct plan_people who;
	struct plan_span period;
	char word[WORD_ROOM]; /* nobody can guess it */
	struct life_joint_lists *to;
};

static void make_word(struct making *m)
{
	uint8_t bytes[WORD_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(m->word, sizeof(m->word), bytes, sizeof(bytes));
}

static struct span keep(const struct making *m, const struct buf *b)
{
	return (struct span){ arena_mem(m->arena, buf_text(b), b->len), b->len };
}

/* ---- objects and rules ---- */

/* Is it a line of a drawn unit? */
static bool drawn_line(struct span line, struct span *id)
{
	struct span cell;

	span_cut(&line, '\t', id);
	for (int i = 0; i < 3; i++) /* stratum, rank, ticket */
		span_cut(&line, '\t', &cell);
	span_cut(&line, '\t', &cell);
	return span_equal(cell, SPAN("drawn"));
}

/* The lead's own speciality is none that this department's people could have. */
static void add_object(struct making *m, struct span id, struct buf *objects, struct buf *matters)
{
	const char *stratum = arena_printf(m->arena, "联合.%s", m->word);
	struct draw_object o;
	uint64_t offset;

	if (!draw_find_object(&m->lead.draw, id, &offset))
		return;
	draw_object_at(&m->lead.draw, offset, &o);
	const struct span cells[] = { o.id, span_of(stratum), o.name, o.scope, o.place };
	plan_tsv_add(objects, cells, COUNT(cells));
	buf_printf(matters, "%.*s\t\n", (int)o.id.len, o.id.at);
}

static int write_objects(struct making *m)
{
	CLEANUP(buf_release) struct buf objects;
	CLEANUP(buf_release) struct buf matters;
	struct span rest = m->lead.files.file[CORE_FILE_RESULT], line, id;

	buf_init(&objects, LIST_MOST);
	buf_init(&matters, LIST_MOST);
	while (text_line(&rest, &line))
		if (drawn_line(line, &id))
			add_object(m, id, &objects, &matters);
	TRY(buf_check(&objects));
	TRY(buf_check(&matters));
	m->to->objects = keep(m, &objects);
	m->to->matters = keep(m, &matters);
	return OK;
}

static bool begins(struct span line, const char *word)
{
	size_t len = strlen(word);

	return line.len >= len && memcmp(line.at, word, len) == 0;
}

/* Teams and relaxations as the lead has them; every quota is all, and each site is a trip of its own. */
static int write_rules(struct making *m)
{
	CLEANUP(buf_release) struct buf rules;
	struct span rest = m->lead.files.file[CORE_FILE_RULES], line;
	bool team = false;

	buf_init(&rules, LIST_MOST);
	while (text_line(&rest, &line)) {
		bool first = !team && begins(line, "team ");
		team |= first;
		if (first || begins(line, "relax "))
			buf_printf(&rules, "%.*s\n", (int)line.len, line.at);
	}
	buf_printf(&rules, "quota 联合.%s 1/1\n", m->word);
	TRY(buf_check(&rules));
	m->to->rules = keep(m, &rules);
	return OK;
}

/* ---- people ---- */

static int read_people(struct making *m)
{
	buf_init(&m->people, LIST_MOST);
	TRY(life_file_get(m->o, m->row, LIFE_DEPARTMENT, &m->people));
	struct span people = { buf_text(&m->people), m->people.len };
	TRY(life_joint_numbers(m->o, m->arena, m->row->department, people));
	if (plan_span_parse(m->row->period, &m->period) != OK)
		return INVALID;
	m->scene.inspectors =
		(struct span){ arena_mem(m->arena, people.at, people.len), people.len };
	m->scene.recusals = SPAN("");
	TRY(plan_people_read(&m->scene, &m->period, 0, &m->who));
	m->to->absent = m->who.absent;
	m->to->absent_count = m->who.absent_count;
	for (size_t i = 0; i < m->who.absent_count; i++)
		plan_note(m->notes, PLAN_INFO, "%s %s 不参加抽取：%s", m->who.absent[i].id,
			  m->who.absent[i].name, m->who.absent[i].reason);
	return OK;
}

static int write_inspectors(struct making *m)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, LIST_MOST);
	for (size_t i = 0; i < m->who.count; i++) {
		const struct plan_person *p = &m->who.list[i];
		char limit[24], base[24];
		snprintf(limit, sizeof(limit), "%u", p->limit);
		snprintf(base, sizeof(base), "%u", p->base);
		const struct span cells[] = { p->id,          p->senior ? SPAN("S") : SPAN("J"),
					      span_of(limit), span_of(base),
					      p->scopes,      p->skills };
		plan_tsv_add(&out, cells, COUNT(cells));
	}
	TRY(buf_check(&out));
	m->to->inspectors = keep(m, &out);
	if (m->who.count > 0)
		return OK;
	return life_refuse(m->o, INVALID, "%s的名单里这一天没有一名可以派的执法人员",
			   m->row->department);
}

/* ---- recusals ---- */

/* By number and name as the lead's list has them, whatever became of the registry's row since. */
static void match_objects(struct making *m, struct buf *out)
{
	struct span rest = m->lead.files.file[CORE_FILE_OBJECTS], line;

	while (text_line(&rest, &line)) {
		struct draw_object o;
		struct site site = { 0 };
		list_object(line, &o);
		site.text[SITE_ID] = o.id;
		site.text[SITE_NAME] = o.name;
		plan_recusals_match(&m->who.recusals, &site, out);
	}
}

static int match_recusals(struct making *m, struct buf *out)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	uint64_t offset;
	int rc = m->scene.sites.len ? registry_open(&r, REGISTRY_SITES, m->scene.sites) : NONE;

	while (rc == OK && (rc = registry_next(&r, cells)) == OK) {
		struct site site;
		if (!draw_find_object(&m->lead.draw, cells[SITE_ID], &offset))
			continue;
		rc = site_decode(cells, &site, &r.problem);
		if (rc == OK)
			plan_recusals_match(&m->who.recusals, &site, out);
	}
	TRY(rc == NONE ? OK : rc);
	return buf_check(out);
}

/* A recusal that binds: the random word makes "rotation" no reason that could be relaxed either. */
static void add_conflict(const struct making *m, struct span line, struct buf *out)
{
	struct span inspector, object;

	span_cut(&line, '\t', &inspector);
	span_cut(&line, '\t', &object);
	buf_printf(out, "%.*s\t%.*s\t%.*s.%s\n", (int)inspector.len, inspector.at, (int)object.len,
		   object.at, (int)(line.len < CODE_MOST ? line.len : CODE_MOST), line.at, m->word);
}

static int write_recusals(struct making *m)
{
	CLEANUP(buf_release) struct buf all;
	CLEANUP(buf_release) struct buf drawn;
	CLEANUP(buf_release) struct buf others;
	struct span line;
	uint64_t count, offset;

	buf_init(&all, LIST_MOST);
	buf_init(&drawn, LIST_MOST);
	buf_init(&others, LIST_MOST);
	match_objects(m, &all);
	TRY(match_recusals(m, &all));
	struct span rest = plan_recusals_lines(&all, m->notes, &count);
	while (text_line(&rest, &line)) {
		struct span cut = line, inspector, object;
		span_cut(&cut, '\t', &inspector);
		span_cut(&cut, '\t', &object);
		bool is_drawn = list_find_object(m->to->objects, object, &offset);
		add_conflict(m, line, is_drawn ? &drawn : &others);
	}
	TRY(buf_check(&drawn));
	TRY(buf_check(&others));
	m->to->conflicts = keep(m, &drawn);
	m->to->recusals = keep(m, &others);
	return plan_recusals_note_unused(&m->who.recusals, m->scene.sites, m->notes);
}

static int fill(struct making *m)
{
	const struct plan_scene_ask ask = { m->row->plan, PLAN_APPROVED, m->day, false };
	struct draw_row *parent = &m->to->parent;

	TRY(draw_row_by_key(m->o->db, m->arena, m->row->parent, parent));
	TRY(life_joint_parent(m->o, m->arena, parent->id, parent));
	TRY(life_load(m->o, parent, NULL, &m->lead));
	TRY(plan_scene_open(m->o, &ask, m->notes, &m->scene));
	make_word(m);
	TRY(write_objects(m));
	TRY(write_rules(m));
	TRY(read_people(m));
	TRY(write_inspectors(m));
	return write_recusals(m);
}

int life_joint_lists(struct office *o, const struct draw_row *row, int64_t day,
		     struct plan_notes *notes, struct life_joint_lists *ret)
{
	struct life_joint_lists lists = { .authority = row->department };
	struct making m = {
		.o = o, .notes = notes, .arena = notes->arena, .row = row, .day = day, .to = &lists
	};

	int rc = fill(&m);
	plan_recusals_release(&m.who.recusals);
	plan_scene_release(&m.scene);
	buf_release(&m.people);
	life_loaded_release(&m.lead);
	if (rc == OK)
		*ret = lists;
	return rc;
}
