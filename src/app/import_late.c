/* app/import_late.c — reasons that only the whole file tells are added after the scan. */
#include "app/import_work.h"
#include "base/arena.h"

void import_add_late(struct import_work *w, const struct import_late *late)
{
	if ((w->late_count & (w->late_count - 1)) == 0) {
		size_t room = w->late_count ? 2 * w->late_count : 1;
		w->late = must_realloc(w->late, room * sizeof(*w->late));
	}
	w->late[w->late_count++] = *late;
	struct import_row *r = import_row_at(w, late->row);
	r->flags |= ROW_LATE;
	if (late->error)
		r->state = IMPORT_QUARANTINED;
}
