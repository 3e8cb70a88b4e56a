/* cli/draw_staff.c — draw staff: teams for a draw that ended without; nobody chooses who goes. */
#include "app/life_staff.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/sheet_notes.h"

struct options {
	struct data_options data;
	const char *reason;
	struct cli_list approvers;
};

static const struct cli_option option_rows[] = {
	DATA_ROWS(struct options, data),
	DRAW_NEEDED(struct options, reason, "reason", "TEXT", "为什么另行派组，封存"),
	DRAW_LIST(struct options, approvers, "approver", "NAME", "批准人，写两次"),
};

static void answer_json(const struct life_staffed *n, const struct plan_notes *notes)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "beyond", (int64_t)n->exceptions);
	json_put_int(&j.json, "beyond_grade", (int64_t)n->grade);
	json_put_int(&j.json, "beyond_limit", (int64_t)n->limit);
	json_put_int(&j.json, "beyond_scope", (int64_t)n->scope);
	json_put_int(&j.json, "declared", n->declared);
	json_put_int(&j.json, "left", n->left);
	sheet_notes_json(&j.json, notes);
	json_put_int(&j.json, "places", (int64_t)n->places);
	json_put_int(&j.json, "trips", n->trips);
	json_put_int(&j.json, "visits", (int64_t)n->visits);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer(const struct cli *cli, const struct life_staffed *n)
{
	cli_print(
		"已派组：%llu 项检查任务，%u 次检查，其中 %u 次按声明的规则，%u 次补派；按抽取时的次序，"
		"不由人选。\n",
		(unsigned long long)n->visits, n->trips, n->declared, n->trips - n->declared);
	cli_print(
		"共 %llu 人次，超出声明限度的 %llu 人次（超出片区 %llu，超出上限 %llu，老新搭配不足 "
		"%llu），记为例外。\n",
		(unsigned long long)n->places, (unsigned long long)n->exceptions,
		(unsigned long long)n->scope, (unsigned long long)n->limit,
		(unsigned long long)n->grade);
	cli_print("下一步：mingqian visits list --draw %s\n", cli->args[0]);
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct life_staff s = { .draw = cli->args[0], .reason = in->reason };
	struct life_staffed out;
	struct plan_notes notes;
	struct office o;

	if (in->approvers.count > 0)
		s.approver = in->approvers.at[0];
	if (in->approvers.count > 1)
		s.second = in->approvers.at[1];
	plan_notes_init(&notes, cli->arena);
	TRY(data_open(cli, &in->data, &o));
	int rc = life_staff(&o, &s, &notes, &out);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK && cli->json)
		answer_json(&out, &notes);
	else if (rc == OK)
		answer(cli, &out);
	if (rc == OK && !cli->json)
		sheet_notes_print(cli, &notes);
	office_release(&o);
	return code;
}

const struct cli_command cli_draw_staff = {
	.words = "draw staff",
	.help = "另行派组（staff）：抽取时排不出检查组的，按这次的 R 派",
	.usage = "ID --reason TEXT --approver NAME --approver NAME " DATA_USAGE,
	.detail =
		"先按声明的规则派出能派的；其余的在锁定的全部名单里按次序补派，片区、上限可以超出，记为例外；\n"
		"回避、专业、每组人数不放宽。办理人不能选人，批准的两人都不能是办理人。\n",
	DRAW_OPTIONS(struct options, option_rows, 1, 1),
	.run = run,
};
