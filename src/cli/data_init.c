/* cli/data_init.c — a new office: folder, database and keys. */
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

struct options {
	const char *db, *keys, *origin;
	bool demo;
};

static const struct cli_option option_rows[] = {
	{ .name = "db",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, db),
	  .value = "URL",
	  .help = "数据放进这个 PostgreSQL 数据库（UTF8，排序规则 C），DIR 里只放密钥" },
	{ .name = "keys",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, keys),
	  .value = "DIR",
	  .help = "密钥放在这个文件夹；不写时用 DIR/keys" },
	{ .name = "origin",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, origin),
	  .value = "NAME",
	  .help = "账簿检查点的署名，如 hbj.example.gov.cn/ssj；不写时自动生成" },
	{ .name = "demo",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct options, demo),
	  .help = "演示数据：办理时可用 --now 指定时间，不能用于正式工作" },
};

static void answer(const struct cli *cli, const struct office *o)
{
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "data", o->data);
		json_put_bool(&j.json, "demo", o->demo);
		json_put_text(&j.json, "key", o->verifier_key);
		json_put_text(&j.json, "origin", o->origin);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	cli_print("已建立%s：%s\n", o->demo ? "演示数据" : "数据", o->data);
	cli_print("账簿署名：%s\n公开的验证密钥（请登在网站上、印在纸上）：\n  %s\n", o->origin,
		  o->verifier_key);
	cli_print(
		"请现在就把密钥文件 seal.key 和 sign.key 另存到数据库以外的安全处：丢了 seal.key，"
		"封存的内容再也打不开；丢了 sign.key，账簿不能继续签名。\n");
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct office_where w = { .db = in->db,
				  .keys = in->keys,
				  .origin = in->origin,
				  .data = cli->args[0],
				  .make = true,
				  .demo = in->demo };
	struct office office;
	const char *why;
	int rc = office_open(cli->arena, &w, &office, &why);

	if (rc != OK)
		return cli_fail(cli, data_exit(rc), "%s", why);
	answer(cli, &office);
	office_release(&office);
	return CLI_OK;
}

const struct cli_command cli_data_init = {
	.words = "data init",
	.help = "新建数据（data folder）：文件夹、数据库和密钥",
	.usage = "DIR [--db URL] [--keys DIR] [--origin NAME] [--demo]",
	.detail =
		"DIR 里有：mingqian.db（数据库）、keys（密钥，只有本人能读）、work（临时文件）。\n"
		"用 --db 时数据在 PostgreSQL 里，以后各命令写 --data DIR --db URL。\n"
		"密码请放在 ~/.pgpass 或 PGPASSWORD 里，不要写在命令行上。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
