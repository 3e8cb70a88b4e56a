/* app/ledger_draws.c — acts by one question to the database, documents draw by draw and visit by visit. */
#include "app/ledger_draws.h"

#include "app/ledger_bound.h"
#include "app/ledger_words.h"
#include "app/life_documents.h"
#include "app/office.h"
#include "base/status.h"
#include "store/ledger_audit_draw.h"
#include "store/person.h"

#include <inttypes.h>
#include <string.h>

struct checking {
	struct db *db;
	struct arena *a;
	struct ledger_table *t;
};

static int untold(void *arg, const char *action, const char *subject)
{
	struct checking *c = arg;

	ledger_table_wrong(c->t, c->a, "%s 有“%s”，账簿里没有这一条，或者人、时间不同", subject,
			   ledger_words(action));
	return OK;
}

static int surplus(void *arg, const char *action, int64_t rows, int64_t entries)
{
	struct checking *c = arg;

	ledger_table_wrong(c->t, c->a,
			   "“%s”账簿里有 %" PRId64 " 条，库中只有 %" PRId64 " 项：有记录被删",
			   ledger_words(action), entries, rows);
	return OK;
}

/* ---- documents ---- */

/*
 * Rows that came out of a walk, in its order: one statement runs at a time, so what is asked about each row waits for
 * the walk's end. Of a draw, or all draws: never as many as visits.
 */
struct kept {
	struct kept *next;
	union {
		struct draw_row draw;
		struct person_row person;
		struct visit_press press;
		struct visit_change change;
	};
};

struct list {
	struct arena *a;
	struct kept *first, **end;
};

static void list_init(struct list *l, struct arena *a)
{
	*l = (struct list){ a, NULL, &l->first };
}

static struct kept *list_add(struct list *l)
{
	struct kept *one = arena_alloc(l->a, sizeof(*one));

	one->next = NULL;
	*l->end = one;
	l->end = &one->next;
	return one;
}

static int keep_draw(void *arg, const struct draw_row *row)
{
	struct list *l = arg;
	struct kept *one = list_add(l);

	one->draw = *row;
	draw_row_keep(l->a, &one->draw);
	return OK;
}

static int keep_person(void *arg, const struct person_row *row)
{
	struct list *l = arg;
	struct person_row *to = &list_add(l)->person;

	*to = *row;
	to->name = arena_str(l->a, row->name);
	to->role = arena_str(l->a, row->role);
	to->actor = arena_str(l->a, row->actor);
	return OK;
}

static int keep_press(void *arg, const struct visit_press *row)
{
	struct list *l = arg;
	struct visit_press *to = &list_add(l)->press;
	const char **const texts[] = { &to->branch, &to->actor, &to->words, &to->answered_by,
				       &to->answer };

	*to = *row;
	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(l->a, *texts[i]);
	return OK;
}

static int keep_change(void *arg, const struct visit_change *row)
{
	struct list *l = arg;
	struct visit_change *to = &list_add(l)->change;
	const char **const texts[] = { &to->visit,       &to->kind,       &to->actor,
				       &to->evidence,    &to->approver,   &to->second,
				       &to->left_member, &to->new_member, &to->new_visit };

	*to = *row;
	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(l->a, *texts[i]);
	to->words = arena_mem(l->a, row->words, row->words_len);
	return OK;
}

static int check_bound(struct checking *c, const char *action, const char *subject,
		       const char *actor, const char *with)
{
	bool found;

	TRY(ledger_bound(c->db, action, subject, actor, with, &found));
	c->t->seen++;
	if (!found)
		ledger_table_wrong(c->t, c->a, "%s 的“%s”与账簿里的全文不同", subject,
				   ledger_words(action));
	return OK;
}

static const char *commitment_of(const struct draw_share_row *shares, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(shares[i].party, "operator") == 0)
			return shares[i].commitment;
	return "";
}

static int check_holders(struct checking *c, struct arena *a, const struct draw_row *row)
{
	struct draw_share_row shares[DRAW_SHARES_MOST];
	struct draw_holder_row holders[2];
	size_t share_count, count;

	TRY(draw_share_list(c->db, a, row->key, shares, &share_count));
	TRY(draw_holder_list(c->db, a, row->key, holders, &count));
	const char *commitment = commitment_of(shares, share_count);
	for (size_t i = 0; i < count; i++)
		TRY(check_bound(c, "draw.hold", row->id, "",
				life_document_hold(a, row, &holders[i], commitment)));
	return OK;
}

