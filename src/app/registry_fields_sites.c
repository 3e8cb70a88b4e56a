/* app/registry_fields_sites.c — the columns of the site registry and the words of their choices. */
#include "app/registry_fields.h"

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
	{ "merged", "已合并|合并|并入" },
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

static const struct field_choice levels[] = {
	{ "national", "国控|国家级|国控源|国家重点监控" },
	{ "province", "省控|省级|省控源|省重点监控" },
	{ "city", "市控|市级|市控源|市重点监控" },
	{ "county", "县控|县级|区控|县控源|区县控" },
	{ NULL, NULL },
};

/* 环境监管重点单位名录管理办法 (2022), article 2. */
static const struct field_choice key_categories[] = {
	{ "water", "水环境重点排污单位|水|水环境|水重点排污单位|水环境重点" },
	{ "groundwater", "地下水污染防治重点排污单位|地下水|地下水重点排污单位" },
	{ "air", "大气环境重点排污单位|大气|大气环境|大气重点排污单位|大气环境重点" },
	{ "noise", "噪声重点排污单位|噪声|噪声重点" },
	{ "soil", "土壤污染重点监管单位|土壤|土壤重点监管单位|土壤环境污染重点监管单位|土壤环境" },
	{ "risk", "环境风险重点管控单位|环境风险|风险|环境风险管控|环境风险重点" },
	{ NULL, NULL },
};

/* The market regulator's 企业信用风险分类; a scale of its own, never mixed with the environmental credit. */
static const struct field_choice market_risks[] = {
	{ "A", "A|信用风险低|低风险|A类|A级" },
	{ "B", "B|信用风险一般|一般风险|B类|B级" },
	{ "C", "C|信用风险较高|较高风险|C类|C级" },
	{ "D", "D|信用风险高|高风险|D类|D级" },
	{ NULL, NULL },
};

static const struct field_choice risks[] = {
	{ "major", "重大|重大风险|重大环境风险" },
	{ "large", "较大|较大风险|较大环境风险" },
	{ "general", "一般|一般风险|一般环境风险" },
	{ NULL, NULL },
};

const struct field_choice registry_object_kinds[] = {
	{ "discharger", "排污单位|企业|工业企业|污染源|一般排污单位|排污企业|固定污染源" },
	{ "project", "建设项目|在建项目|建设项目环评|环评项目" },
	{ "vehicle",
	  "机动车检验机构|机动车检测机构|机动车排放检验机构|机动车检测站|机动车环检机构|汽车检测站" },
	{ "monitor",
	  "监测机构|环境监测机构|社会化监测机构|生态环境监测机构|检测机构|第三方检测机构|"
	  "环境检测机构" },
	{ "waste", "危废经营单位|危废经营|危险废物经营单位|危险废物经营|危废单位" },
	{ "nuclear", "核技术利用单位|核技术|核技术利用|辐射单位|射线装置单位|放射源单位" },
	{ "outfall", "排污口|入河排污口|入河排口" },
	{ "other", "其他|其它|其他对象" },
	{ NULL, NULL },
};

