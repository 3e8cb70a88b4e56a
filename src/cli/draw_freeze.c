/* cli/draw_freeze.c — draw freeze and run: the two long steps. */
#include "app/ledger_basis.h"
#include "app/life_freeze.h"

#include "app/life_run.h"
#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/draw.h"
#include "cli/sheet_notes.h"

#include <string.h>

struct freeze {
	struct data_options data;
	const char *escrow, *day, *drawn_at;
	struct cli_list entropy;
	struct cli_pairs shares, signatures;
	bool understaffed;
};

static const struct cli_option freeze_rows[] = {
	DATA_ROWS(struct freeze, data),
	{ .name = "entropy",
	  .kind = CLI_LIST,
	  .offset = offsetof(struct freeze, entropy),
	  .value = "\"SOURCE SELECTOR\"",
	  .help = "随机数来源（entropy），例如 \"cwl-kl8 2026310\"，可写几次",
	  .required = true },
	DRAW_PAIRS(struct freeze, shares, "share", "NAME=COMMITMENT",
		   "见证方交来的承诺（commitment），可写几次"),
	DRAW_PAIRS(struct freeze, signatures, "signature", "NAME=KEYHEX:SIGHEX",
		   "见证方对承诺的 Ed25519 签名，可写几次"),
	DRAW_TEXT(struct freeze, escrow, "escrow", "FILE.pdf",
		  "份额保管件（两份）写到这里；打印后删除"),
	DRAW_TEXT(struct freeze, drawn_at, "drawn-at", "TIME",
		  "公告的开奖时间，如 2026-11-20T21:30；按期号可能已经开奖的要写"),
	DRAW_TEXT(struct freeze, day, "day", "YYYY-MM-DD",
		  "按这一天判断执法证、请假等，今天到这一期最后一天；不写则为今天"),
	{ .name = "understaffed",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct freeze, understaffed),
	  .help = "明知人手排不出检查组也锁定，抽出来以后另行派组（draw staff）" },
};

static const char *signature_of(const struct freeze *in, const char *party)
{
	for (size_t i = 0; i < in->signatures.count; i++)
		if (strcmp(in->signatures.at[i].name, party) == 0)
			return in->signatures.at[i].value;
	return NULL;
}

/* A signature of somebody without a share: NULL if there is none. */
static const char *stray_signature(const struct freeze *in)
{
	for (size_t i = 0; i < in->signatures.count; i++) {
		size_t k = 0;
		while (k < in->shares.count &&
		       strcmp(in->shares.at[k].name, in->signatures.at[i].name) != 0)
			k++;
		if (k == in->shares.count)
			return in->signatures.at[i].name;
	}
	return NULL;
}

static void answer_frozen(const struct cli *cli, const struct freeze *in,
			  const struct plan_notes *notes, const struct life_frozen *f)
{
	const char *reveal = draw_day(cli, f->row.reveal_by);

	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_int(&j.json, "conflicts", (int64_t)f->conflicts);
		json_put_text(&j.json, "declaration", f->row.declaration);
		json_put_text(&j.json, "digest", f->digest);
		json_put_text(&j.json, "escrow", f->row.sealed ? in->escrow : NULL);
		json_put_text(&j.json, "id", f->row.id);
		json_put_int(&j.json, "inspectors", (int64_t)f->inspectors);
		sheet_notes_json(&j.json, notes);
		json_put_int(&j.json, "objects", f->row.objects);
		json_put_text(&j.json, "reveal_by", reveal);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	cli_print("\n已锁定抽取 %s：%lld 家对象、%llu 名执法人员。\n\n%s\n声明的指纹 D：%s\n",
		  f->row.id, (long long)f->row.objects, (unsigned long long)f->inspectors,
		  f->row.declaration, f->digest);
	cli_print("最迟揭示日：%s\n", reveal);
	if (!f->row.sealed)
		cli_print(
			"公开方式：名单从现在起就可以公开，mingqian draw export %s --out 文件夹\n"
			"下一步：有见证方的，公开份额 mingqian draw open %s；随机数产生后 mingqian "
			"draw run %s\n",
			f->row.id, f->row.id, f->row.id);
	else
		cli_print(
			"份额保管件（打印两份交纪检和档案，两人登记以后装封；打印后删除这个文件）：%s\n"
			"下一步：两个保管人各自登记 mingqian draw hold %s --for discipline（档案写 archive）"
			" --share-file 文件；有见证方的，公开份额 "
			"mingqian draw open %s；随机数产生后 mingqian draw run %s\n",
			in->escrow, f->row.id, f->row.id, f->row.id);
}

