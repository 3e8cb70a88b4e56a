/* cli/plan_new.c — a plan, or its next version, as a draft. */
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/plan.h"

struct options {
	struct data_options data;
	const char *body, *authority, *area, *title, *period, *rules, *lines;
	int64_t year, load;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "year", CLI_NUMBER, offsetof(struct options, year), "YYYY", NULL, "哪一年的计划", true,
	  2000, 9999 },
	{ "body", CLI_TEXT, offsetof(struct options, body), "CODE", "130600",
	  "抽查机关的六位代码，市局 130600，分局写县区代码", false, 0, 0 },
	{ "authority", CLI_TEXT, offsetof(struct options, authority), "NAME", "保定市生态环境局",
	  "抽查机关的名称", false, 0, 0 },
	{ "area", CLI_TEXT, offsetof(struct options, area), "CODES", "",
	  "只抽这些县区，六位代码用逗号隔开；不写为全市", false, 0, 0 },
	{ "title", CLI_TEXT, offsetof(struct options, title), "TEXT", NULL, "计划的标题", false, 0,
	  0 },
	{ "period", CLI_TEXT, offsetof(struct options, period), "WORD", "quarter",
	  "一年分成 month、quarter、half 还是 year", false, 0, 0 },
	{ "rules", CLI_TEXT, offsetof(struct options, rules), "NAME", NULL,
	  "用哪一个规则集；不写用 1 月 1 日生效的", false, 0, 0 },
	{ "load", CLI_NUMBER, offsetof(struct options, load), "N", "10",
	  "一个人十个工作日能查几家，用来算人手够不够", false, 1, 1000 },
	{ "lines", CLI_TEXT, offsetof(struct options, lines), "FILE", NULL,
	  "规则之外的项目（专项、证后监管、建设项目、部门联合），CSV，见 docs/plans.md", false, 0,
	  0 },
};

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_new in = { .id = cli->args[0],
			       .year = (uint32_t)opt->year,
			       .body = opt->body,
			       .area = opt->area,
			       .title = opt->title,
			       .authority = opt->authority,
			       .period = opt->period,
			       .rules = opt->rules,
			       .day_load = opt->load };
	struct plan_version_row version;
	struct plan_notes notes;
	char *text = NULL;

	if (opt->lines) {
		int rc = file_read(cli->arena, opt->lines, PLAN_LINES_FILE_MOST, &text,
				   &in.lines_len);
		if (rc != OK)
			return cli_fail_status(cli, rc, opt->lines);
		in.lines = text;
	}
	TRY(data_open(cli, &opt->data, &office));
	plan_notes_init(&notes, cli->arena);
	int rc = plan_make(&office, &in, &notes, &version);
	if (rc != OK)
		return plan_fail(cli, &office, &notes, rc);
	return plan_version_done(cli, in.id, &version, &notes,
				 "下一步：用 plan check 核对，再 plan submit 提交");
}

const struct cli_command cli_plan_new = {
	.words = "plan new",
	.help = "编制年度计划（草稿），或它的下一版",
	.usage = "ID --year YYYY " DATA_USAGE " [--rules NAME] [--lines FILE]",
	.detail =
		"ID 是计划的编号，例如 BD-2026；同一编号再编就是下一版，原来的版本一直保留。\n"
		"不写 --lines 时沿用上一版的项目。规则集的内容随计划保存，以后改规则集要再编一版。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
