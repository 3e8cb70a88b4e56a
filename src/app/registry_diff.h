#ifndef APP_REGISTRY_DIFF_H
#define APP_REGISTRY_DIFF_H
/*
 * app/registry_diff.h — what changed in a registry between two days or two changes, whole or as it may be
 * published: then only fields marked open in the table of fields (app/registry.h) appear, and rows that
 * differ in nothing else are counted.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "app/registry.h"

enum registry_difference_kind {
	REGISTRY_ADDED,
	REGISTRY_CHANGED,
	REGISTRY_LEFT, /* closed, moved or merged; an inspector who left */
	REGISTRY_DIFFERENCES
};

struct registry_diff {
	enum registry kind;
	int64_t from,
		to; /* numbers of changes: what came after `from`, up to `to`; 0: before all */
	bool open_only;
};

/* One row that differs. */
struct registry_diff_row {
	enum registry_difference_kind kind;
	const char *id;
	struct span name;             /* empty where it must not be shown */
	const struct span *from, *to; /* cells; from is NULL for a new row */
	const bool *differs;          /* by field; only those that may be shown */
};

struct registry_diff_counts {
	int64_t rows[REGISTRY_DIFFERENCES];
	int64_t withheld; /* rows that differ only in fields that are not open */
};

/* Called for each that is in scope (app/scope.h), in the order of ids; not OK ends the walk and is returned. Valid during the call. */
typedef int registry_diff_see(void *arg, const struct registry_diff_row *row);

MUST_USE int registry_diff(struct office *o, const struct registry_diff *d, registry_diff_see *see,
			   void *arg, struct registry_diff_counts *ret);

/*
 * A point in time as typed: a number of a change of this registry, 0, "now", or a day 2026-03-31, which means
 * the end of that day. INVALID: notes say why.
 */
MUST_USE int registry_point(struct office *o, enum registry kind, const char *text,
			    struct plan_notes *notes, int64_t *ret);

struct buf;

/* Three ways to write a row: lines of a table in Chinese words (registry_diff_head is line 1), a sentence, a JSON object with codes. */
void registry_diff_head(struct buf *out);
void registry_diff_lines(struct buf *out, enum registry kind, const struct registry_diff_row *row);
void registry_diff_sentence(struct buf *out, enum registry kind,
			    const struct registry_diff_row *row);
void registry_diff_json(struct buf *out, enum registry kind, const struct registry_diff_row *row);

/* 新增, 变更, 退出. */
MUST_USE const char *registry_difference_word(enum registry_difference_kind kind);

#endif
