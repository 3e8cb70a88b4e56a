/* cli/registry.c — see registry.h. */
#include "cli/registry.h"

#include "base/clock.h"
#include "base/status.h"

#include <string.h>

enum { ZONE_MS = 8 * 3600000 };

int registry_option(const struct cli *cli, const char *name, enum registry *ret)
{
	if (registry_of(name, ret))
		return CLI_OK;
	return cli_fail_usage(cli, "--registry 应为 sites、inspectors、matters 或 recusals");
}

int registry_reason(const struct cli *cli, const char *reason)
{
	return *reason ? CLI_OK : cli_fail_usage(cli, "--reason 不能是空的");
}

int registry_fail(const struct cli *cli, const struct office *o, const struct plan_notes *notes,
		  int code)
{
	if (notes->refused) {
		sheet_notes_print(cli, notes);
		return sheet_notes_refused(cli, notes);
	}
	if (code == CONFLICT)
		return cli_fail(cli, CLI_REFUSED, "没有办成：别人同时改了这份名录，请再办一次");
	return data_fail(cli, o, code);
}

int registry_done(const struct cli *cli, const struct plan_notes *notes, int64_t change)
{
	struct cli_json j;

	sheet_notes_print(cli, notes);
	if (!cli->json) {
		cli_print("已记为第 %lld 号变更。\n", (long long)change);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "change", change);
	sheet_notes_json(&j.json, notes);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

const char *registry_cell(const struct cli *cli, struct span cell)
{
	return arena_mem(cli->arena, cell.at, cell.len);
}

const char *registry_moment(const struct cli *cli, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_text(ms + ZONE_MS, text);
	return arena_printf(cli->arena, "%.10s %.5s", text, text + 11);
}
