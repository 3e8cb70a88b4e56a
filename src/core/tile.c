/* core/tile.c — names and contents of a log's tiles. */
#include "core/tile.h"

#include "core/merkle.h"

enum { LONGEST_ENTRY = 65535, MOST_GROUPS = 6 };

/* How many full subtrees of a level's height a tree has. */
static uint64_t hashes_of(int level, uint64_t size)
{
	return level <= 0 ? size : size >> (TILE_BITS * level);
}

uint32_t tile_width(int level, uint64_t index, uint64_t size)
{
	uint64_t all = hashes_of(level, size);

	CORE_ASSERT(level >= TILE_ENTRIES && level < TILE_LEVELS);
	if (index > all / TILE_WIDTH)
		return 0;
	all -= index * TILE_WIDTH;
	return all < TILE_WIDTH ? (uint32_t)all : TILE_WIDTH;
}

uint64_t tile_count(int level, uint64_t size)
{
	uint64_t all = hashes_of(level, size);

	CORE_ASSERT(level >= TILE_ENTRIES && level < TILE_LEVELS);
	return all / TILE_WIDTH + (all % TILE_WIDTH > 0);
}

static void write_three(struct writer *w, uint64_t n)
{
	write_char(w, (char)('0' + n / 100));
	write_char(w, (char)('0' + n / 10 % 10));
	write_char(w, (char)('0' + n % 10));
}

void tile_path(struct writer *w, const struct tile *t)
{
	uint64_t unit = 1;

	write_literal(w, "tile/");
	if (t->level == TILE_ENTRIES)
		write_literal(w, "entries");
	else
		write_number(w, (uint64_t)t->level);
	write_char(w, '/');
	while (t->index / unit >= 1000)
		unit *= 1000;
	for (; unit > 1; unit /= 1000) {
		write_char(w, 'x');
		write_three(w, t->index / unit % 1000);
		write_char(w, '/');
	}
	write_three(w, t->index % 1000);
	if (t->width < TILE_WIDTH) {
		write_literal(w, ".p/");
		write_number(w, t->width);
	}
}

/* Three digits, which may be a part of a larger number. */
static bool read_three(struct span text, uint64_t *n)
{
	if (text.len != 3)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		*n = *n * 10 + (uint64_t)(text.at[i] - '0');
	}
	return true;
}

/* x001/x234/067, as the only form of its number. */
static int read_index(struct span text, uint64_t *ret)
{
	struct span part;
	uint64_t n = 0;

	for (int groups = 1; span_cut(&text, '/', &part); groups++) {
		if (groups == MOST_GROUPS || part.len == 0 || part.at[0] != 'x' ||
		    !read_three((struct span){ part.at + 1, part.len - 1 }, &n) || n == 0)
			return CORE_INVALID;
	}
	if (!read_three(part, &n))
		return CORE_INVALID;
	*ret = n;
	return CORE_OK;
}

/* "p/<W>", W from 1 to 255. */
static int read_partial(struct span text, uint32_t *ret)
{
	struct span part;
	uint64_t width;

	if (!span_cut(&text, '/', &part) || !span_equal(part, SPAN("p")))
		return CORE_INVALID;
	CORE_TRY(read_number(text, TILE_WIDTH - 1, &width));
	if (width == 0)
		return CORE_INVALID;
	*ret = (uint32_t)width;
	return CORE_OK;
}

static int read_level(struct span text, int *ret)
{
	uint64_t level;

	if (span_equal(text, SPAN("entries"))) {
		*ret = TILE_ENTRIES;
		return CORE_OK;
	}
	CORE_TRY(read_number(text, TILE_LEVELS - 1, &level));
	*ret = (int)level;
	return CORE_OK;
}

int tile_parse(struct span path, struct tile *ret)
{
	struct tile t = { .width = TILE_WIDTH };
	struct span part;

	if (!span_cut(&path, '/', &part) || !span_equal(part, SPAN("tile")) ||
	    !span_cut(&path, '/', &part))
		return CORE_INVALID;
	CORE_TRY(read_level(part, &t.level));
	if (span_cut(&path, '.', &part))
		CORE_TRY(read_partial(path, &t.width));
	CORE_TRY(read_index(part, &t.index));
	*ret = t;
	return CORE_OK;
}

int tile_hashes(const struct tile *t, const uint8_t (*leaf_hashes)[SHA256_SIZE], uint64_t size,
		uint8_t (*ret)[SHA256_SIZE])
{
	uint64_t span, first;

	CORE_ASSERT(t->level >= 0);
	if (t->width == 0 || t->width > tile_width(t->level, t->index, size))
		return CORE_INVALID;
	span = 1ULL << (TILE_BITS * t->level);
	first = t->index * TILE_WIDTH * span;
	for (uint32_t i = 0; i < t->width; i++) {
		struct merkle m;

		merkle_init(&m);
		for (uint64_t j = 0; j < span; j++)
			merkle_add_hash(&m, leaf_hashes[first + i * span + j]);
		merkle_root(&m, ret[i]);
	}
	return CORE_OK;
}

int tile_entry(struct writer *w, struct span data)
{
	if (data.len > LONGEST_ENTRY)
		return CORE_INVALID;
	write_char(w, (char)(data.len >> 8));
	write_char(w, (char)(data.len & 255));
	write_span(w, data);
	return CORE_OK;
}

int tile_next_entry(struct span *bundle, struct span *ret)
{
	size_t len;

	if (bundle->len < 2)
		return CORE_INVALID;
	len = (size_t)(unsigned char)bundle->at[0] << 8 | (unsigned char)bundle->at[1];
	if (bundle->len - 2 < len)
		return CORE_INVALID;
	*ret = (struct span){ bundle->at + 2, len };
	*bundle = (struct span){ bundle->at + 2 + len, bundle->len - 2 - len };
	return CORE_OK;
}
