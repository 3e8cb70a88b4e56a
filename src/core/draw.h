#ifndef CORE_DRAW_H
#define CORE_DRAW_H
/*
 * core/draw.h — one dr1 draw (spec/draw.md) from the bytes of its files to the bytes of its result.
 *
 *   draw_open      lists and rules: form, order, references; members of every stratum
 *   draw_declare   -> declaration          (before the freeze)
 *   draw_seed      declaration + record -> R
 *   draw_select    R -> drawn objects and reserves of every stratum
 *   draw_teams     R -> visits (trips), relaxation, teams or the certificate
 *   draw_result    -> result.tsv and result.root
 *
 * Everything lives in the region given; spans point into the files' bytes, which must outlive the draw.
 * Memory is O(strata + inspectors + conflicts + drawn), never O(objects): objects stay text.
 */
#include "core/assign.h"
#include "core/lists.h"
#include "core/mem.h"
#include "core/problem.h"
#include "core/rules.h"
#include "core/select.h"

/* The files of a draw folder; one that is absent has at == NULL. */
struct draw_files {
	struct span file[CORE_FILES]; /* by enum core_file */
};

struct draw {
	struct draw_files files;
	struct rules rules;
	uint64_t object_count;
	uint64_t *members;                 /* of each stratum of the rules */
	struct draw_inspector *inspectors; /* in file order, which is id order */
	uint32_t inspector_count;
	struct draw_conflict *conflicts; /* in file order */
	uint32_t conflict_count;
};

/*
 * Checks rules, inspectors, conflicts and objects completely (form, ids, order, uniqueness, conflicts
 * that name nobody, strata without a quota line, teams that ask more than need) and counts the strata.
 * CORE_INVALID with the first problem, the files taken in the order just named; or CORE_FULL.
 */
CORE_MUST_USE int draw_open(const struct draw_files *files, struct region *r, struct draw *ret,
			    struct problem *problem);

/*
 * The same with the objects shared among threads or taken in steps: begin checks the rest and makes
 * `parts` parts, each part checks its own range of objects.tsv (ranges in ascending order by part, cut
 * anywhere, together from 0 to the end; each part once), end adds them up. Part i touches only parts[i].
 */
struct draw_opening {
	struct draw draw;
	struct list_part *parts;
	uint32_t count;
};

CORE_MUST_USE int draw_open_begin(const struct draw_files *files, uint32_t parts, struct region *r,
				  struct draw_opening *ret, struct problem *problem);
void draw_open_part(struct draw_opening *o, uint32_t part, uint64_t from, uint64_t to);
CORE_MUST_USE int draw_open_end(struct draw_opening *o, struct draw *ret, struct problem *problem);

/*
 * What is well-formed but will not do, or may surprise: quotas over the stratum, strata without
 * members, nobody of a grade, limits of 0, too little room, scopes without anybody, objects that all must
 * avoid, visits of one person, control characters in columns. Problems with a WARNING_ code, at most DRAW_MOST_WARNINGS (*more counts the
 * rest), in the region. `certain` are those which say that the draw cannot give all that its rules ask,
 * whatever R and with all relaxations: quotas over the stratum, too few people, too little room, a quota over
 * the objects that a team can go to.
 */
enum { DRAW_MOST_WARNINGS = 100 };

struct draw_warnings {
	struct problem *items;
	uint32_t count;
	uint64_t more;
	struct problem *certain;
	uint32_t certain_count; /* at most DRAW_MOST_WARNINGS */
};

CORE_MUST_USE int draw_warnings(const struct draw *d, struct region *r, struct draw_warnings *ret);

/*
 * A first size of region for everything in core over these files, verification included; enough for
 * usual draws. On CORE_FULL take twice as much and begin again.
 */
CORE_MUST_USE uint64_t draw_region_estimate(const struct draw_files *files);

/* Reads the object whose line starts at this byte of objects.tsv; the list was checked. */
void draw_object_at(const struct draw *d, uint64_t offset, struct draw_object *ret);

/* Reads the id alone. */
CORE_MUST_USE struct span draw_id_at(const struct draw *d, uint64_t offset);

/* Finds an object or inspector by id (binary search in the sorted text); false if there is none. */
CORE_MUST_USE bool draw_find_object(const struct draw *d, struct span id, uint64_t *offset);
CORE_MUST_USE bool draw_find_inspector(const struct draw *d, struct span id, uint32_t *index);

/* The 64 hex digits of R. */
struct draw_seed {
	char hex[64];
};

/* The seed of the objects' tickets: R "/objects". */
void draw_tickets(const struct draw_seed *seed, struct ticket_seed *ret);

