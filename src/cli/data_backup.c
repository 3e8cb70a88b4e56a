/* cli/data_backup.c — one file that holds all the database holds. */
#include "app/backup.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

#include <inttypes.h>

struct options {
	struct data_options data;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
};

static bool on_rows(void *arg, uint64_t rows, uint64_t total)
{
	cli_progress_at(arg, rows, total);
	return !cli_interrupted();
}

static void answer(const struct cli *cli, const char *path, const struct backup_made *made)
{
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_int(&j.json, "bytes", made->bytes);
		json_put_text(&j.json, "file", path);
		json_put_int(&j.json, "rows", made->rows);
		json_put_text(&j.json, "sha256", made->digest);
		json_put_int(&j.json, "tables", made->tables);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	cli_print("已备份：%s（%" PRId64 " 张表，%" PRId64 " 行，%" PRId64
		  " 字节），读回核对一致，已记入账簿。\nSHA-256：%s\n",
		  path, made->tables, made->rows, made->bytes, made->digest);
	cli_print("备份里没有密钥：seal.key 和 sign.key 要另存在别处，恢复时两样都要。\n");
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	CLEANUP(office_release) struct office o = { .db = NULL };
	struct backup_made made;
	struct cli_progress shown;

	TRY(data_open(cli, &in->data, &o));
	cli_catch_interrupt();
	cli_progress_init(&shown, "备份");
	int rc = backup_write(&o, cli->arena, cli->args[0], on_rows, &shown, &made);
	cli_progress_end(&shown);
	if (rc != OK)
		return data_fail(cli, &o, rc);
	answer(cli, cli->args[0], &made);
	return CLI_OK;
}

const struct cli_command cli_data_backup = {
	.words = "data backup",
	.help = "备份（backup）：数据库的全部内容存成一个文件，办理不用停",
	.usage = "FILE " DATA_USAGE,
	.detail =
		"写下的是某一时刻的全部内容；写完读回核对，再记入账簿。已有的文件不覆盖。\n"
		"文件是 SQLite 数据库，数据在 PostgreSQL 里也一样；封存的内容在里面仍是封存的。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
