/* cli/rules_import.c — a rule set becomes the next version of its name. */
#include "base/status.h"
#include "cli/commands.h"
#include "cli/rules.h"
#include "cli/rules_about.h"
#include "cli/sheet_notes.h"

struct options {
	struct data_options data;
	const char *reason, *area;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ .name = "reason",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, reason),
	  .value = "TEXT",
	  .help = "为什么导入或修改，记入账簿",
	  .required = true },
	RULES_AREA_ROW(struct options, area),
};

static void answer(const struct cli *cli, const struct rule_set_kept *kept,
		   const struct plan_notes *notes)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("已存规则集 %s 第 %lld 版：%s，有效期 %s。\n", kept->name,
			  (long long)kept->version, kept->title,
			  rules_days(cli, kept->from, kept->to));
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "digest", kept->digest);
	json_put_text(&j.json, "name", kept->name);
	sheet_notes_json(&j.json, notes);
	json_put_int(&j.json, "version", kept->version);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct rule_set_given given = { .file = cli->args[0], .reason = in->reason };
	struct rule_set_kept kept;
	struct rule_check about;
	struct plan_notes notes;
	struct office o;

	TRY(rules_about(cli, in->area, &about));
	given.about = &about;
	TRY(rules_text(cli, cli->args[0], &given.text, &given.len));
	plan_notes_init(&notes, cli->arena);
	TRY(data_open(cli, &in->data, &o));
	int rc = rule_set_keep(&o, &given, &notes, &kept);
	int code = CLI_OK;
	if (rc == OK)
		sheet_notes_print(cli, &notes);
	else if (notes.refused)
		code = sheet_notes_fail(cli, &notes, rc, cli->args[0]);
	else
		code = data_fail(cli, &o, rc);
	office_release(&o);
	if (rc == OK)
		answer(cli, &kept, &notes);
	return code;
}

const struct cli_command cli_rules_import = {
	.words = "rules import",
	.help = "把规则集存进数据：新的一版，记下谁、何时、为什么",
	.usage = "FILE|NAME --reason TEXT [--area baoding|any] " DATA_USAGE,
	.detail =
		"FILE 是规则集文件；没有这个文件时，NAME 是随程序提供的规则集。先检查，不行的不存。\n"
		"改规则就是改了文件再导入：编号相同的成为下一版，旧版都留着。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
