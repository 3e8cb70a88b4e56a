#ifndef DB_POSTGRES_CONNECT_H
#define DB_POSTGRES_CONNECT_H
/*
 * db/postgres_connect.h — the connection below postgres.c: making it, checking it, waiting for it, and
 * what the server's error states mean.
 */
#include "db/engine.h"

#include <libpq-fe.h>

/* Sets db->handle, or DB_LOST. Waits 10 seconds at most unless the conninfo says otherwise. */
MUST_USE int postgres_connect(struct db *db);

/* DB_OK, or DB_WRONG if the database's encoding or collation would make it differ from SQLite. */
MUST_USE int postgres_check(struct db *db);

/* Looks, without waiting, whether the server has closed the connection. */
MUST_USE bool postgres_alive(struct db *db);

/*
 * The next result of the running command, NULL at its end. When db must stop, it asks the server to
 * cancel; a server that does not answer within 5 seconds has its connection shut.
 */
MUST_USE PGresult *postgres_result(struct db *db);

/* The code of an SQLSTATE; NULL gives DB_FAILED. */
MUST_USE int postgres_code(const char *state);

#endif
