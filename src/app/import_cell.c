/* app/import_cell.c — the way of every cell: remembered, cleaned, replaced by the map, checked by its kind. */
#include "app/import_cell.h"

#include "app/identifiers.h"
#include "app/import_kinds.h"

#include <string.h>

/* What people write where there is nothing. */
static bool placeholder(struct span s)
{
	static const struct span words[] = {
		SPAN("-"),  SPAN("--"),   SPAN("/"),  SPAN("\\"),  SPAN("—"),    SPAN("——"),
		SPAN("无"), SPAN("暂无"), SPAN("空"), SPAN("N/A"), SPAN("NULL"), SPAN("null"),
	};

	for (size_t i = 0; s.len <= 6 && i < COUNT(words); i++)
		if (s.len == words[i].len && memcmp(s.at, words[i].at, s.len) == 0)
			return true;
	return false;
}

/* #DIV/0!, #N/A, #NAME? and the like: what a formula that failed leaves behind. */
static bool is_failed_formula(struct span s)
{
	if (s.len < 4 || s.at[0] != '#')
		return false;
	char last = s.at[s.len - 1];
	for (size_t i = 1; i + 1 < s.len; i++)
		if (!(s.at[i] >= 'A' && s.at[i] <= 'Z') && s.at[i] != '/' && s.at[i] != '0' &&
		    s.at[i] != '_')
			return false;
	return last == '!' || last == '?' || span_equal(s, SPAN("#N/A")) ||
	       span_equal(s, SPAN("#GETTING_DATA"));
}

static struct span when_empty(struct checker *k, uint32_t field)
{
	const struct field *f = &k->fields[field];

	if (f->required)
		checker_reason(k, REASON_MISSING, field, true, (struct span){ "", 0 });
	return f->absent ? span_of(f->absent) : (struct span){ "", 0 };
}

static struct span too_long(struct checker *k, uint32_t field)
{
	char *text = checker_take(k, 8);
	struct writer w = { text, text ? 8 : 0, 0, false };

	write_number(&w, k->fields[field].max);
	checker_reason(k, REASON_TOO_LONG, field, true, (struct span){ text, w.len });
	return (struct span){ "", 0 };
}

/* Where a value is remembered: by what tells short Chinese words apart, their length and last bytes. */
static struct cell_memory *memory_of(struct checker *k, uint32_t field, struct span raw)
{
	uint32_t h = (uint32_t)raw.len;

	if (raw.len >= 4)
		h += (uint32_t)(unsigned char)raw.at[1] * 5 +
		     (uint32_t)(unsigned char)raw.at[2] * 7 +
		     (uint32_t)(unsigned char)raw.at[raw.len - 1] * 3 +
		     (unsigned char)raw.at[raw.len - 4];
	else if (raw.len)
		h += (unsigned char)raw.at[raw.len - 1];
	return &k->memory[field][(h ^ (h >> 4)) % CELL_MEMORIES];
}

static bool recall(const struct cell_memory *m, struct span raw, struct span *ret)
{
	if (!m->known || m->raw_len != raw.len || memcmp(m->raw, raw.at, raw.len) != 0)
		return false;
	*ret = (struct span){ m->value, m->value_len };
	return true;
}

static void remember(struct cell_memory *m, struct span raw, struct span value)
{
	m->known = raw.len <= CELL_REMEMBERED && value.len <= CELL_REMEMBERED;
	if (!m->known)
		return;
	memcpy(m->raw, raw.at, raw.len);
	memmove(m->value, value.at, value.len);
	m->raw_len = (uint8_t)raw.len;
	m->value_len = (uint8_t)value.len;
}

/* Kinds whose values repeat from row to row. */
static const bool repeats[] = {
	[FIELD_COUNTY] = true,  [FIELD_COUNTIES] = true, [FIELD_CHOICE] = true,
	[FIELD_FLAG] = true,    [FIELD_WORDS] = true,    [FIELD_DAY] = true,
	[FIELD_CHOICES] = true, [FIELD_RATIO] = true,    [FIELD_RECUSALS] = false,
};

