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

/* Keeps the opinion's digest. CONFLICT: there is one already, or no such assistant. */
MUST_USE int visit_assistant_opinion(struct db *db, const struct visit_assistant *row);

#endif
