/* cli/registry_suggestions.c — pairs of sites that may be one: looked for, listed, decided. */
#include "app/registry_suggest.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

struct options {
	struct data_options data;
	bool find;
	const char *state, *keep, *reason;
	int64_t confirm, refuse, after, most;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ "find", CLI_FLAG, offsetof(struct options, find), NULL, NULL,
	  "先把全部名录查一遍，记下新的疑似重复", false, 0, 0 },
	{ "state", CLI_TEXT, offsetof(struct options, state), "open|confirmed|refused", "open",
	  "列待处理的、已合并的或已否定的", false, 0, 0 },
	{ "confirm", CLI_NUMBER, offsetof(struct options, confirm), "N", "0",
	  "第 N 号确是一个对象：合并，用 --keep 写明保留哪个编号", false, 0, INT64_MAX },
	{ "keep", CLI_TEXT, offsetof(struct options, keep), "ID", NULL,
	  "与 --confirm 合用：存续的编号", false, 0, 0 },
	{ "refuse", CLI_NUMBER, offsetof(struct options, refuse), "N", "0",
	  "第 N 号不是一个对象：以后不再提", false, 0, INT64_MAX },
	{ "reason", CLI_TEXT, offsetof(struct options, reason), "TEXT", NULL,
	  "为什么，与 --confirm、--refuse 合用", false, 0, 0 },
	{ "after", CLI_NUMBER, offsetof(struct options, after), "N", "0", "接着第 N 号往后列",
	  false, 0, INT64_MAX },
	{ "most", CLI_NUMBER, offsetof(struct options, most), "N", "20", "一页多少条", false, 1,
	  1000 },
};

/* ---- listing ---- */

static void print_page(const struct cli *cli, const struct registry_suggested_page *p)
{
	struct cli_table t;

	cli_table_init(&t, cli->arena,
		       (const char *const[]){ ">号", "编号", "名称", "地址", "与", "名称", "地址",
					      "依据", "处理", NULL });
	for (size_t i = 0; i < p->count; i++) {
		const struct registry_suggested *s = &p->rows[i];
		const struct registry_suggestion *d = &s->suggestion;
		cli_table_row(&t, (const char *const[]){
					  arena_printf(cli->arena, "%lld", (long long)d->id),
					  d->first, registry_cell(cli, s->first[SITE_NAME]),
					  registry_cell(cli, s->first[SITE_ADDRESS]), d->second,
					  registry_cell(cli, s->second[SITE_NAME]),
					  registry_cell(cli, s->second[SITE_ADDRESS]),
					  registry_suggest_basis(d->basis), d->reason });
	}
	if (p->count)
		cli_table_print(&t);
	cli_print("共 %lld 条", (long long)p->total);
	if (p->count && (int64_t)p->count < p->total)
		cli_print("；往后列：--after %lld", (long long)p->rows[p->count - 1].suggestion.id);
	cli_print("。\n");
}

static void json_page(const struct registry_suggested_page *p, int64_t found, int64_t fresh)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	if (found >= 0) {
		json_put_int(&j.json, "found", found);
		json_put_int(&j.json, "fresh", fresh);
	}
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < p->count; i++) {
		const struct registry_suggestion *d = &p->rows[i].suggestion;
		json_begin_object(&j.json);
		json_put_text(&j.json, "basis", d->basis);
		json_put_text(&j.json, "first", d->first);
		json_put_int(&j.json, "id", d->id);
		json_put_text(&j.json, "reason", d->reason);
		json_put_text(&j.json, "second", d->second);
		json_put_text(&j.json, "state", d->state);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_put_int(&j.json, "total", p->total);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int list(const struct cli *cli, const struct options *opt, struct office *office)
{
	struct registry_suggestion_page in = { "sites", opt->state, opt->after, opt->most };
	struct registry_suggested_page page = { .count = 0 };
	int64_t found = -1, fresh = 0;
	int rc = opt->find ? registry_suggest_find(office, &found, &fresh) : OK;

	if (rc == OK)
		rc = registry_suggest_list(office, cli->arena, &in, &page);
	if (rc != OK)
		return data_fail(cli, office, rc);
	if (found >= REGISTRY_SUGGESTIONS_MOST)
		cli_warn("疑似重复太多，先记下 %d 对；处理一些之后再查", REGISTRY_SUGGESTIONS_MOST);
	if (cli->json) {
		json_page(&page, found, fresh);
		return CLI_OK;
	}
	if (found >= 0)
		cli_print("查到 %lld 对，其中新记下 %lld 对。\n", (long long)found,
			  (long long)fresh);
	print_page(cli, &page);
	return CLI_OK;
}

/* ---- deciding ---- */

static int decide(const struct cli *cli, const struct options *opt, struct office *office)
{
	struct plan_notes notes;
	const struct registry_act act = { office, cli->arena, REGISTRY_SITES, opt->reason, &notes };
	struct cli_json j;
	int64_t change = 0;

	plan_notes_init(&notes, cli->arena);
	if (opt->confirm) {
		int rc = registry_suggest_confirm(&act, opt->confirm, opt->keep, &change);
		return rc == OK ? registry_done(cli, &notes, change)
				: registry_fail(cli, office, &notes, rc);
	}
	int rc = registry_suggest_refuse(&act, opt->refuse);
	if (rc != OK)
		return registry_fail(cli, office, &notes, rc);
	if (!cli->json) {
		cli_print("第 %lld 号建议已否定，以后不再提。\n", (long long)opt->refuse);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "refused", opt->refuse);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	bool deciding = opt->confirm || opt->refuse;

	if (opt->confirm && opt->refuse)
		return cli_fail_usage(cli, "--confirm 和 --refuse 一次只能用一个");
	if (opt->confirm && !opt->keep)
		return cli_fail_usage(cli, "--confirm 要用 --keep 写明保留哪个编号");
	if (deciding && (!opt->reason || !*opt->reason))
		return cli_fail_usage(cli, "请用 --reason 写明理由");
	if (strcmp(opt->state, "open") != 0 && strcmp(opt->state, "confirmed") != 0 &&
	    strcmp(opt->state, "refused") != 0)
		return cli_fail_usage(cli, "--state 应为 open、confirmed 或 refused");
	if (deciding || opt->find)
		TRY(data_open(cli, &opt->data, &office));
	else
		TRY(data_look(cli, &opt->data, &office));
	return deciding ? decide(cli, opt, &office) : list(cli, opt, &office);
}

const struct cli_command cli_registry_suggestions = {
	.words = "registry suggestions",
	.help = "疑似重复的检查对象：查找、列出，由人确认或否定",
	.usage =
		"[--find] [--state STATE] [--confirm N --keep ID | --refuse N] [--reason TEXT] " DATA_USAGE,
	.detail =
		"依据有三种：信用代码和地址相同；名称和地址相同；名称和县区相同而信用代码不矛盾。程序只提建议，\n"
		"合不合并由人定，理由记入账簿。否定过的一对不再提。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 0,
	.args_most = 0,
	.run = run,
};
