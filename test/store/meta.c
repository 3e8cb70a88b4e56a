/* test/store/meta.c — one row, one epoch, until a restore asks for another. */
#include "store/meta.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

TEST(a_database_gets_one_epoch_and_keeps_it)
{
	struct db *db = scene_again(scene_migrated());
	struct meta first = { 0 }, second = { 0 };

	CHECK_INT(meta_new_epoch(db, &first), NONE);
	CHECK_INT(meta_ensure(db, &first), DB_OK);
	CHECK_INT(strspn(first.epoch, "0123456789abcdef"), 32);
	CHECK(first.created_at > 0);
	CHECK_INT(meta_ensure(db, &second), DB_OK);
	CHECK_STR(second.epoch, first.epoch);
	CHECK_INT(meta_new_epoch(db, &second), DB_OK);
	CHECK(strcmp(second.epoch, first.epoch) != 0);
	CHECK_INT(second.created_at, first.created_at);
	db_close(db);
}
