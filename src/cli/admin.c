/* cli/admin.c — what can only be done on the machine itself: a new link, a lock undone. */
#include "app/account.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

struct options {
	struct data_options data;
	const char *policy;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	{ .name = "policy",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, policy),
	  .value = "NAME",
	  .fallback = "mlps3",
	  .help = "密码和会话的要求：mlps3（等保三级）或 asvs" },
};

/* Opens the office and finds the account; then the office is to be released. */
static int find(const struct cli *cli, const struct options *in, struct office *o,
		struct account_row *ret)
{
	TRY(data_open(cli, &in->data, o));
	int rc = account_row_get(o->db, cli->arena, cli->args[0], ret);
	if (rc == OK)
		return CLI_OK;
	int code = rc == NONE ? cli_fail(cli, CLI_REFUSED, "没有登录名是“%s”的账号", cli->args[0])
			      : data_fail(cli, o, rc);
	office_release(o);
	return code;
}

/* As JSON: whose account, and the token of a new link if there is one. */
static void tell_json(const char *name, const char *person, const char *token)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "name", name);
	json_put_text(&j.json, "person", person);
	if (token)
		json_put_text(&j.json, "token", token);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void tell_link(const struct cli *cli, const struct account_invited *invited)
{
	if (cli->json)
		tell_json(invited->name, invited->person, invited->token);
	else
		cli_print("%s（登录名 %s）的激活码，只显示这一次：%s\n", invited->person,
			  invited->name, invited->token);
}

static int run_activate(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const struct account_policy *policy = account_policy(in->policy);
	struct account_invited invited;
	struct account_row row;
	struct office o;

	if (!policy)
		return cli_fail_usage(cli, "--policy 只能是 mlps3（等保三级）或 asvs");
	TRY(find(cli, in, &o, &row));
	int rc = account_invite(&o, policy, row.id, &invited);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	office_release(&o);
	if (rc == OK)
		tell_link(cli, &invited);
	return code;
}

static int run_unlock(struct cli *cli, void *arg)
{
	struct account_row row;
	struct office o;

	TRY(find(cli, arg, &o, &row));
	int rc = account_unlock(&o, row.id);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	office_release(&o);
	if (rc == OK && cli->json)
		tell_json(row.name, row.person, NULL);
	else if (rc == OK)
		cli_print("已解锁：%s（%s）\n", row.person, row.name);
	return code;
}

const struct cli_command cli_admin_activate = {
	.words = "admin activate",
	.help = "重发一次性激活码（activation），记入账簿",
	.usage = "NAME " DATA_USAGE,
	.detail = "NAME 是登录名。旧的激活码作废；用新的设置密码以后，这个账号的会话全部结束。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run_activate,
};

const struct cli_command cli_admin_unlock = {
	.words = "admin unlock",
	.help = "解除登录失败造成的锁定（unlock），记入账簿",
	.usage = "NAME " DATA_USAGE,
	.detail = "NAME 是登录名。平时由安全管理员在系统里解锁；三员自己被锁时用本命令。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 1,
	.args_most = 1,
	.run = run_unlock,
};
