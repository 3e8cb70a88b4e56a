/*
 * app/plan_rules.c — one table row a keyword: how it is written (for the message) and who reads it.
 * Full-width letters, digits and spaces count as their ASCII twins, as a Chinese keyboard makes them.
 */
#include "app/plan_rules.h"

#include "base/clock.h"
#include "base/status.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 12, OWN_MOST = 512, NUMBER_MOST = 1000000000 };

struct reading {
	struct plan_rules *rules;
	struct plan_notes *notes;
	struct plan_own *own;
	uint32_t line;
	const char *rest; /* the line after its first word, trimmed */
	const char *word[WORDS_MOST];
	size_t words; /* after the keyword */
	const char *laws[PLAN_GROUPS];
	unsigned seen;   /* bits of the keywords that may stand only once */
	bool team_tried; /* a general team line is there, right or wrong */
};

struct keyword {
	const char *word;
	bool once;
	bool (*read)(struct reading *r);
	const char *form;
};

const char *plan_group_name(enum plan_group group)
{
	static const char *const names[PLAN_GROUPS] = { "重点", "特殊", "一般" };

	return names[group];
}

const char *plan_kind_name(enum plan_kind kind)
{
	static const char *const names[PLAN_KINDS] = { "重点", "重点兼特殊", "一般兼特殊", "一般" };

	return names[kind];
}

static bool read_group(const char *word, enum plan_group *ret)
{
	for (int g = 0; g < PLAN_GROUPS; g++)
		if (strcmp(word, plan_group_name((enum plan_group)g)) == 0) {
			*ret = (enum plan_group)g;
			return true;
		}
	return false;
}

static bool read_kind(const char *word, enum plan_kind *ret)
{
	for (int k = 0; k < PLAN_KINDS; k++)
		if (strcmp(word, plan_kind_name((enum plan_kind)k)) == 0) {
			*ret = (enum plan_kind)k;
			return true;
		}
	return false;
}

static bool read_count(const char *word, uint64_t most, uint64_t *ret)
{
	uint64_t n = 0;

	if (!*word)
		return false;
	for (; *word; word++) {
		if (*word < '0' || *word > '9')
			return false;
		n = n * 10 + (uint64_t)(*word - '0');
		if (n > most)
			return false;
	}
	*ret = n;
	return true;
}

static bool read_small(const char *word, uint32_t most, uint32_t *ret)
{
	uint64_t n;

	if (!read_count(word, most, &n))
		return false;
	*ret = (uint32_t)n;
	return true;
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b > 0) {
		uint64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* "1/10" or "10%" or "12.5%" as a ratio a/b in lowest terms, 0 < a <= b. */
static bool read_ratio(struct arena *a, const char *word, uint64_t *ret_a, uint64_t *ret_b)
{
	char *copy = arena_str(a, word);
	size_t len = strlen(copy);
	char *slash = strchr(copy, '/');
	uint64_t top, bottom = 100;

	if (slash) {
		*slash = 0;
		if (!read_count(copy, NUMBER_MOST, &top) ||
		    !read_count(slash + 1, NUMBER_MOST, &bottom))
			return false;
	} else {
		if (len < 2 || copy[len - 1] != '%')
			return false;
		copy[len - 1] = 0;
		char *dot = strchr(copy, '.');
		for (char *p = dot; p && *p; p++) { /* 12.5 -> 125 of 1000 */
			*p = p[1];
			bottom *= p[1] ? 10 : 1;
		}
		if (bottom > NUMBER_MOST || !read_count(copy, NUMBER_MOST, &top))
			return false;
	}
	if (top == 0 || top > bottom)
		return false;
	uint64_t common = common_divisor(top, bottom);
	*ret_a = top / common;
	*ret_b = bottom / common;
	return true;
}

static bool read_name(struct reading *r)
{
	r->rules->name = r->rest;
	return *r->rest != 0;
}

static bool read_matters(struct reading *r)
{
	r->rules->matters = r->rest;
	return *r->rest != 0;
}

static bool read_authority(struct reading *r)
{
	r->rules->authority = r->rest;
	return *r->rest != 0;
}

static bool read_period(struct reading *r)
{
	int64_t from, to;

	if (r->words != 2 || clock_parse_day(r->word[0], &from) != OK ||
	    clock_parse_day(r->word[1], &to) != OK || to < from)
		return false;
	r->rules->from = r->word[0];
	r->rules->to = r->word[1];
	return true;
}

static bool read_periods(struct reading *r)
{
	uint32_t all, now;

	if (r->words != 2 || !read_small(r->word[0], 12, &all) || !read_small(r->word[1], 12, &now))
		return false;
	if (all == 0 || now == 0 || now > all)
		return false;
	r->rules->periods = all;
	r->rules->period = now;
	return true;
}

/* Letters that dr1 allows in ids, so that the draw's id can begin with it. */
static bool read_prefix(struct reading *r)
{
	if (r->words != 1 || strlen(r->word[0]) > 48)
		return false;
	for (const char *p = r->word[0]; *p; p++)
		if (!strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._:-",
			    *p))
			return false;
	r->rules->prefix = r->word[0];
	return true;
}

