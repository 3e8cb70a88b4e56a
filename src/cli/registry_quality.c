/* cli/registry_quality.c — how good the site registry is, by county; and the rows behind a figure. */
#include "app/registry_quality.h"

#include "app/import_area.h"
#include "app/registry_list.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/registry.h"

#include <string.h>

struct options {
	struct data_options data;
	const char *county, *list;
	int64_t days, most;
};

static const struct cli_option option_rows[] = {
	DATA_WHERE_ROWS(struct options, data),
	{ "county", CLI_TEXT, offsetof(struct options, county), "县区", NULL,
	  "只看一个县区：名称或六位代码", false, 0, 0 },
	{ "days", CLI_NUMBER, offsetof(struct options, days), "N", "365",
	  "既没改过也没抽查过、超过多少天算久未更新", false, 1, 36500 },
	{ "list", CLI_TEXT, offsetof(struct options, list), "KIND", NULL,
	  "列出这个数字背后的每一行（KIND 见下）", false, 0, 0 },
	{ "most", CLI_NUMBER, offsetof(struct options, most), "N", "1000000", "最多列多少行", false,
	  1, 100000000 },
};

/* ---- the report ---- */

static const char *number(const struct cli *cli, int64_t n)
{
	return arena_printf(cli->arena, "%lld", (long long)n);
}

static const char *percent(const struct cli *cli, int64_t permille)
{
	if (permille < 0)
		return "–";
	return arena_printf(cli->arena, "%lld.%lld%%", (long long)permille / 10,
			    (long long)permille % 10);
}

static void add_row(const struct cli *cli, struct cli_table *t, const struct quality_county *c)
{
	const int64_t *n = c->count;
	int64_t wrong = n[QUALITY_CODE_FORM] + n[QUALITY_CODE_CHECK] + n[QUALITY_CODE_INNER];

	cli_table_row(t, (const char *const[]){
				 *c->name ? c->name : "（没有县区）", number(cli, n[QUALITY_ROWS]),
				 number(cli, n[QUALITY_LIVE]), percent(cli, quality_codes_right(c)),
				 number(cli, n[QUALITY_CODE_MISSING]), number(cli, wrong),
				 percent(cli, quality_places_right(c)),
				 number(cli, n[QUALITY_PLACE_MISSING]),
				 number(cli, n[QUALITY_PLACE_OUTSIDE]),
				 number(cli, n[QUALITY_PLACE_FAR]), number(cli, n[QUALITY_STALE]),
				 number(cli, n[QUALITY_DOUBLE]) });
}

static void print_report(const struct cli *cli, const struct quality_report *r, int64_t days)
{
	struct cli_table t;

	cli_table_init(&t, cli->arena,
		       (const char *const[]){ "县区", ">在册", ">在产", ">代码有效", ">缺代码",
					      ">代码有误", ">坐标可信", ">缺坐标", ">市界外",
					      ">太远", ">久未更新", ">疑似重复", NULL });
	for (size_t i = 0; i < r->count; i++)
		add_row(cli, &t, &r->counties[i]);
	add_row(cli, &t, &r->all);
	cli_table_print(&t);
	if (r->all.count[QUALITY_CLASS_MISSING] || r->all.count[QUALITY_COUNTY_MISSING])
		cli_print("缺监管类别的 %lld 行，缺县区的 %lld 行：补上之前不能按比例抽查。\n",
			  (long long)r->all.count[QUALITY_CLASS_MISSING],
			  (long long)r->all.count[QUALITY_COUNTY_MISSING]);
	cli_print(
		"久未更新：%lld 天内既没改过也没抽查过。市界按东经 113°40′–116°20′、北纬 38°10′–40°00′。\n"
		"太远：离本县对象的中位点超过各点中位距离的 4 倍（不少于 20 公里），不足 10 个坐标的县不判断；"
		"只是可疑，请核对。\n"
		"疑似重复按已记下的建议计，先运行 mingqian registry suggestions --find 更新。\n",
		(long long)days);
}

static void json_county(struct json *j, const struct quality_county *c)
{
	json_begin_object(j);
	json_put_text(j, "county", c->code);
	json_put_int(j, "far_km", c->far_km);
	json_key(j, "figures");
	json_begin_object(j);
	/* Keys in their order. */
	for (const char *last = ""; last;) {
		int next = -1;
		for (int k = 0; k < QUALITY_KINDS; k++) {
			const char *name = quality_name((enum quality_kind)k);
			if (strcmp(name, last) > 0 &&
			    (next < 0 || strcmp(name, quality_name((enum quality_kind)next)) < 0))
				next = k;
		}
		last = next < 0 ? NULL : quality_name((enum quality_kind)next);
		if (last)
			json_put_int(j, last, c->count[next]);
	}
	json_end_object(j);
	json_put_text(j, "name", c->name);
	json_end_object(j);
}

