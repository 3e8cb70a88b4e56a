/* app/draw_form.c — the form's words and tables. */
#include "app/draw_form.h"

#include "base/arena.h"
#include "base/status.h"
#include "files/pdf.h"

#include <stddef.h>

enum { DIGITS_A_ROW = 8, ROWS = 8 };

static const char hex_digits[] = "0123456789abcdef";

int draw_form_digit(int faces, int a, int b)
{
	int n = a * faces + b, usable = faces * faces / 16 * 16;

	return n < usable ? n % 16 : -1;
}

static void add_head(struct pdf *p, struct arena *a, const char *draw, const char *party)
{
	const struct pdf_pair pairs[] = { { "抽取编号", draw, "份额方", party },
					  { "日期时间", "", "地点", "" } };

	pdf_title(p, "手工份额登记表");
	pdf_number(p, arena_printf(a, "抽取编号 %s", draw));
	pdf_pairs(p, pairs, COUNT(pairs));
	pdf_heading(p, "一、这是什么");
	pdf_paragraph(
		p,
		"份额是一个只有您知道的随机数，共 64 位，每位是 0 到 9 或 a 到 f。它与公开的随机数合在"
		"一起决定抽取结果，所以只要有一方的份额是真随机并且事先没有泄露，谁也不能操纵结果。现在只"
		"交“承诺”，份额本身密封保存，到约定的时候再公开。");
	pdf_paragraph(p, "请自己掷、自己记，不用电子设备，不拍照，不让组织方看到第三部分的数字。");
}

/* "3": what the pair of throws means; "重" : again. */
static const char *shown(struct arena *a, int digit)
{
	return digit < 0 ? "重掷" : arena_printf(a, "%c", hex_digits[digit]);
}

/* A square table of one kind of dice; faces are named from `first`. */
static void add_dice(struct pdf *p, struct arena *a, int faces, int first)
{
	struct pdf_cell cells[11];

	cells[0] = (struct pdf_cell){ "先＼后", 2, PDF_LABEL };
	for (int b = 0; b < faces; b++)
		cells[b + 1] = (struct pdf_cell){ arena_printf(a, "%d", b + first), 2, PDF_LABEL };
	pdf_grid(p, cells, (size_t)faces + 1, 0);
	for (int row = 0; row < faces; row++) {
		cells[0] = (struct pdf_cell){ arena_printf(a, "%d", row + first), 2, PDF_LABEL };
		for (int b = 0; b < faces; b++)
			cells[b + 1] = (struct pdf_cell){ shown(a, draw_form_digit(faces, row, b)),
							  2, PDF_CENTER };
		pdf_grid(p, cells, (size_t)faces + 1, 0);
	}
}

static void add_methods(struct pdf *p, struct arena *a)
{
	pdf_heading(p, "二、怎样得到每一位（四种办法任选一种，全程不换）");
	pdf_paragraph(
		p,
		"甲、六面骰子：掷两次得一位，先掷的查行，后掷的查列。掷到“重掷”就两次都重来，这样各个"
		"数字机会相等。");
	add_dice(p, a, 6, 1);
	pdf_page(p);
	pdf_paragraph(p, "乙、十面骰子：同样掷两次得一位。");
	add_dice(p, a, 10, 0);
	pdf_paragraph(
		p,
		"丙、十六面骰子：掷一次得一位。1 到 9 照写，10 写 a，11 写 b，12 写 c，13 写 d，14 写 "
		"e，15 写 f，16 写 0。");
	pdf_paragraph(
		p,
		"丁、硬币：抛四次得一位，正面记 0，反面记 1，依次为 8、4、2、1，相加；10 到 15 写 a 到 f。"
		"例如 反正反反 是 8＋2＋1＝11，写 b。");
}

static void add_boxes(struct pdf *p, struct arena *a)
{
	struct pdf_cell cells[DIGITS_A_ROW + 1];

	for (int row = 0; row < ROWS; row++) {
		cells[0] = (struct pdf_cell){ arena_printf(a, "%d-%d", row * DIGITS_A_ROW + 1,
							   (row + 1) * DIGITS_A_ROW),
					      2, PDF_LABEL };
		for (int i = 1; i <= DIGITS_A_ROW; i++)
			cells[i] = (struct pdf_cell){ "", 2, PDF_VALUE };
		pdf_grid(p, cells, DIGITS_A_ROW + 1, 8);
	}
}

static void add_digits(struct pdf *p, struct arena *a)
{
	pdf_page(p);
	pdf_heading(p, "三、份额（这一页保密；从左到右、从上到下填 64 位）");
	add_boxes(p, a);
	pdf_note(
		p,
		"填完后复写一份，两份各自密封，骑缝签名，分开存放。到约定的时候才拆封公开。丢失份额就打不开承诺，这次抽取作废，要用新编号和以后的随机数重来。");
}

static void add_commitment(struct pdf *p, struct arena *a, const char *draw, const char *party)
{
	pdf_page(p);
	pdf_heading(p, "四、承诺（这一页交给组织方）");
	pdf_pairs(p, &(struct pdf_pair){ "抽取编号", draw, "份额方", party }, 1);
	pdf_paragraph(
		p,
		"在一台自己信得过、最好不联网的电脑上运行下面这一行，把 64 位份额写在最后一个单引号里，"
		"得到的 64 位就是承诺；用完清除命令历史。");
	pdf_note(p,
		 arena_printf(
			 a,
			 "printf 'dr1-share\\n%%s\\n%%s\\n%%s\\n' '%s' '%s' '64位份额' | sha256sum",
			 draw, party));
	pdf_paragraph(p,
		      arena_printf(a, "也可用：mingqian dr1 commit --draw %s --party %s --share -",
				   draw, party));
	add_boxes(p, a);
}

static void add_signatures(struct pdf *p)
{
	static const char *const labels[] = { "份额方", "见证人" };

	pdf_gap(p, 4);
	pdf_signatures(p, labels, COUNT(labels));
	pdf_note(p, "到约定的时候拒不公开份额的，会点名登记，份额作废。");
}

int draw_form_write(const char *draw, const char *party, int64_t created, const char *path)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(pdf_abortp) struct pdf *p = NULL;

	arena_init(&a);
	const struct pdf_options options = { .title = "手工份额登记表",
					     .footer = arena_printf(&a, "%s · %s", draw, party),
					     .created = created };
	TRY(pdf_open(&p, &options));
	add_head(p, &a, draw, party);
	add_methods(p, &a);
	add_digits(p, &a);
	add_commitment(p, &a, draw, party);
	add_signatures(p);
	struct pdf *done = p;
	p = NULL;
	return pdf_commit(done, path, 0644);
}
