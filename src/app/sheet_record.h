#ifndef APP_SHEET_RECORD_H
#define APP_SHEET_RECORD_H
/* app/sheet_record.h — matches the values and shares that people hand in with what was declared. */
#include "app/sheet_finish.h"
#include "core/declare.h"

/*
 * Fills a record in declared order: values by their name, else in the order given; shares by party, the
 * operator's from the share file. Each missing, unknown or doubled one is a PLAN_REFUSED note; INVALID then.
 * Texts live in the notes' arena or are the caller's.
 */
MUST_USE int sheet_record_match(const struct sheet_finish *in, const struct declaration *d,
				struct plan_notes *notes, struct record *ret);

#endif
