#ifndef APP_CALENDAR_H
#define APP_CALENDAR_H
/*
 * app/calendar.h — working days in China. A year's calendar is a list of the days that the State Council's notice
 * names: days off and weekend days on which people work. All other days are Monday to Friday on, Saturday and
 * Sunday off; so is a whole year without a calendar, which calendar_missing tells, for a warning.
 *
 * The file (docs/rule-sets.md): CSV in UTF-8, header `date,working,name` (or 日期,是否上班,名称), one day a row,
 * all of one year, each once. Days are days since 1970-01-01, not negative.
 */
#include "app/plan_notes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum {
	CALENDAR_FILE_MOST = 1 << 16, /* bytes of the file */
	CALENDAR_NAME_MOST = 60,      /* bytes of a name */
	CALENDAR_FAR = 100000         /* most days that a deadline may be away */
};

struct calendar_day {
	int64_t day;
	bool working;
	const char *name; /* "" if it has none */
};

struct calendar_year {
	uint32_t year;
	const struct calendar_day *days; /* sorted */
	size_t count;
};

/* The years that were imported, sorted. An empty one knows Monday to Friday. */
struct calendar {
	const struct calendar_year *years;
	size_t count;
};

/*
 * Reads a year's file. Mistakes become PLAN_REFUSED notes with the row's number; INVALID then. Success adds
 * a PLAN_INFO note that counts the days, to be compared with the notice. Texts live in the notes' arena.
 */
MUST_USE int calendar_read(const char *text, size_t len, struct plan_notes *notes,
			   struct calendar_year *ret);

/* Appends the canonical file: header `date,working,name`, rows by day, 1 and 0. */
void calendar_write(const struct calendar_year *y, struct buf *out);

/* Do people work on that day? */
MUST_USE bool calendar_is_working_day(const struct calendar *c, int64_t day);

/* The n-th working day after `day` (not counting it); n from 1 to CALENDAR_FAR; 0 gives day itself. */
MUST_USE int64_t calendar_add_working_days(const struct calendar *c, int64_t day, uint32_t n);

/* Working days from `from` to `to`, both counted; 0 if to is before from. At most CALENDAR_FAR days apart. */
MUST_USE uint32_t calendar_working_days(const struct calendar *c, int64_t from, int64_t to);

/* The last day of a term of so many days after `day`, which is not counted; working or calendar days. */
MUST_USE int64_t calendar_due(const struct calendar *c, int64_t day, uint32_t days, bool working);

/* Is there a year from one day to the other without a calendar? The first one in *ret_year. */
MUST_USE bool calendar_missing(const struct calendar *c, int64_t from, int64_t to,
			       uint32_t *ret_year);

/* "2026-11-23", in the arena. */
MUST_USE const char *calendar_text(struct arena *a, int64_t day);

#endif
