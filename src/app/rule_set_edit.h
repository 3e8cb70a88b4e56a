#ifndef APP_RULE_SET_EDIT_H
#define APP_RULE_SET_EDIT_H
/*
 * app/rule_set_edit.h — a rule set with some values changed: for an edit that is kept (app/rule_set_store.h), and
 * for the question what would be if.
 */
#include "app/plan_notes.h"
#include "app/rule_set.h"

/*
 * path: keys joined by '.', where an item of a list is named by its id or by its place from 0, e.g.
 * rules.special.basis.percent, cap.visits, teams.0.need. value: JSON, or else plain text; null takes the
 * item away; rules.NEW with a whole rule adds one.
 */
struct rule_set_value {
	const char *path, *value;
};

/*
 * Appends the JSON of the changed set to ret_text in the notes' arena, to be read by rule_set_read, which
 * says what the change broke. INVALID with a note if a path leads nowhere.
 */
MUST_USE int rule_set_edit(const struct rule_set *set, const struct rule_set_value *values,
			   size_t count, struct plan_notes *notes, const char **ret_text,
			   size_t *ret_len);

#endif
