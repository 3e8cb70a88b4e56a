#ifndef STORE_PROPOSAL_H
#define STORE_PROPOSAL_H
/* store/proposal.h — what somebody asks for that takes others to agree; see app/proposal.h. Times are UTC milliseconds. */
#include "base/arena.h"
#include "db/db.h"

struct proposal_row {
	int64_t key;
	const char *id, *kind, *subject; /* of a visit or draw: its id */
	int64_t asker;
	const char *person;           /* the asker's; filled by reading */
	const void *request, *result; /* sealed; result NULL until it is done */
	size_t request_len, result_len;
	int64_t at, ended_at;
	const char *state; /* open, done, refused, withdrawn */
};

struct proposal_voice_row {
	int64_t account;
	const char *person; /* filled by reading */
	bool agree;
	const char *reason;
	int64_t at;
};

/* DB_UNIQUE: the same is asked for already. Inside db_write, like all that changes something. */
MUST_USE int proposal_row_add(struct db *db, const struct proposal_row *row);

/* Strings live in the arena. NONE. */
MUST_USE int proposal_row_get(struct db *db, struct arena *a, const char *id,
			      struct proposal_row *ret);

/* The newest below key `below`; open: only those that wait. */
MUST_USE int proposal_row_newest(struct db *db, struct arena *a, bool open, int64_t below,
				 size_t most, struct proposal_row *ret, size_t *ret_count);

/* CONFLICT: it is open no more. */
MUST_USE int proposal_row_end(struct db *db, const struct proposal_row *row);

/* DB_UNIQUE: this account has spoken. */
MUST_USE int proposal_voice_add(struct db *db, int64_t proposal,
				const struct proposal_voice_row *voice);

/* In their order, at most `most`. */
MUST_USE int proposal_voice_list(struct db *db, struct arena *a, int64_t proposal, size_t most,
				 struct proposal_voice_row *ret, size_t *ret_count);

#endif
