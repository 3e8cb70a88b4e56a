/* cli/output.c — answers on stdout, refusals on stderr. What comes from files and arguments may hold escape
 * sequences, turned or invisible characters: all that is printed as a sentence goes through add_visible. */
#include "cli/cli.h"

#include "base/status.h"
#include "base/utf8.h"
#include "core/bytes.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SENTENCE_MOST = 1 << 16, JSON_MOST = 1 << 30, VISIBLE_MOST = 1 << 30, CELL_MOST = 1 << 16 };

/* `lines`: line feeds and tabs are layout here, and left alone. */
static bool shown_as_itself(struct span character, bool lines)
{
	char c = *character.at;

	if (character.len == 1 && (c == '\n' || c == '\t'))
		return lines;
	return !problem_hides(character);
}

/* "\x1b" for a byte, "\u{202e}" for a character. */
static void add_escape(struct buf *out, struct span character)
{
	uint32_t code;

	if (character.len == 1)
		buf_printf(out, "\\x%02x", (unsigned)(unsigned char)*character.at);
	else if (utf8_next(character.at, character.len, &code))
		buf_printf(out, "\\u{%x}", code);
}

static void add_visible(struct buf *out, struct span text, bool lines)
{
	while (text.len > 0) {
		size_t len = text_utf8_length(text);
		struct span c = { text.at, len == 0 ? 1 : len };

		if (len > 0 && shown_as_itself(c, lines))
			buf_add(out, c.at, c.len);
		else
			add_escape(out, c);
		text.at += c.len;
		text.len -= c.len;
	}
}

static void write_visible(FILE *to, struct span text)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, VISIBLE_MOST);
	add_visible(&out, text, true);
	fwrite(buf_text(&out), 1, out.len, to);
}

const char *cli_visible(struct arena *a, struct span text)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, VISIBLE_MOST);
	add_visible(&out, text, false);
	return arena_mem(a, buf_text(&out), out.len);
}

static void free_text(char **text)
{
	free(*text);
}

