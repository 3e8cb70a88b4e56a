#ifndef APP_PLAN_LISTS_H
#define APP_PLAN_LISTS_H
/*
 * app/plan_lists.h — from the two canonical registries and the rule file to the dr1 lists: who may be
 * drawn on that day, into which stratum, who may inspect, who must withdraw, and who was left out why.
 */
#include "app/plan_quota.h"
#include "core/mem.h"

/* An inspector who is not in inspectors.tsv, or a site that is not in objects.tsv, with the reason. */
struct plan_absent {
	const char *id, *name, *scope, *reason;
};

struct plan_lists {
	struct span objects, inspectors, conflicts; /* dr1 files */
	struct plan_cell *cells;                    /* with members; empty for plain dr1 rules */
	size_t cell_count;
	struct plan_absent *absent; /* inspectors left out, in id order */
	size_t absent_count;
	uint64_t sites, live; /* in the registry, and in objects.tsv */
	uint64_t not_live[8]; /* by enum site_state */
	uint64_t staff;    /* what a per-inspector minimum multiplies: 在编在岗 and no expert */
	uint64_t eligible; /* in inspectors.tsv */
	uint64_t seniors;
	uint64_t conflict_count;
};

struct plan_lists_input {
	struct span sites,
		inspectors; /* canonical registries (app/registry.h); must outlive the lists */
	const struct plan_rules *rules;
	int64_t day; /* days since 1970: certificates, leave, special supervision and seniority on it */
};

/*
 * Makes the lists in the notes' arena. Every site that is live is in objects.tsv. INVALID with
 * PLAN_REFUSED notes if a registry does not read, or a site has no stratum in plain dr1 rules.
 */
MUST_USE int plan_lists_make(const struct plan_lists_input *in, struct plan_notes *notes,
			     struct plan_lists *ret);

/*
 * Notes sites that may be one firm twice (one name in one county, or one code at one address; both live), and how
 * many codes are shared by several sites (which is normal for plants of one firm). Warnings only.
 */
void plan_doubles(const struct plan_lists_input *in, struct plan_notes *notes);

#endif
