/* cli/draw_replace.c — draw replace: a reserve, a recusal, an illness; who comes is never chosen. */
#include "app/life_change.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *why, *member, *evidence, *reason;
	struct cli_list approvers;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, why, "why", "WHY",
		    "closed（关闭、搬迁，由候补接替）、recusal（回避）或 illness（生病、外出）"),
	DRAW_NEEDED(struct options, reason, "reason", "TEXT", "情况说明，封存"),
	DRAW_TEXT(struct options, member, "member", "ID", "不能去的人（recusal、illness）"),
	DRAW_TEXT(struct options, evidence, "evidence", "FILE",
		  "证据文件，记入它的指纹（closed 必需）"),
	DRAW_LIST(struct options, approvers, "approver", "NAME", "批准人；closed 要写两次"),
};

static int kind_of(const char *why, enum life_change_kind *ret)
{
	static const char *const words[] = { "closed", "recusal", "illness" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], why) == 0) {
			*ret = (enum life_change_kind)i;
			return OK;
		}
	return INVALID;
}

static void answer(const struct cli *cli, const struct life_changed *out)
{
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "member", *out->member ? out->member : NULL);
		json_put_int(&j.json, "team_replaced", out->replaced);
		json_put_text(&j.json, "visit", *out->visit ? out->visit : NULL);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	if (*out->visit)
		cli_print("由候补接替，新的检查任务：%s（组员更换 %u 人）。原单位下次抽取必查。\n",
			  out->visit, out->replaced);
	else
		cli_print("由 %s 接替（按抽取时的次序，不由人选）。\n", out->member);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_change c = { .visit = cli->args[0],
				 .member = in->member,
				 .reason = in->reason };
	char digest[OFFICE_DIGEST];
	struct life_changed out;
	struct office o;

	if (kind_of(in->why, &c.kind) != OK)
		return cli_fail_usage(cli, "--why 只能是 closed、recusal 或 illness，不是“%s”",
				      in->why);
	if (in->evidence) {
		TRY(draw_evidence(cli, in->evidence, digest));
		c.evidence = digest;
	}
	if (in->approvers.count > 0)
		c.approver = in->approvers.at[0];
	if (in->approvers.count > 1)
		c.second = in->approvers.at[1];
	TRY(data_open(cli, &in->data, &o));
	int rc = life_change(&o, cli->arena, &c, &out);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK)
		answer(cli, &out);
	office_release(&o);
	return code;
}

const struct cli_command cli_draw_replace = {
	.words = "draw replace",
	.help = "更换（replace）：候补接替关闭的单位，或按次序接替回避、生病的人",
	.usage = "VISIT --why WHY --reason TEXT --approver NAME ... " DATA_USAGE,
	.detail = "接替的单位和人都由抽取时的随机数决定，办理人不能选。\n",
	DRAW_OPTIONS(struct options, option_rows, 1, 1),
	.run = run,
};
