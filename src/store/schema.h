#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H
/*
 * store/schema.h — what may be in the database's schema beside tables and indexes: nothing. This program makes no triggers, views
 * or rules; one that is there was put there by somebody else, and can do things behind an act's back.
 */
#include "base/arena.h"
#include "db/db.h"

/* *ret: "trigger NAME" or the like, in the arena, of the first by name; NULL: there is none. */
MUST_USE int schema_strange(struct db *db, struct arena *a, const char **ret);

#endif
