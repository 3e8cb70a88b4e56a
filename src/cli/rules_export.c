/* cli/rules_export.c — a rule set as a file, and the schema of such files. */
#include "app/rule_set_read.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/rules.h"

struct options {
	struct data_options data;
	const char *out;
	int64_t version;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "out",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, out),
	  .value = "FILE",
	  .help = "写到这个文件；不写：标准输出" },
	{ .name = "version",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, version),
	  .value = "N",
	  .fallback = "0",
	  .help = "第几版；不写：最后一版",
	  .max = 1000000000 },
};

static int write_file(const struct cli *cli, const char *path, const struct buf *text,
		      const struct rule_set *set)
{
	struct cli_json j;
	char digest[RULE_DIGEST];
	int rc = file_write(path, buf_text(text), text->len, 0644);

	if (rc != OK)
		return cli_fail_status(cli, rc, path);
	rule_set_digest(set, digest);
	if (!cli->json) {
		cli_print("规则集 %s 已写到 %s，摘要 %s\n", set->id, path, digest);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "digest", digest);
	json_put_text(&j.json, "file", path);
	json_put_text(&j.json, "id", set->id);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	CLEANUP(buf_release) struct buf text = { 0 };
	const struct options *in = arg;
	struct rules_found f;

	buf_init(&text, 8 << 20);
	TRY(rules_fetch(cli, &in->data, cli->args[0], in->version, &f));
	rule_set_write(&f.set, &text);
	buf_char(&text, '\n');
	if (in->out)
		return write_file(cli, in->out, &text, &f.set);
	cli_write(buf_text(&text), text.len);
	return CLI_OK;
}

const struct cli_command cli_rules_export = {
	.words = "rules export",
	.help = "导出一个规则集为 JSON 文件（规范形式，可以再导入）",
	.usage = "FILE|NAME [--version N] [--out FILE] " DATA_USAGE,
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};

static int run_schema(struct cli *cli, void *unused)
{
	CLEANUP(buf_release) struct buf text = { 0 };

	(void)cli;
	(void)unused;
	buf_init(&text, 1 << 20);
	rule_set_schema(&text);
	buf_char(&text, '\n');
	cli_write(buf_text(&text), text.len);
	return CLI_OK;
}

const struct cli_command cli_rules_schema = {
	.words = "rules schema",
	.help = "规则集文件的 JSON Schema（2020-12），供编辑器和别的程序检查",
	.usage = "",
	.run = run_schema,
};
