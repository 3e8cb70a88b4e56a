/* app/import_match.c — when two rows without a number are the same object. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

/* Next byte of a text as it is compared: without spaces, brackets half-width; -1 at the end. */
static int next_byte(const struct span *s, size_t *i)
{
	while (*i < s->len && s->at[*i] == ' ')
		++*i;
	if (*i == s->len)
		return -1;
	if (s->len - *i >= 3 && s->at[*i] == '\xef' && s->at[*i + 1] == '\xbc' &&
	    (s->at[*i + 2] == '\x88' || s->at[*i + 2] == '\x89')) {
		*i += 3;
		return s->at[*i - 1] == '\x88' ? '(' : ')';
	}
	return (unsigned char)s->at[(*i)++];
}

static bool same_text(struct span a, struct span b)
{
	size_t i = 0, j = 0;
	int c;

	do {
		c = next_byte(&a, &i);
		if (c != next_byte(&b, &j))
			return false;
	} while (c >= 0);
	return true;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product =
		(unsigned __int128)(a ^ 0x9e3779b97f4a7c15U) * (b ^ 0xd6e8feb86659fd93U);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_plain(const char *at, size_t len, uint64_t h)
{
	uint64_t word;

	h ^= len;
	for (; len >= 8; at += 8, len -= 8) {
		memcpy(&word, at, 8);
		h = mix(h, word);
	}
	word = 0;
	memcpy(&word, at, len);
	return mix(h, word);
}

static uint64_t hash_text(struct span s, uint64_t h)
{
	enum { ROOM = 512 };
	char folded[ROOM];
	size_t len = 0;
	int c;

	if (s.len == 0 || (!memchr(s.at, 0xef, s.len) && !memchr(s.at, ' ', s.len)))
		return hash_plain(s.len ? s.at : "", s.len, h);
	for (size_t i = 0; len < ROOM && (c = next_byte(&s, &i)) >= 0;)
		folded[len++] = (char)c;
	return hash_plain(folded, len, h);
}

/* Cells that make one way; the first `needed` of them must not be empty, or there is no such way. */
struct way {
	struct span cell[4];
	uint32_t count, needed;
};

struct ways {
	struct way first, second;
};

static struct ways ways_of(enum registry kind, const struct span *c)
{
	static const struct way none = { .count = 0 };

	switch (kind) {
	case REGISTRY_INSPECTORS:
		return (struct ways){ { { c[INSPECTOR_CERTIFICATE] }, 1, 1 },
				      { { c[INSPECTOR_NAME], c[INSPECTOR_UNIT] }, 2, 2 } };
	case REGISTRY_MATTERS:
		return (struct ways){ { { c[MATTER_NAME], c[MATTER_CATEGORY] }, 2, 1 }, none };
	case REGISTRY_RECUSALS:
		return (struct ways){ { { c[RECUSAL_INSPECTOR], c[RECUSAL_TARGET], c[RECUSAL_KIND],
					  c[RECUSAL_FROM] },
					4,
					2 },
				      none };
	case REGISTRY_SITES:
	case REGISTRIES:
		break;
	}
	bool address = c[SITE_ADDRESS].len > 0;
	return (struct ways){
		{ { c[SITE_CODE], c[SITE_ADDRESS] }, 2, 2 },
		{ { c[SITE_NAME], address ? c[SITE_ADDRESS] : c[SITE_COUNTY] }, 2, 2 }
	};
}

static uint32_t way_hash(const struct way *way)
{
	uint64_t h = 1;

	for (uint32_t i = 0; i < way->needed; i++)
		if (way->cell[i].len == 0)
			return 0;
	if (way->count == 0)
		return 0;
	for (uint32_t i = 0; i < way->count; i++)
		h = hash_text(way->cell[i], h);
	uint32_t low = (uint32_t)(h ^ (h >> 32));
	return low ? low : 1;
}

struct import_match import_match_of(enum registry kind, const struct span *cells)
{
	struct ways w = ways_of(kind, cells);

	return (struct import_match){ way_hash(&w.first), way_hash(&w.second) };
}

static bool is_cell(struct span cell, struct span other)
{
	return cell.len && same_text(cell, other);
}

/* Do two inspectors have a certificate number in common? */
static bool share_certificate(const struct span *a, const struct span *b)
{
	return is_cell(a[INSPECTOR_CERTIFICATE], b[INSPECTOR_CERTIFICATE]) ||
	       is_cell(a[INSPECTOR_CERTIFICATE], b[INSPECTOR_CERTIFICATE2]) ||
	       is_cell(a[INSPECTOR_CERTIFICATE2], b[INSPECTOR_CERTIFICATE]) ||
	       is_cell(a[INSPECTOR_CERTIFICATE2], b[INSPECTOR_CERTIFICATE2]);
}

static bool has_certificate(const struct span *cells)
{
	return cells[INSPECTOR_CERTIFICATE].len || cells[INSPECTOR_CERTIFICATE2].len;
}

/* Two people of one name in one office have numbers of their own. */
static bool contradict(enum registry kind, const struct span *a, const struct span *b)
{
	return kind == REGISTRY_INSPECTORS && has_certificate(a) && has_certificate(b) &&
	       !share_certificate(a, b);
}

bool import_match_same(enum registry kind, bool first, const struct span *a, const struct span *b)
{
	struct ways x = ways_of(kind, a), y = ways_of(kind, b);
	const struct way *p = first ? &x.first : &x.second, *q = first ? &y.first : &y.second;

	if (!first && contradict(kind, a, b))
		return false;
	for (uint32_t i = 0; i < p->count; i++)
		if (!same_text(p->cell[i], q->cell[i]))
			return false;
	return p->count > 0;
}
