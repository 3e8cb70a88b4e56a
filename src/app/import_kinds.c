/* app/import_kinds.c — which check belongs to which kind, and the kinds made of words. */
#include "app/import_kinds.h"

#include <string.h>

static const struct span nothing = { "", 0 };

struct span kind_bad(struct checker *k, enum reason_code code, uint32_t field, struct span text)
{
	checker_reason(k, code, field, !k->fields[field].lenient, text);
	return nothing;
}

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

int cell_truth(struct span clean)
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
	int truth = cell_truth(text);

	if (truth >= 0)
		return truth ? SPAN("1") : SPAN("0");
	/* A column of the sort 专家/辅助: naming the role says yes. */
	if (k->kind == REGISTRY_INSPECTORS && field == INSPECTOR_ASSISTANT &&
	    is_one_of(text, "专家|辅助|辅助人员|协助|协助人员|第三方|辅助执法人员"))
		return SPAN("1");
	return kind_bad(k, REASON_WORD_UNKNOWN, field, text);
}

static struct span kind_choice(struct checker *k, uint32_t field, struct span text)
{
	for (const struct field_choice *c = k->fields[field].choices; c->value; c++)
		if (span_equal(text, span_of(c->value)) || is_one_of(text, c->words))
			return span_of(c->value);
	return kind_bad(k, REASON_WORD_UNKNOWN, field, text);
}

/* Bytes of a separator of lists at this place, 0 if there is none. */
static size_t separator(struct span at)
{
	static const char *const wide[] = { "、", "，", "；" };

	if (at.at[0] == ',' || at.at[0] == ';' || at.at[0] == '|')
		return 1;
	for (size_t i = 0; i < COUNT(wide); i++)
		if (at.len >= 3 && memcmp(at.at, wide[i], 3) == 0)
			return 3;
	return 0;
}

bool kind_item(struct span *list, struct span *item)
{
	size_t i = 0, size = 0;

	if (list->len == 0)
		return false;
	while (i < list->len && size == 0) {
		size = separator((struct span){ list->at + i, list->len - i });
		i += size ? 0 : 1;
	}
	*item = (struct span){ list->at, i };
	*list = (struct span){ list->at + i + size, list->len - i - size };
	while (item->len && item->at[0] == ' ')
		*item = (struct span){ item->at + 1, item->len - 1 };
	while (item->len && item->at[item->len - 1] == ' ')
		item->len--;
	return true;
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
		return kind_bad(k, REASON_WORD_UNKNOWN, field, nothing);
	while (kind_item(&text, &item))
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
		return kind_bad(k, REASON_COUNTY_UNKNOWN, field, nothing);
	while (kind_item(&text, &item)) {
		if (item.len == 0)
			continue;
		item = kind_county(k, field, item);
		if (item.len == 0)
			return nothing;
		append(out, &len, item);
	}
	return (struct span){ out, len };
}

static const char recusal_kinds[] =
	"亲属|近亲属|配偶|利害关系|曾任职|任职|持股|本人|同学|其他|其他关系|亲属关系|关系";

/* Text without `(亲属)` or `（亲属）` at its end, and the word in those brackets, if it is a kind. */
static struct span cut_brackets(struct span *text)
{
	size_t close = text->len && text->at[text->len - 1] == ')'                        ? 1
		       : text->len >= 3 && memcmp(text->at + text->len - 3, "）", 3) == 0 ? 3
											  : 0;
	for (size_t i = text->len - close; close && i > 0; i--) {
		size_t open = text->at[i - 1] == '('                             ? 1
			      : i >= 3 && memcmp(text->at + i - 3, "（", 3) == 0 ? 3
										 : 0;
		if (!open)
			continue;
		struct span kind = { text->at + i, text->len - close - i };
		if (!is_one_of(kind, recusal_kinds))
			break;
		text->len = i - open;
		return kind;
	}
	return nothing;
}

static struct span kind_recusals(struct checker *k, uint32_t field, struct span text)
{
	char *out = checker_take(k, text.len + 1);
	struct span item, target, kind;
	size_t len = 0;

	if (!out)
		return kind_bad(k, REASON_WORD_UNKNOWN, field, nothing);
	while (kind_item(&text, &item)) {
		kind = nothing;
		if (span_cut(&item, '=', &target))
			kind = item;
		else
			kind = cut_brackets(&target);
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
			return kind_bad(k, REASON_COUNT_FORM, field, whole);
	if (read_number(whole, 9999999, &n) != CORE_OK)
		return kind_bad(k, REASON_COUNT_FORM, field, whole);
	return whole;
}

/* A GB/T 4754 code in upper case; a name as it stands. */
static struct span kind_industry(struct checker *k, struct span text)
{
	if (text.at[0] < 'a' || text.at[0] > 't' || text.len > 5)
		return text;
	char *out = checker_take(k, text.len);
	if (!out)
		return text;
	memcpy(out, text.at, text.len);
	out[0] = (char)(out[0] - 'a' + 'A');
	return (struct span){ out, text.len };
}

static struct span kind_township(struct span text)
{
	/* Twelve-digit statistical codes of townships end in 000. */
	if (text.len == 12 && memcmp(text.at + 9, "000", 3) == 0 && text.at[0] >= '0' &&
	    text.at[0] <= '9')
		text.len = 9;
	return text;
}

struct span kind_check(struct checker *k, uint32_t field, struct span text)
{
	switch (k->fields[field].kind) {
	case FIELD_ID:
		return kind_id(k, field, text);
	case FIELD_CODE:
		return kind_code(k, field, text);
	case FIELD_PERMIT:
		return kind_permit(k, field, text);
	case FIELD_COUNTY:
		return kind_county(k, field, text);
	case FIELD_COUNTIES:
		return kind_counties(k, field, text);
	case FIELD_TOWNSHIP:
		return kind_township(text);
	case FIELD_DAY:
		return kind_day(k, field, text);
	case FIELD_PERIODS:
		return kind_periods(k, field, text);
	case FIELD_DEGREE_E:
	case FIELD_DEGREE_N:
		return kind_degree(k, field, text);
	case FIELD_CHOICE:
		return kind_choice(k, field, text);
	case FIELD_FLAG:
		return kind_flag(k, field, text);
	case FIELD_COUNT:
		return kind_count(k, field, text);
	case FIELD_INDUSTRY:
		return kind_industry(k, text);
	case FIELD_WORDS:
		return kind_words(k, field, text);
	case FIELD_RECUSALS:
		return kind_recusals(k, field, text);
	case FIELD_TEXT:
		break;
	}
	return text;
}
