/* app/import_scan.c — a CSV file in one or two parts, a row at a time; and finding the header row. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"
#include "base/utf8.h"
#include "files/csv.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SAMPLE = 1 << 16, WORTH_TWO_PARTS = 1 << 20, ROWS_A_PROGRESS = 1 << 13 };

/* ---- encoding ---- */

struct check {
	const char *at;
	size_t len, valid;
};

static void *check_half(void *arg)
{
	struct check *c = arg;

	c->valid = utf8_valid(c->at, c->len);
	return NULL;
}

/* Length of the longest valid prefix, looked for by two threads. */
static size_t valid_prefix(struct span text)
{
	size_t half = text.len / 2;
	pthread_t other;

	while (half < text.len && ((unsigned char)text.at[half] & 0xc0) == 0x80)
		half++;
	struct check first = { text.at, half, 0 }, second = { text.at + half, text.len - half, 0 };
	bool two = text.len > WORTH_TWO_PARTS &&
		   pthread_create(&other, NULL, check_half, &second) == 0;
	check_half(&first);
	if (two)
		pthread_join(other, NULL);
	else
		check_half(&second);
	return first.valid < half ? first.valid : half + second.valid;
}

/* Where most lines end in CR alone, as old programs wrote them, the whole file would be one row. */
static bool ends_in_cr(struct span text)
{
	const char *at = text.at, *end = text.at + text.len;
	size_t alone = 0, feeds = 0;

	while (at < end && (at = memchr(at, '\r', (size_t)(end - at)))) {
		at++;
		alone += at == end || *at != '\n';
	}
	if (alone == 0)
		return false;
	for (at = text.at; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
		feeds++;
	return alone >= feeds;
}

/* Two encodings in one file come from pasting one export behind another. */
static void tell_mixed(struct import_work *w, struct span text, size_t valid)
{
	size_t line = 1;

	for (size_t i = 0; i < valid && i < text.len; i++)
		line += text.at[i] == '\n';
	snprintf(
		w->summary->hint, sizeof(w->summary->hint),
		"文件按 UTF-8 读，但第 %zu 行起混有别的编码（多半是 GBK）：那些行读出来是乱码。请用表格软件打开"
		"各部分，合成一份后另存为“CSV UTF-8”再导入",
		line);
}

static int take_text(struct import_work *w)
{
	size_t bom, valid = valid_prefix(w->input);
	enum text_encoding encoding = text_detect(w->input.at, w->input.len, valid, &bom);
	struct span text = { w->input.at + bom, w->input.len - bom };

	snprintf(w->summary->encoding, sizeof(w->summary->encoding), "%s",
		 text_encoding_name(encoding));
	if (encoding == TEXT_UTF8) {
		w->bad_utf8 = valid < w->input.len;
		w->text = text;
		if (w->bad_utf8)
			tell_mixed(w, w->input, valid);
		return OK;
	}
	if (memchr(text.at, 0, text.len) && encoding == TEXT_GB18030)
		return import_refuse(
			w, "文件不是文本：里面有空字节。请用表格软件另存为 CSV 或 XLSX 后再导入");
	int fd = w->files->text;
	TRY(text_to_utf8(w->decoder, encoding, text.at, text.len, fd));
	off_t len = lseek(fd, 0, SEEK_CUR);
	if (len < 0)
		return IO_ERROR;
	if (len == 0)
		return OK;
	void *map = mmap(NULL, (size_t)len, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return IO_ERROR;
	w->text = (struct span){ map, (size_t)len };
	/* What could not be converted became U+FFFD, which cleaning finds. */
	return OK;
}

/* ---- header ---- */

static void describe_columns(struct import_work *w, const struct span *cells)
{
	uint32_t count;
	const struct field *fields = registry_fields(w->options->kind, &count);
	struct writer out = { w->summary->columns, IMPORT_COLUMNS_MOST - 1, 0, false };

	for (uint32_t i = 0; i < w->columns.count && out.len + 400 < IMPORT_COLUMNS_MOST; i++) {
		int target = w->columns.column[i];
		struct span head = cells[i];
		if (head.len > 90) {
			head.len = 90;
			while (head.len && ((unsigned char)head.at[head.len] & 0xc0) == 0x80)
				head.len--;
		}
		write_literal(&out, "第 ");
		write_number(&out, i + 1);
		write_literal(&out, " 列「");
		write_span(&out, head);
		write_literal(&out, "」→ ");
		write_span(&out, target >= 0               ? span_of(fields[target].header)
				 : target == COLUMN_PERSON ? SPAN("个人信息，不读取")
				 : target == COLUMN_CLASSIFIED
					 ? SPAN("涉密标记，标为涉密的行不导入")
					 : SPAN("不读取"));
		write_char(&out, '\n');
	}
	w->summary->columns[out.len] = 0;
}

/* Blanks of both widths do not matter in a mark. */
static struct span without_blanks(struct span text, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len;) {
		bool wide = text.len - i >= 3 && memcmp(text.at + i, "　", 3) == 0;
		if (!wide && text.at[i] != ' ')
			out[len++] = text.at[i];
		i += wide ? 3 : 1;
	}
	return (struct span){ out, len };
}

static bool is_mark(struct span cell)
{
	static const char *const marks[] = { "密★", "★秘密", "★机密", "★绝密" };
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	struct span text = without_blanks(cell, arena_array(&a, cell.len + 1, 1));
	for (size_t i = 0; i < COUNT(marks); i++)
		if (memmem(text.at, text.len, marks[i], strlen(marks[i])))
			return true;
	return false;
}

/* A line above the header that says 机密★ is about all rows. */
static bool is_classified(const struct import_head *head, uint32_t index)
{
	for (uint32_t row = 0; row < index; row++)
		for (uint32_t i = 0; i < head->counts[row]; i++)
			if (is_mark(head->cells[row][i]))
				return true;
	return false;
}

/* No row is a header row: perhaps because a rule of the mapping file is about a column that no row has. */
static int check_heads(struct import_work *w, const struct import_head *head)
{
	CLEANUP(arena_release) struct arena a;
	uint32_t count = 0;

	arena_init(&a);
	struct span *all =
		arena_array(&a, (size_t)IMPORT_HEADER_ROWS * IMPORT_CELLS_MOST, sizeof(*all));
	for (uint32_t row = 0; row < head->rows; row++)
		for (uint32_t i = 0; i < head->counts[row]; i++)
			all[count++] = head->cells[row][i];
	return import_check_renames(w, all, count);
}

int import_find_header(struct import_work *w, const struct import_head *head, uint32_t *index)
{
	uint32_t best = 0;
	struct import_columns columns;
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	for (uint32_t i = 0; i < head->rows && (best == 0 || best < head->counts[*index]); i++) {
		uint32_t named =
			import_columns_read(&w->map, head->cells[i], head->counts[i], &columns);
		if (named <= best)
			continue;
		best = named;
		*index = i;
		w->columns = columns;
	}
	uint32_t count;
	const char *name =
		registry_fields(w->options->kind, &count)[registry_subject(w->options->kind)]
			.header;
	if (best == 0)
		TRY(check_heads(w, head));
	if (best == 0)
		return import_refuse(
			w,
			"前 %d 行里没有找到表头：须有一列是「%s」。请补上表头，或在对照文件里写"
			"「文件里的表头 = %s」",
			IMPORT_HEADER_ROWS, name, name);
	if (is_classified(head, *index))
		return import_refuse(
			w, "表头之上标有密级，整份文件不得导入，内容没有保存。请按保密规定管理；"
			   "其中不涉密的对象请另列表格导入");
	TRY(import_check_renames(w, head->cells[*index], head->counts[*index]));
	const char *missing = import_columns_missing(&a, &w->map, &w->columns);
	if (*missing)
		snprintf(
			w->summary->hint, sizeof(w->summary->hint),
			"文件没有这些必需的列：%s。请在文件里补上，或用 --map 对照文件写「文件里的表头 = 字段名」或"
			"「字段名 := 固定值」",
			missing);
	describe_columns(w, head->cells[*index]);
	return OK;
}

/* ---- rows ---- */

struct row_room {
	struct csv_cell raw[IMPORT_CELLS_MOST];
	struct span cells[IMPORT_CELLS_MOST];
	char unescaped[CSV_ROW_MOST];
};

static void free_room(struct row_room **room)
{
	free(*room);
}

/* Cells as text; returns how many there are. */
static uint32_t to_spans(struct row_room *room, uint32_t count)
{
	size_t used = 0;

	if (count > IMPORT_CELLS_MOST)
		count = IMPORT_CELLS_MOST;
	for (uint32_t i = 0; i < count; i++) {
		const struct csv_cell *c = &room->raw[i];
		room->cells[i] = (struct span){ c->at, c->len };
		if (!c->escaped)
			continue;
		char *out = room->unescaped + used;
		room->cells[i] = (struct span){ out, csv_unescape(c, out) };
		used += c->len;
	}
	return count;
}

static int scan_part(struct import_part *p)
{
	static const struct import_flaw quote_open = { REASON_QUOTE_OPEN, IMPORT_CELLS_MOST };
	struct import_work *w = p->work;
	CLEANUP(free_room) struct row_room *room = must_alloc(sizeof(*room));
	struct csv csv;
	struct csv_row row;

	csv_init(&csv, w->text.at + p->from, w->text.len - p->from, w->delimiter);
	const char *to = w->text.at + p->to;
	while (csv.at < to && csv_next(&csv, room->raw, IMPORT_CELLS_MOST, &row)) {
		uint32_t count = to_spans(room, row.count);
		p->lines++;
		TRY(import_add_row(p, room->cells, count, p->lines,
				   row.unclosed ? &quote_open : NULL));
		if (p == &w->part[0] && p->lines % ROWS_A_PROGRESS == 0)
			import_progress(w, (size_t)(csv.at - w->text.at) * w->parts,
					w->text.len * 2);
	}
	p->end = (size_t)(csv.at - w->text.at);
	return OK;
}

static void *scan_thread(void *arg)
{
	struct import_part *p = arg;

	p->rc = scan_part(p);
	return NULL;
}

/* Reads the first rows; *data is where the rows behind the header begin. */
static int read_head(struct import_work *w, size_t *data)
{
	struct import_head head = { .rows = 0 };
	CLEANUP(arena_release) struct arena a;
	CLEANUP(free_room) struct row_room *room = must_alloc(sizeof(*room));
	size_t ends[IMPORT_HEADER_ROWS];
	struct csv csv;
	struct csv_row row;
	uint32_t index;

	arena_init(&a);
	csv_init(&csv, w->text.at, w->text.len, w->delimiter);
	while (head.rows < IMPORT_HEADER_ROWS &&
	       csv_next(&csv, room->raw, IMPORT_CELLS_MOST, &row)) {
		uint32_t count = to_spans(room, row.count);
		struct span *cells = arena_array(&a, count, sizeof(*cells));
		for (uint32_t i = 0; i < count; i++)
			cells[i] =
				(struct span){ arena_mem(&a, room->cells[i].at, room->cells[i].len),
					       room->cells[i].len };
		head.cells[head.rows] = cells;
		head.counts[head.rows] = count;
		ends[head.rows++] = (size_t)(csv.at - w->text.at);
	}
	TRY(import_find_header(w, &head, &index));
	w->summary->header_line = index + 1;
	*data = ends[index];
	return OK;
}

/* A part whose start was guessed wrong is read once more from where the first one ended. */
static int scan_again(struct import_work *w)
{
	struct import_part *p = &w->part[1];
	size_t from = w->part[0].end;

	import_part_release(p);
	if (lseek(w->files->spill[1], 0, SEEK_SET) < 0 ||
	    lseek(w->files->reasons[1], 0, SEEK_SET) < 0)
		return IO_ERROR;
	TRY(import_part_begin(p, w, 1));
	p->from = from;
	p->to = w->text.len;
	return scan_part(p);
}

static int scan_parts(struct import_work *w)
{
	pthread_t other;
	bool two = w->parts == 2 && pthread_create(&other, NULL, scan_thread, &w->part[1]) == 0;

	scan_thread(&w->part[0]);
	if (two)
		pthread_join(other, NULL);
	else if (w->parts == 2)
		scan_thread(&w->part[1]);
	TRY(w->part[0].rc);
	if (w->parts == 2) {
		if (w->part[0].end != w->part[1].from)
			w->part[1].rc = scan_again(w);
		TRY(w->part[1].rc);
		w->part[1].line_base = w->part[0].line_base + w->part[0].lines;
	}
	return OK;
}

int import_scan_csv(struct import_work *w)
{
	size_t data;

	TRY(take_text(w));
	if (ends_in_cr(w->text))
		return import_refuse(
			w,
			"文件的各行只用回车（CR）隔开，是旧式 Mac 的写法，分不出行。请用表格软件打开，另存为"
			"“CSV UTF-8”或 XLSX 后再导入");
	w->delimiter = csv_delimiter(w->text.at, w->text.len < SAMPLE ? w->text.len : SAMPLE);
	TRY(read_head(w, &data));
	size_t rest = w->text.len - data;
	w->parts = rest > WORTH_TWO_PARTS ? 2 : 1;
	for (uint32_t i = 0; i < w->parts; i++)
		TRY(import_part_begin(&w->part[i], w, i));
	size_t middle = w->parts == 2 ? csv_row_start(w->text.at, w->text.len, data + rest / 2)
				      : w->text.len;
	w->part[0].from = data;
	w->part[0].to = middle;
	w->part[0].line_base = w->summary->header_line;
	w->part[1].from = middle;
	w->part[1].to = w->text.len;
	int rc = scan_parts(w);
	if (rc == TOO_LARGE)
		return import_refuse(w,
				     "文件的行数超过 %llu，请分成几个文件导入或用 --max-rows 放宽",
				     (unsigned long long)w->options->max_rows);
	TRY(rc);
	for (uint32_t i = 0; i < w->parts; i++)
		TRY(import_part_end(&w->part[i]));
	return OK;
}
