#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H
/* http/listen.h — the socket that a server listens on. */
#include "base/arena.h"

/*
 * Makes one for "127.0.0.1:8080", "[::1]:8080" or ":8080" (all addresses); port 0: a free one. If the process was
 * started by a socket unit of systemd (LISTEN_PID, LISTEN_FDS), takes the one that it hands over instead. INVALID or
 * UNAVAILABLE with *ret_why, a Chinese sentence.
 */
MUST_USE int listen_open(struct arena *a, const char *where, int *ret, const char **ret_why);

#endif
