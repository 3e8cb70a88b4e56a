/* cli/dr1_commit.c — a party's secret share and the commitment to it. */
#include "app/draw_form.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/status.h"
#include "cli/dr1.h"
#include "cli/commands.h"
#include "core/declare.h"
#include "core/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { SHARE_BYTES = 32, SHARE_HEX = 64 };

struct commit_options {
	const char *draw, *party, *share, *form, *out;
};

static const struct cli_option options[] = {
	{ .name = "draw",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct commit_options, draw),
	  .value = "ID",
	  .required = true,
	  .help = "抽取编号，例如 BD-2026-0001" },
	{ .name = "party",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct commit_options, party),
	  .value = "NAME",
	  .required = true,
	  .help = "份额持有方，例如 discipline；operator 专指组织方" },
	{ .name = "share",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct commit_options, share),
	  .value = "HEX|-",
	  .help = "已有的份额（64 位小写十六进制）；写 - 从标准输入读，免得留在命令历史里" },
	{ .name = "out",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct commit_options, out),
	  .value = "FILE",
	  .help = "把份额写进这个文件（只有本人可读），不显示在屏幕上；公开时交出它，sheet finish 用 --open NAME=@FILE 读" },
	{ .name = "form",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct commit_options, form),
	  .value = "FILE|-",
	  .help = "不生成份额，而是写一张用骰子或硬币手工生成份额的登记表（PDF）；- 写到标准输出" },
};

static int make_share(const struct cli *cli, char hex[SHARE_HEX + 1])
{
	uint8_t bytes[SHARE_BYTES];
	struct writer w = { hex, SHARE_HEX, 0, false };
	size_t done = 0;

	while (done < sizeof(bytes)) {
		ssize_t n = getrandom(bytes + done, sizeof(bytes) - done, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cli_fail(cli, CLI_ENVIRONMENT, "系统给不出随机数：%s",
					strerror(errno));
		done += (size_t)n;
	}
	write_hex(&w, bytes, sizeof(bytes));
	hex[w.len] = 0;
	explicit_bzero(bytes, sizeof(bytes));
	return CLI_OK;
}

/* The share is not repeated in a refusal: it may be a secret with one wrong digit. */
static int given_share(const struct cli *cli, const char *given, char hex[SHARE_HEX + 1])
{
	char line[256];

	if (strcmp(given, "-") == 0) {
		if (!fgets(line, sizeof(line), stdin))
			return cli_fail(cli, CLI_REFUSED, "标准输入里没有份额");
		line[strcspn(line, "\r\n")] = 0;
		given = line;
	}
	bool right = text_is_hex(span_of(given), SHARE_HEX);
	if (right)
		memcpy(hex, given, SHARE_HEX + 1);
	explicit_bzero(line, sizeof(line));
	if (!right)
		return cli_fail(cli, CLI_REFUSED,
				"份额不是 64 位小写十六进制（0-9 和 a-f）；请照纸上的原文核对");
	return CLI_OK;
}

static bool shows_share(const struct commit_options *o)
{
	return !o->share && !o->out;
}

static int write_share(const struct cli *cli, const char *path, const char *share)
{
	char line[SHARE_HEX + 2];

	if (file_exists(path))
		return cli_fail(cli, CLI_REFUSED,
				"“%s”已经存在，可能是另一次抽取的份额，不会覆盖：请换一个文件名",
				path);
	snprintf(line, sizeof(line), "%s\n", share);
	int rc = file_write(path, line, strlen(line), 0600);
	explicit_bzero(line, sizeof(line));
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, path);
}

static void answer(const struct cli *cli, const struct commit_options *o, const char *share,
		   const char *commitment)
{
	struct cli_json j;

	if (cli->json) {
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "commitment", commitment);
		json_put_text(&j.json, "draw", o->draw);
		json_put_text(&j.json, "party", o->party);
		if (shows_share(o))
			json_put_text(&j.json, "share", share);
		json_end_object(&j.json);
		cli_json_print(&j);
		return;
	}
	if (shows_share(o))
		cli_print("份额（保密，公开之前只留在您手里）：%s\n", share);
	cli_print("承诺（现在交给组织方）：%s\n", commitment);
	cli_print("写进声明：--share %s=%s\n", o->party, commitment);
	if (o->out)
		cli_print(
			"份额已写入 %s：公开之前只留在您手里，另抄一份在纸上密封；丢了就打不开承诺，这次"
			"抽取要作废重来。\n",
			o->out);
	else if (!o->share)
		cli_print("请把份额抄在纸上密封；丢了就打不开承诺，这次抽取要作废重来。\n");
}

