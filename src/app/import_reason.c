/* app/import_reason.c — one table: name and sentence; %f is the column's header, %a the argument, %q the
 * argument in quotes, %w the words that the column takes. */
#include "app/import_reason.h"

#include "base/buf.h"

#include <string.h>

static const struct {
	const char *name, *text;
} reasons[] = {
	[REASON_MISSING] = { "missing", "缺少「%f」，请补填后重新导入" },
	[REASON_TOO_LONG] = { "too_long", "「%f」太长（最多 %a 字节），请缩短" },
	[REASON_ID_FORM] = { "id_form",
			     "「%f」%q只能用英文字母、数字和 . _ : - ，最长 64 个字符，请改正" },
	[REASON_ID_IS_PERSON] = { "id_is_person",
				  "「%f」填的是居民身份证号，属个人信息，不能作编号，请改用工号" },
	[REASON_CODE_FORM] = { "code_form",
			       "统一社会信用代码%q不是 18 位规定字符，请对照营业执照核对（不影响导入）" },
	[REASON_CODE_CHECK] = { "code_check",
				"统一社会信用代码的校验位与前 17 位不符（按规则末位应为 %a），请对照营业执照"
				"核对（不影响导入）" },
	[REASON_CODE_INNER] = { "code_inner",
				"统一社会信用代码第 9 至 17 位（组织机构代码）的校验位不符，"
				"请对照营业执照核对（不影响导入）" },
	[REASON_CODE_CORRECTED] = { "code_corrected", "统一社会信用代码已更正为 %a，请核对" },
	[REASON_CODE_IS_PERSON] = { "code_is_person",
				    "信用代码一栏填的是居民身份证号，属个人信息，已略去，请填信用代码" },
	[REASON_CODE_MISSING] = { "code_missing", "没有统一社会信用代码，请补填（不影响导入）" },
	[REASON_CLASS_ASSUMED] = { "class_assumed",
				   "没有写监管类别，已按一般对象登记；是重点对象的请补填" },
	[REASON_PERMIT_FORM] = { "permit_form",
				 "排污许可证编号%q不是 22 位规定格式，请对照许可证核对（不影响导入）" },
	[REASON_PERMIT_CHECK] = { "permit_check",
				  "排污许可证编号前 18 位的校验不符，请对照许可证核对"
				  "（不影响导入）" },
	[REASON_PERMIT_CORRECTED] = { "permit_corrected", "排污许可证编号已更正为 %a，请核对" },
	[REASON_PERMIT_OTHER_CODE] = { "permit_other_code",
				       "排污许可证编号的前 18 位与统一社会信用代码不同，两者之一可能有误，"
				       "请核对（不影响导入）" },
	[REASON_COUNTY_UNKNOWN] = { "county_unknown",
				    "「%f」%q认不出，请填区划代码或规范名称，或在对照文件里写明；"
				    "名录里有保定以外的县区时，导入时加 --area any" },
	[REASON_COUNTY_NO_CODE] = { "county_unknown",
				    "「%f」%q认不出，保定以外的县区请填六位区划代码，或在对照文件里"
				    "写明代码" },
	[REASON_COUNTY_FOREIGN] = { "county_foreign",
				    "「%f」%q不归保定市局管辖（雄安新区和定州另有主管局），请移出本名录" },
	[REASON_TOWNSHIP_OUTSIDE] = { "township_outside", "乡镇代码 %a 不属于所填的县区，请核对" },
	[REASON_WORD_UNKNOWN] = { "word_unknown",
				  "「%f」%q认不出，请改成：%w，或在对照文件里写明" },
	[REASON_DAY_FORM] = { "day_form", "「%f」%q不是有效日期，请写成 2026-01-31 的样子" },
	[REASON_DAY_SERIAL] = { "day_serial", "「%f」是表格的日期序号，已换算为 %a，请核对" },
	[REASON_PERIOD_FORM] = { "period_form",
				 "「%f」%q看不懂，请写成 2026-01-05至2026-01-09，多段用分号隔开" },
	[REASON_PERIOD_REVERSED] = { "period_reversed", "「%f」%q的结束早于开始，请改正" },
	[REASON_DEGREE_FORM] = { "degree_form",
				 "「%f」%q不是经纬度，已留空，请写成十进制度，如 115.4876543" },
	[REASON_DEGREE_RANGE] = { "degree_range",
				  "「%f」%q超出中国范围，已留空，请核对是否经纬度填反或少了小数点" },
	[REASON_PLACE_HALF] = { "place_half", "经度和纬度只有一个有效，已都留空，请补全" },
	[REASON_COUNT_FORM] = { "count_form", "「%f」%q不是 0 到 9999999 的整数，请改正" },
	[REASON_RATIO_FORM] = { "ratio_form",
				"「%f」%q不是比例，已留空，请写成 5％ 或 1/20；按人数的 1:5 请写在抽查频次里" },
	[REASON_SPECIAL_WITHOUT] = { "special_without", "标为特殊监管对象而没有写原因，请补填" },
	[REASON_SPECIAL_NO_DAY] = { "special_no_day",
				    "标为特殊监管对象而没有写起始日，视为一直都是，请补填" },
	[REASON_STATE_WITHOUT] = { "state_without",
				   "停产、关闭或搬迁而没有写状态依据，请补填（不影响导入）" },
	[REASON_NO_CERTIFICATE] = { "no_certificate", "没有执法证号，这名人员不会被抽为检查人员" },
	[REASON_NO_STATEMENT] = { "no_statement",
				  "专家或第三方人员没有保密承诺日期，签署承诺后才能参加检查，请补填" },
	[REASON_NO_BASIS] = { "no_basis", "没有写检查依据，没有依据的事项不得实施检查，请补填" },
	[REASON_ROW_LONG] = { "row_long",
			      "这一行的单元格多于表头（%a），可能错了列，请检查逗号和引号" },
	[REASON_QUOTE_OPEN] = { "quote_open", "这一行有引号没有闭合，请检查" },
	[REASON_ENCODING] = { "encoding",
			      "「%f」里有乱码（不是有效的文字，或是打印不出的控制字符），请改正" },
	[REASON_HIDDEN] = { "hidden",
			    "「%f」里有看不见的字符（零宽或改变文字方向的），已去掉，请核对" },
	[REASON_PRIVATE] = { "private",
			     "「%f」里有自造字，别的电脑和打印件上显示不出，请换成标准字（不影响导入）" },
	[REASON_FORMULA] = { "formula", "「%f」是出错的公式 %a，请改正公式或直接填写" },
	[REASON_FORMULA_EMPTY] = { "formula_empty",
				   "「%f」是出错的公式 %a，已按空白处理，请改正公式或直接填写" },
	[REASON_DIGITS_LOST] = { "digits_lost",
				 "「%f」是以数字存放的长号码，表格软件已丢失末几位，请把该列设为文本后重新填写" },
	[REASON_CLASSIFIED] = { "classified",
				"标为涉密，不得导入，内容没有保存；请移出本表，列入纸质名录按保密规定管理，"
				"经审核后对外只公布名录中的编号" },
	[REASON_CLASSIFIED_UNCLEAR] = { "classified_unclear",
					"涉密一栏看不懂，按涉密处理；内容没有保存，请写「是」或「否」" },
	[REASON_DUPLICATE_ID] = { "duplicate_id", "编号与第 %a 行相同，请删除重复的行或改正编号" },
	[REASON_DUPLICATE_PLACE] = { "duplicate_place",
				     "没有编号，且与第 %a 行说的是同一个：请删除重复的行，或填上编号" },
	[REASON_LIKELY_SAME] = { "likely_same",
				 "与第 %a 行像是同一个而编号不同，请核对是否重复登记" },
	[REASON_MERGED_HERE] = { "merged_here",
				 "「运行状态」写的是已合并，而名录里它没有并入谁：请先按实际状态导入，"
				 "再用 mingqian registry merge 合并并写明存续对象" },
	[REASON_CERTIFICATE_TWICE] = { "certificate_twice",
				       "执法证号与第 %a 行的相同：同一个人只留一行，不是同一个人请核对证号" },
	[REASON_CERTIFICATE_TAKEN] = { "certificate_taken",
				       "执法证号与名录里工号 %a 的人相同：同一个人请用原来的工号，"
				       "不是同一个人请核对证号；原来的人已离开的先登记退出日期" },
	[REASON_PERSON_MASKED] = { "person_masked",
				   "「%f」里有居民身份证号，属个人信息，已用星号代替，请不要填" },
	[REASON_STATE_UNPROVED] = { "state_unproved",
				    "「运行状态」改成了停产、关闭或搬迁而没有写状态依据：请核对，补填状态依据" },
	[REASON_STATE_REVIVED] = { "state_revived",
				   "名录里已经关闭或搬迁，这一行又写在产等：请核对是不是填错了，属实的写明状态依据" },
	[REASON_SINCE_FUTURE] = { "since_future", "「%f」%q在今天以后，请核对" },
	[REASON_GRADE_DIFFERS] = { "grade_differs",
				   "「%f」%q与入岗日期算出来的不同：派组时以「%f」为准，请核对" },
	[REASON_CLASS_KEPT] = { "class_assumed",
				"文件没有监管类别一列：名录里已有的对象保持原来的类别，新对象按一般对象登记；"
				"是重点对象的请补填" },
};

