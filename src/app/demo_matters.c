/* app/demo_matters.c — a made-up list of matters on real laws, and declared recusals. */
#include "app/demo_random.h"
#include "app/demo_rows.h"

#include <string.h>

enum { RECUSALS = 24 };

/* code, matter, category, content, basis, kinds, method, class, frequency, speciality */
static const char *const matters[][10] = {
	{ "SX-01", "排污许可证执行情况", "排污许可监管", "持证排污、台账记录、执行报告、自行监测",
	  "《排污许可管理条例》", "排污单位；危废经营单位", "现场检查；非现场检查", "重点检查事项",
	  "每年不少于一次", NULL },
	{ "SX-02", "水污染防治设施运行情况", "水污染防治监管", "设施运行、达标排放、排污口设置",
	  "《水污染防治法》", "排污单位；排污口", "现场检查", "重点检查事项", "每年不少于一次",
	  NULL },
	{ "SX-03", "大气污染防治设施运行情况", "大气污染防治监管",
	  "设施运行、无组织排放、重污染天气应急减排", "《大气污染防治法》", "排污单位", "现场检查",
	  "重点检查事项", "每年不少于一次", NULL },
	{ "SX-04", "自动监测设施运行情况", "自动监测监管", "安装联网、运行维护、数据真实性",
	  "《水污染防治法》《大气污染防治法》", "排污单位", "现场检查；非现场检查", "重点检查事项",
	  "每年不少于一次", NULL },
	{ "SX-05", "固体废物贮存处置情况", "固体废物监管", "分类贮存、管理台账、委托处置",
	  "《固体废物污染环境防治法》", "排污单位；危废经营单位", "现场检查", "一般检查事项",
	  "每年不少于一次", NULL },
	{ "SX-06", "危险废物经营情况", "固体废物监管", "经营许可、转移联单、贮存和处置设施",
	  "《固体废物污染环境防治法》", "危废经营单位", "现场检查", "重点检查事项",
	  "每年不少于一次", "固体废物" },
	{ "SX-07", "噪声污染防治情况", "噪声监管", "厂界噪声、防治设施", "《噪声污染防治法》",
	  "排污单位", "现场检查", "一般检查事项", "每年不少于一次", NULL },
	{ "SX-08", "土壤污染防治义务履行情况", "土壤监管", "隐患排查、自行监测、拆除活动备案",
	  "《土壤污染防治法》", "排污单位", "现场检查；非现场检查", "一般检查事项",
	  "每年不少于一次", NULL },
	{ "SX-09", "建设项目环境保护情况", "环评和三同时监管", "环评手续、三同时、竣工验收",
	  "《环境影响评价法》《建设项目环境保护管理条例》", "建设项目；排污单位", "现场检查",
	  "一般检查事项", "每年不少于一次", NULL },
	{ "SX-10", "环境应急预案落实情况", "环境应急监管", "预案备案、应急演练、应急物资",
	  "《突发事件应对法》《环境保护法》", "排污单位；危废经营单位", "现场检查；非现场检查",
	  "一般检查事项", "每年不少于一次", NULL },
	{ "SX-11", "机动车排放检验情况", "移动源监管", "检验设备、检验过程、数据上传",
	  "《大气污染防治法》", "机动车检验机构", "现场检查；非现场检查", "重点检查事项",
	  "每年不少于一次", NULL },
	{ "SX-12", "生态环境监测服务情况", "监测机构监管", "资质、质量控制、报告真实性",
	  "《环境保护法》《检验检测机构监督管理办法》", "监测机构", "现场检查；非现场检查",
	  "一般检查事项", "每年不少于一次", NULL },
	{ "SX-13", "核技术利用单位辐射安全情况", "辐射监管", "许可证、辐射监测、人员培训",
	  "《放射性污染防治法》", "核技术利用单位", "现场检查", "重点检查事项", "每年不少于一次",
	  "辐射" },
	{ "SX-14", "入河排污口设置和管理情况", "水污染防治监管", "审批登记、规范化建设、监测",
	  "《水污染防治法》", "排污口", "现场检查", "一般检查事项", "每年不少于一次", NULL },
};

static void add_matters(struct arena *a, struct demo_rows *rows)
{
	static const uint8_t fields[] = { MATTER_ID,      MATTER_NAME,  MATTER_CATEGORY,
					  MATTER_CONTENT, MATTER_BASIS, MATTER_KINDS,
					  MATTER_METHODS, MATTER_CLASS, MATTER_FREQUENCY,
					  MATTER_SKILL };

	_Static_assert(COUNT(fields) == COUNT(matters[0]), "a word a field");
	rows->list = arena_array(a, COUNT(matters), sizeof(*rows->list));
	rows->count = COUNT(matters);
	for (size_t i = 0; i < rows->count; i++) {
		struct demo_row *row = &rows->list[i];
		for (size_t f = 0; f < COUNT(fields); f++)
			row->cell[fields[f]] = matters[i][f];
		row->cell[MATTER_LEVELS] = "市级、县级";
		row->cell[MATTER_DEPARTMENT] = "综合执法支队";
		row->cell[MATTER_FROM] = "2026-01-01";
		row->cell[MATTER_VERSION] = "2026年版（演示）";
	}
}

static void add_recusals(struct arena *a, const char *seed, const struct demo_rows *sites,
			 const struct demo_rows *inspectors, struct demo_rows *rows)
{
	static const char *const kinds[] = { "亲属", "曾任职", "利害关系" };
	static const char *const sources[] = { "本人申报", "人事档案", "群众反映核实" };
	struct demo_random r;

	demo_random_init(&r, arena_printf(a, "%s/recusals", seed));
	rows->list = arena_array(a, RECUSALS, sizeof(*rows->list));
	rows->count = RECUSALS;
	for (size_t i = 0; i < rows->count; i++) {
		struct demo_row *row = &rows->list[i];
		uint32_t person = demo_below(&r, (uint32_t)inspectors->count);
		uint32_t site = demo_below(&r, (uint32_t)sites->count);
		uint32_t kind = demo_below(&r, COUNT(kinds));
		row->cell[RECUSAL_ID] = arena_printf(a, "HB-%03zu", i + 1);
		row->cell[RECUSAL_INSPECTOR] = inspectors->list[person].cell[INSPECTOR_ID];
		row->cell[RECUSAL_TARGET] = sites->list[site].cell[SITE_ID];
		row->cell[RECUSAL_KIND] = kinds[kind];
		row->cell[RECUSAL_FROM] = "2026-01-01";
		/* Having worked there holds for a time, a relation for good. */
		row->cell[RECUSAL_TO] = kind == 1 ? "2028-12-31" : NULL;
		row->cell[RECUSAL_SOURCE] = sources[demo_below(&r, COUNT(sources))];
	}
}

void demo_make_lists(struct arena *a, const char *seed, const struct demo_rows *sites,
		     const struct demo_rows *inspectors, struct demo_rows *list,
		     struct demo_rows *recusals)
{
	add_matters(a, list);
	add_recusals(a, seed, sites, inspectors, recusals);
}
