/* cli/data_restore.c — an office from a backup and its keys. */
#include "app/backup.h"
#include "app/office_person.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

#include <inttypes.h>
#include <string.h>

struct options {
	struct data_options data;
	const char *sha256;
};

static const struct cli_option option_rows[] = {
	DATA_ROW(struct options, data, db, "URL",
		 "恢复到这个空的 PostgreSQL 数据库，DIR 里只有密钥"),
	DATA_ROW(struct options, data, keys, "DIR", "密钥文件夹；不写时用 DIR/keys"),
	DATA_ROW(struct options, data, as, "NAME", "办理人，记入账簿；不写时用本机登录名"),
	DATA_ROW(struct options, data, now, "TIME",
		 "只用于演示数据：当作现在的时间，如 2026-03-02T09:30"),
	{ .name = "sha256",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, sha256),
	  .value = "HEX",
	  .help = "备份文件应有的 SHA-256（备份时显示的）：不符就不恢复" },
};

static bool on_rows(void *arg, uint64_t rows, uint64_t total)
{
	cli_progress_at(arg, rows, total);
	return !cli_interrupted();
}

static void answer(const struct cli *cli, const struct restored *done)
{
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "epoch", done->epoch);
		json_put_int(&j.json, "ledgerFailed", (int64_t)done->ledger.failed);
		json_put_int(&j.json, "ledgerSize", done->ledger.size);
		json_put_int(&j.json, "rows", done->rows);
		json_put_int(&j.json, "tables", done->tables);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	cli_print("已恢复：%" PRId64 " 张表，%" PRId64 " 行；账簿 %" PRId64
		  " 条，恢复本身是最后一条。\n",
		  done->tables, done->rows, done->ledger.size);
	for (size_t i = 0; i < done->ledger.count; i++)
		if (done->ledger.steps[i].mark == VERIFY_FAILED)
			cli_print("✗ %s\n", done->ledger.steps[i].text);
	if (done->ledger.failed)
		cli_print("备份里的账簿有 %zu 步不符：请先查明，再用它办理。\n",
			  done->ledger.failed);
	cli_print(
		"备份以后办的事不在里面：请与备份以后公布过的检查点核对"
		"（ledger verify --against），手机上登记过的记录，连上以后会再交一次；命令行上办的要重新办。\n");
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct restore_plan plan = {
		.file = cli->args[0],
		.digest = in->sha256,
		.where = { .data = cli->args[1], .db = in->data.db, .keys = in->data.keys },
		.progress = on_rows
	};
	struct cli_progress shown;
	struct restored done = { 0 };
	const char *why;

	TRY(data_actor(cli, &in->data, &plan.actor));
	TRY(data_now(cli, &in->data, &plan.fixed_now));
	cli_catch_interrupt();
	cli_progress_init(&shown, "恢复");
	plan.arg = &shown;
	int rc = backup_restore(cli->arena, &plan, &done, &why);
	cli_progress_end(&shown);
	if (rc != OK)
		return cli_fail(cli, data_exit(rc), "%s", why);
	answer(cli, &done);
	return CLI_OK;
}

const struct cli_command cli_data_restore = {
	.words = "data restore",
	.help = "恢复（restore）：用备份和密钥重建数据，记入账簿",
	.usage = "FILE DIR [--db URL] [--keys DIR] [--sha256 HEX]",
	.detail = "DIR 是还没有数据的文件夹；先把另存的 seal.key 和 sign.key 放进 DIR/keys。\n"
		  "也用来换数据库：从 SQLite 换到 PostgreSQL，或换回来。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 2,
	.args_most = 2,
	.run = run,
};
