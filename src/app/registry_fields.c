/* app/registry_fields.c — the two tables of columns; what other files know of a column stands here. */
#include "app/registry.h"

static const struct field_choice permit_classes[] = {
	{ "major", "重点|重点管理|重点管理许可" },
	{ "simple", "简化|简化管理" },
	{ "registered", "登记|登记管理|排污登记" },
	{ NULL, NULL },
};

static const struct field_choice classes[] = {
	{ "key",
	  "重点|重点源|重点监管|重点单位|重点排污单位|重点监管对象|重点污染源|重点监管企业" },
	{ "general", "一般|一般源|一般监管|一般单位|一般排污单位|一般监管对象|一般污染源|非重点" },
	{ NULL, NULL },
};

static const struct field_choice states[] = {
	{ "live", "在产|正常|正常生产|生产|运行|正常运行|运营|在营|营业|存续|在业|开业|投产" },
	{ "stopped", "停产|停业|停运|停产停业|临时停产|长期停产|歇业|停用" },
	{ "closed", "关闭|关停|注销|吊销|取缔|拆除|已关闭|已注销|关闭停业|永久关闭" },
	{ "moved", "搬迁|迁出|已搬迁|迁移|外迁" },
	{ "building", "在建|未投产|建设中|筹建" },
	{ NULL, NULL },
};

static const struct field_choice credits[] = {
	{ "A", "A|诚信|环保诚信企业|A级" },
	{ "B", "B|良好|环保良好企业|B级" },
	{ "C", "C|一般|C级" },
	{ "D", "D|警示|环保警示企业|D级" },
	{ "E", "E|不良|环保不良企业|E级" },
	{ NULL, NULL },
};

static const struct field_choice grades[] = {
	{ "S", "老|S|老同志|老执法人员|资深|骨干" },
	{ "J", "新|J|新同志|新执法人员|新人|新进" },
	{ NULL, NULL },
};

