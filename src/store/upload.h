#ifndef STORE_UPLOAD_H
#define STORE_UPLOAD_H
/* store/upload.h — files that people sent; the bytes lie outside the database (app/file_store.h). */
#include "base/arena.h"
#include "db/db.h"

struct upload_row {
	const char *id;
	int64_t account;
	const char *tag;    /* where its bytes lie */
	const char *digest; /* SHA-256 of them, hex */
	int64_t size;       /* bytes */
	const char *name;   /* as its sender called it */
	const char *
		type; /* by its content: "xlsx", "csv", "json", "pdf", "png", "jpeg", "zip", "bytes" */
	int64_t at, until; /* kept until then, UTC milliseconds */
};

/* Inside db_write. */
MUST_USE int upload_row_add(struct db *db, const struct upload_row *row);

/* One of this account's that is still kept; strings live in the arena. NONE. */
MUST_USE int upload_row_get(struct db *db, struct arena *a, int64_t account, const char *id,
			    int64_t now, struct upload_row *ret);

/* Bytes of this account's uploads that are kept, and how many they are. */
MUST_USE int upload_row_sum(struct db *db, int64_t account, int64_t now, int64_t *ret_size,
			    int64_t *ret_count);

/* Forgets those whose time has passed; inside db_write. */
MUST_USE int upload_row_sweep(struct db *db, int64_t now);

/* Does an upload or a job name these bytes? */
MUST_USE int upload_tag_named(struct db *db, const char *tag, bool *ret);

#endif
