/* app/life_team_told.c — the draw's own entries, then the ledger since its result, then the rows. */
#include "app/life_team_told.h"

#include "app/ledger_draws.h"
#include "app/ledger_mark.h"
#include "app/ledger_whole.h"
#include "app/life_seal.h"
#include "base/status.h"
#include "store/draw_row.h"
#include "store/ledger_audit_draw.h"
#include "store/visit_change.h"

#include <string.h>

struct asking {
	struct office *o;
	struct arena *a;
	const char *visit;
	struct life_team_told out;
	struct visit_row row;
	int64_t run;  /* number of the entry of the draw's result; -1: none */
	bool strange; /* an entry about the draw is not this program's */
	struct person *left;
	bool follows; /* a change tells of this visit as one that took another's place */
};

static const char not_whole[] = "账簿里有缺、有改，或有不是本程序写下的条目";

struct person {
	const char *change, *member; /* the visit that it was changed in; who left */
	struct person *next;
};

static int refuse(struct asking *q, const char *what)
{
	return life_refuse(q->o, FORBIDDEN,
			   "检查任务 %s 的检查组与账簿不符：%s。请停办，保存原样，用 mingqian "
			   "ledger verify 查明",
			   q->visit, what);
}

static int see_entry(void *arg, const struct ledger_entry *entry)
{
	struct asking *q = arg;

	q->strange |= !ledger_mark_true(q->o->keys, entry);
	if (strcmp(entry->action, "draw.run") == 0)
		q->run = entry->seq;
	return OK;
}

static int see_change(void *arg, const struct visit_change *c)
{
	struct asking *q = arg;
	struct person *one = arena_alloc(q->a, sizeof(*one));

	q->follows |= strcmp(c->new_visit, q->visit) == 0;
	*one = (struct person){ arena_str(q->a, c->visit), arena_str(q->a, c->left_member),
				q->left };
	q->left = one;
	return OK;
}

static bool goes(const struct asking *q, const char *member)
{
	for (size_t i = 0; i < q->out.count; i++)
		if (strcmp(q->out.list[i].inspector, member) == 0)
			return true;
	return false;
}

/* Whoever left one visit of a trip left them all. */
static int check_left(struct asking *q)
{
	struct visit_row changed;

	for (const struct person *p = q->left; p; p = p->next) {
		if (!goes(q, p->member))
			continue;
		TRY(visit_get(q->o->db, q->a, p->change, &changed));
		if (strcmp(changed.trip, q->row.trip) == 0)
			return refuse(q, "有人已离开检查组，库中却还在");
	}
	return OK;
}

static int check_changes(struct asking *q)
{
	int64_t rows, entries;

	TRY(visit_change_walk(q->o->db, q->row.draw, see_change, q));
	TRY(ledger_newest(q->o->db, q->visit, INT64_MAX, INT64_MAX, see_entry, q));
	for (const struct person *p = q->left; p; p = p->next)
		TRY(ledger_newest(q->o->db, p->change, INT64_MAX, INT64_MAX, see_entry, q));
	if (q->strange)
		return refuse(q, not_whole);
	if (*q->row.replaces && !q->follows)
		return refuse(q, "它接替别的任务而没有更换记录");
	TRY(ledger_audit_trip(q->o->db, q->row.draw, q->row.trip, &rows, &entries));
	if (rows != entries)
		return refuse(q, "更换的记录与账簿的条目数不同");
	return check_left(q);
}

static int check_drawn(struct asking *q)
{
	struct ledger_table draws = { 0 };
	struct draw_row row;

	TRY(draw_row_by_key(q->o->db, q->a, q->row.draw, &row));
	TRY(ledger_newest(q->o->db, row.id, INT64_MAX, INT64_MAX, see_entry, q));
	int rc = q->run < 0 || q->strange ? INVALID : ledger_whole_from(q->o, q->run);
	if (rc == INVALID)
		return refuse(q, not_whole);
	TRY(rc);
	TRY(ledger_draws_teams(q->o, q->a, &row, &draws));
	return draws.wrong > 0 ? refuse(q, draws.first) : check_changes(q);
}

static int ask(struct db *db, void *arg)
{
	struct asking *q = arg;
	int rc = visit_get(db, q->a, q->visit, &q->row);

	if (rc != OK)
		return rc == NONE ? OK : rc;
	TRY(visit_member_list(db, q->a, q->visit, false, &q->out.list, &q->out.count));
	return q->row.draw ? check_drawn(q) : OK;
}

int life_team_told(struct office *o, struct arena *a, const char *visit, struct life_team_told *ret)
{
	struct asking q = { .o = o, .a = a, .visit = visit, .run = -1 };

	TRY(office_head(o));
	TRY(db_read(o->db, ask, &q));
	*ret = q.out;
	return OK;
}

int life_team_same(struct office *o, struct arena *a, const char *visit,
		   const struct life_team_told *told)
{
	struct asking q = { .o = o, .visit = visit };
	struct visit_member *now;
	size_t count;
	bool same;

	TRY(visit_member_list(o->db, a, visit, false, &now, &count));
	same = count == told->count;
	for (size_t i = 0; same && i < count; i++)
		same = strcmp(now[i].inspector, told->list[i].inspector) == 0;
	return same ? OK : refuse(&q, "刚才还是别的人；如果正好有人在换人，请再办一次");
}
