#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H
/*
 * db/migrate.h — forward-only changes of the schema. The files sql/NNNN_name.sql are built into the
 * program with their SHA-256; the table schema_migration, the only one this folder knows, records which
 * were applied.
 */
#include "db/db.h"

struct migration {
	int number;         /* 1, 2, 3... without a gap */
	const char *name;   /* of the file, without .sql */
	const char *sha256; /* of the file's bytes, 64 hex digits */
	const char *sql;
};

/* All of sql/, in order; made by the build (tools/embed-migrations.py). */
extern const struct migration migrations[];
extern const size_t migration_count;

/*
 * Brings the database up to the list, each migration in its own transaction; what was applied stays even
 * if a later one fails. DB_CHANGED if one that is recorded has another hash or name now, DB_NEWER if
 * the database has more than the list; then nothing is done. Processes may do this at the same time.
 */
MUST_USE int db_migrate(struct db *db, const struct migration *list, size_t count);

#endif
