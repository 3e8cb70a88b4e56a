/* app/ledger_draws.c — acts by questions to the database, then documents draw by draw. */
#include "app/ledger_draws.h"

#include "app/ledger_bound.h"
#include "app/ledger_people.h"
#include "app/ledger_read.h"
#include "app/ledger_visits.h"
#include "app/ledger_words.h"
#include "app/life_documents.h"
#include "base/status.h"
#include "store/person.h"

#include <inttypes.h>
#include <string.h>

static int untold(void *arg, const char *action, const char *subject)
{
	struct ledger_checking *c = arg;

	ledger_table_wrong(c->draws, c->a, "%s 有“%s”，账簿里没有这一条，或者人、时间不同", subject,
			   ledger_words(action));
	return OK;
}

static int surplus(void *arg, const char *action, const char *subject, int64_t rows,
		   int64_t entries)
{
	struct ledger_checking *c = arg;

	ledger_table_wrong(c->draws, c->a,
			   "%s 的“%s”账簿里有 %" PRId64 " 条，库中同一时间的有 %" PRId64
			   " 项：有记录被删、被改或是添上的",
			   subject, ledger_words(action), entries, rows);
	return OK;
}

/*
 * Rows that came out of a walk, in its order: one statement runs at a time, so what is asked about each row waits for
 * the walk's end. Of a draw, or all draws: never as many as visits.
 */
