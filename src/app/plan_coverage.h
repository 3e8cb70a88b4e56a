#ifndef APP_PLAN_COVERAGE_H
#define APP_PLAN_COVERAGE_H
/*
 * app/plan_coverage.h — which counties, townships and matters were reached this year: every matter of the
 * list is to be checked at least once a year (抽查事项全覆盖), and no place stays without supervision. Visits that
 * wait are secret, so places count only those that were made.
 */
#include "app/plan_scan.h"

struct plan_place {
	const char *code;        /* six digits, or a township's code or name */
	const char *county;      /* "" for a county */
	uint64_t sites, visited; /* live; of these visited this year */
	uint64_t uncovered;      /* in no rule */
};

struct plan_places {
	struct plan_place *list; /* in the order met */
	size_t count;
	uint32_t *table;
};

struct plan_covered_matter {
	uint64_t sites, visited;
	uint64_t
		reached; /* visited ones and those that wait for a visit; not to be shown: a place may be small */
};

enum { PLAN_PLACES_MOST = 8192 };

struct plan_coverage {
	const struct plan_scene *scene;
	struct plan_places counties, townships;
	struct plan_covered_matter *matters; /* by the scene's matter list */
	struct plan_covered_matter
		kinds[OBJECT_KINDS]; /* sites that are checked for all matters of a kind */
	uint64_t sites, visited;
};

void plan_coverage_init(struct plan_coverage *c, const struct plan_scene *s);

/* Counts a site of a scan. */
void plan_coverage_add(struct plan_coverage *c, const struct plan_scanned *s);

/*
 * Once, after the last one: what sites of each kind are checked for is added to the matters, and what was checked
 * at sites that are gone since (`sum` of that scan).
 */
void plan_coverage_end(struct plan_coverage *c, const struct plan_scan_sum *sum);

#endif
