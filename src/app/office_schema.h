#ifndef APP_OFFICE_SCHEMA_H
#define APP_OFFICE_SCHEMA_H
/*
 * app/office_schema.h — is the database's schema the one that the migrations make, with nothing beside it? A column that may
 * be null now or an index that is not unique any more lets rows in that no check was written for.
 */
#include "base/arena.h"
#include "db/db.h"

/* *ret: what is strange, in the arena; NULL: nothing is. Of a database that is up to date. */
MUST_USE int office_schema_strange(struct db *db, struct arena *a, const char **ret);

/* The digest of all its lines (store/schema.h), 64 hex digits and NUL. */
enum { OFFICE_SCHEMA = 65 };
MUST_USE int office_schema_digest(struct db *db, char ret[OFFICE_SCHEMA]);

#endif
