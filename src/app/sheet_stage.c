/* app/sheet_stage.c — mkdtemp beside the target, one rename at the end. */
#include "app/sheet_stage.h"

#include "base/file.h"
#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDERS = 16 };

static int status_of(int error)
{
	if (error == ENOENT)
		return NONE;
	return error == ENOSPC || error == EDQUOT ? NO_SPACE : IO_ERROR;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

void sheet_remove_folder(const char *path)
{
	nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* The target without trailing slashes. */
static char *clean_name(struct arena *a, const char *target)
{
	char *name = arena_str(a, target);
	size_t len = strlen(name);

	while (len > 1 && name[len - 1] == '/')
		name[--len] = 0;
	return name;
}

int sheet_stage_replace(struct sheet_stage *s, struct arena *a, const char *target)
{
	char *name = clean_name(a, target), *slash = strrchr(name, '/');
	char *path;

	if (slash)
		path = arena_printf(a, "%.*s/.%s.XXXXXX", (int)(slash - name), name, slash + 1);
	else
		path = arena_printf(a, ".%s.XXXXXX", name);
	if (!mkdtemp(path))
		return status_of(errno);
	*s = (struct sheet_stage){ name, path, true, 0755 };
	return OK;
}

/* Nothing there, or an empty folder (over which rename(2) may put another one). */
static bool is_free(const char *name)
{
	struct stat st;

	if (lstat(name, &st) != 0)
		return true;
	DIR *d = S_ISDIR(st.st_mode) ? opendir(name) : NULL;
	if (!d)
		return false;
	bool empty = true;
	for (struct dirent *e; (e = readdir(d));)
		empty &= strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	closedir(d);
	return empty;
}

int sheet_stage_open(struct sheet_stage *s, struct arena *a, const char *target)
{
	char *name = clean_name(a, target);

	if (!is_free(name))
		return CONFLICT;
	TRY(sheet_stage_replace(s, a, name));
	s->replace = false;
	return OK;
}

/*
 * Gives the folder its name; with RENAME_EXCHANGE the one that stands there goes to the hidden place. What
 * cannot be made durable is taken back. CONFLICT if something stands there.
 */
static int put_in_place(const struct sheet_stage *s, unsigned flags)
{
	if (renameat2(AT_FDCWD, s->path, AT_FDCWD, s->target, flags) != 0)
		return errno == ENOTEMPTY || errno == EEXIST ? CONFLICT : status_of(errno);
	int rc = file_sync_parent(s->target);
	if (rc != OK && renameat2(AT_FDCWD, s->target, AT_FDCWD, s->path, flags) != 0)
		return IO_ERROR;
	return rc;
}

static bool is_folder(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

int sheet_stage_commit(struct sheet_stage *s)
{
	if (chmod(s->path, s->mode) != 0)
		return status_of(errno);
	TRY(file_sync_tree(s->path));
	int rc = put_in_place(s, 0);
	if (rc == CONFLICT && s->replace && is_folder(s->target)) {
		rc = put_in_place(s, RENAME_EXCHANGE);
		if (rc == OK)
			sheet_remove_folder(s->path);
	}
	if (rc == OK)
		s->path = NULL;
	return rc;
}

void sheet_stage_abort(struct sheet_stage *s)
{
	if (!s->path)
		return;
	sheet_remove_folder(s->path);
	s->path = NULL;
}
