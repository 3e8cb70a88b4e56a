/* base/log.c — formats into a fixed line and writes it with one call, so that lines do not mix. */
#include "base/log.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum log_level most = LOG_INFO;

void log_set_level(enum log_level level)
{
	most = level;
}

void log_at(enum log_level level, const char *format, ...)
{
	static const char *const names[] = { "error", "warn", "info", "debug" };
	char line[2048], when[CLOCK_TEXT];
	va_list ap;

	if (level > most)
		return;
	clock_text(clock_now(), when);
	int start = snprintf(line, sizeof(line), "%s %s ", when, names[level]);
	va_start(ap, format);
	int len = vsnprintf(line + start, sizeof(line) - (size_t)start - 1, format, ap);
	va_end(ap);
	if (len < 0)
		return;
	size_t end = strlen(line);
	for (size_t i = 0; i < end; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	line[end++] = '\n';
	for (size_t done = 0; done < end;) {
		ssize_t n = write(STDERR_FILENO, line + done, end - done);
		if (n <= 0)
			return;
		done += (size_t)n;
	}
}
