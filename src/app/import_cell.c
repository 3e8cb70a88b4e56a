/* app/import_cell.c — cleaning, the way of every cell, and memory; the kinds are in import_kinds.c. */
#include "app/import_cell.h"

#include "app/import_kinds.h"
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
	k->error = false;
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

static size_t rewrite(struct span raw, char *out, bool *broken)
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
	*ret = trim((struct span){ out, rewrite(raw, out, broken) });
	return !*broken;
}

/* What people write where there is nothing. */
static bool placeholder(struct span s)
{
	static const struct span words[] = {
		SPAN("-"),    SPAN("--"),   SPAN("/"),    SPAN("\\"), SPAN("—"),
		SPAN("——"),   SPAN("无"),   SPAN("暂无"), SPAN("空"), SPAN("N/A"),
		SPAN("NULL"), SPAN("null"), SPAN("#N/A"),
	};

	for (size_t i = 0; s.len <= 6 && i < COUNT(words); i++)
		if (s.len == words[i].len && memcmp(s.at, words[i].at, s.len) == 0)
			return true;
	return false;
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
static bool repeats(enum field_kind kind)
{
	switch (kind) {
	case FIELD_COUNTY:
	case FIELD_COUNTIES:
	case FIELD_CHOICE:
	case FIELD_FLAG:
	case FIELD_WORDS:
	case FIELD_DAY:
		return true;
	case FIELD_ID:
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_PERMIT:
	case FIELD_TOWNSHIP:
	case FIELD_PERIODS:
	case FIELD_DEGREE_E:
	case FIELD_DEGREE_N:
	case FIELD_COUNT:
	case FIELD_INDUSTRY:
	case FIELD_RECUSALS:
		break;
	}
	return false;
}

static struct span check_clean(struct checker *k, uint32_t field, struct span text)
{
	const struct field *f = &k->fields[field];
	struct span value;

	if (f->kind != FIELD_TEXT && f->kind != FIELD_FLAG && placeholder(text))
		text.len = 0;
	if (k->map->word_count && import_map_word(k->map, field, text, &value))
		text = value;
	if (text.len == 0)
		text = k->map->fixed[field];
	if (text.len == 0)
		return when_empty(k, field);
	value = kind_check(k, field, text);
	return value.len > f->max ? too_long(k, field) : value;
}

struct span cell_check(struct checker *k, uint32_t field, struct span raw)
{
	const struct field *f = &k->fields[field];
	struct cell_memory *memory = repeats(f->kind) ? memory_of(k, field, raw) : NULL;
	bool broken;
	struct span text, value;
	uint32_t reasons = k->reason_count;

	if (memory && recall(memory, raw, &value))
		return value;
	/* Four times the room leaves space for what cleaning drops. */
	if (raw.len > (size_t)f->max * 4 + 256)
		return too_long(k, field);
	if (!cell_clean(k, raw, &text, &broken)) {
		if (!broken)
			return too_long(k, field);
		checker_reason(k, REASON_ENCODING, field, true, (struct span){ "", 0 });
		return (struct span){ "", 0 };
	}
	value = check_clean(k, field, text);
	if (memory && reasons == k->reason_count)
		remember(memory, raw, value);
	return value;
}
