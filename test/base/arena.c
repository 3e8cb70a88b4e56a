/* test/base/arena.c — arena and buffer keep their promises on limits and alignment. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

#include "unit.h"

TEST(arena_gives_zeroed_aligned_memory_of_any_size)
{
	struct arena a;

	arena_init(&a);
	for (size_t size = 0; size < 3000000; size = size * 3 + 1) {
		unsigned char *p = arena_alloc(&a, size);
		CHECK((uintptr_t)p % 16 == 0);
		for (size_t i = 0; i < size; i++)
			if (p[i] != 0)
				CHECK(p[i] == 0);
		memset(p, 0xff, size);
	}
	CHECK_STR(arena_printf(&a, "%s %d", "检查", 7), "检查 7");
	CHECK_STR(arena_mem(&a, "abcdef", 3), "abc");
	CHECK_STR(arena_mem(&a, NULL, 0), "");
	CHECK(arena_str(&a, NULL) == NULL);
	arena_release(&a);
	CHECK(a.chunk == NULL);
}

TEST(buf_drops_whole_additions_beyond_its_limit)
{
	struct buf b;

	buf_init(&b, 10);
	CHECK_STR(buf_text(&b), "");
	buf_str(&b, "12345");
	buf_printf(&b, "%d", 67890);
	CHECK_STR(buf_text(&b), "1234567890");
	CHECK_INT(buf_check(&b), OK);
	buf_char(&b, 'x');
	CHECK_INT(buf_check(&b), TOO_LARGE);
	CHECK_STR(buf_text(&b), "1234567890");
	buf_clear(&b);
	buf_str(&b, "ok");
	CHECK_INT(buf_check(&b), OK);
	CHECK_STR(buf_text(&b), "ok");
	buf_release(&b);
}
