/* cli/dr1_tickets.c — ids one a line -> ticket TAB id, in drawing order. */
#include "app/draw_tickets.h"
#include "base/status.h"
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct tickets_options {
	const char *seed;
	int64_t take;
	bool keep_order, strict;
};

static const struct cli_option options[] = {
	{ .name = "seed",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct tickets_options, seed),
	  .value = "TEXT",
	  .required = true,
	  .help = "种子文本；抽取里的检查对象用 R 后接 /objects" },
	{ .name = "take",
	  .kind = CLI_NUMBER,
	  .offset = offsetof(struct tickets_options, take),
	  .value = "K",
	  .min = 1,
	  .max = (int64_t)TICKETS_MOST_TAKE,
	  .help = "只列出票号最小的 K 个；内存只与 K 有关，名单多长都行" },
	{ .name = "keep-order",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct tickets_options, keep_order),
	  .help = "按名单原来的次序列出，不排序（不能与 --take 同用）" },
	{ .name = "strict-ids",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct tickets_options, strict),
	  .help = "编号须合抽取规范：1 到 64 个字节的数字、字母和 . _ : -" },
};

/* The answer is written row by row: it may be larger than memory. */
struct answer {
	struct cli_json json;
	bool as_json;
	uint64_t count;
};

static void put_row(void *arg, struct span id, struct span ticket)
{
	struct answer *out = arg;

	out->count++;
	if (!out->as_json) {
		cli_write(ticket.at, ticket.len);
		cli_write("\t", 1);
		cli_write_text(id.at, id.len);
		cli_write("\n", 1);
		return;
	}
	json_begin_object(&out->json.json);
	json_key(&out->json.json, "id");
	json_mem(&out->json.json, id.at, id.len);
	json_key(&out->json.json, "ticket");
	json_mem(&out->json.json, ticket.at, ticket.len);
	json_end_object(&out->json.json);
	cli_write(buf_text(&out->json.text), out->json.text.len);
	buf_clear(&out->json.text);
}

static void close_input(int *fd)
{
	if (*fd > STDIN_FILENO)
		close(*fd);
}

static int answer_all(struct cli *cli, const struct tickets_input *in, const char *path)
{
	struct answer out = { .as_json = cli->json };
	const char *problem = NULL;

	if (cli->json) {
		cli_json_begin(&out.json);
		json_begin_object(&out.json.json);
		json_key(&out.json.json, "tickets");
		json_begin_array(&out.json.json);
	}
	int rc = draw_tickets_list(in, cli->arena, put_row, &out, &problem);
	if (rc == OK && cli->json) {
		json_end_array(&out.json.json);
		json_end_object(&out.json.json);
		cli_json_print(&out.json);
	} else if (cli->json) {
		buf_release(&out.json.text);
	}
	if (rc == INVALID)
		return cli_fail(cli, CLI_REFUSED, "%s", problem);
	if (rc == TOO_LARGE)
		return cli_fail(cli, CLI_REFUSED,
				"“%s”太大：一行最多 64 KiB，最多 42 亿行，且不能超出内存", path);
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, path);
}

static int run(struct cli *cli, void *arg)
{
	const struct tickets_options *o = arg;
	bool from_stdin = cli->arg_count == 0 || strcmp(cli->args[0], "-") == 0;
	const char *path = from_stdin ? "标准输入" : cli->args[0];
	CLEANUP(close_input) int fd = STDIN_FILENO;

	if (o->take && o->keep_order)
		return cli_fail_usage(cli, "--take 与 --keep-order 不能同用");
	if (!from_stdin) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return cli_fail_status(cli, errno == ENOENT ? NONE : IO_ERROR, path);
	}
	cli_catch_interrupt();
	struct tickets_input in = { .fd = fd,
				    .seed = span_of(o->seed),
				    .take = (uint64_t)o->take,
				    .keep_order = o->keep_order,
				    .strict = o->strict,
				    .stop = cli_interrupted };
	return answer_all(cli, &in, path);
}

const struct cli_command cli_dr1_tickets = {
	.words = "dr1 tickets",
	.help = "为每个编号计算票号（ticket），按抽取次序列出",
	.usage = "--seed TEXT [--take K] [--keep-order] [FILE]",
	.detail =
		"从 FILE 或标准输入读编号，一行一个；输出“票号 TAB 编号”。票号与公开的 Python 包\n"
		"consistent_sampler 相同，也可用 sha256sum、bc、rev 手工计算。\n"
		"编号可以是任何非空的 UTF-8 文本，不含制表符和回车；空行、重复、格式不对都会指出行号并拒绝。\n"
		"内存：全部列出时为名单大小加每个编号 32 字节；--take K 时只与 K 有关，这时\n"
		"未被抽中的重复编号不影响结果，也不查。\n",
	.options = options,
	.option_count = COUNT(options),
	.options_size = sizeof(struct tickets_options),
	.args_most = 1,
	.run = run,
};
