/* app/sheet_stage.c — mkdtemp beside the target, a lock on it, one rename at the end. */
#include "app/sheet_stage.h"

#include "base/file.h"
#include "base/status.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDERS = 16, TRIES = 100, RANDOM_LETTERS = 6 };

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

/* Opens a folder and locks it unless somebody else has; -1 then. */
static int lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Is it the prefix and six letters of mkdtemp? */
static bool is_stage(const char *name, const char *prefix)
{
	size_t len = strlen(prefix), k = len;

	if (strncmp(name, prefix, len) != 0 || strlen(name) != len + RANDOM_LETTERS)
		return false;
	while (isalnum((unsigned char)name[k]))
		k++;
	return !name[k];
}

/* Removes the stages that nobody works in any more, and says how many. */
static size_t remove_leftovers(struct arena *a, const char *folder, const char *prefix)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (!is_stage(e->d_name, prefix))
			continue;
		char *path = arena_printf(a, "%s/%s", folder, e->d_name);
		int fd = lock_folder(path);
		if (fd < 0)
			continue;
		sheet_remove_folder(path);
		close(fd);
		count++;
	}
	if (dir)
		closedir(dir);
	return count;
}

/* A folder that was made but not yet locked may look left over to somebody: then another one is made. */
static int make_stage(struct sheet_stage *s, const char *folder, const char *prefix)
{
	struct stat have, named;

	for (int i = 0; i < TRIES; i++) {
		char *path = arena_printf(s->arena, "%s/%sXXXXXX", folder, prefix);
		if (!mkdtemp(path))
			return status_of(errno);
		int fd = lock_folder(path);
		if (fd >= 0 && fstat(fd, &have) == 0 && lstat(path, &named) == 0 &&
		    have.st_ino == named.st_ino) {
			s->outer = path;
			s->lock = fd;
			return OK;
		}
		if (fd >= 0)
			close(fd);
	}
	return IO_ERROR;
}

static void remove_outer(struct sheet_stage *s)
{
	int why = errno;

	sheet_remove_folder(s->outer);
	close(s->lock);
	s->path = NULL;
	errno = why;
}

static int open_beside(struct sheet_stage *s, const char *name, const char *what)
{
	const char *slash = strrchr(name, '/');
	const char *folder = slash ? arena_mem(s->arena, name, (size_t)(slash - name)) : ".";
	const char *prefix = arena_printf(s->arena, ".%s.%s", slash ? slash + 1 : name, what);

	if (slash == name)
		folder = "/";
	s->leftovers = remove_leftovers(s->arena, folder, prefix);
	TRY(make_stage(s, folder, prefix));
	s->path = arena_printf(s->arena, "%s/new", s->outer);
	if (mkdir(s->path, 0700) == 0)
		return OK;
	int rc = status_of(errno);
	remove_outer(s);
	return rc;
}

int sheet_stage_merge(struct sheet_stage *s, struct arena *a, const char *target,
		      const char *beside)
{
	struct sheet_stage made = {
		.target = clean_name(a, target), .arena = a, .merge = true, .mode = 0755
	};
	char *real = realpath(beside, NULL); /* "." has no name to stand beside */

	if (!real)
		return status_of(errno);
	int rc = open_beside(&made, real, "merge.");
	free(real);
	TRY(rc);
	*s = made;
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
	struct sheet_stage made = { .target = clean_name(a, target), .arena = a, .mode = 0755 };

	if (!is_free(made.target))
		return CONFLICT;
	TRY(open_beside(&made, made.target, ""));
	*s = made;
	return OK;
}

/* Gives the folder its name; what cannot be made durable is taken back. CONFLICT if something is there. */
static int put_in_place(const struct sheet_stage *s)
{
	if (rename(s->path, s->target) != 0)
		return errno == ENOTEMPTY || errno == EEXIST ? CONFLICT : status_of(errno);
	int rc = file_sync_parent(s->target);
	if (rc != OK && rename(s->target, s->path) != 0)
		return IO_ERROR;
	return rc;
}

static bool is_folder(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool same_bytes(const char *one, const char *two)
{
	struct file_map a, b;

	if (file_map(one, &a) != OK)
		return false;
	if (file_map(two, &b) != OK) {
		file_unmap(&a);
		return false;
	}
	bool same = a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
	file_unmap(&a);
	file_unmap(&b);
	return same;
}

/* "<folder>/<last part of the name>.bak", with a number if that is taken. */
static int put_aside(const struct sheet_stage *s, const char *path)
{
	const char *slash = strrchr(path, '/'), *to = path;

	if (s->aside) {
		if (mkdir(s->aside, 0700) != 0 && errno != EEXIST)
			return status_of(errno);
		to = arena_printf(s->arena, "%s/%s", s->aside, slash ? slash + 1 : path);
	}
	int rc = file_place(path, arena_printf(s->arena, "%s.bak", to));
	for (int i = 2; rc == CONFLICT && i < TRIES; i++)
		rc = file_place(path, arena_printf(s->arena, "%s.bak%d", to, i));
	return rc;
}

/* What a person made of a paper of ours is not lost: it goes aside. */
static int merge_file(struct sheet_stage *s, const char *from, const char *to)
{
	if (same_bytes(from, to))
		return OK;
	if (file_exists(to)) {
		TRY(put_aside(s, to));
		s->moved++;
	}
	return rename(from, to) == 0 ? OK : status_of(errno);
}

static int merge_one(struct sheet_stage *s, const FTSENT *e)
{
	const char *below = e->fts_path + strlen(s->path);
	char *to = arena_printf(s->arena, "%s%s", s->target, below);

	if (e->fts_info == FTS_D && *below && mkdir(to, 0755) != 0 && errno != EEXIST)
		return status_of(errno);
	if (e->fts_info == FTS_F)
		return merge_file(s, e->fts_path, to);
	return e->fts_info == FTS_ERR || e->fts_info == FTS_DNR ? IO_ERROR : OK;
}

static int merge(struct sheet_stage *s)
{
	char *const roots[] = { s->path, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	int rc = walk ? OK : IO_ERROR;

	for (FTSENT *e; rc == OK && (e = fts_read(walk));)
		rc = merge_one(s, e);
	if (walk)
		fts_close(walk);
	if (rc == OK && chmod(s->target, s->mode) != 0)
		rc = status_of(errno);
	return rc == OK ? file_sync_tree(s->target) : rc;
}

int sheet_stage_commit(struct sheet_stage *s)
{
	if (chmod(s->path, s->mode) != 0)
		return status_of(errno);
	TRY(file_sync_tree(s->path));
	int rc = s->merge && is_folder(s->target) ? merge(s) : put_in_place(s);
	if (rc == OK)
		remove_outer(s);
	return rc;
}

void sheet_stage_note(const struct sheet_stage *s, struct plan_notes *notes)
{
	if (s->leftovers)
		plan_note(notes, PLAN_WARNING,
			  "上一次运行没有走完（被强行结束或断电），在文件夹旁边留下了 %zu "
			  "个隐藏的半成品，里面可能有保密的单据；已经删除。",
			  s->leftovers);
}

void sheet_stage_abort(struct sheet_stage *s)
{
	if (s->path)
		remove_outer(s);
}
