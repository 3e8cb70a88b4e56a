#ifndef APP_SHEET_DAY_H
#define APP_SHEET_DAY_H
/* app/sheet_day.h — the day on which eligibility is judged. */
#include "app/plan_rules.h"

/*
 * `given` if not NULL, else today at +08:00 moved into the rules' period; a warning when the period is
 * over. INVALID with a note if `given` is no day.
 */
MUST_USE int sheet_day(const struct plan_rules *rules, const char *given, struct plan_notes *notes,
		       int64_t *ret);

#endif
