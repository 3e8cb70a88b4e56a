/* app/life_list.c — rows collected into arrays that grow. */
#include "app/life_list.h"

#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "app/life_visit.h"
#include "app/registry.h"
#include "app/registry_compare.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/status.h"
#include "core/text.h"
#include "store/registry_change.h"
#include "store/registry_row.h"

#include <string.h>

enum { ENTROPY_MOST = 1 << 16 };

/* Room for one more element at the end of an array in the arena; the new place is zeroed. */
static void *grow(struct arena *a, void *list, size_t count, size_t size)
{
	enum { FIRST = 16 };
	bool full = count == 0 || (count >= FIRST && (count & (count - 1)) == 0);

	if (!full)
		return list;
	void *more = arena_array(a, count ? 2 * count : FIRST, size);
	if (count)
		memcpy(more, list, count * size);
	return more;
}

struct collecting {
	const struct office *o; /* whose scope counts; NULL: all */
	struct arena *a;
	void *list;
	size_t count;
};

static int add_draw(void *arg, const struct draw_row *row)
{
	struct collecting *c = arg;

	if (c->o && !scope_draw(c->o, row))
		return OK;
	struct draw_row *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));
	struct draw_row *to = &list[c->count++];

	*to = *row;
	draw_row_keep(c->a, to);
	return OK;
}

int life_draws(struct office *o, struct arena *a, const char *body, int64_t year,
	       struct life_draws *ret)
{
	struct collecting c = { .o = o, .a = a };

	o->why[0] = 0;
	TRY(draw_row_walk(o->db, body, year, add_draw, &c));
	*ret = (struct life_draws){ c.list, c.count, NULL };
	for (size_t i = 0; i < c.count && !ret->gap && scope_all(o); i++) {
		const struct draw_row *d = &ret->list[i], *before = d - 1;
		bool first =
			i == 0 || strcmp(before->body, d->body) != 0 || before->year != d->year;
		int64_t want = first ? 1 : before->number + 1;
		if (d->number != want)
			ret->gap = arena_printf(a, "%s-%lld-%04lld", d->body, (long long)d->year,
						(long long)want);
	}
	return OK;
}

static int add_cover(void *arg, const struct draw_cover_row *row)
{
	struct collecting *c = arg;
	struct draw_cover_row *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));
	struct draw_cover_row *to = &list[c->count++];

	*to = *row;
	to->rule = arena_str(c->a, row->rule);
	to->pool = arena_str(c->a, row->pool);
	to->period = arena_str(c->a, row->period);
	to->sentence = arena_str(c->a, row->sentence);
	return OK;
}

static int add_change(void *arg, const struct visit_change *row)
{
	struct collecting *c = arg;
	struct visit_change *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));
	struct visit_change *to = &list[c->count++];
	const char **const texts[] = { &to->visit,     &to->kind,        &to->actor,
				       &to->evidence,  &to->approver,    &to->second,
				       &to->new_visit, &to->left_member, &to->new_member };

	*to = *row;
	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(c->a, *texts[i]);
	to->words = NULL;
	to->words_len = 0;
	return OK;
}

static int add_press(void *arg, const struct visit_press *row)
{
	struct collecting *c = arg;
	struct visit_press *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));
	struct visit_press *to = &list[c->count++];
	const char **const texts[] = { &to->branch, &to->actor, &to->words, &to->answered_by,
				       &to->answer };

	*to = *row;
	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(c->a, *texts[i]);
	return OK;
}

static int show_links(struct office *o, struct arena *a, struct life_draw_shown *s)
{
	struct draw_row other;
	int rc = draw_row_replacing(o->db, a, s->row.key, &other);

	if (rc == OK)
		s->replaced_by = other.id;
	else if (rc != NONE)
		return rc;
	if (s->row.parent != 0) {
		TRY(draw_row_by_key(o->db, a, s->row.parent, &other));
		s->parent = other.id;
	}
	if (s->row.replaces == 0)
		return OK;
	TRY(draw_row_by_key(o->db, a, s->row.replaces, &other));
	s->replaces = other.id;
	return OK;
}

/* What was declared is public from the freeze, the values from the draw. */
static int show_declared(struct office *o, struct arena *a, struct life_draw_shown *s)
{
	CLEANUP(buf_release) struct buf lines = { 0 };
	struct span rest = span_of(s->row.declaration), line;

	s->entropy = "";
	if (rest.len == 0)
		return OK;
	office_digest(rest.at, rest.len, s->declared);
	buf_init(&lines, ENTROPY_MOST);
	int rc = s->row.drawn_at ? life_file_get(o, &s->row, LIFE_VALUES, &lines) : NONE;
	if (rc != OK && rc != NONE)
		return rc;
	while (rc == NONE && text_line(&rest, &line))
		if (line.len > 8 && memcmp(line.at, "entropy ", 8) == 0)
			buf_printf(&lines, "%.*s\n", (int)line.len, line.at);
	TRY(buf_check(&lines));
	s->entropy = arena_str(a, buf_text(&lines));
	return OK;
}

