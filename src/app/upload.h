#ifndef APP_UPLOAD_H
#define APP_UPLOAD_H
/* app/upload.h — files that people send before they say what for; each may use his own only, for some days. */
#include "app/office.h"
#include "store/upload.h"

#define UPLOAD_MOST (INT64_C(1) << 30) /* bytes of one file */

enum {
	UPLOAD_ID = 27, /* "U-" and 24 hex digits, with the NUL */
	UPLOAD_NAME_LONGEST =
		64, /* characters; with what reports add a name stays below 255 bytes */
	UPLOAD_OPEN_MOST = 1000, /* files of one account */
	UPLOAD_KEPT_MS = 7 * 24 * 3600 * 1000
};

#define UPLOAD_SUM_MOST (INT64_C(20) << 30) /* bytes of one account */

/*
 * Keeps what the descriptor holds and logs upload.add. name: what it is called, without a path; only shown. INVALID with
 * o->why: the name, or an empty file; TOO_LARGE with o->why: the file, or all of the account's; NO_SPACE, IO_ERROR.
 */
MUST_USE int upload_add(struct office *o, struct arena *a, int64_t account, int fd,
			const char *name, struct upload_row *ret);

/* One of the account's own, as the ledger tells of it: its bytes, whose it is and since when. NONE. */
MUST_USE int upload_find(struct office *o, struct arena *a, int64_t account, const char *id,
			 struct upload_row *ret);

/* "xlsx", "csv" and so on, by the first bytes of a file (store/upload.h); never by its name. */
MUST_USE const char *upload_type(const unsigned char *at, size_t len);

/*
 * Forgets uploads and jobs whose time has passed, and drops files that nothing names any more. Once an hour and
 * process; nothing else depends on it.
 */
MUST_USE int upload_sweep(struct office *o);

#endif
