/* cli/registry_history.c — the changes of a registry, one change with what it met, or the versions of one row. */
#include "app/registry_change.h"
#include "app/registry_list.h"
#include "base/clock.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *registry;
	int64_t change, most, below;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	REGISTRY_ROW(struct options, registry),
	{ "change", CLI_NUMBER, offsetof(struct options, change), "N", NULL,
	  "只看这次变更，列出它遇到的本地修改", false, 1, INT64_MAX },
	{ "most", CLI_NUMBER, offsetof(struct options, most), "N", "20", "列多少次变更", false, 1,
	  1000 },
	{ "below", CLI_NUMBER, offsetof(struct options, below), "N", NULL, "只列编号小于 N 的变更",
	  false, 1, INT64_MAX },
};

static const char *const heads[] = { ">编号", "时间",  "办理人", "类别",  "原因",
				     "文件",  ">新增", ">更新",  ">未收", NULL };

static void put_change(struct json *j, const struct registry_change *c)
{
	char at[CLOCK_TEXT];

	clock_text(c->at, at);
	json_put_text(j, "actor", c->actor);
	json_put_int(j, "added", c->added);
	json_put_text(j, "at", at);
	json_put_int(j, "change", c->id);
	json_put_text(j, "file", c->file);
	json_put_text(j, "file_digest", c->file_digest);
	json_put_text(j, "kind", c->kind);
	json_put_int(j, "quarantined", c->quarantined);
	json_put_text(j, "reason", c->reason);
	json_put_text(j, "result_digest", c->result_digest);
	json_put_int(j, "unchanged", c->unchanged);
	json_put_int(j, "undone", c->undone);
	json_put_int(j, "updated", c->updated);
}

static const char *number(const struct cli *cli, int64_t n)
{
	return arena_printf(cli->arena, "%lld", (long long)n);
}

struct listing {
	const struct cli *cli;
	struct cli_table table;
	struct cli_json json;
	enum registry kind;
	bool any;
};

static const char *kind_words(const char *kind)
{
	static const char *const words[][2] = { { "import", "导入" },
						{ "edit", "修改" },
						{ "merge", "合并" },
						{ "split", "拆分" },
						{ "undo", "撤销" } };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i][0], kind) == 0)
			return words[i][1];
	return kind;
}

static int see_change(void *arg, const struct registry_change *c)
{
	struct listing *l = arg;
	const struct cli *cli = l->cli;

	if (cli->json) {
		json_begin_object(&l->json.json);
		put_change(&l->json.json, c);
		json_end_object(&l->json.json);
		return OK;
	}
	cli_table_row(&l->table,
		      (const char *const[]){ number(cli, c->id), registry_moment(cli, c->at),
					     c->actor, kind_words(c->kind), c->reason, c->file,
					     number(cli, c->added), number(cli, c->updated),
					     number(cli, c->quarantined) });
	return OK;
}

static int list_changes(const struct cli *cli, struct office *o, const struct options *opt,
			enum registry kind)
{
	struct listing l = { .cli = cli };

	if (cli->json) {
		cli_json_begin(&l.json);
		json_begin_object(&l.json.json);
		json_key(&l.json.json, "items");
		json_begin_array(&l.json.json);
	}
	cli_table_init(&l.table, cli->arena, heads);
	int rc = registry_changes(o, kind, opt->below ? opt->below : INT64_MAX, opt->most,
				  see_change, &l);
	if (!cli->json) {
		if (rc == OK)
			cli_table_print(&l.table);
		return rc == OK ? CLI_OK : data_fail(cli, o, rc);
	}
	json_end_array(&l.json.json);
	json_end_object(&l.json.json);
	if (rc == OK)
		cli_json_print(&l.json);
	else
		buf_release(&l.json.text);
	return rc == OK ? CLI_OK : data_fail(cli, o, rc);
}

/* ---- one change ---- */

/* A value as people read it. */
static const char *shown(const struct listing *l, const char *field, const char *value)
{
	uint32_t i, count;
	const struct field *f = registry_fields(l->kind, &count);

	if (!registry_field_of(l->kind, field, &i))
		return value;
	return registry_cell(l->cli, registry_shown(l->cli->arena, &f[i], span_of(value)));
}

static const char *header_of(const struct listing *l, const char *field)
{
	uint32_t i, count;
	const struct field *f = registry_fields(l->kind, &count);

	return registry_field_of(l->kind, field, &i) ? f[i].header : field;
}

static int see_override(void *arg, const struct registry_override *v)
{
	struct listing *l = arg;
	struct json *j = &l->json.json;

	l->any = true;
	if (!l->cli->json) {
		const char *winner = strcmp(v->winner, "local") == 0 ? "本地" : "文件";
		cli_table_row(&l->table, (const char *const[]){ v->id, header_of(l, v->field),
								winner, shown(l, v->field, v->kept),
								shown(l, v->field, v->refused) });
		return OK;
	}
	json_begin_object(j);
	json_put_text(j, "field", v->field);
	json_put_text(j, "id", v->id);
	json_put_text(j, "kept", v->kept);
	json_put_text(j, "refused", v->refused);
	json_put_text(j, "winner", v->winner);
	json_end_object(j);
	return OK;
}

