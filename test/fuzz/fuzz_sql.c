/*
 * test/fuzz/fuzz_sql.c — the parameter rewriting against SQLite's own tokenizer: what is accepted and
 * compiles must have exactly the parameters that were counted, and only $ may have changed.
 */
#include "db/sql.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_against_sqlite(const char *text, int highest)
{
	static sqlite3 *db;
	sqlite3_stmt *st = NULL;
	const char *tail;

	if (!db && (sqlite3_open(":memory:", &db) != SQLITE_OK ||
		    sqlite3_exec(db, "create table a (b int, c text)", NULL, NULL, NULL)))
		abort();
	if (sqlite3_prepare_v2(db, text, -1, &st, &tail) != SQLITE_OK || !st)
		return;
	if (sqlite3_bind_parameter_count(st) != highest)
		abort();
	sqlite3_finalize(st);
}

static void check_migration(const char *text)
{
	const char *why = NULL;
	char *sqlite = sql_migration_sqlite(text, &why),
	     *postgres = sql_migration_postgres(text, &why);

	if (!sqlite != !postgres || (!sqlite && !why))
		abort();
	free(sqlite);
	free(postgres);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *given = malloc(size + 1), *text = malloc(size + 1);
	int highest = -1;

	if (!given || !text)
		abort();
	if (size)
		memcpy(given, data, size);
	given[size] = '\0';
	memcpy(text, given, size + 1);
	if (!sql_number(text, &highest)) {
		if (highest < 0 || highest > 64 || strlen(text) != strlen(given))
			abort();
		for (size_t i = 0; given[i]; i++)
			if (text[i] != given[i] && (given[i] != '$' || text[i] != '?'))
				abort();
		check_against_sqlite(text, highest);
	}
	check_migration(given);
	free(given);
	free(text);
	return 0;
}