static void json_report(const struct quality_report *r)
{
	struct cli_json j;

	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_key(&j.json, "all");
	json_county(&j.json, &r->all);
	json_key(&j.json, "counties");
	json_begin_array(&j.json);
	for (size_t i = 0; i < r->count; i++)
		json_county(&j.json, &r->counties[i]);
	json_end_array(&j.json);
	json_end_object(&j.json);
	cli_json_print(&j);
}

/* ---- the rows behind a figure ---- */

struct listing {
	const struct cli *cli;
	int64_t count, most;
	struct cli_json json;
};

static const uint8_t columns[] = { SITE_ID,      SITE_NAME,      SITE_COUNTY,   SITE_CODE,
				   SITE_ADDRESS, SITE_LONGITUDE, SITE_LATITUDE, SITE_LAST_VISIT };

/* One row a line, so that a registry of any size can be listed. */
static int list_row(void *arg, const struct span cells[REGISTRY_FIELDS_MOST])
{
	struct listing *l = arg;

	if (l->count++ >= l->most)
		return OK;
	if (l->cli->json) {
		json_mem(&l->json.json, cells[SITE_ID].at, cells[SITE_ID].len);
		return OK;
	}
	CLEANUP(arena_release) struct arena a;
	uint32_t fields;
	const struct field *f = registry_fields(REGISTRY_SITES, &fields);

	arena_init(&a);
	for (size_t i = 0; i < COUNT(columns); i++) {
		struct span cell = registry_shown(&a, &f[columns[i]], cells[columns[i]]);
		cli_write_text(cell.len ? cell.at : "", cell.len);
		cli_write(i + 1 < COUNT(columns) ? "\t" : "\n", 1);
	}
	return OK;
}

static int list(const struct cli *cli, const struct options *opt, struct office *office,
		const struct quality_in *in)
{
	struct listing l = { .cli = cli, .most = opt->most };
	enum quality_kind kind;
	uint32_t fields;
	const struct field *f = registry_fields(REGISTRY_SITES, &fields);

	if (!quality_of(opt->list, &kind))
		return cli_fail_usage(cli, "没有“%s”这一项，各项见 --help", opt->list);
	if (kind == QUALITY_DOUBLE)
		return cli_fail_usage(cli, "疑似重复请用 mingqian registry suggestions 查看");
	if (cli->json) {
		cli_json_begin(&l.json);
		json_begin_object(&l.json.json);
		json_key(&l.json.json, "ids");
		json_begin_array(&l.json.json);
	} else {
		for (size_t i = 0; i < COUNT(columns); i++)
			cli_print("%s%s", f[columns[i]].header,
				  i + 1 < COUNT(columns) ? "\t" : "\n");
	}
	int rc = registry_quality_list(office, in, kind, list_row, &l);
	if (cli->json) {
		json_end_array(&l.json.json);
		json_put_int(&l.json.json, "total", l.count);
		json_end_object(&l.json.json);
	}
	if (rc != OK) {
		if (cli->json)
			buf_release(&l.json.text);
		return data_fail(cli, office, rc);
	}
	if (cli->json)
		cli_json_print(&l.json);
	else
		cli_print("共 %lld 行。\n", (long long)l.count);
	return CLI_OK;
}

static int run(struct cli *cli, void *options)
{
	const struct options *opt = options;
	CLEANUP(office_release) struct office office = { .db = NULL };
	struct quality_in in = { NULL, opt->days };
	struct quality_report report;
	const struct area *area = NULL;

	if (opt->county && area_find(span_of(opt->county), &area) != AREA_UNKNOWN)
		in.county = area->code;
	else if (opt->county && strspn(opt->county, "0123456789") == 6 && !opt->county[6])
		in.county = opt->county;
	else if (opt->county)
		return cli_fail_usage(cli, "认不出县区“%s”，请写名称或六位代码", opt->county);
	TRY(data_look(cli, &opt->data, &office));
	if (opt->list)
		return list(cli, opt, &office, &in);
	int rc = registry_quality(&office, cli->arena, &in, &report);
	if (rc != OK)
		return data_fail(cli, &office, rc);
	if (cli->json)
		json_report(&report);
	else
		print_report(cli, &report, opt->days);
	return CLI_OK;
}

const struct cli_command cli_registry_quality = {
	.words = "registry quality",
	.help = "名录质量：各县区的代码、坐标、更新和重复",
	.usage = "[--county 县区] [--days N] [--list KIND] " DATA_USAGE,
	.detail =
		"只看在册的（关闭、搬迁、已合并的不算）。--list 的 KIND：\n"
		"  rows 在册 · live 在产 · code-missing 缺信用代码 · code-form 代码格式不对 · code-check 校验位不符 ·\n"
		"  code-inner 组织机构代码校验位不符 · place-missing 缺经纬度 · place-outside 在市界外 ·\n"
		"  place-far 离本县太远 · stale 久未更新 · class-missing 缺监管类别 · county-missing 缺县区\n"
		"列出的行数与报告里的数字相同。\n",
	.options = option_rows,
	.option_count = COUNT(option_rows),
	.options_size = sizeof(struct options),
	.args_least = 0,
	.args_most = 0,
	.run = run,
};
