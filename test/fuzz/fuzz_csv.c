/*
 * test/fuzz/fuzz_csv.c — any bytes as a CSV file: read whole and in parts, decoded, matched as a header row,
 * each cell checked as every field of both registries.
 */
#include "app/identifiers.h"
#include "app/import_cell.h"
#include "app/import_map.h"
#include "base/arena.h"
#include "base/status.h"
#include "base/utf8.h"
#include "files/csv.h"
#include "files/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS = 64 };

/* Canonical values keep to their field's length and hold no control characters. */
static void check_value(const struct field *f, struct span value)
{
	if (value.len > f->max)
		abort();
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.at[i] < ' ')
			abort();
	if (utf8_valid(value.at, value.len) != value.len)
		abort();
}

static void check_row(struct checker *k, const struct span *cells, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		checker_row(k);
		struct span value = cell_check(k, i % k->field_count, cells[i]);
		check_value(&k->fields[i % k->field_count], value);
		if (k->reason_count > CELL_REASONS_MOST)
			abort();
	}
}

static uint32_t to_cells(const struct csv_cell *raw, uint32_t count, char *room, struct span *cells)
{
	for (uint32_t i = 0; i < count; i++) {
		cells[i] = (struct span){ raw[i].at, raw[i].len };
		if (!raw[i].escaped)
			continue;
		size_t len = csv_unescape(&raw[i], room);
		if (len > raw[i].len)
			abort();
		cells[i] = (struct span){ room, len };
		room += raw[i].len;
	}
	return count;
}

static void read_all(enum registry kind, const char *at, size_t size)
{
	struct import_map map;
	struct checker *k = malloc(sizeof(*k));
	struct csv_cell raw[CELLS];
	struct span cells[CELLS];
	struct import_columns columns;
	struct csv csv;
	struct csv_row row;
	char *room = malloc(size + 1);
	size_t consumed = 0;

	import_map_init(&map, kind);
	checker_init(k, kind, &map);
	k->check_utf8 = true;
	k->limit = at + size;
	csv_init(&csv, at, size, csv_delimiter(at, size));
	while (csv_next(&csv, raw, CELLS, &row)) {
		uint32_t count = to_cells(raw, row.count < CELLS ? row.count : CELLS, room, cells);
		if (consumed == 0)
			(void)!import_columns_read(&map, cells, count, &columns);
		check_row(k, cells, count);
		consumed = (size_t)(csv.at - at);
	}
	if (consumed != size)
		abort();
	free(room);
	free(k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data;
	struct identifier id;
	struct arena a;
	struct import_map map;
	const char *problem = "";
	size_t bom;

	arena_init(&a);
	(void)!text_detect(at, size, utf8_valid(at, size), &bom);
	if (bom > size)
		abort();
	read_all((enum registry)(size % REGISTRIES), at, size);
	if (size && csv_row_start(at, size, size / 2) > size)
		abort();
	identifier_code((struct span){ at, size }, &id);
	identifier_permit((struct span){ at, size }, &id);
	if (id.len > IDENTIFIER_MOST)
		abort();
	if (import_map_read(&a, REGISTRY_SITES, (struct span){ at, size }, &map, &problem) != OK &&
	    !*problem)
		abort();
	arena_release(&a);
	return 0;
}
