/* app/registry_decode.c — cells of a canonical row to what planning computes with. */
#include "app/registry_fields.h"
#include "base/clock.h"
#include "base/status.h"

#include <string.h>

enum { DAY_LENGTH = 10 };

static int refuse(const char **problem, const char *sentence)
{
	*problem = sentence;
	return INVALID;
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

/* Files of older versions hold people's own word. */
static enum object_kind decode_kind(struct span cell)
{
	const struct field_choice *c = registry_object_kinds;

	for (int i = 0; cell.len && c[i].value; i++) {
		struct span words = span_of(c[i].words), word;
		if (span_equal(cell, span_of(c[i].value)))
			return (enum object_kind)i;
		while (words.len) {
			span_cut(&words, '|', &word);
			if (span_equal(cell, word))
				return (enum object_kind)i;
		}
	}
	return cell.len ? OBJECT_OTHER : OBJECT_DISCHARGER;
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
	s.kind = decode_kind(cells[SITE_KIND]);
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
	       decode_flag(cells[INSPECTOR_ASSISTANT], false, &i->assistant) &&
	       decode_flag(cells[INSPECTOR_COUNTED], i->staff && i->duty, &i->counted);
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
		return refuse(problem,
			      "在编、在岗、可接受任务、辅助人员、双随机执法人员应为 1 或 0");
	int role = 0;
	if (!decode_choice(&registry_inspector_fields[INSPECTOR_ROLE], cells[INSPECTOR_ROLE], 0,
			   &role))
		return refuse(problem, "人员身份（role）不是规定的值");
	i.assistant |= role != 0;
	i.counted &= !i.assistant;
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

/* Bits of the choices in a list cell; all of them where it is empty. */
static bool decode_choices(const struct field *f, struct span cell, uint32_t *ret)
{
	struct span item;
	uint32_t all = 0;
	int i;

	for (i = 0; f->choices[i].value; i++)
		all |= 1U << i;
	*ret = cell.len ? 0 : all;
	while (registry_item(&cell, &item)) {
		if (!decode_choice(f, item, -1, &i) || i < 0)
			return false;
		*ret |= 1U << i;
	}
	return true;
}

static bool decode_ratio(struct span cell, struct matter *m)
{
	struct span part;
	uint64_t ratio, of;

	m->has_ratio = cell.len > 0;
	if (!m->has_ratio)
		return true;
	if (!span_cut(&cell, '/', &part) || read_number(part, INT32_MAX, &ratio) != CORE_OK ||
	    read_number(cell, INT32_MAX, &of) != CORE_OK || ratio == 0 || ratio > of)
		return false;
	m->ratio = (uint32_t)ratio;
	m->of = (uint32_t)of;
	return true;
}

int matter_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct matter *ret,
		  const char **problem)
{
	const struct field *f = registry_matter_fields;
	struct matter m = { .from = INT64_MIN, .until = INT64_MAX };
	uint32_t methods;
	int class;

	memcpy(m.text, cells, MATTER_FIELDS * sizeof(*cells));
	if (!decode_choices(&f[MATTER_KINDS], cells[MATTER_KINDS], &m.kinds) ||
	    !decode_choices(&f[MATTER_LEVELS], cells[MATTER_LEVELS], &m.levels) ||
	    !decode_choices(&f[MATTER_METHODS], cells[MATTER_METHODS], &methods) ||
	    !decode_choice(&f[MATTER_CLASS], cells[MATTER_CLASS], 1, &class))
		return refuse(problem, "检查对象、实施层级、检查方式或事项类别不是规定的值");
	if (!decode_ratio(cells[MATTER_RATIO], &m))
		return refuse(problem, "抽查比例（ratio）应写成 1/20 的样子");
	if (!decode_day(cells[MATTER_FROM], &m.from) || !decode_day(cells[MATTER_UNTIL], &m.until))
		return refuse(problem, "日期应写成 2026-01-31 的样子");
	m.onsite = cells[MATTER_METHODS].len == 0 || (methods & 1) != 0;
	m.offsite = cells[MATTER_METHODS].len > 0 && (methods & 2) != 0;
	m.key = class == 0;
	*ret = m;
	return OK;
}

int recusal_decode(const struct span cells[REGISTRY_FIELDS_MOST], struct recusal_row *ret,
		   const char **problem)
{
	struct recusal_row r = { .from = INT64_MIN, .to = INT64_MAX };

	memcpy(r.text, cells, RECUSAL_FIELDS * sizeof(*cells));
	if (cells[RECUSAL_INSPECTOR].len == 0 || cells[RECUSAL_TARGET].len == 0)
		return refuse(problem, "回避人员和回避对象（inspector、target）都要有");
	if (!decode_day(cells[RECUSAL_FROM], &r.from) || !decode_day(cells[RECUSAL_TO], &r.to))
		return refuse(problem, "日期应写成 2026-01-31 的样子");
	*ret = r;
	return OK;
}
