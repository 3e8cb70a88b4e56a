/* app/import_checker.c — reasons and scratch of a row, cleaning of a cell, items of a list. */
#include "app/import_checker.h"

#include "base/utf8.h"

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

/* Could this byte begin or be something that cleaning changes? */
static inline bool suspicious(unsigned char c)
{
	return c < ' ' || c == 0x7f || c == 0xc2 || c == 0xe2 || c == 0xe3 || c == 0xef;
}

static bool may_need_cleaning(const char *at, size_t len, const char *limit)
{
	size_t i = 0;
#ifdef __SSE2__
	const __m128i space = _mm_set1_epi8(' '), high = _mm_set1_epi8(-1);

	for (; i < len && limit - (at + i) >= 16; i += 16) {
		__m128i c = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
		/* Control characters: below space as signed bytes and not negative. */
		__m128i hit = _mm_and_si128(_mm_cmplt_epi8(c, space), _mm_cmpgt_epi8(c, high));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(c, _mm_set1_epi8(0x7f)));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0xc2)));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0xe2)));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0xe3)));
		hit = _mm_or_si128(hit, _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0xef)));
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
	return c <= ' ' || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x3000 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f;
}

static bool invisible(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x206f) || c == 0xfeff ||
	       c == 0xad;
}

static uint32_t half_width(uint32_t c)
{
	bool digit = c >= 0xff10 && c <= 0xff19;
	bool letter = (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a);

	return digit || letter ? c - 0xfee0 : c;
}

enum { STAR = 0x2605 };

/* 秘密★, 机密★10年: the star behind 密 is the mark of a classified paper. */
static bool ends_secret(const char *out, size_t len)
{
	return len >= 3 && memcmp(out + len - 3, "密", 3) == 0;
}

static size_t rewrite(struct checker *k, struct span raw, char *out, bool *broken)
{
	size_t len = 0;
	uint32_t c;
	bool odd = false; /* the white space being passed over is more than plain spaces */

	for (size_t i = 0; i < raw.len;) {
		size_t bytes = utf8_next(raw.at + i, raw.len - i, &c);
		i += bytes;
		*broken |= c == 0xfffd;
		if (invisible(c) || c == 0xfffd)
			continue;
		if (!white(c)) {
			odd = false;
			k->marked |= c == STAR && ends_secret(out, len);
			len += utf8_put(out + len, half_width(c));
			continue;
		}
		bool behind = len > 0 && out[len - 1] == ' ';
		odd |= c != ' ';
		if (!behind || !odd)
			out[len++] = ' ';
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

bool cell_clean(struct checker *k, struct span raw, struct span *ret, bool *broken)
{
	*broken = false;
	if (k->check_utf8 && utf8_valid(raw.at, raw.len) != raw.len) {
		*broken = true;
		return false;
	}
	if (!may_need_cleaning(raw.at, raw.len, k->limit)) {
		*ret = trim(raw);
		return true;
	}
	/* Three bytes a character at most come out of the three or fewer that went in. */
	char *out = checker_take(k, raw.len + 4);
	if (!out)
		return false;
	*ret = trim((struct span){ out, rewrite(k, raw, out, broken) });
	return !*broken;
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
