/* cli/data_person.c — data person: who may approve, sign and hold a share. */
#include "app/person.h"

#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

struct options {
	struct data_options data;
	const char *role, *approver;
};

#define ROLE_ROW                                                                                   \
	DRAW_NEEDED(                                                                               \
		struct options, role, "role", "ROLE",                                              \
		"leader（负责人）、legal（法制）、discipline（纪检）、archive（档案）或 planner（双随机管理员）")

static const struct cli_option change_rows[] = {
	DATA_ROWS(struct options, data),
	ROLE_ROW,
	DRAW_TEXT(struct options, approver, "approver", "NAME",
		  "同意的人：名单里的另一人；名单里的第一人不用"),
};

typedef int change(struct office *o, struct arena *a, const struct person_change *in);

static int run_change(const struct cli *cli, const struct options *in, change *act,
		      const char *sentence)
{
	const struct person_change c = { cli->args[0], in->role, in->approver };
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = act(&o, cli->arena, &c);
	return draw_end(cli, &o, rc, cli->args[0], sentence);
}

static int run_add(struct cli *cli, void *arg)
{
	return run_change(cli, arg, person_add,
			  arena_printf(cli->arena, "已登记 %s", cli->args[0]));
}

static int run_leave(struct cli *cli, void *arg)
{
	return run_change(cli, arg, person_leave,
			  arena_printf(cli->arena, "%s 已离任", cli->args[0]));
}

const struct cli_command cli_data_person_add = {
	.words = "data person add",
	.help = "人员名单：登记能办理、批准、签字、保管份额的人（person add）",
	.usage = "NAME --role ROLE [--approver NAME] " DATA_USAGE,
	.detail =
		"计划和延期的批准、抽取的批准、作废、更换、终结、派组、保管和审计版导出，只认名单里职责相符的人。\n"
		"送审计划，取消、抽取、揭示、更换，停用规则集，要名单里的双随机管理员或负责人；登记检查的，也可以是检查组成员。\n"
		"第一人直接登记，以后每一人都要名单里的另一人同意。执法人员在名录里，不用登记。\n",
	DRAW_OPTIONS(struct options, change_rows, 1, 1),
	.run = run_add,
};

const struct cli_command cli_data_person_leave = {
	.words = "data person leave",
	.help = "人员名单：离任（person leave）",
	.usage = "NAME --role ROLE --approver NAME " DATA_USAGE,
	.detail = "名单里的另一人同意；名单不能空。以前的批准仍然有效。\n",
	DRAW_OPTIONS(struct options, change_rows, 1, 1),
	.run = run_leave,
};

static void list_json(const struct cli *cli, const struct person_shown *list, size_t count)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t i = 0; i < count; i++) {
		const struct person_shown *p = &list[i];
		json_begin_object(&j.json);
		json_put_text(&j.json, "at", draw_time(cli, p->at));
		json_put_text(&j.json, "by", p->actor);
		json_put_text(&j.json, "left_at", p->left_at ? draw_time(cli, p->left_at) : NULL);
		json_put_text(&j.json, "name", p->name);
		json_put_text(&j.json, "role", person_role_word(p->role));
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_put_int(&j.json, "total", (int64_t)count);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void list_text(const struct cli *cli, const struct person_shown *list, size_t count)
{
	struct cli_table t;

	cli_table_init(&t, cli->arena,
		       (const char *const[]){ "姓名", "职责", "登记", "登记人", "离任", NULL });
	for (size_t i = 0; i < count; i++)
		cli_table_row(&t, (const char *const[]){ list[i].name,
							 person_role_chinese(list[i].role),
							 draw_time(cli, list[i].at), list[i].actor,
							 draw_time(cli, list[i].left_at) });
	cli_table_print(&t);
}

static int run_list(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct person_shown *list;
	struct office o;
	size_t count;

	TRY(data_look(cli, &in->data, &o));
	int rc = person_list(&o, cli->arena, &list, &count);
	int code = rc == OK ? CLI_OK : draw_fail(cli, &o, NULL, rc);
	if (rc == OK && cli->json)
		list_json(cli, list, count);
	else if (rc == OK)
		list_text(cli, list, count);
	office_release(&o);
	return code;
}

static const struct cli_option list_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
};

const struct cli_command cli_data_person_list = {
	.words = "data person list",
	.help = "人员名单（person list），离任的也列出",
	.usage = DATA_USAGE,
	DRAW_OPTIONS(struct options, list_rows, 0, 0),
	.run = run_list,
};