enum { FORM_MOST = 16 << 20 };

static int form_status(const struct cli *cli, int rc, const char *path)
{
	if (rc == NONE)
		return cli_fail(
			cli, CLI_ENVIRONMENT,
			"没有安装字体“文泉驿微米黑”或没有文件夹：请 apt install fonts-wqy-microhei，"
			"并检查“%s”",
			path);
	return cli_fail_status(cli, rc, path);
}

/* To stdout by way of a file, since a PDF is written whole. */
static int print_form(const struct cli *cli, const struct commit_options *o)
{
	char folder[] = "/tmp/mingqian-form-XXXXXX";
	char *data = NULL;
	size_t len = 0;

	if (!mkdtemp(folder))
		return cli_fail_status(cli, IO_ERROR, folder);
	const char *path = arena_printf(cli->arena, "%s/form.pdf", folder);
	int rc = draw_form_write(o->draw, o->party, clock_now(), path);
	if (rc == OK)
		rc = file_read(cli->arena, path, FORM_MOST, &data, &len);
	unlink(path);
	rmdir(folder);
	if (rc != OK)
		return form_status(cli, rc, path);
	cli_write(data, len);
	return CLI_OK;
}

static int write_form(const struct cli *cli, const struct commit_options *o)
{
	struct cli_json j;
	bool print = strcmp(o->form, "-") == 0;

	if (o->share)
		return cli_fail_usage(cli, "--form 与 --share 不能同用");
	if (o->out)
		return cli_fail_usage(cli, "--form 与 --out 不能同用：手工做的份额不经过本机");
	if (print && cli->json)
		return cli_fail_usage(cli, "--form - 与 --json 都要用标准输出，不能同用");
	if (print)
		return print_form(cli, o);
	int rc = draw_form_write(o->draw, o->party, clock_now(), o->form);
	if (rc != OK)
		return form_status(cli, rc, o->form);
	if (!cli->json) {
		cli_print("登记表已写入 %s；请打印出来，由份额方自己填写。\n", o->form);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "draw", o->draw);
	json_put_text(&j.json, "form", o->form);
	json_put_text(&j.json, "party", o->party);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	const struct commit_options *o = arg;
	char share[SHARE_HEX + 1], commitment[SHARE_HEX + 1];

	if (!text_is_draw_id(span_of(o->draw))) {
		struct problem p = { .code = PROBLEM_DRAW_ID, .what = span_of(o->draw) };
		return cli_fail_problem(cli, &p);
	}
	if (!text_is_id(span_of(o->party))) {
		struct problem p = { .code = PROBLEM_PARTY, .what = span_of(o->party) };
		return cli_fail_problem(cli, &p);
	}
	if (o->form)
		return write_form(cli, o);
	secret_process();
	TRY(o->share ? given_share(cli, o->share, share) : make_share(cli, share));
	declare_commitment(span_of(o->draw), span_of(o->party), (struct span){ share, SHARE_HEX },
			   commitment);
	commitment[SHARE_HEX] = 0;
	if (o->out)
		TRY(write_share(cli, o->out, share));
	answer(cli, o, share, commitment);
	explicit_bzero(share, sizeof(share));
	return CLI_OK;
}

const struct cli_command cli_dr1_commit = {
	.words = "dr1 commit",
	.help = "生成一方的秘密份额（share）和它的承诺（commitment）",
	.usage = "--draw ID --party NAME [--out FILE] [--share HEX|- | --form FILE|-]",
	.detail =
		"份额是 32 个随机字节，请在自己的机器或纸上生成，公开之前不给任何人；交出去的只有承诺。\n"
		"承诺 = SHA256(\"dr1-share\\n\" 抽取编号 \"\\n\" 名称 \"\\n\" 份额 \"\\n\")，不用本程序也能算：\n"
		"  printf 'dr1-share\\n%s\\n%s\\n%s\\n' 抽取编号 名称 份额 | sha256sum\n",
	.options = options,
	.option_count = COUNT(options),
	.options_size = sizeof(struct commit_options),
	.run = run,
};
