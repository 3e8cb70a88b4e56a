#ifndef CORE_TILE_H
#define CORE_TILE_H
/*
 * core/tile.h — a tree as static files (C2SP tlog-tiles): tile/<L>/<N>[.p/<W>] holds up to 256 hashes of
 * level 8 L, tile/entries/<N>[.p/<W>] the leaves' data. N is written in groups of three digits, all but
 * the last with an x in front: 1234067 is x001/x234/067.
 */
#include "core/mem.h"
#include "core/sha256.h"

enum {
	TILE_WIDTH = 256,
	TILE_BITS = 8,     /* log2 of the width */
	TILE_LEVELS = 8,   /* levels of tiles that a tree of 64-bit size can have */
	TILE_ENTRIES = -1, /* as a level: the leaves' data */
	TILE_PATH_ROOM = 48
};

struct tile {
	int level; /* 0 to TILE_LEVELS - 1, or TILE_ENTRIES */
	uint64_t index;
	uint32_t width; /* 1 to 256; less than 256: a partial tile */
};

/* How many entries tile `index` of a level has in a tree of this size; 0: it does not exist. */
CORE_MUST_USE uint32_t tile_width(int level, uint64_t index, uint64_t size);

/* How many tiles a level has in a tree of this size, the partial one included. */
CORE_MUST_USE uint64_t tile_count(int level, uint64_t size);

/* Writes the path, e.g. "tile/0/x001/000.p/44"; at most TILE_PATH_ROOM bytes, no NUL. */
void tile_path(struct writer *w, const struct tile *t);

/* Reads a path; only the form that tile_path writes. CORE_INVALID. */
CORE_MUST_USE int tile_parse(struct span path, struct tile *ret);

/*
 * Hashes of a tile of level >= 0 from all leaf hashes of a tree of `size` leaves; writes t->width of
 * them. CORE_INVALID if the tree has no such tile, or not so wide.
 */
CORE_MUST_USE int tile_hashes(const struct tile *t, const uint8_t (*leaf_hashes)[SHA256_SIZE],
			      uint64_t size, uint8_t (*ret)[SHA256_SIZE]);

/* Appends one leaf to an entry bundle: its length as two bytes, big-endian, and its data.
 * CORE_INVALID if it is longer than 65535 bytes. */
CORE_MUST_USE int tile_entry(struct writer *w, struct span data);

/* Takes the next leaf off an entry bundle. CORE_INVALID if it is cut short; not to be called at the end. */
CORE_MUST_USE int tile_next_entry(struct span *bundle, struct span *ret);

#endif
