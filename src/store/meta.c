/* store/meta.c — the row of table meta. */
#include "store/meta.h"

#include "base/clock.h"
#include "base/status.h"

#include <stdio.h>
#include <sys/random.h>

static int random_epoch(char out[META_EPOCH])
{
	unsigned char bits[(META_EPOCH - 1) / 2];

	if (getrandom(bits, sizeof(bits), 0) != (ssize_t)sizeof(bits))
		return IO_ERROR;
	for (size_t i = 0; i < sizeof(bits); i++)
		snprintf(out + 2 * i, 3, "%02x", bits[i]);
	return DB_OK;
}

static int read_meta(struct db *db, struct meta *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select epoch, created_at from meta", ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	snprintf(ret->epoch, sizeof(ret->epoch), "%s", db_text(r, 0));
	ret->created_at = db_i64(r, 1);
	return DB_OK;
}

static int make_meta(struct db *db, void *arg)
{
	char epoch[META_EPOCH];
	int rc = read_meta(db, arg);

	if (rc != NONE)
		return rc;
	TRY(random_epoch(epoch));
	TRY(db_run(db, "insert into meta (id, epoch, created_at) values (1, $1, $2)", "ti", epoch,
		   clock_now()));
	return read_meta(db, arg);
}

static int change_epoch(struct db *db, void *arg)
{
	char epoch[META_EPOCH];

	TRY(random_epoch(epoch));
	TRY(db_run(db, "update meta set epoch = $1 where id = 1", "t", epoch));
	return db_changed(db) == 1 ? read_meta(db, arg) : NONE;
}

int meta_ensure(struct db *db, struct meta *ret)
{
	int rc = read_meta(db, ret);

	return rc == NONE ? db_write(db, make_meta, ret) : rc;
}

int meta_new_epoch(struct db *db, struct meta *ret)
{
	return db_write(db, change_epoch, ret);
}