struct kept {
	struct kept *next;
	union {
		struct draw_row draw;
		struct person_row person;
		struct draw_party_row party;
		struct visit_press press;
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

static int keep_party(void *arg, const struct draw_party_row *row)
{
	struct list *l = arg;

	list_add(l)->party = (struct draw_party_row){ arena_str(l->a, row->party),
						      arena_str(l->a, row->sign_key), row->since,
						      arena_str(l->a, row->actor) };
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

/* ---- one draw ---- */

static const struct draw_share_row *operator_of(const struct draw_share_row *shares, size_t count)
{
	static const struct draw_share_row none = { "", "", "", "", "", 0 };

	for (size_t i = 0; i < count; i++)
		if (strcmp(shares[i].party, "operator") == 0)
			return &shares[i];
	return &none;
}

/* A rehearsal is done again in place of the former: the row has the last one's time. */
static int check_rehearsed(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
			   const struct draw_holder_row *h)
{
	const struct ledger_audit_entry entry = { "draw.rehearse", row->id, NULL, 0 };
	const char *text = life_document_rehearse(a, row, h->office);
	char digest[OFFICE_DIGEST];
	int64_t last;

	office_digest(text, strlen(text), digest);
	TRY(ledger_audit_last(c->o->db, &entry, digest, &last));
	if (last != h->rehearsed_at)
		ledger_table_wrong(c->draws, c->a, "%s 的“%s”与账簿里最后一次的时间不同", row->id,
				   ledger_words(entry.action));
	return OK;
}

static int check_holders(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
			 const char *commitment)
{
	struct draw_holder_row holders[2];
	size_t count;

	TRY(draw_holder_list(c->o->db, a, row->key, holders, &count));
	for (size_t i = 0; i < count; i++) {
		const struct ledger_audit_entry entry = { "draw.hold", row->id, NULL,
							  holders[i].at };
		TRY(ledger_check_bound(c, &entry,
				       life_document_hold(a, row, &holders[i], commitment)));
		TRY(check_rehearsed(c, a, row, &holders[i]));
	}
	return OK;
}

static int check_shares(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
			const struct draw_share_row *shares, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct draw_share_row *s = &shares[i];
		const struct ledger_audit_entry entry = { "draw.open", row->id, NULL,
							  s->opened_at };

		if ((s->opened_at == 0) != (*s->opened == 0))
			ledger_table_wrong(c->draws, c->a, "%s 的份额“%s”有没有公开与时间不符",
					   row->id, s->party);
		if (s->opened_at == 0 || strcmp(s->party, "operator") == 0)
			continue;
		TRY(ledger_check_bound(c, &entry, life_document_open(a, row, s)));
	}
	return OK;
}

static int check_presses(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	struct list list;

	list_init(&list, a);
	TRY(visit_press_walk(c->o->db, row->key, keep_press, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct visit_press *p = &k->press;
		const struct ledger_audit_entry pressed = { "draw.press", row->id, p->actor,
							    p->at };
		const struct ledger_audit_entry answered = { "draw.answer", row->id, p->answered_by,
							     p->answered_at };
		TRY(ledger_check_bound(c, &pressed, life_document_press(a, row, p)));
		if (p->answered_at)
			TRY(ledger_check_bound(c, &answered, life_document_answer(a, row, p)));
	}
	return OK;
}

/* What an act's document says of its files; NULL once a reveal has put others in their place. */
static int files_of(struct ledger_checking *c, const struct draw_row *row, enum life_files act,
		    char room[LIFE_SUM], const char **ret)
{
	bool secret = act == LIFE_FILES_SHARE || act == LIFE_FILES_SECRETS;

	*ret = NULL;
	if (row->revealed_at != 0 || (secret && c->escrow))
		return OK;
	TRY(life_sum_files(c->o->db, row, 1U << act, room));
	*ret = room;
	return OK;
}

static int check_before(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	const struct ledger_audit_entry prepared = { "draw.prepare", row->id, row->prepared_by,
						     row->prepared_at };
	const struct ledger_audit_entry approved = { "draw.approve", row->id, row->approved_by,
						     row->approved_at };
	char room[LIFE_SUM];
	const char *files;

	TRY(files_of(c, row, LIFE_FILES_PREPARE, room, &files));
	TRY(ledger_check_bound(c, &prepared, life_document_prepare(a, row, files)));
	return row->approved_at ? ledger_check_bound(c, &approved, life_document_approve(a, row))
				: OK;
}

static int check_frozen(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	const struct ledger_audit_entry entry = { "draw.freeze", row->id, row->frozen_by,
						  row->frozen_at };
	char room[2][LIFE_SUM];
	struct life_kept kept;
	const char *files, *secret;

	if (row->frozen_at == 0)
		return OK;
	TRY(life_sum_kept(c->o->db, row, &kept));
	TRY(files_of(c, row, LIFE_FILES_FREEZE, room[0], &files));
	TRY(files_of(c, row, LIFE_FILES_SHARE, room[1], &secret));
	TRY(ledger_check_bound(c, &entry, life_document_freeze(a, row, &kept, files, secret)));
	return ledger_read_said(c, &entry);
}

/* files, secret: the sums of what the run has written, or NULL. */
static int check_result(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
			const char *files, const char *secret)
{
	const struct ledger_audit_entry entry = { "draw.run", row->id, row->drawn_by,
						  row->drawn_at };
	char visits[LIFE_SUM], teams[LIFE_SUM];

	TRY(life_sum_visits(c->o->db, row, visits));
	TRY(life_sum_teams(c->o->db, row, teams));
	return ledger_check_bound(c, &entry,
				  life_document_run(a, row, visits, teams, files, secret));
}

static int check_run(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	char room[2][LIFE_SUM];
	const char *files, *secret;

	if (row->drawn_at == 0)
		return OK;
	TRY(files_of(c, row, LIFE_FILES_RUN, room[0], &files));
	TRY(files_of(c, row, LIFE_FILES_SECRETS, room[1], &secret));
	return check_result(c, a, row, files, secret);
}

static int check_ended(struct ledger_checking *c, struct arena *a, const struct draw_row *row)
{
	const struct ledger_audit_entry entry = { strcmp(row->state, "annulled") == 0
							  ? "draw.annul"
							  : "draw.cancel",
						  row->id, row->ended_by, row->ended_at };

	return row->ended_at ? ledger_check_bound(c, &entry, life_document_end(a, row)) : OK;
}

/* ---- reveals, and teams that were made later ---- */

/* An annulled draw may have come out with one that took its place, or that one's: its entry tells of both. */
static int find_reveal(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
		       const char *with, bool *ret)
{
	struct ledger_audit_entry entry = { "draw.reveal", row->id, row->revealed_by,
					    row->revealed_at };
	struct draw_row next = *row;
	struct ledger_bound bound;
	int rc = OK;

	*ret = false;
	while (rc == OK && !*ret) {
		entry.subject = next.id;
		TRY(ledger_bound(c->o->db, NULL, &entry, with, true, &bound));
		*ret = bound.found > 0;
		rc = row->live ? NONE : draw_row_replacing(c->o->db, a, next.key, &next);
	}
	return rc == NONE ? OK : rc;
}

static int revealed_with(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
			 const struct draw_share_row *own, unsigned acts, bool *ret)
{
	char files[LIFE_SUM];

	TRY(life_sum_files(c->o->db, row, acts, files));
	return find_reveal(c, a, row, life_document_reveal(a, row, own->opened, files), ret);
}

static int check_staff(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
		       bool files_bound)
{
	struct draw_staff_row staff;
	char teams[LIFE_SUM], files[LIFE_SUM];
	int rc = draw_staff_get(c->o->db, a, row->key, &staff);

	if (rc == NONE)
		return OK;
	TRY(rc);
	const struct ledger_audit_entry entry = { "draw.staff", row->id, staff.actor, staff.at };
	TRY(life_sum_teams(c->o->db, row, teams));
	TRY(life_sum_files(c->o->db, row, 1U << LIFE_FILES_STAFF, files));
	return ledger_check_bound(
		c, &entry, life_document_staff(a, row, &staff, teams, files_bound ? NULL : files));
}

/* Teams may be made before the reveal, which then puts their file anew, or after it. */
static int check_revealed(struct ledger_checking *c, struct arena *a, const struct draw_row *row,
			  const struct draw_share_row *own)
{
	const unsigned but_staff = LIFE_FILES_ALL & ~(1U << LIFE_FILES_STAFF);
	bool whole = false, before = false;

	if (own->opened_at != (*own->commitment ? row->revealed_at : 0))
		ledger_table_wrong(c->draws, c->a, "%s 公开份额的时间与揭示的时间不同", row->id);
	if (row->revealed_at == 0)
		return check_staff(c, a, row, false);
	c->draws->seen++;
	TRY(revealed_with(c, a, row, own, LIFE_FILES_ALL, &whole));
	if (!whole)
		TRY(revealed_with(c, a, row, own, but_staff, &before));
	if (!whole && !before)
		ledger_table_wrong(c->draws, c->a, "%s 揭示的份额、文件与账簿里的全文不同",
				   row->id);
	return check_staff(c, a, row, whole);
}

static int check_draw(struct ledger_checking *c, const struct draw_row *row)
{
	CLEANUP(arena_release) struct arena a;
	struct draw_share_row shares[DRAW_SHARES_MOST];
	size_t count;

	arena_init(&a);
	TRY(draw_share_list(c->o->db, &a, row->key, shares, &count));
	const struct draw_share_row *own = operator_of(shares, count);
	TRY(check_before(c, &a, row));
	TRY(check_frozen(c, &a, row));
	TRY(check_shares(c, &a, row, shares, count));
	TRY(check_holders(c, &a, row, own->commitment));
	TRY(check_run(c, &a, row));
	TRY(check_revealed(c, &a, row, own));
	TRY(check_ended(c, &a, row));
	TRY(check_presses(c, &a, row));
	return ledger_visits_of(c, &a, row);
}

/* ---- all ---- */

static int check_draws(struct ledger_checking *c)
{
	CLEANUP(arena_release) struct arena of_draws;
	struct list draws;

	arena_init(&of_draws);
	list_init(&draws, &of_draws);
	TRY(draw_row_walk(c->o->db, "", 0, keep_draw, &draws));
	for (const struct kept *k = draws.first; k; k = k->next)
		TRY(check_draw(c, &k->draw));
	return OK;
}

/* Who approves and signs: nobody is on the list but by an act. */
static int check_people(struct ledger_checking *c)
{
	CLEANUP(arena_release) struct arena a;
	struct list list;

	arena_init(&a);
	list_init(&list, &a);
	TRY(person_row_walk(c->o->db, keep_person, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct person_row *p = &k->person;
		const struct ledger_audit_entry came = { "person.add", p->role, p->actor, p->at };
		const struct ledger_audit_entry went = { "person.leave", p->role, NULL,
							 p->left_at };
		TRY(ledger_check_bound(c, &came,
				       life_document_person(&a, came.action, p->role, p->name)));
		if (p->left_at)
			TRY(ledger_check_bound(
				c, &went, life_document_person(&a, went.action, p->role, p->name)));
	}
	return OK;
}

static int check_parties(struct ledger_checking *c)
{
	CLEANUP(arena_release) struct arena a;
	struct list list;

	arena_init(&a);
	list_init(&list, &a);
	TRY(draw_party_walk(c->o->db, keep_party, &list));
	for (const struct kept *k = list.first; k; k = k->next) {
		const struct draw_party_row *p = &k->party;
		const struct ledger_audit_entry entry = { "draw.party", p->party, p->actor,
							  p->since };
		TRY(ledger_check_bound(c, &entry, p->sign_key));
	}
	return OK;
}

int ledger_draws_check(const struct office *o, struct arena *a, bool escrow,
		       struct ledger_table *draws, struct ledger_table *sites)
{
	struct ledger_checking c = { o, a, escrow, draws, sites };

	TRY(ledger_audit_draw_acts(o->db, &draws->seen));
	TRY(ledger_audit_draw_untold(o->db, untold, &c));
	TRY(ledger_audit_draw_surplus(o->db, surplus, &c));
	TRY(check_draws(&c));
	TRY(check_people(&c));
	TRY(ledger_people_check(&c));
	TRY(check_parties(&c));
	return ledger_visits_all(&c);
}

int ledger_draws_teams(const struct office *o, struct arena *a, const struct draw_row *row,
		       struct ledger_table *draws)
{
	struct ledger_table sites = { 0 };
	struct ledger_checking c = { o, a, true, draws, &sites };

	TRY(check_result(&c, a, row, NULL, NULL));
	TRY(check_staff(&c, a, row, true));
	return ledger_visits_of(&c, a, row);
}
