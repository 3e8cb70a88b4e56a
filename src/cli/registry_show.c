/* cli/registry_show.c — a page of a registry, or one row with all its fields. */
#include "app/registry_json.h"
#include "app/registry_list.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *registry, *county, *class, *special, *state, *kind, *text, *after;
	int64_t most;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	REGISTRY_ROW(struct options, registry),
	{ "county", CLI_TEXT, offsetof(struct options, county), "县区", NULL,
	  "县区的名称或六位代码", false, 0, 0 },
	{ "class", CLI_TEXT, offsetof(struct options, class), "类别", NULL,
	  "监管类别 key 重点、general 一般；人员为老新 S、J；事项为类别", false, 0, 0 },
	{ "special", CLI_TEXT, offsetof(struct options, special), "是|否", NULL,
	  "是否特殊监管；人员为是否辅助人员", false, 0, 0 },
	{ "state", CLI_TEXT, offsetof(struct options, state), "状态", NULL,
	  "运行状态 live 在产等；人员为在岗 是、否", false, 0, 0 },
	{ "kind", CLI_TEXT, offsetof(struct options, kind), "类型", NULL, "对象类型；人员为身份",
	  false, 0, 0 },
	{ "text", CLI_TEXT, offsetof(struct options, text), "TEXT", NULL,
	  "编号或代码，或名称、编号、代码中的一段", false, 0, 0 },
	{ "after", CLI_TEXT, offsetof(struct options, after), "ID", NULL, "接着这个编号往后列",
	  false, 0, 0 },
	{ "most", CLI_NUMBER, offsetof(struct options, most), "N", "20", "一页多少行", false, 1,
	  REGISTRY_PAGE_MOST },
};

static void put_row(struct json *j, enum registry kind, const struct registry_row *row)
{
	struct span cells[REGISTRY_FIELDS_MOST];

	registry_row_cells(kind, row, cells);
	json_begin_object(j);
	json_put_int(j, "change", row->change);
	json_key(j, "fields");
	registry_cells_json(j, kind, cells);
	json_put_text(j, "id", row->id);
	json_put_int(j, "version", row->version);
	json_end_object(j);
}

/* ---- one ---- */

static void print_single(const struct cli *cli, enum registry kind, const struct registry_single *s)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	struct cli_table t;

	cli_table_init(&t, cli->arena, (const char *const[]){ "字段", "值", "本地修改", NULL });
	for (uint32_t i = 0; i < count; i++) {
		struct span shown = registry_shown(cli->arena, &f[i], s->cells[i]);
		if (shown.len || s->edited[i])
			cli_table_row(&t,
				      (const char *const[]){ f[i].header, registry_cell(cli, shown),
							     s->edited[i] ? "是" : "" });
	}
	cli_table_print(&t);
	cli_print("第 %lld 版，由第 %lld 号变更写成。\n", (long long)s->row.version,
		  (long long)s->row.change);
}

static void json_single(enum registry kind, const struct registry_single *s)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "edited");
	json_begin_array(&j.json);
	for (uint32_t i = 0; i < count; i++)
		if (s->edited[i])
			json_text(&j.json, f[i].name);
	json_end_array(&j.json);
	json_key(&j.json, "row");
	put_row(&j.json, kind, &s->row);
	json_end_object(&j.json);
	cli_json_print(&j);
}

