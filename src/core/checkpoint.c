/* core/checkpoint.c — checkpoints and the proofs that travel with them. */
#include "core/checkpoint.h"

#include "core/base64.h"

enum { WITNESS_MOST_HASHES = 63 };

static int read_root(struct span line, uint8_t root[SHA256_SIZE])
{
	size_t len;

	CORE_TRY(read_base64(line, root, SHA256_SIZE, &len));
	return len == SHA256_SIZE ? CORE_OK : CORE_INVALID;
}

/* True if every line ends in LF and none is empty. */
static bool lines_filled(struct span text)
{
	char before = '\n';

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\n' && before == '\n')
			return false;
		before = text.at[i];
	}
	return before == '\n';
}

int checkpoint_parse(struct span text, struct checkpoint *ret)
{
	struct checkpoint c;
	struct span line;

	if (!span_cut(&text, '\n', &c.origin) || c.origin.len == 0 || !span_cut(&text, '\n', &line))
		return CORE_INVALID;
	CORE_TRY(read_number(line, INT64_MAX, &c.size));
	if (!span_cut(&text, '\n', &line))
		return CORE_INVALID;
	CORE_TRY(read_root(line, c.root));
	if (!lines_filled(text))
		return CORE_INVALID;
	c.extension = text;
	*ret = c;
	return CORE_OK;
}

void checkpoint_write(struct writer *w, const struct checkpoint *c)
{
	write_span(w, c->origin);
	write_char(w, '\n');
	write_number(w, c->size);
	write_char(w, '\n');
	write_base64(w, c->root, SHA256_SIZE);
	write_char(w, '\n');
	write_span(w, c->extension);
}

/* Takes `word`, a space and the rest of a line off the text. */
static bool word_line(struct span *text, struct span word, struct span *ret)
{
	struct span after = *text, line, first;

	if (!span_cut(&after, '\n', &line) || !span_cut(&line, ' ', &first) ||
	    !span_equal(first, word))
		return false;
	*ret = line;
	*text = after;
	return true;
}

/* Reads "<word> <number>", hashes up to a blank line, and leaves the rest as the note. */
static int read_body(struct span text, struct span word, size_t most, struct checkpoint_proof *ret)
{
	struct span line;

	if (!word_line(&text, word, &line))
		return CORE_INVALID;
	CORE_TRY(read_number(line, INT64_MAX, &ret->number));
	for (ret->count = 0;; ret->count++) {
		if (!span_cut(&text, '\n', &line))
			return CORE_INVALID;
		if (line.len == 0)
			break;
		if (ret->count == most)
			return CORE_INVALID;
		CORE_TRY(read_root(line, ret->hashes[ret->count]));
	}
	ret->note = text;
	return CORE_OK;
}

int checkpoint_read_proof(struct span text, struct checkpoint_proof *ret)
{
	struct span line;

	if (!span_cut(&text, '\n', &line) || !span_equal(line, SPAN("c2sp.org/tlog-proof@v1")))
		return CORE_INVALID;
	ret->extra = (struct span){ text.at, 0 };
	if (word_line(&text, SPAN("extra"), &ret->extra) && !base64_valid(ret->extra))
		return CORE_INVALID;
	return read_body(text, SPAN("index"), MERKLE_DEEPEST, ret);
}

int checkpoint_read_request(struct span text, struct checkpoint_proof *ret)
{
	ret->extra = (struct span){ text.at, 0 };
	return read_body(text, SPAN("old"), WITNESS_MOST_HASHES, ret);
}
