/* app/ledger_owed.c — a line of fixed length an entry; under a lock only while the file itself is touched. */
#include "app/ledger_owed.h"

#include "app/ledger_mark.h"
#include "base/arena.h"
#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE = 21, PATH_ROOM = 4096, MOST = 1 << 20 };

struct owed {
	int64_t *ids;
	size_t count;
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int failed(void)
{
	return errno == ENOSPC ? NO_SPACE : IO_ERROR;
}

/* NONE: these keys keep none. */
static int open_locked(const struct keys *keys, int *ret)
{
	const char *folder = keys_folder(keys);
	char path[PATH_ROOM];

	if (!folder || snprintf(path, PATH_ROOM, "%s/ledger.owed", folder) >= PATH_ROOM)
		return folder ? IO_ERROR : NONE;
	*ret = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
	if (*ret < 0)
		return failed();
	return flock(*ret, LOCK_EX) == 0 ? OK : IO_ERROR;
}

static int write_at(int fd, const int64_t *ids, size_t count, off_t at)
{
	for (size_t i = 0; i < count; i++, at += LINE) {
		char line[LINE + 1];
		snprintf(line, sizeof(line), "%020" PRId64 "\n", ids[i]);
		if (pwrite(fd, line, LINE, at) != LINE)
			return failed();
	}
	return OK;
}

static off_t size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_size < MOST ? st.st_size / LINE * LINE : -1;
}

static int read_all(int fd, struct arena *a, struct owed *ret)
{
	off_t size = size_of(fd);

	if (size < 0)
		return IO_ERROR;
	char *text = arena_alloc(a, (size_t)size + 1);
	if (pread(fd, text, (size_t)size, 0) != size)
		return IO_ERROR;
	text[size] = 0;
	ret->count = (size_t)size / LINE;
	ret->ids = arena_array(a, ret->count + 1, sizeof(*ret->ids));
	for (size_t i = 0; i < ret->count; i++)
		ret->ids[i] = strtoll(text + i * LINE, NULL, 10);
	return OK;
}

int ledger_owed_add(const struct keys *keys, const int64_t *ids, size_t count)
{
	CLEANUP(close_fd) int fd = -1;
	int rc = count > 0 ? open_locked(keys, &fd) : NONE;

	if (rc != OK)
		return rc == NONE ? OK : rc;
	off_t end = size_of(fd);
	return end < 0 ? IO_ERROR : write_at(fd, ids, count, end);
}

/* What stands there now; the lock is given back. */
static int look(const struct keys *keys, struct arena *a, struct owed *ret)
{
	CLEANUP(close_fd) int fd = -1;
	int rc = open_locked(keys, &fd);

	*ret = (struct owed){ .count = 0 };
	if (rc != OK)
		return rc == NONE ? OK : rc;
	return read_all(fd, a, ret);
}

static int see(struct db *db, struct arena *a, const struct keys *keys, int64_t id,
	       bool *ret_numbered)
{
	struct ledger_entry entry;
	int rc = ledger_get(db, a, id, &entry);

	if (rc == NONE || (rc == OK && !ledger_mark_true(keys, &entry)))
		return FORBIDDEN;
	*ret_numbered = rc == OK && entry.seq >= 0;
	return rc;
}

int ledger_owed_check(struct db *db, const struct keys *keys)
{
	CLEANUP(arena_release) struct arena a;
	struct owed owed;
	bool numbered;

	arena_init(&a);
	TRY(look(keys, &a, &owed));
	for (size_t i = 0; i < owed.count; i++)
		TRY(see(db, &a, keys, owed.ids[i], &numbered));
	return OK;
}

static bool has(const struct owed *o, int64_t id)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->ids[i] == id)
			return true;
	return false;
}

static int strike_out(const struct keys *keys, struct arena *a, const struct owed *done)
{
	CLEANUP(close_fd) int fd = -1;
	struct owed owed;
	size_t left = 0;

	TRY(open_locked(keys, &fd));
	TRY(read_all(fd, a, &owed));
	for (size_t i = 0; i < owed.count; i++)
		if (!has(done, owed.ids[i]))
			owed.ids[left++] = owed.ids[i];
	TRY(write_at(fd, owed.ids, left, 0));
	return ftruncate(fd, (off_t)left * LINE) == 0 ? OK : IO_ERROR;
}

int ledger_owed_settle(struct db *db, const struct keys *keys)
{
	CLEANUP(arena_release) struct arena a;
	struct owed owed, done;

	arena_init(&a);
	TRY(look(keys, &a, &owed));
	done = (struct owed){ arena_array(&a, owed.count + 1, sizeof(*done.ids)), 0 };
	for (size_t i = 0; i < owed.count; i++) {
		bool numbered;
		TRY(see(db, &a, keys, owed.ids[i], &numbered));
		if (numbered)
			done.ids[done.count++] = owed.ids[i];
	}
	return done.count ? strike_out(keys, &a, &done) : OK;
}

int ledger_owed_forget(const struct keys *keys)
{
	CLEANUP(close_fd) int fd = -1;
	int rc = open_locked(keys, &fd);

	if (rc != OK)
		return rc == NONE ? OK : rc;
	return ftruncate(fd, 0) == 0 ? OK : IO_ERROR;
}