const struct field registry_site_fields[] = {
	[SITE_ID] = { "id", "污染源编号",
		      "编号|污染源编码|污染源代码|检查对象编号|对象编号|企业编号|单位编号|名录编号|"
		      "档案编号|registry_number|site_id|number",
		      FIELD_ID, 64, false, NULL, NULL, false, true },
	[SITE_NAME] = { "name", "单位名称",
			"企业名称|污染源名称|检查对象名称|检查对象|对象名称|排污单位名称|排污单位|"
			"企业全称|单位全称|被检查单位|受检单位名称|监管对象名称|名称|site_name",
			FIELD_TEXT, 200, true, NULL, NULL, false, true },
	[SITE_FIRM] = { "firm", "所属企业",
			"所属企业名称|法人单位|法人单位名称|法人名称|母公司|所属公司|company",
			FIELD_TEXT, 200, false, NULL, NULL, false, true },
	[SITE_CODE] = { "code", "统一社会信用代码",
			"信用代码|社会信用代码|社会统一信用代码|统一信用代码|组织机构代码|"
			"统一社会信用代码/组织机构代码|营业执照号|uscc|uscc_raw|credit_code",
			FIELD_CODE, 32, false, NULL, NULL, false, true },
	[SITE_PERMIT] = { "permit", "排污许可证编号",
			  "许可证编号|排污许可证号|排污许可编号|许可证号|排污登记编号|"
			  "排污许可证编码|permit_no|permit_no_raw",
			  FIELD_PERMIT, 40, false, NULL, NULL, false, true },
	[SITE_PERMIT_CLASS] = { "permit_class", "许可管理类别",
				"许可类别|排污许可管理类别|管理类别|许可证管理类别|许可管理类型|"
				"排污许可类别",
				FIELD_CHOICE, 16, false, permit_classes, NULL, true, true },
	[SITE_PERMIT_UNTIL] = { "permit_until", "许可证有效期至",
				"许可有效期至|许可证到期日|许可有效期|许可证有效期|"
				"许可证有效期止|排污许可证有效期至|排污许可证有效期",
				FIELD_DAY, 10, false, NULL, NULL, true, true },
	[SITE_COUNTY] = { "county", "所属县区",
			  "县区|区县|县(市、区)|县市区|所在县区|所在区县|行政区划|行政区划代码|"
			  "所属区县|所属区域|所在地区|区划代码|所属辖区|属地|地区|district|city",
			  FIELD_COUNTY, 6, true, NULL, NULL, false, true },
	[SITE_TOWNSHIP] = { "township", "乡镇街道",
			    "乡镇|乡镇(街道)|街道|所属乡镇|所在乡镇|乡(镇)|镇街|所属乡镇街道",
			    FIELD_TOWNSHIP, 64, false, NULL, NULL, true, true },
	[SITE_ADDRESS] = { "address", "详细地址",
			   "地址|单位地址|企业地址|生产地址|生产经营场所地址|经营地址|"
			   "生产经营地址|注册地址|所在地|住所",
			   FIELD_TEXT, 300, false, NULL, NULL, false, true },
	[SITE_LONGITUDE] = { "longitude", "经度", "中心经度|东经|企业经度|lng|lon", FIELD_DEGREE_E,
			     12, false, NULL, NULL, true, false },
	[SITE_LATITUDE] = { "latitude", "纬度", "中心纬度|北纬|企业纬度|lat", FIELD_DEGREE_N, 12,
			    false, NULL, NULL, true, false },
	[SITE_INDUSTRY] = { "industry", "行业类别",
			    "行业|行业代码|行业类型|行业名称|国民经济行业|国民经济行业代码|"
			    "所属行业|行业类别代码|industry_major",
			    FIELD_INDUSTRY, 120, false, NULL, NULL, true, true },
	[SITE_SOURCE_TYPES] = { "source_types", "污染源类型",
				"污染源类别|污染类型|污染源种类|污染类别", FIELD_WORDS, 200, false,
				NULL, NULL, true, true },
	[SITE_CLASS] = { "class", "监管类别",
			 "监管类型|监管级别|监管等级|对象类别|监管性质|重点/一般|重点一般|"
			 "是否重点|监管分类|企业类别|污染源级别|supervision",
			 FIELD_CHOICE, 8, false, classes, NULL, false, true },
	[SITE_SPECIAL] = { "special", "是否特殊监管",
			   "特殊监管|是否特殊|特殊监管对象|是否特殊监管对象|特殊对象", FIELD_FLAG,
			   1, false, NULL, "0", false, false },
	[SITE_SPECIAL_REASON] = { "special_reason", "特殊监管原因",
				  "特殊原因|特殊监管理由|列入原因", FIELD_TEXT, 300, false, NULL,
				  NULL, false, false },
	[SITE_SPECIAL_FROM] = { "special_from", "特殊监管起始日",
				"特殊监管开始日期|特殊监管起|特殊监管自|列入日期|特殊监管起始日期",
				FIELD_DAY, 10, false, NULL, NULL, false, false },
	[SITE_SPECIAL_TO] = { "special_to", "特殊监管截止日",
			      "特殊监管结束日期|特殊监管止|特殊监管至|移出日期|特殊监管截止日期",
			      FIELD_DAY, 10, false, NULL, NULL, false, false },
	[SITE_STATE] = { "state", "运行状态",
			 "生产状态|经营状态|企业状态|状态|生产情况|运营状态|登记状态|operating_state",
			 FIELD_CHOICE, 8, false, states, "live", false, true },
	[SITE_KIND] = { "kind", "对象类型", "检查对象类型|单位类型|对象种类", FIELD_CHOICE, 16,
			false, registry_object_kinds, NULL, true, true },
	[SITE_SKILL] = { "skill", "所需专业", "专业要求|检查专业|需要专业|执法专业要求", FIELD_TEXT,
			 60, false, NULL, NULL, false, false },
	[SITE_ONLINE] = { "online", "在线监控",
			  "在线监测|自动监控|是否安装在线监控|是否在线监测|是否安装在线监测|"
			  "是否安装自动监控",
			  FIELD_FLAG, 1, false, NULL, "0", true, true },
	[SITE_CREDIT] = { "credit", "信用等级",
			  "环境信用等级|信用级别|环境信用|环保信用等级|信用评价等级|生态环境信用等级",
			  FIELD_CHOICE, 1, false, credits, NULL, true, false },
	[SITE_NOTE] = { "note", "备注", "说明|备注说明|其他|remark", FIELD_TEXT, 600, false, NULL,
			NULL, false, false },
	[SITE_VISITS] = { "visits", "本年已抽次数",
			  "本年度已抽次数|本年已查次数|本年已检查次数|已抽次数", FIELD_COUNT, 7,
			  false, NULL, NULL, false, false },
	[SITE_LEVEL] = { "level", "管控级别",
			 "管理级别|控制级别|监控级别|国控省控|重点源级别|污染源管理级别|是否国控",
			 FIELD_CHOICE, 8, false, levels, NULL, true, true },
	[SITE_KEY_CATEGORIES] = { "key_categories", "重点单位类别",
				  "重点排污单位类别|环境监管重点单位类别|重点类别|重点单位类型|"
				  "重点排污单位类型",
				  FIELD_CHOICES, 48, false, key_categories, NULL, true, true },
	[SITE_SPECIAL_ORIGIN] = { "special_origin", "特殊监管来源",
				  "特殊来源|列入来源|特殊监管依据|特殊监管文号|列入依据",
				  FIELD_TEXT, 200, false, NULL, NULL, false, false },
	[SITE_SPECIAL_ENTERED] = { "special_entered", "特殊监管登记日",
				   "特殊监管登记日期|特殊监管录入日期|特殊监管标注日期", FIELD_DAY,
				   10, false, NULL, NULL, true, false },
	[SITE_PROJECTS] = { "projects", "建设项目",
			    "建设项目名称|环评项目|在建项目|建设项目情况|环评批复", FIELD_TEXT, 600,
			    false, NULL, NULL, false, true },
	[SITE_MATTERS] = { "matters", "适用事项",
			   "抽查事项|适用抽查事项|抽查事项编码|检查事项|事项编码", FIELD_WORDS, 300,
			   false, NULL, NULL, false, true },
	[SITE_STATE_DAY] = { "state_day", "状态日期",
			     "运行状态日期|停产日期|关闭日期|状态变更日期|搬迁日期", FIELD_DAY, 10,
			     false, NULL, NULL, true, false },
	[SITE_STATE_EVIDENCE] = { "state_evidence", "状态依据",
				  "运行状态依据|状态证明|停产证明|关停依据|状态佐证|状态证据",
				  FIELD_TEXT, 300, false, NULL, NULL, false, false },
	[SITE_LEAVE_REASON] = { "leave_reason", "退出名录原因",
				"退出原因|移出名录原因|调出原因|注销原因|移除原因", FIELD_TEXT, 300,
				false, NULL, NULL, false, true },
	[SITE_POWER] = { "power", "分表计电",
			 "分表记电|用电监控|用电监管|是否分表计电|是否安装分表计电|用电量监控",
			 FIELD_FLAG, 1, false, NULL, NULL, true, true },
	[SITE_CREDIT_DAY] = { "credit_day", "信用评价日期",
			      "环境信用评价日期|信用等级日期|环境信用日期|信用评定日期|"
			      "环境信用评定日期",
			      FIELD_DAY, 10, false, NULL, NULL, true, false },
	[SITE_MARKET_RISK] = { "market_risk", "企业信用风险分类",
			       "信用风险分类|市场监管信用风险分类|信用风险等级|企业信用风险等级|"
			       "通用型企业信用风险分类",
			       FIELD_CHOICE, 1, false, market_risks, NULL, true, false },
	[SITE_POSITIVE] = { "positive", "正面清单",
			    "是否正面清单|监督执法正面清单|正面清单企业|是否列入正面清单|"
			    "是否纳入正面清单",
			    FIELD_FLAG, 1, false, NULL, NULL, true, true },
	[SITE_POSITIVE_UNTIL] = { "positive_until", "正面清单有效期至",
				  "正面清单到期日|正面清单有效期|正面清单截止日", FIELD_DAY, 10,
				  false, NULL, NULL, true, true },
	[SITE_POSITIVE_REASON] = { "positive_reason", "纳入正面清单原因",
				   "正面清单原因|正面清单理由|列入正面清单原因|正面清单类型",
				   FIELD_TEXT, 300, false, NULL, NULL, false, true },
	[SITE_RISK] = { "risk", "环境风险级别",
			"环境风险等级|突发环境事件风险等级|环境风险|风险级别|风险等级",
			FIELD_CHOICE, 8, false, risks, NULL, true, false },
	[SITE_BASIN] = { "basin", "流域", "所属流域|所在流域|受纳水体|流域名称", FIELD_TEXT, 120,
			 false, NULL, NULL, false, true },
	[SITE_PARK] = { "park", "工业园区", "所属园区|园区|所在园区|工业园区名称|产业园区|园区名称",
			FIELD_TEXT, 120, false, NULL, NULL, false, true },
	[SITE_LAST_VISIT] = { "last_visit", "最近抽查日期",
			      "最近检查日期|最近一次检查日期|上次检查日期|最近检查时间|上次抽查日期",
			      FIELD_DAY, 10, false, NULL, NULL, true, false },
	[SITE_ENTERED] = { "entered", "入库日期",
			   "入库时间|纳入名录日期|建档日期|录入日期|登记日期|进入名录日期",
			   FIELD_DAY, 10, false, NULL, NULL, true, false },
	[SITE_PERMIT_FROM] = { "permit_from", "许可证发证日期",
			       "发证日期|许可证有效期起|排污许可证发证日期|许可证核发日期|"
			       "许可有效期起",
			       FIELD_DAY, 10, false, NULL, NULL, true, true },
};

_Static_assert(COUNT(registry_site_fields) == SITE_FIELDS, "one row a field");
