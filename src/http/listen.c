/* http/listen.c — addresses are numbers: a name that resolves to another address tomorrow is no place to listen on. */
#include "http/listen.h"

#include "base/status.h"
#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HANDED_OVER = 3, BACKLOG = 1024, PORT_MOST = 65535 };

/* The descriptor that systemd hands over, or -1. */
static int handed_over(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	uint64_t n;

	if (!pid || !count || read_number(span_of(pid), INT32_MAX, &n) != CORE_OK ||
	    n != (uint64_t)getpid() || strcmp(count, "1") != 0)
		return -1;
	return fcntl(HANDED_OVER, F_SETFD, FD_CLOEXEC) == 0 ? HANDED_OVER : -1;
}

/* Cuts "host:port" at the last colon; the host without brackets. */
static int cut(struct arena *a, const char *where, const char **ret_host, const char **ret_port)
{
	const char *colon = strrchr(where, ':');
	size_t len = colon ? (size_t)(colon - where) : 0;
	uint64_t port;

	if (!colon || read_number(span_of(colon + 1), PORT_MOST, &port) != CORE_OK)
		return INVALID;
	if (len >= 2 && where[0] == '[' && where[len - 1] == ']')
		*ret_host = arena_mem(a, where + 1, len - 2);
	else
		*ret_host = len ? arena_mem(a, where, len) : NULL;
	*ret_port = colon + 1;
	return OK;
}

static int open_one(const struct addrinfo *at)
{
	int one = 1, fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
	    bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

int listen_open(struct arena *a, const char *where, int *ret, const char **ret_why)
{
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM,
					 .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *found = NULL;
	const char *host, *port;
	int fd = handed_over();

	if (fd >= 0) {
		*ret = fd;
		return OK;
	}
	if (cut(a, where, &host, &port) != OK || getaddrinfo(host, port, &wanted, &found) != 0) {
		*ret_why = arena_printf(
			a, "--listen 要写成 127.0.0.1:8080 或 [::1]:8080，而不是“%s”", where);
		return INVALID;
	}
	fd = open_one(found);
	freeaddrinfo(found);
	if (fd < 0) {
		*ret_why = arena_printf(a,
					"不能在 %s 上提供服务：%s（端口可能已被占用，"
					"1024 以下的端口要有权限）",
					where, strerror(errno));
		return UNAVAILABLE;
	}
	*ret = fd;
	return OK;
}
