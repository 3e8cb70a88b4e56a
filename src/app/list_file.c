/* app/list_file.c — see the header. */
#include "app/list_file.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "files/csv.h"

#include <stdio.h>
#include <string.h>

enum { ROW_MOST = 1 << 22 };

struct list_file {
	size_t count;
	struct xlsx_write *book; /* NULL: CSV */
	struct file_out out;
	struct buf row;
};

static int open_book(struct list_file *f, const char *path, const char *title,
		     const char *const *columns)
{
	const struct xlsx_write_options options = { title, clock_now(), 0600 };
	const struct xlsx_sheet sheet = { title, NULL, columns, f->count };

	TRY(xlsx_write_open(&f->book, path, &options));
	int rc = xlsx_write_sheet(f->book, &sheet);
	if (rc == OK)
		return OK;
	xlsx_write_abort(f->book);
	return rc;
}

static void add_text(struct list_file *f, size_t i, const char *text)
{
	if (i > 0)
		buf_char(&f->row, ',');
	csv_write(&f->row, ',', text, strlen(text));
}

static void write_row(struct list_file *f)
{
	buf_str(&f->row, "\r\n");
	file_out_add(&f->out, buf_text(&f->row), f->row.len);
	buf_clear(&f->row);
}

static int open_csv(struct list_file *f, const char *path, const char *const *columns)
{
	TRY(file_out_open(&f->out, path, 0600));
	buf_init(&f->row, ROW_MOST);
	file_out_add(&f->out, "\xef\xbb\xbf", 3); /* so that Excel knows it is UTF-8 */
	for (size_t i = 0; i < f->count; i++)
		add_text(f, i, columns[i]);
	write_row(f);
	return OK;
}

int list_file_open(struct arena *a, const char *path, bool workbook, const char *title,
		   const char *const *columns, size_t count, struct list_file **ret)
{
	struct list_file *f = arena_alloc(a, sizeof(*f));

	*f = (struct list_file){ .count = count };
	*ret = f;
	return workbook ? open_book(f, path, title, columns) : open_csv(f, path, columns);
}

int list_file_row(struct list_file *f, const struct xlsx_value *cells)
{
	char number[24];

	if (f->book) {
		xlsx_write_row(f->book, cells, f->count);
		return OK;
	}
	for (size_t i = 0; i < f->count; i++) {
		const char *text = cells[i].text ? cells[i].text : "";
		if (cells[i].look == XLSX_NUMERIC) {
			snprintf(number, sizeof(number), "%lld", (long long)cells[i].number);
			add_text(f, i, number);
		} else if (*text && strchr("=+-@\t\r", *text)) {
			if (i > 0)
				buf_char(&f->row, ',');
			buf_str(&f->row, "'");
			csv_write(&f->row, ',', text, strlen(text));
		} else {
			add_text(f, i, text);
		}
	}
	TRY(buf_check(&f->row));
	write_row(f);
	return f->out.rc;
}

int list_file_end(struct list_file *f, bool keep)
{
	if (f->book && keep)
		return xlsx_write_commit(f->book);
	if (f->book) {
		xlsx_write_abort(f->book);
		return OK;
	}
	buf_release(&f->row);
	if (keep)
		return file_out_commit(&f->out);
	file_out_abort(&f->out);
	return OK;
}