static int show_change(const struct cli *cli, struct office *o, int64_t change, enum registry kind)
{
	struct listing l = { .cli = cli, .kind = kind };

	if (cli->json) {
		cli_json_begin(&l.json);
		json_begin_object(&l.json.json);
		json_key(&l.json.json, "overrides");
		json_begin_array(&l.json.json);
	}
	cli_table_init(&l.table, cli->arena,
		       (const char *const[]){ "编号", "字段", "以谁为准", "留下的值",
					      "没有采用的值", NULL });
	int rc = registry_overrides(o, kind, change, see_override, &l);
	if (cli->json) {
		json_end_array(&l.json.json);
		json_end_object(&l.json.json);
		if (rc == OK)
			cli_json_print(&l.json);
		else
			buf_release(&l.json.text);
	} else if (rc == OK && l.any) {
		cli_table_print(&l.table);
	} else if (rc == OK) {
		cli_print("第 %lld 号变更没有遇到本地修改。\n", (long long)change);
	}
	if (rc == OK && !cli->json)
		cli_print("它改了哪些行：mingqian registry diff %lld %lld --registry %s\n",
			  (long long)change - 1, (long long)change, registry_name(kind));
	if (rc == NONE)
		return cli_fail(cli, CLI_REFUSED, "%s没有第 %lld 号变更", registry_title(kind),
				(long long)change);
	return rc == OK ? CLI_OK : data_fail(cli, o, rc);
}

/* ---- one row ---- */

static void put_version(struct json *j, enum registry kind, const struct registry_past *now,
			const struct registry_past *before)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);

	json_begin_object(j);
	json_key(j, "change");
	json_begin_object(j);
	put_change(j, &now->change);
	json_end_object(j);
	json_key(j, "fields");
	json_begin_array(j);
	for (uint32_t i = 0; i < count; i++) {
		struct span was = before ? before->cells[i] : SPAN("");
		if (span_equal(was, now->cells[i]))
			continue;
		json_begin_object(j);
		json_put_text(j, "field", f[i].name);
		json_key(j, "from");
		json_mem(j, was.len ? was.at : "", was.len);
		json_key(j, "to");
		json_mem(j, now->cells[i].len ? now->cells[i].at : "", now->cells[i].len);
		json_end_object(j);
	}
	json_end_array(j);
	json_put_int(j, "version", now->version);
	json_end_object(j);
}

static void print_version(const struct cli *cli, enum registry kind,
			  const struct registry_past *now, const struct registry_past *before)
{
	uint32_t count;
	const struct field *f = registry_fields(kind, &count);
	const struct registry_change *c = &now->change;

	cli_print("第 %lld 版：%s，%s，第 %lld 号变更（%s），%s%s%s\n", (long long)now->version,
		  registry_moment(cli, c->at), c->actor, (long long)c->id, kind_words(c->kind),
		  c->reason, *c->file ? "，文件 " : "", c->file);
	for (uint32_t i = 0; before && i < count; i++) {
		if (span_equal(before->cells[i], now->cells[i]))
			continue;
		struct span was = registry_shown(cli->arena, &f[i], before->cells[i]);
		struct span is = registry_shown(cli->arena, &f[i], now->cells[i]);
		cli_print("  %s：%s → %s\n", f[i].header, registry_cell(cli, was),
			  registry_cell(cli, is));
	}
}

static int show_row(const struct cli *cli, struct office *o, enum registry kind, const char *id)
{
	struct registry_past *list;
	struct cli_json j;
	size_t count;
	int rc = registry_past(o, cli->arena, kind, id, &list, &count);

	if (rc == NONE)
		return cli_fail(cli, CLI_REFUSED, "%s里没有编号“%s”", registry_title(kind), id);
	if (rc != OK)
		return data_fail(cli, o, rc);
	if (cli->json) {
		cli_json_begin(&j);
		json_begin_object(&j.json);
		json_put_text(&j.json, "id", id);
		json_key(&j.json, "versions");
		json_begin_array(&j.json);
	}
	for (size_t i = 0; i < count; i++) {
		const struct registry_past *before = i + 1 < count ? &list[i + 1] : NULL;
		if (cli->json)
			put_version(&j.json, kind, &list[i], before);
		else
			print_version(cli, kind, &list[i], before);
	}
	if (cli->json) {
		json_end_array(&j.json);
		json_end_object(&j.json);
		cli_json_print(&j);
	}
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	enum registry kind;

	TRY(registry_option(cli, opt->registry, &kind));
	TRY(data_look(cli, &opt->data, &office));
	if (cli->arg_count)
		return show_row(cli, &office, kind, cli->args[0]);
	if (opt->change)
		return show_change(cli, &office, opt->change, kind);
	return list_changes(cli, &office, opt, kind);
}

const struct cli_command cli_registry_history = {
	.words = "registry history",
	.help = "名录的变更记录：全部变更、一次变更，或一行的各版",
	.usage = "[ID] " DATA_USAGE " [--registry NAME] [--change N]",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_most = 1,
	.run = run,
};
