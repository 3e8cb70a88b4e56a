/* test/vectors/samples.c — consistent_sampler: samples with and without replacement, whole orders. */
#include "core/ticket.h"
#include "sampler.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEFAULT_DIGITS = 9, MOST_DIGITS = TICKET_NEXT_ROOM };

struct sample_item {
	char ticket[TICKET_NEXT_ROOM];
	size_t len;
	struct span id;
	long long generation;
};

struct sample {
	const struct vectors_file *file;
	const char *seed_text;
	struct span seed;
	struct sample_item *heap; /* the item with the lowest (ticket, id) first */
	size_t count;
	bool with_replacement;
};

struct span vectors_trim(struct span ticket, long long digits)
{
	size_t at = 2;

	while (at < ticket.len && ticket.at[at] == '9')
		at++;
	if ((long long)(ticket.len - at) > digits)
		ticket.len = at + (size_t)digits;
	return ticket;
}

static bool before(const struct sample_item *a, const struct sample_item *b)
{
	int order = span_compare((struct span){ a->ticket, a->len },
				 (struct span){ b->ticket, b->len });

	return order != 0 ? order < 0 : span_compare(a->id, b->id) < 0;
}

static void sink(struct sample *s, size_t at)
{
	for (size_t child; (child = 2 * at + 1) < s->count; at = child) {
		struct sample_item item;

		if (child + 1 < s->count && before(&s->heap[child + 1], &s->heap[child]))
			child++;
		if (!before(&s->heap[child], &s->heap[at]))
			return;
		item = s->heap[at];
		s->heap[at] = s->heap[child];
		s->heap[child] = item;
	}
}

static void fill(struct sample *s, const json_t *ids)
{
	struct ticket_seed seed;

	ticket_seed_init(&seed, s->seed);
	s->count = json_array_size(ids);
	s->heap = calloc(s->count + 1, sizeof(*s->heap));
	for (size_t i = 0; i < s->count; i++) {
		struct sample_item *item = &s->heap[i];
		uint8_t digest[SHA256_SIZE];

		item->id = vectors_span(json_array_get(ids, i));
		item->generation = 1;
		ticket_digest(&seed, item->id, digest);
		item->len = ticket_text(digest, item->ticket);
	}
	for (size_t i = s->count / 2; i > 0; i--)
		sink(s, i - 1);
}

/* Takes the first item away, or puts it back with its next ticket. */
static void advance(struct sample *s)
{
	struct sample_item *top = &s->heap[0];

	if (s->with_replacement) {
		char next[TICKET_NEXT_ROOM];
		int rc = ticket_next((struct span){ top->ticket, top->len }, next, sizeof(next),
				     &top->len);

		VECTOR(s->file, rc == CORE_OK, s->seed_text);
		memcpy(top->ticket, next, top->len);
		top->generation++;
	} else {
		*top = s->heap[--s->count];
	}
	sink(s, 0);
}

static void check_output(struct sample *s, const json_t *want, long long digits)
{
	const struct sample_item *top = &s->heap[0];
	struct span ticket = vectors_trim((struct span){ top->ticket, top->len }, digits);

	if (json_is_string(want)) {
		VECTOR(s->file, span_equal(top->id, vectors_span(want)), s->seed_text);
		return;
	}
	VECTOR(s->file, span_equal(ticket, vectors_span(json_array_get(want, 0))), s->seed_text);
	VECTOR(s->file, span_equal(top->id, vectors_span(json_array_get(want, 1))), s->seed_text);
	VECTOR(s->file, json_integer_value(json_array_get(want, 2)) == top->generation,
	       s->seed_text);
}

/* ids is a list, or "ALL(<file>)": everything in a file beside this one. */
static json_t *load_ids(const struct vectors_file *file, json_t *ids)
{
	const char *text = json_string_value(ids);
	char name[256], path[4096];

	if (!text)
		return json_incref(ids);
	if (!VECTOR(file, sscanf(text, "ALL(%255[^)/])", name) == 1, text))
		return json_array();
	snprintf(path, sizeof(path), "%s/%s", file->folder, name);
	return vectors_load(path);
}

static void check_sample(const struct vectors_file *file, const json_t *one)
{
	const json_t *output = json_object_get(one, "output_ids");
	long long drop = vectors_number(one, "drop", 0);
	long long digits = vectors_number(one, "digits", DEFAULT_DIGITS);
	long long take = vectors_number(one, "take", -1), n = 0;
	json_t *ids = load_ids(file, json_object_get(one, "ids"));
	struct sample s = {
		.file = file,
		.seed_text = vectors_text(file, one, "seed"),
		.seed = vectors_span(json_object_get(one, "seed")),
		.with_replacement = json_is_true(json_object_get(one, "with_replacement")),
	};

	if (!output)
		output = json_object_get(one, "output");
	VECTOR(file, json_is_array(output), s.seed_text);
	if (json_is_null(json_object_get(one, "digits")))
		digits = MOST_DIGITS;
	if (take < 0 && s.with_replacement)
		take = (long long)json_array_size(output);
	fill(&s, ids);
	for (; s.count > 0 && (take < 0 || n < drop + take); n++) {
		if (n >= drop)
			check_output(&s, json_array_get(output, (size_t)(n - drop)), digits);
		advance(&s);
	}
	VECTOR(file, (size_t)(n > drop ? n - drop : 0) == json_array_size(output), s.seed_text);
	free(s.heap);
	json_decref(ids);
}

