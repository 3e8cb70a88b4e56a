/* app/import_kinds.c — which check belongs to which kind, and the kinds made of words. */
#include "app/import_kinds.h"

#include <string.h>

static const struct span nothing = { "", 0 };

static bool is_one_of(struct span text, const char *words)
{
	struct span rest = span_of(words), word;

	while (rest.len) {
		span_cut(&rest, '|', &word);
		if (span_equal(word, text))
			return true;
	}
	return false;
}

int kind_truth(struct span clean)
{
	if (is_one_of(
		    clean,
		    "是|1|有|Y|y|YES|Yes|yes|TRUE|True|true|√|✓|对|已安装|在|在编|在岗|可以|可|已联网|是的"))
		return 1;
	if (is_one_of(
		    clean,
		    "否|0|无|N|n|NO|No|no|FALSE|False|false|×|✗|-|/|没有|未安装|不|不在|不在编|不在岗|"
		    "不可以|不可|非|未联网|离岗|编外|不是"))
		return 0;
	return -1;
}

static struct span kind_flag(struct checker *k, uint32_t field, struct span text)
{
	int truth = kind_truth(text);

	if (truth >= 0)
		return truth ? SPAN("1") : SPAN("0");
	/* A column of the sort 专家/辅助: naming the role says yes. */
	if (k->kind == REGISTRY_INSPECTORS && field == INSPECTOR_ASSISTANT &&
	    is_one_of(text, "专家|辅助|辅助人员|协助|协助人员|第三方|辅助执法人员"))
		return SPAN("1");
	return checker_bad(k, REASON_WORD_UNKNOWN, field, text);
}

static struct span kind_choice(struct checker *k, uint32_t field, struct span text)
{
	for (const struct field_choice *c = k->fields[field].choices; c->value; c++)
		if (span_equal(text, span_of(c->value)) || is_one_of(text, c->words))
			return span_of(c->value);
	return checker_bad(k, REASON_WORD_UNKNOWN, field, text);
}

/* Appends an item to a list that is being made in the scratch. */
static void append(char *out, size_t *len, struct span item)
{
	if (*len)
		out[(*len)++] = ',';
	memcpy(out + *len, item.at, item.len);
	*len += item.len;
}

static struct span kind_words(struct checker *k, uint32_t field, struct span text)
{
	char *out = checker_take(k, text.len);
	struct span item, word;
	size_t len = 0;

	if (!out)
		return checker_bad(k, REASON_WORD_UNKNOWN, field, nothing);
	while (cell_item(&text, &item))
		while (item.len) {
			span_cut(&item, '/', &word);
			if (word.len)
				append(out, &len, word);
		}
	return (struct span){ out, len };
}

static struct span kind_counties(struct checker *k, uint32_t field, struct span text)
{
	char *out = checker_take(k, text.len * 7 + 7);
	struct span item;
	size_t len = 0;

	if (is_one_of(text, "全市|市本级|保定市|全部|全域|130600"))
		return nothing;
	if (!out)
		return checker_bad(k, REASON_COUNTY_UNKNOWN, field, nothing);
	while (cell_item(&text, &item)) {
		if (item.len == 0)
			continue;
		item = kind_county(k, field, item);
		if (item.len == 0)
			return nothing;
		append(out, &len, item);
	}
	return (struct span){ out, len };
}

/* The choices that a list names, in the order of the table. */
static struct span kind_choices(struct checker *k, uint32_t field, struct span text)
{
	const struct field *f = &k->fields[field];
	char *out = checker_take(k, f->max);
	struct span item;
	uint32_t chosen = 0;
	size_t len = 0;

	if (is_one_of(text, "全部|所有|不限"))
		return nothing;
	while (cell_item(&text, &item))
		for (uint32_t i = 0; item.len; i++) {
			if (!f->choices[i].value)
				return checker_bad(k, REASON_WORD_UNKNOWN, field, item);
			if (!span_equal(item, span_of(f->choices[i].value)) &&
			    !is_one_of(item, f->choices[i].words))
				continue;
			chosen |= 1U << i;
			break;
		}
	for (uint32_t i = 0; out && f->choices[i].value; i++)
		if (chosen & (1U << i))
			append(out, &len, span_of(f->choices[i].value));
	return (struct span){ out, len };
}

static const char recusal_kinds[] =
	"亲属|近亲属|配偶|利害关系|曾任职|任职|持股|本人|同学|其他|其他关系|亲属关系|关系";

