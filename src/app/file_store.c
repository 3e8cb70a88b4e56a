/*
 * app/file_store.c — each piece is sealed under the file's tag, its number and whether it is the last one, so that pieces
 * can be neither swapped nor cut off.
 */
#include "app/file_store.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"
#include "core/mem.h"
#include "core/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 65536, SEALED = PIECE + KEYS_SEALED_MORE, PATH_ROOM = 4096, BEGIN = 2 };

static const char context[] = "file";

/* files/ab/cdef…, after the tag. */
static bool place(const struct office *o, const char *tag, char out[PATH_ROOM])
{
	int len = snprintf(out, PATH_ROOM, "%s/files/%.*s/%s", o->data, BEGIN, tag, tag + BEGIN);

	return len > 0 && len < PATH_ROOM && strlen(tag) == KEYS_TAG - 1;
}

static int failed(void)
{
	return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
}

int file_store_temp(const struct office *o)
{
	return open(o->work, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static int read_all(int fd, unsigned char *at, size_t size, size_t *ret_len)
{
	size_t len = 0;

	while (len < size) {
		ssize_t n = read(fd, at + len, size - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return IO_ERROR;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	*ret_len = len;
	return OK;
}

static int write_all(int fd, const unsigned char *at, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed();
		at += n;
		len -= (size_t)n;
	}
	return OK;
}

static int digest_of(const struct office *o, int fd, struct file_stored *ret)
{
	unsigned char piece[PIECE];
	uint8_t digest[SHA256_SIZE];
	struct writer hex = { ret->digest, SHA256_HEX, 0, false };
	struct sha256 sha;
	size_t len;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return IO_ERROR;
	ret->size = 0;
	sha256_init(&sha);
	do {
		TRY(read_all(fd, piece, sizeof(piece), &len));
		sha256_add(&sha, piece, len);
		ret->size += (int64_t)len;
	} while (len == sizeof(piece));
	sha256_done(&sha, digest);
	write_hex(&hex, digest, sizeof(digest));
	ret->digest[SHA256_HEX] = 0;
	keys_tag(o->keys, context, digest, sizeof(digest), ret->tag);
	return lseek(fd, 0, SEEK_SET) == 0 ? OK : IO_ERROR;
}

static void piece_context(const char *tag, int64_t number, bool last, char out[128])
{
	snprintf(out, 128, "%s/%s/%lld/%d", context, tag, (long long)number, last);
}

/* How many pieces there are: an empty file has one, too, so that it cannot be taken for nothing. */
static int64_t pieces(int64_t size)
{
	return size == 0 ? 1 : (size + PIECE - 1) / PIECE;
}

static int seal_all(const struct office *o, int fd, const struct file_stored *in,
		    struct file_out *out)
{
	unsigned char piece[PIECE], sealed[SEALED];
	int64_t count = pieces(in->size);
	char where[128];
	size_t len;

	for (int64_t i = 0; i < count; i++) {
		TRY(read_all(fd, piece, sizeof(piece), &len));
		piece_context(in->tag, i, i == count - 1, where);
		keys_seal(o->keys, where, piece, len, sealed);
		file_out_add(out, sealed, len + KEYS_SEALED_MORE);
	}
	return out->rc;
}

int file_store_keep(const struct office *o, int fd, struct file_stored *ret)
{
	char path[PATH_ROOM], *slash;
	struct file_out out;

	TRY(digest_of(o, fd, ret));
	if (!place(o, ret->tag, path))
		return IO_ERROR;
	/* Its time says since when it is wanted: see file_store_walk. */
	if (utimensat(AT_FDCWD, path, NULL, 0) == 0)
		return OK;
	slash = strrchr(path, '/');
	*slash = 0;
	TRY(file_make_folder(path, 0700));
	*slash = '/';
	TRY(file_out_open(&out, path, 0600));
	int rc = seal_all(o, fd, ret, &out);
	if (rc == OK)
		return file_out_commit(&out);
	file_out_abort(&out);
	return rc;
}

static int open_piece(const struct office *o, const char *tag, int64_t i, int64_t count, int from,
		      int to)
{
	unsigned char sealed[SEALED], piece[PIECE];
	char where[128];
	size_t len;

	TRY(read_all(from, sealed, sizeof(sealed), &len));
	piece_context(tag, i, i == count - 1, where);
	if (len < KEYS_SEALED_MORE || keys_open(o->keys, where, sealed, len, piece) != OK)
		return INVALID;
	return write_all(to, piece, len - KEYS_SEALED_MORE);
}

static int unseal(const struct office *o, const char *tag, int64_t size, int to)
{
	char path[PATH_ROOM];
	int64_t count = pieces(size);
	int from = place(o, tag, path) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	int rc = OK;

	if (from < 0)
		return errno == ENOENT ? NONE : IO_ERROR;
	for (int64_t i = 0; rc == OK && i < count; i++)
		rc = open_piece(o, tag, i, count, from, to);
	close(from);
	if (rc == OK && lseek(to, 0, SEEK_END) != size)
		rc = INVALID;
	return rc == OK && lseek(to, 0, SEEK_SET) != 0 ? IO_ERROR : rc;
}

int file_store_open(const struct office *o, const char *tag, int64_t size, int *ret_fd)
{
	int fd = file_store_temp(o);

	if (fd < 0)
		return failed();
	int rc = unseal(o, tag, size, fd);
	if (rc != OK)
		close(fd);
	else
		*ret_fd = fd;
	return rc;
}

int file_store_unpack(const struct office *o, const char *tag, int64_t size, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return failed();
	int rc = unseal(o, tag, size, fd);
	close(fd);
	if (rc != OK)
		unlink(path);
	return rc;
}

/* ---- walking ---- */

static bool is_hex(const char *text, size_t len)
{
	return strlen(text) == len && strspn(text, "0123456789abcdef") == len;
}

static int walk_folder(const struct office *o, const char *begin, int64_t before,
		       file_store_each *each, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	struct dirent *e;
	int rc = OK;

	arena_init(&a);
	DIR *dir = opendir(arena_printf(&a, "%s/files/%s", o->data, begin));
	if (!dir)
		return IO_ERROR;
	while (rc == OK && (e = readdir(dir))) {
		char tag[KEYS_TAG];
		struct stat s;
		if (!is_hex(e->d_name, KEYS_TAG - 1 - BEGIN) ||
		    fstatat(dirfd(dir), e->d_name, &s, AT_SYMLINK_NOFOLLOW) != 0 ||
		    (int64_t)s.st_mtim.tv_sec * 1000 >= before)
			continue;
		snprintf(tag, sizeof(tag), "%.2s%.62s", begin, e->d_name);
		rc = each(arg, tag);
	}
	closedir(dir);
	return rc;
}

int file_store_walk(const struct office *o, int64_t before, file_store_each *each, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	struct dirent *e;
	int rc = OK;

	arena_init(&a);
	DIR *dir = opendir(arena_printf(&a, "%s/files", o->data));
	if (!dir)
		return errno == ENOENT ? OK : IO_ERROR;
	while (rc == OK && (e = readdir(dir)))
		if (is_hex(e->d_name, BEGIN))
			rc = walk_folder(o, e->d_name, before, each, arg);
	closedir(dir);
	return rc;
}

void file_store_drop(const struct office *o, const char *tag)
{
	char path[PATH_ROOM];

	if (place(o, tag, path))
		unlink(path);
}
