/* app/papers_parts.c — words and forms shared by the papers. */
#include "app/papers_parts.h"

#include "base/clock.h"
#include "base/status.h"

#include <string.h>

enum { GROUP = 8, GROUPS_A_LINE = 4, DAY_MS = 86400000 };

const char *papers_groups(struct arena *a, struct span hex, bool lines)
{
	char *out = arena_alloc(a, hex.len * 2 + 1), *p = out;

	for (size_t i = 0; i < hex.len; i++) {
		if (i > 0 && i % GROUP == 0)
			*p++ = lines && i % (GROUP * GROUPS_A_LINE) == 0 ? '\n' : ' ';
		*p++ = hex.at[i];
	}
	return out;
}

int64_t papers_created(const struct sheet_plan *plan)
{
	int64_t day;

	return clock_parse_day(plan->day, &day) == OK ? day * DAY_MS : 0;
}

const char *papers_source_name(struct arena *a, struct span line)
{
	static const struct {
		const char *source, *name;
	} names[] = {
		{ "cwl-kl8", "中国福利彩票“快乐8”开奖号码" },
		{ "cwl-ssq", "中国福利彩票“双色球”开奖号码" },
		{ "cwl-3d", "中国福利彩票“3D”开奖号码" },
		{ "slc-dlt", "中国体育彩票“超级大乐透”开奖号码" },
		{ "slc-pl5", "中国体育彩票“排列5”开奖号码" },
		{ "dice", "当场掷十面骰子" },
		{ "drand", "drand 公共随机信标" },
		{ "nist", "NIST 公共随机信标" },
		{ "demo", "演练用的数，不作数" },
	};
	struct span rest = line, word;

	span_cut(&rest, ' ', &word); /* "entropy" */
	span_cut(&rest, ' ', &word);
	for (size_t i = 0; i < COUNT(names); i++)
		if (span_equal(span_of(names[i].source), word))
			return names[i].name;
	return arena_mem(a, word.at, word.len);
}

const char *papers_period(struct arena *a, const struct sheet_plan *plan)
{
	return *plan->from ? arena_printf(a, "%s 至 %s", plan->from, plan->to) : "";
}

void papers_announced(struct pdf *p, struct arena *a, const struct sheet_plan *plan)
{
	if (*plan->drawn_at)
		pdf_paragraph(p, arena_printf(a,
					      "公告的开奖时间（办理人填写，北京时间）：%s。"
					      "请见证人对照公告核对。",
					      plan->drawn_at));
}

void papers_heading(struct pdf *p, struct arena *a, int *number, const char *text)
{
	static const char *const numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八" };

	pdf_heading(p, arena_printf(a, "%s、%s", numerals[*number % (int)COUNT(numerals)], text));
	++*number;
}

int papers_open(struct pdf **ret, const struct sheet_plan *plan, const char *title,
		const char *draw_id)
{
	const struct pdf_options options = {
		.title = title,
		.footer = draw_id,
		.stamp = plan->rehearsal ? PAPERS_REHEARSAL : NULL,
		.created = papers_created(plan),
	};
	int rc = pdf_open(ret, &options);

	return rc == NONE ? UNAVAILABLE : rc;
}