static int show_staff(struct office *o, struct arena *a, struct life_draw_shown *s)
{
	struct draw_staff_row *row = arena_alloc(a, sizeof(*row));
	int rc = draw_staff_get(o->db, a, s->row.key, row);

	if (rc == NONE)
		return OK;
	TRY(rc);
	row->words = NULL;
	row->words_len = 0;
	s->staff = row;
	return OK;
}

/* What was approved and what the lists are made of: the changes between. */
static int show_moved(struct office *o, struct life_draw_shown *s)
{
	const struct draw_row *row = &s->row;
	int64_t until = row->frozen_at ? row->frozen_at : row->ended_at;

	for (int k = 0; row->approved_at && k < REGISTRIES; k++) {
		const char *name = registry_name((enum registry)k);
		struct life_moved m = { .registry = (enum registry)k };
		TRY(registry_change_before(o->db, name, row->approved_at + 1, &m.from));
		TRY(registry_change_before(o->db, name, until ? until + 1 : INT64_MAX, &m.to));
		TRY(registry_change_count(o->db, name, m.from, m.to, &m.changes));
		if (m.changes)
			s->moved[s->moved_count++] = m;
	}
	return OK;
}

static int show_opening(struct office *o, struct arena *a, struct life_draw_shown *s)
{
	struct plan_opening_said *said = arena_alloc(a, sizeof(*said));
	int rc = plan_opening_said(o->db, a, s->row.plan, said);

	if (rc == OK)
		s->opening = said;
	return rc == NONE ? OK : rc;
}

int life_draw_show(struct office *o, struct arena *a, const char *draw, struct life_draw_shown *ret)
{
	struct life_draw_shown s = { .replaces = NULL };
	struct collecting covers = { .a = a }, changes = { .a = a }, presses = { .a = a };
	struct collecting children = { .a = a };

	o->why[0] = 0;
	TRY(life_find(o, a, draw, &s.row));
	TRY(show_links(o, a, &s));
	TRY(show_declared(o, a, &s));
	TRY(draw_share_list(o->db, a, s.row.key, s.shares, &s.share_count));
	TRY(draw_holder_list(o->db, a, s.row.key, s.holders, &s.holder_count));
	TRY(draw_cover_walk(o->db, s.row.key, add_cover, &covers));
	TRY(visit_count(o->db, s.row.key, &s.visits));
	TRY(visit_change_walk(o->db, s.row.key, add_change, &changes));
	TRY(visit_press_walk(o->db, s.row.key, add_press, &presses));
	TRY(show_staff(o, a, &s));
	TRY(show_moved(o, &s));
	TRY(show_opening(o, a, &s));
	TRY(draw_row_children(o->db, s.row.key, add_draw, &children));
	s.children = children.list;
	s.child_count = children.count;
	s.covers = covers.list;
	s.cover_count = covers.count;
	s.changes = changes.list;
	s.change_count = changes.count;
	s.presses = presses.list;
	s.press_count = presses.count;
	s.today = life_day(office_now(o));
	*ret = s;
	return OK;
}

static int add_visit(void *arg, const struct visit_row *row)
{
	struct collecting *c = arg;
	struct life_visit_shown *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));
	struct visit_row *to = &list[c->count++].row;
	const char **const texts[] = { &to->id,    &to->draw_id,  &to->body,        &to->period,
				       &to->kind,  &to->state,    &to->ended,       &to->trip,
				       &to->site,  &to->replaces, &to->accepted_by, &to->ended_by,
				       &to->shared };

	*to = *row;
	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(c->a, *texts[i]);
	to->sealed = NULL;
	to->sealed_len = 0;
	return OK;
}

static int check_state(struct office *o, const char *state)
{
	static const char *const states[] = { "", "planned", "accepted", "visited", "ended" };

	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(states[i], state) == 0)
			return OK;
	return life_refuse(o, INVALID,
			   "状态只能是 planned（待接收）、accepted（已接收）、visited（已检查）或 "
			   "ended（已终结），不是“%s”",
			   state);
}

/* What is asked for, as far as the actor may reach it. */
static int reach(struct office *o, struct arena *a, const struct life_visits_ask *ask,
		 struct visit_ask *ret)
{
	struct draw_row row;

