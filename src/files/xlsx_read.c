/* files/xlsx_read.c — puts the parts together: package, book, strings, styles, sheet. */
#include "files/xlsx_read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "files/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct xlsx_package package;
	struct xlsx_book *book;
	struct xlsx_strings strings;
	struct xlsx_styles styles;
};

static void release(struct reader *r)
{
	xlsx_strings_release(&r->strings);
	xlsx_styles_release(&r->styles);
	xlsx_package_close(&r->package);
	free(r->book);
}

static enum xlsx_problem open_book(struct reader *r, const void *at, size_t len)
{
	enum xlsx_problem problem = xlsx_package_open(&r->package, at, len);

	if (problem != XLSX_FINE)
		return problem;
	r->book = must_alloc(sizeof(*r->book));
	return xlsx_book_read(r->book, &r->package);
}

static const struct xlsx_book_sheet *choose(const struct xlsx_book *b, const char *name)
{
	for (uint32_t i = 0; i < b->count; i++) {
		const struct xlsx_book_sheet *s = &b->sheet[i];
		if (s->path[0] != '\0' && (name ? strcmp(s->name, name) == 0 : !s->hidden))
			return s;
	}
	return NULL;
}

static void count_sheets(const struct xlsx_book *b, struct xlsx_report *report)
{
	for (uint32_t i = 0; i < b->count; i++) {
		report->sheets += b->sheet[i].path[0] != '\0';
		report->hidden_sheets += b->sheet[i].path[0] != '\0' && b->sheet[i].hidden;
	}
}

static enum xlsx_problem read_tables(struct reader *r)
{
	const struct xlsx_book *b = r->book;
	enum xlsx_problem problem = XLSX_FINE;

	if (b->strings[0] != '\0')
		problem = xlsx_strings_read(&r->strings, &r->package, b->strings);
	if (problem == XLSX_FINE && b->styles[0] != '\0')
		problem = xlsx_styles_read(&r->styles, &r->package, b->styles);
	return problem;
}

static enum xlsx_problem read_all(struct reader *r, const char *name, struct xlsx_sheet_in *in,
				  struct xlsx_report *report, int *stop)
{
	const struct xlsx_book_sheet *sheet = choose(r->book, name);

	count_sheets(r->book, report);
	if (!sheet)
		return XLSX_NO_SHEET;
	memcpy(report->sheet, sheet->name, sizeof(report->sheet));
	enum xlsx_problem problem = read_tables(r);
	if (problem != XLSX_FINE)
		return problem;
	in->book = r->book;
	in->strings = &r->strings;
	in->styles = &r->styles;
	return xlsx_sheet_read(in, &r->package, sheet->path, report, stop);
}

int xlsx_read(const void *at, size_t len, const char *sheet, xlsx_take_row *take, void *arg,
	      struct xlsx_report *ret)
{
	struct reader r = { 0 };
	struct xlsx_sheet_in in = { .take = take, .arg = arg };
	int stop = 0;

	*ret = (struct xlsx_report){ 0 };
	ret->problem = open_book(&r, at, len);
	if (ret->problem == XLSX_FINE)
		ret->problem = read_all(&r, sheet, &in, ret, &stop);
	release(&r);
	if (stop != 0)
		return stop;
	return ret->problem == XLSX_FINE ? OK : INVALID;
}

int xlsx_sheet_names(const void *at, size_t len, struct buf *out, enum xlsx_problem *ret)
{
	struct reader r = { 0 };

	*ret = open_book(&r, at, len);
	for (uint32_t i = 0; *ret == XLSX_FINE && i < r.book->count; i++)
		if (r.book->sheet[i].path[0] != '\0')
			buf_printf(out, "%s\n", r.book->sheet[i].name);
	release(&r);
	return *ret == XLSX_FINE ? OK : INVALID;
}

const char *xlsx_problem_text(enum xlsx_problem problem)
{
	static const char *const texts[] = {
		[XLSX_FINE] = "工作簿可以读取",
		[XLSX_NOT_WORKBOOK] =
			"这不是 Excel 工作簿，请用 Excel 或 WPS 另存为 .xlsx（或 CSV）后再导入",
		[XLSX_OLD_XLS] = "这是旧版 .xls，请另存为 .xlsx",
		[XLSX_BINARY] = "这是二进制工作簿 .xlsb，请另存为 .xlsx",
		[XLSX_ENCRYPTED] = "工作簿已加密，请去掉密码后另存",
		[XLSX_TRUNCATED] = "文件不完整（可能没有下载完或拷贝中断），请重新取得文件",
		[XLSX_DAMAGED] = "文件已损坏（校验不符或压缩内容有误），请用 Excel 打开修复后另存",
		[XLSX_DUPLICATE_PART] = "工作簿内部有同名部件，内容不可信，请用 Excel 打开后另存",
		[XLSX_TOO_BIG] = "文件超过 512 MB，请拆成几个工作簿分别导入",
		[XLSX_BOMB_TOTAL] = "工作簿解压后超过 2 GB，请拆成几个工作簿，或另存为 CSV",
		[XLSX_BOMB_PART] =
			"工作簿中有一个部件解压后超过 1.5 GB，请拆成几个工作簿，或另存为 CSV",
		[XLSX_BOMB_RATIO] =
			"工作簿的压缩比异常（超过 250 倍），疑似恶意文件，已拒绝；请核对来源，或另存为 CSV",
		[XLSX_TOO_MANY_ENTRIES] =
			"工作簿内部文件超过 4096 个，请把数据复制到新工作簿后再导入",
		[XLSX_TOO_MANY_SHEETS] = "工作表超过 255 张，请只保留需要的工作表",
		[XLSX_TOO_MANY_ROWS] = "行号超过 1048576，不是正常的工作簿，请用 Excel 打开后另存",
		[XLSX_TOO_MANY_COLUMNS] = "列数超过 16384，不是正常的工作簿，请用 Excel 打开后另存",
		[XLSX_TOO_LONG_CELL] =
			"有单元格超过 32767 个字符（或一行超过 16 MB），请缩短后再导入",
		[XLSX_TOO_MANY_STRINGS] =
			"工作簿的文字总量超过 256 MB，请拆成几个工作簿，或另存为 CSV",
		[XLSX_TOO_MANY_STYLES] =
			"单元格格式超过 65536 种，请把数据以“数值”粘贴到新工作簿后再导入",
		[XLSX_ENTITIES] =
			"工作簿内含有实体定义，正常的工作簿没有，疑似恶意文件，已拒绝；请核对来源",
		[XLSX_BAD_XML] = "工作簿内容有误（XML 不合规），请用 Excel 打开修复后另存",
		[XLSX_NO_SHEET] = "没有找到可读的工作表；请核对工作表名称，或取消隐藏",
		[XLSX_OUTSIDE_LINK] = "工作簿的部件指向工作簿之外，已拒绝；请用 Excel 打开后另存",
		[XLSX_BAD_REFERENCE] = "单元格的位置或内容编号有误，请用 Excel 打开后另存",
		[XLSX_ROW_ORDER] = "行的顺序有误或行号重复，请用 Excel 打开后另存",
		[XLSX_CELL_ORDER] = "同一行内单元格的顺序有误或重复，请用 Excel 打开后另存",
	};

	return texts[problem];
}
