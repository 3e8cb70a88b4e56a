#ifndef APP_DRAW_MEMORY_H
#define APP_DRAW_MEMORY_H
/*
 * app/draw_memory.h — memory for core: a large range of address space of which only touched pages cost
 * anything, so that no caller has to guess how much a draw needs.
 */
#include "base/cleanup.h"
#include "core/mem.h"

/* Reserves a region of up to 64 GiB, less where the system grants less; IO_ERROR below 64 MiB. */
MUST_USE int draw_region_init(struct region *r);

/* Gives the pages back and empties it; harmless on a zeroed region. */
void draw_region_release(struct region *r);

#endif
