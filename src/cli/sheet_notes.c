/* cli/sheet_notes.c — one place for notes, progress and pairs of the sheet commands. */
#include "cli/sheet_notes.h"

#include "base/buf.h"
#include "base/status.h"

#include <string.h>

enum { GROUP = 8 };

static const size_t REASONS_MOST = 3900; /* cli_fail cuts at 4096 bytes */

void sheet_notes_print(const struct cli *cli, const struct plan_notes *notes)
{
	for (size_t i = 0; i < notes->count; i++) {
		const struct plan_note *n = &notes->list[i];
		if (n->kind == PLAN_WARNING)
			cli_warn("%s", n->text);
		else if (n->kind == PLAN_INFO && !cli->json)
			cli_print("%s\n", n->text);
	}
}

void sheet_notes_json(struct json *j, const struct plan_notes *notes)
{
	static const char *const kinds[] = { "info", "warning", "refused" };

	json_key(j, "notes");
	json_begin_array(j);
	for (size_t i = 0; i < notes->count; i++) {
		json_begin_object(j);
		json_put_text(j, "kind", kinds[notes->list[i].kind]);
		json_put_text(j, "text", notes->list[i].text);
		json_end_object(j);
	}
	json_end_array(j);
}

int sheet_notes_refused(const struct cli *cli, const struct plan_notes *notes)
{
	CLEANUP(buf_release) struct buf reasons;
	size_t left = notes->refused;

	buf_init(&reasons, REASONS_MOST);
	for (size_t i = 0; i < notes->count; i++)
		if (notes->list[i].kind == PLAN_REFUSED) {
			if (reasons.len)
				buf_char(&reasons, '\n');
			buf_str(&reasons, notes->list[i].text);
			left -= !reasons.full;
		}
	if (left)
		return cli_fail(cli, CLI_REFUSED, "%s\n（另有 %zu 条）", buf_text(&reasons), left);
	return cli_fail(cli, CLI_REFUSED, "%s", buf_text(&reasons));
}

int sheet_notes_fail(const struct cli *cli, const struct plan_notes *notes, int status,
		     const char *path)
{
	sheet_notes_print(cli, notes);
	if (notes->refused == 0 || status == CANCELLED)
		return cli_fail_status(cli, status, path);
	return sheet_notes_refused(cli, notes);
}

void sheet_progress_init(struct sheet_progress *p, const char *title)
{
	cli_catch_interrupt();
	cli_progress_init(&p->bar, title);
	p->step = title;
}

bool sheet_progress_step(void *arg, const char *step, uint64_t done, uint64_t total)
{
	struct sheet_progress *p = arg;

	if (strcmp(step, p->step) != 0) {
		cli_progress_end(&p->bar);
		cli_progress_init(&p->bar, step);
		p->step = step;
	}
	cli_progress_at(&p->bar, done, total);
	return !cli_interrupted();
}

bool sheet_progress_plain(void *arg, uint64_t done, uint64_t total)
{
	return sheet_progress_step(arg, "读入名录", done, total);
}

void sheet_progress_end(struct sheet_progress *p)
{
	cli_progress_end(&p->bar);
}

struct cli_pair sheet_pair(struct arena *a, const char *text)
{
	const char *equals = strchr(text, '=');

	if (!equals)
		return (struct cli_pair){ NULL, text };
	return (struct cli_pair){ arena_mem(a, text, (size_t)(equals - text)), equals + 1 };
}

const char *sheet_groups(struct arena *a, const char *hex)
{
	char *out = arena_alloc(a, strlen(hex) * 2 + 1), *p = out;

	for (size_t i = 0; hex[i]; i++) {
		if (i > 0 && i % GROUP == 0)
			*p++ = ' ';
		*p++ = hex[i];
	}
	return out;
}
