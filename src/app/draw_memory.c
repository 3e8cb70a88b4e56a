/* app/draw_memory.c — mmap without reserve behind core's regions. */
#include "app/draw_memory.h"

#include "base/status.h"

#include <sys/mman.h>

#define REGION_MOST ((size_t)64 << 30)
#define REGION_LEAST ((size_t)64 << 20)

int draw_region_init(struct region *r)
{
	for (size_t size = REGION_MOST; size >= REGION_LEAST; size /= 2) {
		void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (at != MAP_FAILED) {
			*r = (struct region){ at, size, 0 };
			return OK;
		}
	}
	return IO_ERROR;
}

void draw_region_release(struct region *r)
{
	if (r->base)
		munmap(r->base, r->size);
	*r = (struct region){ NULL, 0, 0 };
}
