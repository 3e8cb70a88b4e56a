#ifndef APP_BACKUP_H
#define APP_BACKUP_H
/*
 * app/backup.h — all that the database holds in one file, and an office made again from such a file. The file is a
 * SQLite database of the same tables, whichever engine the office runs on, so that an office can also move from one to the other.
 * What is sealed stays sealed in it: the keys are never in the file and are kept elsewhere.
 */
#include "app/ledger_verify.h"
#include "app/office.h"

/* Told now and then how many rows are copied; false gives it up. May be NULL. */
typedef bool backup_progress(void *arg, uint64_t rows, uint64_t total);

struct backup_made {
	int64_t tables, rows;
	int64_t bytes;              /* of the file */
	char digest[OFFICE_DIGEST]; /* of the file */
};

/*
 * Writes one state of the database to `path` (mode 0600) while others work on, reads the file back and compares, and
 * then logs it. CONFLICT: something stands there already; NO_SPACE, IO_ERROR, CANCELLED, or a database's code; then there is no file.
 */
MUST_USE int backup_write(struct office *o, struct arena *a, const char *path,
			  backup_progress *progress, void *arg, struct backup_made *ret);

struct restore_plan {
	const char *file;          /* a backup */
	const char *digest;        /* what its SHA-256 must be; NULL: not asked */
	struct office_where where; /* data: a folder without data; keys: NULL for its keys/ */
	const char *actor;
	int64_t fixed_now; /* demo data only, as in office.h */
	backup_progress *progress;
	void *arg;
};

struct restored {
	int64_t tables, rows;
	const char *epoch; /* the new one, in the arena */
	struct ledger_report ledger;
};

/*
 * Makes an office from a backup and its keys: rows as they were, a new epoch (phones offer again what they sent since the backup), and one
 * entry in the ledger. Not OK: *ret_why says in Chinese what to do, and the folder has no data as before.
 */
MUST_USE int backup_restore(struct arena *a, const struct restore_plan *plan, struct restored *ret,
			    const char **ret_why);

#endif
