/* cli/dr1.c — see dr1.h. */
#include "cli/dr1.h"

#include "base/status.h"

static int opened(const struct cli *cli, const char *path, int rc, enum core_file wrong)
{
	if (rc == OK)
		return CLI_OK;
	if (rc == TOO_LARGE) {
		struct problem p = { .code = PROBLEM_FILE_LARGE,
				     .file = wrong,
				     .have = draw_folder_limit(wrong) };
		return cli_fail_problem(cli, &p);
	}
	if (wrong == CORE_FILE_NONE)
		return cli_fail_status(cli, rc, path);
	path = cli_visible(cli->arena,
			   span_of(arena_printf(cli->arena, "%s/%s", path, core_file_name(wrong))));
	if (rc == INVALID)
		return cli_fail(
			cli, CLI_REFUSED,
			"“%s”是符号链接、不是普通文件，或是有空洞的文件：抽取文件夹里要放真实"
			"的文件，请换成原件",
			path);
	if (rc == CONFLICT)
		return cli_fail(cli, CLI_ENVIRONMENT, "“%s”在读的时候正在变：请等它写完再试", path);
	return cli_fail_status(cli, rc, path);
}

int dr1_open(const struct cli *cli, struct draw_folder *f)
{
	enum core_file wrong;
	int rc = draw_folder_open(f, cli->args[0], &wrong);

	return opened(cli, cli->args[0], rc, wrong);
}

int dr1_read(const struct cli *cli, const char *path, struct draw_folder *f)
{
	enum core_file wrong;
	int rc = draw_folder_read(f, path, &wrong);

	return opened(cli, path, rc, wrong);
}

static void watch_at(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct dr1_watch *w = arg;

	w->progress.title = step;
	cli_progress_at(&w->progress, done, total);
}

static bool watch_stop(void *arg)
{
	(void)arg;
	return cli_interrupted();
}

void dr1_watch_init(struct dr1_watch *w)
{
	cli_catch_interrupt();
	cli_progress_init(&w->progress, "");
	w->watch = (struct draw_watch){ watch_at, watch_stop, w };
}

int dr1_fail(const struct cli *cli, int status, const struct problem *p)
{
	if (status == INVALID)
		return cli_fail_problem(cli, p);
	if (status == TOO_LARGE)
		return cli_fail(cli, CLI_ENVIRONMENT,
				"内存不够处理“%s”：请换一台内存更大的机器，或放宽 ulimit -v",
				cli->args[0]);
	return cli_fail_status(cli, status, cli->args[0]);
}

const char *dr1_text(const struct cli *cli, struct span text)
{
	return arena_mem(cli->arena, text.at, text.len);
}

const char *dr1_bits(const struct cli *cli, uint32_t decibits)
{
	return arena_printf(cli->arena, "%u.%u", decibits / 10, decibits % 10);
}
