/* cli/rules_edit.c — values of a kept rule set changed by their path: the next version. */
#include "app/rule_set_edit.h"
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
	  .help = "为什么修改，记入账簿",
	  .required = true },
	RULES_AREA_ROW(struct options, area),
};

/* PATH=VALUE after the name; CLI_USAGE after telling. */
static int read_values(const struct cli *cli, struct rule_set_value *out)
{
	for (size_t i = 1; i < cli->arg_count; i++) {
		struct cli_pair p = sheet_pair(cli->arena, cli->args[i]);
		if (!p.name || !*p.name)
			return cli_fail_usage(cli,
					      "“%s”应写成 位置=值，如 rules.key.basis.percent=12.5",
					      cli->args[i]);
		out[i - 1] = (struct rule_set_value){ p.name, p.value };
	}
	return CLI_OK;
}

struct editing {
	struct office *office;
	const struct rule_check *about;
	const struct rule_set_value *values;
	size_t count;
	const char *name, *reason;
};

static int edit(const struct editing *e, struct plan_notes *notes, struct rule_set_kept *ret)
{
	struct rule_set_given given = { .reason = e->reason, .about = e->about };
	struct rule_set_kept kept;
	struct rule_set set;

	TRY(rule_set_look(e->office, e->name, 0, notes, &set, &kept));
	if (kept.withdrawn) {
		plan_note(notes, PLAN_REFUSED,
			  "规则集“%s”已经停用，不能改。要恢复它，先重新导入（mingqian rules "
			  "import），再改。",
			  e->name);
		return INVALID;
	}
	TRY(rule_set_edit(&set, e->values, e->count, notes, &given.text, &given.len));
	given.file = kept.file;
	return rule_set_keep(e->office, &given, notes, ret);
}

static void answer(const struct cli *cli, const struct rule_set_kept *kept)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("规则集 %s 已改为第 %lld 版。看内容：mingqian rules show %s\n",
			  kept->name, (long long)kept->version, kept->name);
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "digest", kept->digest);
	json_put_text(&j.json, "name", kept->name);
	json_put_int(&j.json, "version", kept->version);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct rule_set_value *values = arena_array(cli->arena, cli->arg_count, sizeof(*values));
	struct editing e = { .values = values,
			     .count = cli->arg_count - 1,
			     .name = cli->args[0],
			     .reason = in->reason };
	struct rule_set_kept kept;
	struct rule_check about;
	struct plan_notes notes;
	struct office o;

	TRY(read_values(cli, values));
	TRY(rules_about(cli, in->area, &about));
	plan_notes_init(&notes, cli->arena);
	TRY(data_open(cli, &in->data, &o));
	e.office = &o;
	e.about = &about;
	int rc = edit(&e, &notes, &kept);
	int code = CLI_OK;
	if (rc == OK)
		sheet_notes_print(cli, &notes);
	else if (rc == NONE)
		code = cli_fail(cli, CLI_REFUSED, "数据里没有规则集“%s”", e.name);
	else if (notes.refused)
		code = sheet_notes_fail(cli, &notes, rc, e.name);
	else
		code = data_fail(cli, &o, rc);
	office_release(&o);
	if (rc == OK)
		answer(cli, &kept);
	return code;
}

const struct cli_command cli_rules_edit = {
	.words = "rules edit",
	.help = "改规则集里的几个值：检查后存为新的一版",
	.usage = "NAME PATH=VALUE... --reason TEXT [--area baoding|any] " DATA_USAGE,
	.detail = "PATH 是各级的键，用点隔开；列表里的项写它的编号，或从 0 数起的位置：\n"
		  "  rules.key.basis.percent=12.5      重点排污单位的比例\n"
		  "  cap.visits=3                      年度次数上限\n"
		  "  'rules.special.repeat={\"policy\": \"rotation\", \"visits\": 2}'\n"
		  "VALUE 写 null 就是删掉这一项。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 2,
	.args_most = 50,
	.run = run,
};
