/* cli/args.c — reads options by the command's table. Nothing here knows a particular command. */
#include "cli/args.h"

#include "base/status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR_LONGEST = 48 };

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein distance of two short words. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NEAR_LONGEST + 1], n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			size_t change = corner + (a[i] != b[j]);
			corner = row[j + 1];
			row[j + 1] = smaller(change, smaller(row[j], row[j + 1]) + 1);
		}
	}
	return row[n];
}

const char *args_nearest(const char *typed, const char *const *words, size_t count)
{
	size_t least = 3, len = strlen(typed);
	const char *best = NULL;

	if (len == 0 || len > NEAR_LONGEST)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (strlen(words[i]) > NEAR_LONGEST)
			continue;
		bool prefix = len >= 3 && strncmp(words[i], typed, len) == 0;
		size_t d = prefix ? 1 : distance(typed, words[i]);
		if (d < least && d < len) {
			least = d;
			best = words[i];
		}
	}
	return best;
}

struct parser {
	struct cli *cli;
	char *options;
	size_t most; /* of any list: all arguments */
	bool seen[ARGS_MOST_OPTIONS];
};

static int unknown_option(const struct cli *cli, const char *typed)
{
	const char *names[ARGS_MOST_OPTIONS + 2];
	size_t count = 0;

	for (size_t i = 0; i < cli->command->option_count; i++)
		names[count++] = cli->command->options[i].name;
	names[count++] = "json";
	names[count++] = "help";
	const char *near = args_nearest(typed, names, count);
	if (near)
		return cli_fail_usage(cli, "没有选项 --%s，您是不是要写 --%s？", typed, near);
	return cli_fail_usage(cli, "没有选项 --%s。写法：mingqian %s %s", typed,
			      cli->command->words, cli->command->usage ? cli->command->usage : "");
}

static int set_number(const struct cli *cli, const struct cli_option *o, const char *text,
		      void *field)
{
	char *end;

	errno = 0;
	long long n = strtoll(text, &end, 10);
	if (errno || end == text || *end || n < o->min || n > o->max)
		return cli_fail_usage(cli, "选项 --%s 要一个 %lld 到 %lld 之间的整数，不能是“%s”",
				      o->name, (long long)o->min, (long long)o->max, text);
	*(int64_t *)field = n;
	return CLI_OK;
}

static int add_pair(const struct parser *p, const struct cli_option *o, const char *text,
		    void *field)
{
	struct cli_pairs *pairs = field;
	const char *equals = strchr(text, '=');

	if (!equals || equals == text)
		return cli_fail_usage(p->cli, "选项 --%s 要写成“名称=值”（%s），不能是“%s”",
				      o->name, o->value, text);
	if (!pairs->at)
		pairs->at = arena_array(p->cli->arena, p->most, sizeof(*pairs->at));
	char *name = arena_mem(p->cli->arena, text, (size_t)(equals - text));
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->at[i].name, name) == 0)
			return cli_fail_usage(p->cli, "选项 --%s 里“%s”写了两次，请只保留一个",
					      o->name, name);
	pairs->at[pairs->count++] = (struct cli_pair){ name, equals + 1 };
	return CLI_OK;
}

static void add_text(const struct parser *p, const char *text, void *field)
{
	struct cli_list *list = field;

	if (!list->at)
		list->at = arena_array(p->cli->arena, p->most, sizeof(*list->at));
	list->at[list->count++] = text;
}

static int set_option(const struct parser *p, const struct cli_option *o, const char *text)
{
	void *field = p->options + o->offset;

	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)field = true;
		return CLI_OK;
	case CLI_TEXT:
		*(const char **)field = text;
		return CLI_OK;
	case CLI_NUMBER:
		return set_number(p->cli, o, text, field);
	case CLI_LIST:
		add_text(p, text, field);
		return CLI_OK;
	case CLI_PAIRS:
		return add_pair(p, o, text, field);
	}
	return CLI_OK;
}

/* One of a number may lie outside its range: it says then that none was given. */
static int set_fallback(const struct parser *p, const struct cli_option *o)
{
	if (o->kind != CLI_NUMBER)
		return set_option(p, o, o->fallback);
	void *field = p->options + o->offset;
	*(int64_t *)field = strtoll(o->fallback, NULL, 10);
	return CLI_OK;
}

