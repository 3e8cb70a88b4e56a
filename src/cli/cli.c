/* cli/cli.c — from argv to one command and its exit code. */
#include "cli/cli.h"

#include "cli/args.h"
#include "cli/help.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { HELP_MOST = 1 << 20, MOST_COMMANDS = 256 };

static int print_help(struct buf *text)
{
	cli_write(buf_text(text), text->len);
	return CLI_OK;
}

/* How many of argv's words are the command's words, all of them; 0 if they differ. */
static size_t words_match(const struct cli_command *c, char **argv)
{
	const char *rest = c->words;
	size_t n = 0;

	for (;; n++) {
		size_t len = strcspn(rest, " ");
		if (!argv[n] || strlen(argv[n]) != len || strncmp(argv[n], rest, len) != 0)
			return 0;
		rest += len;
		if (!*rest)
			return n + 1;
		rest++;
	}
}

static bool is_group(const char *word)
{
	size_t count, len = strlen(word);
	const struct cli_command *const *table = cli_commands(&count);

	for (size_t i = 0; i < count; i++)
		if (strncmp(table[i]->words, word, len) == 0 && table[i]->words[len] == ' ')
			return true;
	return false;
}

static bool wants_json(char **argv)
{
	for (; *argv && strcmp(*argv, "--") != 0; argv++)
		if (strcmp(*argv, "--json") == 0)
			return true;
	return false;
}

static int unknown_command(char **argv)
{
	const struct cli cli = { .json = wants_json(argv) };
	const char *words[MOST_COMMANDS * 2];
	char typed[128], group[128];
	size_t count, n = 0;
	const struct cli_command *const *table = cli_commands(&count);
	bool two = argv[1] && argv[1][0] != '-';

	assert(count <= MOST_COMMANDS);
	snprintf(typed, sizeof(typed), "%s%s%s", argv[0], two ? " " : "", two ? argv[1] : "");
	for (size_t i = 0; i < count; i++)
		words[n++] = table[i]->words;
	const char *near = args_nearest(typed, words, n);
	if (near)
		return cli_fail_usage(&cli, "没有命令“%s”，您是不是要写 %s？", typed, near);
	if (is_group(argv[0]))
		return cli_fail_usage(&cli, "没有命令“%s”。%s 的命令见：mingqian %s --help", typed,
				      argv[0], argv[0]);
	snprintf(group, sizeof(group), "%s", argv[0]);
	return cli_fail_usage(&cli, "没有命令“%s”", group);
}

static int run(const struct cli_command *c, char **argv, bool help,
	       const struct cli_outside *outside)
{
	CLEANUP(arena_release) struct arena a;
	enum args_want want = ARGS_RUN;

	arena_init(&a);
	struct cli cli = { .command = c, .arena = &a, .outside = outside };
	void *options = arena_alloc(&a, c->options_size);
	if (!help)
		TRY(args_parse(&cli, argv, options, &want));
	if (!help && want == ARGS_RUN)
		return c->run(&cli, options);
	CLEANUP(buf_release) struct buf text;
	buf_init(&text, HELP_MOST);
	help_command(&text, c);
	return print_help(&text);
}

static int help_page(const char *word)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, HELP_MOST);
	if (word && strcmp(word, "--help-markdown") == 0)
		help_markdown(&text);
	else if (word && strcmp(word, "--version") == 0)
		buf_str(&text, "mingqian " MINGQIAN_VERSION "\n");
	else
		help_overall(&text, word);
	return print_help(&text);
}

static bool is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* What stands for the whole program or a group rather than a command; *code is its answer. */
static bool overall(char **argv, bool help, int *code)
{
	if (!argv[0]) {
		*code = help_page(NULL);
		if (!help)
			*code = CLI_USAGE;
		return true;
	}
	if (strcmp(argv[0], "--version") == 0 || strcmp(argv[0], "--help-markdown") == 0) {
		*code = help_page(argv[0]);
		return true;
	}
	if (is_help(argv[0])) {
		*code = help_page(NULL);
		return true;
	}
	if (!is_group(argv[0]) || (argv[1] && !is_help(argv[1])))
		return false;
	*code = help_page(argv[0]);
	if (!argv[1] && !help)
		*code = CLI_USAGE;
	return true;
}

static int dispatch(char **argv, const struct cli_outside *outside)
{
	bool help = argv[0] && strcmp(argv[0], "help") == 0;
	size_t count;
	const struct cli_command *const *table = cli_commands(&count);
	int code;

	argv += help;
	if (overall(argv, help, &code))
		return code;
	for (size_t i = 0; i < count; i++) {
		size_t words = words_match(table[i], argv);
		if (words)
			return run(table[i], argv + words, help, outside);
	}
	return unknown_command(argv);
}

int cli_main(int argc, char **argv, const struct cli_outside *outside)
{
	/* A limit on the size of files is an error of one write, not the end of the process. */
	signal(SIGXFSZ, SIG_IGN);
	int code = dispatch(argv + (argc > 0), outside);

	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	fprintf(stderr, "错误：无法写标准输出：%s\n", strerror(errno));
	return CLI_ENVIRONMENT;
}
