#ifndef APP_PLAN_YEAR_H
#define APP_PLAN_YEAR_H
/*
 * app/plan_year.h — an annual plan is made, submitted, approved or returned by another person, made anew as
 * a next version; a draft is dropped; periods are extended. Every act is one entry in the ledger.
 *
 * Functions return OK, a status or a db_code; PLAN_REFUSED notes say what is wrong and what to do.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "store/plan.h"
#include "store/plan_line.h"

#include <stddef.h>

enum { PLAN_LINES_MOST = 40, PLAN_LINES_FILE_MOST = 1 << 20, PLAN_TEXT_MOST = 600 };

struct plan_new {
	const char *id; /* of the plan: 1-64 bytes of [0-9A-Za-z._:-] */
	uint32_t year;
	const char *body;      /* six digits */
	const char *area;      /* county codes joined by ','; "" the whole city */
	const char *title;     /* NULL: made of year and authority */
	const char *authority; /* name of the drawing body */
	const char *period;    /* month, quarter, half, year */
	const char
		*rules;   /* name of a rule set that is kept; NULL: the one in force on 1 January */
	int64_t day_load; /* visits of a person in ten working days, 1 to 1000 */
	const char *
		lines; /* CSV (docs/plans.md), checked by plan_lines_check; NULL: those of the version before */
	size_t lines_len;
};

/*
 * Makes a plan, or the next version of one, as a draft. INVALID with notes; CONFLICT with a note if the
 * plan has a version that is not decided yet, or id and year or body do not go together.
 */
MUST_USE int plan_make(struct office *o, const struct plan_new *in, struct plan_notes *notes,
		       struct plan_version_row *ret);

/* Hands the newest draft in. NONE; CONFLICT with a note if there is none that waits. */
MUST_USE int plan_submit(struct office *o, const char *id, struct plan_notes *notes,
			 struct plan_version_row *ret);

/*
 * Approves (reason NULL) or returns (with the reason) what was handed in. FORBIDDEN with a note for who
 * made it or handed it in, and for who is no leader of the list of people; CONFLICT if nothing waits.
 */
MUST_USE int plan_decide(struct office *o, const char *id, const char *reason,
			 struct plan_notes *notes, struct plan_version_row *ret);

/*
 * Drops the newest draft with a reason: its number stays taken, its text and lines stay readable, and the next
 * version takes its lines from the one before it. CONFLICT with a note if there is no draft; FORBIDDEN with a note for
 * who neither made it nor is a leader of the list of people.
 */
MUST_USE int plan_drop(struct office *o, const char *id, const char *reason,
		       struct plan_notes *notes, struct plan_version_row *ret);

/*
 * Asks to extend the draw or the visits of a period by so many days, at most what the rule set's
 * milestones.extension_days leaves. `what`: draw, visits.
 */
MUST_USE int plan_extend(struct office *o, const char *id, struct plan_extension_row *row,
			 struct plan_notes *notes);

/* Agrees or not, by a leader of the list of people who did not ask (FORBIDDEN). NONE; CONFLICT if it is decided. */
MUST_USE int plan_extend_decide(struct office *o, int64_t extension, bool agreed,
				struct plan_notes *notes);

/* What the entries of who asks for an extension and who decides are the digest of. In the arena. */
MUST_USE const char *plan_extension_document(struct arena *a, const char *plan,
					     const struct plan_extension_row *row);

/* A plan and its newest version. */
struct plan_listed {
	struct plan_row plan;
	struct plan_version_row version;
};

/* All plans that the actor may reach (app/scope.h), newest year first, in the arena; the others are NONE to every act. */
MUST_USE int plan_list(struct office *o, struct arena *a, struct plan_listed **ret,
		       size_t *ret_count);

/* Reads lines from CSV; rows in the arena, by id. INVALID with notes. */
MUST_USE int plan_lines_read(const char *text, size_t len, uint32_t year, struct plan_notes *notes,
			     struct plan_line_row **ret, size_t *ret_count);

#endif
