#ifndef APP_LIFE_SUMS_H
#define APP_LIFE_SUMS_H
/*
 * app/life_sums.h — one digest over what an act of a draw leaves in the database: written into the act's document
 * (app/life_documents.h) and computed again by app/ledger_draws.h. Over stored bytes, so nothing is opened and no
 * digest tells anything of what is sealed. Memory does not grow with the rows.
 */
#include "app/row_sum.h"
#include "db/db.h"
#include "store/draw_row.h"

enum { LIFE_SUM = ROW_SUM };

/* The visits that a draw gave, and their first teams. */
MUST_USE int life_sum_visits(struct db *db, const struct draw_row *row, char ret[LIFE_SUM]);
MUST_USE int life_sum_teams(struct db *db, const struct draw_row *row, char ret[LIFE_SUM]);

/* A visit that took another's place, with its first team. */
MUST_USE int life_sum_visit(struct db *db, const char *visit, char ret[LIFE_SUM]);

/* What a freeze keeps beside its files. */
struct life_kept {
	char shares[LIFE_SUM], covers[LIFE_SUM], waits[LIFE_SUM], certain[LIFE_SUM];
};
MUST_USE int life_sum_kept(struct db *db, const struct draw_row *row, struct life_kept *ret);

/*
 * The files that an act writes, as they lie in the database; a reveal puts all but the share anew. Secrets are those that
 * a holder's copy of the share replaces or makes again, so that their loss stops no reveal.
 */
enum life_files {
	LIFE_FILES_PREPARE,
	LIFE_FILES_FREEZE,
	LIFE_FILES_SHARE, /* the freeze's secret */
	LIFE_FILES_RUN,
	LIFE_FILES_SECRETS, /* the run's */
	LIFE_FILES_STAFF,
	LIFE_FILES_COUNT
};
enum { LIFE_FILES_ALL = (1 << LIFE_FILES_COUNT) - 1 };
/* acts: bits 1 << enum life_files. */
MUST_USE int life_sum_files(struct db *db, const struct draw_row *row, unsigned acts,
			    char ret[LIFE_SUM]);

#endif
