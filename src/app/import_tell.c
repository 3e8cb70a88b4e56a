/* app/import_tell.c — what the child tells the parent: progress and refusals. */
#include "app/import_work.h"
#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

int import_refuse(struct import_work *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(w->summary->refusal, sizeof(w->summary->refusal), format, args);
	va_end(args);
	return INVALID;
}

static void send_summary(struct import_work *w)
{
	const char *at = (const char *)w->summary;
	size_t left = sizeof(*w->summary);

	while (w->pipe >= 0 && left > 0) {
		ssize_t n = write(w->pipe, at, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		at += n;
		left -= (size_t)n;
	}
}

void import_progress(struct import_work *w, uint64_t done, uint64_t total)
{
	w->summary->done = done;
	w->summary->total = total;
	send_summary(w);
}
