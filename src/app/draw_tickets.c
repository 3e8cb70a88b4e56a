/* app/draw_tickets.c — lines are cut from a window over the input; batches of ids go to the hash. */
#include "app/draw_tickets.h"

#include "app/draw_memory.h"
#include "base/status.h"
#include "core/problem.h"
#include "core/text.h"
#include "core/ticket.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 1 << 20, LINE_MOST = 1 << 16, BATCH = 256, SPARE = 1024 };

_Static_assert(sizeof(struct ticket_entry) % 16 == 0, "entries of a region follow one another");

struct job {
	const struct tickets_input *in;
	struct arena *arena;
	const char **problem;
	struct ticket_seed seed;
	struct span batch[BATCH];
	size_t batch_count;
	uint64_t line; /* lines seen */
	struct ticket_entry *entries;
	size_t count, room;
	uint64_t limit;            /* with take: keys above it cannot be drawn any more */
	struct region text, table; /* without take: the whole list, and its entries */
	struct arena kept[2];      /* with take: copies of ids, the second for compaction */
	struct span last;          /* with take: the line before, in `before` */
	char before[LINE_MOST];
};

static int refuse(const struct job *j, uint64_t line, const struct problem *p)
{
	char text[1024];
	struct writer w = { text, sizeof(text), 0, false };

	problem_write(p, &w);
	*j->problem = arena_printf(j->arena, "第 %llu 行：%.*s", (unsigned long long)line,
				   (int)w.len, text);
	return INVALID;
}

static int refuse_duplicate(const struct job *j, struct span id, uint64_t line, uint64_t other)
{
	char text[256];
	struct writer w = { text, sizeof(text), 0, false };

	problem_write_words(id, &w);
	*j->problem =
		arena_printf(j->arena,
			     "第 %llu 行：编号“%.*s”与第 %llu 行重复；每个编号只能出现一次，"
			     "请删去或改正其中一行。",
			     (unsigned long long)line, (int)w.len, text, (unsigned long long)other);
	return INVALID;
}

static int check_id(const struct job *j, struct span id, uint64_t line)
{
	enum problem_code code = PROBLEM_NONE;

	if (j->in->strict && !text_is_id(id)) {
		struct problem p = text_id_problem(id, CORE_FILE_NONE, 0);
		return refuse(j, line, &p);
	}
	if (id.len == 0)
		code = PROBLEM_LINE_EMPTY;
	else if (line == 1 && id.len >= 3 && memcmp(id.at, "\xef\xbb\xbf", 3) == 0)
		code = PROBLEM_FILE_BOM;
	else if (memchr(id.at, '\r', id.len))
		code = PROBLEM_FILE_CR;
	else if (memchr(id.at, '\t', id.len))
		code = PROBLEM_COLUMNS_MANY;
	else if (text_utf8_valid(id) != id.len)
		code = PROBLEM_FILE_UTF8;
	if (code == PROBLEM_NONE)
		return OK;
	struct problem p = { .code = code, .what = id, .have = 2, .want = 1 };
	return refuse(j, line, &p);
}

/* After sorting by (ticket, id) equal ids are neighbours. */
static int find_duplicate(const struct job *j)
{
	for (size_t i = 1; i < j->count; i++) {
		const struct ticket_entry *a = &j->entries[i - 1], *b = &j->entries[i];
		if (a->key != b->key || !span_equal(a->id, b->id))
			continue;
		uint64_t first = a->index < b->index ? a->index : b->index;
		uint64_t second = a->index < b->index ? b->index : a->index;
		return refuse_duplicate(j, a->id, second, first);
	}
	return OK;
}

/* Keeps the lowest `take`, with their ids copied so that the rest's memory goes. */
static int compact(struct job *j)
{
	ticket_sort(&j->seed, j->entries, j->count);
	TRY(find_duplicate(j));
	if (j->count >= j->in->take) {
		j->count = (size_t)j->in->take;
		j->limit = j->entries[j->count - 1].key;
	}
	for (size_t i = 0; i < j->count; i++) {
		struct span *id = &j->entries[i].id;
		id->at = arena_mem(&j->kept[1], id->at, id->len);
	}
	arena_release(&j->kept[0]);
	j->kept[0] = j->kept[1];
	arena_init(&j->kept[1]);
	return OK;
}

static int keep(struct job *j, struct span id, uint64_t key, uint64_t line)
{
	if (j->count == j->room) {
		TRY(compact(j));
		if (key > j->limit)
			return OK;
	}
	id.at = arena_mem(&j->kept[0], id.at, id.len);
	j->entries[j->count++] = (struct ticket_entry){ key, id, (uint32_t)line };
	return OK;
}

static int flush(struct job *j)
{
	uint64_t keys[BATCH];
	uint64_t first = j->line - j->batch_count + 1;

	ticket_keys(&j->seed, j->batch, j->batch_count, keys);
	for (size_t i = 0; i < j->batch_count; i++) {
		if (j->in->take) {
			if (keys[i] <= j->limit)
				TRY(keep(j, j->batch[i], keys[i], first + i));
			continue;
		}
		struct ticket_entry *e = region_take_raw(&j->table, 1, sizeof(*e));
		if (!e)
			return TOO_LARGE;
		*e = (struct ticket_entry){ keys[i], j->batch[i], (uint32_t)(first + i) };
		j->count++;
	}
	j->batch_count = 0;
	return OK;
}

