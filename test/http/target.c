/* test/http/target.c — one way to write a target, and nothing else. */
#include "http/target.h"

#include "base/status.h"
#include "unit.h"

static int read(struct arena *a, const char *raw, struct target *t)
{
	return target_read(a, span_of(raw), t);
}

TEST(target_cuts_and_decodes)
{
	CLEANUP(arena_release) struct arena a;
	struct target t;

	arena_init(&a);
	CHECK_INT(read(&a, "/api/v1/sites/%E4%BF%9D%E5%AE%9A?q=%E9%92%A2+a%26b&page=2", &t), OK);
	CHECK_INT(t.count, 4);
	CHECK_STR(t.parts[3], "保定");
	CHECK_STR(target_value(&t, "q"), "钢 a&b");
	CHECK_STR(target_value(&t, "page"), "2");
	CHECK(target_value(&t, "size") == NULL);
	CHECK_INT(read(&a, "/", &t), OK);
	CHECK_INT(t.count, 1);
	CHECK_STR(t.parts[0], "");
	CHECK_INT(read(&a, "/admin/", &t), OK);
	CHECK_INT(t.count, 2);
	CHECK_INT(read(&a, "/a?b=", &t), OK);
	CHECK_STR(target_value(&t, "b"), "");
}

TEST(target_refuses_what_two_readers_could_read_in_two_ways)
{
	static const char *const bad[] = {
		"",
		"api",
		"//a",
		"/a//b",
		"/a/../b",
		"/a/./b",
		"/a/%2e%2e/b",
		"/a/%2E./b",
		"/a%2fb",
		"/a%2Fb",
		"/a%5cb",
		"/a\\b",
		"/a%00b",
		"/a%0ab",
		"/a%7f",
		"/a%",
		"/a%4",
		"/a%zz",
		"/%61",
		"/a b",
		"/a\tb",
		"/a#b",
		"/\xe4\xbf\x9d",
		"/%e4%bf",
		"/%c0%af",
		"/%ed%a0%80",
		"/a?b",
		"/a?=b",
		"/a?b=c&b=d",
		"/a?b=c&",
		"/a?&b=c",
		"/a?b=%00",
		"/a?b=%ff",
		"http://x/a",
		"*",
		"/a?b=c&%62=d",
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct target t;
		arena_init(&a);
		unit_check(read(&a, bad[i], &t) == INVALID, __FILE__, __LINE__, "%s passed",
			   bad[i]);
	}
}

TEST(target_has_limits)
{
	CLEANUP(arena_release) struct arena a;
	struct target t;
	char long_one[TARGET_LONGEST + 2], many[2 * TARGET_MOST_PARTS + 3] = "";

	arena_init(&a);
	memset(long_one, 'a', sizeof(long_one));
	long_one[0] = '/';
	CHECK_INT(target_read(&a, (struct span){ long_one, TARGET_LONGEST }, &t), OK);
	CHECK_INT(target_read(&a, (struct span){ long_one, TARGET_LONGEST + 1 }, &t), TOO_LARGE);
	for (size_t i = 0; i <= TARGET_MOST_PARTS; i++)
		memcpy(many + 2 * i, "/a", 2);
	CHECK_INT(target_read(&a, (struct span){ many, 2 * TARGET_MOST_PARTS }, &t), OK);
	CHECK_INT(target_read(&a, (struct span){ many, 2 * TARGET_MOST_PARTS + 2 }, &t), TOO_LARGE);
}
