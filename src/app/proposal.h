#ifndef APP_PROPOSAL_H
#define APP_PROPOSAL_H
/*
 * app/proposal.h — on the server nobody says who agreed: one person asks for what takes several, the others agree each with
 * his own account, and the last agreement does it, in one transaction, under the name of whoever asked and with the
 * approvers' names. Refusals are said in o->why. The act itself decides again whether all of them may (life_change.h and
 * the like); if it refuses, nothing happened and the proposal still waits.
 */
#include "app/account.h"
#include "store/proposal.h"

enum { PROPOSAL_ID = 27, PROPOSAL_VOICES_MOST = 8, PROPOSAL_TEXT_MOST = 1 << 16 };

enum proposal_about { PROPOSAL_VISIT, PROPOSAL_DRAW, PROPOSAL_PERSON, PROPOSAL_YEAR };

struct proposal_kind {
	const char *name;  /* "visit.reserve": also what the act is called in the ledger */
	const char *words; /* Chinese */
	enum permission ask, agree;
	size_t needs; /* how many agree before it is done */
	enum proposal_about
		about; /* what the subject is: an id, a role in the list of people, or a year, whose entry the act leaves */
	bool secret;   /* what comes of it is told to nobody but whoever asked */
};

/* The kinds, ending with one without a name; NULL for a word that is none. */
extern const struct proposal_kind proposal_kinds[];
MUST_USE const struct proposal_kind *proposal_kind(const char *name);

/* What is asked for; NULL where it does not belong to the kind. */
struct proposal_ask {
	const char *kind, *subject, *reason;
	const char *member;   /* a recusal, an illness: who leaves */
	const char *evidence; /* id of an upload of the asker's */
	const char *digest;   /* of its bytes; set by proposal_make */
	const char *why;      /* an end: closed, moved, refused, other */
};

/*
 * Asks; *ret is the public id; logs proposal.make. NONE: no such visit, draw or upload; CONFLICT: asked already; INVALID: what
 * the kind needs is missing.
 */
MUST_USE int proposal_make(struct office *o, struct arena *a, const struct account *asker,
			   const struct proposal_ask *in, char ret[PROPOSAL_ID]);

/* A proposal as those may see it who may ask for it or agree to it, and whose scope has its subject. */
struct proposal_shown {
	struct proposal_row row;
	const struct proposal_kind *kind;
	struct proposal_ask ask;
	struct proposal_voice_row voices[PROPOSAL_VOICES_MOST];
	size_t voice_count;
	const char *result; /* JSON; "" until it is done, and for whom it is not */
};

/* NONE: there is none that this account may see. */
MUST_USE int proposal_show(struct office *o, struct arena *a, const struct account *who,
			   const char *id, struct proposal_shown *ret);
/* A page of those that this account may see. */
struct proposal_page {
	struct proposal_shown *items;
	size_t count;
	int64_t next;  /* `below` of the next page; 0: this is the last one */
	int64_t total; /* on all pages */
};

/* The newest below key `below`, at most `most`; open: only those that wait. */
MUST_USE int proposal_list(struct office *o, struct arena *a, const struct account *who, bool open,
			   int64_t below, size_t most, struct proposal_page *ret);

/* The document of each entry about it but that of the act itself: which request, by the digest of its sealed bytes. */
MUST_USE const char *proposal_text(struct arena *a, const struct proposal_row *row);

/*
 * Says yes or no. The last yes that it needs does it, logged as that act; another one logs proposal.agree, a no ends it and
 * logs proposal.refuse. Only voices that the ledger tells of count: FORBIDDEN if rows say something else. *ret_done: it was done. FORBIDDEN: his own, or he may not; CONFLICT: ended, or he has spoken; else what
 * the act said.
 */
MUST_USE int proposal_decide(struct office *o, struct arena *a, const struct account *who,
			     const char *id, bool agree, const char *reason, bool *ret_done);

/* Takes back one's own; logs proposal.withdraw. NONE, CONFLICT. */
MUST_USE int proposal_withdraw(struct office *o, struct arena *a, const struct account *who,
			       const char *id);

#endif
