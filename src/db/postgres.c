/*
 * db/postgres.c — statements of PostgreSQL through libpq's asynchronous calls, so that a cancellation or a
 * time limit is noticed while the server works; rows come one by one (single-row mode), values in binary.
 */
#include "db/engine.h"
#include "db/postgres_connect.h"
#include "db/sql.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The server's numbers for its types, fixed in its catalogue. */
enum {
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_VARCHAR = 1043
};

static int failed(struct db *db, const PGresult *res)
{
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	/* Not DETAIL: it holds row values. */
	const char *text = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	int code = postgres_code(state);

	if (PQstatus(db->handle) == CONNECTION_BAD)
		code = db_must_stop(db) ? DB_CANCELLED : DB_LOST;
	return db_error(db, code, "PostgreSQL %s: %s", state ? state : "(no state)",
			text ? text : PQerrorMessage(db->handle));
}

/* Reads to the end of the command; the first failure is what it returns. */
static int drain(struct db *db)
{
	PGresult *res;
	int rc = DB_OK;

	while ((res = postgres_result(db))) {
		ExecStatusType status = PQresultStatus(res);

		if (rc == DB_OK && (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE))
			rc = failed(db, res);
		PQclear(res);
	}
	if (rc == DB_OK && PQstatus(db->handle) == CONNECTION_BAD)
		rc = failed(db, NULL);
	return rc;
}

static int script(struct db *db, const char *sql)
{
	return PQsendQuery(db->handle, sql) ? drain(db) : failed(db, NULL);
}

static void disconnect(struct db *db)
{
	*db->grown = 0;
	PQfinish(db->handle);
}

/*
 * What makes the server behave like the other engine; a database that would sort otherwise is refused. What is committed
 * is on the disk, also where the server's configuration would let it wait. Names mean the server's own tables (looked for
 * first where the path does not name them) and ours, whatever else the database would have searched before.
 */
static int set_up(struct db *db)
{
	char sql[384];

	snprintf(sql, sizeof(sql),
		 "set default_transaction_read_only = on; set standard_conforming_strings = on;"
		 "set search_path = public, pg_temp;"
		 "set lock_timeout = %d; set timezone = 'UTC'; set jit = off;"
		 "select set_config('synchronous_commit', 'on', false)"
		 " where current_setting('synchronous_commit') = 'off'",
		 DB_BUSY_MS);
	int rc = script(db, sql);
	if (rc != DB_OK)
		return rc;
	return postgres_check(db);
}

static int connect(struct db *db)
{
	TRY(postgres_connect(db));
	int rc = set_up(db);
	if (rc != DB_OK) {
		disconnect(db);
		db->handle = NULL;
	}
	return rc;
}

static int begin(struct db *db, bool write)
{
	return script(db, write ? "begin isolation level serializable read write"
				: "begin isolation level repeatable read read only");
}

/* ---- tables that grew much ---- */

enum { MANY_ROWS = 10000 };

static bool is_grown(const struct db *db, const char *table)
{
	size_t len = strlen(table);
	const char *at = db->grown;

	for (; *at; at += strspn(at, ", ")) {
		size_t one = strcspn(at, ",");
		if (one == len && memcmp(at, table, len) == 0)
			return true;
		at += one;
	}
	return false;
}

static void remember(struct db *db, const struct db_load *l)
{
	size_t len = strlen(db->grown);

	if (l->rows < MANY_ROWS || is_grown(db, l->table) ||
	    len + strlen(l->table) + 3 > sizeof(db->grown))
		return;
	snprintf(db->grown + len, sizeof(db->grown) - len, "%s%s", len ? ", " : "", l->table);
}

/*
 * The server looks at a table's contents minutes later, if at all; until then it takes a page of a million rows
 * for one that a sort finds sooner than the index. Inside the transaction its lock would stay until the end. A
 * small sample tells what the server does not know at all: how many rows there are. It is advice: the rows are
 * committed, whatever comes of it.
 */
static void look_at_grown(struct db *db)
{
	char sql[DB_GROWN + 128];

	if (!*db->grown)
		return;
	snprintf(sql, sizeof(sql),
		 "set default_statistics_target = 10; analyze (skip_locked) %s;"
		 "reset default_statistics_target",
		 db->grown);
	*db->grown = 0;
	(void)!script(db, sql);
}

static int commit(struct db *db)
{
	TRY(script(db, "commit"));
	look_at_grown(db);
	return DB_OK;
}

static void rollback(struct db *db)
{
	*db->grown = 0;
	if (PQtransactionStatus(db->handle) != PQTRANS_IDLE && script(db, "rollback") != DB_OK)
		db_disconnect(db);
}

static Oid parameter_type(char kind)
{
	switch (kind) {
	case 'i':
		return TYPE_INT8;
	case 'b':
		return TYPE_BYTEA;
	default:
		return TYPE_TEXT;
	}
}

