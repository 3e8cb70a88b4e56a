#ifndef TEST_CORE_DRAW_KIT_H
#define TEST_CORE_DRAW_KIT_H
/*
 * test/core/draw_kit.h — a draw in memory for tests: texts of the nine files that a test may change, and
 * the steps that make the later ones from the earlier ones.
 */
#include "core/declare.h"
#include "core/verify.h"
#include "unit.h"

struct kit {
	struct draw_files files; /* each text is malloc'ed by the kit, or absent */
	struct region region;
	struct draw draw;
	struct draw_seed seed;
	struct draw_selection selection;
	struct draw_teams teams;
	struct problem problem;
};

/* A draw with every feature: quotas, a split, a team rule of its own, trips, relaxations, scopes, skills,
 * places, recusals, two public sources, two outside shares and the operator's; all nine files. */
void kit_full(struct kit *k);

/* The smallest draw: 1 site, 1 senior, `team 1 1 0`, `quota A 1`; lists and rules only. */
void kit_small(struct kit *k);

void kit_release(struct kit *k);

/* Replaces one file's text; NULL makes it absent. */
void kit_set(struct kit *k, enum core_file file, const char *text);
void kit_set_mem(struct kit *k, enum core_file file, const char *at, size_t len);

/* Replaces the first `from` in a file by `to`; a failed check if it is not there. */
void kit_edit(struct kit *k, enum core_file file, const char *from, const char *to);

/* draw_open on a fresh region. */
int kit_open(struct kit *k);

/* Writes declaration and record for the lists as they are, with the shares and sources of kit_full. */
void kit_declare(struct kit *k);

/* Writes seed, result.tsv and result.root for the lists, declaration and record as they are. */
void kit_draw(struct kit *k);

/* Sets R to 64 times c; opens, selects and makes teams for it. False after a failed check. */
void kit_seed(struct kit *k, char c);
bool kit_run(struct kit *k, char seed);

/* Verifies; returns the number of failed steps. */
uint32_t kit_verify(struct kit *k, struct verify_report *report);

/* Mark of the step with this name; a failed check and -1 if there is none. */
int kit_mark(const struct verify_report *report, const char *name);

/* The sentence of the kit's problem; valid until the next call. */
const char *kit_sentence(const struct kit *k);

#define KIT_SPAN(text) ((struct span){ (text), strlen(text) })

#endif
