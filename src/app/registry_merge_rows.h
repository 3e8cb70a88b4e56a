#ifndef APP_REGISTRY_MERGE_ROWS_H
#define APP_REGISTRY_MERGE_ROWS_H
/* app/registry_merge_rows.h — what merging, splitting and undoing share: rows as they are and as they shall be. */
#include "app/registry_apply.h"
#include "app/registry_change.h"
#include "store/registry_link.h"

struct merge_row {
	const char *id;
	struct span old[REGISTRY_FIELDS_MOST], fresh[REGISTRY_FIELDS_MOST];
	bool added; /* there was no such row */
};

/* One act in the making; everything lives in the act's arena. */
struct merge_work {
	const struct registry_act *act;
	struct registry_apply apply;
	struct merge_row *rows;
	size_t count;
	struct registry_link *links; /* change is set when they are written */
	size_t link_count;
	char *today;
};

/* Room for so many rows and links. kind: merge, split or undo. */
void merge_work_init(struct merge_work *w, const struct registry_act *act, const char *kind,
		     size_t rows);

/* Adds a note that something stands in the way; INVALID. */
MUST_USE PRINTF(2, 3) int merge_refuse(const struct merge_work *w, const char *format, ...);

/* Reads the registry's last change and the rows; `fresh` becomes a copy. NONE (with a note): one does not exist. */
MUST_USE int merge_read(struct merge_work *w, const char *const *ids, size_t count);

/* Notes each field that differs, and marks it as edited here. Then writes rows, marks, links and `more`. */
MUST_USE int merge_apply(struct merge_work *w, db_work *more, void *arg);

#endif
