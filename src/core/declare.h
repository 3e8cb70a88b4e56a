#ifndef CORE_DECLARE_H
#define CORE_DECLARE_H
/*
 * core/declare.h — declaration, shares, record, entropy values and R (spec/draw.md 2).
 *
 * What the page leaves open is read so. Lottery numbers are always two digits joined by '-'; the digits of
 * the digit games (3d, pl5) are joined by '-' too, in the order drawn ("4-0-7"); the digits of dice are
 * written without anything between them. Each draw of a source has one spelling: an issue is 7 digits, year
 * and number (2026031); drand's chain is the hash of one of its public chains; rounds, pulses, NIST's chain
 * and the number of dice are decimal numbers from 1 without leading zeros. Every other part of a selector is
 * a token like an id. A demo's value is 1 to 128 bytes of the ids' alphabet. No two entropy lines name the
 * same draw (entropy_same), no two values of one source are equal where chance hardly makes them so
 * (entropy_repeats), no two parties hand in one commitment, which could not open for both, no party has two shares or a name like another's (alike.h), none but `operator`
 * looks like it, and no two opened shares are equal. One demo source makes the whole draw a rehearsal, which
 * has no floor and is never verified.
 */
#include "core/draw.h"
#include "core/mem.h"
#include "core/problem.h"

enum {
	DECLARE_MOST_ENTROPY = 16,
	DECLARE_MOST_SHARES = 16,
	DECLARE_MOST_DICE = 1000,
	ENTROPY_LONGEST = 256,          /* bytes of a selector */
	DECLARE_FLOOR = 600,            /* decibits by public values alone */
	DECLARE_FLOOR_WITH_SHARES = 240 /* with the shares of two outside parties */
};

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
	ENTROPY_DEMO,
	ENTROPY_KINDS
};

/* What is known of a source. */
struct entropy_source {
	struct span name;    /* as in the declaration, e.g. "cwl-kl8" */
	struct span chinese; /* e.g. "中国福利彩票快乐8" */
	struct span how;     /* where and how anybody checks a value, Chinese */
	uint32_t decibits;   /* of one value; of one digit for dice */
};

CORE_MUST_USE const struct entropy_source *entropy_source(enum entropy_kind kind);

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

/* Made by declaration_parse only: spans point into the declaration's text, and some rely on it. */
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

/* Spans point into text. CORE_INVALID with the line. */
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
 * Writes the declaration of a checked draw. Refuses what declaration_parse would refuse, a list without
 * objects, and entropy below the floor (a rehearsal has none): 600, or 240 with two outside parties who
 * signed. CORE_INVALID or CORE_FULL.
 */
CORE_MUST_USE int draw_declare(const struct draw *d, const struct declare_input *in,
			       struct region *r, struct span *ret, struct problem *problem);

/* Lists and rules are those of the declaration: lines, roots, hash. CORE_INVALID names the file. */
CORE_MUST_USE int declaration_check_lists(const struct declaration *d,
					  const struct draw_files *files, struct problem *problem);

/* The same of a public form, which has no conflicts.tsv: enough for tickets and ranks, never for teams. */
CORE_MUST_USE int declaration_check_public(const struct declaration *d,
					   const struct draw_files *files, struct problem *problem);

/* The floor of spec 2, in tenths of bits, with its arithmetic. */
struct declare_floor {
	uint32_t public_decibits; /* sum over the sources */
	uint32_t outside_shares;  /* parties other than operator */
	bool rehearsal;           /* any source is demo */
	bool enough_alone;        /* >= 600 by public values */
	bool enough_with_shares;  /* >= 240 and at least two outside parties */
};

/* The arithmetic as Chinese words, e.g. "快乐8 61.6 + 十面骰子 20 颗 66.0 = 127.6 比特". */
void declare_floor_write(const struct declaration *d, struct writer *w);

/* True for the party name reserved for the one doing the draw. */
CORE_MUST_USE bool declare_is_operator(struct span party);

CORE_MUST_USE struct declare_floor declare_floor(const struct declaration *d);

/* One party's commitment: hex SHA256("dr1-share\n" draw "\n" party "\n" share "\n"). */
void declare_commitment(struct span draw_id, struct span party, struct span share_hex,
			char hex[64]);

/* Parses "<source> <selector...>" as after --entropy; the line gets no "entropy" before it. */
CORE_MUST_USE int entropy_parse(struct span text, struct declare_entropy *ret,
				struct problem *problem);

/*
 * Do both name the same draw of the same source? Dice: places that are alike once a number at their end is left
 * out, and the same day, unless both name a time of it and the times differ; a day that cannot be read is every day.
 */
CORE_MUST_USE bool entropy_same(const struct declare_entropy *a, const struct declare_entropy *b);

/*
 * Does value i repeat earlier ones of its source (of dice: begin like one, or the other way round) where chance does
 * so less than once in 65,536 times? One draw was written down twice, then. Values of few bits may meet once.
 */
CORE_MUST_USE bool entropy_repeats(const struct declaration *d, const struct span *values,
				   uint32_t i);

/*
 * Checks a value's form for its source: length, digits, ascending numbers within the game. The problem
 * names the record without a line.
 */
CORE_MUST_USE int entropy_check(const struct declare_entropy *e, struct span value,
				struct problem *problem);

/*
 * Parses a record against its declaration: same entropy lines each with a value of the right form, same
 * parties in the same order each with a share that opens its commitment and is no other party's.
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