static int prepare(struct db *db, struct db_statement *st)
{
	Oid type[DB_MOST_PARAMETERS];
	char name[16];

	snprintf(name, sizeof(name), "s%u", st->number);
	for (size_t i = 0; i < st->count; i++)
		type[i] = parameter_type(st->types[i]);
	if (!PQsendPrepare(db->handle, name, st->text, (int)st->count, type))
		return failed(db, NULL);
	return drain(db);
}

/*
 * Nothing may be sent on a dead connection, and in a failed transaction the server would refuse it; the
 * statement then stays behind until the connection ends, which costs memory, not correctness.
 */
static void forget(struct db *db, struct db_statement *st)
{
	char sql[32], kept[DB_ERROR];
	PGTransactionStatusType status = PQtransactionStatus(db->handle);

	if (status != PQTRANS_IDLE && status != PQTRANS_INTRANS)
		return;
	memcpy(kept, db->error, sizeof(kept));
	snprintf(sql, sizeof(sql), "deallocate s%u", st->number);
	bool shielded = db->shielded;
	db->shielded = true;
	(void)!script(db, sql);
	db->shielded = shielded;
	memcpy(db->error, kept, sizeof(kept));
}

static int start(struct db *db, struct db_rows *r, const struct db_value *value)
{
	const char *at[DB_MOST_PARAMETERS];
	int len[DB_MOST_PARAMETERS], binary[DB_MOST_PARAMETERS];
	uint64_t number[DB_MOST_PARAMETERS];
	char name[16];

	for (size_t i = 0; i < r->statement->count; i++) {
		const struct db_value *v = &value[i];

		number[i] = htobe64((uint64_t)v->number);
		at[i] = v->kind == DB_KIND_INT ? (const char *)&number[i] : v->at;
		if (v->kind != DB_KIND_INT && v->len > INT32_MAX / 2)
			return db_error(db, DB_WRONG, "a parameter of more than a gigabyte");
		len[i] = v->kind == DB_KIND_INT ? (int)sizeof(number[i]) : (int)v->len;
		binary[i] = 1;
	}
	snprintf(name, sizeof(name), "s%u", r->statement->number);
	if (!PQsendQueryPrepared(db->handle, name, (int)r->statement->count, at, len, binary, 1))
		return failed(db, NULL);
	return PQsetSingleRowMode(db->handle) ? DB_OK : failed(db, NULL);
}

static int64_t big_endian(const char *at, int len)
{
	uint64_t n = len > 0 && (at[0] & 0x80) ? UINT64_MAX : 0;

	for (int i = 0; i < len; i++)
		n = n << 8 | (unsigned char)at[i];
	return (int64_t)n;
}

static int read_column(struct db *db, const PGresult *res, int column, struct db_value *v)
{
	*v = (struct db_value){ .kind = DB_KIND_NULL };
	if (PQgetisnull(res, 0, column))
		return DB_OK;
	v->at = PQgetvalue(res, 0, column);
	v->len = (size_t)PQgetlength(res, 0, column);
	switch (PQftype(res, column)) {
	case TYPE_INT8:
	case TYPE_INT4:
	case TYPE_INT2:
		v->number = big_endian(v->at, (int)v->len);
		v->kind = DB_KIND_INT;
		return DB_OK;
	case TYPE_BOOL:
		v->number = v->at[0] != 0;
		v->kind = DB_KIND_INT;
		return DB_OK;
	case TYPE_TEXT:
	case TYPE_VARCHAR:
		v->kind = DB_KIND_TEXT;
		return DB_OK;
	case TYPE_BYTEA:
		v->kind = DB_KIND_BYTES;
		return DB_OK;
	default:
		return db_error(db, DB_WRONG, "column %d (type %u) is no bigint, text or bytea",
				column, PQftype(res, column));
	}
}

static int read_row(struct db *db, struct db_rows *r, const PGresult *res)
{
	r->columns = PQnfields(res);
	if (r->columns > DB_MOST_COLUMNS)
		return db_error(db, DB_WRONG, "more than %d columns", DB_MOST_COLUMNS);
	for (int i = 0; i < r->columns; i++)
		TRY(read_column(db, res, i, &r->value[i]));
	return DB_ROW;
}

static void count_changes(struct db *db, PGresult *res)
{
	const char *status = PQcmdStatus(res);

	db->changed = strncmp(status, "SELECT", 6) == 0 ? 0 : strtoll(PQcmdTuples(res), NULL, 10);
}

static int next(struct db *db, struct db_rows *r)
{
	PQclear(r->current);
	PGresult *res = postgres_result(db);
	r->current = res;
	if (!res)
		return failed(db, NULL);
	switch ((int)PQresultStatus(res)) {
	case PGRES_SINGLE_TUPLE:
		return read_row(db, r, res);
	case PGRES_TUPLES_OK:
	case PGRES_COMMAND_OK:
		count_changes(db, res);
		return drain(db);
	default:
		return failed(db, res);
	}
}

