/* test/app/ledger_head.c — what whoever has the database alone cannot take back. */
#include "app/ledger_head.h"

#include "app/ledger_mark.h"
#include "app/ledger_owed.h"
#include "app/office_schema.h"
#include "base/status.h"
#include "store/ledger.h"

#include "../db/scene.h"
#include "ledger_attack.h"
#include "unit.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *head_file(struct office_world *w)
{
	return arena_printf(&w->arena, "%s/keys/ledger.head", w->where.data);
}

/* The code of opening it again, and why. */
static int open_again(struct office_world *w, const char **why)
{
	struct office again;
	int rc = office_open(&w->arena, &w->where, &again, why);

	if (rc == OK)
		office_release(&again);
	return rc;
}

static void refused(struct office_world *w)
{
	const char *why = "";

	CHECK_INT(office_world_act(&w->office, "test.act", "x"), FORBIDDEN);
	CHECK(strstr(w->office.why, "对不上") != NULL);
	CHECK_INT(open_again(w, &why), FORBIDDEN);
	CHECK(strstr(why, "data head") != NULL);
}

TEST(a_database_put_back_is_found_and_nothing_more_is_done_in_it)
{
	struct ledger_attack t;
	const char *why;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "delete from ledger_entry where seq >= 295");
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size > 290");
	ledger_attack_tree_only(&t);
	refused(&t.world);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "head", VERIFY_FAILED, "300 条");
	CHECK_INT(t.report.failed, 1);
	CHECK_INT(scene_number(t.world.office.db, "select count(*) from ledger_entry"), 295);
	/* Somebody knows why, and says so. */
	struct office alone;
	t.world.where.alone = true;
	CHECK_INT(office_open(&t.world.arena, &t.world.where, &alone, &why), OK);
	t.world.where.alone = false;
	alone.fixed_now = t.world.office.fixed_now;
	CHECK_INT(office_accept_head(&alone, " "), INVALID);
	CHECK_INT(office_accept_head(&alone, "硬盘坏了，从昨天的拷贝恢复"), OK);
	CHECK_INT(office_accept_head(&alone, "再来一次"), CONFLICT);
	office_release(&alone);
	CHECK_INT(scene_number(t.world.office.db,
			       "select count(*) from ledger_entry where action = 'head.accept'"),
		  1);
	CHECK_INT(open_again(&t.world, &why), OK);
	CHECK_INT(office_world_act(&t.world.office, "test.act", "x"), OK);
	ledger_attack_verify(&t, NULL, NULL);
	CHECK_INT(t.report.failed, 0);
	ledger_attack_release(&t);
}

/*
 * Of three acts the middle one goes: whoever saw the third while it waited for its number has the mark that it carried
 * then, and puts it back as it was.
 */
TEST(one_act_is_not_taken_out_of_the_past)
{
	struct office_world w;
	struct ledger_entry third;
	char mark[LEDGER_MARK];

	office_world_init(&w);
	CHECK_INT(office_world_act(&w.office, "test.act", "first"), OK);
	CHECK_INT(office_world_act(&w.office, "test.act", "second"), OK);
	CHECK_INT(office_world_act(&w.office, "test.act", "third"), OK);
	CHECK_INT(ledger_get_seq(w.office.db, &w.arena, 2, &third), OK);
	third.seq = -1;
	ledger_mark_make(w.office.keys, &third, mark);
	struct ledger_attack t = { .world = w };
	ledger_attack_sql(&t, "delete from ledger_entry where seq = 1");
	ledger_attack_sql(
		&t, arena_printf(&w.arena,
				 "update ledger_entry set seq = null, salt = null, leaf = null,"
				 " mark = '%s' where seq = 2",
				 mark));
	ledger_attack_sql(&t, "delete from ledger_checkpoint");
	ledger_attack_tree_only(&t);
	refused(&w);
	CHECK_INT(scene_number(w.office.db, "select count(*) from ledger_entry where seq is null"),
		  1);
	office_world_release(&w);
}

static int log_only(struct db *db, void *arg)
{
	(void)db;
	return office_log(arg, "test.act", "kept waiting", NULL);
}

