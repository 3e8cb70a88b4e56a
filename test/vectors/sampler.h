#ifndef TEST_VECTORS_SAMPLER_H
#define TEST_VECTORS_SAMPLER_H
/* test/vectors/sampler.h — what the checks of consistent_sampler share. */
#include "core/mem.h"
#include "vectors.h"

/* True if core makes this ticket of seed and id, text and key, one by one and in a batch. */
bool vectors_is_ticket(struct span seed, struct span id, struct span want);

/* True if `want` is the ticket that follows. */
bool vectors_is_next(struct span ticket, struct span want);

/* A ticket cut to `digits` digits after its leading nines. */
struct span vectors_trim(struct span ticket, long long digits);

/* Checks a list of samples (ids, seed, output or output_ids ...); returns how many. */
size_t vectors_check_sample_list(const struct vectors_file *file, const json_t *list);

#endif