static bool read_team(struct reading *r)
{
	struct plan_rules *p = r->rules;
	struct plan_team t = { .kind = PLAN_KINDS };

	r->team_tried |= r->words != 4;
	if (r->words < 3 || r->words > 4 || !read_small(r->word[0], 20, &t.need) ||
	    !read_small(r->word[1], 20, &t.min_senior) ||
	    !read_small(r->word[2], 20, &t.min_junior))
		return false;
	if (r->words == 4 && !read_kind(r->word[3], &t.kind))
		return false;
	if (t.need < 2) {
		plan_note(
			r->notes, PLAN_REFUSED,
			"规则文件第 %u 行：每组 %u 人。执法检查不得少于两人，任何情况下都不能放宽。"
			"请改为例如：班组 2 1 1。",
			r->line, t.need);
		return true;
	}
	if (t.min_senior + t.min_junior > t.need)
		return false;
	for (size_t i = 0; i < p->team_count; i++)
		if (p->teams[i].kind == t.kind)
			return false;
	if (t.kind == PLAN_KINDS && p->team_count > 0) {
		p->teams[p->team_count++] = p->teams[0];
		p->teams[0] = t;
		return true;
	}
	p->teams[p->team_count++] = t;
	return true;
}

static bool read_senior(struct reading *r)
{
	return r->words == 1 && read_small(r->word[0], 60, &r->rules->senior_years);
}

static bool read_limit(struct reading *r)
{
	return r->words == 1 && read_small(r->word[0], PLAN_NO_LIMIT, &r->rules->limit);
}

static bool read_bundle(struct reading *r)
{
	return r->words == 1 && read_small(r->word[0], 20, &r->rules->bundle) &&
	       r->rules->bundle > 0;
}

static bool read_place(struct reading *r)
{
	if (r->words != 1)
		return false;
	r->rules->by_county = strcmp(r->word[0], "按县") == 0;
	return r->rules->by_county || strcmp(r->word[0], "全市") == 0;
}

static bool read_relax(struct reading *r)
{
	static const struct {
		const char *word;
		unsigned bit;
	} steps[] = { { "轮换", PLAN_RELAX_ROTATION },
		      { "一老", PLAN_RELAX_SECOND },
		      { "上限", PLAN_RELAX_LIMIT } };

	for (size_t i = 0; i < r->words; i++) {
		size_t k = 0;
		while (k < COUNT(steps) && strcmp(steps[k].word, r->word[i]) != 0)
			k++;
		if (k == COUNT(steps))
			return false;
		r->rules->relax |= steps[k].bit;
	}
	return r->words > 0;
}

static bool read_per_inspector(struct reading *r, struct plan_minimum *m)
{
	m->basis = PLAN_PER_INSPECTOR;
	if (!read_count(r->word[2], 1000, &m->a) || m->a == 0)
		return false;
	if (r->words == 3)
		return true;
	return r->words == 5 && strcmp(r->word[3], "已查") == 0 &&
	       read_count(r->word[4], NUMBER_MOST, &m->done);
}

static bool read_minimum(struct reading *r)
{
	enum plan_group g;
	struct plan_minimum m = { .line = r->line };

	if (r->words < 3 || !read_group(r->word[0], &g) ||
	    r->rules->minimum[g].basis != PLAN_NO_MINIMUM)
		return false;
	m.visits_a_year = r->rules->minimum[g].visits_a_year;
	bool ok = false;
	if (strcmp(r->word[1], "比例") == 0) {
		m.basis = PLAN_RATIO;
		ok = r->words == 3 && read_ratio(r->notes->arena, r->word[2], &m.a, &m.b);
	} else if (strcmp(r->word[1], "数量") == 0) {
		m.basis = PLAN_NUMBER;
		ok = r->words == 3 && read_count(r->word[2], NUMBER_MOST, &m.a);
	} else if (strcmp(r->word[1], "每人") == 0) {
		ok = read_per_inspector(r, &m);
	}
	if (ok)
		r->rules->minimum[g] = m;
	return ok;
}

