/* base/file.c — see file.h for the promises; every write goes through struct file_out. */
#include "base/file.h"

#include "base/arena.h"
#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUT_BUFFER = 1 << 16, OPEN_FOLDERS = 16 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int status_of_errno(void)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return NONE;
	return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
}

static int open_regular(const char *path, int *ret, size_t *ret_len)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return status_of_errno();
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return INVALID;
	}
	*ret = fd;
	*ret_len = (size_t)st.st_size;
	return OK;
}

static int map_open(int fd, size_t len, struct file_map *ret)
{
	if (len == 0) {
		*ret = (struct file_map){ "", 0 };
		return OK;
	}
	void *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return IO_ERROR;
	*ret = (struct file_map){ at, len };
	return OK;
}

int file_map(const char *path, struct file_map *ret)
{
	CLEANUP(close_fd) int fd = -1;
	size_t len;

	TRY(open_regular(path, &fd, &len));
	return map_open(fd, len, ret);
}

void file_unmap(struct file_map *m)
{
	if (m->len)
		munmap((void *)(uintptr_t)m->at, m->len);
	*m = (struct file_map){ NULL, 0 };
}

int file_read(struct arena *a, const char *path, size_t max, char **ret, size_t *ret_len)
{
	CLEANUP(close_fd) int fd = -1;
	size_t len, done = 0;

	TRY(open_regular(path, &fd, &len));
	if (len > max)
		return TOO_LARGE;
	char *data = arena_alloc(a, len + 1);
	while (done < len) {
		ssize_t n = read(fd, data + done, len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return IO_ERROR;
		done += (size_t)n;
	}
	*ret = data;
	*ret_len = len;
	return OK;
}

int file_out_open(struct file_out *f, const char *path, mode_t mode)
{
	size_t size = strlen(path) + 16;
	char *temp = must_alloc(size);

	snprintf(temp, size, "%s.XXXXXX", path);
	int fd = mkostemp(temp, O_CLOEXEC);
	if (fd < 0 || fchmod(fd, mode) != 0) {
		int rc = status_of_errno();
		if (fd >= 0) {
			unlink(temp);
			close(fd);
		}
		free(temp);
		return rc;
	}
	*f = (struct file_out){ .fd = fd, .temp = temp, .data = must_alloc(OUT_BUFFER) };
	f->path = memcpy(must_alloc(strlen(path) + 1), path, strlen(path) + 1);
	return OK;
}

int file_out_unnamed(struct file_out *f, const char *folder)
{
	int fd = folder ? open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;

	if (fd < 0 && folder && (errno == ENOSPC || errno == EDQUOT))
		return NO_SPACE;
	if (fd < 0)
		fd = memfd_create("mingqian", MFD_CLOEXEC);
	if (fd < 0)
		return IO_ERROR;
	*f = (struct file_out){ .fd = fd, .data = must_alloc(OUT_BUFFER) };
	return OK;
}

static void write_all(struct file_out *f, const char *at, size_t len)
{
	while (len > 0 && f->rc == OK) {
		ssize_t n = write(f->fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			f->rc = status_of_errno();
			return;
		}
		at += n;
		len -= (size_t)n;
	}
}

void file_out_add(struct file_out *f, const void *at, size_t len)
{
	if (len > OUT_BUFFER - f->len) {
		write_all(f, f->data, f->len);
		f->len = 0;
	}
	if (len > OUT_BUFFER) {
		write_all(f, at, len);
		return;
	}
	if (len)
		memcpy(f->data + f->len, at, len);
	f->len += len;
}

int file_sync_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	CLEANUP(close_fd) int fd = -1;

	if (!folder)
		return IO_ERROR;
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	return fd >= 0 && fsync(fd) == 0 ? OK : IO_ERROR;
}

/* Closing tells what a network's file system has kept to itself. */
static int close_out(struct file_out *f)
{
	int fd = f->fd;

	f->fd = -1;
	return close(fd);
}

int file_out_commit(struct file_out *f)
{
	write_all(f, f->data, f->len);
	if (f->rc == OK && (f->staged ? close_out(f) : fsync(f->fd)) != 0)
		f->rc = status_of_errno();
	if (f->rc == OK && rename(f->temp, f->path) != 0)
		f->rc = status_of_errno();
	int rc = f->rc;
	if (rc == OK) {
		free(f->temp);
		f->temp = NULL;
		rc = f->staged ? OK : file_sync_parent(f->path);
	}
	file_out_abort(f);
	return rc;
}

int file_out_map(struct file_out *f, struct file_map *ret)
{
	struct stat st;

	write_all(f, f->data, f->len);
	if (f->rc == OK && fstat(f->fd, &st) != 0)
		f->rc = IO_ERROR;
	int rc = f->rc == OK ? map_open(f->fd, (size_t)st.st_size, ret) : f->rc;
	file_out_abort(f);
	return rc;
}

void file_out_abort(struct file_out *f)
{
	if (!f->data)
		return;
	if (f->temp)
		unlink(f->temp);
	close_fd(&f->fd);
	free(f->temp);
	free(f->path);
	free(f->data);
	*f = (struct file_out){ .fd = -1 };
}

int file_write(const char *path, const void *at, size_t len, mode_t mode)
{
	struct file_out f;

	TRY(file_out_open(&f, path, mode));
	file_out_add(&f, at, len);
	return file_out_commit(&f);
}

/* Some file systems cannot rename without replacing; they can link. */
static int rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return OK;
	if (errno == EINVAL && link(from, to) == 0)
		return unlink(from) == 0 ? OK : IO_ERROR;
	return errno == EEXIST ? CONFLICT : status_of_errno();
}

int file_place(const char *from, const char *to)
{
	TRY(rename_new(from, to));
	int rc = file_sync_parent(to);
	if (rc != OK)
		(void)!rename_new(to, from);
	return rc;
}

static int start_writing(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	CLEANUP(close_fd) int fd = -1;

	(void)st, (void)where;
	if (kind != FTW_F)
		return OK;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0)
		sync_file_range(fd, 0, 0,
				SYNC_FILE_RANGE_WRITE); /* a hint: fsync tells of failures */
	return OK;
}

static int wait_written(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	CLEANUP(close_fd) int fd = -1;

	(void)st, (void)where;
	if (kind == FTW_SL)
		return OK;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	return fd >= 0 && fsync(fd) == 0 ? OK : status_of_errno();
}

int file_sync_tree(const char *folder)
{
	int rc = nftw(folder, start_writing, OPEN_FOLDERS, FTW_PHYS);

	if (rc == OK)
		rc = nftw(folder, wait_written, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
	return rc == -1 ? status_of_errno() : rc;
}

int file_make_folder(const char *path, mode_t mode)
{
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	char *part = arena_str(&a, path);
	for (char *p = part + 1; *part && *p; p++) {
		if (*p != '/')
			continue;
		*p = 0;
		if (mkdir(part, mode) != 0 && errno != EEXIST)
			return status_of_errno();
		*p = '/';
	}
	if (mkdir(path, mode) == 0)
		return OK;
	struct stat st;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return OK;
	return errno == EEXIST ? INVALID : status_of_errno();
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
