/* cli/help.c — the same rows as terminal help and as Markdown. */
#include "cli/help.h"

#include "base/utf8.h"

#include <string.h>

static void pad(struct buf *out, const char *text, size_t width)
{
	buf_str(out, text);
	for (size_t w = utf8_width(text, strlen(text)); w < width; w++)
		buf_char(out, ' ');
}

static bool in_group(const struct cli_command *c, const char *group)
{
	size_t len = group ? strlen(group) : 0;

	return !group || (strncmp(c->words, group, len) == 0 && c->words[len] == ' ');
}

void help_overall(struct buf *out, const char *group)
{
	size_t count, width = 0;
	const struct cli_command *const *table = cli_commands(&count);

	buf_str(out, "明签 mingqian：人人可以重算的“双随机”抽取\n\n");
	buf_printf(out, "用法：mingqian %s%s命令 [选项] [参数]\n\n命令：\n", group ? group : "",
		   group ? " " : "");
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(table[i]->words);
		if (in_group(table[i], group) && len > width)
			width = len;
	}
	for (size_t i = 0; i < count; i++) {
		if (!in_group(table[i], group))
			continue;
		buf_str(out, "  ");
		pad(out, table[i]->words, width + 2);
		buf_printf(out, "%s\n", table[i]->help);
	}
	buf_str(out,
		"\n每个命令加 --help 看用法；加 --json 得到机器可读的回答；--version 看版本。\n"
		"退出码：0 成功，1 被拒绝或核验不通过，2 用法错误，3 环境问题（文件、磁盘、内存）。\n");
}

static const char *option_words(struct buf *room, const struct cli_option *o)
{
	buf_clear(room);
	buf_printf(room, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
	if (o->kind == CLI_LIST || o->kind == CLI_PAIRS)
		buf_str(room, " ...");
	return buf_text(room);
}

/* Numbers that stand for "not given" mean nothing to people. */
static bool unset(const char *fallback)
{
	return *fallback == '-' || strcmp(fallback, "9007199254740991") == 0;
}

static void option_notes(struct buf *out, const struct cli_option *o)
{
	buf_str(out, o->help);
	if (o->required)
		buf_str(out, "（必填）");
	if (o->fallback && !unset(o->fallback))
		buf_printf(out, "（默认 %s）", o->fallback);
	if (o->kind == CLI_LIST || o->kind == CLI_PAIRS)
		buf_str(out, "（可以写多次）");
}

static const struct cli_option json_option = { .name = "json",
					       .kind = CLI_FLAG,
					       .help = "以 JSON 输出回答" };
static const struct cli_option help_option = { .name = "help",
					       .kind = CLI_FLAG,
					       .help = "显示这份帮助" };

/* The command's own options, then --json where it applies, then --help. NULL after the last. */
static const struct cli_option *option_at(const struct cli_command *c, size_t i)
{
	if (i < c->option_count)
		return &c->options[i];
	i -= c->option_count;
	if (!c->no_json && i-- == 0)
		return &json_option;
	return i == 0 ? &help_option : NULL;
}

void help_command(struct buf *out, const struct cli_command *c)
{
	CLEANUP(buf_release) struct buf room;
	size_t width = 0;

	buf_init(&room, 4096);
	buf_printf(out, "mingqian %s：%s\n\n用法：mingqian %s %s\n", c->words, c->help, c->words,
		   c->usage);
	if (c->detail)
		buf_printf(out, "\n%s", c->detail);
	buf_str(out, "\n选项：\n");
	for (size_t i = 0; option_at(c, i); i++) {
		const char *words = option_words(&room, option_at(c, i));
		size_t w = utf8_width(words, strlen(words));
		width = w > width ? w : width;
	}
	for (size_t i = 0; option_at(c, i); i++) {
		buf_str(out, "  ");
		pad(out, option_words(&room, option_at(c, i)), width + 2);
		option_notes(out, option_at(c, i));
		buf_char(out, '\n');
	}
}

static void markdown_command(struct buf *out, const struct cli_command *c)
{
	CLEANUP(buf_release) struct buf room;

	buf_init(&room, 4096);
	buf_printf(out, "\n## mingqian %s\n\n%s。\n\n```\nmingqian %s %s\n```\n", c->words, c->help,
		   c->words, c->usage);
	if (c->detail)
		buf_printf(out, "\n```text\n%s```\n", c->detail);
	buf_str(out, "\n| 选项 | 含义 |\n|---|---|\n");
	for (size_t i = 0; option_at(c, i); i++) {
		buf_printf(out, "| `%s` | ", option_words(&room, option_at(c, i)));
		option_notes(out, option_at(c, i));
		buf_str(out, " |\n");
	}
}

void help_markdown(struct buf *out)
{
	size_t count;
	const struct cli_command *const *table = cli_commands(&count);

	buf_str(out,
		"# 全部命令\n\n本页由命令表生成：`build/mingqian --help-markdown > docs/commands.md`。\n\n"
		"| 命令 | 作用 |\n|---|---|\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "| `mingqian %s` | %s |\n", table[i]->words, table[i]->help);
	buf_str(out,
		"\n退出码：0 成功，1 被拒绝或核验不通过，2 用法错误，3 环境问题（文件、磁盘、内存）。\n"
		"`--` 之后的都算参数，不算选项；文件写 `-` 表示标准输入或标准输出。\n");
	for (size_t i = 0; i < count; i++)
		markdown_command(out, table[i]);
}