_Static_assert(COUNT(reasons) == REASON_CODES, "every reason has its sentence");

const char *reason_name(enum reason_code code)
{
	return reasons[code].name;
}

/* The first word of each choice: what files of ours say. */
static void write_words(struct buf *out, const struct field *f)
{
	if (f->kind == FIELD_FLAG)
		buf_str(out, "是、否");
	else if (!f->choices)
		buf_str(out, "规定的词");
	for (const struct field_choice *c = f->choices; c && c->value; c++) {
		buf_str(out, c == f->choices ? "" : "、");
		buf_add(out, c->words, strcspn(c->words, "|"));
	}
}

static void write_mark(struct buf *out, char mark, const struct field *f, const struct reason *r)
{
	if (mark == 'f' && f)
		buf_str(out, f->header);
	else if (mark == 'w' && f)
		write_words(out, f);
	if (mark == 'f' || mark == 'w' || r->arg.len == 0)
		return;
	buf_str(out, mark == 'q' ? "“" : "");
	buf_add(out, r->arg.at, r->arg.len);
	buf_str(out, mark == 'q' ? "”" : "");
}

void reason_write(struct buf *out, enum registry kind, const struct reason *r)
{
	uint32_t count;
	const struct field *fields = registry_fields(kind, &count);
	const struct field *f = r->field < count ? &fields[r->field] : NULL;
	const char *at = reasons[r->code].text, *mark;

	for (; (mark = strchr(at, '%')) != NULL; at = mark + 2) {
		buf_add(out, at, (size_t)(mark - at));
		write_mark(out, mark[1], f, r);
	}
	buf_str(out, at);
}
