/* store/ledger.c — the rows of ledger_entry. */
#include "store/ledger.h"

#include "base/status.h"

#include <stdio.h>
#include <string.h>

int ledger_add(struct db *db, const struct ledger_entry *entry, int64_t *ret_id)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"insert into ledger_entry (time, actor, roles, action, subject, digest, source)"
		" values ($1, $2, $3, $4, $5, $6, $7) returning id",
		"itttttt", entry->time, entry->actor, entry->roles, entry->action, entry->subject,
		entry->digest, entry->source));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret_id = db_i64(r, 0);
	return db_next(r);
}

int ledger_mark_put(struct db *db, int64_t id, const char mark[LEDGER_MARK])
{
	TRY(db_run(db, "update ledger_entry set mark = $2 where id = $1 and mark = ''", "it", id,
		   mark));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int ledger_pending(struct db *db, int64_t after, size_t most, int64_t *ids, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(
		db, &r,
		"select id from ledger_entry where seq is null and id > $1 order by id limit $2",
		"ii", after, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW && count < most)
		ids[count++] = db_i64(r, 0);
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}

/* The columns in the order that every query here selects them; strings borrowed from the row. */
static void read_entry(const struct db_rows *r, struct ledger_entry *ret)
{
	size_t salt_len, leaf_len;
	const void *salt = db_bytes(r, 9, &salt_len);
	const char *leaf = db_text(r, 10);

	*ret = (struct ledger_entry){
		.id = db_i64(r, 0),
		.seq = db_null(r, 1) ? -1 : db_i64(r, 1),
		.time = db_i64(r, 2),
		.actor = db_text(r, 3),
		.roles = db_text(r, 4),
		.action = db_text(r, 5),
		.subject = db_text(r, 6),
		.digest = db_text(r, 7),
		.source = db_text(r, 8),
	};
	leaf_len = leaf ? strlen(leaf) : 0;
	snprintf(ret->mark, sizeof(ret->mark), "%s", db_text(r, 11));
	if (salt_len == LEDGER_SALT)
		memcpy(ret->salt, salt, LEDGER_SALT);
	if (leaf_len == LEDGER_LEAF)
		memcpy(ret->leaf, leaf, LEDGER_LEAF);
}

static int one_entry(struct db_rows *r, struct arena *a, struct ledger_entry *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	read_entry(r, ret);
	ret->actor = arena_str(a, ret->actor);
	ret->roles = arena_str(a, ret->roles);
	ret->action = arena_str(a, ret->action);
	ret->subject = arena_str(a, ret->subject);
	ret->digest = arena_str(a, ret->digest);
	ret->source = arena_str(a, ret->source);
	return DB_OK;
}

int ledger_get(struct db *db, struct arena *a, int64_t id, struct ledger_entry *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id, seq, time, actor, roles, action, subject, digest, source, salt, leaf, mark"
		" from ledger_entry where id = $1",
		"i", id));
	return one_entry(r, a, ret);
}

int ledger_get_seq(struct db *db, struct arena *a, int64_t seq, struct ledger_entry *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id, seq, time, actor, roles, action, subject, digest, source, salt, leaf, mark"
		" from ledger_entry where seq = $1",
		"i", seq));
	return one_entry(r, a, ret);
}

int ledger_number(struct db *db, const struct ledger_entry *entry)
{
	TRY(db_run(db,
		   "update ledger_entry set seq = $2, salt = $3, leaf = $4, mark = $5"
		   " where id = $1 and seq is null",
		   "iibtt", entry->id, entry->seq, entry->salt, sizeof(entry->salt), entry->leaf,
		   entry->mark));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int ledger_last_of(struct db *db, const char *subject, int64_t *ret_seq)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select seq from ledger_entry where subject = $1 and seq is not null"
		     " order by seq desc limit 1",
		     "t", subject));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret_seq = db_i64(r, 0);
	return DB_OK;
}

static int give_all(struct db_rows *r, ledger_each *each, void *arg)
{
	struct ledger_entry entry;
	int rc;

	while ((rc = db_next(r)) == DB_ROW) {
		read_entry(r, &entry);
		TRY(each(arg, &entry));
	}
	return rc;
}

int ledger_walk(struct db *db, int64_t from, ledger_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id, seq, time, actor, roles, action, subject, digest, source, salt, leaf, mark"
		" from ledger_entry where seq >= $1 order by seq",
		"i", from));
	return give_all(r, each, arg);
}

int ledger_walk_subject(struct db *db, const char *subject, ledger_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id, seq, time, actor, roles, action, subject, digest, source, salt, leaf, mark"
		" from ledger_entry where subject = $1 order by id",
		"t", subject));
	return give_all(r, each, arg);
}

int ledger_has(struct db *db, const char *subject, bool *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select 1 from ledger_entry where subject = $1 limit 1", "t",
		     subject));
	int rc = db_next(r);
	*ret = rc == DB_ROW;
	return rc == DB_ROW ? DB_OK : rc;
}

int ledger_walk_pending(struct db *db, ledger_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id, seq, time, actor, roles, action, subject, digest, source, salt, leaf, mark"
		" from ledger_entry where seq is null order by id",
		""));
	return give_all(r, each, arg);
}

int ledger_newest(struct db *db, const char *subject, int64_t below, int64_t most,
		  ledger_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	if (subject)
		TRY(db_query(
			db, &r,
			"select id, seq, time, actor, roles, action, subject, digest, source, salt,"
			" leaf, mark from ledger_entry where subject = $1 and seq < $2"
			" order by seq desc limit $3",
			"tii", subject, below, most));
	else
		TRY(db_query(
			db, &r,
			"select id, seq, time, actor, roles, action, subject, digest, source, salt,"
			" leaf, mark from ledger_entry where seq < $1 order by seq desc limit $2",
			"ii", below, most));
	return give_all(r, each, arg);
}

int ledger_search(struct db *db, const struct ledger_ask *ask, int64_t below, int64_t most,
		  ledger_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	if (*ask->subject)
		TRY(db_query(
			db, &r,
			"select id, seq, time, actor, roles, action, subject, digest, source, salt,"
			" leaf, mark from ledger_entry where subject = $1 and seq < $2 and time >= $3"
			" and time < $4 and ($5 = '' or actor = $5) and ($6 = '' or action = $6)"
			" order by seq desc limit $7",
			"tiiitti", ask->subject, below, ask->from, ask->until, ask->actor,
			ask->action, most));
	else
		TRY(db_query(
			db, &r,
			"select id, seq, time, actor, roles, action, subject, digest, source, salt,"
			" leaf, mark from ledger_entry where seq < $1 and time >= $2"
			" and time < $3 and ($4 = '' or actor = $4) and ($5 = '' or action = $5)"
			" order by seq desc limit $6",
			"iiitti", below, ask->from, ask->until, ask->actor, ask->action, most));
	return give_all(r, each, arg);
}

int ledger_search_count(struct db *db, const struct ledger_ask *ask, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	if (*ask->subject)
		TRY(db_query(
			db, &r,
			"select count(*) from ledger_entry where subject = $1 and seq is not null"
			" and time >= $2 and time < $3 and ($4 = '' or actor = $4)"
			" and ($5 = '' or action = $5)",
			"tiitt", ask->subject, ask->from, ask->until, ask->actor, ask->action));
	else
		TRY(db_query(db, &r,
			     "select count(*) from ledger_entry where seq is not null"
			     " and time >= $1 and time < $2 and ($3 = '' or actor = $3)"
			     " and ($4 = '' or action = $4)",
			     "iitt", ask->from, ask->until, ask->actor, ask->action));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return db_next(r);
}
