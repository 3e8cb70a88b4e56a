/* cli/visits_do.c — visits accept, done, undo, end and open: one step of one visit. */
#include "app/life_visit.h"

#include "app/life_change.h"
#include "app/life_drop.h"
#include "app/life_list.h"
#include "app/life_undo.h"
#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

struct options {
	struct data_options data;
	const char *inspector, *approver, *reason, *why, *day, *evidence;
	struct cli_list approvers;
	bool offsite;
};

static const char *text_of(const struct cli *cli, struct span s)
{
	return arena_mem(cli->arena, s.at, s.len);
}

/* The site that a step has opened for its reader. */
static int answer_site(const struct cli *cli, struct office *o, int rc, const struct life_site *s)
{
	const char *name, *address = "";

	if (rc == OK)
		rc = life_site_place(o, cli->arena, text_of(cli, s->id), &name, &address);
	if (rc != OK) {
		int code = draw_fail(cli, o, NULL, rc);
		office_release(o);
		return code;
	}
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "address", *address ? address : NULL);
		json_put_text(&j.json, "county", text_of(cli, s->scope));
		json_put_text(&j.json, "matters", text_of(cli, s->matters));
		json_put_text(&j.json, "name", text_of(cli, s->name));
		json_put_text(&j.json, "site", text_of(cli, s->id));
		json_end_object(&j.json);
		cli_json_print(&j);
	} else {
		cli_print("检查对象：%s %s（县区 %s）\n", text_of(cli, s->id),
			  text_of(cli, s->name), text_of(cli, s->scope));
		if (*address)
			cli_print("地址：%s\n", cli_visible(cli->arena, span_of(address)));
		if (s->matters.len)
			cli_print("事项：%s\n", text_of(cli, s->matters));
		else
			cli_print("事项：照本部门自己的清单检查\n");
	}
	office_release(o);
	return CLI_OK;
}

static const struct cli_option accept_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, inspector, "inspector", "ID", "接收的检查组成员"),
};

static int run_accept(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_site site;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_accept(&o, cli->arena, cli->args[0], in->inspector, &site);
	return answer_site(cli, &o, rc, &site);
}

const struct cli_command cli_visits_accept = {
	.words = "visits accept",
	.help = "接收检查任务（accept）：检查组成员接收后才知道对象",
	.usage = "VISIT --inspector ID " DATA_USAGE,
	DRAW_OPTIONS(struct options, accept_rows, 1, 1),
	.run = run_accept,
};

static const struct cli_option done_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_TEXT(struct options, day, "day", "YYYY-MM-DD", "检查日期；不写为今天"),
	DRAW_FLAG(struct options, offsite, "offsite", "非现场检查"),
};

static int run_done(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct office o;
	int64_t day = 0;

	if (in->day && clock_parse_day(in->day, &day) != OK)
		return cli_fail_usage(cli, "--day “%s”不是日期，请写成 2026-03-05", in->day);
	TRY(data_open(cli, &in->data, &o));
	int rc = life_done(&o, cli->arena, cli->args[0], day, in->offsite);
	return draw_end(cli, &o, rc, cli->args[0], "已登记检查");
}

const struct cli_command cli_visits_done = {
	.words = "visits done",
	.help = "登记检查已做（done）",
	.usage = "VISIT [--day YYYY-MM-DD] [--offsite] " DATA_USAGE,
	DRAW_OPTIONS(struct options, done_rows, 1, 1),
	.run = run_done,
};

static const struct cli_option undo_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, reason, "reason", "TEXT", "错在哪里，封存记入账簿"),
	DRAW_NEEDED(struct options, approver, "approver", "NAME", "同意撤回的另一人"),
};

static int run_undo(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const struct life_undo undo = { cli->args[0], in->reason, in->approver };
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_undo(&o, cli->arena, &undo);
	return draw_end(cli, &o, rc, cli->args[0],
			"登记已撤回，任务回到已接收；检查做了的重新登记");
}

const struct cli_command cli_visits_undo = {
	.words = "visits undo",
	.help = "撤回登错的检查（undo）：任务回到已接收，原来的登记留在账簿里",
	.usage = "VISIT --reason TEXT --approver NAME " DATA_USAGE,
	.detail =
		"登错日期的，撤回后用 visits done 重新登记。登记以后又锁定了别的抽取的名单的，不能再撤回。\n",
	DRAW_OPTIONS(struct options, undo_rows, 1, 1),
	.run = run_undo,
};

static const struct cli_option end_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, why, "why", "WHY",
		    "closed（关闭）、moved（搬迁）、refused（拒检）或 other（其他）"),
	DRAW_NEEDED(struct options, reason, "reason", "TEXT", "情况说明，封存"),
	DRAW_TEXT(struct options, evidence, "evidence", "FILE",
		  "证据文件，记入它的指纹（抽中的必需）"),
	DRAW_LIST(struct options, approvers, "approver", "NAME", "批准人；抽中的要写两次"),
};

static int run_end(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_drop d = { .visit = cli->args[0], .why = in->why, .reason = in->reason };
	char digest[OFFICE_DIGEST];
	struct office o;

	if (in->evidence) {
		TRY(draw_evidence(cli, in->evidence, digest));
		d.evidence = digest;
	}
	d.approver = in->approvers.count > 0 ? in->approvers.at[0] : NULL;
	d.second = in->approvers.count > 1 ? in->approvers.at[1] : NULL;
	TRY(data_open(cli, &in->data, &o));
	int rc = life_drop(&o, cli->arena, &d);
	return draw_end(cli, &o, rc, cli->args[0], "已写明原因终结");
}

const struct cli_command cli_visits_end = {
	.words = "visits end",
	.help = "终结检查任务（end）：不能检查，写明原因",
	.usage = "VISIT --why WHY --reason TEXT --evidence FILE --approver NAME ... " DATA_USAGE,
	.detail =
		"抽中的单位由候补接替：mingqian draw replace；拒检的、没有候补的，检查组接收后才能终结，\n"
		"要证据和两名批准人，下次抽取必查。\n",
	DRAW_OPTIONS(struct options, end_rows, 1, 1),
	.run = run_end,
};

static const struct cli_option open_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, reason, "reason", "TEXT", "为什么要看，封存记入账簿"),
	DRAW_TEXT(struct options, inspector, "inspector", "ID", "检查组成员看自己的任务"),
	DRAW_TEXT(struct options, approver, "approver", "NAME", "同意拆看的另一人"),
};

static int run_open(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	const struct life_opening opening = { cli->args[0], in->reason, in->inspector,
					      in->approver };
	struct life_site site;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_name_open(&o, cli->arena, &opening, &site);
	return answer_site(cli, &o, rc, &site);
}

const struct cli_command cli_visits_open = {
	.words = "visits open",
	.help = "拆看封存的名称（open）：只给需要知道的人，每次记入账簿",
	.usage = "VISIT --reason TEXT --inspector ID|--approver NAME " DATA_USAGE,
	DRAW_OPTIONS(struct options, open_rows, 1, 1),
	.run = run_open,
};
