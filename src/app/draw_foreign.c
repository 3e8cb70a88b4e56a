/* app/draw_foreign.c — see draw_foreign.h. */
#include "app/draw_foreign.h"

#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int open_regular(const char *path, size_t most, int *ret, size_t *ret_len)
{
	CLEANUP(close_fd)
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
	struct stat st;

	if (fd < 0 && errno == ELOOP)
		return INVALID;
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? NONE : IO_ERROR;
	if (fstat(fd, &st) != 0)
		return IO_ERROR;
	if (!S_ISREG(st.st_mode))
		return INVALID;
	if ((uint64_t)st.st_size > most)
		return TOO_LARGE;
	off_t hole = lseek(fd, 0, SEEK_HOLE);
	if (hole >= 0 && hole < st.st_size)
		return INVALID;
	if (lseek(fd, 0, SEEK_SET) != 0)
		return IO_ERROR;
	*ret = fd;
	*ret_len = (size_t)st.st_size;
	fd = -1;
	return OK;
}

/* Reads up to len bytes; fewer only at the end. -1: errno says why. */
static ssize_t read_some(int fd, void *at, size_t len)
{
	ssize_t n;

	do
		n = read(fd, at, len);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Reads exactly len bytes, after which the file must end. */
static int read_whole(int fd, char *at, size_t len)
{
	char more;

	for (size_t done = 0; done < len;) {
		ssize_t n = read_some(fd, at + done, len - done);
		if (n <= 0)
			return n == 0 ? CONFLICT : IO_ERROR;
		done += (size_t)n;
	}
	ssize_t n = read_some(fd, &more, 1);
	if (n < 0)
		return IO_ERROR;
	return n == 0 ? OK : CONFLICT;
}

int draw_foreign_read(const char *path, size_t most, struct file_map *ret)
{
	CLEANUP(close_fd) int fd = -1;
	size_t len;

	TRY(open_regular(path, most, &fd, &len));
	if (len == 0) {
		*ret = (struct file_map){ "", 0 };
		return OK;
	}
	char *at = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return IO_ERROR;
	int rc = read_whole(fd, at, len);
	if (rc != OK) {
		int why = errno;
		munmap(at, len);
		errno = why;
		return rc;
	}
	*ret = (struct file_map){ at, len };
	return OK;
}

int draw_foreign_hash(const char *path, size_t most, char hex[SHA256_HEX])
{
	CLEANUP(close_fd) int fd = -1;
	struct writer w = { hex, SHA256_HEX, 0, false };
	uint8_t digest[SHA256_SIZE];
	char piece[PIECE];
	struct sha256 s;
	size_t len, done = 0;

	TRY(open_regular(path, most, &fd, &len));
	sha256_init(&s);
	for (;;) {
		ssize_t n = read_some(fd, piece, sizeof(piece));
		if (n < 0)
			return IO_ERROR;
		if (n == 0)
			break;
		done += (size_t)n;
		if (done > len)
			return CONFLICT;
		sha256_add(&s, piece, (size_t)n);
	}
	if (done != len)
		return CONFLICT;
	sha256_done(&s, digest);
	write_hex(&w, digest, sizeof(digest));
	return OK;
}
