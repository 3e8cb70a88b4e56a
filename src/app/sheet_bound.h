#ifndef APP_SHEET_BOUND_H
#define APP_SHEET_BOUND_H
/*
 * app/sheet_bound.h — what a freeze has bound: freeze/SHA256SUMS lists every frozen file but the protocol, and
 * its own SHA-256 is the fingerprint that the protocol shows and witnesses keep on paper. DIR/SHA256SUMS lists
 * the same files, freeze/SHA256SUMS and the protocol.
 */
#include "app/sheet_sums.h"

#define SHEET_BOUND_SUMS "freeze/SHA256SUMS"
#define SHEET_BOUND_PROTOCOL "freeze/锁定记录.pdf"

struct sheet_bound {
	struct sheet_sums sums; /* what freeze/SHA256SUMS lists */
	char fingerprint[SHA256_HEX + 1];
};

/* Lists every file that is in the folder by now in freeze/SHA256SUMS. IO_ERROR or NO_SPACE. */
MUST_USE int sheet_bind(struct arena *a, const char *folder, struct sheet_bound *ret);

/*
 * Compares the folder with both lists: every file that makes up a draw must be listed and have its bytes, and
 * nothing may have come into freeze/. INVALID with *problem (a Chinese sentence: what is wrong, what to do) if
 * not; IO_ERROR. Whoever rewrites files, lists and protocol together is found by the fingerprint on paper alone.
 */
MUST_USE int sheet_bound_check(struct arena *a, const char *folder, struct sheet_bound *ret,
			       const char **problem);

#endif
