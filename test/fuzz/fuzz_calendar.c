/* test/fuzz/fuzz_calendar.c — a calendar's file: what is taken is one year, sorted, and read back as itself. */
#include "app/calendar.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_days(const struct calendar_year *y)
{
	struct calendar c = { y, 1 };

	for (size_t i = 0; i < y->count; i++) {
		if (i && y->days[i - 1].day >= y->days[i].day)
			abort();
		if (calendar_is_working_day(&c, y->days[i].day) != y->days[i].working)
			abort();
	}
	if (calendar_add_working_days(&c, y->days[0].day, 30) <= y->days[0].day)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(buf_release) struct buf out = { 0 };
	struct plan_notes notes;
	struct calendar_year year, again;

	arena_init(&a);
	buf_init(&out, 1 << 20);
	plan_notes_init(&notes, &a);
	if (calendar_read((const char *)data, size, &notes, &year) != OK) {
		if (notes.refused == 0)
			abort();
		return 0;
	}
	check_days(&year);
	calendar_write(&year, &out);
	if (calendar_read(buf_text(&out), out.len, &notes, &again) != OK ||
	    again.count != year.count)
		abort();
	return 0;
}
