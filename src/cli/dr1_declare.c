/* cli/dr1_declare.c — checks the lists and freezes them in a declaration. */
#include "app/draw_entropy.h"
#include "app/draw_signatures.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/dr1.h"

#include <string.h>

enum { SHORTAGE_MOST = 1 << 16, SHORTAGE_SHOWN = 5 };

struct declare_options {
	const char *draw, *parent;
	struct cli_list entropy;
	struct cli_pairs shares, signatures;
	bool accept_shortage;
};

static const struct cli_option options[] = {
	{ .name = "draw",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct declare_options, draw),
	  .value = "ID",
	  .required = true,
	  .help = "抽取编号，以“-”加数字结尾，按年连续不跳号" },
	{ .name = "entropy",
	  .kind = CLI_LIST,
	  .offset = offsetof(struct declare_options, entropy),
	  .value = "\"SOURCE SELECTOR...\"",
	  .required = true,
	  .help = "随机数来源，例如 \"cwl-kl8 2026031\"、\"dice 20d10 一处地点代码 时间\"，演练用 \"demo 任意\"" },
	{ .name = "share",
	  .kind = CLI_PAIRS,
	  .offset = offsetof(struct declare_options, shares),
	  .value = "NAME=COMMITMENT",
	  .help = "一方的承诺，64 位小写十六进制（见 dr1 commit）" },
	{ .name = "signature",
	  .kind = CLI_PAIRS,
	  .offset = offsetof(struct declare_options, signatures),
	  .value = "NAME=KEYHEX:SIGHEX",
	  .help = "一方用 Ed25519 密钥对“编号 LF 名称 LF 承诺 LF”的签名" },
	{ .name = "parent",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct declare_options, parent),
	  .value = "ID:ROOT",
	  .help = "联合抽查部门为主办方抽中的对象派人时，主办方的抽取编号和结果根" },
	{ .name = "accept-shortage",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct declare_options, accept_shortage),
	  .help = "明知名额或人手必定不够也照此声明；不写就拒绝" },
};

struct declaring {
	struct cli *cli;
	const struct declare_options *o;
	struct draw_folder folder;
	struct draw draw;
	struct draw_warnings warnings;
	struct draw_signatures signatures;
	struct span entropy[DECLARE_MOST_ENTROPY + 1];
	struct declare_share shares[DECLARE_MOST_SHARES + 1];
	struct declare_input input;
	struct span text;
	const char *unsure[DECLARE_MOST_ENTROPY +
			   1]; /* by entropy line; NULL where nothing is to be said */
};

/* One more than allowed is passed on, so that core says what is too many. */
static void take_words(struct declaring *d)
{
	const struct declare_options *o = d->o;

	d->input.draw_id = span_of(o->draw);
	d->input.entropy = d->entropy;
	d->input.shares = d->shares;
	for (size_t i = 0; i < o->entropy.count && i < COUNT(d->entropy); i++)
		d->entropy[d->input.entropy_count++] = span_of(o->entropy.at[i]);
	for (size_t i = 0; i < o->shares.count && i < COUNT(d->shares); i++)
		d->shares[d->input.share_count++] =
			(struct declare_share){ span_of(o->shares.at[i].name),
						span_of(o->shares.at[i].value) };
	if (o->parent) {
		struct span rest = span_of(o->parent);
		span_cut(&rest, ':', &d->input.parent_draw);
		d->input.parent_root = rest;
	}
}

static const struct declare_share *find_share(const struct declaring *d, const char *party)
{
	for (uint32_t i = 0; i < d->input.share_count; i++)
		if (span_equal(d->shares[i].party, span_of(party)))
			return &d->shares[i];
	return NULL;
}

