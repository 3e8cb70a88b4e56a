#ifndef APP_PLAN_RECUSAL_H
#define APP_PLAN_RECUSAL_H
/*
 * app/plan_recusal.h — who may inspect, and whom they must not: registered recusals name a site by its id,
 * code, firm or name, and are found while the sites pass by.
 */
#include "app/plan_notes.h"
#include "app/registry.h"
#include "base/buf.h"

struct plan_recusal {
	struct span target, reason, inspector;
	bool used;
};

struct plan_recusals {
	struct plan_recusal *list;
	size_t count, size;
};

/* Why this inspector may not be drawn on that day, in the arena; NULL if nothing speaks against it. */
MUST_USE const char *plan_reason_out(const struct inspector *i, int64_t day, struct arena *a);

/* Does such a reason tell of a certificate that has ended? */
MUST_USE bool plan_reason_expired(const char *reason);

/* dr1's reason code (ASCII) for a kind of relation as registries write it. */
MUST_USE struct span plan_reason_code(struct span kind);

/* Adds one; the spans must outlive the list. An empty target is passed over. */
void plan_recusals_add(struct plan_recusals *r, struct span inspector, struct span target,
		       struct span kind);

/* Adds what stands in the inspector's own cell. */
void plan_recusals_add_cell(struct plan_recusals *r, const struct inspector *i);

/* Once, after the last one was added. */
void plan_recusals_sort(struct plan_recusals *r);

/* Appends a line of conflicts.tsv for each recusal that names the site. */
void plan_recusals_match(struct plan_recusals *r, const struct site *s, struct buf *conflicts);

/*
 * A warning for each that names no site of the registry (canonical, all states). A site that is only not among the
 * lists is no reason to warn: which ones wait for another draw's visit is secret. INVALID: the registry does not read.
 */
MUST_USE int plan_recusals_note_unused(struct plan_recusals *r, struct span sites,
				       struct plan_notes *notes);

/* The lines sorted, one of each pair, in the notes' arena. */
MUST_USE struct span plan_recusals_lines(const struct buf *conflicts, struct plan_notes *notes,
					 uint64_t *ret_count);

void plan_recusals_release(struct plan_recusals *r);

#endif
