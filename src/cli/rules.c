/* cli/rules.c — a set by the name of a file, of a kept set, or of one that comes with the program. */
#include "cli/rules.h"

#include "app/calendar.h"
#include "app/rule_set_read.h"
#include "app/rule_set_shipped.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "cli/sheet_notes.h"

#include <string.h>

bool rules_with_data(const struct data_options *o)
{
	return o->data || o->db;
}

static int no_such_set(const struct cli *cli, const char *name)
{
	CLEANUP(buf_release) struct buf names = { 0 };

	buf_init(&names, 1024);
	for (size_t i = 0; i < rule_sets_shipped_count; i++)
		buf_printf(&names, "%s%s", i ? "、" : "", rule_sets_shipped[i].name);
	return cli_fail(cli, CLI_ENVIRONMENT,
			"没有文件“%s”，随程序提供的规则集里也没有它（有 %s）。"
			"要看数据里存的规则集，请加 --data DIR",
			name, buf_text(&names));
}

int rules_text(const struct cli *cli, const char *name, const char **ret, size_t *ret_len)
{
	char *text = NULL;
	int rc = file_read(cli->arena, name, RULE_FILE_MOST, &text, ret_len);

	if (rc == OK) {
		*ret = text;
		return CLI_OK;
	}
	if (rc != NONE)
		return cli_fail_status(cli, rc, name);
	for (size_t i = 0; i < rule_sets_shipped_count; i++)
		if (strcmp(rule_sets_shipped[i].name, name) == 0) {
			*ret = rule_sets_shipped[i].text;
			*ret_len = rule_sets_shipped[i].len;
			return CLI_OK;
		}
	return no_such_set(cli, name);
}

static int find_kept(struct cli *cli, const struct data_options *o, const char *name,
		     int64_t version, struct rules_found *ret)
{
	struct plan_notes notes;
	struct office office;
	int code = CLI_OK;

	plan_notes_init(&notes, cli->arena);
	TRY(data_look(cli, o, &office));
	int rc = rule_set_look(&office, name, version, &notes, &ret->set, &ret->kept);
	if (rc == NONE)
		code = cli_fail(
			cli, CLI_REFUSED,
			"数据里没有规则集“%s”的这个版本。全部的见 mingqian rules list --data DIR",
			name);
	else if (notes.refused)
		code = sheet_notes_fail(cli, &notes, rc, name);
	else if (rc != OK)
		code = data_fail(cli, &office, rc);
	office_release(&office);
	ret->is_kept = true;
	return code;
}

int rules_fetch(struct cli *cli, const struct data_options *o, const char *name, int64_t version,
		struct rules_found *ret)
{
	struct plan_notes notes;
	const char *text = NULL;
	size_t len = 0;

	*ret = (struct rules_found){ .is_kept = false };
	if (rules_with_data(o))
		return find_kept(cli, o, name, version, ret);
	if (version)
		return cli_fail_usage(cli, "--version 要和 --data 或 --db 一起用");
	TRY(rules_text(cli, name, &text, &len));
	plan_notes_init(&notes, cli->arena);
	int rc = rule_set_read(text, len, &notes, &ret->set);
	return rc == OK ? CLI_OK : sheet_notes_fail(cli, &notes, rc, name);
}

const char *rules_days(const struct cli *cli, int64_t from, int64_t to)
{
	if (from == RULE_NO_START && to == RULE_NO_END)
		return "长期";
	if (to == RULE_NO_END)
		return arena_printf(cli->arena, "%s 起", calendar_text(cli->arena, from));
	if (from == RULE_NO_START)
		return arena_printf(cli->arena, "至 %s", calendar_text(cli->arena, to));
	return arena_printf(cli->arena, "%s 至 %s", calendar_text(cli->arena, from),
			    calendar_text(cli->arena, to));
}

const char *rules_level(const char *level)
{
	return strcmp(level, "city") == 0 ? "市级" : "县级";
}

bool rules_day(const char *text, int64_t *ret)
{
	return clock_parse_day(text, ret) == OK && *ret >= 0;
}

void rules_put_day(struct json *j, const char *key, int64_t day)
{
	char text[CLOCK_DAY];

	json_key(j, key);
	if (day == RULE_NO_START || day == RULE_NO_END) {
		json_write_null(j);
		return;
	}
	clock_day(day * 86400000, text);
	json_text(j, text);
}
