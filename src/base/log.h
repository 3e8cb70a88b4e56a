#ifndef BASE_LOG_H
#define BASE_LOG_H
/*
 * base/log.h — one line a message on standard error: "time level message". Only http, cli, jobs and
 * main log; everything below returns a code. Never log a secret: shares, passwords, tokens, seeds.
 */
#include "base/cleanup.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Messages above this level are dropped; LOG_INFO at the start. */
void log_set_level(enum log_level level);

/* Control characters in the formatted text are written as '?', so one message is always one line. */
PRINTF(2, 3) void log_at(enum log_level level, const char *format, ...);

#endif