size_t vectors_check_sample_list(const struct vectors_file *file, const json_t *list)
{
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one) check_sample(file, one);
	return json_array_size(list);
}

bool vectors_fits_samples(const json_t *root)
{
	return vectors_array_of(root, "seed ids output") ||
	       vectors_array_of(root, "seed ids output_ids");
}

size_t vectors_check_samples(const struct vectors_file *file)
{
	return vectors_check_sample_list(file, file->root);
}

bool vectors_fits_large(const json_t *root)
{
	return vectors_array_of(root, "seed id_format_c first count");
}

/* An id from a format with one %d, %Nd or %0Nd. */
static size_t write_id(const char *format, long long number, char *out, size_t size)
{
	const char *percent = strchr(format, '%');
	unsigned width = 0;
	int used = 0;
	bool zero = percent && percent[1] == '0';

	if (!percent || (sscanf(percent + 1, "%ud%n", &width, &used) != 1 && percent[1] != 'd'))
		return 0;
	return (size_t)snprintf(out, size, zero ? "%.*s%0*lld%s" : "%.*s%*lld%s",
				(int)(percent - format), format, (int)width, number,
				percent + 1 + (used > 0 ? used : 1));
}

/* first<N> and last<N> list so many ids of the order. */
static void check_part(const struct vectors_file *file, const struct ticket_entry *order,
		       size_t count, const char *key, const json_t *want)
{
	size_t n = json_array_size(want);
	size_t from = strncmp(key, "last", 4) == 0 ? count - n : 0;

	for (size_t i = 0; i < n && i < count; i++)
		VECTOR(file, span_equal(order[from + i].id, vectors_span(json_array_get(want, i))),
		       key);
}

static void check_order(const struct vectors_file *file, json_t *one,
			const struct ticket_entry *order, size_t count)
{
	struct span seed = vectors_span(json_object_get(one, "seed"));
	char hex[2 * SHA256_SIZE];
	uint8_t digest[SHA256_SIZE];
	struct writer w = { hex, sizeof(hex), 0, false };
	struct sha256 s;
	const char *key;
	json_t *value;

	sha256_init(&s);
	for (size_t i = 0; i < count; i++) {
		sha256_add(&s, order[i].id.at, order[i].id.len);
		sha256_add(&s, "\n", 1);
	}
	sha256_done(&s, digest);
	write_hex(&w, digest, sizeof(digest));
	json_object_foreach(one, key, value)
	{
		if (json_is_array(value))
			check_part(file, order, count, key, value);
		else if (strncmp(key, "sha256", 6) == 0)
			VECTOR(file, span_equal((struct span){ hex, w.len }, vectors_span(value)),
			       key);
		else if (strcmp(key, "ticket_of_first") == 0)
			VECTOR(file, vectors_is_ticket(seed, order[0].id, vectors_span(value)),
			       key);
		else if (strcmp(key, "ticket_of_last") == 0)
			VECTOR(file,
			       vectors_is_ticket(seed, order[count - 1].id, vectors_span(value)),
			       key);
	}
}

static void check_large(const struct vectors_file *file, json_t *one)
{
	enum { ROOM = 64 };
	long long first = vectors_number(one, "first", 0);
	size_t count = (size_t)vectors_number(one, "count", 0);
	const char *format = vectors_text(file, one, "id_format_c");
	char *ids = malloc(count * ROOM + 1);
	struct span *spans = calloc(count + 1, sizeof(*spans));
	uint64_t *keys = calloc(count + 1, sizeof(*keys));
	struct ticket_entry *order = calloc(count + 1, sizeof(*order));
	struct ticket_seed seed;

	for (size_t i = 0; i < count; i++) {
		size_t len = write_id(format, first + (long long)i, ids + i * ROOM, ROOM);

		VECTOR(file, len > 0 && len < ROOM, format);
		spans[i] = (struct span){ ids + i * ROOM, len };
	}
	ticket_seed_init(&seed, vectors_span(json_object_get(one, "seed")));
	ticket_keys(&seed, spans, count, keys);
	for (size_t i = 0; i < count; i++)
		order[i] = (struct ticket_entry){ keys[i], spans[i], (uint32_t)i };
	ticket_sort(&seed, order, count);
	if (VECTOR(file, count > 0, format))
		check_order(file, one, order, count);
	free(order);
	free(keys);
	free(spans);
	free(ids);
}

size_t vectors_check_large(const struct vectors_file *file)
{
	size_t i;
	json_t *one;

	json_array_foreach(file->root, i, one) check_large(file, one);
	return json_array_size(file->root);
}
