/* cli/sheet_freeze.c — import, quotas, declaration, protocol. */
#include "app/sheet_freeze.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/sheet_notes.h"
#include "core/text.h"

#include <stddef.h>
#include <string.h>

struct options {
	const char *draw, *out, *day, *drawn_at;
	struct cli_list entropy;
	struct cli_pairs shares, signatures;
	bool open, accept_quarantine, any_area;
};

static const struct cli_option option_rows[] = {
	{ "draw", CLI_TEXT, offsetof(struct options, draw), "ID", NULL,
	  "抽取编号，以 - 和数字结尾，逐次连号，例如 BD-2026-4", true, 0, 0 },
	{ "out", CLI_TEXT, offsetof(struct options, out), "DIR", NULL,
	  "写到这个文件夹（不能已有内容）", true, 0, 0 },
	{ "entropy", CLI_LIST, offsetof(struct options, entropy), "\"SOURCE SELECTOR\"", NULL,
	  "随机数来源（entropy），例如 \"cwl-kl8 2026310\"，可写几次", true, 0, 0 },
	{ "drawn-at", CLI_TEXT, offsetof(struct options, drawn_at), "TIME", NULL,
	  "公告的开奖时间，如 2026-11-20T21:30；按期号可能已经开奖的要写", false, 0, 0 },
	{ "share", CLI_PAIRS, offsetof(struct options, shares), "NAME=COMMITMENT", NULL,
	  "见证方交来的承诺（commitment），可写几次", false, 0, 0 },
	{ "signature", CLI_PAIRS, offsetof(struct options, signatures), "NAME=KEYHEX:SIGHEX", NULL,
	  "见证方对承诺的 Ed25519 签名，可写几次", false, 0, 0 },
	{ "open", CLI_FLAG, offsetof(struct options, open), NULL, NULL,
	  "公开方式：不设抽签单位的份额，随机数一公布人人都能算出结果", false, 0, 0 },
	{ "accept-quarantine", CLI_FLAG, offsetof(struct options, accept_quarantine), NULL, NULL,
	  "名录里有错的行不收，其余照常", false, 0, 0 },
	{ "day", CLI_TEXT, offsetof(struct options, day), "YYYY-MM-DD", NULL,
	  "按这一天判断执法证、请假等；不写则为今天（在规则的期间之内）", false, 0, 0 },
	{ "any-area", CLI_FLAG, offsetof(struct options, any_area), NULL, NULL,
	  "接受保定 22 个单位以外的县区代码", false, 0, 0 },
};

static void answer_json(const struct plan_notes *notes, const struct sheet_frozen *f)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "conflicts", (int64_t)f->conflicts);
	json_put_text(&j.json, "declaration", f->declaration);
	json_put_text(&j.json, "escrow", f->escrow_path);
	json_put_text(&j.json, "fingerprint", f->fingerprint);
	json_key(&j.json, "floor");
	json_begin_object(&j.json);
	json_put_text(&j.json, "arithmetic", f->floor_arithmetic);
	json_put_int(&j.json, "decibits", f->floor.public_decibits);
	json_put_int(&j.json, "outside_shares", f->floor.outside_shares);
	json_put_bool(&j.json, "rehearsal", f->floor.rehearsal);
	json_put_int(&j.json, "signed", f->signed_shares);
	json_end_object(&j.json);
	json_put_int(&j.json, "inspectors", (int64_t)f->eligible);
	json_put_int(&j.json, "left_out", (int64_t)f->left_out);
	sheet_notes_json(&j.json, notes);
	json_put_int(&j.json, "objects", (int64_t)f->live);
	json_put_text(&j.json, "operator_share", f->share_path);
	json_put_text(&j.json, "protocol", f->protocol_path);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer(struct arena *a, const struct options *o, const struct sheet_frozen *f)
{
	cli_print("\n已冻结：%s%s\n\n%s\n", o->out,
		  f->floor.rehearsal ? "（演练无效：随机数来源里有 demo）" : "", f->declaration);
	cli_print("锁定指纹（与锁定记录上的核对，收尾时还会再次写出）：\n  %s\n",
		  sheet_groups(a, f->fingerprint));
	cli_print("锁定记录（打印后由见证人签字）：%s\n", f->protocol_path);
	if (f->share_path) {
		cli_print("抽签单位的份额（绝密，揭示前不得外传）：%s\n", f->share_path);
		cli_print("保管份两页（打印、装封、交两位保管人后删除这个文件）：%s\n",
			  f->escrow_path);
	}
	cli_print(
		"下一步：随机数公布之后运行 mingqian sheet finish %s --value \"来源 期号=值\" …\n",
		o->out);
}

static const char *signature_of(const struct options *o, const char *party)
{
	for (size_t i = 0; i < o->signatures.count; i++)
		if (strcmp(o->signatures.at[i].name, party) == 0)
			return o->signatures.at[i].value;
	return NULL;
}

