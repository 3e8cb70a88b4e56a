#ifndef CORE_DECLARE_H
#define CORE_DECLARE_H
/*
 * core/declare.h — declaration, shares, record, entropy values and R (spec/draw.md 2).
 */
#include "core/draw.h"
#include "core/mem.h"
#include "core/problem.h"

enum { DECLARE_MOST_ENTROPY = 16, DECLARE_MOST_SHARES = 16 };

/* Kinds of entropy sources; DEMO marks a rehearsal, which nothing ever marks verified. */
enum entropy_kind {
	ENTROPY_DRAND,
	ENTROPY_NIST,
	ENTROPY_KL8,
	ENTROPY_SSQ,
	ENTROPY_3D,
	ENTROPY_DLT,
	ENTROPY_PL5,
	ENTROPY_DICE,
	ENTROPY_DEMO
};

struct declare_entropy {
	enum entropy_kind kind;
	struct span line;     /* "entropy <source> <selector...>" without LF */
	struct span selector; /* all after the source and one space */
	uint32_t dice;        /* n of <n>d10, else 0 */
	uint32_t decibits;    /* tenths of bits announced (spec 2) */
};

struct declare_share {
	struct span party, commitment;
};

struct declaration {
	struct span draw_id;
	uint64_t objects, inspectors, conflicts;                               /* n of each */
	struct span objects_root, inspectors_root, conflicts_root, rules_hash; /* 64 hex each */
	struct span parent_draw, parent_root; /* empty unless a joint department's draw */
	struct declare_entropy entropy[DECLARE_MOST_ENTROPY];
	uint32_t entropy_count;
	struct declare_share shares[DECLARE_MOST_SHARES];
	uint32_t share_count;
};

CORE_MUST_USE int declaration_parse(struct span text, struct declaration *ret,
				    struct problem *problem);

/* What a planner declares; entropy lines without the word "entropy". */
struct declare_input {
	struct span draw_id, parent_draw, parent_root;
	const struct span *entropy;
	uint32_t entropy_count;
	const struct declare_share *shares;
	uint32_t share_count;
	uint32_t
		signed_outside_shares; /* shares whose party signed its commitment (see declare_floor) */
};

/*
 * Writes the declaration of a checked draw. Refuses what declaration_parse would refuse and entropy
 * below the floor (a rehearsal, all sources demo, has no floor).
 */
CORE_MUST_USE int draw_declare(const struct draw *d, const struct declare_input *in,
			       struct region *r, struct span *ret, struct problem *problem);

/* The floor of spec 2, in tenths of bits, with its arithmetic. */
struct declare_floor {
	uint32_t public_decibits; /* sum over the sources */
	uint32_t outside_shares;  /* parties other than operator */
	bool rehearsal;           /* any source is demo */
	bool enough_alone;        /* >= 600 by public values */
	bool enough_with_shares;  /* >= 240 and at least two outside parties */
};

CORE_MUST_USE struct declare_floor declare_floor(const struct declaration *d);

/* One party's commitment: hex SHA256("dr1-share\n" draw "\n" party "\n" share "\n"). */
void declare_commitment(struct span draw_id, struct span party, struct span share_hex,
			char hex[64]);

/* Checks a value's form for its source (spec 2): length, digits, ascending numbers within the game. */
CORE_MUST_USE int entropy_check(const struct declare_entropy *e, struct span value,
				struct problem *problem);

/*
 * Parses a record against its declaration: same entropy lines each with a value of the right form, same
 * parties in the same order each with a share that opens its commitment.
 */
struct record {
	struct span values[DECLARE_MOST_ENTROPY];
	struct span shares[DECLARE_MOST_SHARES];
};

CORE_MUST_USE int record_parse(struct span text, const struct declaration *d, struct record *ret,
			       struct problem *problem);

/* Writes a record from values and shares in declared order; checks as record_parse does. */
CORE_MUST_USE int record_write(const struct declaration *d, const struct record *in,
			       struct region *r, struct span *ret, struct problem *problem);

/* R = hex SHA256("dr1-seed\n" D "\n" record), D = hex SHA256(declaration). */
void draw_seed(struct span declaration, struct span record, struct draw_seed *ret);

#endif
