#ifndef APP_PAPERS_MODEL_H
#define APP_PAPERS_MODEL_H
/*
 * app/papers_model.h — a finished draw as the papers show it: every drawn object and written reserve with
 * the data of its registry row, every member of a team with name and certificate.
 */
#include "app/draw_run.h"
#include "app/sheet_plan.h"
#include "base/arena.h"
#include "core/declare.h"

struct papers_person {
	const char *id, *name, *certificate, *unit; /* "" if not known */
	bool senior;
	uint32_t limit, base, load; /* load: trips of this draw */
};

struct papers_task {
	const char *object, *stratum, *name, *firm, *code, *permit, *scope, *county, *township,
		*address;
	const char *industry, *class, *special, *skill; /* "" if not known */
	const char *ticket;
	uint64_t rank;     /* in the stratum, from 1 */
	uint32_t trip;     /* number of the trip, from 1; 0: none (a reserve, or no teams) */
	uint32_t *members; /* indices into people, in the order accepted */
	uint32_t member_count;
	uint32_t lead; /* index into people: the first senior, else the first */
};

struct papers_stratum {
	const char *name;
	uint64_t members, quota;
	uint32_t drawn, reserves;
};

struct papers_model {
	const struct sheet_plan *plan;
	struct declaration declaration;
	struct record record;
	struct span declaration_text;
	const char *draw_id, *seed, *root; /* R and result root */
	const char *fingerprint;           /* of the freeze */
	const char *
		stranger; /* a unit or person whose registry row is missing or has another name; NULL: none */
	bool rehearsal;
	const struct papers_person *people; /* the whole inspectors.tsv, in its order */
	uint32_t person_count;
	const struct papers_task *tasks; /* by district, trip and id, as branches work them off */
	const struct papers_task *reserves; /* strata in rules order, each by ticket */
	uint32_t task_count, reserve_count, trips;
	const struct papers_stratum *strata;
	uint32_t stratum_count;
	uint32_t relaxed; /* how many relax lines were applied */
	bool teams;       /* false: no teams exist, tasks have no members */
};

struct papers_source {
	const struct draw *draw;
	const struct draw_outcome *outcome;
	const struct draw_seed *seed;
	struct span sites, inspectors; /* canonical registries, as they were frozen */
	const struct sheet_plan *plan;
	struct span declaration, record;
	const char *fingerprint;
};

/* Builds the model; texts live in the arena, spans of declaration and record are borrowed. INVALID if
 * declaration or record do not parse. */
MUST_USE int papers_model_make(struct arena *a, const struct papers_source *src,
			       struct papers_model *ret);

#endif