static const struct field site_fields[] = {
	[SITE_ID] = { "id", "污染源编号",
		      "编号|污染源编码|污染源代码|检查对象编号|对象编号|企业编号|单位编号|名录编号|"
		      "档案编号|registry_number|site_id|number",
		      FIELD_ID, 64, false, NULL, NULL, false },
	[SITE_NAME] = { "name", "单位名称",
			"企业名称|污染源名称|检查对象名称|检查对象|对象名称|排污单位名称|排污单位|"
			"企业全称|单位全称|被检查单位|受检单位名称|监管对象名称|名称|site_name",
			FIELD_TEXT, 200, true, NULL, NULL, false },
	[SITE_FIRM] = { "firm", "所属企业",
			"所属企业名称|法人单位|法人单位名称|法人名称|母公司|所属公司|company",
			FIELD_TEXT, 200, false, NULL, NULL, false },
	[SITE_CODE] = { "code", "统一社会信用代码",
			"信用代码|社会信用代码|社会统一信用代码|统一信用代码|组织机构代码|"
			"统一社会信用代码/组织机构代码|营业执照号|uscc|uscc_raw|credit_code",
			FIELD_CODE, 32, false, NULL, NULL, false },
	[SITE_PERMIT] = { "permit", "排污许可证编号",
			  "许可证编号|排污许可证号|排污许可编号|许可证号|排污登记编号|"
			  "排污许可证编码|permit_no|permit_no_raw",
			  FIELD_PERMIT, 40, false, NULL, NULL, false },
	[SITE_PERMIT_CLASS] = { "permit_class", "许可管理类别",
				"许可类别|排污许可管理类别|管理类别|许可证管理类别|许可管理类型|"
				"排污许可类别",
				FIELD_CHOICE, 16, false, permit_classes, NULL, true },
	[SITE_PERMIT_UNTIL] = { "permit_until", "许可证有效期至",
				"许可有效期至|许可证到期日|许可有效期|许可证有效期|"
				"许可证有效期止|排污许可证有效期至|排污许可证有效期",
				FIELD_DAY, 10, false, NULL, NULL, true },
	[SITE_COUNTY] = { "county", "所属县区",
			  "县区|区县|县(市、区)|县市区|所在县区|所在区县|行政区划|行政区划代码|"
			  "所属区县|所属区域|所在地区|区划代码|所属辖区|属地|地区|district|city",
			  FIELD_COUNTY, 6, true, NULL, NULL, false },
	[SITE_TOWNSHIP] = { "township", "乡镇街道",
			    "乡镇|乡镇(街道)|街道|所属乡镇|所在乡镇|乡(镇)|镇街|所属乡镇街道",
			    FIELD_TOWNSHIP, 64, false, NULL, NULL, true },
	[SITE_ADDRESS] = { "address", "详细地址",
			   "地址|单位地址|企业地址|生产地址|生产经营场所地址|经营地址|"
			   "生产经营地址|注册地址|所在地|住所",
			   FIELD_TEXT, 300, false, NULL, NULL, false },
	[SITE_LONGITUDE] = { "longitude", "经度", "中心经度|东经|企业经度|lng|lon", FIELD_DEGREE_E,
			     12, false, NULL, NULL, true },
	[SITE_LATITUDE] = { "latitude", "纬度", "中心纬度|北纬|企业纬度|lat", FIELD_DEGREE_N, 12,
			    false, NULL, NULL, true },
	[SITE_INDUSTRY] = { "industry", "行业类别",
			    "行业|行业代码|行业类型|行业名称|国民经济行业|国民经济行业代码|"
			    "所属行业|行业类别代码|industry_major",
			    FIELD_INDUSTRY, 120, false, NULL, NULL, true },
	[SITE_SOURCE_TYPES] = { "source_types", "污染源类型",
				"污染源类别|污染类型|污染源种类|污染类别", FIELD_WORDS, 200, false,
				NULL, NULL, true },
	[SITE_CLASS] = { "class", "监管类别",
			 "监管类型|监管级别|监管等级|对象类别|监管性质|重点/一般|重点一般|"
			 "是否重点|监管分类|企业类别|污染源级别|supervision",
			 FIELD_CHOICE, 8, false, classes, NULL, false },
	[SITE_SPECIAL] = { "special", "是否特殊监管",
			   "特殊监管|是否特殊|特殊监管对象|是否特殊监管对象|特殊对象", FIELD_FLAG,
			   1, false, NULL, "0", false },
	[SITE_SPECIAL_REASON] = { "special_reason", "特殊监管原因",
				  "特殊原因|特殊监管理由|列入原因", FIELD_TEXT, 300, false, NULL,
				  NULL, false },
	[SITE_SPECIAL_FROM] = { "special_from", "特殊监管起始日",
				"特殊监管开始日期|特殊监管起|特殊监管自|列入日期|特殊监管起始日期",
				FIELD_DAY, 10, false, NULL, NULL, false },
	[SITE_SPECIAL_TO] = { "special_to", "特殊监管截止日",
			      "特殊监管结束日期|特殊监管止|特殊监管至|移出日期|特殊监管截止日期",
			      FIELD_DAY, 10, false, NULL, NULL, false },
	[SITE_STATE] = { "state", "运行状态",
			 "生产状态|经营状态|企业状态|状态|生产情况|运营状态|登记状态|operating_state",
			 FIELD_CHOICE, 8, false, states, "live", false },
	[SITE_KIND] = { "kind", "对象类型", "检查对象类型|单位类型|对象种类", FIELD_TEXT, 60, false,
			NULL, NULL, false },
	[SITE_SKILL] = { "skill", "所需专业", "专业要求|检查专业|需要专业|执法专业要求", FIELD_TEXT,
			 60, false, NULL, NULL, false },
	[SITE_ONLINE] = { "online", "在线监控",
			  "在线监测|自动监控|是否安装在线监控|是否在线监测|是否安装在线监测|"
			  "是否安装自动监控",
			  FIELD_FLAG, 1, false, NULL, "0", true },
	[SITE_CREDIT] = { "credit", "信用等级",
			  "环境信用等级|信用级别|环境信用|环保信用等级|信用评价等级|生态环境信用等级",
			  FIELD_CHOICE, 1, false, credits, NULL, true },
	[SITE_NOTE] = { "note", "备注", "说明|备注说明|其他|remark", FIELD_TEXT, 600, false, NULL,
			NULL, false },
	[SITE_VISITS] = { "visits", "本年已抽次数",
			  "本年度已抽次数|本年已查次数|本年已检查次数|已抽次数", FIELD_COUNT, 7,
			  false, NULL, NULL, false },
};

