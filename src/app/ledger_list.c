/* app/ledger_list.c — one row more than the page tells whether there is a next one. */
#include "app/ledger_list.h"

#include "base/status.h"
#include "store/ledger_tree.h"

#include <assert.h>

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

int ledger_list(struct office *o, struct arena *a, const char *subject, int64_t below, size_t most,
		struct ledger_page *ret)
{
	struct listing in = { .a = a, .most = most, .page.next = -1 };
	struct ledger_tree tree;

	assert(most >= 1 && most <= LEDGER_LIST_MOST);
	o->why[0] = 0;
	in.page.items = arena_array(a, most, sizeof(*in.page.items));
	TRY(ledger_newest(o->db, subject, below, (int64_t)most + 1, see, &in));
	TRY(ledger_tree_get(o->db, &tree));
	in.page.total = tree.size;
	*ret = in.page;
	return OK;
}