static int take_signatures(struct declaring *d)
{
	struct draw_signatures *s = &d->signatures;

	for (size_t i = 0; i < d->o->signatures.count && i < DECLARE_MOST_SHARES; i++) {
		const struct cli_pair *pair = &d->o->signatures.at[i];
		const struct declare_share *share = find_share(d, pair->name);
		if (!share)
			return cli_fail(d->cli, CLI_REFUSED,
					"“%s”有签名却没有份额；请用 --share 写上它的承诺",
					pair->name);
		if (declare_is_operator(share->party))
			return cli_fail(
				d->cli, CLI_REFUSED,
				"operator 是组织方自己，不算外部方，不用签名；请删去这个 --signature");
		if (draw_signature_parse(d->cli->arena, pair->name, pair->value,
					 &s->list[s->count]) != OK)
			return cli_fail(
				d->cli, CLI_REFUSED,
				"“%s”的签名写法不对；应为 64 位十六进制公钥、冒号、128 位十六进制签名",
				pair->name);
		if (!draw_signature_right(&s->list[s->count], d->input.draw_id, share))
			return cli_fail(
				d->cli, CLI_REFUSED,
				"“%s”的签名与承诺不符；请该方对“编号 LF 名称 LF 承诺 LF”重新签名",
				pair->name);
		s->count++;
	}
	const char *one, *other;
	if (draw_signatures_twins(s, &one, &other))
		return cli_fail(
			d->cli, CLI_REFUSED,
			"“%s”和“%s”用同一个公钥签名：其实是一方，不能算两方；请各方用自己的密钥",
			one, other);
	d->input.signed_outside_shares =
		draw_signatures_outside(s, d->input.draw_id, d->input.shares, d->input.share_count);
	return CLI_OK;
}

static const char *sentence(const struct cli *cli, const struct problem *p)
{
	char text[2048];
	struct writer w = { text, sizeof(text), 0, false };

	problem_write(p, &w);
	return arena_mem(cli->arena, text, w.len);
}

static int open_lists(struct declaring *d)
{
	struct dr1_watch watch;
	struct problem problem;

	dr1_watch_init(&watch);
	int rc = draw_run_open(&d->folder.files, 0, &watch.watch, &d->folder.region, &d->draw,
			       &problem);
	cli_progress_end(&watch.progress);
	if (rc != OK)
		return dr1_fail(d->cli, rc, &problem);
	if (draw_warnings(&d->draw, &d->folder.region, &d->warnings) != CORE_OK)
		return dr1_fail(d->cli, TOO_LARGE, &problem);
	return CLI_OK;
}

/* What R cannot mend: said with file, line and mend, and refused unless it is wanted. */
static int check_shortage(const struct declaring *d)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, SHORTAGE_MOST);
	if (d->warnings.certain_count == 0 || d->o->accept_shortage)
		return CLI_OK;
	for (uint32_t i = 0; i < d->warnings.certain_count && i < SHORTAGE_SHOWN; i++)
		buf_printf(&text, "%s\n", sentence(d->cli, &d->warnings.certain[i]));
	if (d->warnings.certain_count > SHORTAGE_SHOWN)
		buf_printf(&text, "（另有 %u 条）\n", d->warnings.certain_count - SHORTAGE_SHOWN);
	return cli_fail(d->cli, CLI_REFUSED,
			"照这些名单和规则，无论抽出什么都不够：\n%s改好再声明；确要照此声明，加 "
			"--accept-shortage",
			buf_text(&text));
}

/* The clock counts only now, at the freeze; what is unsure is said after the declaration is written. */
static int check_entropy(struct declaring *d)
{
	for (uint32_t i = 0; i < d->input.entropy_count; i++) {
		struct draw_entropy e =
			draw_entropy_age(d->cli->arena, d->entropy[i], clock_now(), 0);
		if (e.age == DRAW_ENTROPY_PAST)
			return cli_fail(d->cli, CLI_REFUSED, "%s", e.words);
		d->unsure[i] = e.words;
	}
	return CLI_OK;
}

