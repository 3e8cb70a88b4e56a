/* app/papers_freeze.c — 锁定记录 and the escrow copies of the operator's share. */
#include "app/papers.h"

#include "app/papers_parts.h"
#include "base/cleanup.h"
#include "base/status.h"
#include "core/sha256.h"

static const char *count_text(struct arena *a, uint64_t n)
{
	return arena_printf(a, "%llu", (unsigned long long)n);
}

static void add_head(struct pdf *p, struct arena *a, const struct papers_freeze *in)
{
	const struct sheet_plan *plan = in->plan;
	struct span id = in->declaration->draw_id;
	const struct pdf_pair pairs[] = {
		{ "抽查名称", plan->title, "抽签机关", plan->authority },
		{ "检查期间", papers_period(a, plan), "资格认定日", plan->day },
		{ "抽签方式", plan->sealed ? "密封（检查结束后揭示）" : "公开（当场揭示）",
		  "名单情况",
		  arena_printf(
			  a, "在产 %llu 家；可派 %llu 人（老 %llu）；不列入 %llu 人；回避 %llu 对",
			  (unsigned long long)in->live, (unsigned long long)in->eligible,
			  (unsigned long long)in->seniors, (unsigned long long)in->left_out,
			  (unsigned long long)in->conflicts) },
	};

	pdf_title(p, "双随机抽查锁定记录");
	pdf_number(p, arena_printf(a, "抽取编号 %.*s", (int)id.len, id.at));
	pdf_pairs(p, pairs, COUNT(pairs));
}

static void add_lists(struct pdf *p, struct arena *a, int *number, const struct declaration *d)
{
	static const struct pdf_column columns[] = { { "文件", 18, false },
						     { "条数", 8, true },
						     { "指纹（十六进制，八位一组）", 54, false } };
	const struct {
		const char *name;
		uint64_t count;
		struct span root;
	} lists[] = { { "检查对象 objects.tsv", d->objects, d->objects_root },
		      { "检查人员 inspectors.tsv", d->inspectors, d->inspectors_root },
		      { "回避 conflicts.tsv", d->conflicts, d->conflicts_root } };

	papers_heading(p, a, number, "锁定的名单和规则");
	pdf_table(p, columns, COUNT(columns));
	for (size_t i = 0; i < COUNT(lists); i++) {
		const char *row[] = { lists[i].name, count_text(a, lists[i].count),
				      papers_groups(a, lists[i].root, true) };
		pdf_table_row(p, row);
	}
	const char *rules[] = { "规则 rules.txt", "", papers_groups(a, d->rules_hash, true) };
	pdf_table_row(p, rules);
	pdf_table_end(p);
	pdf_note(
		p,
		"名单改动一个字，指纹就完全不同。前三项是 RFC 6962 树根，用 mingqian dr1 root 文件名 "
		"重算；规则一项用 sha256sum rules.txt 重算。");
}

static void add_quotas(struct pdf *p, struct arena *a, int *number, const struct sheet_plan *plan)
{
	papers_heading(p, a, number, "抽取数量");
	for (size_t i = 0; i < plan->sum_count; i++)
		pdf_paragraph(p, plan->sums[i]);
	if (plan->sum_count == 0)
		pdf_paragraph(p, "按 rules.txt 所写的数量抽取。");
}

static void add_entropy(struct pdf *p, struct arena *a, int *number, const struct papers_freeze *in)
{
	const struct declaration *d = in->declaration;
	static const struct pdf_column columns[] = { { "随机数来源", 30, false },
						     { "声明里的写法", 40, false } };

	papers_heading(p, a, number, "随机数来源（锁定之后才产生）");
	pdf_table(p, columns, COUNT(columns));
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		struct span rest = d->entropy[i].line, word;
		span_cut(&rest, ' ', &word);
		const char *row[] = { papers_source_name(a, d->entropy[i].line),
				      arena_mem(a, rest.at, rest.len) };
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
	pdf_gap(p, 1);
	pdf_paragraph(p, in->floor);
	papers_announced(p, a, in->plan);
}

