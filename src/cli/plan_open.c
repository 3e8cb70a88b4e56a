/* cli/plan_open.c — plan check --open: a number of the table, how it is made, and its rows. */
#include "app/plan_open.h"

#include "app/import_area.h"
#include "base/status.h"
#include "cli/plan.h"

struct listing {
	const struct cli *cli;
	struct cli_json json;
	uint64_t count;
};

static void put_span(struct json *j, const char *key, struct span text)
{
	json_key(j, key);
	json_mem(j, text.at, text.len);
}

static int list_row(void *arg, const struct plan_cell_row *row)
{
	struct listing *l = arg;
	struct span where = area_name(row->county);
	const char *day = row->day == INT64_MIN ? NULL : plan_day_words(l->cli, row->day);

	l->count++;
	if (!l->cli->json) {
		cli_print("%.*s  %.*s  %.*s", (int)row->id.len, row->id.at, (int)where.len,
			  where.at, (int)row->name.len, row->name.at);
		if (day)
			cli_print("  %s 检查%s", day,
				  row->n > 1 ? arena_printf(l->cli->arena, " %u 次", row->n) : "");
		cli_print("\n");
		return OK;
	}
	json_begin_object(&l->json.json);
	put_span(&l->json.json, "county", row->county);
	json_put_text(&l->json.json, "day", day);
	put_span(&l->json.json, "id", row->id);
	json_put_int(&l->json.json, "n", (int64_t)row->n);
	put_span(&l->json.json, "name", row->name);
	json_end_object(&l->json.json);
	return OK;
}

static int no_cell(const struct cli *cli, const struct plan_check *check, const char *cell)
{
	const char *rules = "", *names = "";

	for (size_t i = 0; i < check->rule_count; i++)
		rules = arena_printf(cli->arena, "%s%s%s", rules, i ? "、" : "",
				     check->rules[i].id);
	for (unsigned c = 0; c < PLAN_COLUMNS; c++)
		names = arena_printf(cli->arena, "%s%s%s", names, c ? "、" : "",
				     plan_column_name((enum plan_column)c));
	return cli_fail_usage(cli, "没有“%s”这个数：写成 规则.列，规则有 %s，列有 %s", cell, rules,
			      names);
}

int plan_open_cell(const struct cli *cli, const struct plan_scene *s,
		   const struct plan_check *check, const char *cell, uint64_t most)
{
	struct listing l = { .cli = cli };
	struct plan_cell_ask ask = { .most = most, .each = list_row, .arg = &l };

	if (plan_cell_find(check, cell, &ask.rule, &ask.column) != OK)
		return no_cell(cli, check, cell);
	const char *words = plan_cell_words(s, check, ask.rule, ask.column);
	if (!cli->json)
		cli_print("%s。\n", words);
	cli_json_begin(&l.json);
	json_begin_object(&l.json.json);
	json_put_text(&l.json.json, "cell", cell);
	json_key(&l.json.json, "rows");
	json_begin_array(&l.json.json);
	int rc = plan_cell_rows(s, check, &ask);
	json_end_array(&l.json.json);
	json_put_text(&l.json.json, "words", words);
	json_end_object(&l.json.json);
	if (rc == OK && cli->json)
		cli_json_print(&l.json);
	else
		buf_release(&l.json.text);
	if (rc == OK && !cli->json && l.count)
		cli_print("列出 %llu 行。\n", (unsigned long long)l.count);
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, "检查对象名录");
}