	*ret = (struct visit_ask){ .state = ask->state,
				   .inspector = o->own ? o->inspector : ask->inspector,
				   .after = ask->after,
				   .most = ask->most };
	o->why[0] = 0;
	TRY(check_state(o, ask->state ? ask->state : ""));
	if (ask->draw) {
		TRY(life_find(o, a, ask->draw, &row));
		ret->draw = row.key;
	}
	if (o->own && !*o->inspector)
		return life_refuse(o, INVALID, "账号里没有写他在名录里的编号：请系统管理员补上");
	return o->own ? OK : scope_draws(o, a, &ret->draws);
}

int life_visits(struct office *o, struct arena *a, const struct life_visits_ask *ask,
		struct life_visit_shown **ret, size_t *ret_count)
{
	struct collecting c = { .a = a };
	struct visit_ask q;

	TRY(reach(o, a, ask, &q));
	TRY(visit_walk(o->db, &q, add_visit, &c));
	struct life_visit_shown *list = c.list;
	for (size_t i = 0; i < c.count; i++)
		TRY(visit_member_list(o->db, a, list[i].row.id, false, &list[i].team,
				      &list[i].team_count));
	*ret = list;
	*ret_count = c.count;
	return OK;
}

int life_visits_count(struct office *o, struct arena *a, const struct life_visits_ask *ask,
		      int64_t *ret)
{
	struct visit_ask q;

	TRY(reach(o, a, ask, &q));
	return visit_ask_count(o->db, &q, ret);
}

static int add_shared(void *arg, const struct visit_row *row)
{
	struct collecting *c = arg;
	struct life_visit_shared *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));

	list[c->count++] = (struct life_visit_shared){ .id = arena_str(c->a, row->id),
						       .draw = arena_str(c->a, row->draw_id),
						       .state = arena_str(c->a, row->state) };
	return OK;
}

static int show_shared(struct office *o, struct arena *a, struct life_visit_shown *s)
{
	struct collecting c = { .a = a };
	struct draw_row draw;

	TRY(visit_walk_shared(o->db, s->row.id, add_shared, &c));
	s->shared = c.list;
	s->shared_count = c.count;
	for (size_t i = 0; i < s->shared_count; i++) {
		struct life_visit_shared *one = &s->shared[i];
		TRY(draw_row_get(o->db, a, one->draw, &draw));
		one->department = draw.department;
		TRY(visit_member_list(o->db, a, one->id, false, &one->team, &one->team_count));
	}
	return OK;
}

static int add_undone(void *arg, const struct visit_undone *row)
{
	struct collecting *c = arg;
	struct visit_undone *list = c->list = grow(c->a, c->list, c->count, sizeof(*list));
	struct visit_undone *to = &list[c->count++];

	*to = *row;
	to->visit = arena_str(c->a, row->visit);
	to->done_by = arena_str(c->a, row->done_by);
	to->actor = arena_str(c->a, row->actor);
	to->approver = arena_str(c->a, row->approver);
	return OK;
}

static int show_undone(struct office *o, struct arena *a, struct life_visit_shown *s)
{
	struct collecting c = { .a = a };

	TRY(visit_undone_walk(o->db, s->row.draw, s->row.id, add_undone, &c));
	s->undone = c.list;
	s->undone_count = c.count;
	return OK;
}

int life_site_place(struct office *o, struct arena *a, const char *site, const char **ret_name,
		    const char **ret_address)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	struct registry_row row;

	*ret_name = *ret_address = "";
	if (!*site)
		return OK;
	int rc = registry_row_get(o->db, a, registry_name(REGISTRY_SITES), site, &row);
	if (rc == NONE)
		return OK;
	TRY(rc);
	registry_cells(REGISTRY_SITES, (struct span){ row.cells, row.cells_len }, cells);
	*ret_name = arena_mem(a, cells[SITE_NAME].at, cells[SITE_NAME].len);
	*ret_address = arena_mem(a, cells[SITE_ADDRESS].at, cells[SITE_ADDRESS].len);
	return OK;
}

int life_visit_show(struct office *o, struct arena *a, const char *visit,
		    struct life_visit_shown *ret)
{
	struct life_visit_shown s = { .team_count = 0 };

	o->why[0] = 0;
	TRY(life_visit_find(o, a, visit, &s.row));
	s.row.sealed = NULL;
	s.row.sealed_len = 0;
	TRY(life_site_place(o, a, s.row.site, &s.name, &s.address));
	TRY(visit_member_list(o->db, a, visit, true, &s.team, &s.team_count));
	TRY(visit_assistant_list(o->db, a, visit, &s.assistants, &s.assistant_count));
	TRY(show_undone(o, a, &s));
	TRY(show_shared(o, a, &s));
	*ret = s;
	return OK;
}
