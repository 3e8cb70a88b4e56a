/* app/ledger_bound.c — digests first, then their documents: one statement runs at a time. */
#include "app/ledger_bound.h"

#include "base/arena.h"
#include "base/status.h"
#include "store/ledger_audit_draw.h"
#include "store/ledger_document.h"

#include <string.h>

enum { DOCUMENT_MOST = 1 << 20 };

struct told {
	const char *digest;
	struct told *next;
};

struct telling {
	struct arena *a;
	struct told *list;
};

static int keep(void *arg, const char *digest)
{
	struct telling *t = arg;
	struct told *one = arena_alloc(t->a, sizeof(*one));

	*one = (struct told){ arena_str(t->a, digest), t->list };
	t->list = one;
	return OK;
}

/* Does the document begin so? */
static int begins(struct db *db, const char *digest, const char *with, bool *ret)
{
	CLEANUP(arena_release) struct arena a;
	char *text;
	size_t len;

	arena_init(&a);
	*ret = false;
	int rc = ledger_document_get(db, &a, digest, DOCUMENT_MOST, &text, &len);
	if (rc == NONE || rc == TOO_LARGE)
		return OK;
	TRY(rc);
	*ret = len >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
	return OK;
}

int ledger_bound(struct db *db, const char *action, const char *subject, const char *actor,
		 const char *with, bool *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct telling t = { &a, NULL };

	arena_init(&a);
	*ret = false;
	TRY(ledger_audit_digests(db, action, subject, actor, keep, &t));
	for (const struct told *one = t.list; one && !*ret; one = one->next)
		TRY(begins(db, one->digest, with, ret));
	return OK;
}