static int finish(struct db *db, struct db_rows *r)
{
	PGresult *res;
	int rc = DB_OK;

	PQclear(r->current);
	r->current = NULL;
	while ((res = postgres_result(db))) {
		int status = (int)PQresultStatus(res);

		if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
			count_changes(db, res);
		else if (status != PGRES_SINGLE_TUPLE && rc == DB_OK)
			rc = failed(db, res);
		PQclear(res);
	}
	return rc;
}

/* ---- COPY in its binary form: a header, a count and lengths before the values, -1 at the end ---- */

enum { COPY_PIECE = 1 << 16 };

struct copying {
	struct db *db;
	size_t len;
	char piece[COPY_PIECE];
};

static int flush(struct copying *c)
{
	if (PQputCopyData(c->db->handle, c->piece, (int)c->len) != 1)
		return failed(c->db, NULL);
	c->len = 0;
	return DB_OK;
}

static int put(struct copying *c, const void *at, size_t len)
{
	const char *from = at;

	while (len > 0) {
		size_t part = COPY_PIECE - c->len < len ? COPY_PIECE - c->len : len;
		memcpy(c->piece + c->len, from, part);
		c->len += part;
		from += part;
		len -= part;
		if (c->len == COPY_PIECE)
			TRY(flush(c));
	}
	return DB_OK;
}

static int put_value(struct copying *c, const struct db_value *v)
{
	uint64_t number = htobe64((uint64_t)v->number);
	bool is_number = v->kind == DB_KIND_INT;
	uint32_t len = is_number ? (uint32_t)sizeof(number) : (uint32_t)v->len;
	uint32_t head = htobe32(v->kind == DB_KIND_NULL ? UINT32_MAX : len);

	TRY(put(c, &head, sizeof(head)));
	if (v->kind == DB_KIND_NULL)
		return DB_OK;
	return put(c, is_number ? (const char *)&number : v->at, len);
}

static int copy_rows(struct copying *c, struct db_load *l)
{
	static const char head[19] =
		"PGCOPY\n\377\r\n"; /* and eight bytes of zero: no flags, nothing more */
	struct db_value value[DB_MOST_PARAMETERS];
	uint16_t count = htobe16((uint16_t)l->statement->count), end = UINT16_MAX;
	int rc;

	TRY(put(c, head, sizeof(head)));
	while ((rc = l->pull(l->arg, value)) == DB_ROW) {
		TRY(put(c, &count, sizeof(count)));
		for (size_t i = 0; i < l->statement->count; i++)
			TRY(put_value(c, &value[i]));
		l->rows++;
	}
	if (rc != DB_OK)
		return rc;
	TRY(put(c, &end, sizeof(end)));
	return flush(c);
}

/* Starts the COPY: the server must say that it is ready for rows. */
static int copy_in(struct db *db, const char *sql)
{
	if (!PQsendQuery(db->handle, sql))
		return failed(db, NULL);
	PGresult *res = postgres_result(db);
	bool ready = PQresultStatus(res) == PGRES_COPY_IN;
	int rc = ready ? DB_OK : failed(db, res);
	PQclear(res);
	if (ready)
		return DB_OK;
	(void)!drain(db);
	return rc;
}

/* A load that was given up leaves its reason in place of the server's answer to that. */
static int load(struct db *db, struct db_load *l)
{
	struct copying c = { .db = db };
	char why[DB_ERROR];

	TRY(copy_in(db, l->copy));
	int rc = copy_rows(&c, l);
	memcpy(why, db->error, sizeof(why));
	if (PQputCopyEnd(db->handle, rc == DB_OK ? NULL : "given up") != 1 && rc == DB_OK)
		rc = failed(db, NULL);
	int ended = drain(db);
	if (rc == DB_OK && ended == DB_OK)
		remember(db, l);
	if (rc == DB_OK)
		return ended;
	memcpy(db->error, why, sizeof(why));
	return ended == DB_LOST ? ended : rc;
}

/* A lock of the session, taken before the transaction, so that its snapshot is later than the wait. */
static int migrate_lock(struct db *db, bool on)
{
	return script(db, on ? "select pg_advisory_lock(7310575)"
			     : "select pg_advisory_unlock(7310575)");
}

const struct db_engine db_engine_postgres = {
	.connect = connect,
	.disconnect = disconnect,
	.alive = postgres_alive,
	.script = script,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.prepare = prepare,
	.forget = forget,
	.start = start,
	.next = next,
	.finish = finish,
	.load = load,
	.migrate_lock = migrate_lock,
	.migration_text = sql_migration_postgres,
};
