/* files/text.c — detection by the bytes, conversion by iconv. */
#include "files/text.h"

#include "base/status.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 16, SAMPLE = 4096 };

static const iconv_t no_converter = (iconv_t)-1;

const char *text_encoding_name(enum text_encoding encoding)
{
	static const char *const names[] = { "UTF-8", "UTF-16", "UTF-16", "GB18030" };

	return names[encoding];
}

static bool starts_with(const char *at, size_t len, const char *bom, size_t size)
{
	return len >= size && memcmp(at, bom, size) == 0;
}

/* Of the non-ASCII bytes in a sample, are more than nine tenths part of valid characters? */
static bool nearly_utf8(const char *at, size_t len)
{
	size_t good = 0, bad = 0;
	uint32_t code;

	for (size_t i = 0; i < len;) {
		if ((unsigned char)at[i] < 0x80) {
			i++;
			continue;
		}
		size_t bytes = utf8_next(at + i, len - i, &code);
		if (bytes == 1)
			bad++;
		else
			good += bytes;
		i += bytes;
	}
	return good > 9 * bad;
}

enum text_encoding text_detect(const char *at, size_t len, size_t utf8, size_t *bom)
{
	*bom = 0;
	if (starts_with(at, len, "\xef\xbb\xbf", 3)) {
		*bom = 3;
		return TEXT_UTF8;
	}
	if (starts_with(at, len, "\xff\xfe", 2) || starts_with(at, len, "\xfe\xff", 2)) {
		*bom = 2;
		return at[0] == '\xff' ? TEXT_UTF16LE : TEXT_UTF16BE;
	}
	if (utf8 == len)
		return TEXT_UTF8;
	size_t from = utf8 > SAMPLE ? utf8 - SAMPLE : 0;
	size_t to = len - utf8 > SAMPLE ? utf8 + SAMPLE : len;
	while (from < utf8 && ((unsigned char)at[from] & 0xc0) == 0x80)
		from++;
	return nearly_utf8(at + from, to - from) ? TEXT_UTF8 : TEXT_GB18030;
}

int text_decoder_open(struct text_decoder *d)
{
	struct text_decoder t = { iconv_open("UTF-8", "GB18030"), iconv_open("UTF-8", "UTF-16LE"),
				  iconv_open("UTF-8", "UTF-16BE") };

	if (t.gb == no_converter || t.le == no_converter || t.be == no_converter) {
		text_decoder_close(&t);
		return UNAVAILABLE;
	}
	*d = t;
	return OK;
}

void text_decoder_close(struct text_decoder *d)
{
	void **all[] = { &d->gb, &d->le, &d->be };

	for (size_t i = 0; i < COUNT(all); i++) {
		if (*all[i] && *all[i] != no_converter)
			iconv_close(*all[i]);
		*all[i] = NULL;
	}
}

static int write_all(int fd, const char *at, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : IO_ERROR;
		at += n;
		len -= (size_t)n;
	}
	return OK;
}

struct source {
	char *at;
	size_t len;
};

/* unit: bytes of the encoding's smallest unit, skipped at a fault so that UTF-16 stays in step. */
static int convert(iconv_t cd, size_t unit, struct source text, int fd)
{
	char piece[PIECE];

	iconv(cd, NULL, NULL, NULL, NULL);
	while (text.len > 0) {
		char *out = piece;
		size_t room = sizeof(piece) - 3;
		size_t rc = iconv(cd, &text.at, &text.len, &out, &room);
		if (rc == (size_t)-1 && errno != E2BIG) {
			/* A fault or a cut character: skip it and say so in the text. */
			size_t skip = text.len < unit ? text.len : unit;
			text.at += skip;
			text.len -= skip;
			memcpy(out, "\xef\xbf\xbd", 3);
			out += 3;
		}
		TRY(write_all(fd, piece, (size_t)(out - piece)));
	}
	return OK;
}

int text_to_utf8(struct text_decoder *d, enum text_encoding encoding, const char *at, size_t len,
		 int fd)
{
	if (encoding == TEXT_UTF8)
		return write_all(fd, at, len);
	void *cd = encoding == TEXT_GB18030 ? d->gb : encoding == TEXT_UTF16LE ? d->le : d->be;
	/* iconv takes char ** by history; it does not write there. */
	struct source text = { (char *)(uintptr_t)at, len };
	return convert(cd, encoding == TEXT_GB18030 ? 1 : 2, text, fd);
}
