#ifndef CORE_CHECKPOINT_H
#define CORE_CHECKPOINT_H
/*
 * core/checkpoint.h — what stands in the notes of a log: checkpoints (C2SP tlog-checkpoint), inclusion
 * proofs in a file (.tlog-proof), and what a witness is asked to sign (tlog-witness).
 */
#include "core/mem.h"
#include "core/merkle.h"

struct checkpoint {
	struct span origin;
	uint64_t size;
	uint8_t root[SHA256_SIZE];
	struct span extension; /* the lines after the root, each with LF; may be empty */
};

/*
 * Reads a note's text: origin, size without leading zeros, base64 of 32 bytes, then any number of
 * non-empty lines. CORE_INVALID otherwise.
 */
CORE_MUST_USE int checkpoint_parse(struct span text, struct checkpoint *ret);

/* Writes the text, without signatures. */
void checkpoint_write(struct writer *w, const struct checkpoint *c);

/* A proof with the signed checkpoint that it leads to. */
struct checkpoint_proof {
	uint64_t number;   /* index of the leaf, or size of the older tree */
	struct span extra; /* base64 of the `extra` line of a .tlog-proof; may be empty */
	uint8_t hashes[MERKLE_DEEPEST][SHA256_SIZE];
	size_t count;
	struct span note; /* the signed checkpoint */
};

/* "c2sp.org/tlog-proof@v1", an optional extra line, "index N", hashes, a blank line, the checkpoint. */
CORE_MUST_USE int checkpoint_read_proof(struct span text, struct checkpoint_proof *ret);

/* Body of a witness's add-checkpoint: "old N", hashes (at most 63), a blank line, the checkpoint. */
CORE_MUST_USE int checkpoint_read_request(struct span text, struct checkpoint_proof *ret);

#endif
