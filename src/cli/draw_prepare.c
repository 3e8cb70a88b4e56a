/* cli/draw_prepare.c — draw prepare, approve and party: who begins a draw, who agrees, whose keys count. */
#include "app/life_beside.h"
#include "app/life_prepare.h"
#include "app/plan_period.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"

struct prepare {
	struct data_options data;
	const char *pool, *kind, *replaces, *parent, *department, *people;
	bool open;
};

static const struct cli_option prepare_rows[] = {
	DATA_ROWS(struct prepare, data),
	{ .name = "pool",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct prepare, pool),
	  .value = "POOL",
	  .fallback = PLAN_POOL_DAILY,
	  .help = "抽取池（pool）：daily 是日常，专项、联合写计划里那一行的编号" },
	{ .name = "kind",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct prepare, kind),
	  .value = "KIND",
	  .fallback = "random",
	  .help = "random 普通；cross 市级交叉抽取，谁也不查自己的县区；joint 联合部门为主办方抽中的对象抽自己的检查组" },
	DRAW_TEXT(struct prepare, parent, "parent", "ID",
		  "joint：主办方的联合抽取，它抽中的对象就是这次的对象"),
	DRAW_TEXT(struct prepare, department, "department", "NAME", "joint：联合部门的名称"),
	DRAW_TEXT(struct prepare, people, "inspectors", "FILE",
		  "joint：该部门的人员名单，列同检查人员名录（CSV、XLSX 或标准格式）"),
	DRAW_TEXT(struct prepare, replaces, "replaces", "ID", "替代这次已取消或已作废的抽取"),
	DRAW_FLAG(struct prepare, open, "open", "公开方式：不设抽取单位的份额，抽取即派发"),
};

/* What stands in the way of the freeze is told while it can still be prepared otherwise. */
static const char *warning(struct cli *cli, struct office *o, const struct draw_row *row)
{
	const char *other;

	if (life_beside_sealed(o, cli->arena, row, &other) != OK)
		return "";
	return arena_printf(
		cli->arena,
		"\n注意：同一片区封存的抽取 %s 还没有揭示，在这以前公开方式的抽取不能锁定。"
		"等它揭示，或者取消这一次，不带 --open 重新准备。",
		other);
}

static int run_prepare(struct cli *cli, void *arg)
{
	const struct prepare *in = arg;
	const struct life_prepare p = { .plan = cli->args[0],
					.period = cli->args[1],
					.pool = in->pool,
					.kind = in->kind,
					.replaces = in->replaces,
					.parent = in->parent,
					.department = in->department,
					.people = in->people,
					.open_mode = in->open };
	struct office o;
	struct draw_row row = { .id = "" };

	TRY(data_open(cli, &in->data, &o));
	int rc = life_prepare(&o, cli->arena, &p, &row);
	const char *text = arena_printf(
		cli->arena,
		"已准备抽取 %s。下一步：法制或纪检部门的另一人运行 mingqian draw approve %s --for legal（或 discipline）%s",
		row.id, row.id, rc == OK ? warning(cli, &o, &row) : "");
	return draw_end(cli, &o, rc, row.id, text);
}

const struct cli_command cli_draw_prepare = {
	.words = "draw prepare",
	.help = "准备一次抽取（prepare），得到编号",
	.usage =
		"PLAN PERIOD [--pool POOL] [--kind joint --parent ID --department NAME --inspectors FILE] " DATA_USAGE,
	.detail =
		"PLAN 是已批准的计划；PERIOD 如 2026-Q4、2026-11、2026-H2、2026。\n"
		"主办方的联合抽取：--pool 写计划里“部门联合”那一行的编号。主办方抽出来以后，联合部门各用\n"
		"--kind joint 抽自己的检查组：对象就是主办方抽中的，人员名单随抽取封存，声明里写明主办方的编号和结果根。\n"
		"编号按单位和年度逐号相连，取消的也占号。\n",
	DRAW_OPTIONS(struct prepare, prepare_rows, 2, 2),
	.run = run_prepare,
};

struct approve {
	struct data_options data;
	const char *office;
};

static const struct cli_option approve_rows[] = {
	DATA_ROWS(struct approve, data),
	DRAW_NEEDED(struct approve, office, "for", "OFFICE",
		    "代表 legal（法制）还是 discipline（纪检）"),
};

/* What was approved along with the draw; "" if nothing was brought. */
static int opening_words(const struct cli *cli, struct office *o, const char **ret)
{
	struct life_draw_shown shown;
	int rc = life_draw_show(o, cli->arena, cli->args[0], &shown);

	*ret = rc == OK && shown.opening
		       ? arena_printf(cli->arena, "\n%s。不该这样的，用 mingqian draw cancel 取消",
				      plan_opening_sentence(cli->arena, shown.opening))
		       : "";
	return rc;
}

static int run_approve(struct cli *cli, void *arg)
{
	const struct approve *in = arg;
	const char *opening = "";
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_approve(&o, cli->arena, cli->args[0], in->office);
	if (rc == OK)
		rc = opening_words(cli, &o, &opening);
	return draw_end(cli, &o, rc, cli->args[0],
			arena_printf(cli->arena,
				     "已批准抽取 %s。下一步：mingqian draw freeze %s --entropy … "
				     "--escrow 文件.pdf（公开方式的不写 --escrow）%s",
				     cli->args[0], cli->args[0], opening));
}

const struct cli_command cli_draw_approve = {
	.words = "draw approve",
	.help = "批准抽取（approve）：法制或纪检部门的第二人",
	.usage = "ID --for OFFICE " DATA_USAGE,
	.detail = "批准人不能是准备人，上次锁定之后也不能改过名录。\n",
	DRAW_OPTIONS(struct approve, approve_rows, 1, 1),
	.run = run_approve,
};

struct party {
	struct data_options data;
	const char *key;
};

static const struct cli_option party_rows[] = {
	DATA_ROWS(struct party, data),
	DRAW_NEEDED(struct party, key, "key", "HEX", "Ed25519 公钥，64 位小写十六进制"),
};

static int run_party(struct cli *cli, void *arg)
{
	const struct party *in = arg;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	int rc = life_party(&o, cli->args[0], in->key);
	return draw_end(cli, &o, rc, cli->args[0],
			arena_printf(cli->arena, "已登记 %s 的公钥，满 30 天后它签的份额才算数",
				     cli->args[0]));
}

const struct cli_command cli_draw_party = {
	.words = "draw party",
	.help = "登记见证方的公钥（party key）",
	.usage = "NAME --key HEX " DATA_USAGE,
	DRAW_OPTIONS(struct party, party_rows, 1, 1),
	.run = run_party,
};
