/* app/registry.c — canonical registries: lines to cells, cells to decoded rows, and back. */
#include "app/registry.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

#include <string.h>

enum { DAY_LENGTH = 10 };

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

int registry_open(struct registry_reader *r, enum registry kind, struct span file)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	struct span line, name;

	*r = (struct registry_reader){ .rest = file, .kind = kind, .fields = count, .line = 1 };
	if (!next_line(&r->rest, &line))
		return refuse(&r->problem, "名录文件是空的或第一行没有换行，请重新导入生成");
	for (uint32_t i = 0; i < count; i++) {
		span_cut(&line, '\t', &name);
		if (!span_equal(name, span_of(f[i].name)))
			return refuse(&r->problem,
				      "名录文件第一行的列名与本程序不符，请重新导入生成");
	}
	if (line.len)
		return refuse(&r->problem, "名录文件第一行多出了列，请重新导入生成");
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
	for (uint32_t i = 0; i < r->fields; i++)
		span_cut(&line, '\t', &cells[i]);
	if (line.len)
		return refuse(&r->problem, "名录文件这一行的列多于第一行，请重新导入生成");
	if (!registry_id_valid(cells[0]))
		return refuse(&r->problem, "名录文件这一行的编号格式不对，请重新导入生成");
	if (r->last_id.len && span_compare(r->last_id, cells[0]) >= 0)
		return refuse(&r->problem, "名录文件没有按编号排序或编号重复，请重新导入生成");
	r->last_id = cells[0];
	return OK;
}

/* An empty cell leaves *ret as it is. */
static bool decode_day(struct span cell, int64_t *ret)
{
	char text[DAY_LENGTH + 1] = { 0 };

	if (cell.len == 0)
		return true;
	if (cell.len != DAY_LENGTH)
		return false;
	memcpy(text, cell.at, DAY_LENGTH);
	return clock_parse_day(text, ret) == OK;
}

static bool decode_flag(struct span cell, bool absent, bool *ret)
{
	*ret = absent;
	if (cell.len == 0)
		return true;
	*ret = cell.at[0] == '1';
	return cell.len == 1 && (*ret || cell.at[0] == '0');
}

static bool decode_choice(const struct field *f, struct span cell, int absent, int *ret)
{
	*ret = absent;
	if (cell.len == 0)
		return true;
	for (int i = 0; f->choices[i].value; i++) {
		*ret = i;
		if (span_equal(cell, span_of(f->choices[i].value)))
			return true;
	}
	return false;
}

static bool decode_degree(struct span cell, int64_t most, int32_t *ret)
{
	bool negative = cell.len > 0 && cell.at[0] == '-';
	uint64_t n;

	if (negative)
		cell = (struct span){ cell.at + 1, cell.len - 1 };
	if (read_number(cell, (uint64_t)most, &n) != CORE_OK)
		return false;
	*ret = negative ? -(int32_t)n : (int32_t)n;
	return true;
}

static bool decode_count(struct span cell, uint32_t *ret)
{
	uint64_t n = 0;

	if (cell.len && read_number(cell, 9999999, &n) != CORE_OK)
		return false;
	*ret = (uint32_t)n;
	return true;
}

int site_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct site *ret,
		const char **problem)
{
	uint32_t count;
	const struct field *f = registry_fields(REGISTRY_SITES, &count);
	struct site s = { .special_from = INT64_MIN,
			  .special_to = INT64_MAX,
			  .permit_until = INT64_MAX };
	int class, state;

	memcpy(s.text, cells, count * sizeof(*cells));
	if (cells[SITE_CLASS].len == 0 ||
	    !decode_choice(&f[SITE_CLASS], cells[SITE_CLASS], 0, &class))
		return refuse(problem, "监管类别（class）应为 key 或 general");
	if (!decode_choice(&f[SITE_STATE], cells[SITE_STATE], SITE_LIVE, &state))
		return refuse(problem, "运行状态（state）不是规定的值");
	if (!decode_flag(cells[SITE_SPECIAL], false, &s.special) ||
	    !decode_flag(cells[SITE_ONLINE], false, &s.online))
		return refuse(problem, "是否特殊监管、在线监控（special、online）应为 1 或 0");
	if (!decode_day(cells[SITE_SPECIAL_FROM], &s.special_from) ||
	    !decode_day(cells[SITE_SPECIAL_TO], &s.special_to) ||
	    !decode_day(cells[SITE_PERMIT_UNTIL], &s.permit_until))
		return refuse(problem, "日期应写成 2026-01-31 的样子");
	s.has_place = cells[SITE_LONGITUDE].len && cells[SITE_LATITUDE].len;
	if (s.has_place && (!decode_degree(cells[SITE_LONGITUDE], 1800000000, &s.longitude) ||
			    !decode_degree(cells[SITE_LATITUDE], 900000000, &s.latitude)))
		return refuse(problem, "经纬度（longitude、latitude）应为千万分之一度的整数");
	s.class = (enum site_class) class;
	s.state = (enum site_state)state;
	*ret = s;
	return OK;
}

