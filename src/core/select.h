#ifndef CORE_SELECT_H
#define CORE_SELECT_H
/*
 * core/select.h — stratified bottom-k: of each stratum the `quota` objects with the lowest
 * (ticket, id) and the `reserves` that follow. Streaming: objects are added in any order; several
 * selectors over parts of a list (one a thread) are merged and give the same result as one.
 * Memory O(kept): 16 bytes an entry. With k = min(quota + reserves, members) a stratum takes room for
 * min(members, k + k / 4 + 64) entries, and touches what it fills.
 */
#include "core/mem.h"
#include "core/ticket.h"

#define SELECT_UNKNOWN UINT64_MAX

struct select_stratum {
	uint64_t members; /* how many objects the whole list has in it, or SELECT_UNKNOWN */
	uint64_t quota;   /* may exceed members: a shortfall, for the caller to report */
	uint64_t reserves;
};

/* One kept object: `where` is the caller's (e.g. the line's byte offset); the id must be found from it. */
struct select_entry {
	uint64_t key;
	uint64_t where;
};

/* Returns the id of an entry, for ties between equal keys. */
typedef struct span select_id(const void *list, uint64_t where);

struct select_pool;

struct select {
	const struct ticket_seed *seed;
	select_id *id;
	const void *list;
	uint32_t strata;
	struct select_pool *pools;
};

/*
 * Makes a selector over strata[0..count); takes its memory from the region. seed, list and the region
 * must outlive it. CORE_FULL.
 */
CORE_MUST_USE int select_init(struct select *s, struct region *r, const struct ticket_seed *seed,
			      const struct select_stratum *strata, uint32_t count, select_id *id,
			      const void *list);

/*
 * Adds one object with its ticket_key; stratum < count. Each object once, and no more than the stratum's
 * `members` in all (both asserted where seen). What cannot be drawn any more costs one comparison.
 */
void select_add(struct select *s, uint32_t stratum, uint64_t key, uint64_t where);

/*
 * Adds objects by their ids: object i has the id ids[i], the stratum strata[i] and where[i]. The fast
 * path: tickets are made in pairs and only as far as they are needed. Give a few dozen at a time.
 */
void select_add_ids(struct select *s, const struct span *ids, const uint32_t *strata,
		    const uint64_t *where, size_t count);

/* Adds everything kept by `from` (same seed, strata and list) to `s`; `from` is spent. */
void select_merge(struct select *s, struct select *from);

/*
 * Sorts stratum i by (ticket, id) and returns its entries: the first min(quota, found) are drawn, the
 * rest, at most `reserves`, are reserves. Valid as long as the region; adding after it is not allowed.
 */
CORE_MUST_USE size_t select_finish(struct select *s, uint32_t stratum,
				   const struct select_entry **ret);

#endif
