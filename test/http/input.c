/* test/http/input.c — what a table lets through, and what it says about the rest. */
#include "http/input.h"

#include "base/status.h"
#include "unit.h"

struct share {
	const char *party;
	int64_t weight;
};

struct body {
	const char *name, *kind;
	int64_t count, day;
	bool sealed;
	struct input_texts entropy;
	struct input_rows shares;
};

static const char *const kinds[] = { "random", "cross", NULL };
static const struct input share_fields[] = {
	{ .name = "party",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct share, party),
	  .required = true,
	  .min = 1,
	  .max = 4 },
	{ .name = "weight", .kind = INPUT_INT, .offset = offsetof(struct share, weight), .max = 9 },
	{ .name = NULL },
};
static const struct input fields[] = {
	{ .name = "name",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct body, name),
	  .required = true,
	  .min = 1,
	  .max = 5 },
	{ .name = "kind",
	  .kind = INPUT_WORD,
	  .offset = offsetof(struct body, kind),
	  .words = kinds },
	{ .name = "count",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct body, count),
	  .min = -5,
	  .max = 100 },
	{ .name = "day", .kind = INPUT_DAY, .offset = offsetof(struct body, day) },
	{ .name = "sealed", .kind = INPUT_BOOL, .offset = offsetof(struct body, sealed) },
	{ .name = "entropy",
	  .kind = INPUT_TEXTS,
	  .offset = offsetof(struct body, entropy),
	  .min = 1,
	  .max = 2 },
	{ .name = "shares",
	  .kind = INPUT_ROWS,
	  .offset = offsetof(struct body, shares),
	  .max = 2,
	  .row = share_fields,
	  .row_size = sizeof(struct share) },
	{ .name = NULL },
};

static int read(struct arena *a, const char *text, struct body *b, struct reply_wrong *wrong)
{
	return input_json(a, text, strlen(text), fields, b, wrong);
}

TEST(input_fills_the_struct)
{
	CLEANUP(arena_release) struct arena a;
	struct body b = { .count = 7 };
	struct reply_wrong wrong;

	arena_init(&a);
	CHECK_INT(
		read(&a,
		     "{\"name\":\"第一季度抽\",\"kind\":\"cross\",\"day\":\"2026-11-30\",\"sealed\":true,"
		     "\"entropy\":[\"dice\"],\"shares\":[{\"party\":\"jj\",\"weight\":3},{\"party\":\"x\"}]}",
		     &b, &wrong),
		OK);
	CHECK_STR(b.name, "第一季度抽");
	CHECK_STR(b.kind, "cross");
	CHECK_INT(b.count, 7);
	CHECK_INT(b.day, 20787);
	CHECK(b.sealed);
	CHECK_STR(b.entropy.at[0], "dice");
	CHECK_INT(b.shares.count, 2);
	CHECK_INT(((const struct share *)b.shares.at)[0].weight, 3);
	CHECK_STR(((const struct share *)b.shares.at)[1].party, "x");
}

TEST(input_refuses_and_names_the_place)
{
	static const struct {
		const char *text, *field;
	} cases[] = {
		{ "", "" },
		{ "[]", "" },
		{ "{\"name\":\"a\"", "" },
		{ "{\"name\":\"a\"} x", "" },
		{ "{\"name\":\"a\",\"name\":\"b\"}", "" },
		{ "{}", "name" },
		{ "{\"name\":null}", "name" },
		{ "{\"name\":\"\"}", "name" },
		{ "{\"name\":\"一二三四五六\"}", "name" },
		{ "{\"name\":\"a\\u0007\"}", "name" },
		{ "{\"name\":\"a\\u0085\"}", "name" },
		{ "{\"name\":5}", "name" },
		{ "{\"name\":\"a\",\"other\":1}", "other" },
		{ "{\"name\":\"a\",\"kind\":\"joint\"}", "kind" },
		{ "{\"name\":\"a\",\"count\":101}", "count" },
		{ "{\"name\":\"a\",\"count\":-6}", "count" },
		{ "{\"name\":\"a\",\"count\":1.0}", "count" },
		{ "{\"name\":\"a\",\"count\":99999999999999999999}", "" },
		{ "{\"name\":\"a\",\"day\":\"2026-02-30\"}", "day" },
		{ "{\"name\":\"a\",\"sealed\":1}", "sealed" },
		{ "{\"name\":\"a\",\"entropy\":[]}", "entropy" },
		{ "{\"name\":\"a\",\"entropy\":[\"a\",\"b\",\"c\"]}", "entropy" },
		{ "{\"name\":\"a\",\"entropy\":[\"a\",1]}", "entropy[1]" },
		{ "{\"name\":\"a\",\"shares\":[{\"party\":\"a\"},{\"weight\":1}]}",
		  "shares[1].party" },
		{ "{\"name\":\"a\",\"shares\":[{\"party\":\"a\",\"x\":1}]}", "shares[0].x" },
		{ "{\"name\":\"a\",\"shares\":[1]}", "shares[0]" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		struct body b = { .name = NULL };
		struct reply_wrong wrong = { "passed", "" };
		arena_init(&a);
		unit_check(read(&a, cases[i].text, &b, &wrong) == INVALID &&
				   strcmp(wrong.field, cases[i].field) == 0,
			   __FILE__, __LINE__, "%s: %s", cases[i].text, wrong.field);
	}
}

TEST(input_unknown_name_is_not_echoed_at_length)
{
	CLEANUP(arena_release) struct arena a;
	struct body b = { .name = NULL };
	struct reply_wrong wrong = { "", "" };
	char text[4096] = "{\"";

	arena_init(&a);
	memset(text + 2, 'k', 3000);
	memcpy(text + 3002, "\":1}", 5);
	CHECK_INT(read(&a, text, &b, &wrong), INVALID);
	CHECK(strlen(wrong.field) < 100);
}

TEST(input_reads_a_query)
{
	static const struct input query[] = {
		{ .name = "q",
		  .kind = INPUT_TEXT,
		  .offset = offsetof(struct body, name),
		  .max = 5 },
		{ .name = "page",
		  .kind = INPUT_INT,
		  .offset = offsetof(struct body, count),
		  .required = true,
		  .min = 1,
		  .max = 100 },
		{ .name = "sealed", .kind = INPUT_BOOL, .offset = offsetof(struct body, sealed) },
		{ .name = NULL },
	};
	static const struct {
		const char *target, *field;
	} bad[] = { { "/a?q=x", "page" },     { "/a?page=0", "page" },
		    { "/a?page=-1", "page" }, { "/a?page=01", "page" },
		    { "/a?page=1&x=2", "x" }, { "/a?page=1&sealed=1", "sealed" } };
	CLEANUP(arena_release) struct arena a;
	struct body b = { .name = NULL };
	struct reply_wrong wrong;
	struct target t;

	arena_init(&a);
	CHECK_INT(target_read(&a, SPAN("/a?q=%E9%92%A2&page=2&sealed=true"), &t), OK);
	CHECK_INT(input_query(&a, &t, query, &b, &wrong), OK);
	CHECK_STR(b.name, "钢");
	CHECK_INT(b.count, 2);
	CHECK(b.sealed);
	for (size_t i = 0; i < COUNT(bad); i++) {
		CHECK_INT(target_read(&a, span_of(bad[i].target), &t), OK);
		CHECK_INT(input_query(&a, &t, query, &b, &wrong), INVALID);
		CHECK_STR(wrong.field, bad[i].field);
	}
	CHECK_INT(target_read(&a, SPAN("/a?x=1"), &t), OK);
	CHECK_INT(input_query(&a, &t, NULL, NULL, &wrong), INVALID);
}
