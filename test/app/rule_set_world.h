#ifndef TEST_APP_RULE_SET_WORLD_H
#define TEST_APP_RULE_SET_WORLD_H
/* test/app/rule_set_world.h — rule sets for tests: files of rules/, and small ones put together from pieces. */
#include "app/plan_notes.h"
#include "app/rule_set.h"

/* Reads rules/NAME.json; a refusal fails the test. */
void world_rule_file(struct arena *a, const char *name, struct rule_set *ret);

/* A whole set around the rules and what stands before them ("\"cap\": {...},"). In the arena. */
MUST_USE char *world_rule_text(struct arena *a, const char *more, const char *rules);

/* The same, read; a refusal fails the test. */
void world_rule_set(struct arena *a, const char *more, const char *rules, struct rule_set *ret);

/* A note of that kind holds the words. */
MUST_USE bool world_told(const struct plan_notes *notes, enum plan_note_kind kind,
			 const char *words);

#endif
