#ifndef APP_LEDGER_SURVEY_H
#define APP_LEDGER_SURVEY_H
/* app/ledger_survey.h — the two walks of a verification: over all entries, and over all documents. */
#include "app/keys.h"
#include "app/ledger_head.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/merkle.h"
#include "db/db.h"
#include "store/ledger.h"

enum { LEDGER_SHOWN = 5, LEDGER_EARLY_MS = 60000 };

/* Defects of one kind: how many, and the numbers of the first few. */
struct ledger_found {
	int64_t count;
	int shown; /* how many of at */
	int64_t at[LEDGER_SHOWN];
};

/* What a signed checkpoint says, and whether the entries bear it out. */
struct ledger_claim {
	const char *name; /* shown */
	bool outside;     /* not from this database */
	int signature;    /* OK; INVALID: not readable; FORBIDDEN: not signed by the key */
	uint64_t size;
	uint8_t root[SHA256_SIZE];
	bool misplaced;                       /* the database names another size than the note */
	bool reached, holds;                  /* the entries go so far; their root is the same */
	const struct checkpoint_proof *proof; /* of a .tlog-proof; NULL */
	bool proven; /* the proof leads from the entry's leaf to the root */
};

struct ledger_survey {
	/* Given. */
	struct ledger_claim *claims; /* in order of size */
	size_t claim_count;
	void (*progress)(void *arg, uint64_t done, uint64_t total);
	void *arg;
	uint64_t total;          /* for progress */
	const struct keys *keys; /* to know the marks; NULL: they are not looked at */
	struct ledger_head head;
	/* Found. */
	int64_t next;                /* the number expected next: one more than the last seen */
	int64_t entries;             /* rows seen */
	bool goes_on;                /* at the head's size the leaves made its root */
	struct merkle tree;          /* over the stored leaves, up to the first gap */
	struct merkle window;        /* over the last, unfinished 256 of them */
	struct buf nodes;            /* roots of each full 256 */
	struct ledger_found altered; /* the entry does not fit its leaf */
	struct ledger_found strange; /* the entry does not carry its mark */
	struct ledger_found missing; /* numbers that are not there: first of each gap in at */
	struct ledger_found twice;   /* numbers that come again */
	struct ledger_found early;   /* times more than LEDGER_EARLY_MS before an earlier entry's */
	int64_t pending, pending_strange; /* without a number: all, and without their mark */
	int64_t latest;
	int64_t day;       /* since 1970 at +08:00, the latest so far */
	int64_t days;      /* how many there were */
	int64_t day_first; /* number of its first entry */
	struct ledger_found
		unsigned_days; /* first entries of days that ended without a checkpoint of ours */
	size_t next_claim;
	/* Documents. */
	int64_t documents;
	const char
		*wrong_document; /* the first digest that does not fit, in the arena; NULL: none */
	int64_t wrong_documents;
};

/* Walks over all numbered entries; claims must be sorted. Release with ledger_survey_release. */
MUST_USE int ledger_survey_entries(struct db *db, struct ledger_survey *s);

/* Walks over all documents; digests of wrong ones live in the arena. */
MUST_USE int ledger_survey_documents(struct db *db, struct arena *a, struct ledger_survey *s);

/* Are the kept roots of full subtrees those of the leaves? *ret_wrong counts what is wrong or missing. */
MUST_USE int ledger_survey_nodes(struct db *db, const struct ledger_survey *s, int64_t *ret_wrong);

void ledger_survey_release(struct ledger_survey *s);

#endif
