/* db/postgres_connect.c — libpq's connection, watched with poll so that it can be cancelled. */
#include "db/postgres_connect.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum { GRACE_MS = 5000 };

static void say_nothing(void *arg, const PGresult *res)
{
	(void)arg, (void)res;
}

int postgres_connect(struct db *db)
{
	/* Later ones win: first our defaults, then the operator's words, then what we rely on. */
	const char *const keys[] = { "connect_timeout",
				     "tcp_user_timeout",
				     "keepalives_idle",
				     "fallback_application_name",
				     "dbname",
				     "client_encoding",
				     NULL };
	const char *const values[] = { "10", "30000", "30", "mingqian", db->target, "UTF8", NULL };
	PGconn *c = PQconnectdbParams(keys, values, 1);

	if (PQstatus(c) != CONNECTION_OK) {
		db_error(db, DB_LOST, "PostgreSQL: %s", PQerrorMessage(c));
		PQfinish(c);
		return DB_LOST;
	}
	PQsetNoticeReceiver(c, say_nothing, NULL);
	db->handle = c;
	return DB_OK;
}

int postgres_check(struct db *db)
{
	const char *encoding = PQparameterStatus(db->handle, "server_encoding");
	PGresult *res =
		PQexec(db->handle, "select datcollate in ('C', 'POSIX', 'C.UTF-8', 'C.utf8')"
				   " from pg_database where datname = current_database()");
	bool answered = PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1;
	bool good = answered && *PQgetvalue(res, 0, 0) == 't' && encoding &&
		    strcmp(encoding, "UTF8") == 0;

	PQclear(res);
	if (!answered)
		return db_error(db, DB_LOST, "PostgreSQL: %s", PQerrorMessage(db->handle));
	if (!good)
		return db_error(db, DB_WRONG,
				"the database must be made with encoding UTF8 and collation C");
	return DB_OK;
}

bool postgres_alive(struct db *db)
{
	struct pollfd in = { PQsocket(db->handle), POLLIN, 0 };

	/* The server's last words come before the end of the stream: after any word, wait a little. */
	for (int i = 0; i < 5 && poll(&in, 1, i == 0 ? 0 : 20) > 0; i++)
		if (!PQconsumeInput(db->handle))
			return false;
	return PQstatus(db->handle) == CONNECTION_OK;
}

static void ask_to_cancel(struct db *db)
{
	char text[256];
	PGcancel *cancel = PQgetCancel(db->handle);

	if (cancel)
		PQcancel(cancel, text, sizeof(text)); /* if it fails, the grace time ends it */
	PQfreeCancel(cancel);
}

/* Milliseconds until the deadline, -1 for none. */
static int time_left(int64_t deadline)
{
	int64_t left = deadline - db_ticks();

	if (deadline == DB_NO_LIMIT)
		return -1;
	return left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

/* The deadline that poll must keep: the connection's, then the grace after asking. */
struct watch {
	bool asked;
	int64_t until;
};

static void wait_readable(struct db *db, struct watch *w)
{
	struct pollfd fds[] = { { PQsocket(db->handle), POLLIN, 0 }, { db->wake, POLLIN, 0 } };
	nfds_t count = w->asked || db->shielded ? 1 : 2;

	poll(fds, count, time_left(w->until));
	if (fds[0].revents != 0)
		return;
	if (w->asked && db_ticks() >= w->until)
		shutdown(PQsocket(db->handle), SHUT_RDWR);
	if (!w->asked && db_must_stop(db)) {
		ask_to_cancel(db);
		*w = (struct watch){ true, db_ticks() + GRACE_MS };
	}
}

PGresult *postgres_result(struct db *db)
{
	struct watch w = { false, db->shielded ? DB_NO_LIMIT : db->deadline };

	while (PQisBusy(db->handle)) {
		wait_readable(db, &w);
		struct pollfd in = { PQsocket(db->handle), POLLIN, 0 };
		if (poll(&in, 1, 0) > 0 && !PQconsumeInput(db->handle))
			break;
	}
	return PQgetResult(db->handle);
}

int postgres_code(const char *state)
{
	static const struct {
		const char *state; /* a whole one, or the class of two characters */
		int code;
	} codes[] = {
		{ "23505", DB_UNIQUE },      { "23514", DB_CHECK },    { "23503", DB_FOREIGN_KEY },
		{ "23001", DB_FOREIGN_KEY }, { "23502", DB_NOT_NULL }, { "40001", DB_BUSY },
		{ "40P01", DB_BUSY },        { "55P03", DB_BUSY },     { "57014", DB_CANCELLED },
		{ "57P01", DB_LOST },        { "57P02", DB_LOST },     { "57P03", DB_LOST },
		{ "53300", DB_LOST },        { "53100", DB_FULL },     { "25006", DB_READ_ONLY },
		{ "25P02", DB_POISONED },    { "08", DB_LOST },        { "22", DB_WRONG },
		{ "23", DB_WRONG },          { "42", DB_WRONG },       { "0A", DB_WRONG },
		{ "21", DB_WRONG },          { "26", DB_WRONG },
	};

	for (size_t i = 0; state && i < COUNT(codes); i++)
		if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0)
			return codes[i].code;
	return DB_FAILED;
}
