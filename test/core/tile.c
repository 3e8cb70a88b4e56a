/* test/core/tile.c — names, sizes and contents of tiles. */
#include "core/merkle.h"
#include "core/tile.h"
#include "unit.h"

#include <stdlib.h>

static bool path_is(int level, uint64_t index, uint32_t width, struct span want)
{
	char room[TILE_PATH_ROOM];
	struct writer w = { room, sizeof(room), 0, false };
	struct tile t = { level, index, width }, again = { 0 };

	tile_path(&w, &t);
	return !w.full && span_equal((struct span){ room, w.len }, want) &&
	       tile_parse(want, &again) == CORE_OK && again.level == level &&
	       again.index == index && again.width == width;
}

TEST(tile_paths_both_ways)
{
	CHECK(path_is(0, 0, 256, SPAN("tile/0/000")));
	CHECK(path_is(0, 999, 1, SPAN("tile/0/999.p/1")));
	CHECK(path_is(7, 1000, 255, SPAN("tile/7/x001/000.p/255")));
	CHECK(path_is(TILE_ENTRIES, 1234067, 256, SPAN("tile/entries/x001/x234/067")));
	CHECK(path_is(1, 72057594037927935, 200,
		      SPAN("tile/1/x072/x057/x594/x037/x927/935.p/200")));
}

TEST(tile_paths_have_one_form)
{
	static const char *const bad[] = {
		"",
		"tile",
		"tile/0",
		"tile/0/",
		"tile/00/000",
		"tile/8/000",
		"tile/-1/000",
		"tile/Entries/000",
		"Tile/0/000",
		"tile/0/00",
		"tile/0/0000",
		"tile/0/00a",
		"tile/0/x000/000",
		"tile/0/001/000",
		"tile/0/x001",
		"tile/0/x01/000",
		"tile/0/x001/x000",
		"tile/0/x001//000",
		"tile/0/000/",
		"tile/0/000.p/0",
		"tile/0/000.p/256",
		"tile/0/000.p/01",
		"tile/0/000.p/",
		"tile/0/000.p",
		"tile/0/000.q/1",
		"tile/0/000.p/1/2",
		"tile/0/.p/1",
		"tile/0/x001/x001/x001/x001/x001/x001/000",
		"/tile/0/000",
	};
	struct tile t = { 5, 5, 5 };

	for (size_t i = 0; i < CORE_COUNT(bad); i++)
		unit_check(tile_parse(span_of(bad[i]), &t) == CORE_INVALID, __FILE__, __LINE__,
			   "%s", bad[i]);
	CHECK(t.level == 5 && t.index == 5 && t.width == 5);
}

TEST(tile_width_and_count)
{
	CHECK_INT(tile_count(0, 0), 0);
	CHECK_INT(tile_width(0, 0, 0), 0);
	CHECK_INT(tile_width(0, 0, 255), 255);
	CHECK_INT(tile_width(0, 0, 256), 256);
	CHECK_INT(tile_width(0, 1, 256), 0);
	CHECK_INT(tile_width(0, 1, 300), 44);
	CHECK_INT(tile_width(0, 2, 300), 0);
	CHECK_INT(tile_width(TILE_ENTRIES, 1, 300), 44);
	CHECK_INT(tile_width(1, 0, 255), 0);
	CHECK_INT(tile_width(1, 0, 300), 1);
	CHECK_INT(tile_width(2, 0, 65535), 0);
	CHECK_INT(tile_width(2, 0, 65536), 1);
	CHECK_INT(tile_count(0, 300), 2);
	CHECK_INT(tile_count(0, 256), 1);
	CHECK_INT(tile_count(TILE_ENTRIES, 257), 2);
	CHECK_INT(tile_count(1, 300), 1);
	CHECK_INT(tile_count(7, UINT64_MAX), 1);
	CHECK_INT(tile_width(7, 0, UINT64_MAX), 255);
	CHECK_INT(tile_width(0, UINT64_MAX / 256, UINT64_MAX), 255);
	CHECK_INT(tile_width(0, UINT64_MAX, UINT64_MAX), 0);
}

/* A tree's root from its tiles alone is the tree's root. */
TEST(tile_hashes_carry_the_tree)
{
	enum { LEAVES = 700 };
	static uint8_t leaves[LEAVES][SHA256_SIZE], hashes[TILE_WIDTH][SHA256_SIZE];
	uint8_t want[SHA256_SIZE], have[SHA256_SIZE];
	struct tile bad[] = { { 0, 2, 189 }, { 0, 3, 1 }, { 1, 0, 3 }, { 2, 0, 1 }, { 0, 0, 0 } };
	struct merkle all, from_tiles;

	merkle_init(&all);
	for (uint32_t i = 0; i < LEAVES; i++) {
		merkle_leaf((struct span){ (const char *)&i, sizeof(i) }, leaves[i]);
		merkle_add_hash(&all, leaves[i]);
	}
	merkle_root(&all, want);
	merkle_init(&from_tiles);
	for (uint64_t n = 0; n < tile_count(0, LEAVES); n++) {
		struct tile t = { 0, n, tile_width(0, n, LEAVES) };

		CHECK_INT(tile_hashes(&t, leaves, LEAVES, hashes), CORE_OK);
		for (uint32_t i = 0; i < t.width; i++)
			merkle_add_hash(&from_tiles, hashes[i]);
	}
	merkle_root(&from_tiles, have);
	CHECK(memcmp(want, have, sizeof(want)) == 0);
	CHECK_INT(tile_hashes(&(struct tile){ 1, 0, 2 }, leaves, LEAVES, hashes), CORE_OK);
	merkle_node(hashes[0], hashes[1], have);
	CHECK(memcmp(have, all.edge[9], sizeof(have)) == 0);
	for (size_t i = 0; i < CORE_COUNT(bad); i++)
		CHECK_INT(tile_hashes(&bad[i], leaves, LEAVES, hashes), CORE_INVALID);
}

TEST(entry_bundles_both_ways)
{
	static char room[65535 + 64], data[65536];
	struct writer w = { room, sizeof(room), 0, false };
	struct span bundle, leaf = SPAN("untouched");

	CHECK_INT(tile_entry(&w, SPAN("")), CORE_OK);
	CHECK_INT(tile_entry(&w, SPAN("leaf")), CORE_OK);
	CHECK_INT(tile_entry(&w, (struct span){ data, 65536 }), CORE_INVALID);
	CHECK_INT(w.len, 8);
	CHECK_INT(tile_entry(&w, (struct span){ data, 65535 }), CORE_OK);
	CHECK(!w.full);
	bundle = (struct span){ room, w.len };
	CHECK(tile_next_entry(&bundle, &leaf) == CORE_OK && leaf.len == 0);
	CHECK(tile_next_entry(&bundle, &leaf) == CORE_OK && span_equal(leaf, SPAN("leaf")));
	CHECK(tile_next_entry(&bundle, &leaf) == CORE_OK && leaf.len == 65535);
	CHECK_INT(bundle.len, 0);
	bundle = SPAN("\0\2x");
	CHECK_INT(tile_next_entry(&bundle, &leaf), CORE_INVALID);
	bundle = SPAN("\0");
	CHECK_INT(tile_next_entry(&bundle, &leaf), CORE_INVALID);
}
