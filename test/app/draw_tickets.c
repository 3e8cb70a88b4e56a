/* test/app/draw_tickets.c — long lists through a pipe: sorting and the streaming bottom-k agree. */
#include "app/draw_tickets.h"

#include "base/buf.h"
#include "base/status.h"
#include "core/ticket.h"
#include "draw_world.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct rows {
	struct buf text;
	uint64_t count, most; /* most: stop adding text there */
};

static void add_row(void *arg, struct span id, struct span ticket)
{
	struct rows *r = arg;

	if (r->count++ >= r->most)
		return;
	buf_add(&r->text, ticket.at, ticket.len);
	buf_char(&r->text, ' ');
	buf_add(&r->text, id.at, id.len);
	buf_char(&r->text, '\n');
}

static int list(const char *path, uint64_t take, uint64_t most, struct rows *rows)
{
	struct arena a;
	const char *problem = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct tickets_input in = { .fd = fd, .seed = SPAN("seed/objects"), .take = take };

	arena_init(&a);
	rows->count = 0;
	rows->most = most;
	buf_init(&rows->text, 64 << 20);
	int rc = draw_tickets_list(&in, &a, add_row, rows, &problem);
	CHECK((rc == INVALID) == (problem != NULL));
	close(fd);
	arena_release(&a);
	return rc;
}

static const char *long_list(struct arena *a, uint32_t count)
{
	CLEANUP(buf_release) struct buf b;
	const char *folder = unit_folder();

	buf_init(&b, 64 << 20);
	for (uint32_t i = 0; i < count; i++)
		buf_printf(&b, "编号-%u%s\n", i,
			   i % 1000 == 0 ? "-long-long-long-long-long-long-long-long" : "");
	world_write(a, folder, "ids", (struct span){ b.data, b.len });
	return arena_printf(a, "%s/ids", folder);
}

TEST(draw_tickets_take_is_the_head_of_the_sorted_list)
{
	static const uint64_t takes[] = { 1, 2, 100, 5000, 199999, 200000, 300000 };
	struct arena a;
	struct rows all, some;

	arena_init(&a);
	const char *path = long_list(&a, 200000);
	for (size_t i = 0; i < sizeof(takes) / sizeof(takes[0]); i++) {
		CHECK_INT(list(path, 0, takes[i], &all), OK);
		CHECK_INT(list(path, takes[i], takes[i], &some), OK);
		CHECK_INT(all.count, 200000);
		CHECK_INT(some.count, takes[i] < 200000 ? takes[i] : 200000);
		CHECK_STR(buf_text(&some.text), buf_text(&all.text));
		buf_release(&all.text);
		buf_release(&some.text);
	}
	arena_release(&a);
}

TEST(draw_tickets_finds_what_is_twice)
{
	struct arena a;
	struct rows rows;
	const char *folder = unit_folder();
	const char *path;

	arena_init(&a);
	path = arena_printf(&a, "%s/ids", folder);
	world_write(&a, folder, "ids", SPAN("a\nb\nc\na\n"));
	CHECK_INT(list(path, 0, 9, &rows), INVALID);
	CHECK_INT(rows.count, 0);
	buf_release(&rows.text);
	CHECK_INT(list(path, 4, 9, &rows), INVALID);
	buf_release(&rows.text);
	world_write(&a, folder, "ids", SPAN("a\nb\nb\nc\n"));
	CHECK_INT(list(path, 1, 9, &rows), INVALID);
	buf_release(&rows.text);
	arena_release(&a);
}
