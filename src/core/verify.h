#ifndef CORE_VERIFY_H
#define CORE_VERIFY_H
/*
 * core/verify.h — everything a verifier checks (spec/draw.md 7), step by step. Nothing is green by
 * default: a step that could not be made says so and how to make it elsewhere.
 */
#include "core/declare.h"
#include "core/draw.h"

enum verify_mark { VERIFY_OK, VERIFY_FAILED, VERIFY_UNKNOWN };

struct verify_step {
	const char *name; /* stable ASCII name, e.g. "roots" */
	enum verify_mark mark;
	struct span text; /* one Chinese line: what was checked and with which figures */
	struct span how;  /* for UNKNOWN: how to check it; for FAILED: what it means */
};

enum { VERIFY_MOST_STEPS = 48 };

/* How much of a draw the files show. */
enum verify_form {
	VERIFY_BEFORE, /* no trace of a result: what is frozen so far */
	VERIFY_SEALED, /* declaration and result.root alone (spec/draw.md 5.3): nothing to compute until the reveal */
	VERIFY_DRAWN /* a result: everything that it follows from must be there, conflicts.tsv aside (5.6) */
};

struct verify_report {
	struct verify_step steps[VERIFY_MOST_STEPS];
	uint32_t count, failed, unknown;
	enum verify_form form;
	bool rehearsal; /* 演练无效: the conclusion is never "verified" */
};

/* What the world outside core can know and prove; all zero means "not shown". */
struct verify_facts {
	/* By entropy line: the source's own signature over the value was verified, refuted, or not tried. */
	struct {
		enum { FACT_UNKNOWN, FACT_TRUE, FACT_FALSE } value_signed;
		struct span why; /* shown with the step, Chinese */
	} entropy[DECLARE_MOST_ENTROPY];
	/* Whoever fills this looked for signatures of the shares: one that is UNKNOWN is not there. */
	bool signatures_sought;
	/* By share line: the party's Ed25519 signature over its commitment. */
	struct {
		int signed_by_party; /* FACT_* */
		struct span
			key; /* that signed, hex; shown so that people can compare; may be empty */
		struct span why;
	} shares[DECLARE_MOST_SHARES];
};

/* Called now and then in long steps; may be NULL. done and total count objects. */
typedef void verify_progress(void *arg, const char *step, uint64_t done, uint64_t total);

/*
 * Verifies the files of one draw. Wrong input is a failed step, never an error code; steps that depend
 * on a failed one are UNKNOWN ("先解决上一步"). Before the draw (no record) the report covers what exists.
 * `facts` may be NULL. A draw without a declaration fails, and so does any trace of a result (seed,
 * result.tsv, result.root) without the record, lists and rules that it follows from: nobody could compute it; and
 * a result.root without the result.tsv that it is the root of.
 * Only the sealed form and a public form without conflicts.tsv leave steps UNKNOWN, with the way to check
 * them; a list of conflicts that the declaration says is empty is taken as empty. Texts live in the region or are borrowed from files and facts. CORE_FULL is the
 * only failure.
 */
CORE_MUST_USE int draw_verify(const struct draw_files *files, const struct verify_facts *facts,
			      struct region *r, verify_progress *progress, void *arg,
			      struct verify_report *ret);

/* One unit's ticket, rank, quota, and whether it was drawn; walks its stratum. CORE_INVALID if unknown. */
struct draw_explanation {
	struct span id, stratum;
	uint64_t members, quota, rank; /* rank from 1 among the stratum's members */
	char ticket[TICKET_ROOM];
	bool drawn, reserve;
};

CORE_MUST_USE int draw_explain(const struct draw *d, const struct draw_seed *seed, struct span id,
			       struct region *r, struct draw_explanation *ret,
			       struct problem *problem);

#endif
