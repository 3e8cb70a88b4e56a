/* base/arena.c — chunks in a list; each new chunk is at least twice the last, up to 1 MiB. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_FIRST = 4096, CHUNK_MOST = 1 << 20 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

static void out_of_memory(size_t size)
{
	fprintf(stderr, "内存不足：无法分配 %zu 字节，程序停止；已提交的数据不受影响。\n", size);
	abort();
}

void *must_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		out_of_memory(size);
	return p;
}

void *must_realloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		out_of_memory(size);
	return p;
}

void arena_init(struct arena *a)
{
	a->chunk = NULL;
}

void arena_release(struct arena *a)
{
	while (a->chunk) {
		struct arena_chunk *next = a->chunk->next;
		free(a->chunk);
		a->chunk = next;
	}
}

static size_t next_size(const struct arena_chunk *last, size_t need)
{
	size_t size = last ? last->size * 2 : CHUNK_FIRST;

	if (size > CHUNK_MOST)
		size = CHUNK_MOST;
	return size < need ? need : size;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t align = alignof(max_align_t);

	if (size > SIZE_MAX / 2)
		out_of_memory(size);
	size = (size + align - 1) / align * align;
	if (!a->chunk || a->chunk->size - a->chunk->used < size) {
		size_t room = next_size(a->chunk, size);
		struct arena_chunk *c = must_alloc(sizeof(*c) + room);
		c->next = a->chunk;
		c->size = room;
		c->used = 0;
		a->chunk = c;
	}
	char *p = a->chunk->data + a->chunk->used;
	a->chunk->used += size;
	return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		out_of_memory(SIZE_MAX);
	return arena_alloc(a, total);
}

char *arena_mem(struct arena *a, const char *at, size_t len)
{
	char *p = arena_alloc(a, len + 1);

	if (len)
		memcpy(p, at, len);
	return p;
}

char *arena_str(struct arena *a, const char *text)
{
	return text ? arena_mem(a, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	int len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (len < 0)
		abort();
	char *p = arena_alloc(a, (size_t)len + 1);
	va_start(ap, format);
	vsnprintf(p, (size_t)len + 1, format, ap);
	va_end(ap);
	return p;
}
