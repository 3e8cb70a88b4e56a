/* db/state.c — what a connection knows about itself: the last error, poison, time limits, cancelling. */
#include "db/db.h"

#include "db/engine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int db_error(struct db *db, int code, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(db->error, sizeof(db->error), format, ap);
	va_end(ap);
	return code;
}

int db_fail(struct db *db, int code)
{
	if (db->depth > 0 && db->poison == 0)
		db->poison = code;
	return code;
}

int64_t db_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1;
}

bool db_must_stop(const struct db *db)
{
	if (db->shielded)
		return false;
	return atomic_load(&db->cancelled) ||
	       (db->deadline != DB_NO_LIMIT && db_ticks() >= db->deadline);
}

const char *db_error_text(const struct db *db)
{
	return db->error;
}

void db_limit(struct db *db, int64_t ms)
{
	uint64_t count;

	atomic_store(&db->cancelled, false);
	if (read(db->wake, &count, sizeof(count)) < 0)
		errno = 0; /* nothing to forget */
	db->deadline = ms > 0 ? db_ticks() + ms : DB_NO_LIMIT;
}

void db_cancel(struct db *db)
{
	const uint64_t one = 1;
	int kept = errno;

	atomic_store(&db->cancelled, true);
	if (write(db->wake, &one, sizeof(one)) < 0)
		errno = kept; /* full: it is readable already */
	errno = kept;
}
