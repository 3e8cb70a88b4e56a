/* app/person_told.c — digests first, then their documents: one statement runs at a time. */
#include "app/person_told.h"

#include "app/ledger_mark.h"
#include "app/office_person.h"
#include "base/arena.h"
#include "base/status.h"
#include "core/text.h"
#include "store/ledger_audit_draw.h"
#include "store/ledger_document.h"

#include <string.h>

enum { DOCUMENT_MOST = 1 << 16 };

struct found {
	int64_t id;
	const char *digest;
	struct found *next;
};

struct finding {
	struct arena *a;
	struct found *first, **end;
};

static int keep(void *arg, int64_t id, const char *digest)
{
	struct finding *f = arg;

	*f->end = arena_alloc(f->a, sizeof(**f->end));
	**f->end = (struct found){ id, arena_str(f->a, digest), NULL };
	f->end = &(*f->end)->next;
	return OK;
}

static int find(const struct office *o, struct arena *a, struct found **ret)
{
	struct finding f = { .a = a };

	f.end = &f.first;
	TRY(ledger_audit_people(o->db, keep, &f));
	*ret = f.first;
	return OK;
}

/* What follows the word and a space in the next line. */
static const char *after(struct arena *a, struct span *text, const char *word)
{
	struct span line, first;

	if (!text_line(text, &line))
		return NULL;
	span_cut(&line, ' ', &first);
	return span_equal(first, span_of(word)) ? arena_mem(a, line.at, line.len) : NULL;
}

/* As app/person.c writes it: the action, the role and the name, who agreed. */
static void read(struct arena *a, struct span text, const struct ledger_entry *entry,
		 struct person_told *ret)
{
	struct span line;

	if (!text_line(&text, &line) || !span_equal(line, span_of(entry->action)))
		return;
	const char *name = after(a, &text, entry->subject);
	const char *approver = name ? after(a, &text, "approver") : NULL;
	if (!approver)
		return;
	ret->own = true;
	ret->name = name;
	ret->approver = approver;
}

static int look(const struct office *o, struct arena *a, const struct found *f,
		struct person_told *ret)
{
	struct ledger_entry entry;
	char digest[OFFICE_DIGEST], *text;
	size_t len;

	TRY(ledger_get(o->db, a, f->id, &entry));
	*ret = (struct person_told){ .comes = strcmp(entry.action, "person.add") == 0,
				     .role = entry.subject,
				     .name = "",
				     .approver = "" };
	if (o->keys && !ledger_mark_true(o->keys, &entry))
		return OK;
	int rc = ledger_document_get(o->db, a, f->digest, DOCUMENT_MOST, &text, &len);
	if (rc == NONE || rc == TOO_LARGE)
		return OK;
	TRY(rc);
	office_digest(text, len, digest);
	if (strcmp(digest, f->digest) == 0)
		read(a, (struct span){ text, len }, &entry, ret);
	return OK;
}

int person_told(const struct office *o, struct arena *a, struct person_told **ret)
{
	struct person_told **end = ret;
	struct found *found;

	*ret = NULL;
	TRY(find(o, a, &found));
	for (; found; found = found->next) {
		struct person_told *one = arena_alloc(a, sizeof(*one));
		TRY(look(o, a, found, one));
		*end = one;
		end = &one->next;
	}
	return OK;
}

int person_told_begun(const struct office *o, bool *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct found *found;

	arena_init(&a);
	TRY(find(o, &a, &found));
	*ret = found != NULL;
	return OK;
}

size_t person_told_roles(const struct person_told *list, const struct person_told *end,
			 const char *name)
{
	size_t came = 0, went = 0;

	for (const struct person_told *p = list; p != end; p = p->next)
		if (p->own && (!*name || office_same_person(p->name, name)))
			*(p->comes ? &came : &went) += 1;
	return came > went ? came - went : 0;
}
