/* db/connection.c — losing a connection and finding it again, whatever the engine. */
#include "db/engine.h"

void db_disconnect(struct db *db)
{
	if (!db->handle)
		return;
	db_cache_clear(db);
	db->engine->disconnect(db);
	db->handle = NULL;
}

int db_ready(struct db *db)
{
	if (!db->engine)
		return DB_WRONG;
	if (db->depth > 0)
		return db->handle ? DB_OK : db_error(db, DB_LOST, "the connection was lost");
	if (db->handle && !db->engine->alive(db))
		db_disconnect(db);
	return db->handle ? DB_OK : db->engine->connect(db);
}

int db_may_run(struct db *db)
{
	if (db->open)
		return db_error(db, DB_WRONG, "another result of this connection is still open");
	if (db->depth > 0 && db->poison != 0)
		return DB_POISONED;
	if (db_must_stop(db))
		return db_error(db, DB_CANCELLED, "cancelled or out of time");
	return db_ready(db);
}
