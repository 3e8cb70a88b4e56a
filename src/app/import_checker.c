/* app/import_checker.c — reasons and scratch of a row, cleaning of a cell, items of a list. */
#include "app/import_checker.h"

#include "base/utf8.h"
#include "core/problem.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

void checker_init(struct checker *k, enum registry kind, const struct import_map *map)
{
	/* The scratch is large and needs no zeros. */
	memset(k, 0, offsetof(struct checker, scratch));
	k->kind = kind;
	k->map = map;
	k->fields = registry_fields(kind, &k->field_count);
}

void checker_row(struct checker *k)
{
	k->reason_count = 0;
	k->error = k->marked = false;
	k->used = 0;
}

void checker_reason(struct checker *k, enum reason_code code, uint32_t field, bool error,
		    struct span arg)
{
	k->error |= error;
	if (k->reason_count == CELL_REASONS_MOST)
		return;
	if (arg.len > REASON_ARG_MOST) {
		arg.len = REASON_ARG_MOST;
		while (arg.len && ((unsigned char)arg.at[arg.len] & 0xc0) == 0x80)
			arg.len--;
	}
	k->reasons[k->reason_count++] = (struct reason){ code, (uint8_t)field, error, arg };
}

char *checker_take(struct checker *k, size_t len)
{
	if (len > CELL_SCRATCH - k->used)
		return NULL;
	k->used += len;
	return k->scratch + k->used - len;
}

/*
 * Could this byte begin or be something that cleaning changes? Of the first bytes only those of the common
 * Chinese characters, U+4000 to U+9FFF, cannot.
 */
static inline bool suspicious(unsigned char c)
{
	return c < ' ' || c == 0x7f || (c >= 0xc0 && (c < 0xe4 || c > 0xe9));
}

static bool may_need_cleaning(const char *at, size_t len, const char *limit)
{
	size_t i = 0;
#ifdef __SSE2__
	/* As signed bytes: first bytes of characters are -64 to -1, ASCII 0 and above, the rest below. */
	const __m128i space = _mm_set1_epi8(' '), first = _mm_set1_epi8((char)0xbf);
	const __m128i common = _mm_set1_epi8((char)0xe4), after = _mm_set1_epi8((char)0xe9);

	for (; i < len && limit - (at + i) >= 16; i += 16) {
		__m128i c = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
		__m128i below = _mm_and_si128(_mm_cmpgt_epi8(c, first), _mm_cmplt_epi8(c, common));
		__m128i above = _mm_and_si128(_mm_cmpgt_epi8(c, after), _mm_cmplt_epi8(c, space));
		__m128i hit = _mm_or_si128(_mm_or_si128(below, above),
					   _mm_cmpeq_epi8(c, _mm_set1_epi8(0x7f)));
		unsigned mask = (unsigned)_mm_movemask_epi8(hit);
		if (len - i < 16)
			mask &= (1U << (len - i)) - 1;
		if (mask)
			return true;
	}
#else
	(void)limit;
#endif
	for (; i < len; i++)
		if (suspicious((unsigned char)at[i]))
			return true;
	return false;
}

static bool white(uint32_t c)
{
	return c <= ' ' || c == 0x85 || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f;
}

/* No text: what could not be decoded, controls that are no white space, and code points that will never be characters. */
static bool no_character(uint32_t c)
{
	bool control = (c < ' ' && (c < '\t' || c > '\r')) || c == 0x7f;

	return control || c == 0xfffd || (c >= 0x80 && c <= 0x9f) || (c >= 0xfdd0 && c <= 0xfdef) ||
	       (c & 0xfffe) == 0xfffe;
}

