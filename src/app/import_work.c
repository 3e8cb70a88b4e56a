/* app/import_work.c — the steps in their order. */
#include "app/import_work.h"
#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool starts_with(struct span s, const char *bytes, size_t len)
{
	return s.len >= len && memcmp(s.at, bytes, len) == 0;
}

bool import_is_workbook(struct span s)
{
	return starts_with(s, "PK\x03\x04", 4) || starts_with(s, "PK\x05\x06", 4) ||
	       starts_with(s, "\xd0\xcf\x11\xe0", 4);
}

static int scan(struct import_work *w)
{
	w->workbook = import_is_workbook(w->input);
	if (w->input.len == 0)
		return import_refuse(w, "文件是空的");
	TRY(import_check_map(w));
	if (!w->workbook && w->options->sheet)
		return import_refuse(
			w, "--sheet 只用于 .xlsx 工作簿，这个文件是文本（CSV），没有工作表；"
			   "请去掉 --sheet，或换成工作簿");
	if (!w->workbook)
		return import_scan_csv(w);
	snprintf(w->summary->encoding, sizeof(w->summary->encoding), "XLSX");
	return import_scan_workbook(w);
}

static int check_sum(struct import_work *w)
{
	const uint64_t *c = w->summary->count;

	if (c[IMPORT_NEW] + c[IMPORT_QUARANTINED] + c[IMPORT_UNCHANGED] + c[IMPORT_UPDATED] !=
	    w->rows)
		return import_refuse(w, "内部核对不符：各类行数之和不等于读入的行数，没有导入");
	return OK;
}

static int run(struct import_work *w)
{
	TRY(scan(w));
	for (uint32_t i = 0; i < w->parts; i++)
		w->rows += w->part[i].rows;
	import_progress(w, 60, 100);
	TRY(import_resolve(w));
	TRY(import_merge(w));
	TRY(check_sum(w));
	if (w->summary->count[IMPORT_QUARANTINED])
		import_count_reasons(w);
	import_progress(w, 85, 100);
	if (w->files->json >= 0)
		TRY(import_write_json(w));
	if (w->files->report >= 0)
		TRY(import_write_report(w));
	return OK;
}

int import_work_run(struct import_work *w)
{
	int rc = run(w);

	w->summary->finished = rc == OK;
	import_progress(w, 100, 100);
	return rc;
}

void import_work_release(struct import_work *w)
{
	for (uint32_t i = 0; i < w->parts; i++)
		import_part_release(&w->part[i]);
	free(w->order);
	free(w->late);
}
