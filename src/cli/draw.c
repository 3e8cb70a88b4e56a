/* cli/draw.c — see draw.h. */
#include "cli/draw.h"

#include "app/life_change.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/status.h"
#include "cli/sheet_notes.h"

#include <string.h>

enum {
	DAY_MS = 86400000,
	MINUTE_MS = 60000,
	MINUTES = 1440,
	ZONE_MS = 8 * 3600000,
	SECRET_MOST = 4096
};

int draw_fail(const struct cli *cli, const struct office *o, const struct plan_notes *notes,
	      int code)
{
	if (notes && notes->refused && !o->why[0])
		return sheet_notes_refused(cli, notes);
	enum cli_exit exit = code == NONE && o->why[0] ? CLI_REFUSED : data_exit(code);
	return cli_fail(cli, exit, "%s", office_sentence(o, code));
}

int draw_end(const struct cli *cli, struct office *o, int code, const char *draw,
	     const char *sentence)
{
	int rc = CLI_OK;

	if (code != OK) {
		rc = draw_fail(cli, o, NULL, code);
	} else if (cli->json) {
		struct cli_json j;
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "id", draw);
		json_put_text(&j.json, "text", sentence);
		json_end_object(&j.json);
		cli_json_print(&j);
	} else {
		cli_print("%s\n", sentence);
	}
	office_release(o);
	return rc;
}

static const char *words_of(const char *const (*words)[2], size_t count, const char *state)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i][0], state) == 0)
			return words[i][1];
	return state;
}

const char *draw_state_words(const char *state)
{
	static const char *const words[][2] = {
		{ "prepared", "已准备" },   { "approved", "已批准" }, { "frozen", "已锁定" },
		{ "opened", "份额已公开" }, { "drawn", "已抽取" },    { "revealed", "已揭示" },
		{ "cancelled", "已取消" },  { "annulled", "已作废" },
	};

	return words_of(words, COUNT(words), state);
}

static const char *const visit_states[][2] = { { "planned", "待接收" },
					       { "accepted", "已接收" },
					       { "visited", "已检查" },
					       { "ended", "已终结" } };

const char *draw_visit_words(const char *state)
{
	return words_of(visit_states, COUNT(visit_states), state);
}

const char *draw_visit_state(const char *typed)
{
	for (size_t i = 0; typed && i < COUNT(visit_states); i++)
		if (strcmp(visit_states[i][1], typed) == 0)
			return visit_states[i][0];
	return typed;
}

const char *draw_ended_words(const char *ended)
{
	static const char *const words[][2] = {
		{ "closed", "单位关闭" },   { "moved", "单位搬迁" },      { "refused", "拒检" },
		{ "replaced", "已被接替" }, { "annulled", "抽取已作废" }, { "other", "其他原因" }
	};

	return words_of(words, COUNT(words), ended);
}

const char *draw_time(const struct cli *cli, int64_t ms)
{
	char day[CLOCK_DAY];

	if (ms == 0)
		return "";
	clock_day(ms, day);
	int64_t minute = (ms + ZONE_MS) / MINUTE_MS % MINUTES;
	return arena_printf(cli->arena, "%s %02d:%02d", day, (int)(minute / 60),
			    (int)(minute % 60));
}

const char *draw_day(const struct cli *cli, int64_t day)
{
	char text[CLOCK_DAY];

	if (day == 0)
		return "";
	clock_day(day * DAY_MS, text);
	return arena_str(cli->arena, text);
}

/* As it is copied from paper: in groups, perhaps in capitals. */
static void fold(char *text)
{
	char *to = text;

	for (; *text; text++)
		if (*text != ' ' && *text != '\t')
			*to++ = *text >= 'A' && *text <= 'F' ? (char)(*text - 'A' + 'a') : *text;
	*to = 0;
}

int draw_secret(const struct cli *cli, const char *path, const char **ret)
{
	char *text;
	size_t len;

	secret_process();
	int rc = file_read(cli->arena, path, SECRET_MOST, &text, &len);
	if (rc == TOO_LARGE)
		return cli_fail(cli, CLI_REFUSED,
				"“%s”不是一行文本：份额要抄成一个文本文件，里面只有一行 64 位"
				"十六进制，不是 PDF",
				cli_visible(cli->arena, span_of(path)));
	if (rc != OK)
		return cli_fail_status(cli, rc, path);
	text[strcspn(text, "\r\n")] = 0;
	fold(text);
	*ret = text;
	return CLI_OK;
}

int draw_share(const struct cli *cli, const struct cli_pair *pair, const char **ret)
{
	*ret = pair->value;
	return *pair->value == '@' ? draw_secret(cli, pair->value + 1, ret) : CLI_OK;
}

int draw_evidence(const struct cli *cli, const char *path, char digest[OFFICE_DIGEST])
{
	int rc = life_evidence(path, digest);

	if (rc == INVALID)
		return cli_fail(cli, CLI_REFUSED,
				"“%s”不是普通文件，或者是空的：证据要是有内容的文件",
				cli_visible(cli->arena, span_of(path)));
	return rc == OK ? CLI_OK : cli_fail_status(cli, rc, path);
}
