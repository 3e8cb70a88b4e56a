#ifndef CORE_VERIFY_PARTS_H
#define CORE_VERIFY_PARTS_H
/*
 * core/verify_parts.h — inside verify*.c only: what one verification knows so far, and its groups of
 * steps, each of which adds lines to the report and sets what the next ones may rely on. They return
 * CORE_OK or CORE_FULL.
 */
#include "core/verify.h"

struct verifier {
	struct draw_files files;
	bool conflicts_implied; /* conflicts.tsv is absent, and empty by its declared root */
	const struct verify_facts *facts;
	struct region *region;
	verify_progress *progress;
	void *arg;
	struct verify_report *report;
	struct writer text; /* of the step being written */

	struct draw draw; /* as far as its lists are sound */
	bool rules_sound, inspectors_sound, conflicts_sound, objects_sound;
	struct declaration declaration;
	bool declaration_sound;
	bool record_sound;
	struct draw_seed seed; /* R as computed */
	bool seed_known;
};

/* The file's text; at == NULL if it is absent. */
static inline struct span verify_file(const struct verifier *v, enum core_file file)
{
	return v->files.file[file];
}

/* verify_report.c. Starts the text of a step; verify_put ends it. In between nothing may be taken from the
 * region. */
CORE_MUST_USE int verify_say(struct verifier *v);
CORE_MUST_USE int verify_put(struct verifier *v, const char *name, enum verify_mark mark,
			     struct span how);

/* Whole steps. */
CORE_MUST_USE int verify_text(struct verifier *v, const char *name, enum verify_mark mark,
			      struct span text, struct span how);
CORE_MUST_USE int verify_problem(struct verifier *v, const char *name, const struct problem *p,
				 struct span how);
CORE_MUST_USE int verify_absent(struct verifier *v, const char *name, enum core_file file,
				struct span how);

/* The step of a file that a result cannot do without: FAILED if there is a result, else as verify_absent. */
CORE_MUST_USE int verify_needed(struct verifier *v, const char *name, enum core_file file,
				struct span how);
CORE_MUST_USE int verify_blocked(struct verifier *v, const char *name); /* 先解决上一步 */

/* "甲、乙、丙等 7 个": writes one more name of a list that is cut after `most`. */
void verify_name(struct writer *w, struct span name, uint64_t before, uint64_t most);

/* Groups of steps. */
CORE_MUST_USE int verify_lists(struct verifier *v);
CORE_MUST_USE int verify_declaration(struct verifier *v);
CORE_MUST_USE int verify_roots(struct verifier *v);
CORE_MUST_USE int verify_entropy(struct verifier *v);
CORE_MUST_USE int verify_form(struct verifier *v);
CORE_MUST_USE int verify_result(struct verifier *v);

/* The team column alone, where conflicts.tsv is not shown: a step that is never OK. */
CORE_MUST_USE int verify_public_teams(struct verifier *v, const struct draw_selection *selection);

#endif
