/* core/record.c — shares, the record of values and opened shares, and R. */
#include "core/declare.h"
#include "core/text.h"

void declare_commitment(struct span draw_id, struct span party, struct span share_hex, char hex[64])
{
	struct span parts[] = { SPAN("dr1-share"), draw_id, party, share_hex };
	struct writer w = { hex, SHA256_HEX, 0, false };
	uint8_t digest[SHA256_SIZE];
	struct sha256 s;

	sha256_init(&s);
	for (size_t i = 0; i < CORE_COUNT(parts); i++) {
		sha256_add(&s, parts[i].at, parts[i].len);
		sha256_add(&s, "\n", 1);
	}
	sha256_done(&s, digest);
	write_hex(&w, digest, sizeof(digest));
}

void draw_seed(struct span declaration, struct span record, struct draw_seed *ret)
{
	struct writer w = { ret->hex, sizeof(ret->hex), 0, false };
	uint8_t digest[SHA256_SIZE];
	char d[SHA256_HEX];
	struct sha256 s;

	sha256_hex(declaration, d);
	sha256_init(&s);
	sha256_add(&s, "dr1-seed\n", 9);
	sha256_add(&s, d, sizeof(d));
	sha256_add(&s, "\n", 1);
	sha256_add(&s, record.at, record.len);
	sha256_done(&s, digest);
	write_hex(&w, digest, sizeof(digest));
}

/* Takes a line that consists of the prefix, a space and what is returned. */
static bool take(struct span *text, struct span prefix, struct span *ret)
{
	struct span line;

	if (!text_line(text, &line) || line.len <= prefix.len ||
	    memcmp(line.at, prefix.at, prefix.len) != 0 || line.at[prefix.len] != ' ')
		return false;
	*ret = (struct span){ line.at + prefix.len + 1, line.len - prefix.len - 1 };
	return true;
}

static int wrong(struct problem *problem, enum problem_code code, uint64_t line, struct span what)
{
	return problem_at(problem, code, CORE_FILE_RECORD, line, what);
}

static int parse_values(struct span *rest, const struct declaration *d, struct record *ret,
			struct problem *problem)
{
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		const struct declare_entropy *e = &d->entropy[i];

		if (!take(rest, e->line, &ret->values[i]))
			return wrong(problem, PROBLEM_RECORD_LINE, i + 1, e->line);
		if (entropy_check(e, ret->values[i], problem) != CORE_OK) {
			problem->line = i + 1;
			return CORE_INVALID;
		}
		if (entropy_repeats(d, ret->values, i))
			return wrong(problem, PROBLEM_VALUE_EQUAL, i + 1, e->selector);
	}
	return CORE_OK;
}

/* "share <party>" stands before the commitment in the declaration's line. */
static struct span share_prefix(const struct declare_share *s)
{
	return (struct span){ s->party.at - 6, s->party.len + 6 };
}

static int parse_shares(struct span *rest, const struct declaration *d, struct record *ret,
			struct problem *problem)
{
	for (uint32_t i = 0; i < d->share_count; i++) {
		const struct declare_share *s = &d->shares[i];
		uint64_t line = d->entropy_count + i + 1;
		char hex[SHA256_HEX];

		if (!take(rest, share_prefix(s), &ret->shares[i]))
			return wrong(problem, PROBLEM_RECORD_LINE, line, share_prefix(s));
		if (!text_is_hex(ret->shares[i], SHA256_HEX))
			return wrong(problem, PROBLEM_SHARE_HEX, line, s->party);
		declare_commitment(d->draw_id, s->party, ret->shares[i], hex);
		if (!span_equal((struct span){ hex, sizeof(hex) }, s->commitment))
			return wrong(problem, PROBLEM_SHARE_OPEN, line, s->party);
		for (uint32_t k = 0; k < i; k++) {
			if (span_equal(ret->shares[k], ret->shares[i]))
				return wrong(problem, PROBLEM_SHARE_EQUAL, line, s->party);
		}
	}
	return CORE_OK;
}

int record_parse(struct span text, const struct declaration *d, struct record *ret,
		 struct problem *problem)
{
	struct record out = { 0 };
	struct span rest = text, line;

	CORE_TRY(text_check(text, CORE_FILE_RECORD, problem));
	CORE_TRY(parse_values(&rest, d, &out, problem));
	CORE_TRY(parse_shares(&rest, d, &out, problem));
	if (text_line(&rest, &line))
		return wrong(problem, PROBLEM_RECORD_MORE, d->entropy_count + d->share_count + 1,
			     line);
	*ret = out;
	return CORE_OK;
}

static size_t record_room(const struct declaration *d, const struct record *in)
{
	size_t room = 0;

	for (uint32_t i = 0; i < d->entropy_count; i++)
		room += d->entropy[i].line.len + in->values[i].len + 2;
	for (uint32_t i = 0; i < d->share_count; i++)
		room += share_prefix(&d->shares[i]).len + in->shares[i].len + 2;
	return room;
}

int record_write(const struct declaration *d, const struct record *in, struct region *r,
		 struct span *ret, struct problem *problem)
{
	struct writer w = { .size = record_room(d, in) };
	struct record parsed;
	struct span text;

	w.at = region_take_raw(r, w.size, 1);
	if (!w.at)
		return CORE_FULL;
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		write_span(&w, d->entropy[i].line);
		write_char(&w, ' ');
		write_span(&w, in->values[i]);
		write_char(&w, '\n');
	}
	for (uint32_t i = 0; i < d->share_count; i++) {
		write_span(&w, share_prefix(&d->shares[i]));
		write_char(&w, ' ');
		write_span(&w, in->shares[i]);
		write_char(&w, '\n');
	}
	CORE_ASSERT(!w.full);
	text = (struct span){ w.at, w.len };
	CORE_TRY(record_parse(text, d, &parsed, problem));
	*ret = text;
	return CORE_OK;
}