/* One stratum's drawn objects and written reserves, in (ticket, id) order. */
struct draw_stratum {
	uint64_t quota; /* by the rules; drawn_count < quota is a shortfall */
	const struct select_entry *entries;
	uint32_t drawn_count, reserve_count; /* reserves follow the drawn ones */
};

struct draw_selection {
	struct draw_stratum *strata; /* by the rules' stratum index */
	uint64_t drawn_total;
};

/*
 * Takes all quotas and the first three reserves of each stratum. To share the scan among threads use
 * draw_scan_*: begin makes one selector a part, each part scans its own byte range of objects.tsv
 * (ranges cut anywhere; a line belongs to the range that holds its first byte), end merges them.
 */
CORE_MUST_USE int draw_select(const struct draw *d, const struct draw_seed *seed, struct region *r,
			      struct draw_selection *ret);

struct draw_scan {
	const struct draw *draw;
	struct ticket_seed tickets;
	uint64_t *quotas;
	struct select *selectors; /* one a part */
	uint32_t parts;
};

/* The scan struct must not move between begin and end. A part may be given several ranges. */
CORE_MUST_USE int draw_scan_begin(const struct draw *d, const struct draw_seed *seed,
				  uint32_t parts, struct region *r, struct draw_scan *ret);
void draw_scan_part(struct draw_scan *s, uint32_t part, uint64_t from, uint64_t to);
CORE_MUST_USE int draw_scan_end(struct draw_scan *s, struct region *r, struct draw_selection *ret);

/*
 * Teams. What the page leaves open is read so: "one stratum's team rule" is equal numbers (need,
 * min_senior, min_junior), as written in rules.txt, so that strata with equal rules share trips and a
 * relaxation moves no trip; "second" sets the minimums to 1 and 0 even where they were lower.
 */
struct draw_teams {
	struct assign_problem problem; /* visits are trips; ids of their first objects */
	struct assign_result result;   /* teams empty if infeasible */
	bool feasible;
	uint32_t relaxed;  /* how many relax lines were applied */
	uint32_t *trip_of; /* by drawn object, in the order of draw_drawn */
	uint64_t *
		drawn; /* byte offsets of the drawn objects: strata in rules order, each in ticket order */
	uint32_t drawn_count;
};

/*
 * Cuts trips, builds eligibility (scope, skill, conflicts) and solves. Infeasible is no error: feasible
 * is false and result.marks / unmet hold the certificate of the last relaxation tried.
 * draw_teams_prepare does all but the solving, for callers with threads or trial seeds of their own.
 */
CORE_MUST_USE int draw_teams(const struct draw *d, const struct draw_seed *seed,
			     const struct draw_selection *selection, struct region *r,
			     struct draw_teams *ret);
CORE_MUST_USE int draw_teams_prepare(const struct draw *d, const struct draw_seed *seed,
				     const struct draw_selection *selection, uint32_t relaxed,
				     struct region *r, struct draw_teams *ret);

/* Whether scope and skill let the inspector visit the object; conflicts and limits aside. */
CORE_MUST_USE bool draw_eligible(const struct draw_inspector *inspector,
				 const struct draw_object *object);

/*
 * Why there are no teams, in numbers (spec 4.4): visits and the places that they ask for by enum
 * assign_mark, how many of them each inspector could help, and the sum of what everybody could give.
 * asked_total - offered is result.unmet, the exact number of places that stay empty. Only for infeasible
 * teams. CORE_FULL.
 */
struct draw_shortage {
	uint64_t visits[4], asked[4];
	uint64_t asked_total, offered;
	uint64_t *eligible; /* of each inspector, recusals taken off */
};

CORE_MUST_USE int draw_shortage(const struct draw_teams *teams, struct region *r,
				struct draw_shortage *ret);

/* What one inspector could give: the least of the limit and the eligible visits. */
CORE_MUST_USE uint64_t draw_shortage_offer(const struct draw_teams *teams,
					   const struct draw_shortage *s, uint32_t inspector);

/* result.tsv and result.root of spec 5.4. `teams` may be NULL or infeasible: the team column is empty. */
struct draw_result {
	struct span tsv; /* sorted lines, each with LF */
	char root[64];
};

CORE_MUST_USE int draw_result(const struct draw *d, const struct draw_seed *seed,
			      const struct draw_selection *selection,
			      const struct draw_teams *teams, struct region *r,
			      struct draw_result *ret);

/* Root over the salted rows of a result.tsv, which may come from elsewhere; CORE_FULL. */
CORE_MUST_USE int draw_rows_root(const struct draw_seed *seed, struct span tsv, struct region *r,
				 char hex[64]);

/* salt of an object's row: hex SHA256("dr1-salt\n" R "\n" object "\n"). */
void draw_salt(const struct draw_seed *seed, struct span object, char hex[64]);

#endif
