/* app/file_digest.c — read, never mapped: the file may be somebody else's. */
#include "app/file_digest.h"

#include "base/status.h"
#include "core/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

int file_digest(const char *path, char digest[OFFICE_DIGEST])
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	char piece[PIECE];
	uint8_t sum[SHA256_SIZE];
	struct writer hex = { digest, SHA256_HEX, 0, false };
	struct sha256 sha;
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? NONE : IO_ERROR;
	sha256_init(&sha);
	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EISDIR ? INVALID : IO_ERROR;
		sha256_add(&sha, piece, (size_t)n);
	}
	sha256_done(&sha, sum);
	write_hex(&hex, sum, sizeof(sum));
	digest[SHA256_HEX] = 0;
	return OK;
}
