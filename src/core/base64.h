#ifndef CORE_BASE64_H
#define CORE_BASE64_H
/*
 * core/base64.h — RFC 4648 section 4, with padding and nothing else: one text for one value.
 */
#include "core/mem.h"

void write_base64(struct writer *w, const uint8_t *bytes, size_t len);

/*
 * Decodes into at most `size` bytes. CORE_INVALID for a foreign character, missing or surplus padding,
 * bits that are not zero behind the last byte, or more than `size` bytes; nothing is written then.
 */
CORE_MUST_USE int read_base64(struct span text, uint8_t *ret, size_t size, size_t *ret_len);

/* True if read_base64 would accept the text, whatever its length. */
CORE_MUST_USE bool base64_valid(struct span text);

#endif