static int check_presses(struct checking *c, struct arena *a, const struct draw_row *row)
{
	struct list list;

	list_init(&list, a);
	TRY(visit_press_walk(c->db, row->key, keep_press, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		TRY(check_bound(c, "draw.press", row->id, k->press.actor,
				life_document_press(a, row, &k->press)));
		if (k->press.answered_at)
			TRY(check_bound(c, "draw.answer", row->id, k->press.answered_by,
					life_document_answer(a, row, &k->press)));
	}
	return OK;
}

static int check_changes(struct checking *c, struct arena *a, const struct draw_row *row)
{
	struct list list;

	list_init(&list, a);
	TRY(visit_change_walk(c->db, row->key, keep_change, &list));
	for (const struct kept *k = list.first; k; k = k->next)
		TRY(check_bound(c, arena_printf(a, "visit.%s", k->change.kind), k->change.visit,
				k->change.actor, life_document_change(a, &k->change)));
	return OK;
}

static int check_steps(struct checking *c, struct arena *a, const struct draw_row *row)
{
	char teams[LIFE_TEAMS_DIGEST];

	TRY(check_bound(c, "draw.prepare", row->id, row->prepared_by,
			life_document_prepare(a, row)));
	if (row->approved_at)
		TRY(check_bound(c, "draw.approve", row->id, row->approved_by,
				life_document_approve(a, row)));
	if (row->frozen_at)
		TRY(check_bound(c, "draw.freeze", row->id, row->frozen_by,
				life_document_freeze(a, row)));
	if (row->drawn_at == 0)
		return OK;
	TRY(life_teams_digest(c->db, row, teams));
	return check_bound(c, "draw.run", row->id, row->drawn_by, life_document_run(a, row, teams));
}

static int check_draws(struct checking *c)
{
	CLEANUP(arena_release) struct arena of_draws;
	struct list draws;

	arena_init(&of_draws);
	list_init(&draws, &of_draws);
	TRY(draw_row_walk(c->db, "", 0, keep_draw, &draws));
	for (const struct kept *k = draws.first; k; k = k->next) {
		CLEANUP(arena_release) struct arena a;
		arena_init(&a);
		TRY(check_steps(c, &a, &k->draw));
		TRY(check_holders(c, &a, &k->draw));
		TRY(check_presses(c, &a, &k->draw));
		TRY(check_changes(c, &a, &k->draw));
	}
	return OK;
}

/* Who approves and signs: nobody is on the list but by an act. */
static int check_people(struct checking *c)
{
	CLEANUP(arena_release) struct arena a;
	struct list list;

	arena_init(&a);
	list_init(&list, &a);
	TRY(person_row_walk(c->db, keep_person, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct person_row *p = &k->person;
		TRY(check_bound(c, "person.add", p->role, p->actor,
				life_document_person(&a, "person.add", p->role, p->name)));
		if (p->left_at)
			TRY(check_bound(
				c, "person.leave", p->role, "",
				life_document_person(&a, "person.leave", p->role, p->name)));
	}
	return OK;
}

static int check_accepted(void *arg, const struct ledger_audit_visit *v)
{
	CLEANUP(arena_release) struct arena a;
	char digest[OFFICE_DIGEST];
	struct checking *c = arg;

	arena_init(&a);
	const char *text = life_document_accept(&a, &v->visit, v->actor);
	office_digest(text, strlen(text), digest);
	if (strcmp(digest, v->digest) != 0)
		ledger_table_wrong(c->t, c->a, "检查任务 %s 的接收人与账簿不同", v->visit.id);
	return OK;
}

static int check_made(void *arg, const struct ledger_audit_visit *v)
{
	CLEANUP(arena_release) struct arena a;
	char digest[OFFICE_DIGEST];
	struct checking *c = arg;

	arena_init(&a);
	const char *text = life_document_done(&a, &v->visit);
	office_digest(text, strlen(text), digest);
	if (strcmp(digest, v->digest) != 0)
		ledger_table_wrong(c->t, c->a, "检查任务 %s 的检查日期、方式或登记人与账簿不同",
				   v->visit.id);
	return OK;
}

int ledger_draws_check(struct db *db, struct arena *a, struct ledger_table *t)
{
	struct checking c = { db, a, t };
	int64_t left;

	TRY(ledger_audit_draw_acts(db, &t->seen));
	TRY(ledger_audit_draw_untold(db, LEDGER_BETWEEN_MS, untold, &c));
	TRY(ledger_audit_draw_surplus(db, surplus, &c));
	TRY(check_draws(&c));
	TRY(check_people(&c));
	TRY(ledger_audit_draw_visits(db, true, check_accepted, &c));
	TRY(ledger_audit_draw_visits(db, false, check_made, &c));
	TRY(ledger_audit_draw_left(db, &left));
	if (left > 0)
		ledger_table_wrong(t, a, "有 %" PRId64 " 人次离开检查组而没有更换记录", left);
	return OK;
}
