/* app/life_folder.c — a lock on the folder tells the living from what a killed process left. */
#include "app/life_folder.h"

#include "app/sheet_stage.h"
#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char prefix[] = "freeze-";

static int of_errno(void)
{
	return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
}

/* The folder itself is what is locked: a file in it would be gone before the rest of a removal. */
static int lock_folder(const char *path, int how)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, how) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void sweep(const struct office *o, struct arena *a)
{
	DIR *d = opendir(o->work);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		if (strncmp(e->d_name, prefix, sizeof(prefix) - 1) != 0)
			continue;
		const char *path = arena_printf(a, "%s/%s", o->work, e->d_name);
		int fd = lock_folder(path, LOCK_EX | LOCK_NB);
		if (fd < 0)
			continue;
		sheet_remove_folder(path);
		close(fd);
	}
	closedir(d);
}

/* Whoever makes a folder now holds the lock: then he sweeps, too. */
void life_folder_sweep(const struct office *o)
{
	CLEANUP(arena_release) struct arena a = { 0 };
	int all = lock_folder(o->work, LOCK_EX | LOCK_NB);

	if (all < 0)
		return;
	arena_init(&a);
	sweep(o, &a);
	close(all);
}

static int make(struct arena *a, const struct office *o, struct life_folder *ret)
{
	char *path = arena_printf(a, "%s/%sXXXXXX", o->work, prefix);

	if (!mkdtemp(path))
		return of_errno();
	int fd = lock_folder(path, LOCK_EX | LOCK_NB);
	if (fd < 0) {
		int rc = of_errno();
		rmdir(path);
		return rc;
	}
	*ret = (struct life_folder){ path, fd };
	return OK;
}

/* One at a time, or a new folder would be swept away before it is locked. */
int life_folder_make(const struct office *o, struct arena *a, struct life_folder *ret)
{
	int all = lock_folder(o->work, LOCK_EX);

	if (all < 0)
		return of_errno();
	sweep(o, a);
	int rc = make(a, o, ret);
	close(all);
	return rc;
}

void life_folder_release(struct life_folder *f)
{
	if (!f->path)
		return;
	sheet_remove_folder(f->path);
	close(f->lock);
	f->path = NULL;
}
