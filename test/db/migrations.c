/* test/db/migrations.c — applied once, in order, refused when changed; one schema on both engines. */
#include "db/engine.h"
#include "db/migrate.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"

#include "scene.h"
#include "unit.h"

#include <openssl/sha.h>
#include <pthread.h>
#include <stdio.h>

#define HASH(digit) digit digit digit digit digit digit digit digit
#define HASH8(digit)                                                                               \
	HASH(digit)                                                                                \
	HASH(digit) HASH(digit) HASH(digit) HASH(digit) HASH(digit) HASH(digit) HASH(digit)

static const struct migration three[] = {
	{ 1, "0001_a", HASH8("1"), "create table a (id bigint primary key, at bigint);\n" },
	{ 2, "0002_b", HASH8("2"),
	  "create table b (id bigint primary key); insert into b values (5);\n" },
	{ 3, "0003_c", HASH8("3"), "alter table a add column note text;\n" },
};

TEST(migrations_are_applied_once_each)
{
	const char *address = scene_address();
	struct db *db = scene_again(address);

	CHECK_INT(db_migrate(db, three, 2), DB_OK);
	CHECK_INT(db_migrate(db, three, 2), DB_OK);
	CHECK_INT(db_migrate(db, three, 3), DB_OK);
	CHECK_INT(scene_number(db, "select count(*) from schema_migration"), 3);
	CHECK_INT(scene_number(db, "select count(*) from b"), 1);
	CHECK_INT(scene_number(db, "select count(note) from a"), 0);
	db_close(db);
}

TEST(a_changed_or_newer_database_is_refused_untouched)
{
	struct db *db = scene_again(scene_address());
	struct migration other[3];

	memcpy(other, three, sizeof(other));
	other[0].sha256 = three[1].sha256;
	CHECK_INT(db_migrate(db, three, 2), DB_OK);
	CHECK_INT(db_migrate(db, other, 3), DB_CHANGED);
	CHECK(strstr(db_error_text(db), "0001_a"));
	CHECK_INT(db_migrate(db, three, 1), DB_NEWER);
	CHECK(strstr(db_error_text(db), "0002_b"));
	CHECK_INT(scene_number(db, "select count(*) from schema_migration"), 2);
	CHECK_INT(db_migrate(db, three, 3), DB_OK);
	db_close(db);
}

TEST(a_migration_that_fails_leaves_nothing_of_itself)
{
	static const struct migration broken = {
		2, "0002_bad", HASH8("2"),
		"create table b (id bigint primary key); insert into q values (1);\n"
	};
	struct db *db = scene_again(scene_address());
	struct migration list[] = { three[0], broken };

	CHECK_INT(db_migrate(db, list, 2), DB_WRONG);
	CHECK_INT(scene_number(db, "select count(*) from schema_migration"), 1);
	CHECK_INT(scene_number(db, "select count(*) from b"), -1);
	CHECK_INT(db_migrate(db, three, 3), DB_OK);
	db_close(db);
}

static void *migrate_main(void *arg)
{
	struct db *db = scene_again(arg);

	CHECK_INT(db_migrate(db, three, 3), DB_OK);
	db_close(db);
	return NULL;
}

TEST(processes_that_migrate_at_once_do_it_once)
{
	char address[200];
	pthread_t thread[4];

	snprintf(address, sizeof(address), "%s", scene_address());
	for (size_t i = 0; i < COUNT(thread); i++)
		pthread_create(&thread[i], NULL, migrate_main, address);
	for (size_t i = 0; i < COUNT(thread); i++)
		pthread_join(thread[i], NULL);
	struct db *db = scene_again(address);
	CHECK_INT(scene_number(db, "select count(*) from b"), 1);
	db_close(db);
}

/* Of every table its columns with type, may-be-null and key, in one notation for both engines. */
static const char *const describe[] = {
	"select m.name, p.name, case lower(p.type) when 'integer' then 'int' else lower(p.type) end, case when p.\"notnull\" = 1 or p.pk > 0 then 1 else 0 end, "
	"p.pk > 0 or exists (select 1 from pragma_index_list(m.name) l, pragma_index_info(l.name) i "
	"where l.\"unique\" = 1 and i.name = p.name) "
	"from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'sqlite!_%' escape '!' "
	"order by m.name, p.cid",
	"select cast(c.table_name as text), cast(c.column_name as text), "
	"case c.data_type when 'bigint' then 'int' when 'bytea' then 'blob' else cast(c.data_type as text) end, "
	"c.is_nullable = 'NO', exists (select 1 from pg_index i, pg_attribute a where i.indisunique and "
	"a.attrelid = i.indrelid and a.attnum = any(i.indkey) and i.indrelid = cast(c.table_name as regclass) "
	"and a.attname = c.column_name) "
	"from information_schema.columns c where c.table_schema = 'public' order by cast(c.table_name as text) collate \"C\", c.ordinal_position",
};

static int describe_schema(struct db *db, bool postgres, struct buf *out)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc = postgres ? db_query(db, &r, describe[1], "") : db_query(db, &r, describe[0], "");

	if (rc != DB_OK)
		return rc;
	while ((rc = db_next(r)) == DB_ROW)
		buf_printf(out, "%s.%s %s %d %d\n", db_text(r, 0), db_text(r, 1), db_text(r, 2),
			   (int)db_i64(r, 3), (int)db_i64(r, 4));
	return rc;
}

TEST(both_engines_get_the_same_schema)
{
	char address[200];
	struct buf here, there;
	struct db *db = scene_again(scene_address()), *file;

	buf_init(&here, 100000);
	buf_init(&there, 100000);
	snprintf(address, sizeof(address), "sqlite:%s/other.db", unit_folder());
	file = scene_again(address);
	CHECK_INT(db_migrate(db, migrations, migration_count), DB_OK);
	CHECK_INT(db_migrate(file, migrations, migration_count), DB_OK);
	if (!CHECK(describe_schema(db, scene_postgres(), &here) == DB_OK))
		printf("# %s\n", db_error_text(db));
	CHECK_INT(describe_schema(file, false, &there), DB_OK);
	CHECK(strstr(buf_text(&there), "meta.epoch text 1 0\n"));
	CHECK_STR(buf_text(&here), buf_text(&there));
	buf_release(&here);
	buf_release(&there);
	db_close(file);
	db_close(db);
}

TEST(the_recorded_hash_is_the_files)
{
	struct arena a;

	arena_init(&a);
	for (size_t i = 0; i < migration_count; i++) {
		unsigned char digest[SHA256_DIGEST_LENGTH];
		char *text, hex[2 * SHA256_DIGEST_LENGTH + 1];
		size_t len;
		const char *path = arena_printf(&a, "sql/%s.sql", migrations[i].name);

		if (!CHECK(file_read(&a, unit_source(path), 1 << 20, &text, &len) == OK))
			continue;
		SHA256((unsigned char *)text, len, digest);
		for (size_t j = 0; j < sizeof(digest); j++)
			snprintf(hex + 2 * j, 3, "%02x", digest[j]);
		CHECK_STR(migrations[i].sha256, hex);
		CHECK_STR(migrations[i].sql, text);
	}
	arena_release(&a);
}
