#ifndef APP_CALENDAR_STORE_H
#define APP_CALENDAR_STORE_H
/* app/calendar_store.h — the working-day calendars that the office keeps, a version each time one is imported. */
#include "app/calendar.h"
#include "app/office.h"

struct calendar_kept {
	int64_t year, version;
	size_t off, on; /* days off, and days worked, that the file names */
	int64_t at;     /* UTC milliseconds */
	const char *digest, *actor, *reason, *file;
};

struct calendar_list {
	struct calendar_kept *at;
	size_t count;
};

/*
 * Reads a year's file and keeps it (ledger: calendar.import). INVALID with notes; CONFLICT with a note if the
 * year's calendar says the same already. reason: the notice it follows, 1 to 600 bytes.
 */
MUST_USE int calendar_keep(struct office *o, const char *text, size_t len,
			   const char *const file_and_reason[2], struct plan_notes *notes,
			   struct calendar_kept *ret);

/* The calendars in force of the years from one to the other, both counted; in the arena. */
MUST_USE int calendar_load(struct office *o, struct arena *a, uint32_t from, uint32_t to,
			   struct calendar *ret);

/* The same with who, when and why. */
MUST_USE int calendar_list(struct office *o, struct arena *a, struct calendar_list *ret);

#endif
