#ifndef STORE_VISIT_ASSISTANT_H
#define STORE_VISIT_ASSISTANT_H
/* store/visit_assistant.h — experts and third parties who assist at a visit. Strings live in the caller's arena. */
#include "base/arena.h"
#include "db/db.h"

struct visit_assistant {
	const char *visit, *assistant;
	const char *how; /* drawn or chosen */
	int64_t at;
	const char *actor, *approver; /* approver "" when drawn */
	const char *opinion;          /* digest of the signed opinion, or "" */
	int64_t opinion_at;
};

/* DB_UNIQUE: assists there already. */
MUST_USE int visit_assistant_add(struct db *db, const struct visit_assistant *row);

/* All of a visit, in the order in which they came. */
MUST_USE int visit_assistant_list(struct db *db, struct arena *a, const char *visit,
				  struct visit_assistant **ret, size_t *ret_count);

/* All of a draw's visits; not OK ends the walk. Valid during the call. */
typedef int visit_assistant_each(void *arg, const struct visit_assistant *row);
MUST_USE int visit_assistant_walk(struct db *db, int64_t draw, visit_assistant_each *each,
				  void *arg);

/* Keeps the opinion's digest. CONFLICT: there is one already, or no such assistant. */
MUST_USE int visit_assistant_opinion(struct db *db, const struct visit_assistant *row);

#endif
