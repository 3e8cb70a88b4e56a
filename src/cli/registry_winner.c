/* cli/registry_winner.c — per field: does an import or the edit made here win? */
#include "app/registry_change.h"
#include "app/registry_list.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *registry, *reason;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	REGISTRY_ROW(struct options, registry),
	{ "reason", CLI_TEXT, offsetof(struct options, reason), "TEXT", "", "为什么，记入账簿",
	  false, 0, 0 },
};

struct listing {
	const struct cli *cli;
	struct cli_json json;
	enum registry kind;
	bool any;
};

static int see(void *arg, const char *field, const char *winner)
{
	struct listing *l = arg;
	uint32_t count, f;
	const struct field *fields = registry_fields(l->kind, &count);

	l->any = true;
	if (l->cli->json)
		json_put_text(&l->json.json, arena_str(l->cli->arena, field), winner);
	else if (registry_field_of(l->kind, field, &f))
		cli_print("%s（%s）：%s\n", fields[f].header, field,
			  strcmp(winner, "file") == 0 ? "以导入的文件为准" : "保留本地修改");
	return OK;
}

static int list(const struct cli *cli, struct office *o, enum registry kind)
{
	struct listing l = { .cli = cli, .kind = kind };

	if (cli->json) {
		cli_json_begin(&l.json);
		json_begin_object(&l.json.json);
	}
	int rc = registry_winners(o, kind, see, &l);
	if (cli->json) {
		json_end_object(&l.json.json);
		if (rc == OK)
			cli_json_print(&l.json);
		else
			buf_release(&l.json.text);
	} else if (rc == OK) {
		cli_print("%s字段：保留本地修改。\n", l.any ? "其余" : "所有");
	}
	return rc == OK ? CLI_OK : data_fail(cli, o, rc);
}

static int set(const struct cli *cli, const struct registry_act *act, uint32_t field)
{
	bool file = strcmp(cli->args[1], "file") == 0;
	int rc = registry_act_winner(act, field, file);

	if (rc != OK)
		return registry_fail(cli, act->office, act->notes, rc);
	return list(cli, act->office, act->kind);
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct plan_notes notes;
	struct registry_act act = { &office, cli->arena, REGISTRY_SITES, opt->reason, &notes };
	uint32_t field = 0;

	plan_notes_init(&notes, cli->arena);
	TRY(registry_option(cli, opt->registry, &act.kind));
	if (cli->arg_count == 0) {
		TRY(data_look(cli, &opt->data, &office));
		return list(cli, &office, act.kind);
	}
	if (cli->arg_count != 2 ||
	    (strcmp(cli->args[1], "file") != 0 && strcmp(cli->args[1], "local") != 0))
		return cli_fail_usage(cli,
				      "请写 FIELD file（以文件为准）或 FIELD local（保留本地）");
	if (!registry_field_of(act.kind, cli->args[0], &field) || field == 0)
		return cli_fail_usage(cli, "%s没有可设置的字段“%s”", registry_title(act.kind),
				      cli->args[0]);
	TRY(data_open(cli, &opt->data, &office));
	return set(cli, &act, field);
}

const struct cli_command cli_registry_winner = {
	.words = "registry winner",
	.help = "再导入时，某个字段以文件为准还是保留本地修改；不写字段则列出设置",
	.usage = "[FIELD file|local] " DATA_USAGE " [--registry NAME] [--reason TEXT]",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_most = 2,
	.run = run,
};
