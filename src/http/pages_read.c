/* http/pages_read.c — goes down by descriptors and follows no link, so that nothing outside the folder is read. */
#include "http/pages_read.h"

#include "base/status.h"
#include "http/pages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
	struct arena *keep, *words;
	const char *folder; /* as it was named */
	struct pages_files out;
	size_t room, total;
	const char **why;
};

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

static int told(struct reading *r, int code, const char *path, const char *what)
{
	*r->why = arena_printf(r->words, "网页文件夹 %s%s %s", r->folder, path, what);
	return code;
}

static int io_error(struct reading *r, const char *path)
{
	switch (errno) {
	case ENOENT:
		return told(r, NONE, path, "不存在");
	case ENOTDIR:
		return told(r, INVALID, path, "不是文件夹");
	case EACCES:
		return told(r, FORBIDDEN, path, "没有读的权限：请让运行服务器的用户能读");
	default:
		return told(r, IO_ERROR, path, "读不出来：请检查磁盘");
	}
}

static int check_size(struct reading *r, const char *path, const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return told(r, INVALID, path,
			    S_ISLNK(st->st_mode) ? "是符号链接：里面只能有文件和文件夹"
						 : "不是文件，也不是文件夹：请把它移走");
	if (st->st_size > PAGES_FILE_MOST)
		return told(r, TOO_LARGE, path, "太大：一个文件最多 32 MB");
	if (r->out.count == PAGES_MOST)
		return told(r, TOO_LARGE, "", "里的文件太多：最多 10000 个");
	r->total += (size_t)st->st_size;
	return r->total > PAGES_TOTAL_MOST ? told(r, TOO_LARGE, "", "太大：总共最多 512 MB") : OK;
}

/* The bytes that it had when it was looked at: who makes it longer meanwhile is not waited for. */
static int read_bytes(struct reading *r, int fd, struct pages_file *f)
{
	size_t done = 0;

	f->at = arena_alloc(r->keep, f->len + 1);
	while (done < f->len) {
		ssize_t n = read(fd, f->at + done, f->len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return io_error(r, f->path);
		if (n == 0)
			return told(r, IO_ERROR, f->path, "正在被人改动：请等它写完再启动");
		done += (size_t)n;
	}
	return OK;
}

static int read_one(struct reading *r, int at, const char *name, const char *path)
{
	CLEANUP(close_fd) int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct pages_file f = { .path = path };
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return io_error(r, path);
	TRY(check_size(r, path, &st));
	f.len = (size_t)st.st_size;
	TRY(read_bytes(r, fd, &f));
	if (r->out.count == r->room) {
		r->room = r->room ? 2 * r->room : 64;
		r->out.at = must_realloc(r->out.at, r->room * sizeof(f));
	}
	r->out.at[r->out.count++] = f;
	return OK;
}

static int read_folder(struct reading *r, int fd, const char *path, int depth);

static int read_entry(struct reading *r, int at, const char *name, const char *folder, int depth)
{
	const char *path = arena_printf(r->keep, "%s/%s", folder, name);
	struct stat st;

	if (name[0] == '.')
		return OK;
	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return io_error(r, path);
	if (!S_ISDIR(st.st_mode))
		return S_ISREG(st.st_mode) ? read_one(r, at, name, path) : check_size(r, path, &st);
	if (depth == PAGES_DEEPEST)
		return told(r, TOO_LARGE, path, "太深：文件夹最多套 12 层");
	return read_folder(r, openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
			   path, depth + 1);
}

/* Takes the descriptor. */
static int read_folder(struct reading *r, int fd, const char *path, int depth)
{
	CLEANUP(close_folder) DIR *d = fd >= 0 ? fdopendir(fd) : NULL;

	if (!d) {
		int rc = io_error(r, path);
		close_fd(&fd);
		return rc;
	}
	for (;;) {
		errno = 0;
		const struct dirent *one = readdir(d);
		if (!one)
			return errno ? io_error(r, path) : OK;
		TRY(read_entry(r, dirfd(d), one->d_name, path, depth));
	}
}

int pages_read(struct arena *keep, struct arena *words, const char *folder, struct pages_files *ret,
	       const char **ret_why)
{
	struct reading r = { .keep = keep, .words = words, .folder = folder, .why = ret_why };
	int rc = read_folder(&r, open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "", 0);

	if (rc == OK)
		*ret = r.out;
	else
		free(r.out.at);
	return rc;
}