bool site_special_on(const struct site *s, int64_t day)
{
	return s->special && s->special_from <= day && day <= s->special_to;
}

static bool periods_valid(struct span periods)
{
	struct span item, from;
	int64_t day;

	while (registry_item(&periods, &item))
		if (!span_cut(&item, '/', &from) || !decode_day(from, &day) ||
		    !decode_day(item, &day))
			return false;
	return true;
}

static bool decode_inspector_flags(const struct span *cells, struct inspector *i)
{
	return decode_flag(cells[INSPECTOR_STAFF], true, &i->staff) &&
	       decode_flag(cells[INSPECTOR_DUTY], true, &i->duty) &&
	       decode_flag(cells[INSPECTOR_ACCEPTS], true, &i->accepts) &&
	       decode_flag(cells[INSPECTOR_ASSISTANT], false, &i->assistant);
}

static bool decode_inspector_days(const struct span *cells, struct inspector *i)
{
	return decode_day(cells[INSPECTOR_SINCE], &i->since) &&
	       decode_day(cells[INSPECTOR_CERTIFICATE_UNTIL], &i->certificate_until) &&
	       decode_day(cells[INSPECTOR_CERTIFICATE2_UNTIL], &i->certificate2_until);
}

int inspector_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct inspector *ret,
		     const char **problem)
{
	struct span grade = cells[INSPECTOR_GRADE];
	struct inspector i = { .since = INT64_MAX,
			       .certificate_until = INT64_MAX,
			       .certificate2_until = INT64_MAX };

	memcpy(i.text, cells, INSPECTOR_FIELDS * sizeof(*cells));
	if (grade.len > 1 || (grade.len && grade.at[0] != 'S' && grade.at[0] != 'J'))
		return refuse(problem, "老新（grade）应为 S 或 J");
	i.grade = grade.len ? grade.at[0] : (char)0;
	if (!decode_inspector_flags(cells, &i))
		return refuse(problem, "在编、在岗、可接受任务、辅助人员应为 1 或 0");
	if (!decode_inspector_days(cells, &i))
		return refuse(problem, "日期应写成 2026-01-31 的样子");
	if (!periods_valid(cells[INSPECTOR_LEAVE]))
		return refuse(problem, "请假起止（leave）应为 2026-01-05/2026-01-09");
	if (!decode_count(cells[INSPECTOR_LIMIT], &i.limit) ||
	    !decode_count(cells[INSPECTOR_BASE], &i.base))
		return refuse(problem, "任务上限、本期已办（limit、base）应为整数");
	i.has_limit = cells[INSPECTOR_LIMIT].len > 0;
	*ret = i;
	return OK;
}

bool inspector_certified_on(const struct inspector *i, int64_t day)
{
	return (i->text[INSPECTOR_CERTIFICATE].len && day <= i->certificate_until) ||
	       (i->text[INSPECTOR_CERTIFICATE2].len && day <= i->certificate2_until);
}

bool inspector_away_on(const struct inspector *i, int64_t day)
{
	struct span leave = i->text[INSPECTOR_LEAVE], item, from;
	int64_t first, last;

	while (registry_item(&leave, &item)) {
		first = INT64_MIN;
		last = INT64_MAX;
		if (span_cut(&item, '/', &from) && decode_day(from, &first) &&
		    decode_day(item, &last) && first <= day && day <= last)
			return true;
	}
	return false;
}

char inspector_grade_on(const struct inspector *i, int64_t day, uint32_t years)
{
	char now[CLOCK_DAY];
	struct span since = i->text[INSPECTOR_SINCE];

	if (i->grade)
		return i->grade;
	if (since.len != DAY_LENGTH || day < 0)
		return 'J';
	clock_day(day * INT64_C(86400000), now);
	/* Full years: the text of a day compares as its time; add the years to the first four digits. */
	uint64_t year = 0;
	for (int d = 0; d < 4; d++)
		year = year * 10 + (uint64_t)(since.at[d] - '0');
	year += years;
	if (year > 9999)
		return 'J';
	char due[DAY_LENGTH];
	memcpy(due, since.at, DAY_LENGTH);
	for (int d = 3; d >= 0; d--, year /= 10)
		due[d] = (char)('0' + year % 10);
	return memcmp(due, now, DAY_LENGTH) <= 0 ? 'S' : 'J';
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