static size_t find_option(const struct cli_command *c, const char *name, size_t len)
{
	size_t i = 0;

	while (i < c->option_count &&
	       (strlen(c->options[i].name) != len || strncmp(c->options[i].name, name, len) != 0))
		i++;
	return i;
}

/* One option; *argv moves on if its value is the next word. */
static int take_option(struct parser *p, char ***argv, const char *typed)
{
	const struct cli_command *c = p->cli->command;
	size_t len = strcspn(typed, "=");
	const char *value = typed[len] ? typed + len + 1 : NULL;
	size_t i = find_option(c, typed, len);

	if (i == c->option_count)
		return unknown_option(p->cli, arena_mem(p->cli->arena, typed, len));
	const struct cli_option *o = &c->options[i];
	bool flag = o->kind == CLI_FLAG, repeats = o->kind == CLI_LIST || o->kind == CLI_PAIRS;
	if (flag && value)
		return cli_fail_usage(p->cli, "选项 --%s 后面不带值", o->name);
	if (!flag && !value)
		value = *++*argv;
	if (!flag && !value)
		return cli_fail_usage(p->cli, "选项 --%s 后面缺少值（%s）", o->name, o->value);
	if (p->seen[i] && !repeats)
		return cli_fail_usage(p->cli, "选项 --%s 写了两次，请只保留一个", o->name);
	p->seen[i] = true;
	return set_option(p, o, value);
}

static int finish(const struct parser *p)
{
	const struct cli *cli = p->cli;
	const struct cli_command *c = cli->command;

	for (size_t i = 0; i < c->option_count; i++) {
		if (p->seen[i])
			continue;
		if (c->options[i].required)
			return cli_fail_usage(cli, "缺少选项 --%s（%s）", c->options[i].name,
					      c->options[i].help);
		if (c->options[i].fallback)
			TRY(set_fallback(p, &c->options[i]));
	}
	if (cli->arg_count < c->args_least)
		return cli_fail_usage(cli, "参数不够：要 %u 个，只有 %zu 个。用法：mingqian %s %s",
				      c->args_least, cli->arg_count, c->words, c->usage);
	if (cli->arg_count > c->args_most)
		return cli_fail_usage(cli, "多出了参数“%s”。用法：mingqian %s %s",
				      cli->args[c->args_most], c->words, c->usage);
	return CLI_OK;
}

static size_t count_words(char **argv)
{
	size_t n = 0;

	while (argv[n])
		n++;
	return n;
}

/* --json counts from anywhere before --, so that a usage error can already be answered as JSON. */
static bool find_json(const struct cli_command *c, char **argv)
{
	for (; !c->no_json && *argv && strcmp(*argv, "--") != 0; argv++)
		if (strcmp(*argv, "--json") == 0)
			return true;
	return false;
}

int args_parse(struct cli *cli, char **argv, void *options, enum args_want *want)
{
	struct parser p = { .cli = cli, .options = options, .most = count_words(argv) + 1 };
	bool only_args = false;

	cli->args = arena_array(cli->arena, p.most + 1, sizeof(*cli->args));
	cli->arg_count = 0;
	cli->json = find_json(cli->command, argv);
	*want = ARGS_RUN;
	for (; *argv; argv++) {
		const char *word = *argv;
		if (only_args || word[0] != '-' || !word[1]) {
			cli->args[cli->arg_count++] = word;
		} else if (strcmp(word, "--") == 0) {
			only_args = true;
		} else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
			*want = ARGS_HELP;
			return CLI_OK;
		} else if (strcmp(word, "--json") == 0 && !cli->command->no_json) {
			continue;
		} else if (word[1] != '-') {
			return cli_fail_usage(cli,
					      "没有短选项“%s”，选项都以 -- 开头；"
					      "以 - 开头的参数请写在 -- 之后",
					      word);
		} else {
			TRY(take_option(&p, &argv, word + 2));
			if (!*argv)
				break;
		}
	}
	return finish(&p);
}