static bool read_law(struct reading *r)
{
	enum plan_group g;

	if (r->words < 2 || !read_group(r->word[0], &g))
		return false;
	const char *text = r->rest + strlen(r->word[0]);
	r->laws[g] = text + strspn(text, " ");
	return true;
}

static bool read_rotation(struct reading *r)
{
	enum plan_group g;

	if (r->words != 2 || !read_group(r->word[0], &g))
		return false;
	return read_small(r->word[1], 12, &r->rules->minimum[g].visits_a_year) &&
	       r->rules->minimum[g].visits_a_year > 0;
}

static bool read_own(struct reading *r)
{
	struct plan_own o = { .line = r->line };

	if (r->words != 3 || r->rules->own_count == OWN_MOST || !read_kind(r->word[0], &o.kind) ||
	    strlen(r->word[1]) != 6 || strspn(r->word[1], "0123456789") != 6)
		return false;
	if (!read_count(r->word[2], NUMBER_MOST, &o.a) &&
	    !read_ratio(r->notes->arena, r->word[2], &o.a, &o.b))
		return false;
	for (size_t i = 0; i < r->rules->own_count; i++)
		if (r->own[i].kind == o.kind && strcmp(r->own[i].county, r->word[1]) == 0)
			return false;
	o.county = r->word[1];
	r->own[r->rules->own_count++] = o;
	return true;
}

static const struct keyword keywords[] = {
	{ "名称", true, read_name, "名称 2026年第四季度随机抽查" },
	{ "机关", true, read_authority, "机关 某某市生态环境局" },
	{ "事项", true, read_matters, "事项 排污许可执行情况、污染防治设施运行情况" },
	{ "期间", true, read_period, "期间 2026-10-01 2026-12-31（起止日期）" },
	{ "期次", true, read_periods, "期次 4 4（一年分几期，本期是第几期）" },
	{ "编号", true, read_prefix, "编号 BD-2026（字母、数字和 . _ : -，抽取编号以它开头）" },
	{ "班组", false, read_team,
	  "班组 2 1 1 或 班组 3 1 1 重点兼特殊（每组几人、至少几名老、几名新；至少 2 人；每类只写一次）" },
	{ "老", true, read_senior, "老 5（入岗满几年算“老”）" },
	{ "上限", true, read_limit, "上限 12（每人本期最多几次）" },
	{ "连查", true, read_bundle, "连查 3（同一乡镇最多几家并为一趟，1 到 20）" },
	{ "分配", true, read_place, "分配 按县 或 分配 全市" },
	{ "放宽", true, read_relax, "放宽 轮换 一老 上限（可选其中几项）" },
	{ "最低", false, read_minimum,
	  "最低 重点 比例 10% 或 最低 一般 每人 5 已查 1200 或 最低 特殊 数量 80（每类只写一次；比例大于 0、不超过 1）" },
	{ "依据", false, read_law, "依据 重点 文件名和条款" },
	{ "轮查", false, read_rotation, "轮查 特殊 2（一年每家几次，1 到 12）" },
	{ "县定", false, read_own,
	  "县定 一般 130634 30 或 县定 一般 130634 1/10（类、六位县区代码、数量；每格只写一次）" },
};

/* The ASCII twin of what a Chinese keyboard makes: ０-９ ％ ／ ． ＃ －, and every kind of blank. */
static uint32_t fold(uint32_t code)
{
	static const uint32_t signs[] = { 0xff05, 0xff0f, 0xff0e, 0xff03, 0xff0d };

	if (code == 0x3000 || code == '\t' || code == '\r' || code == 0xa0)
		return ' ';
	for (size_t i = 0; i < COUNT(signs); i++)
		if (code == signs[i])
			return code - 0xfee0;
	return code >= 0xff10 && code <= 0xff19 ? code - 0xfee0 : code;
}

