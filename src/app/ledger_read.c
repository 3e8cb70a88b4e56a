/* app/ledger_read.c — subjects are those of app/registry_change.h, plan_opening.h and calendar_store.h. */
#include "app/ledger_read.h"

#include "app/registry.h"
#include "base/status.h"
#include "core/text.h"
#include "store/ledger_document.h"
#include "store/registry_change.h"

#include <string.h>

enum { DOCUMENT_MOST = 1 << 20 };

static int add_line(struct db *db, struct arena *a, const char *subject, const char **text)
{
	const char *digest;
	int rc = ledger_audit_said(db, a, subject, &digest);

	if (rc == OK)
		*text = arena_printf(a, "%sread %s %s\n", *text, subject, digest);
	return rc == NONE ? OK : rc;
}

int ledger_read_lines(struct db *db, struct arena *a, int64_t year, const char **ret)
{
	const char *text = "";
	int64_t head;

	for (enum registry kind = 0; kind < REGISTRIES; kind++) {
		TRY(registry_change_head(db, registry_name(kind), &head));
		TRY(add_line(db, a,
			     arena_printf(a, "%s/%lld", registry_name(kind), (long long)head),
			     &text));
	}
	TRY(add_line(db, a, arena_printf(a, "%lld", (long long)year), &text));
	TRY(add_line(db, a, arena_printf(a, "calendar-%lld", (long long)year), &text));
	*ret = text;
	return OK;
}

struct digest {
	const char *text;
	struct digest *next;
};

struct keeping {
	struct arena *a;
	struct digest *list;
};

static int keep(void *arg, int64_t id, const char *digest)
{
	struct keeping *k = arg;
	struct digest *one = arena_alloc(k->a, sizeof(*one));

	(void)id;
	*one = (struct digest){ arena_str(k->a, digest), k->list };
	k->list = one;
	return OK;
}

static int check_line(struct ledger_checking *c, struct arena *a, const char *draw,
		      struct span line)
{
	struct span word, subject;
	int64_t told;

	span_cut(&line, ' ', &word);
	if (!span_equal(word, SPAN("read")))
		return OK;
	span_cut(&line, ' ', &subject);
	TRY(ledger_audit_named(c->o->db, arena_mem(a, subject.at, subject.len),
			       arena_mem(a, line.at, line.len), &told));
	if (told == 0)
		ledger_table_wrong(c->draws, c->a, "抽取 %s 锁定时读的 %.*s 账簿里没有", draw,
				   (int)subject.len, subject.at);
	return OK;
}

int ledger_read_said(struct ledger_checking *c, const struct ledger_audit_entry *entry)
{
	CLEANUP(arena_release) struct arena a;
	struct keeping k = { &a, NULL };
	struct span text, line;

	arena_init(&a);
	TRY(ledger_audit_digests(c->o->db, entry, keep, &k));
	for (const struct digest *d = k.list; d; d = d->next) {
		char *at;
		int rc = ledger_document_get(c->o->db, &a, d->text, DOCUMENT_MOST, &at, &text.len);
		if (rc == NONE || rc == TOO_LARGE)
			continue;
		TRY(rc);
		text.at = at;
		while (text_line(&text, &line))
			TRY(check_line(c, &a, entry->subject, line));
	}
	return OK;
}