static int freeze(struct cli *cli, const struct freeze *in, struct office *o)
{
	struct sheet_share *shares = arena_array(cli->arena, in->shares.count + 1, sizeof(*shares));
	struct sheet_progress progress;
	struct plan_notes notes;
	struct life_frozen frozen;
	struct life_freeze f = { .draw = cli->args[0],
				 .entropy = in->entropy.at,
				 .entropy_count = in->entropy.count,
				 .shares = shares,
				 .share_count = in->shares.count,
				 .escrow = in->escrow,
				 .drawn_at = in->drawn_at,
				 .understaffed = in->understaffed,
				 .lists = plan_period_lists,
				 .basis = ledger_basis,
				 .progress = sheet_progress_step,
				 .progress_arg = &progress };

	for (size_t i = 0; i < in->shares.count; i++)
		shares[i] = (struct sheet_share){ in->shares.at[i].name, in->shares.at[i].value,
						  signature_of(in, in->shares.at[i].name) };
	if (in->day && clock_parse_day(in->day, &f.day) != OK)
		return cli_fail_usage(cli, "--day “%s”不是日期，请写成 2026-03-05", in->day);
	plan_notes_init(&notes, cli->arena);
	sheet_progress_init(&progress, "锁定");
	int rc = life_freeze(o, &f, &notes, &frozen);
	sheet_progress_end(&progress);
	if (rc != OK)
		return draw_fail(cli, o, &notes, rc);
	sheet_notes_print(cli, &notes);
	answer_frozen(cli, in, &notes, &frozen);
	return CLI_OK;
}

static int run_freeze(struct cli *cli, void *arg)
{
	const struct freeze *in = arg;
	const char *stray = stray_signature(in);
	struct office o;

	if (stray)
		return cli_fail_usage(cli, "“%s”有签名却没有份额；请用 --share 写上它的承诺",
				      stray);
	TRY(data_open(cli, &in->data, &o));
	cli_catch_interrupt();
	int rc = freeze(cli, in, &o);
	office_release(&o);
	return rc;
}

const struct cli_command cli_draw_freeze = {
	.words = "draw freeze",
	.help = "锁定名单（freeze）：按计划做名单、声明、封存、记入账簿",
	.usage = "ID --entropy \"SOURCE SELECTOR\" ... --escrow FILE.pdf " DATA_USAGE,
	.detail =
		"先要有已批准的计划和第二人的批准。名单、份额都封存在数据库里，密钥在数据库之外。\n"
		"人手按县区、专业、老新、上限试排一遍，排不出检查组的不锁定（--understaffed 除外）；\n"
		"做不到的规则、太早的随机数、不满 30 天的公钥都在锁定之前报告，并退出 1；什么也不留下。\n",
	DRAW_OPTIONS(struct freeze, freeze_rows, 1, 1),
	.run = run_freeze,
};

struct drawing {
	struct data_options data;
	struct cli_list values;
};

static const struct cli_option run_rows[] = {
	DATA_ROWS(struct drawing, data),
	{ .name = "value",
	  .kind = CLI_LIST,
	  .offset = offsetof(struct drawing, values),
	  .value = "\"SOURCE SELECTOR=VALUE\"",
	  .help = "随机数的值，来源照声明写；只写值时按声明的顺序",
	  .required = true },
};

static void answer_drawn(const struct cli *cli, const struct draw_row *row,
			 const struct plan_notes *notes)
{
	if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_int(&j.json, "drawn", row->drawn);
		json_put_text(&j.json, "id", row->id);
		sheet_notes_json(&j.json, notes);
		json_put_text(&j.json, "root", row->root);
		json_put_bool(&j.json, "teams", row->teams);
		json_put_int(&j.json, "unmet", row->unmet);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	cli_print("已抽取 %s：%lld 家，%s。\n结果根：%s\n"
		  "下一步：mingqian visits list --draw %s\n",
		  row->id, (long long)row->drawn,
		  row->sealed
			  ? "封存为检查任务（名称在接收之前不显示）"
			  : "记为检查任务（公开方式：有名单和随机数的人都能算出结果，请随即派发）",
		  row->root, row->id);
}

static int draw(struct cli *cli, const struct drawing *in, struct office *o)
{
	struct sheet_opened *values =
		arena_array(cli->arena, in->values.count + 1, sizeof(*values));
	struct sheet_progress progress;
	struct plan_notes notes;
	struct draw_row row;
	const struct life_run r = { .draw = cli->args[0],
				    .values = values,
				    .value_count = in->values.count,
				    .progress = sheet_progress_step,
				    .progress_arg = &progress };

	for (size_t i = 0; i < in->values.count; i++) {
		struct cli_pair pair = sheet_pair(cli->arena, in->values.at[i]);
		values[i] = (struct sheet_opened){ pair.name, pair.value };
	}
	plan_notes_init(&notes, cli->arena);
	sheet_progress_init(&progress, "抽取");
	int rc = life_run(o, &r, &notes, &row);
	sheet_progress_end(&progress);
	if (rc != OK)
		return draw_fail(cli, o, &notes, rc);
	answer_drawn(cli, &row, &notes);
	if (row.teams)
		return CLI_OK;
	return cli->json ? CLI_REFUSED : sheet_notes_refused(cli, &notes);
}

static int run_draw(struct cli *cli, void *arg)
{
	const struct drawing *in = arg;
	struct office o;

	TRY(data_open(cli, &in->data, &o));
	cli_catch_interrupt();
	int rc = draw(cli, in, &o);
	office_release(&o);
	return rc;
}

const struct cli_command cli_draw_run = {
	.words = "draw run",
	.help = "抽取（run）：随机数产生之后，得到对象、检查组和结果根",
	.usage = "ID --value \"SOURCE SELECTOR=VALUE\" ... " DATA_USAGE,
	.detail = "只抽一次。排不出检查组时退出 1，抽中的对象已经封存，原因和办法逐条列出。\n",
	DRAW_OPTIONS(struct drawing, run_rows, 1, 1),
	.run = run_draw,
};
