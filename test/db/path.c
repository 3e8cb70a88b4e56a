/* test/db/path.c — whose database it is may set what a connection searches first; ours mean our own tables all the same. */
#include "scene.h"
#include "unit.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static void as_owner(const char *address, const char *sql)
{
	PGconn *c = PQconnectdb(address + strlen("postgres:"));
	PGresult *res = PQexec(c, sql);

	CHECK_INT(PQresultStatus(res), PGRES_COMMAND_OK);
	PQclear(res);
	PQfinish(c);
}

TEST(another_schema_is_not_searched)
{
	const char *address;
	struct db *db = scene_open(&address), *again;

	if (!scene_postgres()) {
		db_close(db);
		unit_skip("SQLite has no schemas");
		return;
	}
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a'), ('b')"), DB_OK);
	as_owner(address,
		 "create schema evil; create view evil.thing as select * from public.thing limit 1;"
		 "create view evil.pg_trigger as select * from pg_catalog.pg_trigger where false;"
		 "create trigger t before insert on public.thing execute function"
		 " suppress_redundant_updates_trigger()");
	as_owner(address,
		 "do $$ begin execute format('alter database %I set search_path = evil, public,"
		 " pg_catalog', current_database()); end $$");
	CHECK_INT(db_open(address, &again), DB_OK);
	CHECK_INT(scene_number(again, "select count(*) from thing"), 2);
	CHECK_INT(scene_number(again, "select count(*) from pg_trigger where tgname = 't'"), 1);
	db_close(again);
	db_close(db);
}
