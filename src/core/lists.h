#ifndef CORE_LISTS_H
#define CORE_LISTS_H
/*
 * core/lists.h — the three lists of a draw (spec/draw.md 1) as text: lines into columns, and every rule
 * of form and order. What the page leaves open is read so: a scope or skill of an object holds no comma
 * (no inspector's list could name it); a comma list has no empty and no repeated item; limit and base
 * are always written, and fit 32 bits.
 */
#include "core/mem.h"
#include "core/problem.h"
#include "core/rules.h"

struct draw_object {
	struct span line; /* without LF */
	struct span id, stratum, name, scope, place, skill;
};

struct draw_inspector {
	struct span id;
	bool senior;
	uint32_t limit, base;
	struct span scopes,
		skills; /* comma-separated; empty restricts nothing / qualifies for nothing */
};

struct draw_conflict {
	struct span inspector, object, reason;
	uint32_t who;   /* index of the inspector */
	uint64_t where; /* byte offset of the object's line; set by draw_open */
};

enum { LIST_MOST_INSPECTORS = 1000000, LIST_MOST_CONFLICTS = 10000000 };

#define LIST_MOST_OBJECTS UINT64_C(4000000000)

/* Splits a checked line of objects.tsv. */
void list_object(struct span line, struct draw_object *ret);

/* One range of objects.tsv being checked; several threads may check several ranges. */
struct list_part {
	uint64_t lines;    /* that begin in the range */
	uint64_t *members; /* of each stratum of the rules, in the range; the caller's, zeroed */
	int rc; /* CORE_OK or CORE_INVALID with problem, whose line counts from the range's start */
	struct problem problem;
};

/*
 * Checks the lines that begin in text[from .. to), the first one also against the line before it, and
 * counts them by stratum. `from` and `to` may be anywhere. Whether the text begins with a BOM and ends
 * with LF is for list_objects_ends.
 */
void list_objects_part(struct span text, const struct rules *rules, uint64_t from, uint64_t to,
		       struct list_part *part);
CORE_MUST_USE int list_objects_ends(struct span text, struct problem *problem);

/* Start of the first line that begins at or after offset; text.len if none. */
CORE_MUST_USE uint64_t list_line_at(struct span text, uint64_t offset);

/* Checks and reads inspectors.tsv; the array lives in the region. CORE_INVALID or CORE_FULL. */
CORE_MUST_USE int list_inspectors(struct span text, struct region *r, struct draw_inspector **ret,
				  uint32_t *ret_count, struct problem *problem);

/* What conflicts.tsv may name. */
struct list_people {
	const struct draw_inspector *inspectors;
	uint32_t count;
};

/* The same for conflicts.tsv; whether its objects exist is not checked here. */
CORE_MUST_USE int list_conflicts(struct span text, const struct list_people *people,
				 struct region *r, struct draw_conflict **ret, uint32_t *ret_count,
				 struct problem *problem);

/* Binary search by id in the checked lists. */
CORE_MUST_USE bool list_find_object(struct span text, struct span id, uint64_t *offset);
CORE_MUST_USE bool list_find_inspector(const struct list_people *people, struct span id,
				       uint32_t *index);

/* True if a comma list holds the item. */
CORE_MUST_USE bool list_has(struct span list, struct span item);

#endif
