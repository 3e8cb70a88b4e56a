#ifndef STORE_WORK_DAY_H
#define STORE_WORK_DAY_H
/* store/work_day.h — imported working-day calendars, one a year and version: added, never changed. */
#include "base/arena.h"
#include "db/db.h"

struct work_calendar_row {
	int64_t id, year, version;
	const char *cells;  /* canonical CSV (app/calendar.h) */
	const char *digest; /* of cells */
	int64_t at;         /* UTC milliseconds */
	const char *actor, *reason, *file;
};

struct work_calendar_rows {
	struct work_calendar_row *at;
	size_t count;
};

/* Adds row as the next version of its year, inside db_write; id and version are made here. */
MUST_USE int work_calendar_add(struct db *db, const struct work_calendar_row *row,
			       int64_t *ret_version);

/* The last version of each year from `from` to `to`, by year; at most `most`. Texts live in the arena. */
MUST_USE int work_calendar_list(struct db *db, struct arena *a, const int64_t years[2], size_t most,
				struct work_calendar_rows *ret);

#endif
