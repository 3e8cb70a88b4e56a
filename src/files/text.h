#ifndef FILES_TEXT_H
#define FILES_TEXT_H
/*
 * files/text.h — which encoding a text file of unknown origin has, and its bytes as UTF-8.
 * Recognised: UTF-8 with or without BOM, UTF-16 with BOM, GB18030 (with it GBK and GB 2312).
 */
#include "base/cleanup.h"

#include <stddef.h>

enum text_encoding { TEXT_UTF8, TEXT_UTF16LE, TEXT_UTF16BE, TEXT_GB18030 };

/* A name for people: "UTF-8", "UTF-16", "GB18030". */
MUST_USE const char *text_encoding_name(enum text_encoding encoding);

/*
 * Decides by the BOM (*bom: its bytes), else by whether it is UTF-8, given as `utf8`: the length of the
 * longest valid prefix (base/utf8.h), which the caller may have found with several threads. Bytes that are
 * nearly UTF-8 (more than nine tenths of the non-ASCII bytes around the first fault are) stay TEXT_UTF8:
 * a few damaged cells are not a foreign encoding.
 */
MUST_USE enum text_encoding text_detect(const char *at, size_t len, size_t utf8, size_t *bom);

/* A converter to UTF-8. Opening loads tables from disk: open it before entering a sandbox. */
struct text_decoder {
	void *gb, *le, *be; /* iconv_t */
};

/* UNAVAILABLE if the C library lacks a table. */
MUST_USE int text_decoder_open(struct text_decoder *d);
void text_decoder_close(struct text_decoder *d);

/*
 * Writes the text as UTF-8 to fd, in pieces, so that memory does not grow with the file. A byte that is no
 * text in that encoding becomes U+FFFD. TEXT_UTF8 is copied. NO_SPACE or IO_ERROR.
 */
MUST_USE int text_to_utf8(struct text_decoder *d, enum text_encoding encoding, const char *at,
			  size_t len, int fd);

#endif
