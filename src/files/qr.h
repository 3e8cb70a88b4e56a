#ifndef FILES_QR_H
#define FILES_QR_H
/* files/qr.h — QR codes (ISO/IEC 18004) as a square of dark and light modules, without the quiet zone. */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QR_QUIET = 4, QR_LONGEST = 1000 }; /* light modules around it; bytes of text */

enum qr_level { QR_M, QR_Q }; /* recovers from 15 % and 25 % damage */

struct qr {
	int size;         /* modules a side */
	uint8_t *modules; /* size * size, row by row; 1 is dark */
};

/* Encodes UTF-8 text. INVALID if it is empty, TOO_LARGE over QR_LONGEST bytes. Release it. */
MUST_USE int qr_make(struct qr *ret, const char *text, enum qr_level level);
void qr_release(struct qr *q);

/* True for a dark module; x and y from 0 to size - 1. */
MUST_USE bool qr_dark(const struct qr *q, int x, int y);

#endif
