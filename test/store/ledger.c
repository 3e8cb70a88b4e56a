/* test/store/ledger.c — entries can be added and numbered once, and nothing else. */
#include "store/ledger.h"

#include "base/status.h"
#include "db/migrate.h"
#include "store/ledger_document.h"
#include "store/ledger_tree.h"
#include "store/office.h"

#include "scene.h"
#include "unit.h"

static struct db *fresh(void)
{
	return scene_again(scene_migrated());
}

static int add(struct db *db, void *arg)
{
	struct ledger_entry entry = { .time = 5,
				      .actor = "a",
				      .roles = "",
				      .action = "x",
				      .subject = "s",
				      .digest = arg,
				      .source = "" };

	int64_t id;

	return ledger_add(db, &entry, &id);
}

static int mark(struct db *db, void *arg)
{
	static const char text[LEDGER_MARK] = "m";

	return ledger_mark_put(db, *(const int64_t *)arg, text);
}

static int number(struct db *db, void *arg)
{
	return ledger_number(db, arg);
}

TEST(an_entry_is_numbered_once)
{
	struct db *db = fresh();
	struct ledger_entry entry = { .seq = 0 };
	struct arena a;
	int64_t ids[3];
	size_t count;
	char no_digest[] = "";

	arena_init(&a);
	memset(entry.leaf, 'a', LEDGER_LEAF);
	CHECK_INT(db_write(db, add, no_digest), DB_OK);
	CHECK_INT(db_write(db, add, no_digest), DB_OK);
	CHECK_INT(ledger_pending(db, INT64_MIN, 2, ids, &count), DB_OK);
	CHECK_INT(count, 2);
	CHECK(ids[0] < ids[1]);
	entry.id = ids[0];
	CHECK_INT(db_write(db, number, &entry), DB_OK);
	CHECK_INT(db_write(db, number, &entry), CONFLICT);
	entry.id = ids[1];
	CHECK_INT(db_write(db, number, &entry), DB_UNIQUE);
	CHECK_INT(ledger_pending(db, INT64_MIN, 2, ids, &count), DB_OK);
	CHECK_INT(count, 1);
	CHECK_INT(ledger_pending(db, ids[0], 2, ids + 1, &count), DB_OK);
	CHECK_INT(count, 0);
	CHECK_INT(db_write(db, mark, &ids[0]), DB_OK);
	CHECK_INT(db_write(db, mark, &ids[0]), CONFLICT);
	CHECK_INT(ledger_get_seq(db, &a, 0, &entry), DB_OK);
	CHECK_STR(entry.actor, "a");
	CHECK_INT(ledger_get_seq(db, &a, 1, &entry), NONE);
	CHECK_INT(ledger_get(db, &a, ids[0], &entry), DB_OK);
	CHECK_INT(entry.seq, -1);
	CHECK_STR(entry.mark, "m");
	arena_release(&a);
	db_close(db);
}

TEST(an_entry_is_whole_or_refused)
{
	struct db *db = fresh();
	char short_digest[] = "abc";
	int64_t id;

	CHECK_INT(ledger_add(db,
			     &(struct ledger_entry){ .actor = "a",
						     .roles = "",
						     .action = "x",
						     .subject = "s",
						     .digest = "",
						     .source = "" },
			     &id),
		  DB_READ_ONLY);
	CHECK_INT(db_write(db, add, short_digest), DB_CHECK);
	CHECK_INT(db_write(db, add, NULL), DB_NOT_NULL);
	CHECK_INT(scene_run(db, "insert into ledger_entry"
				" (seq, time, actor, roles, action, subject, digest, source)"
				" values (0, 1, 'a', '', 'x', 's', '', '')"),
		  DB_CHECK);
	db_close(db);
}

static int start_tree(struct db *db, void *arg)
{
	(void)arg;
	return ledger_tree_start(db);
}

static int put_tree(struct db *db, void *arg)
{
	return ledger_tree_put(db, arg);
}

TEST(the_tree_keeps_one_hash_for_each_bit_of_its_size)
{
	struct db *db = fresh();
	struct ledger_tree tree = { .size = 5, .time = 7 }, back = { 0 };

	memset(tree.edge[0], 1, LEDGER_HASH);
	memset(tree.edge[2], 3, LEDGER_HASH);
	CHECK_INT(ledger_tree_get(db, &back), NONE);
	CHECK_INT(db_write(db, put_tree, &tree), NONE);
	CHECK_INT(db_write(db, start_tree, NULL), DB_OK);
	CHECK_INT(db_write(db, start_tree, NULL), DB_UNIQUE);
	CHECK_INT(ledger_tree_get(db, &back), DB_OK);
	CHECK_INT(back.size, 0);
	CHECK_INT(db_write(db, put_tree, &tree), DB_OK);
	CHECK_INT(ledger_tree_get(db, &back), DB_OK);
	CHECK(back.size == 5 && back.time == 7);
	CHECK(memcmp(back.edge[0], tree.edge[0], LEDGER_HASH) == 0);
	CHECK(memcmp(back.edge[2], tree.edge[2], LEDGER_HASH) == 0);
	CHECK_INT(scene_run(db, "update ledger_tree set size = 7"), DB_OK);
	CHECK_INT(ledger_tree_get(db, &back), INVALID);
	db_close(db);
}

static int add_nodes(struct db *db, void *arg)
{
	uint8_t hash[LEDGER_HASH];

	(void)arg;
	for (int i = 0; i < 3; i++) {
		memset(hash, i, sizeof(hash));
		TRY(ledger_node_add(db, 1, i, hash));
	}
	return ledger_node_add(db, 1, 4, hash);
}

TEST(a_missing_subtree_is_noticed)
{
	struct db *db = fresh();
	uint8_t hashes[5][LEDGER_HASH];
	char leaves[1][LEDGER_LEAF + 1];
	int64_t count;

	CHECK_INT(db_write(db, add_nodes, NULL), DB_OK);
	CHECK_INT(ledger_nodes(db, 1, 1, 2, hashes), DB_OK);
	CHECK_INT(hashes[1][31], 2);
	CHECK_INT(ledger_nodes(db, 1, 2, 2, hashes), NONE);
	CHECK_INT(ledger_nodes(db, 1, 0, 5, hashes), NONE);
	CHECK_INT(ledger_nodes(db, 2, 0, 1, hashes), NONE);
	CHECK_INT(ledger_node_count(db, 1, &count), DB_OK);
	CHECK_INT(count, 4);
	CHECK_INT(ledger_leaves(db, 0, 1, leaves), NONE);
	db_close(db);
}

static int add_office(struct db *db, void *arg)
{
	struct office_row row = { "o", true, "key", arg };

	return office_row_add(db, &row);
}

TEST(a_database_has_one_office)
{
	struct db *db = fresh();
	struct office_row row;
	struct arena a;
	char check[] = "check", other[] = "other";

	arena_init(&a);
	CHECK_INT(office_row_get(db, &a, &row), NONE);
	CHECK_INT(db_write(db, add_office, check), DB_OK);
	CHECK_INT(db_write(db, add_office, other), DB_UNIQUE);
	CHECK_INT(office_row_get(db, &a, &row), DB_OK);
	CHECK(row.demo);
	CHECK_STR(row.origin, "o");
	CHECK_STR(row.seal_check, "check");
	arena_release(&a);
	db_close(db);
}