/* An act is committed, its numbering is kept waiting by a lock, and whoever writes the database takes it away meanwhile. */
TEST(an_act_that_waits_for_its_number_is_not_taken_away)
{
	struct ledger_attack t = { .world.office.db = NULL };
	struct office *o = &t.world.office;
	const char *why = "";

	office_world_init(&t.world);
	CHECK_INT(office_world_act(o, "test.act", "first"), OK);
	CHECK_INT(db_write(o->db, log_only, o), OK);
	int64_t id = scene_number(o->db, "select id from ledger_entry where seq is null");
	CHECK_INT(ledger_owed_add(o->keys, &id, 1), OK);
	CHECK_INT(ledger_owed_check(o->db, o->keys), OK);
	CHECK_INT(ledger_owed_settle(o->db, o->keys), OK); /* it has none yet */
	ledger_attack_sql(&t, "delete from ledger_entry where seq is null");
	refused(&t.world);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "head", VERIFY_FAILED, "等编号");
	CHECK_INT(ledger_owed_forget(o->keys), OK);
	CHECK_INT(open_again(&t.world, &why), OK);
	CHECK_INT(office_world_act(o, "test.act", "second"), OK);
	ledger_attack_release(&t);
}

TEST(an_act_that_has_its_number_is_owed_no_more)
{
	struct office_world w;
	struct stat st;

	office_world_init(&w);
	for (int i = 0; i < 3; i++)
		CHECK_INT(office_world_act(&w.office, "test.act", "x"), OK);
	CHECK_INT(stat(arena_printf(&w.arena, "%s/keys/ledger.owed", w.where.data), &st), 0);
	CHECK_INT(st.st_size, 0);
	CHECK_INT(st.st_mode & 077, 0);
	office_world_release(&w);
}

static void spoil(const char *path, off_t at)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	CHECK(pwrite(fd, "?", 1, at) == 1);
	close(fd);
}

TEST(a_torn_head_leaves_the_one_before)
{
	struct office_world w;
	const char *why = "";

	office_world_init(&w);
	CHECK_INT(office_world_act(&w.office, "test.act", "first"), OK);
	CHECK_INT(office_world_act(&w.office, "test.act", "second"), OK);
	spoil(head_file(&w), 20);
	CHECK_INT(open_again(&w, &why), OK);
	CHECK_INT(office_world_act(&w.office, "test.act", "third"), OK);
	spoil(head_file(&w), 20);
	spoil(head_file(&w), 532);
	CHECK_INT(open_again(&w, &why), FORBIDDEN);
	unlink(head_file(&w));
	refused(&w);
	office_world_release(&w);
}

TEST(a_head_goes_only_forward)
{
	struct office_world w;
	struct ledger_head head;

	office_world_init(&w);
	for (int i = 0; i < 5; i++)
		CHECK_INT(office_world_act(&w.office, "test.act", "x"), OK);
	CHECK_INT(ledger_head_read(w.office.keys, &head), OK);
	CHECK_INT(head.size, 5);
	const uint8_t other[SHA256_SIZE] = { 1 };
	CHECK_INT(ledger_head_put(w.office.keys, 4, other, false), OK);
	CHECK_INT(ledger_head_put(w.office.keys, 5, other, false), OK);
	CHECK_INT(ledger_head_check(w.office.db, w.office.keys), OK);
	CHECK_INT(ledger_head_put(w.office.keys, 6, other, false), OK);
	CHECK_INT(ledger_head_check(w.office.db, w.office.keys), FORBIDDEN);
	office_world_release(&w);
}

/* A crash between the commit and the file: the ledger is ahead. */
TEST(a_head_left_behind_is_enough)
{
	struct office_world w;
	const char *why = "";

	office_world_init(&w);
	for (int i = 0; i < 5; i++)
		CHECK_INT(office_world_act(&w.office, "test.act", "x"), OK);
	keys_alone(w.office.keys, true);
	for (int i = 0; i < 300; i++)
		CHECK_INT(office_world_act(&w.office, "test.act", "x"), OK);
	keys_alone(w.office.keys, false);
	CHECK_INT(office_world_act(&w.office, "test.act", "x"), OK);
	CHECK_INT(open_again(&w, &why), OK);
	office_world_release(&w);
}

/* Past the program, which runs no such statement. A trigger of SQLite does nothing in its connections. */
static void make_quiet(struct office_world *w)
{
	if (scene_postgres()) {
		PGconn *c = PQconnectdb(w->where.db);
		PGresult *r = PQexec(c, "create rule quiet as on update to ledger_entry do also"
					" delete from ledger_entry where id = new.id");
		CHECK_INT(PQresultStatus(r), PGRES_COMMAND_OK);
		PQclear(r);
		PQfinish(c);
		return;
	}
	sqlite3 *file;
	CHECK_INT(sqlite3_open(arena_printf(&w->arena, "%s/mingqian.db", w->where.data), &file),
		  SQLITE_OK);
	CHECK_INT(sqlite3_exec(file,
			       "create trigger quiet after update on ledger_entry begin"
			       " delete from ledger_entry where id = new.id; end",
			       NULL, NULL, NULL),
		  SQLITE_OK);
	sqlite3_close(file);
}

