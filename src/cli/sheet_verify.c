/* cli/sheet_verify.c — the same verification as dr1 verify, right after the draw. */
#include "cli/sheet_verify.h"

#include "app/draw_audit.h"
#include "base/status.h"
#include "cli/audit.h"
#include "cli/sheet_notes.h"

#include <string.h>

static void answer_text(const struct cli *cli, const struct sheet_finished *f,
			const struct draw_audit *audit)
{
	cli_print("\n抽签 %s：抽中 %llu 家，%llu 趟检查。\n", f->draw_id,
		  (unsigned long long)f->drawn, (unsigned long long)f->trips);
	cli_print(
		"锁定指纹 %s\n    请见证人与锁定记录上的逐组核对；有一组不同，这次收尾不能作数。\n",
		sheet_groups(cli->arena, f->fingerprint));
	cli_print("种子 R   %s\n结果根   %s\n\n",
		  f->sealed ? "密封，揭示时公开（在 seed 文件里）" : f->seed, f->root);
	cli_print("任务表：%s\n任务单：%s\n抽签记录：%s\n\n核验：\n", f->tasks_path, f->visits_path,
		  f->protocol_path);
	audit_print(audit);
	cli_print("%s\n", audit_conclusion(cli, audit, audit->failed == 0));
}

static void answer_json(const struct plan_notes *notes, const struct sheet_finished *f,
			const struct draw_audit *audit)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "draw", f->draw_id);
	json_put_int(&j.json, "drawn", (int64_t)f->drawn);
	json_put_int(&j.json, "failed", audit->failed);
	json_put_text(&j.json, "fingerprint", f->fingerprint);
	sheet_notes_json(&j.json, notes);
	json_put_bool(&j.json, "passed", audit->failed == 0 && f->teams);
	json_put_text(&j.json, "protocol", f->protocol_path);
	json_put_bool(&j.json, "rehearsal", audit->rehearsal);
	json_put_text(&j.json, "root", f->root);
	json_put_bool(&j.json, "sealed", f->sealed);
	if (!f->sealed)
		json_put_text(&j.json, "seed", f->seed);
	audit_json(&j.json, audit);
	json_put_text(&j.json, "tasks", f->tasks_path);
	json_put_bool(&j.json, "teams", f->teams);
	json_put_int(&j.json, "trips", (int64_t)f->trips);
	json_put_int(&j.json, "unknown", audit->unknown);
	json_put_text(&j.json, "visits", f->visits_path);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int audit_folder(const struct cli *cli, const char *folder, struct draw_folder *f,
			struct draw_audit *audit)
{
	const struct draw_evidence evidence = { 0 };
	const struct draw_audit_watch watch = { 0 };
	const char *path = folder;
	int rc = draw_audit(f, folder, cli->arena, &evidence, &watch, audit, &path);

	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, path);
}

/* The text with every `secret` in it replaced. */
static struct span without(struct arena *a, struct span text, const char *secret)
{
	const char *copy = arena_mem(a, text.len ? text.at : "", text.len), *at;
	size_t len = strlen(secret);

	while ((at = strstr(copy, secret)))
		copy = arena_printf(a, "%.*s（密封）%s", (int)(at - copy), copy, at + len);
	return span_of(copy);
}

/* A sealed draw is verified with its seed, but nobody who looks over a shoulder may read it. */
static void hide_seed(struct arena *a, const struct sheet_finished *f, struct draw_audit *audit)
{
	for (uint32_t i = 0; f->sealed && i < audit->count; i++) {
		audit->steps[i].text = without(a, audit->steps[i].text, f->seed);
		audit->steps[i].how = without(a, audit->steps[i].how, f->seed);
	}
}

int sheet_finish_answer(const struct cli *cli, const struct plan_notes *notes,
			const struct sheet_finished *f, const char *folder)
{
	struct draw_folder opened;
	struct draw_audit *audit = arena_alloc(cli->arena, sizeof(*audit));
	enum core_file wrong = CORE_FILE_NONE;
	int rc = draw_folder_open(&opened, folder, &wrong);

	if (rc != OK)
		return cli_fail_status(cli, rc, folder);
	rc = audit_folder(cli, folder, &opened, audit);
	if (rc == CLI_OK)
		hide_seed(cli->arena, f, audit);
	if (rc == CLI_OK && cli->json) {
		sheet_notes_print(cli, notes);
		answer_json(notes, f, audit);
	} else if (rc == CLI_OK) {
		sheet_notes_print(cli, notes);
		answer_text(cli, f, audit);
	}
	draw_folder_release(&opened);
	if (rc != CLI_OK)
		return rc;
	if (!f->teams && !cli->json)
		return sheet_notes_refused(cli, notes);
	return audit->failed || !f->teams ? CLI_REFUSED : CLI_OK;
}
