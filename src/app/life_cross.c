/* app/life_cross.c — districts turned round, and letters to the branches. */
#include "app/life_cross.h"

#include "app/life_documents.h"
#include "app/life_person.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/status.h"
#include "core/lists.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum { DISTRICTS_MOST = 1000, COLUMNS = 6, BRANCH_DIGITS = 6, CITY_DIGITS = 4 };

static int by_span(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return span_compare(*x, *y);
}

/* The districts of the objects, sorted, each once. */
static int find_districts(struct office *o, struct span objects, struct span *list, size_t *ret)
{
	struct span line, last = SPAN("");
	size_t count = 0;

	while (text_line(&objects, &line)) {
		struct draw_object object;
		list_object(line, &object);
		if (object.scope.len == 0 || span_equal(object.scope, last))
			continue;
		last = object.scope;
		if (bsearch(&last, list, count, sizeof(*list), by_span))
			continue;
		if (count == DISTRICTS_MOST)
			return TOO_LARGE;
		list[count++] = last;
		qsort(list, count, sizeof(*list), by_span);
	}
	if (count < 2)
		return life_refuse(
			o, INVALID,
			"交叉抽取至少要有两个县区的对象，这次只有 %zu 个：请核对计划的区域", count);
	*ret = count;
	return OK;
}

/* One line of inspectors.tsv with the other districts in the place of its own. */
static void turn(struct span line, const struct span *districts, size_t count, struct buf *out)
{
	struct span cell[COLUMNS], rest = line;
	size_t others = 0;

	for (size_t i = 0; i < COLUMNS; i++)
		span_cut(&rest, '\t', &cell[i]);
	struct span own = cell[4];
	if (own.len == 0) {
		buf_printf(out, "%.*s\n", (int)line.len, line.at);
		return;
	}
	for (size_t i = 0; i < count; i++)
		others += !list_has(own, districts[i]);
	if (others == 0)
		return;
	buf_add(out, line.at, (size_t)(own.at - line.at));
	others = 0;
	for (size_t i = 0; i < count; i++)
		if (!list_has(own, districts[i]))
			buf_printf(out, "%s%.*s", others++ ? "," : "", (int)districts[i].len,
				   districts[i].at);
	if (cell[5].len > 0)
		buf_printf(out, "\t%.*s", (int)cell[5].len, cell[5].at);
	buf_char(out, '\n');
}

int life_cross_scopes(struct office *o, struct arena *a, struct span objects,
		      struct span *inspectors)
{
	CLEANUP(buf_release) struct buf out;
	struct span *districts = arena_array(a, DISTRICTS_MOST, sizeof(*districts));
	struct span rest = *inspectors, line;
	size_t count = 0;

	buf_init(&out, SIZE_MAX / 2);
	TRY(find_districts(o, objects, districts, &count));
	while (text_line(&rest, &line))
		turn(line, districts, count, &out);
	TRY(buf_check(&out));
	*inspectors = (struct span){ arena_mem(a, buf_text(&out), out.len), out.len };
	return OK;
}

struct pressing {
	struct office *o;
	struct arena *arena;
	const struct life_press *in;
	struct visit_press press; /* that is answered */
};

static int log_press(struct pressing *p, const struct draw_row *row, const char *action,
		     const char *text)
{
	char digest[OFFICE_DIGEST];

	TRY(office_document(p->o, text, strlen(text), digest));
	return office_log(p->o, action, row->id, digest);
}

/* One of the districts that the draw is about; of the whole city, any other unit of it. */
static int check_branch(const struct pressing *p, const struct draw_row *row)
{
	if (*row->area == 0) {
		bool city = memcmp(p->in->branch, row->body, CITY_DIGITS) == 0;
		return city && strcmp(p->in->branch, row->body) != 0
			       ? OK
			       : life_refuse(p->o, INVALID, "%s 不是抽取单位 %s 的分局",
					     p->in->branch, row->body);
	}
	if (list_has(span_of(row->area), span_of(p->in->branch)))
		return OK;
	return life_refuse(p->o, INVALID, "抽取 %s 不涉及 %s，只涉及：%s", row->id, p->in->branch,
			   row->area);
}

static int press(struct db *db, void *arg)
{
	struct pressing *p = arg;
	struct draw_row row;

	TRY(person_acts(p->o, PERSON_ACTORS));
	TRY(life_find(p->o, p->arena, p->in->draw, &row));
	if (row.drawn_at == 0)
		return life_wrong_state(p->o, &row, "督办");
	TRY(check_branch(p, &row));
	const struct visit_press v = { .draw = row.key,
				       .branch = p->in->branch,
				       .actor = p->o->actor,
				       .words = p->in->words,
				       .at = office_now(p->o),
				       .answer_by = p->in->answer_by };
	TRY(visit_press_add(db, &v));
	return log_press(p, &row, "draw.press", life_document_press(p->arena, &row, &v));
}

