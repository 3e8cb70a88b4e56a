#ifndef APP_REGISTRY_MERGE_H
#define APP_REGISTRY_MERGE_H
/*
 * app/registry_merge.h — sites that turn out to be one, and a site that turns out to be several. Only a person
 * decides, with a reason; each act is a change of its own with one entry of the ledger. Numbers are never taken
 * away: app/registry_lineage.h tells which one goes on for which. Only the site registry is merged and split.
 *
 * Results: OK and *ret_change; NONE: no such row or change; INVALID: the act's notes say why; CONFLICT: somebody
 * else changed the registry meanwhile, or the suggestion is decided; NO_SPACE, IO_ERROR; or a db_code.
 */
#include "app/registry_change.h"

enum { REGISTRY_MERGE_MOST = 32 };

struct registry_merge_in {
	const char *survivor;    /* its number */
	const char *const *gone; /* 1 to REGISTRY_MERGE_MOST numbers */
	size_t count;
};

/*
 * The gone ones get the state merged and keep all else. The survivor gets what it lacks, is 重点 or under special
 * supervision if one of them was, and counts the visits of all; notes tell each field. An import does not silently
 * undo any of it. Open suggestions about the survivor and a gone one are confirmed by it.
 */
MUST_USE int registry_act_merge(const struct registry_act *act, const struct registry_merge_in *in,
				int64_t *ret_change);

/* What differs in a part: at least its name or its address. */
struct registry_part {
	const struct registry_value *values;
	size_t count;
};

struct registry_split_in {
	const char *id;
	const struct registry_part *parts; /* 1 to REGISTRY_MERGE_MOST */
	size_t count;
	bool any_area;
};

/*
 * Adds a row for each part, with the number "<id>.1", "<id>.2"... (the first that are free), the values given, and
 * for the rest those of the site but its permit. The site itself stays: edit it where it changed too. Visits of
 * the site until now count for each part. *ret_ids: the new numbers, in the arena.
 */
MUST_USE int registry_act_split(const struct registry_act *act, const struct registry_split_in *in,
				const char *const **ret_ids, int64_t *ret_change);

/*
 * Undoes a merge or a split. Rows that went get back what they were; the survivor too, where nobody changed it since,
 * else it stays and notes say so. Parts of a split become merged into the site. INVALID: the change is of
 * another kind, is undone already, or a row that went was changed since.
 */
MUST_USE int registry_act_part(const struct registry_act *act, int64_t change, int64_t *ret_change);

#endif
