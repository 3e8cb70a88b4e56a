#ifndef TEST_DB_SCENE_H
#define TEST_DB_SCENE_H
/*
 * test/db/scene.h — a database for each test: a file in a fresh folder, or, when MINGQIAN_ENGINE is
 * postgres, a database in the server of MINGQIAN_PG that is dropped at exit.
 */
#include "db/db.h"

#include <stdbool.h>

/* True if the tests run on PostgreSQL. */
bool scene_postgres(void);

/* The address of a new, empty database; valid until exit. */
const char *scene_address(void);

/* The address of a new database with the product's tables, a copy of one that the program migrates once. */
const char *scene_migrated(void);

/* The same on SQLite, as a file of that path. */
void scene_copy_file(const char *path);

/* A connection to a new database with the tables of the tests (scene.c). Close it. */
struct db *scene_open(const char **ret_address);

/* Another connection to it. */
struct db *scene_again(const char *address);

/* One number from a query without parameters; -1 if there is no row or an error. */
int64_t scene_number(struct db *db, const char *sql);

/* Runs one statement in a db_write of its own. */
int scene_run(struct db *db, const char *sql);

#endif