static void add_shares(struct pdf *p, struct arena *a, int *number, const struct declaration *d)
{
	static const struct pdf_column columns[] = { { "份额方", 16, false },
						     { "承诺（commitment）", 54, false } };

	if (d->share_count == 0)
		return;
	papers_heading(p, a, number, "份额承诺");
	pdf_table(p, columns, COUNT(columns));
	for (uint32_t i = 0; i < d->share_count; i++) {
		struct span party = d->shares[i].party;
		const char *row[] = { span_equal(party, SPAN("operator"))
					      ? "抽签单位（operator）"
					      : arena_mem(a, party.at, party.len),
				      papers_groups(a, d->shares[i].commitment, true) };
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
}

static void add_fingerprints(struct pdf *p, struct arena *a, int *number,
			     const struct papers_freeze *in)
{
	char hex[SHA256_HEX];

	sha256_hex(in->declaration_text, hex);
	papers_heading(p, a, number, "声明指纹和锁定指纹");
	const struct pdf_pair pairs[] = {
		{ "声明 D", papers_groups(a, (struct span){ hex, sizeof(hex) }, true), NULL, NULL },
		{ "锁定指纹", papers_groups(a, span_of(in->fingerprint), true), NULL, NULL },
	};
	pdf_pairs(p, pairs, COUNT(pairs));
	pdf_gap(p, 1);
	pdf_note(
		p,
		"D 管住名单、规则、来源和承诺，用 sha256sum declaration 重算。锁定指纹还管住名录原件（单位名称、"
		"地址、人员姓名和证号）和规则文件，用 sha256sum freeze/SHA256SUMS 重算。收尾（sheet finish）时屏幕上和"
		"抽签记录上会再次写出这两个指纹：由见证人拿着本页逐组念出核对，有一组不同就不得收尾。");
	pdf_note(p, "本记录签字后复印交见证人保存；第一个随机数产生之前，锁定至少已满 10 分钟。");
}

static void add_end(struct pdf *p)
{
	static const char *const first[] = { "抽签人", "监督人（纪检）" };
	static const char *const second[] = { "见证人", "日期和时间" };

	pdf_gap(p, 4);
	pdf_signatures(p, first, COUNT(first));
	pdf_signatures(p, second, COUNT(second));
}

int papers_write_freeze(const char *path, const struct papers_freeze *in)
{
	CLEANUP(arena_release) struct arena a;
	struct pdf *p = NULL;
	int number = 0;

	arena_init(&a);
	struct span id = in->declaration->draw_id;
	TRY(papers_open(&p, in->plan, "双随机抽查锁定记录", arena_mem(&a, id.at, id.len)));
	add_head(p, &a, in);
	add_lists(p, &a, &number, in->declaration);
	add_quotas(p, &a, &number, in->plan);
	add_entropy(p, &a, &number, in);
	add_shares(p, &a, &number, in->declaration);
	add_fingerprints(p, &a, &number, in);
	add_end(p);
	return pdf_commit(p, path, 0644);
}

static void add_copy(struct pdf *p, struct arena *a, const struct papers_escrow *in, int copy)
{
	static const char *const signatures[] = { "保管人", "收到日期" };
	const struct pdf_pair pairs[] = {
		{ "抽取编号", in->draw_id, "份", copy == 1 ? "第一份" : "第二份" },
		{ "保管人", copy == 1 ? "纪检部门" : "档案部门", "份额方", "抽签单位（operator）" },
		{ "份额", papers_groups(a, span_of(in->share), true), NULL, NULL },
		{ "承诺", papers_groups(a, span_of(in->commitment), true), NULL, NULL },
	};

	pdf_title(p, "抽签单位份额保管件");
	pdf_number(p, in->authority);
	pdf_pairs(p, pairs, COUNT(pairs));
	pdf_heading(p, "保管办法");
	pdf_paragraph(
		p,
		in->kept
			? "一、保管人当面把份额抄成一行文本（可带空格），登记“本人保管的份额能打开上述承诺”："
			  "mingqian draw hold 抽取编号 --for 部门 --share-file 文件，在随机数产生之前；随即删除"
			  "这个文件。"
			: "一、在随机数产生之前，保管人签署“本人保管的份额能打开上述承诺”并登记。");
	pdf_paragraph(p, "二、登记以后立即装封，骑缝签名；电子文件打印两份后删除。");
	pdf_paragraph(p, "三、揭示之前不得拆封：有了它和公布的随机数，就能算出全部抽中的单位。");
	pdf_paragraph(
		p,
		in->kept
			? "四、最后一次检查结束，或到登记的揭示日期，不论抽签单位是否在场，保管人都可拆封揭示："
			  "把份额存成文件，mingqian draw reveal 抽取编号 --share-file 文件。"
			: "四、最后一次检查结束，或到登记的揭示日期，不论抽签单位是否在场，保管人都可拆封揭示："
			  "把份额（不带空格）存成文件，mingqian sheet finish 文件夹 --value … --open "
			  "operator=@文件。");
	pdf_qr(p, in->share, "份额的二维码，供录入时核对");
	pdf_gap(p, 6);
	pdf_signatures(p, signatures, COUNT(signatures));
}

int papers_write_escrow(const char *path, const struct papers_escrow *in)
{
	CLEANUP(arena_release) struct arena a;
	struct pdf *p = NULL;
	const struct sheet_plan plan = { .day = "" };

	arena_init(&a);
	TRY(papers_open(&p, &plan, "抽签单位份额保管件", in->draw_id));
	add_copy(p, &a, in, 1);
	pdf_page(p);
	add_copy(p, &a, in, 2);
	return pdf_commit(p, path, 0600);
}
