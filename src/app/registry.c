/* app/registry.c — canonical registries: lines to cells, cells to decoded rows, and back. */
#include "app/registry.h"

#include "base/buf.h"
#include "base/status.h"

#include <string.h>

bool registry_id_valid(struct span id)
{
	if (id.len < 1 || id.len > 64)
		return false;
	for (size_t i = 0; i < id.len; i++) {
		char c = id.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != ':' &&
		    c != '-')
			return false;
	}
	return true;
}

static int refuse(const char **problem, const char *sentence)
{
	*problem = sentence;
	return INVALID;
}

/* Cuts the next line off; a last line without LF does not count as one. */
static bool next_line(struct span *rest, struct span *line)
{
	const char *end = rest->len ? memchr(rest->at, '\n', rest->len) : NULL;

	if (!end)
		return false;
	*line = (struct span){ rest->at, (size_t)(end - rest->at) };
	rest->len -= line->len + 1;
	rest->at = end + 1;
	return true;
}

/* How many names of line 1 are those of the table, in its order; 0 if one is not. */
static uint32_t known_columns(struct span line, const struct field *f, uint32_t count)
{
	struct span name;
	uint32_t columns = 0;

	while (line.len && columns < count) {
		span_cut(&line, '\t', &name);
		if (!span_equal(name, span_of(f[columns].name)))
			return 0;
		columns++;
	}
	return line.len ? 0 : columns;
}

int registry_open(struct registry_reader *r, enum registry kind, struct span file)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	struct span line;

	*r = (struct registry_reader){ .rest = file, .kind = kind, .fields = count, .line = 1 };
	if (!next_line(&r->rest, &line))
		return refuse(&r->problem, "名录文件是空的或第一行没有换行，请重新导入生成");
	r->columns = known_columns(line, f, count);
	if (r->columns == 0)
		return refuse(
			&r->problem,
			"名录文件第一行的列名与本程序不符：可能是另一种名录，或由更新的版本写出。"
			"请核对文件，或用原来的表格重新导入生成");
	for (uint32_t i = r->columns; i < count; i++)
		if (f[i].required)
			return refuse(&r->problem,
				      "名录文件第一行缺少必需的列，请用原来的表格重新导入生成");
	return OK;
}

int registry_next(struct registry_reader *r, struct span cells[REGISTRY_FIELDS_MOST])
{
	struct span line;

	if (r->rest.len == 0)
		return NONE;
	r->line++;
	if (!next_line(&r->rest, &line))
		return refuse(&r->problem,
			      "名录文件最后一行没有换行，文件可能不完整，请重新导入生成");
	if (line.len && (memchr(line.at, '\r', line.len) || memchr(line.at, 0, line.len)))
		return refuse(&r->problem, "名录文件这一行含有回车或空字符，请重新导入生成");
	uint32_t given = 0;
	for (; given < r->columns && (given == 0 || line.len); given++)
		span_cut(&line, '\t', &cells[given]);
	for (uint32_t i = given; i < r->fields; i++)
		cells[i] = (struct span){ "", 0 };
	if (line.len)
		return refuse(&r->problem, "名录文件这一行的列多于第一行，请重新导入生成");
	if (!registry_id_valid(cells[0]))
		return refuse(&r->problem, "名录文件这一行的编号格式不对，请重新导入生成");
	if (r->last_id.len && span_compare(r->last_id, cells[0]) >= 0)
		return refuse(&r->problem, "名录文件没有按编号排序或编号重复，请重新导入生成");
	r->last_id = cells[0];
	return OK;
}

bool registry_item(struct span *list, struct span *item)
{
	if (list->len == 0)
		return false;
	span_cut(list, ',', item);
	return true;
}

void registry_recusal(struct span item, struct span *target, struct span *kind)
{
	span_cut(&item, '=', target);
	*kind = item;
}

void registry_write_header(struct buf *out, enum registry kind)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);

	for (uint32_t i = 0; i < count; i++) {
		buf_str(out, f[i].name);
		buf_char(out, i + 1 < count ? '\t' : '\n');
	}
}

void registry_write_row(struct buf *out, enum registry kind, const struct span *cells)
{
	uint32_t count;

	registry_fields(kind, &count);
	while (count > 1 && cells[count - 1].len == 0)
		count--;
	for (uint32_t i = 0; i < count; i++) {
		buf_add(out, cells[i].at, cells[i].len);
		buf_char(out, i + 1 < count ? '\t' : '\n');
	}
}