/* What was typed may be a registry, or the number in other letters. */
static int not_there(const struct cli *cli, struct office *o, enum registry kind, const char *id)
{
	struct registry_query q = { .kind = kind, .text = id, .most = 1 };
	struct registry_page page = { .count = 0 };
	struct plan_notes notes;
	enum registry other;
	char *upper = arena_str(cli->arena, id);

	if (registry_of(id, &other))
		return cli_fail(
			cli, CLI_REFUSED,
			"%s里没有编号“%s”：要看%s，请写 mingqian registry show --registry %s",
			registry_title(kind), id, registry_title(other), id);
	for (char *c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	plan_notes_init(&notes, cli->arena);
	q.text = upper;
	if (strcmp(upper, id) != 0 && registry_query(o, cli->arena, &q, &notes, &page) == OK &&
	    page.count && strcmp(page.rows[0].id, upper) == 0)
		return cli_fail(cli, CLI_REFUSED, "%s里没有编号“%s”，有“%s”：大小写要一样",
				registry_title(kind), id, upper);
	return cli_fail(cli, CLI_REFUSED,
			"%s里没有编号“%s”：按名称或编号的一段找，用 mingqian registry show --text",
			registry_title(kind), id);
}

static int show_single(const struct cli *cli, struct office *o, enum registry kind, const char *id)
{
	struct registry_single s;
	int rc = registry_single(o, cli->arena, kind, id, &s);

	if (rc == NONE)
		return not_there(cli, o, kind, id);
	if (rc != OK)
		return data_fail(cli, o, rc);
	if (cli->json)
		json_single(kind, &s);
	else
		print_single(cli, kind, &s);
	return CLI_OK;
}

/* ---- a page ---- */

/* The columns of a page, by registry; the id comes first. */
static const uint32_t columns[REGISTRIES][5] = {
	[REGISTRY_SITES] = { SITE_NAME, SITE_COUNTY, SITE_CLASS, SITE_SPECIAL, SITE_STATE },
	[REGISTRY_INSPECTORS] = { INSPECTOR_NAME, INSPECTOR_UNIT, INSPECTOR_GRADE, INSPECTOR_ROLE,
				  INSPECTOR_DUTY },
	[REGISTRY_MATTERS] = { MATTER_NAME, MATTER_CATEGORY, MATTER_CLASS, MATTER_KINDS,
			       MATTER_UNTIL },
	[REGISTRY_RECUSALS] = { RECUSAL_INSPECTOR, RECUSAL_TARGET, RECUSAL_KIND, RECUSAL_FROM,
				RECUSAL_TO },
};

static void print_page(const struct cli *cli, enum registry kind, const struct registry_page *p)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	const char *line[COUNT(columns[0]) + 2] = { f[0].header };
	struct span cells[REGISTRY_FIELDS_MOST];
	struct cli_table t;

	for (size_t i = 0; i < COUNT(columns[0]); i++)
		line[i + 1] = f[columns[kind][i]].header;
	cli_table_init(&t, cli->arena, line);
	for (size_t r = 0; r < p->count; r++) {
		registry_row_cells(kind, &p->rows[r], cells);
		line[0] = p->rows[r].id;
		for (size_t i = 0; i < COUNT(columns[0]); i++)
			line[i + 1] =
				registry_cell(cli, registry_shown(cli->arena, &f[columns[kind][i]],
								  cells[columns[kind][i]]));
		cli_table_row(&t, line);
	}
	if (p->count)
		cli_table_print(&t);
	cli_print("共 %lld 行", (long long)p->total);
	if (p->more)
		cli_print("；下一页：--after %s", p->rows[p->count - 1].id);
	cli_print("。\n");
}

static void json_page(enum registry kind, const struct registry_page *p)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "items");
	json_begin_array(&j.json);
	for (size_t r = 0; r < p->count; r++)
		put_row(&j.json, kind, &p->rows[r]);
	json_end_array(&j.json);
	json_put_text(&j.json, "next", p->more ? p->rows[p->count - 1].id : NULL);
	json_put_int(&j.json, "total", p->total);
	json_end_object(&j.json);
	cli_json_print(&j);
}

static int show_page(const struct cli *cli, struct office *o, const struct options *opt,
		     enum registry kind)
{
	struct registry_query q = { kind,      opt->county, opt->class, opt->special, opt->state,
				    opt->kind, opt->text,   opt->after, opt->most };
	struct registry_page page;
	struct plan_notes notes;

	plan_notes_init(&notes, cli->arena);
	int rc = registry_query(o, cli->arena, &q, &notes, &page);
	if (rc != OK)
		return registry_fail(cli, o, &notes, rc);
	if (cli->json)
		json_page(kind, &page);
	else
		print_page(cli, kind, &page);
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	enum registry kind;

	TRY(registry_option(cli, opt->registry, &kind));
	TRY(data_look(cli, &opt->data, &office));
	return cli->arg_count ? show_single(cli, &office, kind, cli->args[0])
			      : show_page(cli, &office, opt, kind);
}

const struct cli_command cli_registry_show = {
	.words = "registry show",
	.help = "看名录：按条件列一页，或看一行的全部字段",
	.usage = "[ID] " DATA_USAGE
		 " [--registry NAME] [--county 县区] [--class 类别] [--text TEXT]",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_most = 1,
	.run = run,
};
