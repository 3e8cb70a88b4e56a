#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H
/*
 * store/schema.h — what the database's catalogue tells of its schema. This program makes tables and indexes; a trigger, a view,
 * a rule or a policy was made by somebody else, and can do things behind an act's back.
 */
#include "base/arena.h"
#include "db/db.h"

/* *ret: "trigger NAME" or the like, in the arena, of the first by name; NULL: there is none. */
MUST_USE int schema_strange(struct db *db, struct arena *a, const char **ret);

/*
 * What the values in the tables break of their columns' own rules (not null, check, type), in the arena; NULL: nothing.
 * Nobody gets there by statements: it takes rules that were dropped for a while, or a hand in the catalogue. Reads all tables.
 */
MUST_USE int schema_unfit(struct db *db, struct arena *a, const char **ret);

/*
 * A line for each column of each table (type, whether it may be null, what it gets by itself), each index, each constraint
 * and each table, in bytewise order; the engines have lines of their own. Valid during the call; not OK ends the walk.
 */
typedef int schema_each(void *arg, const char *line);
MUST_USE int schema_walk(struct db *db, schema_each *each, void *arg);

#endif