/* A record that is there before the declaration means that the value came before the freeze. */
static int check_order(const struct declaring *d)
{
	if (d->folder.files.file[CORE_FILE_DECLARATION].at)
		return CLI_OK;
	if (!d->folder.files.file[CORE_FILE_RECORD].at && !d->folder.files.file[CORE_FILE_SEED].at)
		return CLI_OK;
	return cli_fail(d->cli, CLI_REFUSED,
			"文件夹里已有 record 或 seed：随机数先于锁定出现，这样的抽取不能声明；"
			"请换一个空文件夹和以后的随机数");
}

static int write_files(struct declaring *d)
{
	struct draw_folder_text text = { CORE_FILE_DECLARATION, d->text };
	const char *path = d->cli->args[0];
	enum core_file wrong;

	if (d->folder.files.file[CORE_FILE_DECLARATION].at &&
	    !span_equal(d->folder.files.file[CORE_FILE_DECLARATION], d->text))
		return cli_fail(
			d->cli, CLI_REFUSED,
			"“%s”里已有一份不同的声明，不会覆盖：锁定后不能改，请换编号和文件夹重来",
			path);
	if (d->signatures.count) {
		int rc = draw_signatures_write(d->cli->arena, path, &d->signatures);
		if (rc != OK)
			return cli_fail_status(
				d->cli, rc,
				arena_printf(d->cli->arena, "%s/" DRAW_SIGNATURES_FILE, path));
	}
	int rc = draw_folder_write(path, &text, 1, &wrong);
	return rc == OK ? CLI_OK
			: cli_fail_status(d->cli, rc,
					  arena_printf(d->cli->arena, "%s/declaration", path));
}

static void answer_json(const struct declaring *d, const struct declaration *made,
			const char *floor_words)
{
	struct declare_floor floor = declare_floor(made);
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "conflicts", (int64_t)made->conflicts);
	json_put_text(&j.json, "declaration", dr1_text(d->cli, d->text));
	json_put_text(&j.json, "draw", d->o->draw);
	json_key(&j.json, "floor");
	json_begin_object(&j.json);
	json_put_text(&j.json, "arithmetic", floor_words);
	json_put_int(&j.json, "decibits", floor.public_decibits);
	json_put_int(&j.json, "outside_shares", floor.outside_shares);
	json_put_bool(&j.json, "rehearsal", floor.rehearsal);
	json_put_int(&j.json, "signed", d->input.signed_outside_shares);
	json_end_object(&j.json);
	json_put_int(&j.json, "inspectors", (int64_t)made->inspectors);
	json_put_int(&j.json, "objects", (int64_t)made->objects);
	json_key(&j.json, "warnings");
	json_begin_array(&j.json);
	for (uint32_t i = 0; i < d->warnings.count; i++)
		json_text(&j.json, sentence(d->cli, &d->warnings.items[i]));
	json_end_array(&j.json);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_text(const struct declaring *d, const struct declaration *made,
			const char *floor_words)
{
	struct declare_floor floor = declare_floor(made);

	cli_print("检查对象 %llu 家，检查人员 %llu 人，回避 %llu 条\n",
		  (unsigned long long)made->objects, (unsigned long long)made->inspectors,
		  (unsigned long long)made->conflicts);
	cli_print("随机数：%s\n", floor_words);
	if (floor.rehearsal)
		cli_print("含 demo 来源：这是演练，演练无效，任何核验都不会给它打勾\n");
	else if (floor.enough_alone)
		cli_print("公开随机数 %s 比特 ≥ %s 比特，足够\n",
			  dr1_bits(d->cli, floor.public_decibits), dr1_bits(d->cli, DECLARE_FLOOR));
	else
		cli_print("公开随机数 %s 比特 ≥ %s 比特，另有 %u 个外部方签名的份额，足够\n",
			  dr1_bits(d->cli, floor.public_decibits),
			  dr1_bits(d->cli, DECLARE_FLOOR_WITH_SHARES),
			  d->input.signed_outside_shares);
	cli_print("声明已写入 %s/declaration：\n\n", d->cli->args[0]);
	cli_write(d->text.at, d->text.len);
	cli_print(
		"\n名单和规则从此锁定，一个字节都不能再改。请在第一个随机数产生前至少 10 分钟登记这份声明。\n");
}