TEST(what_others_made_in_the_schema_is_not_worked_with)
{
	struct ledger_attack t;
	const char *why = "";

	ledger_attack_init(&t);
	make_quiet(&t.world);
	CHECK_INT(open_again(&t.world, &why), FORBIDDEN);
	CHECK(strstr(why, "quiet") != NULL);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "schema", VERIFY_FAILED, "quiet");
	/* An office that was open before. */
	int rc = office_world_act(&t.world.office, "test.act", "x");
	CHECK(rc != OK || !scene_postgres());
	CHECK_INT(scene_number(t.world.office.db, "select count(*) from ledger_entry"),
		  rc == OK ? ATTACK_ENTRIES + 1 : ATTACK_ENTRIES);
	ledger_attack_release(&t);
}

static int log_and_lose(struct db *db, void *arg)
{
	struct office *o = arg;

	TRY(office_log(o, "test.act", "kept", NULL));
	TRY(office_log(o, "test.act", "lost", NULL));
	return db_run(db, "delete from ledger_entry where subject = 'lost'", "");
}

TEST(an_act_whose_entry_is_gone_is_not_done)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, log_and_lose, &w.office), FORBIDDEN);
	CHECK(strstr(w.office.why, "没有办成") != NULL);
	CHECK_INT(scene_number(w.office.db, "select count(*) from ledger_entry"), 0);
	CHECK_INT(office_world_act(&w.office, "test.act", "x"), OK);
	office_world_release(&w);
}

/* One statement for either engine's catalogue. */
static void alter_schema(struct office_world *w, const char *on_server, const char *in_file)
{
	if (scene_postgres()) {
		PGconn *c = PQconnectdb(w->where.db);
		PGresult *res = PQexec(c, on_server);
		CHECK_INT(PQresultStatus(res), PGRES_COMMAND_OK);
		PQclear(res);
		PQfinish(c);
		return;
	}
	sqlite3 *file;
	CHECK_INT(sqlite3_open(arena_printf(&w->arena, "%s/mingqian.db", w->where.data), &file),
		  SQLITE_OK);
	CHECK_INT(sqlite3_exec(file, "pragma writable_schema = on", NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(sqlite3_exec(file, in_file, NULL, NULL, NULL), SQLITE_OK);
	CHECK_INT(sqlite3_changes(file), 1);
	sqlite3_close(file);
}

TEST(the_schema_is_the_one_that_the_migrations_make)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(db_closep) struct db *db = scene_again(scene_migrated());
	const char *strange;
	char have[OFFICE_SCHEMA];

	arena_init(&a);
	CHECK_INT(office_schema_strange(db, &a, &strange), OK);
	CHECK_INT(office_schema_digest(db, have), OK);
	if (!CHECK(strange == NULL))
		printf("# for src/app/office_schema.c, %s: %s\n",
		       scene_postgres() ? "known_server" : "known_file", have);
}

static void refuses_after(const char *on_server, const char *in_file)
{
	struct office_world w;
	const char *why = "";

	office_world_init(&w);
	alter_schema(&w, on_server, in_file);
	CHECK_INT(open_again(&w, &why), FORBIDDEN);
	CHECK(strstr(why, "表、列、约束或索引") != NULL);
	office_world_release(&w);
}

/* A column that may be null lets rows in that no condition on it meets. */
TEST(a_schema_made_looser_is_not_worked_with)
{
	refuses_after("alter table registry_version alter change drop not null",
		      "update sqlite_master set sql = replace(sql, 'change int not null',"
		      " 'change int') where name = 'registry_version'");
}

TEST(a_schema_without_a_check_is_not_worked_with)
{
	refuses_after("alter table ledger_document drop constraint ledger_document_digest_check",
		      "update sqlite_master set sql = replace(sql, ' check (length(digest) = 64)',"
		      " '') where name = 'ledger_document'");
}

TEST(a_schema_that_refers_to_nothing_is_not_worked_with)
{
	refuses_after("alter table visit drop constraint visit_replaces_fkey",
		      "update sqlite_master set sql = replace(sql, 'replaces text references"
		      " visit(id)', 'replaces text') where name = 'visit'");
}

TEST(a_column_that_gets_a_value_by_itself_is_not_worked_with)
{
	refuses_after("alter table ledger_entry alter subject set default 'x'",
		      "update sqlite_master set sql = replace(sql, 'subject text not null',"
		      " 'subject text not null default ''x''') where name = 'ledger_entry'");
}

TEST(an_index_over_other_rows_is_not_worked_with)
{
	refuses_after("drop index visit_held; create index visit_held on visit (draw)",
		      "update sqlite_master set sql = replace(sql, ' where held = 1', '')"
		      " where name = 'visit_held'");
}
