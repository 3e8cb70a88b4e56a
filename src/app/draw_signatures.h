#ifndef APP_DRAW_SIGNATURES_H
#define APP_DRAW_SIGNATURES_H
/*
 * app/draw_signatures.h — the parties' Ed25519 signatures over their commitments (spec/draw.md 2), kept
 * beside the declaration as signatures.tsv: party TAB key TAB signature, sorted, LF after each line.
 * The message signed is "<draw id>\n<party>\n<commitment>\n". That a key was logged 30 days before is for
 * the ledger to show, not for this file.
 */
#include "base/arena.h"
#include "core/declare.h"

#define DRAW_SIGNATURES_FILE "signatures.tsv"

struct draw_signature {
	const char *party, *key, *signature; /* NUL-terminated; key and signature lower-case hex */
};

struct draw_signatures {
	struct draw_signature list[DECLARE_MOST_SHARES];
	size_t count;
};

/* Cuts "KEYHEX:SIGHEX" into the arena. INVALID if it is not 64 and 128 lower-case hex digits. */
MUST_USE int draw_signature_parse(struct arena *a, const char *party, const char *text,
				  struct draw_signature *ret);

/* Did the share's party sign its commitment for this draw? */
MUST_USE bool draw_signature_right(const struct draw_signature *s, struct span draw_id,
				   const struct declare_share *share);

/*
 * Reads folder/signatures.tsv. NONE if nothing is called so; INVALID with *line of the first malformed or unsorted
 * line, 0 if it is no regular file: a folder, or a link wherever it leads.
 */
MUST_USE int draw_signatures_read(struct arena *a, const char *folder, struct draw_signatures *ret,
				  uint64_t *line);

/* Sorts and writes it. CONFLICT if the file exists with other bytes; else as file_write. */
MUST_USE int draw_signatures_write(struct arena *a, const char *folder, struct draw_signatures *s);

/* Is every signature a right one of a declared party other than operator? Else *stray is such a party. */
MUST_USE bool draw_signatures_fit(const struct draw_signatures *s, const struct declaration *d,
				  const char **stray);

/* The signature of a party, or NULL. */
MUST_USE const struct draw_signature *draw_signature_of(const struct draw_signatures *s,
							struct span party);

/* Do two parties sign with one key, being one? *one and *other are such parties. */
MUST_USE bool draw_signatures_twins(const struct draw_signatures *s, const char **one,
				    const char **other);

/* How many parties other than operator signed rightly; those who share a key count once. */
MUST_USE uint32_t draw_signatures_outside(const struct draw_signatures *s, struct span draw_id,
					  const struct declare_share *shares, uint32_t share_count);

#endif
