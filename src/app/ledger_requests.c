/* app/ledger_requests.c — row by row, the newest first. */
#include "app/ledger_requests.h"

#include "app/account_grant.h"
#include "app/ledger_asked.h"
#include "app/ledger_mark.h"
#include "app/person.h"
#include "app/proposal.h"
#include "base/status.h"
#include "store/ledger.h"

#include <inttypes.h>
#include <string.h>

enum { PAGE = 100 };

/* ---- proposals ---- */

static bool ended(const struct ledger_asked *first, const char *action)
{
	for (; first; first = first->next)
		if (strcmp(first->action, action) == 0)
			return true;
	return false;
}

struct act {
	const struct office *o;
	const struct proposal_row *p;
	bool told;
};

static int see_act(void *arg, const struct ledger_entry *e)
{
	struct act *act = arg;

	act->told |= e->time == act->p->ended_at && strcmp(e->action, act->p->kind) == 0 &&
		     strcmp(e->actor, act->p->person) == 0 && ledger_mark_true(act->o->keys, e);
	return OK;
}

/* Is there an entry of what was asked for? Of the list of people it is about the role, not the person. */
static int look_for_act(const struct office *o, const struct proposal_row *p, bool *ret)
{
	const struct proposal_kind *kind = proposal_kind(p->kind);
	struct act act = { o, p, false };

	if (!kind || kind->about != PROPOSAL_PERSON)
		TRY(ledger_walk_subject(o->db, p->subject, see_act, &act));
	else
		for (enum person_role role = 0; role < PERSON_ROLES; role++)
			TRY(ledger_walk_subject(o->db, person_role_word(role), see_act, &act));
	*ret = act.told;
	return OK;
}

static bool end_told(const struct proposal_row *p, const struct ledger_asked *first,
		     const struct proposal_voice_row *no, bool act)
{
	bool refused = ended(first, "proposal.refuse"), taken = ended(first, "proposal.withdraw");

	if (strcmp(p->state, "refused") == 0)
		return no && no->at == p->ended_at && !taken &&
		       ledger_asked_find(first, "proposal.refuse", no->person, no->at);
	if (no || refused)
		return false;
	if (strcmp(p->state, "withdrawn") == 0)
		return ledger_asked_find(first, "proposal.withdraw", p->person, p->ended_at);
	if (taken)
		return false;
	return strcmp(p->state, "open") == 0 ? p->ended_at == 0 : act;
}

static bool proposal_told(const struct proposal_row *p, const struct ledger_asked *first,
			  const struct proposal_voice_row *voices, size_t count, bool act)
{
	const struct proposal_kind *kind = proposal_kind(p->kind);
	const struct proposal_voice_row *no = NULL;
	bool done = strcmp(p->state, "done") == 0;
	size_t yes = 0, last = 0;

	if (!kind || !first || ledger_asked_find(first, "proposal.make", p->person, p->at) != first)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct proposal_voice_row *v = &voices[i];
		if (!v->agree) {
			no = v;
			continue;
		}
		yes++;
		if (ledger_asked_find(first, "proposal.agree", v->person, v->at))
			continue;
		if (!done || v->at != p->ended_at)
			return false;
		last++;
	}
	for (const struct ledger_asked *e = first; e; e = e->next)
		yes -= strcmp(e->action, "proposal.agree") == 0;
	return yes == last && last == (done ? 1 : 0) && end_told(p, first, no, act);
}

static int check_proposal(const struct office *o, struct arena *a, struct arena *of_page,
			  const struct proposal_row *p, struct ledger_table *t)
{
	struct proposal_voice_row voices[PROPOSAL_VOICES_MOST];
	const char *text = proposal_text(of_page, p);
	struct ledger_asked *first;
	char digest[OFFICE_DIGEST];
	size_t count;
	bool act;

	t->seen++;
	if (!o->keys)
		return OK;
	office_digest(text, strlen(text), digest);
	TRY(ledger_asked(o, of_page, p->subject, digest, NULL, &first));
	TRY(proposal_voice_list(o->db, of_page, p->key, PROPOSAL_VOICES_MOST, voices, &count));
	TRY(look_for_act(o, p, &act));
	if (!proposal_told(p, first, voices, count, act))
		ledger_table_wrong(t, a, "提请 %s 的内容、表态或结果与账簿的条目不同", p->id);
	return OK;
}

static int check_proposals(const struct office *o, struct arena *a, struct ledger_table *t)
{
	int64_t below = INT64_MAX, seen = t->seen, made;
	size_t count;

	do {
		CLEANUP(arena_release) struct arena of_page;
		struct proposal_row rows[PAGE];
		arena_init(&of_page);
		TRY(proposal_row_newest(o->db, &of_page, false, below, PAGE, rows, &count));
		for (size_t i = 0; i < count; i++)
			TRY(check_proposal(o, a, &of_page, &rows[i], t));
		below = count ? rows[count - 1].key : below;
	} while (count == PAGE);
	TRY(ledger_audit_count(o->db, "proposal.make", &made));
	if (made != t->seen - seen)
		ledger_table_wrong(t, a, "提请有 %" PRId64 " 件，账簿里提出过 %" PRId64 " 件",
				   t->seen - seen, made);
	return OK;
}

/* ---- requests for roles ---- */

static bool grant_told(const struct account_grant_row *g, const struct ledger_asked *first)
{
	const char *end = strcmp(g->state, "refused") == 0 ? "account.refuse"
			  : g->give                        ? "account.grant"
							   : "account.take";

	if (!first || ledger_asked_find(first, "account.ask", g->asked_by, g->asked_at) != first)
		return false;
	if (strcmp(g->state, "open") == 0)
		return !first->next && g->decided_at == 0 && !*g->decided_by;
	return first->next && !first->next->next &&
	       ledger_asked_find(first->next, end, g->decided_by, g->decided_at);
}

static int check_grant(const struct office *o, struct arena *a, struct arena *of_page,
		       const struct account_grant_row *g, struct ledger_table *t)
{
	const char *text = account_grant_text(of_page, g->account_id, g);
	struct ledger_asked *first;
	char digest[OFFICE_DIGEST];

	t->seen++;
	if (!o->keys)
		return OK;
	office_digest(text, strlen(text), digest);
	TRY(ledger_asked(o, of_page, g->account_id, digest, NULL, &first));
	if (!grant_told(g, first))
		ledger_table_wrong(t, a, "授权申请 %s 的内容或决定与账簿的条目不同", g->id);
	return OK;
}

static int check_grants(const struct office *o, struct arena *a, struct ledger_table *t)
{
	int64_t seen = t->seen, made;
	const char *after = "";
	size_t count;

	do {
		CLEANUP(arena_release) struct arena of_page;
		struct account_grant_row rows[PAGE];
		arena_init(&of_page);
		TRY(account_grant_page(o->db, &of_page, after, PAGE, rows, &count));
		for (size_t i = 0; i < count; i++)
			TRY(check_grant(o, a, &of_page, &rows[i], t));
		after = count ? arena_str(a, rows[count - 1].id) : after;
	} while (count == PAGE);
	TRY(ledger_audit_count(o->db, "account.ask", &made));
	if (made != t->seen - seen)
		ledger_table_wrong(t, a, "授权申请有 %" PRId64 " 份，账簿里提出过 %" PRId64 " 份",
				   t->seen - seen, made);
	return OK;
}

int ledger_requests_check(const struct office *o, struct arena *a, struct ledger_table *t)
{
	TRY(check_proposals(o, a, t));
	return check_grants(o, a, t);
}
