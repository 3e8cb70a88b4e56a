#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H
/*
 * http/target.h — the target of a request, read once and strictly: what is not exactly one way of writing
 * a path and its parameters is refused, so that no two parts of a system can read it differently.
 */
#include "base/arena.h"
#include "core/mem.h"

enum { TARGET_LONGEST = 4096, TARGET_MOST_PARTS = 16, TARGET_MOST_PAIRS = 64 };

struct target_pair {
	const char *name, *value; /* decoded, NUL-terminated */
};

struct target {
	const char
		*parts[TARGET_MOST_PARTS]; /* between the slashes, decoded; "" last after a slash */
	size_t count;
	struct target_pair
		pairs[TARGET_MOST_PAIRS]; /* of the query, in their order; names are unique */
	size_t pair_count;
};

/*
 * Reads "/api/v1/visits/01J…?page=2". Texts live in the arena. INVALID: not beginning with '/', anything but
 * visible ASCII, a fragment, a wrong or needless escape (of a letter or digit), decoded bytes that are no UTF-8,
 * controls, slashes or backslashes inside a part, parts "." or "..", an empty part before the end, a parameter
 * without name or twice. TOO_LARGE: more than TARGET_LONGEST bytes, parts or pairs.
 */
MUST_USE int target_read(struct arena *a, struct span raw, struct target *ret);

/* The value of a parameter; NULL if it is not there. */
MUST_USE const char *target_value(const struct target *t, const char *name);

#endif