static bool ends_with(struct span s, const char *word)
{
	size_t len = strlen(word);

	return s.len >= len && memcmp(s.at + s.len - len, word, len) == 0;
}

/*
 * The kind of relation at the end of an item, 乙厂（亲属） or 乙厂：亲属, which is cut off; nothing if what
 * stands there is not a kind, as in a firm's own name with brackets.
 */
static struct span cut_relation(struct span *text)
{
	static const char *const marks[] = { "(", "（", ":", "：" };
	struct span inside = *text;

	if (ends_with(inside, ")"))
		inside.len -= 1;
	else if (ends_with(inside, "）"))
		inside.len -= strlen("）");
	for (size_t i = inside.len; i > 0; i--) {
		struct span front = { inside.at, i }, kind = { inside.at + i, inside.len - i };
		for (size_t k = 0; k < COUNT(marks); k++) {
			if (!ends_with(front, marks[k]))
				continue;
			if (!is_one_of(kind, recusal_kinds))
				return nothing;
			text->len = i - strlen(marks[k]);
			return kind;
		}
	}
	return nothing;
}

static struct span kind_recusals(struct checker *k, uint32_t field, struct span text)
{
	char *out = checker_take(k, text.len + 1);
	struct span item, target, kind;
	size_t len = 0;

	if (!out)
		return checker_bad(k, REASON_WORD_UNKNOWN, field, nothing);
	while (cell_item(&text, &item)) {
		kind = nothing;
		if (span_cut(&item, '=', &target))
			kind = item;
		else
			kind = cut_relation(&target);
		if (target.len == 0)
			continue;
		append(out, &len, target);
		if (kind.len == 0)
			continue;
		out[len++] = '=';
		memcpy(out + len, kind.at, kind.len);
		len += kind.len;
	}
	return (struct span){ out, len };
}

static struct span kind_count(struct checker *k, uint32_t field, struct span text)
{
	struct span whole;
	uint64_t n;

	span_cut(&text, '.', &whole);
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '0')
			return checker_bad(k, REASON_COUNT_FORM, field, whole);
	if (read_number(whole, 9999999, &n) != CORE_OK)
		return checker_bad(k, REASON_COUNT_FORM, field, whole);
	return whole;
}

/* A GB/T 4754 code in upper case; a name as it stands. */
static struct span kind_industry(struct checker *k, uint32_t field, struct span text)
{
	(void)field;
	if (text.at[0] < 'a' || text.at[0] > 't' || text.len > 5)
		return text;
	char *out = checker_take(k, text.len);
	if (!out)
		return text;
	memcpy(out, text.at, text.len);
	out[0] = (char)(out[0] - 'a' + 'A');
	return (struct span){ out, text.len };
}

static struct span kind_township(struct checker *k, uint32_t field, struct span text)
{
	(void)k;
	(void)field;
	/* Twelve-digit statistical codes of townships end in 000. */
	if (text.len == 12 && memcmp(text.at + 9, "000", 3) == 0 && text.at[0] >= '0' &&
	    text.at[0] <= '9')
		text.len = 9;
	return text;
}

typedef struct span kind_function(struct checker *k, uint32_t field, struct span text);

/* NULL: the text as it stands. */
static kind_function *const functions[] = {
	[FIELD_ID] = kind_id,
	[FIELD_TEXT] = NULL,
	[FIELD_CODE] = kind_code,
	[FIELD_PERMIT] = kind_permit,
	[FIELD_COUNTY] = kind_county,
	[FIELD_COUNTIES] = kind_counties,
	[FIELD_TOWNSHIP] = kind_township,
	[FIELD_DAY] = kind_day,
	[FIELD_PERIODS] = kind_periods,
	[FIELD_DEGREE_E] = kind_degree,
	[FIELD_DEGREE_N] = kind_degree,
	[FIELD_CHOICE] = kind_choice,
	[FIELD_FLAG] = kind_flag,
	[FIELD_COUNT] = kind_count,
	[FIELD_INDUSTRY] = kind_industry,
	[FIELD_WORDS] = kind_words,
	[FIELD_CHOICES] = kind_choices,
	[FIELD_RATIO] = kind_ratio,
	[FIELD_RECUSALS] = kind_recusals,
};

struct span kind_check(struct checker *k, uint32_t field, struct span text)
{
	kind_function *check = functions[k->fields[field].kind];

	return check ? check(k, field, text) : text;
}
