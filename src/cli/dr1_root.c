/* cli/dr1_root.c — the RFC 6962 root over a list's lines. */
#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "core/merkle.h"
#include "core/text.h"

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
	json_object(&j.json);
	json_put_int(&j.json, "lines", (int64_t)lines);
	json_put_text(&j.json, "root", hex);
	json_object_end(&j.json);
	cli_json_print(&j);
}

static int run(struct cli *cli, void *options)
{
	const char *path = cli->args[0];
	struct file_map map;
	uint8_t root[SHA256_SIZE];
	char hex[SHA256_HEX + 1];
	struct writer w = { hex, SHA256_HEX, 0, false };
	uint64_t lines;

	(void)options;
	int rc = file_map(path, &map);
	if (rc != OK)
		return cli_fail_status(cli, rc, path);
	struct span text = { map.at, map.len };
	rc = check_form(cli, path, text);
	if (rc == CLI_OK) {
		merkle_lines(text, root, &lines);
		write_hex(&w, root, sizeof(root));
		hex[w.len] = 0;
		answer(cli, hex, lines);
	}
	file_unmap(&map);
	return rc;
}

const struct cli_command cli_dr1_root = {
	.words = "dr1 root",
	.help = "计算名单的 RFC 6962 根（Merkle root），十六进制",
	.usage = "FILE",
	.detail =
		"每行（不含换行）是一片叶子。文件须为 UTF-8、无 BOM、只用 LF 换行且末行也有换行。\n",
	.args_least = 1,
	.args_most = 1,
	.run = run,
};
