/* app/import_codes.c — ids, codes, coordinates and districts of one cell. */
#include "app/identifiers.h"
#include "app/import_area.h"
#include "app/import_kinds.h"

#include <string.h>

static const struct span nothing = { "", 0 };

static struct span keep(struct checker *k, const char *at, size_t len)
{
	char *out = checker_take(k, len);

	if (!out)
		return nothing;
	memcpy(out, at, len);
	return (struct span){ out, len };
}

struct span kind_id(struct checker *k, uint32_t field, struct span text)
{
	if (k->kind == REGISTRY_INSPECTORS && identifier_is_resident(text)) {
		checker_reason(k, REASON_ID_IS_PERSON, field, true, nothing);
		return nothing;
	}
	if (registry_id_valid(text))
		return text;
	checker_reason(k, REASON_ID_FORM, field, true,
		       identifier_is_resident(text) ? nothing : text);
	return nothing;
}

struct span kind_code(struct checker *k, uint32_t field, struct span text)
{
	struct identifier code;

	identifier_code(text, &code);
	/* The identity number of a sole trader also has 18 digits; only what is no code is taken for one. */
	if (code.verdict != IDENTIFIER_OK && code.verdict != IDENTIFIER_INNER &&
	    identifier_is_resident((struct span){ code.text, code.len })) {
		checker_reason(k, REASON_CODE_IS_PERSON, field, false, nothing);
		return nothing;
	}
	struct span ret = keep(k, code.text, code.len), digit = keep(k, &code.expected, 1);
	switch (code.verdict) {
	case IDENTIFIER_OK:
		break;
	case IDENTIFIER_CORRECTED:
		checker_reason(k, REASON_CODE_CORRECTED, field, false, ret);
		break;
	case IDENTIFIER_CHECK:
		checker_reason(k, REASON_CODE_CHECK, field, false, digit);
		break;
	case IDENTIFIER_INNER:
		checker_reason(k, REASON_CODE_INNER, field, false, nothing);
		break;
	case IDENTIFIER_FORM:
		checker_reason(k, REASON_CODE_FORM, field, false, ret);
		break;
	}
	return ret;
}

struct span kind_permit(struct checker *k, uint32_t field, struct span text)
{
	struct identifier permit;

	identifier_permit(text, &permit);
	struct span ret = keep(k, permit.text, permit.len);
	if (permit.verdict == IDENTIFIER_CORRECTED)
		checker_reason(k, REASON_PERMIT_CORRECTED, field, false, ret);
	else if (permit.verdict == IDENTIFIER_FORM)
		checker_reason(k, REASON_PERMIT_FORM, field, false, ret);
	else if (permit.verdict != IDENTIFIER_OK)
		checker_reason(k, REASON_PERMIT_CHECK, field, false, nothing);
	return ret;
}

enum { UNIT = 10000000 };

struct degree_reading {
	struct span rest;
	uint64_t value; /* 1e-7 degree */
	bool bad;
};

/* A decimal number times 1e7, rounded half up at the eighth digit; at most four digits before the point. */
static uint64_t read_decimal(struct degree_reading *r)
{
	uint64_t value = 0, unit = UNIT;
	uint32_t count = 0, after = 0;
	bool point = false, round_up = false;

	for (; r->rest.len; r->rest.at++, r->rest.len--) {
		char c = r->rest.at[0];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		if (!point && ++count > 4)
			break;
		if (point && ++after > 7) {
			round_up |= after == 8 && c >= '5';
			continue;
		}
		value = value * 10 + (uint64_t)(c - '0');
		if (point)
			unit /= 10;
	}
	r->bad |= count == 0;
	return value * unit + (round_up ? 1 : 0);
}

static bool skip_one(struct span *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(words[i]);
		if (text->len >= size && memcmp(text->at, words[i], size) == 0) {
			*text = (struct span){ text->at + size, text->len - size };
			while (text->len && text->at[0] == ' ')
				*text = (struct span){ text->at + 1, text->len - 1 };
			return true;
		}
	}
	return false;
}

/* Our own form, 1154876543: a coordinate in degrees never has that many digits before its point. */
static bool is_canonical(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return text.len >= 8 && text.len <= 10 && text.at[0] != '0';
}

static bool starts_with_digit(struct span s)
{
	return s.len && s.at[0] >= '0' && s.at[0] <= '9';
}

/* 115.4876543, 115.4876543°, 115°29′15.6″, with E/N or 东经/北纬 around. */
static bool read_degree(struct span text, uint64_t *ret)
{
	static const char *const degree[] = { "°", "度", "º" };
	static const char *const minute[] = { "′", "'", "’", "分" };
	static const char *const second[] = { "″", "\"", "”", "秒", "''" };
	static const char *const around[] = { "东经", "北纬", "E", "N" };
	struct degree_reading r = { .rest = text };

	(void)skip_one(&r.rest, around, COUNT(around));
	r.value = read_decimal(&r);
	if (skip_one(&r.rest, degree, COUNT(degree)) && starts_with_digit(r.rest)) {
		uint64_t seconds = 60 * read_decimal(&r);
		r.bad |= !skip_one(&r.rest, minute, COUNT(minute));
		if (starts_with_digit(r.rest)) {
			seconds += read_decimal(&r);
			(void)skip_one(&r.rest, second, COUNT(second));
		}
		r.value += (seconds + 1800) / 3600;
	}
	(void)skip_one(&r.rest, around, COUNT(around));
	*ret = r.value;
	return !r.bad && r.rest.len == 0;
}

struct span kind_degree(struct checker *k, uint32_t field, struct span text)
{
	bool east = k->fields[field].kind == FIELD_DEGREE_E;
	uint64_t value, least = east ? 73 : 3, most = east ? 136 : 54;
	char *out = checker_take(k, 12);
	struct writer w = { out, out ? 12 : 0, 0, false };

	if (is_canonical(text))
		(void)!read_number(text, UINT64_MAX, &value);
	else if (!read_degree(text, &value))
		return checker_bad(k, REASON_DEGREE_FORM, field, text);
	if (value < least * UNIT || value > most * UNIT)
		return checker_bad(k, REASON_DEGREE_RANGE, field, text);
	write_number(&w, value);
	return (struct span){ out, w.len };
}

static bool six_digits(struct span text)
{
	if (text.len != 6 || text.at[0] == '0')
		return false;
	for (size_t i = 0; i < 6; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return true;
}

struct span kind_county(struct checker *k, uint32_t field, struct span text)
{
	const struct area *unit = NULL;
	enum area_verdict verdict = area_find(text, &unit);
	struct span mapped;

	/* Items of a list come here one by one, so the map's words are asked again. */
	if (verdict == AREA_UNKNOWN && import_map_word(k->map, field, text, &mapped)) {
		text = mapped;
		verdict = area_find(text, &unit);
	}
	if (verdict == AREA_OURS || (k->any_area && unit))
		return span_of(unit->code);
	if (k->any_area && six_digits(text))
		return text;
	enum reason_code unknown = k->any_area ? REASON_COUNTY_NO_CODE : REASON_COUNTY_UNKNOWN;
	return checker_bad(k, verdict == AREA_FOREIGN ? REASON_COUNTY_FOREIGN : unknown, field,
			   text);
}
