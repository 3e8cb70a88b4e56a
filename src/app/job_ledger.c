/* app/job_ledger.c — written into the job's own folder, packed, told. */
#include "app/job_ledger.h"

#include "app/ledger_export.h"
#include "base/json.h"
#include "base/status.h"
#include "files/zip_write.h"

enum { STEPS = 2 }; /* tiles, then the zip */

static const char *answer(struct job_run *j, const struct ledger_exported *e)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json w;

	buf_init(&out, JOB_ANSWER_MOST);
	json_init(&w, &out);
	json_begin_object(&w);
	json_put_text(&w, "note", e->note);
	json_put_int(&w, "size", e->size);
	json_put_int(&w, "tiles", e->tiles);
	json_put_text(&w, "verifierKey", j->office->verifier_key);
	json_end_object(&w);
	return arena_mem(j->arena, out.data, out.len);
}

static int run(struct job_run *j)
{
	const char *folder = arena_printf(j->arena, "%s/ledger", j->folder);
	const char *path = arena_printf(j->arena, "%s/ledger.zip", j->folder);
	struct ledger_exported e;

	if (!job_progress(j, "写出", 0, STEPS))
		return CANCELLED;
	int rc = ledger_export(j->office, j->arena, folder, &e);
	if (rc == NONE)
		j->answer = "账簿缺条目：请先核验账簿，查明原因";
	TRY(rc);
	if (!job_progress(j, "打包", 1, STEPS))
		return CANCELLED;
	TRY(zip_write_folder(folder, "ledger", path));
	j->file = path;
	j->file_name = arena_printf(j->arena, "账簿-%lld.zip", (long long)e.size);
	j->answer = answer(j, &e);
	return OK;
}

const struct job_kind job_ledger = { .name = "ledger",
				     .permission = PERM_LEDGER_EXPORT,
				     .run = run };
