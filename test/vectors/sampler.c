/* test/vectors/sampler.c — consistent_sampler: ids, tickets of the first and of later generations. */
#include "vectors.h"

#include "core/ticket.h"
#include "sampler.h"

#include <stdlib.h>

bool vectors_fits_ids(const json_t *root)
{
	return json_is_array(root) && json_is_string(json_array_get(root, 0));
}

static int compare_spans(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* Ids are names for other files; here they must only be names: unique and not empty. */
size_t vectors_check_ids(const struct vectors_file *file)
{
	size_t count = json_array_size(file->root);
	struct span *ids = calloc(count, sizeof(*ids));

	for (size_t i = 0; i < count; i++) {
		ids[i] = vectors_span(json_array_get(file->root, i));
		VECTOR(file, ids[i].len > 0, "an id");
	}
	qsort(ids, count, sizeof(*ids), compare_spans);
	for (size_t i = 1; i < count; i++)
		VECTOR(file, !span_equal(ids[i - 1], ids[i]), ids[i].at);
	free(ids);
	return count;
}

bool vectors_is_ticket(struct span seed, struct span id, struct span want)
{
	struct ticket_seed s;
	uint8_t digest[SHA256_SIZE];
	char text[TICKET_ROOM];
	struct span three[3] = { id, id, id };
	uint64_t keys[3], key = 0;
	size_t len;

	ticket_seed_init(&s, seed);
	ticket_digest(&s, id, digest);
	len = ticket_text(digest, text);
	ticket_keys(&s, three, 3, keys);
	for (size_t i = 0; i < TICKET_KEY_DIGITS && i + 2 < len; i++)
		key = key * 10 + (uint64_t)(text[2 + i] - '0');
	return text[len] == '\0' && span_equal((struct span){ text, len }, want) &&
	       ticket_key(digest) == key && keys[0] == key && keys[1] == key && keys[2] == key;
}

static struct span get(const json_t *object, const char *key)
{
	return vectors_span(json_object_get(object, key));
}

bool vectors_fits_tickets(const json_t *root)
{
	return vectors_array_of(root, "seed id ticket");
}

static size_t check_ticket_list(const struct vectors_file *file, const json_t *list)
{
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one) VECTOR(
		file, vectors_is_ticket(get(one, "seed"), get(one, "id"), get(one, "ticket")),
		vectors_text(file, one, "id"));
	return json_array_size(list);
}

size_t vectors_check_tickets(const struct vectors_file *file)
{
	return check_ticket_list(file, file->root);
}

bool vectors_fits_chains(const json_t *root)
{
	return vectors_array_of(root, "seed id tickets");
}

bool vectors_is_next(struct span ticket, struct span want)
{
	char next[TICKET_NEXT_ROOM];
	size_t len;

	return ticket_next(ticket, next, sizeof(next), &len) == CORE_OK && next[len] == '\0' &&
	       span_equal((struct span){ next, len }, want);
}

size_t vectors_check_chains(const struct vectors_file *file)
{
	size_t i, cases = 0;
	json_t *chain;

	json_array_foreach(file->root, i, chain)
	{
		const json_t *tickets = json_object_get(chain, "tickets");
		const char *id = vectors_text(file, chain, "id");

		VECTOR(file,
		       vectors_is_ticket(get(chain, "seed"), get(chain, "id"),
					 vectors_span(json_array_get(tickets, 0))),
		       id);
		for (size_t n = 1; n < json_array_size(tickets); n++)
			VECTOR(file,
			       vectors_is_next(vectors_span(json_array_get(tickets, n - 1)),
					       vectors_span(json_array_get(tickets, n))),
			       id);
		cases += json_array_size(tickets);
	}
	return cases;
}

bool vectors_fits_published(const json_t *root)
{
	return vectors_object_of(root, "sha256_uniform trim first_ticket next_fraction sampler");
}

static size_t check_uniform(const struct vectors_file *file, const json_t *list)
{
	size_t i;
	json_t *pair;

	json_array_foreach(list, i, pair)
	{
		struct span text = vectors_span(json_array_get(pair, 0));
		uint8_t digest[SHA256_SIZE];
		char number[TICKET_ROOM];

		sha256_once(text.at, text.len, digest);
		ticket_text(digest, number);
		VECTOR(file, span_equal(span_of(number), vectors_span(json_array_get(pair, 1))),
		       text.at);
	}
	return json_array_size(list);
}

static size_t check_trim(const struct vectors_file *file, const json_t *list)
{
	size_t i;
	json_t *row;

	json_array_foreach(list, i, row)
	{
		struct span text = vectors_span(json_array_get(row, 0));
		long long digits = json_integer_value(json_array_get(row, 1));

		VECTOR(file,
		       span_equal(vectors_trim(text, digits), vectors_span(json_array_get(row, 2))),
		       text.at);
	}
	return json_array_size(list);
}

static size_t check_next(const struct vectors_file *file, const json_t *list)
{
	size_t i;
	json_t *pair;

	json_array_foreach(list, i, pair)
		VECTOR(file,
		       vectors_is_next(vectors_span(json_array_get(pair, 0)),
				       vectors_span(json_array_get(pair, 1))),
		       "next_fraction");
	return json_array_size(list);
}

size_t vectors_check_published(const struct vectors_file *file)
{
	const json_t *root = file->root;

	return check_uniform(file, json_object_get(root, "sha256_uniform")) +
	       check_trim(file, json_object_get(root, "trim")) +
	       check_ticket_list(file, json_object_get(root, "first_ticket")) +
	       check_next(file, json_object_get(root, "next_fraction")) +
	       vectors_check_sample_list(file, json_object_get(root, "sampler"));
}
