#ifndef STORE_OFFICE_H
#define STORE_OFFICE_H
/* store/office.h — the office a database belongs to: one row, made with the database and never changed. */
#include "base/arena.h"
#include "db/db.h"

struct office_row {
	const char *origin;     /* the name in its checkpoints */
	bool demo;              /* made-up data: the clock may be set by hand */
	const char *sign_key;   /* C2SP verifier key of the key that signs */
	const char *seal_check; /* 64 hex digits that only the right seal key gives */
};

/* Reads it; its strings live in the arena. NONE if the office was not made yet. */
MUST_USE int office_row_get(struct db *db, struct arena *a, struct office_row *ret);

/* Makes it, inside db_write. DB_UNIQUE if there is one. */
MUST_USE int office_row_add(struct db *db, const struct office_row *row);

#endif
