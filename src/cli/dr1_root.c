/* cli/dr1_root.c — the RFC 6962 root over a list's lines. */
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "core/merkle.h"
#include "core/text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 16, INPUT_MOST = 1 << 30 };

static int check_form(struct cli *cli, const char *path, struct span text)
{
	struct problem p;
	char words[1024];
	struct writer w = { words, sizeof(words) - 1, 0, false };

	if (text_check(text, CORE_FILE_NONE, &p) == CORE_OK)
		return CLI_OK;
	problem_write(&p, &w);
	words[w.len] = 0;
	if (p.line)
		return cli_fail(cli, CLI_REFUSED, "“%s”第 %llu 行：%s", path,
				(unsigned long long)p.line, words);
	return cli_fail(cli, CLI_REFUSED, "“%s”：%s", path, words);
}

static void answer(const struct cli *cli, const char *hex, uint64_t lines)
{
	struct cli_json j;

	if (!cli->json) {
		cli_print("%s\n", hex);
		return;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "lines", (int64_t)lines);
	json_put_text(&j.json, "root", hex);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int answer_root(struct cli *cli, const char *path, struct span text)
{
	uint8_t root[SHA256_SIZE];
	char hex[SHA256_HEX + 1];
	struct writer w = { hex, SHA256_HEX, 0, false };
	uint64_t lines;

	TRY(check_form(cli, path, text));
	merkle_lines(text, root, &lines);
	write_hex(&w, root, sizeof(root));
	hex[w.len] = 0;
	answer(cli, hex, lines);
	return CLI_OK;
}

static int root_of_input(struct cli *cli)
{
	static const char name[] = "标准输入";
	CLEANUP(buf_release) struct buf text;
	char piece[PIECE];
	ssize_t n;

	buf_init(&text, INPUT_MOST);
	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cli_fail_status(cli, IO_ERROR, name);
		buf_add(&text, piece, (size_t)n);
		if (text.full)
			return cli_fail_status(cli, TOO_LARGE, name);
	}
	return answer_root(cli, name, (struct span){ buf_text(&text), text.len });
}

static int run(struct cli *cli, void *options)
{
	const char *path = cli->args[0];
	struct file_map map;

	(void)options;
	if (strcmp(path, "-") == 0)
		return root_of_input(cli);
	int rc = file_map(path, &map);
	if (rc != OK)
		return cli_fail_status(cli, rc, path);
	rc = answer_root(cli, path, (struct span){ map.at, map.len });
	file_unmap(&map);
	return rc;
}

const struct cli_command cli_dr1_root = {
	.words = "dr1 root",
	.help = "计算名单的 RFC 6962 根（Merkle root），十六进制",
	.usage = "FILE|-",
	.detail =
		"每行（不含换行）是一片叶子。文件须为 UTF-8、无 BOM、只用 LF 换行且末行也有换行。\n"
		"FILE 写 - 时读标准输入，最多 1 GiB。\n",
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
