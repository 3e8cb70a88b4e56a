/* cli/registry_edit.c — one row is edited by hand, with a reason and, where asked for, evidence. */
#include "app/registry_change.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

enum { VALUES_MOST = 60 };

struct options {
	struct data_options data;
	const char *registry, *reason, *evidence, *area;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	REGISTRY_ROW(struct options, registry),
	REGISTRY_REASON_ROW(struct options, reason),
	{ "evidence", CLI_TEXT, offsetof(struct options, evidence), "FILE", NULL,
	  "证据文件，随变更保存（不超过 16 MB）", false, 0, 0 },
	{ "area", CLI_TEXT, offsetof(struct options, area), "baoding|any", "baoding",
	  "县区范围：保定市局管辖的 22 个单位，或任何六位区划代码", false, 0, 0 },
};

static int take_values(const struct cli *cli, enum registry kind, struct registry_value *values)
{
	for (size_t i = 1; i < cli->arg_count; i++) {
		struct cli_pair pair = sheet_pair(cli->arena, cli->args[i]);
		if (!pair.name)
			return cli_fail_usage(cli, "“%s”要写成 字段=值", cli->args[i]);
		values[i - 1].value = pair.value;
		if (!registry_field_of(kind, pair.name, &values[i - 1].field))
			return cli_fail_usage(cli, "%s没有字段“%s”", registry_title(kind),
					      pair.name);
	}
	return CLI_OK;
}

static int edit(const struct cli *cli, struct office *o, const struct options *opt,
		enum registry kind, const struct registry_edit_in *in)
{
	struct plan_notes notes;
	struct registry_act act = { o, cli->arena, kind, opt->reason, &notes };
	int64_t change;

	plan_notes_init(&notes, cli->arena);
	int rc = registry_act_edit(&act, in, &change);
	if (rc == NONE && !notes.refused)
		return cli_fail(cli, CLI_REFUSED, "%s里没有编号“%s”", registry_title(kind), in->id);
	return rc == OK ? registry_done(cli, &notes, change) : registry_fail(cli, o, &notes, rc);
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct registry_value *values = arena_array(cli->arena, VALUES_MOST, sizeof(*values));
	struct registry_edit_in in = { .id = cli->args[0],
				       .values = values,
				       .count = cli->arg_count - 1,
				       .evidence = opt->evidence,
				       .any_area = strcmp(opt->area, "any") == 0 };
	enum registry kind;

	TRY(registry_option(cli, opt->registry, &kind));
	TRY(registry_reason(cli, opt->reason));
	if (!in.any_area && strcmp(opt->area, "baoding") != 0)
		return cli_fail_usage(cli, "--area 应为 baoding 或 any");
	TRY(take_values(cli, kind, values));
	TRY(data_open(cli, &opt->data, &office));
	return edit(cli, &office, opt, kind, &in);
}

const struct cli_command cli_registry_edit = {
	.words = "registry edit",
	.help = "改名录里的一行：写明原因，核对规则与导入相同，旧值留作上一版",
	.usage = "ID 字段=值... --reason TEXT " DATA_USAGE " [--registry NAME] [--evidence FILE]",
	.detail =
		"字段写英文名或中文表头，如 state=停产 或 运行状态=停产；值留空即清空。\n"
		"改运行状态要有证据：--evidence 附文件，或写明 state_evidence=。\n"
		"列入特殊监管（special=是）要写明 special_reason= 和 special_from=，有截止日的再写 special_to=。\n"
		"改过的字段以后再导入时默认保留本地的值，见 mingqian registry winner。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 2,
	.args_most = VALUES_MOST,
	.run = run,
};
