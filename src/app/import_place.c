/* app/import_place.c — runs outside the sandbox, on CSV that our own code has written there. */
#include "app/import_report.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"
#include "files/csv.h"
#include "files/xlsx_write.h"

#include <sys/mman.h>
#include <unistd.h>

enum { BOM = 3, CELLS_MOST = 300 };

struct placing {
	struct xlsx_write *out;
	struct arena arena; /* of one row */
	struct csv csv;
	uint32_t columns;
};

/* Cells of the next row as texts; false at the end. */
static bool next_row(struct placing *p, const char **texts, uint32_t *count)
{
	struct csv_cell cells[CELLS_MOST];
	struct csv_row row;

	arena_release(&p->arena);
	if (!csv_next(&p->csv, cells, CELLS_MOST, &row))
		return false;
	*count = row.count < CELLS_MOST ? row.count : CELLS_MOST;
	for (uint32_t i = 0; i < *count; i++) {
		char *text = arena_mem(&p->arena, cells[i].at, cells[i].len);
		if (cells[i].escaped)
			text[csv_unescape(&cells[i], text)] = 0;
		texts[i] = text;
	}
	return true;
}

static void write_row(struct placing *p, const char *const *texts, uint32_t count)
{
	struct xlsx_value values[CELLS_MOST] = { { .text = NULL } };

	for (uint32_t i = 0; i < count; i++)
		values[i].text = texts[i];
	/* The added column is the last one of the header row. */
	if (count == p->columns && *texts[count - 1])
		values[count - 1].look = XLSX_MARKED;
	xlsx_write_row(p->out, values, count);
}

static int place_rows(struct placing *p, uint32_t header_line, const char *title)
{
	CLEANUP(arena_release) struct arena heading_arena = { 0 };
	const char *texts[CELLS_MOST], *heading = NULL;
	uint32_t count = 0;

	for (uint32_t line = 1; line < header_line && next_row(p, texts, &count); line++)
		if (!heading && count && *texts[0])
			heading = arena_str(&heading_arena, texts[0]);
	if (!next_row(p, texts, &count))
		return INVALID;
	p->columns = count;
	TRY(xlsx_write_sheet(p->out, &(struct xlsx_sheet){ title, heading, texts, count }));
	xlsx_write_wide(p->out);
	while (next_row(p, texts, &count))
		write_row(p, texts, count);
	return OK;
}

static int place_workbook(const char *at, size_t len, const char *path, uint32_t header_line,
			  const char *title)
{
	CLEANUP(xlsx_write_abortp) struct xlsx_write *out = NULL;
	struct placing p = { .columns = 0 };

	TRY(xlsx_write_open(&out, path, &(struct xlsx_write_options){ title, clock_now(), 0600 }));
	p.out = out;
	csv_init(&p.csv, at + BOM, len - BOM, ',');
	int rc = place_rows(&p, header_line, title);
	arena_release(&p.arena);
	TRY(rc);
	out = NULL;
	return xlsx_write_commit(p.out);
}

int import_report_place(int fd, const char *path, uint32_t header_line, const char *title)
{
	off_t len = lseek(fd, 0, SEEK_END);

	if (len < BOM)
		return IO_ERROR;
	char *at = mmap(NULL, (size_t)len, PROT_READ, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return IO_ERROR;
	int rc = place_workbook(at, (size_t)len, path, header_line, title);
	munmap(at, (size_t)len);
	return rc;
}