static const struct field inspector_fields[] = {
	[INSPECTOR_ID] = { "id", "工号",
			   "编号|人员编号|执法人员编号|检查人员编号|员工号|职工号|警号|staff_no",
			   FIELD_ID, 64, false, NULL, NULL, false },
	[INSPECTOR_NAME] = { "name", "姓名", "人员姓名|执法人员姓名|检查人员姓名|执法人员|检查人员",
			     FIELD_TEXT, 60, true, NULL, NULL, false },
	[INSPECTOR_CERTIFICATE] = { "certificate", "执法证号",
				    "执法证编号|行政执法证号|行政执法证编号|执法证件号|证件编号|"
				    "执法证号码|执法证编号1|执法证号1",
				    FIELD_TEXT, 40, false, NULL, NULL, false },
	[INSPECTOR_CERTIFICATE_UNTIL] = { "certificate_until", "执法证有效期至",
					  "执法证有效期|证件有效期|有效期至|执法证到期日|"
					  "证件有效期至|有效期|执法证有效期至1",
					  FIELD_DAY, 10, false, NULL, NULL, false },
	[INSPECTOR_CERTIFICATE2] = { "certificate2", "第二执法证号",
				     "执法证号2|执法证编号2|部执法证号|环境执法证号|环境监察证号",
				     FIELD_TEXT, 40, false, NULL, NULL, false },
	[INSPECTOR_CERTIFICATE2_UNTIL] = { "certificate2_until", "第二执法证有效期至",
					   "执法证有效期2|执法证有效期至2|环境监察证有效期至",
					   FIELD_DAY, 10, false, NULL, NULL, false },
	[INSPECTOR_UNIT] = { "unit", "单位",
			     "所在单位|工作单位|执法单位|所属单位|部门|所属机构|单位名称",
			     FIELD_TEXT, 120, false, NULL, NULL, false },
	[INSPECTOR_DISTRICTS] = { "districts", "管辖片区",
				  "片区|辖区|管辖区域|执法区域|所属片区|责任片区|执法片区|县区|"
				  "所属县区|可执法区域",
				  FIELD_COUNTIES, 240, false, NULL, NULL, false },
	[INSPECTOR_SINCE] = { "since", "入岗日期",
			      "入岗时间|上岗日期|从事执法日期|参加执法日期|从事执法工作时间|入职日期|"
			      "上岗时间|从事执法时间|入职时间",
			      FIELD_DAY, 10, false, NULL, NULL, false },
	[INSPECTOR_GRADE] = { "grade", "老新",
			      "新老|老/新|新/老|老新类别|新老类别|人员类别|以老带新", FIELD_CHOICE,
			      1, false, grades, NULL, false },
	[INSPECTOR_SKILLS] = { "skills", "专业",
			       "执法专业|专业特长|业务专长|专业类别|岗位资格|专长", FIELD_WORDS,
			       240, false, NULL, NULL, false },
	[INSPECTOR_STAFF] = { "staff", "在编", "是否在编|编制|编制情况", FIELD_FLAG, 1, false, NULL,
			      "1", false },
	[INSPECTOR_DUTY] = { "duty", "在岗", "是否在岗|在岗情况|在岗状态", FIELD_FLAG, 1, false,
			     NULL, "1", false },
	[INSPECTOR_ACCEPTS] = { "accepts", "可接受任务",
				"可接受随机抽查任务|是否可接受任务|接受任务|是否参与抽查|是否可派|"
				"可接受抽查任务",
				FIELD_FLAG, 1, false, NULL, "1", false },
	[INSPECTOR_LEAVE] = { "leave", "请假起止", "请假|休假|请假时间|休假起止|请假时段|请假期间",
			      FIELD_PERIODS, 240, false, NULL, NULL, false },
	[INSPECTOR_LIMIT] = { "limit", "本期任务上限", "任务上限|上限|最多任务数|本期上限",
			      FIELD_COUNT, 7, false, NULL, NULL, false },
	[INSPECTOR_BASE] = { "base", "本期已办", "已办任务|已办|本期已办任务|已办任务数|已检查数",
			     FIELD_COUNT, 7, false, NULL, "0", false },
	[INSPECTOR_RECUSALS] = { "recusals", "回避对象",
				 "回避|回避单位|回避企业|应回避对象|回避名单", FIELD_RECUSALS, 1000,
				 false, NULL, NULL, false },
	[INSPECTOR_ASSISTANT] = { "assistant", "是否专家或辅助人员",
				  "专家|是否专家|辅助人员|是否辅助人员|专家/辅助|专家或辅助|"
				  "是否协助人员",
				  FIELD_FLAG, 1, false, NULL, "0", false },
	[INSPECTOR_NOTE] = { "note", "备注", "说明|备注说明|remark", FIELD_TEXT, 600, false, NULL,
			     NULL, false },
};

_Static_assert(COUNT(site_fields) == SITE_FIELDS, "one row a field");
_Static_assert(COUNT(inspector_fields) == INSPECTOR_FIELDS, "one row a field");

const struct field *registry_fields(enum registry kind, uint32_t *count)
{
	if (kind == REGISTRY_SITES) {
		*count = SITE_FIELDS;
		return site_fields;
	}
	*count = INSPECTOR_FIELDS;
	return inspector_fields;
}

const char *registry_name(enum registry kind)
{
	return kind == REGISTRY_SITES ? "sites" : "inspectors";
}

const char *registry_title(enum registry kind)
{
	return kind == REGISTRY_SITES ? "检查对象名录" : "检查人员名录";
}

struct span field_words(const struct field *f, struct span value)
{
	for (const struct field_choice *c = f->choices; c && c->value; c++) {
		struct span words = span_of(c->words), first;
		if (!span_equal(value, span_of(c->value)))
			continue;
		span_cut(&words, '|', &first);
		return first;
	}
	return value;
}
