#ifndef APP_PLAN_OPEN_H
#define APP_PLAN_OPEN_H
/*
 * app/plan_open.h — any number in the table of plan_check opened: how it is made, and the sites or visits that are
 * counted in it. Who waits for a visit is secret: such rows are never given, whoever asks.
 */
#include "app/plan_check.h"

/* The columns, by the names that --json gives them. */
enum plan_column {
	PLAN_COLUMN_MEMBERS,
	PLAN_COLUMN_REQUIRED,
	PLAN_COLUMN_PLANNED,
	PLAN_COLUMN_DONE,
	PLAN_COLUMN_LEFT,
	PLAN_COLUMN_NEED,
	PLAN_COLUMN_DRAWN,
	PLAN_COLUMN_YEAR_LEFT,
	PLAN_COLUMNS
};

MUST_USE const char *plan_column_name(enum plan_column column);

/* The cell's rule (index) and column of "key.done". NONE if there is no such cell. */
MUST_USE int plan_cell_find(const struct plan_check *check, const char *name, size_t *ret_rule,
			    enum plan_column *ret);

/* How the cell's number is made of others: one sentence in the scene's arena. */
MUST_USE const char *plan_cell_words(const struct plan_scene *s, const struct plan_check *check,
				     size_t rule, enum plan_column column);

struct plan_cell_row {
	struct span id, name, county; /* of a site, or of a line of the plan; borrowed */
	int64_t day;                  /* of a visit; INT64_MIN: no visit */
	uint32_t n;                   /* that many visits */
};

/* Not OK ends it. */
typedef int plan_cell_each(void *arg, const struct plan_cell_row *row);

struct plan_cell_ask {
	size_t rule;
	enum plan_column column;
	uint64_t most;
	plan_cell_each *each;
	void *arg;
};

/* Its rows, at most `most`: the members' sites, or the visits done. Nothing for the others. */
MUST_USE int plan_cell_rows(const struct plan_scene *s, const struct plan_check *check,
			    const struct plan_cell_ask *ask);

#endif
