/* app/draw_signatures.c — signatures.tsv, canonical so that every byte of it is checked. */
#include "app/draw_signatures.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "core/text.h"
#include "files/sign.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 1 << 16 };

int draw_signature_parse(struct arena *a, const char *party, const char *text,
			 struct draw_signature *ret)
{
	const char *colon = strchr(text, ':');

	if (!colon)
		return INVALID;
	struct draw_signature s = { party, arena_mem(a, text, (size_t)(colon - text)), colon + 1 };
	if (!sign_is_hex(s.key, SIGN_KEY_HEX) || !sign_is_hex(s.signature, SIGN_HEX))
		return INVALID;
	*ret = s;
	return OK;
}

bool draw_signature_right(const struct draw_signature *s, struct span draw_id,
			  const struct declare_share *share)
{
	char text[512];
	struct writer w = { text, sizeof(text), 0, false };

	write_span(&w, draw_id);
	write_char(&w, '\n');
	write_span(&w, share->party);
	write_char(&w, '\n');
	write_span(&w, share->commitment);
	write_char(&w, '\n');
	return !w.full && sign_check(s->key, s->signature, text, w.len);
}

/* One line into the list; it must come after the one before it. */
static bool read_line(struct arena *a, struct span line, struct draw_signatures *ret)
{
	struct span party, key;

	if (ret->count == DECLARE_MOST_SHARES || !span_cut(&line, '\t', &party) ||
	    !span_cut(&line, '\t', &key) || !text_is_id(party) || !text_is_hex(key, SIGN_KEY_HEX) ||
	    !text_is_hex(line, SIGN_HEX))
		return false;
	if (ret->count && span_compare(span_of(ret->list[ret->count - 1].party), party) >= 0)
		return false;
	ret->list[ret->count++] = (struct draw_signature){ arena_mem(a, party.at, party.len),
							   arena_mem(a, key.at, key.len),
							   arena_mem(a, line.at, line.len) };
	return true;
}

int draw_signatures_read(struct arena *a, const char *folder, struct draw_signatures *ret,
			 uint64_t *line_number)
{
	struct draw_signatures out = { .count = 0 };
	struct span text, line;
	char *data;

	const char *path = arena_printf(a, "%s/" DRAW_SIGNATURES_FILE, folder);
	struct stat st;

	*line_number = 0;
	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return INVALID;
	TRY(file_read(a, path, FILE_MOST, &data, &text.len));
	text.at = data;
	*line_number = 1;
	if (text.len == 0 || text.at[text.len - 1] != '\n')
		return INVALID;
	for (; text_line(&text, &line); ++*line_number)
		if (!read_line(a, line, &out))
			return INVALID;
	*ret = out;
	return OK;
}

static int by_party(const void *a, const void *b)
{
	return strcmp(((const struct draw_signature *)a)->party,
		      ((const struct draw_signature *)b)->party);
}

int draw_signatures_write(struct arena *a, const char *folder, struct draw_signatures *s)
{
	CLEANUP(buf_release) struct buf text;
	const char *path = arena_printf(a, "%s/" DRAW_SIGNATURES_FILE, folder);
	char *was;
	size_t len;

	buf_init(&text, FILE_MOST);
	qsort(s->list, s->count, sizeof(s->list[0]), by_party);
	for (size_t i = 0; i < s->count; i++)
		buf_printf(&text, "%s\t%s\t%s\n", s->list[i].party, s->list[i].key,
			   s->list[i].signature);
	int rc = file_read(a, path, FILE_MOST, &was, &len);
	if (rc == OK)
		return len == text.len && memcmp(was, text.data, len) == 0 ? OK : CONFLICT;
	if (rc == TOO_LARGE)
		return CONFLICT;
	return rc == NONE ? file_write(path, text.data, text.len, 0644) : rc;
}

const struct draw_signature *draw_signature_of(const struct draw_signatures *s, struct span party)
{
	for (size_t i = 0; i < s->count; i++)
		if (span_equal(span_of(s->list[i].party), party))
			return &s->list[i];
	return NULL;
}

static const struct declare_share *share_of(const struct declaration *d, const char *party)
{
	for (uint32_t i = 0; i < d->share_count; i++)
		if (span_equal(d->shares[i].party, span_of(party)))
			return &d->shares[i];
	return NULL;
}

bool draw_signatures_fit(const struct draw_signatures *s, const struct declaration *d,
			 const char **stray)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct declare_share *share = share_of(d, s->list[i].party);
		if (share && !declare_is_operator(share->party) &&
		    draw_signature_right(&s->list[i], d->draw_id, share))
			continue;
		*stray = s->list[i].party;
		return false;
	}
	return true;
}

bool draw_signatures_twins(const struct draw_signatures *s, const char **one, const char **other)
{
	for (size_t i = 0; i < s->count; i++) {
		for (size_t k = 0; k < i; k++) {
			if (strcmp(s->list[i].key, s->list[k].key) != 0)
				continue;
			*one = s->list[k].party;
			*other = s->list[i].party;
			return true;
		}
	}
	return false;
}

uint32_t draw_signatures_outside(const struct draw_signatures *s, struct span draw_id,
				 const struct declare_share *shares, uint32_t share_count)
{
	struct draw_signatures right = { .count = 0 };

	for (uint32_t i = 0; i < share_count && right.count < COUNT(right.list); i++) {
		const struct draw_signature *one = draw_signature_of(s, shares[i].party);
		const char *party, *twin;
		if (!one || declare_is_operator(shares[i].party) ||
		    !draw_signature_right(one, draw_id, &shares[i]))
			continue;
		right.list[right.count++] = *one;
		if (draw_signatures_twins(&right, &party, &twin))
			right.count--;
	}
	return (uint32_t)right.count;
}
