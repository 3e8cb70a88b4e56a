/* app/import_out.c — buffered writing to descriptors that somebody else opened. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void import_out_init(struct import_out *o, int fd)
{
	*o = (struct import_out){ .fd = fd, .data = must_alloc(OUT_BYTES) };
}

static void flush(struct import_out *o, const char *at, size_t len)
{
	while (len > 0 && o->rc == OK) {
		ssize_t n = o->placed ? pwrite(o->fd, at, len, (off_t)o->offset)
				      : write(o->fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			o->rc = errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
			return;
		}
		at += n;
		len -= (size_t)n;
		o->offset += (uint64_t)n;
	}
}

char *import_out_room(struct import_out *o, size_t len)
{
	if (len > OUT_BYTES - o->len) {
		flush(o, o->data, o->len);
		o->len = 0;
	}
	return o->data + o->len;
}

void import_out_add(struct import_out *o, const void *at, size_t len)
{
	o->total += len;
	if (len > OUT_BYTES) {
		flush(o, o->data, o->len);
		o->len = 0;
		flush(o, at, len);
		return;
	}
	char *room = import_out_room(o, len);
	if (len)
		memcpy(room, at, len);
	o->len += len;
}

int import_out_end(struct import_out *o)
{
	if (!o->data)
		return OK;
	flush(o, o->data, o->len);
	free(o->data);
	o->data = NULL;
	o->len = 0;
	return o->rc;
}
