/* app/registry_fields_people.c — the columns of the inspector registry and of the recusals. */
#include "app/registry_fields.h"

static const struct field_choice grades[] = {
	{ "S", "老|S|老同志|老执法人员|资深|骨干" },
	{ "J", "新|J|新同志|新执法人员|新人|新进" },
	{ NULL, NULL },
};

/* Who is no officer only assists: never one of the two who inspect. */
static const struct field_choice roles[] = {
	{ "officer", "执法人员|行政执法人员|检查人员|在编执法人员" },
	{ "expert", "专家|技术专家|行业专家" },
	{ "thirdparty", "第三方|第三方人员|第三方机构人员|社会化机构人员" },
	{ "auxiliary", "辅助人员|辅助|执法辅助人员|辅助执法人员|协助人员" },
	{ NULL, NULL },
};

const struct field registry_inspector_fields[] = {
	[INSPECTOR_ID] = { "id", "工号",
			   "编号|人员编号|执法人员编号|检查人员编号|员工号|职工号|警号|staff_no",
			   FIELD_ID, 64, false, NULL, NULL, false, true },
	[INSPECTOR_NAME] = { "name", "姓名", "人员姓名|执法人员姓名|检查人员姓名|执法人员|检查人员",
			     FIELD_TEXT, 60, true, NULL, NULL, false, false },
	[INSPECTOR_CERTIFICATE] = { "certificate", "执法证号",
				    "执法证编号|行政执法证号|行政执法证编号|执法证件号|证件编号|"
				    "执法证号码|执法证编号1|执法证号1",
				    FIELD_TEXT, 40, false, NULL, NULL, false, false },
	[INSPECTOR_CERTIFICATE_UNTIL] = { "certificate_until", "执法证有效期至",
					  "执法证有效期|证件有效期|有效期至|执法证到期日|"
					  "证件有效期至|有效期|执法证有效期至1",
					  FIELD_DAY, 10, false, NULL, NULL, false, false },
	[INSPECTOR_CERTIFICATE2] = { "certificate2", "第二执法证号",
				     "执法证号2|执法证编号2|部执法证号|环境执法证号|环境监察证号",
				     FIELD_TEXT, 40, false, NULL, NULL, false, false },
	[INSPECTOR_CERTIFICATE2_UNTIL] = { "certificate2_until", "第二执法证有效期至",
					   "执法证有效期2|执法证有效期至2|环境监察证有效期至",
					   FIELD_DAY, 10, false, NULL, NULL, false, false },
	[INSPECTOR_UNIT] = { "unit", "单位",
			     "所在单位|工作单位|执法单位|所属单位|部门|所属机构|单位名称",
			     FIELD_TEXT, 120, false, NULL, NULL, false, true },
	[INSPECTOR_DISTRICTS] = { "districts", "管辖片区",
				  "片区|辖区|管辖区域|执法区域|所属片区|责任片区|执法片区|县区|"
				  "所属县区|可执法区域",
				  FIELD_COUNTIES, 240, false, NULL, NULL, false, false },
	[INSPECTOR_SINCE] = { "since", "入岗日期",
			      "入岗时间|上岗日期|从事执法日期|参加执法日期|从事执法工作时间|入职日期|"
			      "上岗时间|从事执法时间|入职时间",
			      FIELD_DAY, 10, false, NULL, NULL, false, false },
	[INSPECTOR_GRADE] = { "grade", "老新",
			      "新老|老/新|新/老|老新类别|新老类别|人员类别|以老带新", FIELD_CHOICE,
			      1, false, grades, NULL, false, false },
	[INSPECTOR_SKILLS] = { "skills", "专业",
			       "执法专业|专业特长|业务专长|专业类别|岗位资格|专长", FIELD_WORDS,
			       240, false, NULL, NULL, false, false },
	[INSPECTOR_STAFF] = { "staff", "在编", "是否在编|编制|编制情况", FIELD_FLAG, 1, false, NULL,
			      "1", false, false },
	[INSPECTOR_DUTY] = { "duty", "在岗", "是否在岗|在岗情况|在岗状态", FIELD_FLAG, 1, false,
			     NULL, "1", false, false },
	[INSPECTOR_ACCEPTS] = { "accepts", "可接受任务",
				"可接受随机抽查任务|是否可接受任务|接受任务|是否参与抽查|是否可派|"
				"可接受抽查任务",
				FIELD_FLAG, 1, false, NULL, "1", false, false },
	[INSPECTOR_LEAVE] = { "leave", "请假起止", "请假|休假|请假时间|休假起止|请假时段|请假期间",
			      FIELD_PERIODS, 240, false, NULL, NULL, false, false },
	[INSPECTOR_LIMIT] = { "limit", "本期任务上限", "任务上限|上限|最多任务数|本期上限",
			      FIELD_COUNT, 7, false, NULL, NULL, false, false },
	[INSPECTOR_BASE] = { "base", "本期已办", "已办任务|已办|本期已办任务|已办任务数|已检查数",
			     FIELD_COUNT, 7, false, NULL, "0", false, false },
	[INSPECTOR_RECUSALS] = { "recusals", "回避对象",
				 "回避|回避单位|回避企业|应回避对象|回避名单", FIELD_RECUSALS, 1000,
				 false, NULL, NULL, false, false },
	[INSPECTOR_ASSISTANT] = { "assistant", "是否专家或辅助人员",
				  "专家|是否专家|辅助人员|是否辅助人员|专家/辅助|专家或辅助|"
				  "是否协助人员",
				  FIELD_FLAG, 1, false, NULL, "0", false, true },
	[INSPECTOR_NOTE] = { "note", "备注", "说明|备注说明|remark", FIELD_TEXT, 600, false, NULL,
			     NULL, false, false },
	[INSPECTOR_PROVINCE] = { "certificate_province", "发证省份",
				 "发证省|执法证发证省份|发证机关所在省|发证机关", FIELD_TEXT, 60,
				 false, NULL, NULL, false, false },
	[INSPECTOR_ROLE] = { "role", "人员身份", "身份类别|岗位身份|人员身份类别|身份",
			     FIELD_CHOICE, 10, false, roles, NULL, false, true },
	[INSPECTOR_COUNTED] = { "counted", "双随机执法人员",
				"是否双随机执法人员|双随机人员|系统内双随机执法人员|"
				"是否纳入双随机名录",
				FIELD_FLAG, 1, false, NULL, NULL, false, false },
	[INSPECTOR_POOL] = { "pool", "专家库",
			     "所属专家库|专家库名称|辅助人员库|所属库|第三方机构库", FIELD_TEXT, 60,
			     false, NULL, NULL, false, true },
	[INSPECTOR_CONFIDENTIAL] = { "confidential", "保密承诺日期",
				     "保密承诺书日期|保密承诺签署日期|签署保密承诺日期|保密协议日期",
				     FIELD_DAY, 10, false, NULL, NULL, false, false },
	[INSPECTOR_DECLARED] = { "declared", "回避声明日期",
				 "回避申报日期|利害关系声明日期|回避承诺日期|回避声明签署日期",
				 FIELD_DAY, 10, false, NULL, NULL, false, false },
	[INSPECTOR_DEPARTMENT] = { "department", "业务部门", "科室|所在科室|内设机构|业务科室|处室",
				   FIELD_TEXT, 120, false, NULL, NULL, false, true },
	[INSPECTOR_MATTERS] = { "matters", "执法事项范围", "执法事项|可执法事项|执法范围|事项范围",
				FIELD_WORDS, 300, false, NULL, NULL, false, true },
	[INSPECTOR_ENTERED] = { "entered", "入库日期",
				"入库时间|纳入名录日期|进入名录日期|登记日期", FIELD_DAY, 10, false,
				NULL, NULL, true, false },
	[INSPECTOR_LEFT] = { "left", "退出名录日期",
			     "退出日期|离岗日期|调离日期|退休日期|移出名录日期", FIELD_DAY, 10,
			     false, NULL, NULL, false, false },
	[INSPECTOR_LEAVE_REASON] = { "leave_reason", "退出名录原因",
				     "退出原因|离岗原因|调离原因|移出名录原因", FIELD_TEXT, 300,
				     false, NULL, NULL, false, false },
};