/* A signature of somebody without a share: NULL if there is none. */
static const char *stray_signature(const struct options *o)
{
	for (size_t i = 0; i < o->signatures.count; i++) {
		size_t k = 0;
		while (k < o->shares.count &&
		       strcmp(o->shares.at[k].name, o->signatures.at[i].name) != 0)
			k++;
		if (k == o->shares.count)
			return o->signatures.at[i].name;
	}
	return NULL;
}

static const char *sentence(struct arena *a, struct problem p)
{
	char text[1024];
	struct writer w = { text, sizeof(text), 0, false };

	p.file = CORE_FILE_NONE;
	p.line = 0;
	problem_write(&p, &w);
	return arena_mem(a, text, w.len);
}

static int check_entropy(struct cli *cli, const struct cli_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct declare_entropy e;
		struct problem problem = { 0 };
		if (entropy_parse(span_of(list->at[i]), &e, &problem) != CORE_OK)
			return cli_fail_usage(cli, "--entropy \"%s\" 写得不对：%s", list->at[i],
					      sentence(cli->arena, problem));
	}
	return CLI_OK;
}

static int check_shares(struct cli *cli, const struct options *o)
{
	const char *stray = stray_signature(o);

	if (stray)
		return cli_fail_usage(cli, "“%s”有签名却没有份额；请用 --share 写上它的承诺",
				      stray);
	for (size_t i = 0; i < o->shares.count; i++) {
		struct span name = span_of(o->shares.at[i].name);
		if (!text_is_id(name))
			return cli_fail_usage(
				cli, "--share 的名称“%s”不合规则；只能用数字、英文字母和 . _ : -",
				o->shares.at[i].name);
		if (span_equal(name, SPAN("operator")))
			return cli_fail_usage(
				cli,
				"--share 的名称 operator 留给抽签单位自己，请给见证方换个名字");
		if (!text_is_hex(span_of(o->shares.at[i].value), 64))
			return cli_fail_usage(
				cli,
				"--share %s 的承诺“%s”不是 64 位小写十六进制；请照见证方交来的抄",
				o->shares.at[i].name, o->shares.at[i].value);
	}
	return CLI_OK;
}

/* What the options alone can get wrong is told before anything is read. */
static int check_options(struct cli *cli, const struct options *o)
{
	int64_t day;
	int code;

	if (!text_is_draw_id(span_of(o->draw)))
		return cli_fail_usage(
			cli,
			"--draw “%s”不合规则；只能用数字、英文字母和 . _ : -，以 - 和数字结尾，例如 BD-2026-4",
			o->draw);
	if (o->day && clock_parse_day(o->day, &day) != OK)
		return cli_fail_usage(cli, "--day “%s”不是日期；请写成 2026-10-01 的样子", o->day);
	code = check_entropy(cli, &o->entropy);
	return code == CLI_OK ? check_shares(cli, o) : code;
}

static int run(struct cli *cli, void *options)
{
	const struct options *o = options;
	struct sheet_share *shares = arena_array(cli->arena, o->shares.count + 1, sizeof(*shares));
	int code = check_options(cli, o);
	struct sheet_progress progress;
	struct plan_notes notes;
	struct sheet_frozen frozen;

	if (code != CLI_OK)
		return code;
	for (size_t i = 0; i < o->shares.count; i++)
		shares[i] = (struct sheet_share){ o->shares.at[i].name, o->shares.at[i].value,
						  signature_of(o, o->shares.at[i].name) };
	const struct sheet_freeze in = { .sites = cli->args[0],
					 .inspectors = cli->args[1],
					 .rules = cli->args[2],
					 .draw_id = o->draw,
					 .out = o->out,
					 .day = o->day,
					 .entropy = o->entropy.at,
					 .entropy_count = o->entropy.count,
					 .drawn_at = o->drawn_at,
					 .shares = shares,
					 .share_count = o->shares.count,
					 .open_mode = o->open,
					 .accept_quarantine = o->accept_quarantine,
					 .any_area = o->any_area,
					 .progress = sheet_progress_plain,
					 .progress_arg = &progress };
	secret_process();
	plan_notes_init(&notes, cli->arena);
	sheet_progress_init(&progress, "冻结");
	int rc = sheet_freeze(&in, &notes, &frozen);
	sheet_progress_end(&progress);
	if (rc != OK)
		return sheet_notes_fail(cli, &notes, rc, o->out);
	sheet_notes_print(cli, &notes);
	if (cli->json)
		answer_json(&notes, &frozen);
	else
		answer(cli->arena, o, &frozen);
	return CLI_OK;
}

const struct cli_command cli_sheet_freeze = {
	.words = "sheet freeze",
	.help = "冻结（freeze）：两份名录加规则文件，成为声明过的抽签",
	.usage = "SITES INSPECTORS RULES --draw ID --entropy \"SOURCE SELECTOR\" ... --out DIR",
	.detail = "SITES、INSPECTORS 是 XLSX、CSV 或已导入的 TSV；RULES 见 docs/rules-file.md。\n"
		  "默认是密封方式（sealed）：生成抽签单位自己的份额，放在 DIR 之外，权限 0600。\n"
		  "做不到的规则在冻结之前报告，并退出 1；什么也不留下。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 3,
	.args_most = 3,
	.run = run,
};
