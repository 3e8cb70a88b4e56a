#ifndef APP_REGISTRY_CHANGE_H
#define APP_REGISTRY_CHANGE_H
/*
 * app/registry_change.h — changes of a registry that a person makes: edit a row, undo a change, say who wins in
 * a field. Each is a change of its own with a reason and one entry of the ledger; nothing is ever deleted.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "app/registry.h"

struct registry_act {
	struct office *office;
	struct arena *arena;
	enum registry kind;
	const char *reason;       /* never empty */
	struct plan_notes *notes; /* get what was done, warnings, and why not */
};

/*
 * INVALID with a note if the act's reason says nothing (only blanks and marks), or holds the identity number of a person.
 * Every act that is decided with a reason begins with it.
 */
MUST_USE int registry_act_reason(const struct registry_act *act);

/* A field by its name or its Chinese header; false if the registry has none such. */
MUST_USE bool registry_field_of(enum registry kind, const char *word, uint32_t *ret);

/* FIELD=VALUE as typed; value "" empties the field. */
struct registry_value {
	uint32_t field;
	const char *value;
};

struct registry_edit_in {
	const char *id;
	const struct registry_value *values;
	size_t count;
	const char *evidence; /* a file that is kept with the change, at most 16 MiB; NULL: none */
	bool any_area;        /* a county may be any */
	int64_t version;      /* that was looked at; 0: any */
};

/*
 * Edits a row; values are checked as an import checks them, and are from then on edits that an import must not
 * silently undo. A site's state changes only with evidence: a file, or its field. A site that closes or
 * moves and an inspector who leaves keep the reason in their own field too. OK: *ret_change. NONE: no such
 * row (in scope, app/scope.h); INVALID: notes say why; CONFLICT: somebody else changed the row or registry meanwhile; NO_SPACE, IO_ERROR;
 * or a db_code.
 */
MUST_USE int registry_act_edit(const struct registry_act *act, const struct registry_edit_in *in,
			       int64_t *ret_change);

/*
 * Undoes a change (import, edit or undo) by a new one: rows that it replaced get back what they were, rows
 * that it added leave the registry (a site is closed, an inspector has left, a matter or recusal ends the day
 * before), both only where no later change touched them; notes count the others. Where many sites leave (LOSS_LEAST), the
 * act must say how many: else INVALID, and notes count them by county. Edits that it made end, those
 * that it ended are in force again. Results as above; NONE: no such change.
 */
MUST_USE int registry_act_undo(const struct registry_act *act, int64_t change, int64_t *ret_change);

/* The same by somebody who has counted the sites that leave; 0: he has not. */
MUST_USE int registry_act_undo_counted(const struct registry_act *act, int64_t change,
				       int64_t leaving, int64_t *ret_change);

/* From now on imports (file_wins) or the edits made here win in a field. OK, or what office_write returns. */
MUST_USE int registry_act_winner(const struct registry_act *act, uint32_t field, bool file_wins);

#endif
