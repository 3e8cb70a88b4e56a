#ifndef STORE_RULE_SET_H
#define STORE_RULE_SET_H
/* store/rule_set.h — versions of rule sets: added, never changed. Texts that are returned live in the arena. */
#include "base/arena.h"
#include "db/db.h"

/* Days since 1970; RULE_ROW_OPEN when that side is open. */
#define RULE_ROW_OPEN INT64_MIN

struct rule_set_row {
	int64_t id;
	int64_t version; /* of the name, from 1 */
	const char *name, *title, *body, *level;
	int64_t from, to;
	bool withdrawn;
	const char *cells;  /* canonical JSON */
	const char *digest; /* of cells, 64 hex digits */
	int64_t at;         /* UTC milliseconds */
	const char *actor, *reason, *file;
};

struct rule_set_rows {
	struct rule_set_row *at;
	size_t count;
};

/*
 * Adds row as the next version of its name, inside db_write; id and version are made here. DB_UNIQUE if
 * another session took the number (which a serializable transaction tells as DB_BUSY and repeats).
 */
MUST_USE int rule_set_row_add(struct db *db, const struct rule_set_row *row, int64_t *ret_version);

/* The last version of that name, or that version if it is not 0. NONE. */
MUST_USE int rule_set_row_get(struct db *db, struct arena *a, const char *name, int64_t version,
			      struct rule_set_row *ret);

/* The last version of each name, by name; at most `most` of them. */
MUST_USE int rule_set_row_list(struct db *db, struct arena *a, size_t most,
			       struct rule_set_rows *ret);

/* All versions of a name, the last one first; at most `most`. */
MUST_USE int rule_set_row_versions(struct db *db, struct arena *a, const char *name, size_t most,
				   struct rule_set_rows *ret);

/*
 * The sets of that level ("city", "county") in force on a day: the last version of a name, not withdrawn,
 * valid on the day; the one that began last first. At most `most`.
 */
MUST_USE int rule_set_row_on(struct db *db, struct arena *a, const char *level, int64_t day,
			     size_t most, struct rule_set_rows *ret);

#endif
