/* cli/plan.c — see plan.h. */
#include "cli/plan.h"

#include "base/clock.h"
#include "base/status.h"

#include <string.h>

int plan_fail(const struct cli *cli, const struct office *o, const struct plan_notes *notes,
	      int code)
{
	if (notes->refused) {
		sheet_notes_print(cli, notes);
		return sheet_notes_refused(cli, notes);
	}
	if (code == NONE)
		return cli_fail(cli, CLI_REFUSED,
				"没有这份计划、这一版或这个期次。用 mingqian plan show 查看有哪些");
	if (code == FORBIDDEN)
		return cli_fail(
			cli, CLI_REFUSED,
			"计划还没有批准。请先 plan submit，再由人员名单里的负责人 plan approve");
	return data_fail(cli, o, code);
}

int plan_day_option(const struct cli *cli, const struct office *o, const char *text, int64_t *ret)
{
	*ret = plan_day_of(office_now(o));
	if (!text || clock_parse_day(text, ret) == OK)
		return CLI_OK;
	return cli_fail_usage(cli, "--day “%s”不是日期，请写成 2026-03-05", text);
}

const char *plan_period_option(const struct cli *cli, const struct plan_scene *s, const char *text)
{
	char out[PLAN_SPAN_TEXT];
	struct plan_span year = plan_span_make(RULE_YEAR, (uint32_t)s->plan.year, 1);

	if (text)
		return text;
	struct plan_span span = plan_span_at(s->kind, plan_scene_day(s, &year));
	plan_span_text(&span, out);
	return arena_str(cli->arena, out);
}

const char *plan_state_words(const char *state)
{
	static const char *const words[][2] = { { "draft", "草稿" },
						{ "submitted", "待批" },
						{ "approved", "已批准" },
						{ "returned", "已退回" },
						{ "dropped", "已作废" } };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i][0], state) == 0)
			return words[i][1];
	return state;
}

const char *plan_day_words(const struct cli *cli, int64_t day)
{
	char text[PLAN_DAY_TEXT];

	plan_day_text(day, text);
	return arena_str(cli->arena, text);
}

int plan_version_done(const struct cli *cli, const char *id, const struct plan_version_row *v,
		      const struct plan_notes *notes, const char *next)
{
	struct cli_json j;

	sheet_notes_print(cli, notes);
	if (!cli->json) {
		cli_print("计划 %s 第 %lld 版：%s。%s\n", id, (long long)v->version,
			  plan_state_words(v->state), next);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "id", id);
	sheet_notes_json(&j.json, notes);
	json_put_text(&j.json, "state", v->state);
	json_put_int(&j.json, "version", v->version);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

const char *plan_number(const struct cli *cli, uint64_t n)
{
	return arena_printf(cli->arena, "%llu", (unsigned long long)n);
}

const char *plan_share(const struct cli *cli, uint64_t millionths)
{
	uint64_t n = (millionths + 50) / 100;

	return arena_printf(cli->arena, "%llu.%02llu%%", (unsigned long long)(n / 100),
			    (unsigned long long)(n % 100));
}

void plan_clashes_print(const struct plan_clashes *clashes)
{
	for (size_t i = 0; i < clashes->count; i++) {
		const struct plan_clash *c = &clashes->list[i];
		size_t len = strlen(c->text);
		bool ended = len >= 3 && strcmp(c->text + len - 3, "。") == 0;
		cli_print("%s %zu. %s%s\n", c->stops ? "【不能冻结】" : "【注意】", i + 1, c->text,
			  ended ? "" : "。");
		if (*c->rules)
			cli_print("    规则：%s\n", c->rules);
		cli_print("    办法：%s\n", c->choices);
	}
}
