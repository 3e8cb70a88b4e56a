/* cli/registry_diff.c — what changed in a registry between two days or changes, also as it may be published. */
#include "app/registry_diff.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

enum { ROW_MOST = 1 << 20 };

struct options {
	struct data_options data;
	const char *registry, *format;
	bool open;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	REGISTRY_ROW(struct options, registry),
	{ "public", CLI_FLAG, offsetof(struct options, open), NULL, NULL,
	  "只含可以公开的字段，供公示用", false, 0, 0 },
	{ "format", CLI_TEXT, offsetof(struct options, format), "text|tsv", "text",
	  "text 一行一句；tsv 一行一个字段，便于另存成表格", false, 0, 0 },
};

enum format { FORMAT_TEXT, FORMAT_TSV, FORMAT_JSON };

struct printing {
	enum registry kind;
	enum format format;
	struct buf out;
	bool any;
};

static int see(void *arg, const struct registry_diff_row *row)
{
	struct printing *p = arg;

	buf_clear(&p->out);
	if (p->format == FORMAT_JSON) {
		if (p->any)
			buf_char(&p->out, ',');
		registry_diff_json(&p->out, p->kind, row);
	} else if (p->format == FORMAT_TSV) {
		registry_diff_lines(&p->out, p->kind, row);
	} else {
		registry_diff_sentence(&p->out, p->kind, row);
	}
	p->any = true;
	if (p->format == FORMAT_JSON)
		cli_write_json(p->out.data, p->out.len);
	else
		cli_write_text(p->out.data, p->out.len);
	return cli_interrupted() ? CANCELLED : OK;
}

static void print_head(struct printing *p)
{
	if (p->format == FORMAT_JSON)
		cli_print("{\"items\":[");
	if (p->format != FORMAT_TSV)
		return;
	registry_diff_head(&p->out);
	cli_write(p->out.data, p->out.len);
}

static void print_foot(const struct printing *p, const struct registry_diff *d,
		       const struct registry_diff_counts *n)
{
	if (p->format == FORMAT_JSON)
		cli_print(
			"],\"summary\":{\"added\":%lld,\"changed\":%lld,\"from\":%lld,\"left\":%lld,"
			"\"registry\":\"%s\",\"to\":%lld,\"withheld\":%lld}}\n",
			(long long)n->rows[REGISTRY_ADDED], (long long)n->rows[REGISTRY_CHANGED],
			(long long)d->from, (long long)n->rows[REGISTRY_LEFT],
			registry_name(d->kind), (long long)d->to, (long long)n->withheld);
	if (p->format != FORMAT_TEXT)
		return;
	cli_print("%s，第 %lld 号变更之后到第 %lld 号变更：", registry_title(d->kind),
		  (long long)d->from, (long long)d->to);
	for (int i = 0; i < REGISTRY_DIFFERENCES; i++)
		cli_print("%s%s %lld 行", i ? "，" : "",
			  registry_difference_word((enum registry_difference_kind)i),
			  (long long)n->rows[i]);
	if (n->withheld)
		cli_print("；只改了不公开字段的 %lld 行未列", (long long)n->withheld);
	cli_print("。\n");
}

static int diff(const struct cli *cli, struct office *o, struct registry_diff *d,
		enum format format)
{
	struct printing p = { .kind = d->kind, .format = format };
	struct registry_diff_counts counts;
	struct plan_notes notes;

	plan_notes_init(&notes, cli->arena);
	int rc = registry_point(o, d->kind, cli->args[0], &notes, &d->from);
	if (rc == OK)
		rc = registry_point(o, d->kind, cli->args[1], &notes, &d->to);
	if (rc != OK)
		return registry_fail(cli, o, &notes, rc);
	if (d->from > d->to)
		return cli_fail(cli, CLI_REFUSED, "FROM 比 TO 晚：请把较早的写在前面");
	cli_catch_interrupt();
	buf_init(&p.out, ROW_MOST);
	print_head(&p);
	rc = registry_diff(o, d, see, &p, &counts);
	buf_release(&p.out);
	if (rc != OK)
		return data_fail(cli, o, rc);
	print_foot(&p, d, &counts);
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct registry_diff d = { .open_only = opt->open };
	bool tsv = strcmp(opt->format, "tsv") == 0;

	TRY(registry_option(cli, opt->registry, &d.kind));
	if (!tsv && strcmp(opt->format, "text") != 0)
		return cli_fail_usage(cli, "--format 应为 text 或 tsv");
	TRY(data_look(cli, &opt->data, &office));
	return diff(cli, &office, &d, cli->json ? FORMAT_JSON : tsv ? FORMAT_TSV : FORMAT_TEXT);
}

const struct cli_command cli_registry_diff = {
	.words = "registry diff",
	.help = "两个日期或两次变更之间名录有什么不同，可供公示",
	.usage = "FROM TO " DATA_USAGE " [--registry NAME] [--public] [--format text|tsv]",
	.detail =
		"FROM、TO 是日期（2026-03-31 指这一天结束时）、变更的编号、0（最初）或 now（现在）。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 2,
	.args_most = 2,
	.run = run,
};
