/* test/db/lost.c — connections that go away, disks that are full, databases that cannot be opened. */
#include "db/engine.h"

#include "scene.h"
#include "unit.h"

#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* PostgreSQL only: tells the session to end. */
static void terminate(struct db *db, struct db *killer)
{
	char sql[80];
	int64_t pid = PQbackendPID(db->handle);

	snprintf(sql, sizeof(sql), "select pg_terminate_backend(%d)", (int)pid);
	CHECK_INT(scene_number(killer, sql), 1);
}

/* The server ends the session; the embedded engine's nearest thing is a closed handle. */
static void cut(struct db *db, struct db *killer)
{
	if (!scene_postgres()) {
		db_disconnect(db);
		return;
	}
	terminate(db, killer);
	/* The view forgets a session before its socket is closed, so the socket tells when it is gone. */
	struct pollfd gone = { .fd = PQsocket(db->handle), .events = POLLRDHUP };
	CHECK_INT(poll(&gone, 1, 30000), 1);
}

TEST(a_connection_lost_while_idle_is_made_again)
{
	const char *address;
	struct db *db = scene_open(&address), *killer = scene_again(address);

	CHECK_INT(scene_number(db, "select 1"), 1);
	cut(db, killer);
	CHECK_INT(scene_number(db, "select 1"), 1);
	cut(db, killer);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_OK);
	db_close(killer);
	db_close(db);
}

struct loss {
	struct db *killer;
	int during, later, runs, nested;
};

static int nothing(struct db *db, void *arg)
{
	(void)db, (void)arg;
	return DB_OK;
}

static int lose_midway(struct db *db, void *arg)
{
	struct loss *l = arg;
	struct db_rows *r = NULL;

	l->runs++;
	TRY(db_run(db, "insert into thing (name) values ('a')", ""));
	cut(db, l->killer);
	l->during = db_query(db, &r, "select 1", "");
	l->later = db_query(db, &r, "select 1", "");
	l->nested = db_write(db, nothing, NULL);
	return DB_OK;
}

TEST(a_connection_lost_inside_a_transaction_is_reported_not_retried)
{
	const char *address;
	struct db *db = scene_open(&address);
	struct loss l = { .killer = scene_again(address) };

	CHECK_INT(db_write(db, lose_midway, &l), DB_LOST);
	CHECK_INT(l.during, DB_LOST);
	CHECK_INT(l.later, DB_POISONED);
	CHECK_INT(l.nested, DB_POISONED);
	CHECK_INT(l.runs, 1);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('b')"), DB_OK);
	db_close(l.killer);
	db_close(db);
}

static int lose_at_end(struct db *db, void *arg)
{
	TRY(db_run(db, "insert into thing (name) values ('a')", ""));
	cut(db, arg);
	return DB_OK;
}

TEST(a_connection_lost_in_commit_leaves_the_outcome_open)
{
	const char *address;
	struct db *db = scene_open(&address), *killer = scene_again(address);

	CHECK_INT(db_write(db, lose_at_end, killer), DB_UNKNOWN);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	db_close(killer);
	db_close(db);
}