static bool private_use(uint32_t c)
{
	return (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
}

static uint32_t half_width(uint32_t c)
{
	bool digit = c >= 0xff10 && c <= 0xff19;
	bool letter = (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a);

	return digit || letter ? c - 0xfee0 : c;
}

enum { STAR = 0x2605, DENSE = 0x5bc6, PART = 0x90e8 }; /* ★, 密, 部 */

static const char *const brackets[][2] = { { "[", "]" },   { "(", ")" },   { "【", "】" },
					   { "（", "）" }, { "［", "］" }, { "〔", "〕" },
					   { "「", "」" }, { "《", "》" } };

static bool ends_with(struct span s, const char *word)
{
	size_t len = strlen(word);

	return s.len >= len && memcmp(s.at + s.len - len, word, len) == 0;
}

static struct span without_end(struct span s, const char *word)
{
	s.len -= strlen(word);
	while (s.len && s.at[s.len - 1] == ' ')
		s.len--;
	return s;
}

static bool closes(uint32_t c)
{
	return c == ']' || c == ')' || c == 0x3011 || c == 0xff09 || c == 0xff3d || c == 0x3015 ||
	       c == 0x300d || c == 0x300b;
}

/* The text ends in a bracket that closes: *s becomes what stands before it, *ret which one it was. */
static bool take_closing(struct span *s, size_t *ret)
{
	for (size_t i = 0; i < COUNT(brackets); i++)
		if (ends_with(*s, brackets[i][1])) {
			*s = without_end(*s, brackets[i][1]);
			*ret = i;
			return true;
		}
	return false;
}

/* 秘密★, 机密★10年, [内部]★: the star behind such a word is the mark of a paper that is not public. */
static bool ends_secret(const char *out, size_t len)
{
	struct span s = without_end((struct span){ out, len }, "");
	size_t kind;

	(void)take_closing(&s, &kind);
	return ends_with(s, "密") || ends_with(s, "内部");
}

/* 【机密】, （秘密）, [绝密]: the word alone in brackets is the same mark. */
static bool ends_bracketed(const char *out, size_t len)
{
	static const char *const levels[] = { "秘密", "机密", "绝密" };
	struct span s = { out, len };
	size_t kind;

	if (!take_closing(&s, &kind))
		return false;
	for (size_t i = 0; i < COUNT(levels); i++)
		if (ends_with(s, levels[i]))
			return ends_with(without_end(s, levels[i]), brackets[kind][0]);
	return false;
}

/* ★机密, ★ 绝密: the star before the word, as some write it. */
static bool ends_starred(const char *out, size_t len)
{
	static const char *const levels[] = { "秘密", "机密", "绝密", "内部" };
	struct span s = { out, len };

	for (size_t i = 0; i < COUNT(levels); i++)
		if (ends_with(s, levels[i])) {
			s = without_end(s, levels[i]);
			return ends_with(s, "★");
		}
	return false;
}

static const char grade[] = "密级";

/* 密级：秘密, 密级: 机密: the word behind what it is. */
static bool ends_graded(const char *out, size_t len)
{
	static const char *const levels[] = { "秘密", "机密", "绝密" };
	struct span s = { out, len };

	for (size_t i = 0; i < COUNT(levels); i++) {
		if (!ends_with(s, levels[i]))
			continue;
		struct span before = without_end(s, levels[i]);
		before = without_end(before, ends_with(before, "：") ? "：" : "");
		before = without_end(before, ends_with(before, ":") ? ":" : "");
		return ends_with(before, grade);
	}
	return false;
}

static void put_white(char *out, size_t *len, bool odd)
{
	bool behind = *len > 0 && out[*len - 1] == ' ';

	if (!behind || !odd)
		out[(*len)++] = ' ';
}

static size_t rewrite(struct checker *k, struct span raw, char *out, uint32_t *found)
{
	size_t len = 0;
	uint32_t c;
	bool odd = false; /* the white space being passed over is more than plain spaces */

	for (size_t i = 0, bytes; i < raw.len; i += bytes) {
		bytes = utf8_next(raw.at + i, raw.len - i, &c);
		if (no_character(c)) {
			*found |= CELL_BROKEN;
		} else if (white(c)) {
			odd |= c != ' ';
			put_white(out, &len, odd);
		} else if (problem_hides((struct span){ raw.at + i, bytes })) {
			*found |= CELL_HIDDEN;
		} else {
			odd = false;
			*found |= private_use(c) ? CELL_PRIVATE : 0;
			k->marked |= c == STAR && ends_secret(out, len);
			len += utf8_put(out + len, half_width(c));
			k->marked |= closes(c) && ends_bracketed(out, len);
			k->marked |= c == DENSE && ends_graded(out, len);
			k->marked |= (c == DENSE || c == PART) && ends_starred(out, len);
		}
	}
	return len;
}

static struct span trim(struct span s)
{
	while (s.len && s.at[0] == ' ')
		s = (struct span){ s.at + 1, s.len - 1 };
	while (s.len && s.at[s.len - 1] == ' ')
		s.len--;
	return s;
}

/* Without the apostrophe that reports put before what would run as a formula. */
static struct span unguarded(struct span raw)
{
	bool guarded = raw.len > 1 && raw.at[0] == '\'' && cell_is_formula(raw.at[1]);

	return guarded ? (struct span){ raw.at + 1, raw.len - 1 } : raw;
}

bool cell_clean(struct checker *k, struct span raw, struct span *ret, uint32_t *found)
{
	*found = 0;
	raw = unguarded(raw);
	if (k->check_utf8 && utf8_valid(raw.at, raw.len) != raw.len) {
		*found = CELL_BROKEN;
		return false;
	}
	/* A mark in plain brackets, or behind the word for it, is found by rewriting, too. */
	bool marked =
		raw.len &&
		(memchr(raw.at, ']', raw.len) || memchr(raw.at, ')', raw.len) ||
		 (raw.len >= 2 * strlen(grade) && memmem(raw.at, raw.len, grade, strlen(grade))));
	if (!marked && !may_need_cleaning(raw.at, raw.len, k->limit)) {
		*ret = trim(raw);
		return true;
	}
	/* No more bytes a character come out than went in. */
	char *out = checker_take(k, raw.len + 4);
	if (!out)
		return false;
	*ret = trim((struct span){ out, rewrite(k, raw, out, found) });
	return !(*found & CELL_BROKEN);
}

struct span checker_bad(struct checker *k, enum reason_code code, uint32_t field, struct span text)
{
	checker_reason(k, code, field, !k->fields[field].lenient, text);
	return (struct span){ "", 0 };
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

bool cell_item(struct span *list, struct span *item)
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
