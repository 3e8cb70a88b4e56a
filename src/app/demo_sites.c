/* app/demo_sites.c — about 6,000 sites in 22 units, one firm in twenty with a second plant. */
#include "app/demo_parts.h"

#include "app/demo_city.h"

#include <stdio.h>
#include <string.h>

struct making {
	struct arena *arena;
	struct demo_random *random;
	struct demo_rows *rows;
	const struct demo_unit *unit;
	uint32_t number; /* within the unit */
};

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* 3-8 area of registration, 9-17 organisation code with its own check digit, 18 check (GB 32100). */
static const char *firm_code(struct making *m)
{
	static const int organisation_weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	char code[19];
	int sum = 0;

	snprintf(code, sizeof(code), "91%sYY%06u", m->unit->code, demo_below(m->random, 1000000));
	for (int i = 0; i < 8; i++) {
		char c = code[8 + i];
		sum += organisation_weights[i] * (c >= 'A' ? c - 'A' + 10 : c - '0');
	}
	int check = 11 - sum % 11;
	code[16] = check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
	int weight = 1;
	sum = 0;
	for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
		sum += weight * (int)(strchr(alphabet, code[i]) - alphabet);
	code[17] = alphabet[(31 - sum % 31) % 31];
	return arena_mem(m->arena, code, 18);
}

static const struct demo_trade *pick_trade(struct making *m)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < DEMO_TRADES; i++)
		sum += demo_trades[i].weight;
	uint32_t at = demo_below(m->random, sum);
	size_t i = 0;
	while (at >= demo_trades[i].weight)
		at -= demo_trades[i++].weight;
	return &demo_trades[i];
}

static const char *firm_name(struct making *m, const struct demo_trade *t)
{
	const char *word[3];
	const char *kind = t->code[0] == 'Q' ? "" : demo_chance(m->random, 180) ? "厂" : "有限公司";

	uint32_t first = demo_below(m->random, DEMO_BRAND_WORDS);
	uint32_t second = demo_below(m->random, DEMO_BRAND_WORDS - 1);
	uint32_t third = demo_below(m->random, DEMO_BRAND_WORDS);
	second += second >= first; /* no 桐桐 */
	word[0] = demo_brand_words[first];
	word[1] = demo_brand_words[second];
	word[2] = demo_brand_words[third == second ? first : third];
	return arena_printf(m->arena, "%s%s%s%s%s%s", m->unit->name, word[0], word[1], word[2],
			    t->noun, kind);
}

static const char *day(struct making *m, uint32_t from, uint32_t years)
{
	return arena_printf(m->arena, "%u-%02u-%02u", from + demo_below(m->random, years),
			    1 + demo_below(m->random, 12), 1 + demo_below(m->random, 28));
}

static const char *state_word(struct making *m)
{
	uint32_t n = demo_below(m->random, 1000);

	if (n < 40)
		return "关闭";
	if (n < 70)
		return "停产";
	if (n < 80)
		return "搬迁";
	return n < 88 ? "在建" : "在产";
}

/* What people do to codes: leave them out, mistype them, paste them with rubbish. */
static const char *spoil_code(struct making *m, const char *code, bool key)
{
	char *copy = arena_str(m->arena, code);
	uint32_t n = demo_below(m->random, 1000);

	if (n < (key ? 60U : 240U))
		return demo_chance(m->random, 300) ? "-" : NULL;
	if (n < 255)
		copy[17] = copy[17] == 'X' ? 'Y' : 'X'; /* a wrong check digit */
	else if (n < 262)
		return arena_printf(m->arena, "\xe2\x80\x8b%s", code); /* zero-width space */
	else if (n < 268)
		return arena_printf(m->arena, "%s(01)", code);
	else if (n < 273 && strchr(copy, '0'))
		*strchr(copy, '0') = 'O';
	else if (n < 278)
		copy[17] = 0; /* one short */
	return copy;
}

static void set_place(struct making *m, struct demo_row *row)
{
	uint32_t towns = 0;

	while (towns < DEMO_TOWNS && m->unit->towns[towns])
		towns++;
	const char *town = m->unit->towns[demo_below(m->random, towns)];
	row->cell[SITE_COUNTY] = m->unit->code;
	row->cell[SITE_TOWNSHIP] = town;
	row->cell[SITE_ADDRESS] = arena_printf(m->arena, "%s%s工业路%u号", m->unit->name, town,
					       1 + demo_below(m->random, 998));
	if (demo_chance(m->random, 8)) /* full-width digits */
		row->cell[SITE_ADDRESS] = arena_printf(m->arena, "%s%s兴业街１２号院%u户",
						       m->unit->name, town, m->number);
	row->cell[SITE_LONGITUDE] =
		arena_printf(m->arena, "115.%06u", demo_below(m->random, 999999));
	row->cell[SITE_LATITUDE] = arena_printf(m->arena, "38.%06u", demo_below(m->random, 999999));
}

