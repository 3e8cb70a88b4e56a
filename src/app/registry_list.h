#ifndef APP_REGISTRY_LIST_H
#define APP_REGISTRY_LIST_H
/* app/registry_list.h — looking at a registry: pages by filters, one row, what became of it, what was changed. */
#include "app/office.h"
#include "app/plan_notes.h"
#include "app/registry.h"
#include "store/registry_change.h"
#include "store/registry_edit.h"
#include "store/registry_list.h"

/* What a person asks for; NULL: any. Words may be values (key) or what they mean (重点); counties their names. */
struct registry_query {
	enum registry kind;
	const char *county, *class, *special, *state, *kind_word;
	const char *text;  /* a number, a code, or part of one or of the name */
	const char *after; /* continue after this number; NULL: from the start */
	int64_t most;      /* rows of a page, 1 to REGISTRY_PAGE_MOST */
};

/* INVALID: notes name the word that means nothing. The page lives in the arena; of rows that app/scope.h lets be seen. */
MUST_USE int registry_query(struct office *o, struct arena *a, const struct registry_query *q,
			    struct plan_notes *notes, struct registry_page *ret);

/* The cells of a row of a page, borrowed from it. */
void registry_row_cells(enum registry kind, const struct registry_row *row,
			struct span cells[REGISTRY_FIELDS_MOST]);

/* A cell as a person reads it: words of choices, names of counties, 是 and 否. In the arena, or the cell. */
MUST_USE struct span registry_shown(struct arena *a, const struct field *f, struct span cell);

struct registry_single {
	struct registry_row row;
	struct span cells[REGISTRY_FIELDS_MOST];
	bool edited[REGISTRY_FIELDS_MOST]; /* edits made here that are in force */
};

/* One row by its number; strings live in the arena. NONE, also of one that is out of scope (app/scope.h). */
MUST_USE int registry_single(struct office *o, struct arena *a, enum registry kind, const char *id,
			     struct registry_single *ret);

/* One version of a row with the change that made it, newest first. */
struct registry_past {
	int64_t version;
	struct registry_change change;
	struct span cells[REGISTRY_FIELDS_MOST];
};

/* All versions of a row, in the arena. NONE: there is no such row. */
MUST_USE int registry_past(struct office *o, struct arena *a, enum registry kind, const char *id,
			   struct registry_past **ret, size_t *ret_count);

/* The newest changes of a registry, newest first; see store/registry_change.h. FORBIDDEN: see scope_need_all. */
MUST_USE int registry_changes(struct office *o, enum registry kind, int64_t below, int64_t most,
			      registry_change_each *each, void *arg);

/* What a change met that was edited here; see store/registry_edit.h. NONE: no such change; FORBIDDEN: scope_need_all. */
MUST_USE int registry_overrides(struct office *o, enum registry kind, int64_t change,
				registry_override_each *each, void *arg);

/* Fields whose winner was set; see store/registry_edit.h. */
MUST_USE int registry_winners(struct office *o, enum registry kind, registry_winner_each *each,
			      void *arg);

#endif
