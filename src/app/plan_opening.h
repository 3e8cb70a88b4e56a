#ifndef APP_PLAN_OPENING_H
#define APP_PLAN_OPENING_H
/*
 * app/plan_opening.h — a start in mid-year: this year's visits, cap counts, open cases and loads come in
 * from a CSV, so that day one is right (docs/plans.md has the columns).
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "core/mem.h"
#include "store/plan_opening.h"

#include <stddef.h>
#include <stdint.h>

enum { PLAN_OPENING_FILE_MOST = 64 << 20, PLAN_OPENING_ROWS_MOST = 1000000 };

struct plan_opening_sum {
	uint64_t visits, caps, cases, loads; /* rows of each kind */
	uint64_t replaced;                   /* rows of before whose place they took */
	uint64_t unknown;                    /* of these, ids that are in no registry */
	uint64_t above;                      /* sites that are above their annual cap now */
};

struct plan_opening_ask {
	uint32_t year;
	const char *file_name;
	struct span file;
	const char *reason;   /* NULL: none */
	const char *approver; /* a head of the list of people, not the actor; NULL: none */
};

/* The import of a year that counts now. NONE. */
MUST_USE int plan_opening_now(struct db *db, struct arena *a, uint32_t year,
			      struct plan_opening_head *ret);

/*
 * Takes the place of what was imported for that year before: only with an approver, as is the first one where the list of
 * people is in force (app/person.h), and with fewer rows than that only for a reason; both are kept beside the file's name. A file without rows is refused. INVALID with notes: nothing was kept; a
 * daily, campaign or joint visit since this system's first draw of the site's county is refused too
 * (app/plan_first_draw.h), unless it was kept before. FORBIDDEN with a note: who may not, or nobody else agrees. Ids that no
 * registry knows are warnings: their visits count for nobody until the registry has them; so are sites above their cap.
 */
MUST_USE int plan_opening_import(struct office *o, const struct plan_opening_ask *ask,
				 struct plan_notes *notes, struct plan_opening_sum *ret);

/*
 * What the entry of an import is the digest of: the file's name and digest, and a digest over the rows that it left.
 * In the arena.
 */
MUST_USE int plan_opening_document(struct db *db, struct arena *a,
				   const struct plan_opening_head *head, const char **ret);

#endif
