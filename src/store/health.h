#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H
/* store/health.h — how the database itself is: what an operator wants to know before something breaks. Reads only. */
#include "base/arena.h"
#include "db/db.h"

struct health {
	bool server;        /* PostgreSQL */
	int64_t migrations; /* the highest that was applied */
	const char *
		damage; /* what SQLite found wrong with its file, in the arena; NULL: nothing, or not SQLite */
	const char *
		careless; /* a setting of PostgreSQL that can lose commits, in the arena; NULL: none */
	int64_t backup_at; /* of the newest backup's entry, UTC milliseconds; 0: never */
};

/* SQLite reads all of its file for it. */
MUST_USE int health_look(struct db *db, struct arena *a, struct health *ret);

#endif
