/* cli/ledger_verify.c — every step with its mark, and one plain sentence at the end. */
#include "app/ledger_verify.h"

#include "base/file.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/data.h"

enum { OUTSIDE_MOST = 1 << 20 };

struct options {
	struct data_options data;
	struct cli_list against;
	const char *key;
	bool strict;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ .name = "against",
	  .kind = CLI_LIST,
	  .offset = offsetof(struct options, against),
	  .value = "FILE",
	  .help = "在库外保存的检查点或 .tlog-proof，可写多次" },
	{ .name = "key",
	  .kind = CLI_TEXT,
	  .offset = offsetof(struct options, key),
	  .value = "KEY",
	  .help = "您信任的验证密钥（公布过的那一行）；不写时用数据库里记的" },
	{ .name = "strict",
	  .kind = CLI_FLAG,
	  .offset = offsetof(struct options, strict),
	  .help = "把“未核验”也算作不通过" },
};

static const char *const mark_words[] = {
	[VERIFY_OK] = "✓",
	[VERIFY_FAILED] = "✗",
	[VERIFY_UNKNOWN] = "未核验",
};

static const char *const mark_names[] = {
	[VERIFY_OK] = "ok",
	[VERIFY_FAILED] = "failed",
	[VERIFY_UNKNOWN] = "unknown",
};

static const char *conclusion(const struct cli *cli, const struct ledger_report *r)
{
	if (r->failed)
		return arena_printf(
			cli->arena,
			"没有通过：有 %zu 步不符。请保存好数据库和检查点的原样，再查明。",
			r->failed);
	if (r->unknown)
		return arena_printf(
			cli->arena,
			"没有发现不符；有 %zu 步在这里没有核验，照各步写的办法补上才算完整。",
			r->unknown);
	return "通过：账簿完整，没有条目被改、删、插或换了次序。";
}

static void answer_json(const struct cli *cli, const struct ledger_report *r, bool passed)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_text(&j.json, "conclusion", conclusion(cli, r));
	json_put_int(&j.json, "failed", (int64_t)r->failed);
	json_put_bool(&j.json, "passed", passed);
	json_put_text(&j.json, "root", r->root);
	json_put_int(&j.json, "size", r->size);
	json_key(&j.json, "steps");
	json_begin_array(&j.json);
	for (size_t i = 0; i < r->count; i++) {
		const struct ledger_step *s = &r->steps[i];
		json_begin_object(&j.json);
		json_put_text(&j.json, "how", s->how);
		json_put_text(&j.json, "mark", mark_names[s->mark]);
		json_put_text(&j.json, "name", s->name);
		json_put_text(&j.json, "text", s->text);
		json_end_object(&j.json);
	}
	json_end_array(&j.json);
	json_put_int(&j.json, "unknown", (int64_t)r->unknown);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static void answer_text(const struct cli *cli, const struct ledger_report *r)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct ledger_step *s = &r->steps[i];
		cli_print("%s %s\n", mark_words[s->mark], s->text);
		if (s->how)
			cli_print("    %s：%s\n", s->mark == VERIFY_UNKNOWN ? "怎样核验" : "说明",
				  s->how);
	}
	cli_print("\n✓ %zu 步，✗ %zu 步，未核验 %zu 步\n%s\n", r->count - r->failed - r->unknown,
		  r->failed, r->unknown, conclusion(cli, r));
}

static void progress(void *arg, uint64_t done, uint64_t total)
{
	cli_progress_at(arg, done, total);
}

/* Reads the files of --against into check. */
static int read_outside(const struct cli *cli, const struct options *in, struct ledger_check *check)
{
	struct ledger_outside *at = arena_array(cli->arena, in->against.count, sizeof(*at));

	for (size_t i = 0; i < in->against.count; i++) {
		char *text;
		size_t len;
		int rc = file_read(cli->arena, in->against.at[i], OUTSIDE_MOST, &text, &len);

		if (rc != OK)
			return cli_fail_status(cli, rc, in->against.at[i]);
		at[i] = (struct ledger_outside){ in->against.at[i], { text, len } };
	}
	check->outside = at;
	check->outside_count = in->against.count;
	return CLI_OK;
}

static int run(struct cli *cli, void *arg)
{
	const struct options *in = arg;
	struct ledger_report *r = arena_alloc(cli->arena, sizeof(*r));
	struct cli_progress bar;
	struct ledger_check check = { .key = in->key, .progress = progress, .arg = &bar };
	struct office o;

	TRY(read_outside(cli, in, &check));
	TRY(data_look(cli, &in->data, &o));
	cli_progress_init(&bar, "核验账簿");
	int rc = ledger_verify(&o, cli->arena, &check, r);
	cli_progress_end(&bar);
	int code = rc == OK ? CLI_OK : data_fail(cli, &o, rc);
	office_release(&o);
	if (rc != OK)
		return code;
	bool passed = r->failed == 0 && (!in->strict || r->unknown == 0);
	if (cli->json)
		answer_json(cli, r, passed);
	else
		answer_text(cli, r);
	return passed ? CLI_OK : CLI_REFUSED;
}

const struct cli_command cli_ledger_verify = {
	.words = "ledger verify",
	.help = "逐步核验账簿：条目、编号、树、检查点、文件（✓ ✗ 未核验）",
	.usage = "[--against FILE ...] [--key KEY] [--strict] " DATA_USAGE,
	.detail =
		"只读，不需要密钥文件。没有一步不符时退出码为 0，有一步不符为 1。\n"
		"能发现：条目被改、被删、被插入、换了次序、末尾被截掉，两个检查点互相矛盾，文件被改。\n"
		"掌握数据库和密钥的人可以整本重写，只有与库外保存的检查点（--against）核对才能发现。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.run = run,
};
