#ifndef APP_RECUSAL_KNOWN_H
#define APP_RECUSAL_KNOWN_H
/*
 * app/recusal_known.h — whether the people and sites that recusals name are in their registries: one that names nobody
 * keeps nobody away, and one whose name two people have does not say whom.
 */
#include "app/office.h"
#include "core/mem.h"

struct recusal_doubt {
	const char *id;    /* of the recusal */
	const char *words; /* Chinese: what is wrong with it */
};

struct recusal_doubts {
	struct recusal_doubt *list;
	size_t count;
};

/*
 * Looks at the rows of two canonical files of recusals, each with its first line or empty. One for each name that is not
 * clear, in the order of the rows; in the arena. A db_code.
 */
MUST_USE int recusal_known(struct office *o, struct arena *a, const struct span files[2],
			   struct recusal_doubts *ret);

#endif
