/* app/registry_fields_matters.c — the columns of the matter list 随机抽查事项清单. */
#include "app/registry_fields.h"

/* Who carries a matter out; several may. */
static const struct field_choice levels[] = {
	{ "national", "国家级|国家|部级|国级" },
	{ "province", "省级|省|省生态环境厅" },
	{ "city", "市级|市|设区的市级|市局|市生态环境局" },
	{ "county", "县级|县|区级|区县级|县区级|县(市、区)级|分局|县级分局" },
	{ NULL, NULL },
};

static const struct field_choice methods[] = {
	{ "onsite", "现场检查|现场|实地检查|实地核查|现场核查|现场抽查" },
	{ "offsite",
	  "非现场检查|非现场|书面检查|书面|网络监测|网络检查|远程检查|在线检查|非现场监管|书面核查" },
	{ NULL, NULL },
};

static const struct field_choice classes[] = {
	{ "key", "重点检查事项|重点|重点事项|重点抽查事项" },
	{ "general", "一般检查事项|一般|一般事项|一般抽查事项" },
	{ NULL, NULL },
};

const struct field registry_matter_fields[] = {
	[MATTER_ID] = { "id", "事项编码", "编码|事项编号|抽查事项编码|编号|事项代码|清单编码",
			FIELD_ID, 64, false, NULL, NULL, false, true },
	[MATTER_NAME] = { "name", "抽查事项",
			  "事项名称|抽查事项名称|检查事项|事项|检查事项名称|名称", FIELD_TEXT, 200,
			  true, NULL, NULL, false, true },
	[MATTER_CATEGORY] = { "category", "抽查类别", "类别|检查类别|抽查类型|抽查大类", FIELD_TEXT,
			      120, false, NULL, NULL, false, true },
	[MATTER_CONTENT] = { "content", "检查内容", "抽查内容|内容|检查要点|抽查内容和要点|子项",
			     FIELD_TEXT, 2000, false, NULL, NULL, false, true },
	[MATTER_BASIS] = { "basis", "检查依据", "依据|抽查依据|法律依据|设定依据|检查法律依据",
			   FIELD_TEXT, 2000, false, NULL, NULL, false, true },
	[MATTER_KINDS] = { "kinds", "检查对象", "抽查对象|适用对象|对象类型|检查对象类型|对象范围",
			   FIELD_CHOICES, 80, false, registry_object_kinds, NULL, true, true },
	[MATTER_LEVELS] = { "levels", "实施层级",
			    "检查层级|实施级别|检查部门层级|检查主体层级|层级|行使层级",
			    FIELD_CHOICES, 40, false, levels, NULL, true, true },
	[MATTER_METHODS] = { "methods", "检查方式", "抽查方式|方式|检查方法", FIELD_CHOICES, 20,
			     false, methods, NULL, true, true },
	[MATTER_CLASS] = { "class", "事项类别", "事项分类|重点/一般|事项类型|检查事项类别",
			   FIELD_CHOICE, 8, false, classes, NULL, false, true },
	[MATTER_RATIO] = { "ratio", "抽查比例", "比例|抽取比例|检查比例|抽查比例下限", FIELD_RATIO,
			   24, false, NULL, NULL, true, true },
	[MATTER_FREQUENCY] = { "frequency", "抽查频次",
			       "频次|检查频次|抽查比例及频次|抽查频率|检查时间", FIELD_TEXT, 120,
			       false, NULL, NULL, false, true },
	[MATTER_SKILL] = { "skill", "要求专业",
			   "所需专业|专业要求|检查人员要求|岗位资格|专业岗资格", FIELD_TEXT, 60,
			   false, NULL, NULL, false, true },
	[MATTER_DEPARTMENT] = { "department", "责任处室",
				"责任科室|检查部门|检查部门及层级|责任部门|实施部门|检查主体",
				FIELD_TEXT, 200, false, NULL, NULL, false, true },
	[MATTER_FROM] = { "from", "生效日期", "生效日|有效期起|施行日期|起始日期", FIELD_DAY, 10,
			  false, NULL, NULL, false, true },
	[MATTER_UNTIL] = { "until", "失效日期", "失效日|有效期至|有效期止|截止日期|废止日期",
			   FIELD_DAY, 10, false, NULL, NULL, false, true },
	[MATTER_VERSION] = { "version", "版本说明", "版本|清单版本|版本号|发布文号", FIELD_TEXT,
			     200, false, NULL, NULL, false, true },
	[MATTER_NOTE] = { "note", "备注", "说明|备注说明|remark", FIELD_TEXT, 600, false, NULL,
			  NULL, false, false },
};

_Static_assert(COUNT(registry_matter_fields) == MATTER_FIELDS, "one row a field");
