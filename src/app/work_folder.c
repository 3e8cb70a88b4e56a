/* app/work_folder.c — a lock on the folder tells the living from what a killed process left. */
#include "app/work_folder.h"

#include "app/sheet_stage.h"
#include "base/file.h"
#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char prefix[] = "job-";

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

static void sweep(const char *work, struct arena *a)
{
	DIR *d = opendir(work);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		if (strncmp(e->d_name, prefix, sizeof(prefix) - 1) != 0)
			continue;
		const char *path = arena_printf(a, "%s/%s", work, e->d_name);
		int fd = lock_folder(path, LOCK_EX | LOCK_NB);
		if (fd < 0)
			continue;
		sheet_remove_folder(path);
		close(fd);
	}
	closedir(d);
}

/* Whoever makes a folder now holds the lock: then he sweeps, too. */
void work_folder_sweep(const char *work)
{
	CLEANUP(arena_release) struct arena a = { 0 };
	int all = lock_folder(work, LOCK_EX | LOCK_NB);

	if (all < 0)
		return;
	arena_init(&a);
	sweep(work, &a);
	close(all);
}

static int make(struct arena *a, const char *work, struct work_folder *ret)
{
	char *path = arena_printf(a, "%s/%sXXXXXX", work, prefix);

	if (!mkdtemp(path))
		return of_errno();
	int fd = lock_folder(path, LOCK_EX | LOCK_NB);
	if (fd < 0) {
		int rc = of_errno();
		rmdir(path);
		return rc;
	}
	*ret = (struct work_folder){ path, fd };
	return OK;
}

/* One at a time, or a new folder would be swept away before it is locked. */
int work_folder_make(const char *work, struct arena *a, struct work_folder *ret)
{
	TRY(file_make_folder(work, 0700));
	int all = lock_folder(work, LOCK_EX);
	if (all < 0)
		return of_errno();
	sweep(work, a);
	int rc = make(a, work, ret);
	close(all);
	return rc;
}

void work_folder_release(struct work_folder *f)
{
	if (!f->path)
		return;
	sheet_remove_folder(f->path);
	close(f->lock);
	f->path = NULL;
}
