#ifndef APP_PLAN_PROBLEM_H
#define APP_PLAN_PROBLEM_H
/*
 * app/plan_problem.h — core speaks of lines of dr1 files; a planner has registries and a rule file. The same
 * sentence about the row that he knows.
 */
#include "app/plan_notes.h"
#include "core/draw.h"

/* Adds the problem's sentence as a note; `files` are those it is about. */
void plan_note_problem(struct plan_notes *notes, enum plan_note_kind kind, const struct problem *p,
		       const struct draw_files *files);

#endif
