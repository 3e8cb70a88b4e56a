/* app/import_area.c — GB/T 2260 of Baoding; 高新区 and 白沟新城 have statistical codes only. */
#include "app/import_area.h"

#include <string.h>

static const struct area areas[] = {
	{ "130602", "竞秀区", true },  { "130606", "莲池区", true },
	{ "130607", "满城区", true },  { "130608", "清苑区", true },
	{ "130609", "徐水区", true },  { "130623", "涞水县", true },
	{ "130624", "阜平县", true },  { "130626", "定兴县", true },
	{ "130627", "唐县", true },    { "130628", "高阳县", true },
	{ "130629", "容城县", false }, { "130630", "涞源县", true },
	{ "130631", "望都县", true },  { "130632", "安新县", false },
	{ "130633", "易县", true },    { "130634", "曲阳县", true },
	{ "130635", "蠡县", true },    { "130636", "顺平县", true },
	{ "130637", "博野县", true },  { "130638", "雄县", false },
	{ "130671", "高新区", true },  { "130672", "白沟新城", true },
	{ "130681", "涿州市", true },  { "130682", "定州市", false },
	{ "130683", "安国市", true },  { "130684", "高碑店市", true },
};

const struct area *area_list(uint32_t *count)
{
	*count = COUNT(areas);
	return areas;
}

static void drop_front(struct span *text, const char *word)
{
	struct span front = span_of(word);

	if (text->len > front.len && memcmp(text->at, front.at, front.len) == 0) {
		text->at += front.len;
		text->len -= front.len;
	}
}

/* 竞秀 for 竞秀区; 唐县 and 易县 keep both characters. */
static bool same_unit(struct span text, struct span name)
{
	if (span_equal(text, name))
		return true;
	return name.len > 6 && text.len == name.len - 3 && memcmp(text.at, name.at, text.len) == 0;
}

static const struct area *find(struct span text)
{
	for (uint32_t i = 0; i < COUNT(areas); i++)
		if (span_equal(text, span_of(areas[i].code)) ||
		    same_unit(text, span_of(areas[i].name)))
			return &areas[i];
	return NULL;
}

enum area_verdict area_find(struct span text, const struct area **ret)
{
	/* Twelve-digit statistical codes and trailing zeros name the same unit. */
	if (text.len == 12 && memcmp(text.at + 6, "000000", 6) == 0)
		text.len = 6;
	drop_front(&text, "河北省");
	drop_front(&text, "保定市");
	drop_front(&text, "保定");
	const struct area *unit = find(text);
	if (!unit && span_equal(text, SPAN("高新技术产业开发区")))
		unit = find(SPAN("高新区"));
	if (!unit && span_equal(text, SPAN("国家高新技术产业开发区")))
		unit = find(SPAN("高新区"));
	if (!unit && span_equal(text, SPAN("白沟")))
		unit = find(SPAN("白沟新城"));
	if (!unit)
		return AREA_UNKNOWN;
	*ret = unit;
	return unit->ours ? AREA_OURS : AREA_FOREIGN;
}

struct span area_name(struct span code)
{
	for (uint32_t i = 0; i < COUNT(areas); i++)
		if (span_equal(code, span_of(areas[i].code)))
			return span_of(areas[i].name);
	return code;
}
