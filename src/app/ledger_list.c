/* app/ledger_list.c — one row more than the page tells whether there is a next one. */
#include "app/ledger_list.h"

#include "base/status.h"
#include "store/ledger_tree.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000, ZONE_MS = 8 * 3600 * 1000 };

struct listing {
	struct arena *a;
	struct ledger_page page;
	size_t most;
};

static int see(void *arg, const struct ledger_entry *entry)
{
	struct listing *in = arg;
	struct ledger_entry *to = &in->page.items[in->page.count];

	if (in->page.count == in->most) {
		in->page.next = in->page.items[in->page.count - 1].seq;
		return OK;
	}
	*to = *entry;
	to->actor = arena_str(in->a, entry->actor);
	to->roles = arena_str(in->a, entry->roles);
	to->action = arena_str(in->a, entry->action);
	to->subject = arena_str(in->a, entry->subject);
	to->digest = arena_str(in->a, entry->digest);
	to->source = arena_str(in->a, entry->source);
	in->page.count++;
	return OK;
}

static const char *given(const char *text)
{
	return text ? text : "";
}

int ledger_list(struct office *o, struct arena *a, const struct ledger_list_ask *ask,
		struct ledger_page *ret)
{
	struct listing in = { .a = a, .most = ask->most, .page.next = -1 };
	struct ledger_tree tree;
	const struct ledger_ask of = { given(ask->subject), given(ask->actor), given(ask->action),
				       ask->from ? ask->from * DAY_MS - ZONE_MS : 0,
				       ask->to ? (ask->to + 1) * DAY_MS - ZONE_MS : INT64_MAX };

	assert(ask->most >= 1 && ask->most <= LEDGER_LIST_MOST);
	o->why[0] = 0;
	in.page.items = arena_array(a, ask->most, sizeof(*in.page.items));
	TRY(ledger_search(o->db, &of, ask->below, (int64_t)ask->most + 1, see, &in));
	TRY(ledger_tree_get(o->db, &tree));
	in.page.all = in.page.total = tree.size;
	if (*of.subject || *of.actor || *of.action || ask->from || ask->to)
		TRY(ledger_search_count(o->db, &of, &in.page.total));
	*ret = in.page;
	return OK;
}

/* ---- who looks ---- */

static const char subject[] = "ledger", action[] = "ledger.read";

const char *ledger_list_what(struct arena *a, const struct ledger_list_ask *ask)
{
	return arena_printf(
		a, "list\nsubject %s\nactor %s\naction %s\nfrom %" PRId64 "\nto %" PRId64 "\n",
		given(ask->subject), given(ask->actor), given(ask->action), ask->from, ask->to);
}

struct looking {
	struct office *o;
	const char *what;
	char digest[OFFICE_DIGEST];
	bool told;
};

/* Newest first. */
static int see_look(void *arg, const struct ledger_entry *e)
{
	struct looking *in = arg;

	if (e->time < office_now(in->o) - LEDGER_LOOK_MS)
		return CANCELLED;
	in->told = strcmp(e->action, action) == 0 && strcmp(e->actor, in->o->actor) == 0 &&
		   strcmp(e->digest, in->digest) == 0;
	return in->told ? CANCELLED : OK;
}

static int tell_look(struct db *db, void *arg)
{
	struct looking *in = arg;
	char digest[OFFICE_DIGEST];

	(void)db;
	TRY(office_document(in->o, in->what, strlen(in->what), digest));
	return office_log(in->o, action, subject, digest);
}

int ledger_look(struct office *o, struct arena *a, const char *what)
{
	struct looking in = { .o = o, .what = arena_str(a, what) };

	o->why[0] = 0;
	office_digest(what, strlen(what), in.digest);
	int rc = ledger_newest(o->db, subject, INT64_MAX, INT64_MAX, see_look, &in);
	if (rc != OK && rc != CANCELLED)
		return rc;
	rc = in.told ? OK : office_write(o, tell_look, &in);
	return rc == FORBIDDEN ? OK : rc;
}
