/* cli/rules_check.c — a rule set alone: is it well formed, and can its rules be kept together? */
#include "app/import_area.h"
#include "app/registry.h"
#include "app/rule_set_check.h"
#include "base/buf.h"
#include "cli/commands.h"
#include "cli/rules.h"
#include "cli/rules_about.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *day, *area;
	int64_t version;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "day",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, day),
	  .value = "DAY",
	  .help = "还要在这一天有效，如 2026-03-02" },
	RULES_AREA_ROW(struct options, area),
	{ .name = "version",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct options, version),
	  .value = "N",
	  .fallback = "0",
	  .help = "第几版；不写：最后一版",
	  .max = 1000000000 },
};

static const char *const kind_names[] = { "info", "warning", "refused" };
static const char *const kind_words[] = { "说明", "提醒", "不行" };

static void answer_json(const struct rule_set *set, const struct rule_findings *found)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "findings");
	json_begin_array(&j.json);
	for (size_t i = 0; i < found->count; i++) {
		const struct rule_finding *f = &found->list[i];
		json_begin_object(&j.json);
		json_put_text(&j.json, "code", rule_finding_name(f->code));
		json_put_text(&j.json, "kind", kind_names[f->kind]);
		json_key(&j.json, "rules");
		json_begin_array(&j.json);
		for (size_t k = 0; k < f->rules.count; k++)
			json_text(&j.json, f->rules.at[k]);
		json_end_array(&j.json);
		json_put_text(&j.json, "text", f->text);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_put_text(&j.json, "id", set->id);
	json_put_int(&j.json, "refused", (int64_t)found->refused);
	json_put_int(&j.json, "rules", (int64_t)set->rule_count);
	json_put_int(&j.json, "warnings", (int64_t)found->warnings);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_text(struct cli *cli, const struct rule_set *set,
			const struct rule_findings *found)
{
	cli_print("规则集 %s（%s）：%zu 条规则，有效期 %s。\n", set->id, set->title,
		  set->rule_count, rules_days(cli, set->from, set->to));
	for (size_t i = 0; i < found->count; i++) {
		const struct rule_finding *f = &found->list[i];
		cli_print("%s：%s", kind_words[f->kind], f->text);
		for (size_t k = 0; k < f->rules.count; k++)
			cli_print("%s%s", k ? "、" : "［规则 ", f->rules.at[k]);
		cli_print("%s\n", f->rules.count ? "］" : "");
	}
	if (found->refused)
		cli_print("有 %zu 处不行，改好以前不能用。\n", found->refused);
	else if (found->warnings)
		cli_print("可以用；有 %zu 处提醒，请看过再用。\n", found->warnings);
	else
		cli_print("可以用。\n");
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct rules_found f;
	struct rule_findings found;
	struct rule_check about;

	TRY(rules_about(cli, in->area, &about));
	about.has_day = in->day != NULL;
	if (in->day && !rules_day(in->day, &about.day))
		return cli_fail_usage(cli, "--day 应写成 2026-03-02 这样的日期");
	TRY(rules_fetch(cli, &in->data, cli->args[0], in->version, &f));
	rule_set_check(&f.set, &about, cli->arena, &found);
	if (cli->json)
		answer_json(&f.set, &found);
	else
		answer_text(cli, &f.set, &found);
	return found.refused ? CLI_REFUSED : CLI_OK;
}

const struct cli_command cli_rules_check = {
	.words = "rules check",
	.help = "检查一个规则集：写法、重叠、遗漏、与次数上限的冲突、文件依据",
	.usage = "FILE|NAME [--day DAY] [--area baoding|any] [--version N] " DATA_USAGE,
	.detail = "不需要数据；写了 --data 或 --db 时检查数据里存的 NAME。\n"
		  "“不行”的改好以前不能用（退出码 1）；“提醒”的请看过再用。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
