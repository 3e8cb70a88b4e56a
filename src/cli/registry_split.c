/* cli/registry_split.c — a site that is several becomes several. */
#include "app/registry_merge.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *reason, *area;
	int64_t undo;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	REGISTRY_REASON_ROW(struct options, reason),
	{ "area", CLI_TEXT, offsetof(struct options, area), "baoding|any", "baoding",
	  "县区范围：保定市局管辖的 22 个单位，或任何六位区划代码", false, 0, 0 },
	{ "undo", CLI_NUMBER, offsetof(struct options, undo), "CHANGE", "0",
	  "撤销这一号拆分（或合并）变更：拆出的并回原对象", false, 0, INT64_MAX },
};

/* "name=乙厂;address=东街1号" to values. */
static int read_part(const struct cli *cli, const char *text, struct registry_part *ret)
{
	struct span rest = span_of(text), item;
	struct registry_value *values = arena_array(cli->arena, SITE_FIELDS, sizeof(*values));

	*ret = (struct registry_part){ values, 0 };
	while (rest.len) {
		span_cut(&rest, ';', &item);
		struct cli_pair p = sheet_pair(cli->arena, registry_cell(cli, item));
		if (ret->count == SITE_FIELDS || !p.name ||
		    !registry_field_of(REGISTRY_SITES, p.name, &values[ret->count].field))
			return cli_fail_usage(
				cli,
				"“%s”应写成 字段=值，几项之间用分号，如 name=某公司二厂;address=某路1号",
				text);
		values[ret->count++].value = p.value;
	}
	return CLI_OK;
}

static int split(const struct cli *cli, const struct options *opt, struct office *office)
{
	struct plan_notes notes;
	const struct registry_act act = { office, cli->arena, REGISTRY_SITES, opt->reason, &notes };
	size_t count = cli->arg_count ? cli->arg_count - 1 : 0;
	struct registry_part *parts = arena_array(cli->arena, count + 1, sizeof(*parts));
	const char *const *ids;
	int64_t change;
	int rc;

	plan_notes_init(&notes, cli->arena);
	for (size_t i = 0; i < count; i++)
		TRY(read_part(cli, cli->args[i + 1], &parts[i]));
	const struct registry_split_in in = { cli->args[0], parts, count,
					      strcmp(opt->area, "any") == 0 };
	if (opt->undo)
		rc = registry_act_part(&act, opt->undo, &change);
	else
		rc = registry_act_split(&act, &in, &ids, &change);
	if (rc != OK)
		return registry_fail(cli, office, &notes, rc);
	for (size_t i = 0; !opt->undo && i < count; i++)
		plan_note(&notes, PLAN_INFO, "拆出 %s", ids[i]);
	return registry_done(cli, &notes, change);
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };

	TRY(registry_reason(cli, opt->reason));
	if (strcmp(opt->area, "any") != 0 && strcmp(opt->area, "baoding") != 0)
		return cli_fail_usage(cli, "--area 应为 baoding 或 any");
	if (opt->undo ? cli->arg_count != 0 : cli->arg_count < 2)
		return cli_fail_usage(cli, "应写明对象的编号和拆出的每一处，或只写 --undo 变更号");
	TRY(data_open(cli, &opt->data, &office));
	return split(cli, opt, &office);
}

const struct cli_command cli_registry_split = {
	.words = "registry split",
	.help = "拆分（split）：一条其实是几处，各自成为检查对象",
	.usage = "ID PART... --reason TEXT " DATA_USAGE " | --undo CHANGE --reason TEXT",
	.detail =
		"每个 PART 是拆出的一处：字段=值，几项之间用分号，至少有名称或地址，如 \"name=某公司二厂;address=某路1号\"。\n"
		"原对象保留编号，拆出的编号是 ID.1、ID.2……；没有写的内容照原对象，排污许可证和坐标除外。\n"
		"原对象此前的抽查对拆出的各处都算数。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 0,
	.args_most = REGISTRY_MERGE_MOST + 1,
	.run = run,
};
