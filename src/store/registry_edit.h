#ifndef STORE_REGISTRY_EDIT_H
#define STORE_REGISTRY_EDIT_H
/*
 * store/registry_edit.h — fields that were edited here and are in force, who wins when an import brings
 * another value (the edit, unless said otherwise), and what imports met.
 */
#include "base/arena.h"
#include "db/db.h"

/* Marks a field of a row (by its registry number) as edited by a change, inside db_write; earlier marks end. */
struct registry_edit {
	const char *registry, *id, *field;
	int64_t change;
};
MUST_USE int registry_edit_add(struct db *db, const struct registry_edit *e);

/* Called for each edit in force, in the order of ids, then fields; not OK ends the walk. */
typedef int registry_edit_each(void *arg, const char *id, int64_t key, const char *field);

MUST_USE int registry_edit_walk(struct db *db, const char *registry, registry_edit_each *each,
				void *arg);

/* Names of a row's edited fields in force, in order. */
MUST_USE int registry_edit_fields(struct db *db, int64_t key, registry_edit_each *each, void *arg);

/*
 * A change is undone by another one: marks that it set end, marks that it ended are in force again, for the
 * rows that `by` touched.
 */
MUST_USE int registry_edit_undo(struct db *db, int64_t undone, int64_t by);

/* Says who wins in a field: "file" or "local". */
MUST_USE int registry_winner_set(struct db *db, const char *registry, const char *field,
				 const char *winner);

/* Called for each field that was set; not OK ends the walk. */
typedef int registry_winner_each(void *arg, const char *field, const char *winner);

MUST_USE int registry_winner_walk(struct db *db, const char *registry, registry_winner_each *each,
				  void *arg);

struct registry_override {
	int64_t key;        /* of the row */
	const char *id;     /* its registry number; not read when adding */
	const char *field;  /* its name */
	const char *winner; /* "file" or "local" */
	const char *kept, *refused;
};

/* Adds one of a change, inside db_write; where the file wins, the edit ends. */
MUST_USE int registry_override_add(struct db *db, int64_t change,
				   const struct registry_override *o);

/* Called for each override of a change, in the order of ids, then fields. */
typedef int registry_override_each(void *arg, const struct registry_override *o);

MUST_USE int registry_override_walk(struct db *db, int64_t change, registry_override_each *each,
				    void *arg);

#endif