static int add_line(struct job *j, struct span id)
{
	if (++j->line >= UINT32_MAX - 1 || id.len > LINE_MOST)
		return TOO_LARGE;
	TRY(check_id(j, id, j->line));
	if (j->in->take) {
		if (span_equal(id, j->last))
			return refuse_duplicate(j, id, j->line, j->line - 1);
		memcpy(j->before, id.at, id.len);
		j->last = (struct span){ j->before, id.len };
	}
	j->batch[j->batch_count++] = id;
	return j->batch_count == BATCH ? flush(j) : OK;
}

static int read_some(int fd, char *at, size_t size, size_t *got)
{
	for (;;) {
		ssize_t n = read(fd, at, size);
		if (n >= 0) {
			*got = (size_t)n;
			return OK;
		}
		if (errno != EINTR)
			return IO_ERROR;
	}
}

/* Cuts the whole lines of text[0..len) and returns how many bytes they took. */
static int add_lines(struct job *j, const char *text, size_t len, bool end, size_t *used)
{
	size_t at = 0;

	while (at < len) {
		const char *lf = memchr(text + at, '\n', len - at);
		if (!lf && !end)
			break;
		size_t line = lf ? (size_t)(lf - (text + at)) : len - at;
		TRY(add_line(j, (struct span){ text + at, line }));
		at += line + (lf != NULL);
	}
	*used = at;
	return OK;
}

/* With take: a sliding window; batches are flushed before the window moves. */
static int read_sliding(struct job *j)
{
	size_t len = 0, used = 0, got = 1;
	char *window = arena_alloc(j->arena, WINDOW);

	while (got) {
		TRY(read_some(j->in->fd, window + len, WINDOW - len, &got));
		len += got;
		TRY(add_lines(j, window, len, got == 0, &used));
		TRY(flush(j));
		memmove(window, window + used, len - used);
		len -= used;
		if (len > LINE_MOST)
			return TOO_LARGE;
		if (j->in->stop && j->in->stop())
			return CANCELLED;
	}
	return OK;
}

/* Without take: the list stays in memory. */
static int read_whole(struct job *j)
{
	size_t len = 0, cut = 0, used = 0, got = 1;
	char *text = (char *)j->text.base;

	while (got) {
		if (j->text.size - len < WINDOW)
			return TOO_LARGE;
		TRY(read_some(j->in->fd, text + len, WINDOW, &got));
		len += got;
		TRY(add_lines(j, text + cut, len - cut, got == 0, &used));
		cut += used;
		if (len - cut > LINE_MOST)
			return TOO_LARGE;
		if (j->in->stop && j->in->stop())
			return CANCELLED;
	}
	return flush(j);
}

static void give(const struct job *j, const struct ticket_entry *e, tickets_row *row, void *arg)
{
	uint8_t digest[SHA256_SIZE];
	char ticket[TICKET_ROOM];

	ticket_digest(&j->seed, e->id, digest);
	size_t len = ticket_text(digest, ticket);
	row(arg, e->id, (struct span){ ticket, len });
}

static int by_line(const void *a, const void *b)
{
	uint32_t x = ((const struct ticket_entry *)a)->index;
	uint32_t y = ((const struct ticket_entry *)b)->index;

	return (x > y) - (x < y);
}

static int run(struct job *j, tickets_row *row, void *arg)
{
	if (j->in->take) {
		j->room = (size_t)j->in->take * 2 + SPARE;
		j->entries = region_take_raw(&j->table, j->room, sizeof(*j->entries));
		if (!j->entries)
			return TOO_LARGE;
		TRY(read_sliding(j));
		TRY(compact(j));
	} else {
		j->entries = (struct ticket_entry *)(void *)j->table.base;
		TRY(read_whole(j));
		ticket_sort(&j->seed, j->entries, j->count);
		TRY(find_duplicate(j));
	}
	if (j->in->keep_order && j->count)
		qsort(j->entries, j->count, sizeof(*j->entries), by_line);
	for (size_t i = 0; i < j->count; i++)
		give(j, &j->entries[i], row, arg);
	return OK;
}

int draw_tickets_list(const struct tickets_input *in, struct arena *a, tickets_row *row, void *arg,
		      const char **problem)
{
	struct job *j = arena_alloc(a, sizeof(*j));

	j->in = in;
	j->arena = a;
	j->problem = problem;
	j->limit = UINT64_MAX;
	ticket_seed_init(&j->seed, in->seed);
	arena_init(&j->kept[0]);
	arena_init(&j->kept[1]);
	int rc = draw_region_init(&j->text);
	if (rc == OK)
		rc = draw_region_init(&j->table);
	if (rc == OK)
		rc = run(j, row, arg);
	draw_region_release(&j->text);
	draw_region_release(&j->table);
	arena_release(&j->kept[0]);
	arena_release(&j->kept[1]);
	return rc;
}
