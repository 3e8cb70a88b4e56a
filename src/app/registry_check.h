#ifndef APP_REGISTRY_CHECK_H
#define APP_REGISTRY_CHECK_H
/*
 * app/registry_check.h — one row as a person wants it, checked exactly as an imported one: it goes through
 * import_file as a table of one row, so that no rule stands twice.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "app/registry.h"

struct registry_check {
	enum registry kind;
	const struct span *old; /* canonical cells of the row as it is */
	const struct span
		*given;      /* cells as they shall be: canonical ones, and what a person typed */
	const bool *touched; /* which ones a person typed */
	bool any_area;       /* a county typed may be any */
};

/*
 * ret[0..REGISTRY_FIELDS_MOST): the canonical cells that come of it, in the arena. INVALID: notes say what is
 * wrong with which field; a value that an import would leave empty with a warning is refused here.
 */
MUST_USE int registry_check(const struct office *o, struct arena *a,
			    const struct registry_check *in, struct plan_notes *notes,
			    struct span *ret);

#endif
