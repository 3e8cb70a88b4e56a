/* app/life_folder.c — a lock file in the folder tells the living from what a killed process left. */
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

static int take_lock(struct arena *a, const char *folder, int flags)
{
	int fd = open(arena_printf(a, "%s/lock", folder), O_RDWR | O_CLOEXEC | flags, 0600);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
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
		int fd = take_lock(a, path, 0);
		if (fd < 0)
			continue;
		sheet_remove_folder(path);
		close(fd);
	}
	closedir(d);
}

int life_folder_make(const struct office *o, struct arena *a, struct life_folder *ret)
{
	sweep(o, a);
	char *path = arena_printf(a, "%s/%sXXXXXX", o->work, prefix);
	if (!mkdtemp(path))
		return of_errno();
	int fd = take_lock(a, path, O_CREAT | O_EXCL);
	if (fd < 0) {
		int rc = of_errno();
		rmdir(path);
		return rc;
	}
	*ret = (struct life_folder){ path, fd };
	return OK;
}

void life_folder_release(struct life_folder *f)
{
	if (!f->path)
		return;
	sheet_remove_folder(f->path);
	close(f->lock);
	f->path = NULL;
}
