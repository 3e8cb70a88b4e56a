/* store/ledger_tree.c — the rows of ledger_tree, ledger_node and ledger_checkpoint. */
#include "store/ledger_tree.h"

#include "base/status.h"

#include <string.h>

int ledger_tree_start(struct db *db)
{
	return db_run(db, "insert into ledger_tree (id, size, edge, time) values (1, 0, $1, 0)",
		      "b", "", (size_t)0);
}

static size_t bits(int64_t size)
{
	return (size_t)__builtin_popcountll((unsigned long long)size);
}

int ledger_tree_get(struct db *db, struct ledger_tree *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t len;

	TRY(db_query(db, &r, "select size, edge, time from ledger_tree", ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	const uint8_t *edge = db_bytes(r, 1, &len);
	int64_t size = db_i64(r, 0);
	if (len != bits(size) * LEDGER_HASH)
		return INVALID;
	ret->size = size;
	ret->time = db_i64(r, 2);
	for (int level = 0; level < LEDGER_DEEPEST; level++) {
		if (!((uint64_t)size >> level & 1))
			continue;
		memcpy(ret->edge[level], edge, LEDGER_HASH);
		edge += LEDGER_HASH;
	}
	return DB_OK;
}

int ledger_tree_put(struct db *db, const struct ledger_tree *tree)
{
	uint8_t edge[LEDGER_DEEPEST][LEDGER_HASH];
	size_t count = 0;

	for (int level = 0; level < LEDGER_DEEPEST; level++)
		if ((uint64_t)tree->size >> level & 1)
			memcpy(edge[count++], tree->edge[level], LEDGER_HASH);
	TRY(db_run(db, "update ledger_tree set size = $1, edge = $2, time = $3 where id = 1", "ibi",
		   tree->size, edge, count * LEDGER_HASH, tree->time));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int ledger_leaves(struct db *db, int64_t from, size_t count, char (*ret)[LEDGER_LEAF + 1])
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t done = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select seq, leaf from ledger_entry where seq >= $1 and seq < $2 order by seq",
		     "ii", from, from + (int64_t)count));
	while ((rc = db_next(r)) == DB_ROW) {
		const char *leaf = db_text(r, 1);
		if (done == count || db_i64(r, 0) != from + (int64_t)done ||
		    strlen(leaf) != LEDGER_LEAF)
			return NONE;
		memcpy(ret[done++], leaf, LEDGER_LEAF + 1);
	}
	return rc == DB_OK && done < count ? NONE : rc;
}

int ledger_node_add(struct db *db, int64_t level, int64_t position, const uint8_t hash[LEDGER_HASH])
{
	return db_run(db, "insert into ledger_node (level, position, hash) values ($1, $2, $3)",
		      "iib", level, position, hash, (size_t)LEDGER_HASH);
}

int ledger_nodes(struct db *db, int64_t level, int64_t from, size_t count,
		 uint8_t (*ret)[LEDGER_HASH])
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t done = 0, len;
	int rc;

	TRY(db_query(db, &r,
		     "select position, hash from ledger_node"
		     " where level = $1 and position >= $2 and position < $3 order by position",
		     "iii", level, from, from + (int64_t)count));
	while ((rc = db_next(r)) == DB_ROW) {
		const void *hash = db_bytes(r, 1, &len);
		if (done == count || db_i64(r, 0) != from + (int64_t)done || len != LEDGER_HASH)
			return NONE;
		memcpy(ret[done++], hash, LEDGER_HASH);
	}
	return rc == DB_OK && done < count ? NONE : rc;
}

int ledger_node_count(struct db *db, int64_t level, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from ledger_node where level = $1", "i", level));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int ledger_checkpoint_add(struct db *db, const struct ledger_checkpoint *checkpoint)
{
	return db_run(db, "insert into ledger_checkpoint (size, time, note) values ($1, $2, $3)",
		      "iit", checkpoint->size, checkpoint->time, checkpoint->note);
}

int ledger_checkpoint_last(struct db *db, struct arena *a, struct ledger_checkpoint *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select size, time, note from ledger_checkpoint order by size desc, id desc"
		     " limit 1",
		     ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct ledger_checkpoint){ db_i64(r, 0), db_i64(r, 1),
					   arena_str(a, db_text(r, 2)) };
	return DB_OK;
}

int ledger_checkpoint_walk(struct db *db, ledger_checkpoint_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r, "select size, time, note from ledger_checkpoint order by size, id",
		     ""));
	while ((rc = db_next(r)) == DB_ROW) {
		struct ledger_checkpoint one = { db_i64(r, 0), db_i64(r, 1), db_text(r, 2) };
		TRY(each(arg, &one));
	}
	return rc;
}