static void set_permit(struct making *m, struct demo_row *row, const char *code, bool key)
{
	bool permit = key || demo_chance(m->random, 350);

	row->cell[SITE_PERMIT_CLASS] = key ? "重点" : permit ? "简化" : "登记";
	if (!permit || !row->cell[SITE_CODE])
		return;
	row->cell[SITE_PERMIT] =
		arena_printf(m->arena, "%s001%c", code, "PQRUVWXYZ"[demo_below(m->random, 9)]);
	row->cell[SITE_PERMIT_UNTIL] = day(m, 2028, 4);
}

static void set_special(struct making *m, struct demo_row *row, bool key)
{
	static const char *const reasons[] = { "上年度受到行政处罚", "环境信用等级为不良",
					       "一年内三次以上查实投诉", "挂牌督办" };

	if (!demo_chance(m->random, key ? 110 : 18))
		return;
	row->cell[SITE_SPECIAL] = "是";
	row->cell[SITE_SPECIAL_REASON] = reasons[demo_below(m->random, COUNT(reasons))];
	row->cell[SITE_SPECIAL_FROM] = "2026-01-01";
	row->cell[SITE_CREDIT] = demo_chance(m->random, 500) ? "D" : "E";
}

static struct demo_row *next_row(struct making *m)
{
	struct demo_row *row = &m->rows->list[m->rows->count++];

	row->cell[SITE_ID] = arena_printf(m->arena, "%s-%04u", m->unit->code, ++m->number);
	return row;
}

static void add_site(struct making *m)
{
	const struct demo_trade *t = pick_trade(m);
	bool key = demo_chance(m->random, t->key_in_1000);
	const char *code = firm_code(m);
	struct demo_row *row = next_row(m);

	row->cell[SITE_NAME] = firm_name(m, t);
	row->cell[SITE_CODE] = spoil_code(m, code, key);
	row->cell[SITE_CLASS] = key ? "重点" : demo_chance(m->random, 20) ? "一般单位" : "一般";
	row->cell[SITE_SPECIAL] = "否";
	row->cell[SITE_STATE] = state_word(m);
	row->cell[SITE_KIND] = t->code[0] == 'N' ? "危废经营单位" : "排污单位";
	row->cell[SITE_INDUSTRY] = t->name;
	row->cell[SITE_ONLINE] = key && demo_chance(m->random, 600) ? "是" : "否";
	row->cell[SITE_CREDIT] = demo_chance(m->random, 300) ? "A" : "B";
	if (key && (t->code[0] == 'N' || strcmp(t->code, "C3843") == 0))
		row->cell[SITE_SKILL] = "固体废物";
	set_place(m, row);
	set_permit(m, row, code, key);
	set_special(m, row, key);
}

/* A second plant of the firm in the last row: same code, other place. */
static void add_plant(struct making *m)
{
	struct demo_row *first = &m->rows->list[m->rows->count - 1];
	struct demo_row *row = next_row(m);
	const char *id = row->cell[SITE_ID], *firm = first->cell[SITE_NAME];

	*row = *first;
	row->cell[SITE_ID] = id;
	row->cell[SITE_FIRM] = first->cell[SITE_FIRM] = firm;
	row->cell[SITE_NAME] = arena_printf(m->arena, "%s（二厂）", firm);
	row->cell[SITE_PERMIT] = NULL;
	set_place(m, row);
}

/* The same firm typed in twice, a year apart. */
static void add_double(struct making *m)
{
	struct demo_row *first = &m->rows->list[m->rows->count - 1];
	struct demo_row *row = next_row(m);
	const char *id = row->cell[SITE_ID];

	*row = *first;
	row->cell[SITE_ID] = id;
	row->cell[SITE_NOTE] = "2025年补录";
	row->cell[SITE_PERMIT] = NULL;
}

void demo_add_sites(struct arena *a, struct demo_random *r, struct demo_rows *rows)
{
	struct making m = { .arena = a, .random = r, .rows = rows };
	size_t most = 0;

	for (size_t u = 0; u < DEMO_UNITS; u++)
		most += demo_units[u].sites;
	rows->list = arena_array(a, most, sizeof(*rows->list));
	rows->count = 0;
	for (size_t u = 0; u < DEMO_UNITS; u++) {
		m.unit = &demo_units[u];
		m.number = 0;
		while (m.number < m.unit->sites) {
			uint32_t n = demo_below(r, 1000);
			if (m.number > 0 && n < 25)
				add_plant(&m);
			else if (m.number > 0 && n < 27)
				add_double(&m);
			else
				add_site(&m);
		}
	}
}
