/* test/db/copy.c — a database to a SQLite file and from the file to another database, on either engine. */
#include "db/copy.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char values[] =
	"insert into meta (id, epoch, created_at) values (1, '0123456789abcdef0123456789abcdef', 7)";

/* A file with the product's tables. */
static struct db *file_open(char path[64])
{
	char address[80];
	struct db *db;

	snprintf(path, 64, "/tmp/mingqian-copy-%ld.db", (long)getpid());
	unlink(path);
	snprintf(address, sizeof(address), "sqlite:%s", path);
	CHECK_INT(db_open(address, &db), DB_OK);
	CHECK_INT(db_migrate(db, migrations, migration_count), DB_OK);
	return db;
}

static struct db *filled(void)
{
	struct db *db = scene_again(scene_migrated());

	CHECK_INT(scene_run(db, values), OK);
	CHECK_INT(
		scene_run(db,
			  "insert into ledger_document (digest, size) values ("
			  "'0000000000000000000000000000000000000000000000000000000000000000', 3)"),
		OK);
	for (int i = 0; i < 3; i++)
		CHECK_INT(
			scene_run(
				db,
				"insert into registry_change (registry, kind, at, actor, reason,"
				" file, file_digest, result_digest, undone, added, updated,"
				" unchanged, quarantined, kept) select 'sites', 'edit', 5, '张三',"
				" '缘由', '', '', '', max(id), 0, 1, 0, 0, 0 from registry_change"),
			OK);
	/* One that points at a later one. */
	CHECK_INT(
		scene_run(
			db,
			"update registry_change set undone = (select max(id) from registry_change)"
			" where id = (select min(id) from registry_change)"),
		OK);
	return db;
}

static int put_bytes(struct db *db, void *arg)
{
	(void)arg;
	return db_run(db,
		      "insert into ledger_document_part (digest, part, bytes) values ("
		      "'0000000000000000000000000000000000000000000000000000000000000000', 0, $1)",
		      "b", "\0\xff\n", (size_t)3);
}

TEST(all_rows_come_over_and_back)
{
	struct db *from = filled(), *back = scene_again(scene_migrated());
	char path[64];
	struct db *file = file_open(path);
	struct db_copied there, again, sum;

	CHECK_INT(db_write(from, put_bytes, NULL), OK);
	CHECK_INT(db_copy(from, file, NULL, NULL, &there), OK);
	CHECK(there.tables > 40);
	CHECK_INT(there.rows, 6);
	CHECK_INT(db_copy(file, back, NULL, NULL, &again), OK);
	CHECK_INT(again.rows, 6);
	CHECK(there.sum == again.sum && there.sum != 0);
	CHECK_INT(db_sum(back, file, &sum), OK);
	CHECK(sum.sum == there.sum && sum.rows == 6);
	CHECK_INT(scene_number(back, "select created_at from meta"), 7);
	CHECK_INT(scene_number(back, "select length(bytes) from ledger_document_part"), 3);
	CHECK_INT(scene_number(back, "select count(*) from registry_change where undone is null"),
		  0);
	/* It counts on behind the rows that came with their numbers. */
	int64_t last = scene_number(back, "select max(id) from registry_change");
	CHECK_INT(
		scene_run(
			back,
			"insert into registry_change (registry, kind, at, actor, reason, file,"
			" file_digest, result_digest, added, updated, unchanged, quarantined,"
			" kept) values ('sites', 'edit', 5, 'a', 'b', '', '', '', 0, 0, 0, 0, 0)"),
		OK);
	CHECK_INT(scene_number(back, "select max(id) from registry_change"), last + 1);
	db_close(file);
	db_close(back);
	db_close(from);
	unlink(path);
}

TEST(a_changed_value_changes_the_sum)
{
	char path[64];
	struct db *from = filled(), *file = file_open(path);
	struct db_copied there, sum;

	CHECK_INT(db_copy(from, file, NULL, NULL, &there), OK);
	CHECK_INT(scene_run(file, "update registry_change set actor = '张四' where id = 2"), OK);
	CHECK_INT(db_sum(file, file, &sum), OK);
	CHECK_INT(sum.rows, there.rows);
	CHECK(sum.sum != there.sum);
	db_close(file);
	db_close(from);
	unlink(path);
}

TEST(what_has_rows_is_not_copied_over)
{
	char path[64];
	struct db *from = filled(), *file = file_open(path);
	struct db_copied there;

	CHECK_INT(scene_run(file, "insert into registry_winner (registry, field, winner)"
				  " values ('sites', 'name', 'file')"),
		  OK);
	CHECK_INT(db_copy(from, file, NULL, NULL, &there), CONFLICT);
	CHECK_INT(scene_number(file, "select count(*) from registry_change"), 0);
	db_close(file);
	db_close(from);
	unlink(path);
}

static bool no_further(void *arg, uint64_t rows, uint64_t total)
{
	CHECK(rows <= total);
	++*(int *)arg;
	return false;
}

static int many(struct db *db, void *arg)
{
	(void)arg;
	for (int64_t i = 0; i < 9000; i++)
		TRY(db_run(db, "insert into ledger_node (level, position, hash) values (1, $1, $2)",
			   "ib", i, "01234567890123456789012345678901", (size_t)32));
	return OK;
}

TEST(it_can_be_given_up_and_leaves_nothing)
{
	char path[64];
	struct db *from = scene_again(scene_migrated()), *file = file_open(path);
	struct db_copied there;
	int told = 0;

	CHECK_INT(db_write(from, many, NULL), OK);
	CHECK_INT(db_copy(from, file, no_further, &told, &there), CANCELLED);
	CHECK_INT(told, 1);
	CHECK_INT(scene_number(file, "select count(*) from ledger_node"), 0);
	db_close(file);
	db_close(from);
	unlink(path);
}
