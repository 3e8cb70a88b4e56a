/* app/calendar_store.c — canonical CSV in rows, calendars outside. */
#include "app/calendar_store.h"

#include "app/office_person.h"
#include "app/person.h"
#include "app/scope.h"

#include "base/buf.h"
#include "base/status.h"
#include "store/work_day.h"

#include <string.h>

enum { YEARS_MOST = 200 };

struct keeping {
	struct office *o;
	struct arena *a;
	struct work_calendar_row row;
	int64_t version;
};

static int keep_work(struct db *db, void *arg)
{
	struct keeping *in = arg;
	struct work_calendar_rows last;
	char digest[OFFICE_DIGEST];

	TRY(person_acts(in->o, PERSON_ACTORS));
	TRY(work_calendar_list(db, in->a, (int64_t[]){ in->row.year, in->row.year }, 1, &last));
	if (last.count && strcmp(last.at[0].digest, in->row.digest) == 0)
		return CONFLICT;
	in->row.at = office_now(in->o);
	TRY(work_calendar_add(db, &in->row, &in->version));
	TRY(office_document(in->o, in->row.cells, strlen(in->row.cells), digest));
	return office_log(in->o, "calendar.import",
			  arena_printf(in->a, "calendar-%lld", (long long)in->row.year), digest);
}

static struct calendar_kept kept_of(const struct work_calendar_row *row,
				    const struct calendar_year *year)
{
	struct calendar_kept k = { .year = row->year,
				   .version = row->version,
				   .at = row->at,
				   .digest = row->digest,
				   .actor = row->actor,
				   .reason = row->reason,
				   .file = row->file };

	for (size_t i = 0; i < year->count; i++) {
		k.off += !year->days[i].working;
		k.on += year->days[i].working;
	}
	return k;
}

int calendar_keep(struct office *o, const char *text, size_t len,
		  const char *const file_and_reason[2], struct plan_notes *notes,
		  struct calendar_kept *ret)
{
	CLEANUP(buf_release) struct buf cells = { 0 };
	struct calendar_year year;
	char digest[OFFICE_DIGEST];
	const char *reason = file_and_reason[1];

	TRY(scope_need_all(o));
	buf_init(&cells, 1 << 20);
	const char *wrong = office_reason_wrong(reason);
	if (wrong) {
		plan_note(notes, PLAN_REFUSED, "要写明依据哪个放假通知：%s。", wrong);
		return INVALID;
	}
	TRY(calendar_read(text, len, notes, &year));
	calendar_write(&year, &cells);
	office_digest(buf_text(&cells), cells.len, digest);
	struct keeping in = { .o = o, .a = notes->arena };
	in.row = (struct work_calendar_row){
		.year = year.year,
		.cells = arena_mem(notes->arena, buf_text(&cells), cells.len),
		.digest = arena_str(notes->arena, digest),
		.actor = o->actor,
		.reason = reason,
		.file = file_and_reason[0],
	};
	int rc = office_write(o, keep_work, &in);
	if (rc == CONFLICT)
		plan_note(notes, PLAN_REFUSED, "%u 年的日历没有变化，没有存新版本。",
			  (unsigned)year.year);
	if (rc != OK)
		return rc;
	in.row.version = in.version;
	*ret = kept_of(&in.row, &year);
	return OK;
}

/* A kept calendar is one that was read, so it is read again. */
static int read_row(struct arena *a, const struct work_calendar_row *row, struct calendar_year *ret)
{
	struct plan_notes notes;

	plan_notes_init(&notes, a);
	return calendar_read(row->cells, strlen(row->cells), &notes, ret);
}

int calendar_load(struct office *o, struct arena *a, uint32_t from, uint32_t to,
		  struct calendar *ret)
{
	struct work_calendar_rows rows;

	TRY(work_calendar_list(o->db, a, (int64_t[]){ from, to }, YEARS_MOST, &rows));
	struct calendar_year *years = arena_array(a, rows.count, sizeof(*years));
	for (size_t i = 0; i < rows.count; i++)
		TRY(read_row(a, &rows.at[i], &years[i]));
	*ret = (struct calendar){ years, rows.count };
	return OK;
}

int calendar_list(struct office *o, struct arena *a, struct calendar_list *ret)
{
	struct work_calendar_rows rows;

	TRY(work_calendar_list(o->db, a, (int64_t[]){ 1970, 9999 }, YEARS_MOST, &rows));
	struct calendar_list list = { arena_array(a, rows.count, sizeof(*list.at)), rows.count };
	for (size_t i = 0; i < rows.count; i++) {
		struct calendar_year year;
		TRY(read_row(a, &rows.at[i], &year));
		list.at[i] = kept_of(&rows.at[i], &year);
	}
	*ret = list;
	return OK;
}
