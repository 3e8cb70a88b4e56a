#ifndef TEST_VECTORS_H
#define TEST_VECTORS_H
/*
 * test/vectors/vectors.h — the `vectors` test reads every .json and .jsonl file below test/vectors/data
 * and, when present, below MINGQIAN_VECTORS (default ../shared/vectors beside the source). What a file
 * is, its content says, not its name: the first row of the table in vectors.c whose `fits` says yes
 * checks it. To add a shape: write the two functions in a file of your own, declare them below, add a
 * row and the source to meson.build.
 *
 * Each file is checked twice, with the processor's SHA instructions and with the portable code.
 */
#include "core/mem.h"
#include "unit.h"

#include <jansson.h>
#include <stdbool.h>

struct vectors_file {
	const char *path;
	const char *folder; /* where it lies, for references to files beside it */
	const json_t *root; /* of a .jsonl file: the array of its lines */
};

struct vectors_shape {
	const char *name;
	bool (*fits)(const json_t *root);
	/* Reports with CHECK or VECTOR; returns how many cases it looked at, which must not be 0. */
	size_t (*check)(const struct vectors_file *file);
};

/* A check that names the file and the case. */
#define VECTOR(file, cond, which)                                                                  \
	unit_check((cond), __FILE__, __LINE__, "%s: %s: %s", (file)->path, (which), #cond)

/* True if the root is a non-empty array whose first element is an object with all these keys, or an
 * object with all these keys; keys are separated by blanks. */
bool vectors_array_of(const json_t *root, const char *keys);
bool vectors_object_of(const json_t *value, const char *keys);

/* Text of a key; a failed check and "" if there is none. */
const char *vectors_text(const struct vectors_file *file, const json_t *object, const char *key);

/* The bytes of a JSON string (which may hold NUL); empty for anything else. Valid as long as the root. */
struct span vectors_span(const json_t *string);

/* The word between quotes of "leaf i = ASCII 'demo-' followed by decimal i"; false for another rule. */
bool vectors_leaf_prefix(const json_t *rule, char *out, size_t size);

/* Loads a JSON file; a failed check and NULL if it is none. The caller gives it back with json_decref. */
json_t *vectors_load(const char *path);

/* Whole number of a key, or `otherwise` if there is none or it is null. */
long long vectors_number(const json_t *object, const char *key, long long otherwise);

/* sampler.c, samples.c, stratified.c: consistent_sampler */
bool vectors_fits_ids(const json_t *root);
size_t vectors_check_ids(const struct vectors_file *file);
bool vectors_fits_tickets(const json_t *root);
size_t vectors_check_tickets(const struct vectors_file *file);
bool vectors_fits_chains(const json_t *root);
size_t vectors_check_chains(const struct vectors_file *file);
bool vectors_fits_samples(const json_t *root);
size_t vectors_check_samples(const struct vectors_file *file);
bool vectors_fits_stratified(const json_t *root);
size_t vectors_check_stratified(const struct vectors_file *file);
bool vectors_fits_published(const json_t *root);
size_t vectors_check_published(const struct vectors_file *file);
bool vectors_fits_large(const json_t *root);
size_t vectors_check_large(const struct vectors_file *file);

/* tree.c and ledger.c: trees, proofs, tiles, checkpoints */
bool vectors_fits_tree(const json_t *root);
size_t vectors_check_tree(const struct vectors_file *file);
bool vectors_fits_proofs(const json_t *root);
size_t vectors_check_proofs(const struct vectors_file *file);
bool vectors_fits_tiles(const json_t *root);
size_t vectors_check_tiles(const struct vectors_file *file);
bool vectors_fits_checkpoints(const json_t *root);
size_t vectors_check_checkpoints(const struct vectors_file *file);

/* dr1.c and entropy.c: draws end to end, beacon values */
bool vectors_fits_dr1(const json_t *root);
size_t vectors_check_dr1(const struct vectors_file *file);
bool vectors_fits_drand(const json_t *root);
size_t vectors_check_drand(const struct vectors_file *file);
bool vectors_fits_nist(const json_t *root);
size_t vectors_check_nist(const struct vectors_file *file);

/* assignment.c: teams */
bool vectors_fits_assignment(const json_t *root);
size_t vectors_check_assignment(const struct vectors_file *file);

#endif
