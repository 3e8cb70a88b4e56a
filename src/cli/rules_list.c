/* cli/rules_list.c — the rule sets that are kept, the versions of one, or those that come with the program. */
#include "app/rule_set_read.h"
#include "app/rule_set_shipped.h"
#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/rules.h"

struct options {
	struct data_options data;
	const char *day;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "day",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, day),
	  .value = "DAY",
	  .help = "只列这一天有效的，如 2026-03-02" },
};

static void put_kept(struct json *j, const struct rule_set_kept *k)
{
	char time[CLOCK_TEXT];

	clock_text(k->at, time);
	json_begin_object(j);
	json_put_text(j, "actor", k->actor);
	json_put_text(j, "at", time);
	json_put_text(j, "body", k->body);
	json_put_text(j, "digest", k->digest);
	json_put_text(j, "file", k->file);
	rules_put_day(j, "from", k->from);
	json_put_text(j, "level", k->level);
	json_put_text(j, "name", k->name);
	json_put_text(j, "reason", k->reason);
	json_put_text(j, "title", k->title);
	rules_put_day(j, "to", k->to);
	json_put_int(j, "version", k->version);
	json_put_bool(j, "withdrawn", k->withdrawn);
	json_end_object(j);
}

static void answer_json(const struct rule_set_list *list)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < list->count; i++)
		put_kept(&j.json, &list->at[i]);
	json_end_array(&j.json);
	json_put_int(&j.json, "total", (int64_t)list->count);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_kept(struct cli *cli, const struct rule_set_list *list)
{
	static const char *const heads[] = { "编号", ">版本",  "名称", "级别", "有效期",
					     "状态", "办理人", "时间", "原因", NULL };
	struct cli_table t;

	cli_table_init(&t, cli->arena, heads);
	for (size_t i = 0; i < list->count; i++) {
		const struct rule_set_kept *k = &list->at[i];
		const char *const cells[] = {
			k->name,
			arena_printf(cli->arena, "%lld", (long long)k->version),
			k->title,
			rules_level(k->level),
			rules_days(cli, k->from, k->to),
			k->withdrawn ? "停用" : "在用",
			k->actor,
			data_time(cli, k->at),
			k->reason,
		};
		cli_table_row(&t, cells);
	}
	cli_table_print(&t);
	cli_print("共 %zu 个。看内容：mingqian rules show 编号\n", list->count);
}

static void answer_shipped(struct cli *cli, const struct rule_set_list *list)
{
	static const char *const heads[] = { "编号", "名称", "级别", "有效期", NULL };
	struct cli_table t;

	cli_table_init(&t, cli->arena, heads);
	for (size_t i = 0; i < list->count; i++) {
		const struct rule_set_kept *k = &list->at[i];
		const char *const cells[] = { k->name, k->title, rules_level(k->level),
					      rules_days(cli, k->from, k->to) };
		cli_table_row(&t, cells);
	}
	cli_table_print(&t);
	cli_print("这 %zu 个随程序提供。看内容：mingqian rules show 编号；"
		  "数据里存的：加 --data DIR\n",
		  list->count);
}

/* What comes with the program is read by the tests, so it can be read. */
static int list_shipped(struct cli *cli, struct rule_set_list *ret)
{
	struct rule_set_kept *at = arena_array(cli->arena, rule_sets_shipped_count, sizeof(*at));

	for (size_t i = 0; i < rule_sets_shipped_count; i++) {
		struct rules_found f;
		char *digest = arena_alloc(cli->arena, RULE_DIGEST);
		TRY(rules_fetch(cli, &(struct data_options){ 0 }, rule_sets_shipped[i].name, 0,
				&f));
		rule_set_digest(&f.set, digest);
		at[i] = (struct rule_set_kept){
			.name = f.set.id,
			.title = f.set.title,
			.body = f.set.body,
			.level = f.set.level == RULE_CITY ? "city" : "county",
			.from = f.set.from,
			.to = f.set.to,
			.digest = digest,
			.actor = "",
			.reason = "",
			.file = "",
		};
	}
	*ret = (struct rule_set_list){ at, rule_sets_shipped_count };
	return CLI_OK;
}

static int list_kept(struct cli *cli, const struct options *in, struct rule_set_list *ret)
{
	struct office o;

	TRY(data_look(cli, &in->data, &o));
	int rc = rule_set_list(&o, cli->arena, cli->arg_count ? cli->args[0] : NULL, ret);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	office_release(&o);
	return code;
}

static void keep_day(struct rule_set_list *list, int64_t day)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct rule_set_kept *k = &list->at[i];
		if (!k->withdrawn && k->from <= day && day <= k->to)
			list->at[count++] = *k;
	}
	list->count = count;
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	bool kept = rules_with_data(&in->data);
	struct rule_set_list list;
	int64_t day = 0;

	if (in->day && !rules_day(in->day, &day))
		return cli_fail_usage(cli, "--day 应写成 2026-03-02 这样的日期");
	if (!kept && cli->arg_count)
		return cli_fail_usage(cli, "列一个规则集的各版本要加 --data 或 --db");
	TRY(kept ? list_kept(cli, in, &list) : list_shipped(cli, &list));
	if (cli->arg_count && list.count == 0)
		return cli_fail(cli, CLI_REFUSED, "数据里没有规则集“%s”", cli->args[0]);
	if (in->day)
		keep_day(&list, day);
	if (cli->json)
		answer_json(&list);
	else if (kept)
		answer_kept(cli, &list);
	else
		answer_shipped(cli, &list);
	return CLI_OK;
}

const struct cli_command cli_rules_list = {
	.words = "rules list",
	.help = "规则集（rules）：数据里存的、一个的各版本，或随程序提供的",
	.usage = "[NAME] [--day DAY] " DATA_USAGE,
	.detail = "写了 --data 或 --db 时列数据里存的（写 NAME 则列它的各版本，新的在前）；\n"
		  "不写时列随程序提供的。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_most = 1,
	.run = run,
};