/* The line without its comment, folded and trimmed. The text is valid UTF-8, so it only gets shorter. */
static char *clean_line(struct arena *a, const char *at, size_t len)
{
	char *out = arena_alloc(a, len + 1);
	size_t n = 0, bytes;

	for (size_t i = 0; i < len; i += bytes) {
		uint32_t code;
		bytes = utf8_next(at + i, len - i, &code);
		code = fold(code);
		if (code == '#' && (n == 0 || out[n - 1] == ' '))
			break;
		bool nothing = code == 0x200b || code == 0xfeff || (code == ' ' && n == 0);
		if (!nothing)
			n += utf8_put(out + n, code);
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = 0;
	return out;
}

static void cut_words(struct reading *r, const char *line, char **keyword)
{
	char *copy = arena_str(r->notes->arena, line);
	char *state = NULL;

	*keyword = strtok_r(copy, " ", &state);
	r->rest = line + strlen(*keyword);
	r->rest += strspn(r->rest, " ");
	r->words = 0;
	for (char *w; r->words < WORDS_MOST && (w = strtok_r(NULL, " ", &state));)
		r->word[r->words++] = w;
}

/* Bytes of the text's first `most` that are whole characters. */
static int shown(const char *text, size_t most)
{
	return (int)utf8_valid(text, strnlen(text, most));
}

static void read_line(struct reading *r, const char *line)
{
	char *word;

	cut_words(r, line, &word);
	for (size_t i = 0; i < COUNT(keywords); i++) {
		if (strcmp(keywords[i].word, word) != 0)
			continue;
		if (keywords[i].once && (r->seen >> i & 1U))
			plan_note(r->notes, PLAN_REFUSED,
				  "规则文件第 %u 行：“%s”前面已经写过一次。请只留一行。", r->line,
				  word);
		else if (!keywords[i].read(r))
			plan_note(r->notes, PLAN_REFUSED,
				  "规则文件第 %u 行读不懂：“%.*s”。应写成：%s。", r->line,
				  shown(line, 120), line, keywords[i].form);
		r->seen |= 1U << i;
		return;
	}
	plan_note(
		r->notes, PLAN_REFUSED,
		"规则文件第 %u 行的“%.*s”不是规则用语。可用的有：名称、机关、事项、期间、期次、编号、"
		"班组、老、上限、连查、分配、放宽、最低、依据、轮查、县定；说明文字请以 # 开头。",
		r->line, shown(word, 60), word);
}

static void check_whole(struct reading *r)
{
	struct plan_rules *p = r->rules;
	bool any = false;

	bool team = p->team_count > 0 && p->teams[0].kind == PLAN_KINDS;
	if (!team && !r->team_tried)
		plan_note(
			r->notes, PLAN_REFUSED,
			"规则文件里没有通用的班组。请加一行，例如：班组 2 1 1（两人一组，一老一新）。");
	for (int g = 0; g < PLAN_GROUPS; g++) {
		struct plan_minimum *m = &p->minimum[g];
		m->law = r->laws[g];
		any |= m->basis != PLAN_NO_MINIMUM;
		if (m->basis == PLAN_NO_MINIMUM && (m->law || m->visits_a_year))
			plan_note(
				r->notes, PLAN_REFUSED,
				"规则文件为“%s”写了依据或轮查，却没有最低数。请加一行，例如：最低 %s 比例 10%%。",
				plan_group_name((enum plan_group)g),
				plan_group_name((enum plan_group)g));
		else if (m->basis != PLAN_NO_MINIMUM && !m->law)
			plan_note(r->notes, PLAN_WARNING,
				  "“%s”的最低数没有写依据（文件名和条款）。建议加一行“依据 %s …”。",
				  plan_group_name((enum plan_group)g),
				  plan_group_name((enum plan_group)g));
	}
	if (!any)
		plan_note(r->notes, PLAN_REFUSED,
			  "规则文件里没有一条最低数，抽不出任何单位。请至少写一行“最低”。");
	if (p->own_count > 0 && !p->by_county)
		plan_note(r->notes, PLAN_REFUSED,
			  "规则文件写了“县定”，却按全市分配。请加一行：分配 按县。");
}

static bool plain_dr1(const char *text, size_t len)
{
	return len >= 5 && memcmp(text, "team ", 5) == 0;
}

static void read_lines(struct reading *r, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t line = end ? (size_t)(end - (text + at)) : len - at;
		char *clean = clean_line(r->notes->arena, text + at, line);
		r->line++;
		if (*clean)
			read_line(r, clean);
		at += line + 1;
	}
}

int plan_rules_parse(const char *text, size_t len, struct plan_notes *notes, struct plan_rules *ret)
{
	struct plan_rules p = { .text = text,
				.len = len,
				.periods = 4,
				.period = 1,
				.senior_years = 5,
				.limit = PLAN_NO_LIMIT };
	size_t refused = notes->refused;
	struct reading r = { .rules = &p, .notes = notes };

	p.plain = plain_dr1(text, len);
	if (p.plain) {
		*ret = p;
		return OK;
	}
	if (utf8_valid(text, len) != len) {
		plan_note(notes, PLAN_REFUSED,
			  "规则文件不是 UTF-8 编码。请在记事本里另存为，编码选 UTF-8。");
		return INVALID;
	}
	r.own = arena_array(notes->arena, OWN_MOST, sizeof(*r.own));
	p.own = r.own;
	read_lines(&r, text, len);
	check_whole(&r);
	if (notes->refused > refused)
		return INVALID;
	*ret = p;
	return OK;
}