/* A whole sentence, however long, with everything in it shown. */
PRINTF(2, 0) static void print_to(FILE *to, const char *format, va_list args)
{
	CLEANUP(free_text) char *text = NULL;
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return;
	text = must_alloc((size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	write_visible(to, (struct span){ text, (size_t)len });
}

void cli_print(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_to(stdout, format, args);
	va_end(args);
}

void cli_write_text(const void *at, size_t len)
{
	if (isatty(STDOUT_FILENO))
		write_visible(stdout, (struct span){ at, len });
	else
		cli_write(at, len);
}

void cli_flush(void)
{
	fflush(stdout);
}

void cli_write(const void *at, size_t len)
{
	fwrite(at, 1, len, stdout);
}

/* As one or two units of UTF-16. */
static void write_json_escape(struct span character)
{
	char text[16] = "";
	uint32_t code;
	int len;

	if (utf8_next(character.at, character.len, &code) && code < 0x10000)
		len = snprintf(text, sizeof(text), "\\u%04x", code);
	else
		len = snprintf(text, sizeof(text), "\\u%04x\\u%04x",
			       0xd800 + ((code - 0x10000) >> 10),
			       0xdc00 + ((code - 0x10000) & 0x3ff));
	cli_write(text, (size_t)len);
}

void cli_write_json(const void *at, size_t len)
{
	struct span rest = { at, len }, plain = { at, 0 };

	while (rest.len > 0) {
		struct span c = { rest.at, text_utf8_length(rest) };
		bool hidden = c.len > 0 && !shown_as_itself(c, true);
		c.len = c.len ? c.len : 1;
		if (hidden) {
			cli_write(plain.at, plain.len);
			write_json_escape(c);
			plain = (struct span){ c.at + c.len, 0 };
		} else {
			plain.len += c.len;
		}
		rest = (struct span){ c.at + c.len, rest.len - c.len };
	}
	cli_write(plain.at, plain.len);
}

void cli_json_begin(struct cli_json *j)
{
	buf_init(&j->text, JSON_MOST);
	json_init(&j->json, &j->text);
}

void cli_json_print(struct cli_json *j)
{
	buf_char(&j->text, '\n');
	cli_write_json(buf_text(&j->text), j->text.len);
	buf_release(&j->text);
}

struct refusal {
	const char *text;
	const struct problem *problem; /* may be NULL */
};

static int refuse(const struct cli *cli, int code, struct refusal r)
{
	fflush(stdout);
	fputs("错误：", stderr);
	write_visible(stderr, span_of(r.text));
	fputc('\n', stderr);
	if (!cli || !cli->json)
		return code;
	struct cli_json j;
	cli_json_begin(&j);
	json_begin_object(&j.json);
	if (r.problem)
		json_put_text(&j.json, "code", problem_name(r.problem->code));
	json_put_text(&j.json, "error", r.text);
	json_put_int(&j.json, "exit", code);
	if (r.problem) {
		json_put_text(&j.json, "file", core_file_name(r.problem->file));
		json_put_int(&j.json, "line", (int64_t)r.problem->line);
	}
	json_end_object(&j.json);
	cli_json_print(&j);
	return code;
}

int cli_fail(const struct cli *cli, enum cli_exit code, const char *format, ...)
{
	char text[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return refuse(cli, (int)code, (struct refusal){ text, NULL });
}

int cli_fail_usage(const struct cli *cli, const char *format, ...)
{
	char text[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	refuse(cli, CLI_USAGE, (struct refusal){ text, NULL });
	if (cli && cli->command)
		fprintf(stderr, "用法见：mingqian %s --help\n", cli->command->words);
	else
		fprintf(stderr, "全部命令见：mingqian --help\n");
	return CLI_USAGE;
}

int cli_fail_problem(const struct cli *cli, const struct problem *p)
{
	char text[4096];
	struct writer w = { text, sizeof(text) - 1, 0, false };

	problem_write(p, &w);
	text[w.len] = 0;
	return refuse(cli, CLI_REFUSED, (struct refusal){ text, p });
}

/* The usual ones in plain words; the system's own for the others. */
static const char *reason_of(int code)
{
	switch (code) {
	case ENOENT:
		return "没有这个文件或文件夹";
	case EACCES:
	case EPERM:
		return "没有权限";
	case ENOTDIR:
		return "路径里有一段不是文件夹";
	case EISDIR:
		return "是文件夹，不是文件";
	case EROFS:
		return "这个磁盘只能读";
	default:
		return strerror(code);
	}
}

int cli_fail_status(const struct cli *cli, int status, const char *path)
{
	const char *why = reason_of(errno);
	bool too_big = errno == EFBIG;

	if (cli)
		path = cli_visible(cli->arena, span_of(path));
	switch ((enum status)status) {
	case NONE:
		return cli_fail(cli, CLI_ENVIRONMENT, "找不到“%s”：请检查路径", path);
	case INVALID:
		return cli_fail(cli, CLI_REFUSED, "“%s”不是普通文件或内容不合格式", path);
	case FORBIDDEN:
		return cli_fail(cli, CLI_REFUSED, "不允许对“%s”这样做", path);
	case CONFLICT:
		return cli_fail(cli, CLI_REFUSED, "“%s”已经存在且内容不同，不会覆盖：请换一个位置",
				path);
	case TOO_LARGE:
		return cli_fail(cli, CLI_REFUSED, "“%s”超过了允许的大小", path);
	case NO_SPACE:
		return cli_fail(cli, CLI_ENVIRONMENT, "磁盘已满，无法写“%s”：请腾出空间后重试",
				path);
	case UNAVAILABLE:
		return cli_fail(cli, CLI_ENVIRONMENT, "处理“%s”所需的辅助进程或服务不可用", path);
	case CANCELLED:
		return cli_fail(cli, CLI_ENVIRONMENT, "已中断，“%s”没有改动", path);
	case IO_ERROR:
	case OK:
		break;
	}
	if (too_big)
		return cli_fail(
			cli, CLI_ENVIRONMENT,
			"写“%s”时超过了单个文件大小的限制，不是磁盘满：请用 ulimit -f 查看、放宽后"
			"重试",
			path);
	return cli_fail(cli, CLI_ENVIRONMENT, "无法读写“%s”：%s", path, why);
}

void cli_warn(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	fputs("提示：", stderr);
	print_to(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

void cli_table_init(struct cli_table *t, struct arena *a, const char *const *heads)
{
	const char *shown[CLI_TABLE_COLUMNS];

	*t = (struct cli_table){ .arena = a };
	for (; heads[t->columns] && t->columns < CLI_TABLE_COLUMNS; t->columns++) {
		t->right[t->columns] = heads[t->columns][0] == '>';
		shown[t->columns] = heads[t->columns] + t->right[t->columns];
	}
	cli_table_row(t, shown);
}

void cli_table_row(struct cli_table *t, const char *const *cells)
{
	if (t->rows == t->room) {
		size_t room = t->room ? t->room * 2 : 64;
		const char **more = arena_array(t->arena, room * t->columns, sizeof(*more));
		if (t->rows)
			memcpy(more, t->cells, t->rows * t->columns * sizeof(*more));
		t->cells = more;
		t->room = room;
	}
	for (size_t i = 0; i < t->columns; i++)
		t->cells[t->rows * t->columns + i] =
			cli_visible(t->arena, span_of(cells[i] ? cells[i] : ""));
	t->rows++;
}

static size_t width_of(const char *text)
{
	return utf8_width(text, strlen(text));
}

void cli_table_print(const struct cli_table *t)
{
	size_t width[CLI_TABLE_COLUMNS] = { 0 };

	for (size_t i = 0; i < t->rows * t->columns; i++) {
		size_t w = width_of(t->cells[i]);
		if (w > width[i % t->columns])
			width[i % t->columns] = w;
	}
	for (size_t i = 0; i < t->rows * t->columns; i++) {
		size_t column = i % t->columns;
		bool last = column == t->columns - 1;
		int room = (int)(width[column] - width_of(t->cells[i]));
		if (t->right[column])
			cli_print("%*s%s", room, "", t->cells[i]);
		else
			cli_print("%s%*s", t->cells[i], last ? 0 : room, "");
		cli_print("%s", last ? "\n" : "  ");
	}
}
