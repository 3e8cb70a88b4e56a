#ifndef STORE_VISIT_UNDONE_H
#define STORE_VISIT_UNDONE_H
/* store/visit_undone.h — visits whose being made was taken back. Rows are added and never changed. */
#include "base/arena.h"
#include "db/db.h"
#include "store/visit.h"

struct visit_undone {
	const char *visit;
	int64_t day; /* days since 1970 */
	bool offsite;
	int64_t done_at;     /* when it was said to be made, */
	const char *done_by; /* and by whom */
	int64_t at;          /* when that was taken back */
	const char *actor, *approver;
};

/* visited -> accepted, and the row that keeps what was said (day to done_by are the visit's). CONFLICT. */
MUST_USE int visit_undo(struct db *db, const struct visit_row *visit,
			const struct visit_undone *row);

/* All of a visit, or of a draw's visits (visit NULL), in order; not OK ends the walk. Valid during the call. */
typedef int visit_undone_each(void *arg, const struct visit_undone *row);
MUST_USE int visit_undone_walk(struct db *db, int64_t draw, const char *visit,
			       visit_undone_each *each, void *arg);

#endif