_Static_assert(COUNT(registry_inspector_fields) == INSPECTOR_FIELDS, "one row a field");

const struct field registry_recusal_fields[] = {
	[RECUSAL_ID] = { "id", "回避编号", "编号|回避登记号|登记编号", FIELD_ID, 64, false, NULL,
			 NULL, false, false },
	[RECUSAL_INSPECTOR] = { "inspector", "回避人员",
				"工号|人员编号|检查人员编号|执法人员编号|检查人员|执法人员|姓名|"
				"应回避人员|回避人员工号",
				FIELD_TEXT, 64, true, NULL, NULL, false, false },
	[RECUSAL_TARGET] = { "target", "回避对象",
			     "污染源编号|检查对象编号|回避单位|回避企业|单位名称|企业名称|"
			     "统一社会信用代码|检查对象|应回避对象|回避对象编号",
			     FIELD_TEXT, 200, true, NULL, NULL, false, false },
	[RECUSAL_KIND] = { "kind", "回避关系", "关系|回避原因|关系类型|回避类型|回避事由",
			   FIELD_TEXT, 60, false, NULL, NULL, false, false },
	[RECUSAL_FROM] = { "from", "起始日", "起始日期|开始日期|自|生效日期|回避起始日", FIELD_DAY,
			   10, false, NULL, NULL, false, false },
	[RECUSAL_TO] = { "to", "截止日", "截止日期|结束日期|至|失效日期|回避截止日", FIELD_DAY, 10,
			 false, NULL, NULL, false, false },
	[RECUSAL_SOURCE] = { "source", "来源", "信息来源|申报方式|回避来源|申报来源|依据",
			     FIELD_TEXT, 200, false, NULL, NULL, false, false },
	[RECUSAL_NOTE] = { "note", "备注", "说明|备注说明|remark", FIELD_TEXT, 600, false, NULL,
			   NULL, false, false },
};

_Static_assert(COUNT(registry_recusal_fields) == RECUSAL_FIELDS, "one row a field");