/* Identity numbers of people do not enter a registry; where one cannot be a number at all its kind says so. */
static struct span without_people(struct checker *k, uint32_t field, struct span text)
{
	const struct field *f = &k->fields[field];
	bool number = f->kind == FIELD_ID || f->kind == FIELD_CODE ||
		      (k->kind == REGISTRY_RECUSALS &&
		       (field == RECUSAL_INSPECTOR || field == RECUSAL_TARGET));

	if (!identifier_has_resident(text) || (number && identifier_is_resident(text)))
		return text;
	checker_reason(k, REASON_PERSON_MASKED, field, false, (struct span){ "", 0 });
	char *out = checker_take(k, text.len);
	if (!out)
		return (struct span){ "", 0 };
	memcpy(out, text.at, text.len);
	identifier_mask_residents(out, text.len);
	return (struct span){ out, text.len };
}

/* Kinds that are written in ASCII alone: signs come from a keyboard that types them wide. */
static const bool narrow[] = {
	[FIELD_ID] = true,        [FIELD_CODE] = true,    [FIELD_PERMIT] = true,
	[FIELD_DAY] = true,       [FIELD_PERIODS] = true, [FIELD_DEGREE_E] = true,
	[FIELD_DEGREE_N] = true,  [FIELD_COUNT] = true,   [FIELD_RATIO] = true,
	[FIELD_RECUSALS] = false,
};

/* －．／＿ and, in a number, ： become the signs that they stand for. */
static struct span narrowed(struct checker *k, const struct field *f, struct span text)
{
	static const struct {
		const char *wide;
		char sign;
	} signs[] = { { "－", '-' }, { "．", '.' }, { "／", '/' }, { "＿", '_' }, { "：", ':' } };
	size_t known = COUNT(signs) - (f->kind == FIELD_ID ? 0 : 1), len = 0;
	char *out;

	if (!narrow[f->kind] || !memchr(text.at, 0xef, text.len) ||
	    !(out = checker_take(k, text.len)))
		return text;
	for (size_t i = 0; i < text.len;) {
		size_t s = 0;
		while (s < known &&
		       (text.len - i < 3 || memcmp(text.at + i, signs[s].wide, 3) != 0))
			s++;
		out[len++] = s < known ? signs[s].sign : text.at[i];
		i += s < known ? 3 : 1;
	}
	return (struct span){ out, len };
}

static struct span check_clean(struct checker *k, uint32_t field, struct span text)
{
	const struct field *f = &k->fields[field];
	struct span value;

	if (f->kind != FIELD_TEXT && f->kind != FIELD_FLAG && placeholder(text))
		text.len = 0;
	if (k->map->word_count && import_map_word(k->map, field, text, &value))
		text = value;
	if (is_failed_formula(text)) {
		checker_reason(k, f->required ? REASON_FORMULA : REASON_FORMULA_EMPTY, field,
			       f->required, text);
		if (f->required)
			return (struct span){ "", 0 };
		text.len = 0;
	}
	if (text.len == 0)
		text = k->map->fixed[field];
	if (text.len == 0)
		return when_empty(k, field);
	text = narrowed(k, f, without_people(k, field, text));
	value = kind_check(k, field, text);
	return value.len > f->max ? too_long(k, field) : value;
}

struct span cell_check(struct checker *k, uint32_t field, struct span raw)
{
	static const struct span nothing = { "", 0 };
	const struct field *f = &k->fields[field];
	struct cell_memory *memory = repeats[f->kind] ? memory_of(k, field, raw) : NULL;
	struct span text, value;
	uint32_t reasons = k->reason_count, found;

	if (memory && recall(memory, raw, &value))
		return value;
	/* Four times the room leaves space for what cleaning drops. */
	if (raw.len > (size_t)f->max * 4 + 256)
		return too_long(k, field);
	if (!cell_clean(k, raw, &text, &found)) {
		if (!(found & CELL_BROKEN))
			return too_long(k, field);
		checker_reason(k, REASON_ENCODING, field, true, nothing);
		return nothing;
	}
	value = check_clean(k, field, text);
	if (found & CELL_HIDDEN)
		checker_reason(k, REASON_HIDDEN, field, false, nothing);
	if (found & CELL_PRIVATE)
		checker_reason(k, REASON_PRIVATE, field, false, nothing);
	if (memory && reasons == k->reason_count && !k->marked)
		remember(memory, raw, value);
	return value;
}