static int check_press(struct office *o, const struct life_press *in)
{
	if (strlen(in->branch) != BRANCH_DIGITS || !text_is_digits(span_of(in->branch)))
		return life_refuse(o, INVALID, "分局写六位代码，例如 130638，不是“%s”", in->branch);
	return office_reason(o, in->words);
}

int life_press(struct office *o, struct arena *a, const struct life_press *in)
{
	struct pressing p = { .o = o, .arena = a, .in = in };

	o->why[0] = 0;
	TRY(check_press(o, in));
	if (in->answer_by < life_day(office_now(o)))
		return life_refuse(o, INVALID, "答复期限不能早于今天");
	return office_write(o, press, &p);
}

/* A branch reaches what it is pressed about, though the draw is the city's: that there is such a draw is no secret for it. */
static int find_pressed(struct pressing *p, struct draw_row *row, bool *ret_own)
{
	struct span branch = span_of(p->in->branch);
	int rc = draw_row_get(p->o->db, p->arena, p->in->draw, row);

	*ret_own = rc == OK && scope_draw(p->o, row);
	if (rc != OK && rc != NONE)
		return rc;
	if (rc == OK && scope_any(p->o, branch) && (*ret_own || !scope_all(p->o)))
		return OK;
	return life_refuse(p->o, NONE, "没有编号为 %s 的抽取：用 mingqian draw list 查看",
			   p->in->draw);
}

static int answer(struct db *db, void *arg)
{
	struct pressing *p = arg;
	struct draw_row row;
	bool own;

	TRY(find_pressed(p, &row, &own));
	int rc = visit_press_next(db, p->arena, row.key, p->in->branch, &p->press);
	if (rc == NONE && !own)
		return life_refuse(p->o, NONE, "没有对 %s 的督办", p->in->branch);
	if (rc == NONE)
		return life_refuse(p->o, CONFLICT, "没有对 %s 的督办等着答复", p->in->branch);
	TRY(rc);
	if (office_same_person(p->press.actor, p->o->actor))
		return life_refuse(p->o, FORBIDDEN, "督办是您（%s）发的，要由分局的人答复",
				   p->press.actor);
	TRY(life_person_branch(p->o, p->in->branch));
	p->press.answered_at = office_now(p->o);
	p->press.answered_by = p->o->actor;
	p->press.answer = p->in->words;
	TRY(visit_press_answer(db, &p->press));
	return log_press(p, &row, "draw.answer", life_document_answer(p->arena, &row, &p->press));
}

int life_press_answer(struct office *o, struct arena *a, const struct life_press *in,
		      struct visit_press *ret)
{
	struct pressing p = { .o = o, .arena = a, .in = in };

	o->why[0] = 0;
	TRY(check_press(o, in));
	TRY(office_write(o, answer, &p));
	*ret = p.press;
	return OK;
}

struct collecting {
	struct office *o;
	struct arena *arena;
	struct draw_row *draws;
	size_t draw_count, draw_room;
	const struct draw_row *of;
	struct life_pressed *list;
	size_t count, room;
};

/* Room for one more; what there is, twice as long. */
static void *grow(struct arena *a, void *list, size_t count, size_t size, size_t *room)
{
	if (count < *room)
		return list;
	*room = *room * 2 + 16;
	char *more = arena_array(a, *room, size);
	if (count)
		memcpy(more, list, count * size);
	return more;
}

static int take_draw(void *arg, const struct draw_row *row)
{
	struct collecting *c = arg;

	if (row->drawn_at == 0 || (scope_all(c->o) && !scope_draw(c->o, row)))
		return OK;
	c->draws = grow(c->arena, c->draws, c->draw_count, sizeof(*c->draws), &c->draw_room);
	c->draws[c->draw_count] = *row;
	draw_row_keep(c->arena, &c->draws[c->draw_count++]);
	return OK;
}

static int take_press(void *arg, const struct visit_press *p)
{
	struct collecting *c = arg;

	if (!scope_any(c->o, span_of(p->branch)))
		return OK;
	c->list = grow(c->arena, c->list, c->count, sizeof(*c->list), &c->room);
	struct life_pressed *to = &c->list[c->count++];
	*to = (struct life_pressed){ c->of->id, *p };
	to->press.branch = arena_str(c->arena, p->branch);
	to->press.actor = arena_str(c->arena, p->actor);
	to->press.words = arena_str(c->arena, p->words);
	to->press.answer = arena_str(c->arena, p->answer);
	to->press.answered_by = arena_str(c->arena, p->answered_by);
	return OK;
}

int life_presses(struct office *o, struct arena *a, struct life_pressed **ret, size_t *ret_count)
{
	struct collecting c = { .o = o, .arena = a };

	o->why[0] = 0;
	TRY(draw_row_walk(o->db, "", 0, take_draw, &c));
	for (size_t i = 0; i < c.draw_count; i++) {
		c.of = &c.draws[i];
		TRY(visit_press_walk(o->db, c.of->key, take_press, &c));
	}
	*ret = c.list;
	*ret_count = c.count;
	return OK;
}
