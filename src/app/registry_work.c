/* app/registry_work.c — folders work/registry-XXXXXX, each with a file "lock" that its process holds. */
#include "app/registry_work.h"

#include "base/file.h"
#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

static const char prefix[] = "registry-";

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static void close_folder(DIR **d)
{
	if (*d)
		closedir(*d);
}

static int failure(void)
{
	return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
}

static void remove_folder(const char *path)
{
	CLEANUP(close_folder) DIR *d = opendir(path);
	const struct dirent *e;

	while (d && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(d), e->d_name, 0);
	rmdir(path);
}

/* Its process is gone: nobody holds the lock. */
static bool is_left_over(const char *path)
{
	char lock[PATH_ROOM];

	if ((size_t)snprintf(lock, sizeof(lock), "%s/lock", path) >= sizeof(lock))
		return false;
	CLEANUP(close_fd) int fd = open(lock, O_RDWR | O_CLOEXEC);
	return fd < 0 ? errno == ENOENT : flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static void remove_left_over(const char *work)
{
	CLEANUP(close_folder) DIR *d = opendir(work);
	const struct dirent *e;
	char path[PATH_ROOM];

	while (d && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, prefix, sizeof(prefix) - 1) != 0)
			continue;
		if ((size_t)snprintf(path, sizeof(path), "%s/%s", work, e->d_name) < sizeof(path) &&
		    is_left_over(path))
			remove_folder(path);
	}
}

static int make(struct arena *a, const char *work, struct registry_work *ret)
{
	char *path = arena_printf(a, "%s/%sXXXXXX", work, prefix);

	if (!mkdtemp(path))
		return failure();
	int fd =
		open(arena_printf(a, "%s/lock", path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int rc = failure();
		close_fd(&fd);
		remove_folder(path);
		return rc;
	}
	*ret = (struct registry_work){ path, fd };
	return OK;
}

int registry_work_open(const struct office *o, struct arena *a, struct registry_work *ret)
{
	CLEANUP(close_fd) int all = -1;

	/* One at a time: a folder just made and not yet locked must not be taken for a left-over. */
	TRY(file_make_folder(o->work, 0700));
	all = open(arena_printf(a, "%s/registry.lock", o->work), O_RDWR | O_CREAT | O_CLOEXEC,
		   0600);
	if (all < 0 || flock(all, LOCK_EX) != 0)
		return failure();
	remove_left_over(o->work);
	return make(a, o->work, ret);
}

void registry_work_close(struct registry_work *w)
{
	if (!w->path)
		return;
	remove_folder(w->path);
	close(w->lock);
	*w = (struct registry_work){ NULL, -1 };
}