static bool has_leading_zero(const char *draw_id)
{
	const char *number = strrchr(draw_id, '-') + 1;

	return number[0] == '0' && number[1] != 0;
}

static void warn_all(const struct declaring *d)
{
	for (uint32_t i = 0; i < d->warnings.count; i++)
		cli_warn("%s", sentence(d->cli, &d->warnings.items[i]));
	if (d->warnings.more)
		cli_warn("还有 %llu 条类似的提示没有列出", (unsigned long long)d->warnings.more);
	for (uint32_t i = 0; i < d->input.entropy_count; i++)
		if (d->unsure[i])
			cli_warn("%s", d->unsure[i]);
	if (has_leading_zero(d->o->draw))
		cli_warn(
			"抽取编号“%s”的数字有前导零：去掉零就是另一个编号，同一单位请始终用一种写法，"
			"否则一号两抽看不出来",
			d->o->draw);
}

static int declare(struct declaring *d)
{
	struct declaration made;
	struct problem problem;
	char words[2048];
	struct writer w = { words, sizeof(words) - 1, 0, false };

	TRY(open_lists(d));
	take_words(d);
	TRY(take_signatures(d));
	TRY(check_order(d));
	/* The same declaration again freezes nothing anew. */
	bool fresh = !d->folder.files.file[CORE_FILE_DECLARATION].at;
	int rc = draw_declare(&d->draw, &d->input, &d->folder.region, &d->text, &problem);
	if (rc != CORE_OK)
		return dr1_fail(d->cli, rc == CORE_FULL ? TOO_LARGE : INVALID, &problem);
	if (declaration_parse(d->text, &made, &problem) != CORE_OK)
		return cli_fail_problem(d->cli, &problem);
	if (fresh) {
		TRY(check_entropy(d));
		TRY(check_shortage(d));
	}
	TRY(write_files(d));
	declare_floor_write(&made, &w);
	words[w.len] = 0;
	warn_all(d);
	if (d->cli->json)
		answer_json(d, &made, words);
	else
		answer_text(d, &made, words);
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	struct declaring *d = arena_alloc(cli->arena, sizeof(*d));

	d->cli = cli;
	d->o = arg;
	TRY(dr1_open(cli, &d->folder));
	int code = declare(d);
	draw_folder_release(&d->folder);
	return code;
}

const struct cli_command cli_dr1_declare = {
	.words = "dr1 declare",
	.help = "检查名单和规则，写下声明（declaration），从此锁定",
	.usage = "DIR --draw ID --entropy \"SOURCE SELECTOR...\" [--share NAME=COMMITMENT] ...",
	.detail =
		"DIR 里要有 objects.tsv、inspectors.tsv、conflicts.tsv、rules.txt。\n"
		"公开随机数合计要达到 60 比特；或 24 比特，另加至少两个外部方签过名的份额（--signature）。\n"
		"来源：drand、nist、cwl-kl8、cwl-ssq、cwl-3d、slc-dlt、slc-pl5、dice；demo 只用于演练。\n"
		"期号一律 7 位：四位年份加三位期次；drand 写公共链的 64 位链号和轮次；nist 写链的号数和脉冲号。\n"
		"随机数要在声明之后产生：已经过去的轮次、期号、日期会被拒绝，推算不准的会提示。\n"
		"名额多于对象、人手必定不够时拒绝，除非写 --accept-shortage。\n"
		"已有不同的声明时拒绝，不覆盖。\n",
	.options = options,
	.option_count = COUNT(options),
	.options_size = sizeof(struct declare_options),
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
