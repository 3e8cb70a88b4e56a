/* app/sheet_rehearse.c — the same two steps as a real draw, so that a rehearsal rehearses. */
#include "app/sheet_rehearse.h"

#include "base/clock.h"
#include "base/status.h"
#include "core/mem.h"

#include <string.h>
#include <sys/random.h>

enum { VALUE_BYTES = 32 };

static int make_value(struct arena *a, char **ret)
{
	uint8_t bytes[VALUE_BYTES];
	char *hex = arena_alloc(a, 2 * VALUE_BYTES + 1);
	struct writer w = { hex, 2 * VALUE_BYTES, 0, false };

	if (getrandom(bytes, sizeof(bytes), 0) != VALUE_BYTES)
		return IO_ERROR;
	write_hex(&w, bytes, sizeof(bytes));
	*ret = hex;
	return OK;
}

static const char *draw_id(struct arena *a)
{
	char day[CLOCK_DAY];

	clock_day(clock_now(), day);
	return arena_printf(a, "YANLIAN-%.4s-1", day);
}

int sheet_rehearse(const struct sheet_freeze *in, const struct sheet_finish *watch,
		   struct plan_notes *notes, struct sheet_rehearsed *ret)
{
	static const char *const entropy[] = { "demo rehearsal" };
	struct sheet_freeze freeze = *in;
	struct sheet_rehearsed r = { 0 };
	char *value = NULL;

	freeze.entropy = entropy;
	freeze.entropy_count = 1;
	freeze.share_count = 0;
	freeze.rehearsal = true;
	if (!freeze.draw_id)
		freeze.draw_id = draw_id(notes->arena);
	TRY(make_value(notes->arena, &value));
	TRY(sheet_freeze(&freeze, notes, &r.frozen));
	const struct sheet_opened values[] = { { "demo rehearsal", value } };
	const struct sheet_opened shares[] = { { "operator", r.frozen.share } };
	const struct sheet_finish finish = { .folder = in->out,
					     .values = values,
					     .value_count = 1,
					     .shares = shares,
					     .share_count = r.frozen.share ? 1 : 0,
					     .progress = watch ? watch->progress : NULL,
					     .progress_arg = watch ? watch->progress_arg : NULL };
	int rc = sheet_finish(&finish, notes, &r.finished);
	if (rc != OK) {
		sheet_remove_folder(in->out);
		return rc;
	}
	*ret = r;
	return OK;
}