TEST(a_connection_lost_between_rows_ends_the_result)
{
	const char *address;
	struct db *db = scene_open(&address), *killer = scene_again(address);
	struct db_rows *r = NULL;
	int rc;

	CHECK_INT(db_query(db, &r,
			   "with recursive n(i) as (values (cast(1 as bigint)) union all "
			   "select i + 1 from n where i < 1000000) select i, i, i, i, i, i from n",
			   ""),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	if (!scene_postgres()) {
		db_rows_freep(&r); /* a file's statement cannot lose its file */
	} else {
		/* One that is writing to a full socket may end only once that is read. */
		terminate(db, killer);
		while ((rc = db_next(r)) == DB_ROW)
			;
		CHECK_INT(rc, DB_LOST);
		CHECK_INT(db_next(r), DB_LOST);
		db_rows_freep(&r);
	}
	CHECK_INT(scene_number(db, "select 1"), 1);
	db_close(killer);
	db_close(db);
}

TEST(what_cannot_be_opened_says_so_and_can_be_tried_again)
{
	char file[200], address[220];
	struct db *db;

	if (scene_postgres()) {
		CHECK_INT(db_open("postgres:host=/nowhere dbname=x", &db), DB_LOST);
		CHECK(*db_error_text(db));
		CHECK_INT(scene_number(db, "select 1"), -1);
		db_close(db);
		return;
	}
	snprintf(file, sizeof(file), "%s/later", unit_folder());
	snprintf(address, sizeof(address), "sqlite:%s/test.db", file);
	CHECK_INT(db_open(address, &db), DB_LOST);
	CHECK(*db_error_text(db));
	CHECK_INT(scene_number(db, "select 1"), -1);
	CHECK_INT(mkdir(file, 0700), 0);
	CHECK_INT(scene_number(db, "select 1"), 1);
	db_close(db);
}

TEST(addresses_of_no_known_form_are_refused)
{
	struct db *db;

	CHECK_INT(db_open("mysql:x", &db), DB_WRONG);
	CHECK(strstr(db_error_text(db), "sqlite:PATH"));
	CHECK_INT(db_run(db, "select 1", ""), DB_WRONG);
	db_close(db);
}

TEST(a_file_that_is_no_database_is_refused)
{
	const char *address;

	if (scene_postgres()) {
		unit_skip("the server's files are its own");
		return;
	}
	address = scene_address();
	FILE *f = fopen(address + 7, "w");
	for (int i = 0; f && i < 1000; i++)
		fprintf(f, "this is not a database\n");
	if (f)
		fclose(f);
	struct db *db;
	CHECK_INT(db_open(address, &db), DB_FAILED);
	db_close(db);
}

static int fill(struct db *db, void *arg)
{
	static const char block[4096];

	(void)arg;
	for (int i = 0; i < 1000; i++)
		TRY(db_run(db, "insert into thing (body) values ($1)", "b", block, sizeof(block)));
	return DB_OK;
}

static int fill_nested(struct db *db, void *arg)
{
	int rc = db_write(db, fill, NULL);

	*(int *)arg = db_run(db, "insert into thing (name) values ('after')", "");
	return rc == DB_FULL ? DB_OK : rc;
}

TEST(a_full_disk_ends_the_whole_transaction)
{
	struct db *db;
	int after;

	if (scene_postgres()) {
		unit_skip("only SQLite can be told a smaller disk");
		return;
	}
	db = scene_open(NULL);
	CHECK_INT(sqlite3_exec(db->handle, "pragma max_page_count = 50", NULL, NULL, NULL),
		  SQLITE_OK);
	CHECK_INT(db_write(db, fill, NULL), DB_FULL);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	CHECK_INT(db_write(db, fill_nested, &after), DB_FULL);
	CHECK_INT(after, DB_POISONED);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('small')"), DB_OK);
	db_close(db);
}

TEST(a_new_file_is_for_its_owner_and_settings_are_on)
{
	const char *address;
	struct db *db = scene_open(&address);

	if (!scene_postgres()) {
		char sql[] = "select count(*) from pragma_journal_mode where journal_mode = 'wal'";
		struct stat st;
		CHECK(stat(address + 7, &st) == 0 && (st.st_mode & 0777) == 0600);
		CHECK_INT(scene_number(db, sql), 1);
		CHECK_INT(scene_number(db, "select synchronous from pragma_synchronous"), 2);
		CHECK_INT(scene_number(db, "select foreign_keys from pragma_foreign_keys"), 1);
		CHECK_INT(scene_number(db, "select trusted_schema from pragma_trusted_schema"), 0);
	}
	db_close(db);
}

/* No file may grow here, as on a full disk: even to read, the journal's shared index must be written. */
TEST(a_full_disk_is_told_when_a_database_is_opened)
{
	struct rlimit before, none;
	const char *address;
	struct db *db = scene_open(&address), *again = NULL;

	if (!scene_postgres()) {
		db_close(db);
		CHECK_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
		none = (struct rlimit){ 0, before.rlim_max };
		signal(SIGXFSZ, SIG_IGN);
		CHECK_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
		int rc = db_open(address, &again);
		CHECK_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
		signal(SIGXFSZ, SIG_DFL);
		CHECK_INT(rc, DB_FULL);
		CHECK_INT(scene_number(again, "select 1"), 1);
		db = again;
	}
	db_close(db);
}
