/* app/papers_protocol.c — 抽签记录: everything a witness signs after the draw. */
#include "app/papers.h"

#include "app/import_area.h"
#include "app/papers_parts.h"
#include "base/cleanup.h"
#include "base/status.h"
#include "core/sha256.h"

#include <string.h>

static const char *count_text(struct arena *a, uint64_t n)
{
	return arena_printf(a, "%llu", (unsigned long long)n);
}

static void add_head(struct pdf *p, struct arena *a, const struct papers_model *m)
{
	const struct sheet_plan *plan = m->plan;
	const struct pdf_pair pairs[] = {
		{ "抽查名称", plan->title, "抽签机关", plan->authority },
		{ "检查期间", papers_period(a, plan), "抽签方式",
		  plan->sealed ? "密封（检查结束后揭示）" : "公开" },
		{ "抽中", arena_printf(a, "%u 家", m->task_count), "检查组",
		  m->teams ? arena_printf(a, "%u 趟", m->trips) : "未能排出" },
	};

	pdf_title(p, "双随机抽查抽签记录");
	pdf_number(p, arena_printf(a, "抽取编号 %s", m->draw_id));
	pdf_pairs(p, pairs, COUNT(pairs));
}

static void add_values(struct pdf *p, struct arena *a, int *number, const struct papers_model *m)
{
	static const struct pdf_column columns[] = { { "来源", 22, false },
						     { "期号或地点", 18, false },
						     { "公布的值", 40, false } };
	const struct declaration *d = &m->declaration;

	papers_heading(p, a, number, "随机数");
	pdf_table(p, columns, COUNT(columns));
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		struct span selector = d->entropy[i].selector, value = m->record.values[i];
		const char *shown = value.len == 64 || value.len == 128
					    ? papers_groups(a, value, true)
					    : arena_mem(a, value.at, value.len);
		const char *row[] = { papers_source_name(a, d->entropy[i].line),
				      arena_mem(a, selector.at, selector.len), shown };
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
	papers_announced(p, a, m->plan);
}

static void add_shares(struct pdf *p, struct arena *a, int *number, const struct papers_model *m)
{
	static const struct pdf_column columns[] = {
		{ "份额方", 16, false }, { "公开的份额（能打开锁定时的承诺）", 54, false }
	};
	const struct declaration *d = &m->declaration;

	if (d->share_count == 0)
		return;
	papers_heading(p, a, number, "份额");
	pdf_table(p, columns, COUNT(columns));
	for (uint32_t i = 0; i < d->share_count; i++) {
		struct span party = d->shares[i].party;
		bool own = span_equal(party, SPAN("operator"));
		const char *row[] = {
			own ? "抽签单位（operator）" : arena_mem(a, party.at, party.len),
			own && m->plan->sealed ? "密封保管，揭示时公开"
					       : papers_groups(a, m->record.shares[i], true),
		};
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
}

static void add_roots(struct pdf *p, struct arena *a, int *number, const struct papers_model *m)
{
	const struct declaration *d = &m->declaration;
	char declaration[SHA256_HEX];
	const struct {
		const char *name;
		struct span hex;
	} rows[] = { { "结果根 result.root", span_of(m->root) },
		     { "声明 D", { declaration, sizeof(declaration) } },
		     { "锁定指纹", span_of(m->fingerprint) },
		     { "对象名单根", d->objects_root },
		     { "人员名单根", d->inspectors_root },
		     { "回避名单根", d->conflicts_root },
		     { "规则指纹", d->rules_hash } };
	static const struct pdf_column columns[] = { { "项目", 18, false },
						     { "指纹（八位一组）", 54, false } };

	sha256_hex(m->declaration_text, declaration);
	papers_heading(p, a, number, "种子和指纹");
	pdf_table(p, columns, COUNT(columns));
	const char *seed[] = { "种子 R", m->plan->sealed
						 ? "密封，见 seed 文件；揭示时公开"
						 : papers_groups(a, span_of(m->seed), true) };
	pdf_table_row(p, seed);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *row[] = { rows[i].name, papers_groups(a, rows[i].hex, true) };
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
	pdf_note(p, "“声明 D”和“锁定指纹”应与抽签之前签字的锁定记录逐组相同。");
}

/* The district in a stratum's name, `<class>.<county>…`; "" if there is none. */
static const char *county_of(struct arena *a, const char *stratum)
{
	struct span rest = span_of(stratum), part;

	span_cut(&rest, '.', &part);
	span_cut(&rest, '.', &part);
	struct span name = area_name(part);
	return span_equal(name, part) ? "" : arena_mem(a, name.at, name.len);
}

static void add_strata(struct pdf *p, struct arena *a, int *number, const struct papers_model *m)
{
	static const struct pdf_column columns[] = { { "层", 26, false },  { "县区", 16, false },
						     { "成员", 10, true }, { "应抽", 10, true },
						     { "实抽", 10, true }, { "备选", 10, true } };

	papers_heading(p, a, number, "各层抽取情况");
	for (size_t i = 0; i < m->plan->sum_count; i++)
		pdf_paragraph(p, m->plan->sums[i]);
	pdf_gap(p, 2);
	pdf_table(p, columns, COUNT(columns));
	for (uint32_t i = 0; i < m->stratum_count; i++) {
		const struct papers_stratum *s = &m->strata[i];
		const char *row[] = { s->name,
				      county_of(a, s->name),
				      count_text(a, s->members),
				      count_text(a, s->quota),
				      count_text(a, s->drawn),
				      count_text(a, s->reserves) };
		pdf_table_row(p, row);
	}
	pdf_table_end(p);
}

/* Least and most trips, base included, of those who may still be drawn. */
static void add_teams(struct pdf *p, struct arena *a, int *number, const struct papers_model *m)
{
	uint32_t least = UINT32_MAX, most = 0, busy = 0;

	papers_heading(p, a, number, "检查组");
	if (!m->teams) {
		pdf_paragraph(
			p,
			"按锁定的名单和规则排不出检查组，原因见 finish 的说明。抽中的单位不变。");
		return;
	}
	for (uint32_t i = 0; i < m->person_count; i++) {
		uint32_t total = m->people[i].base + m->people[i].load;
		least = total < least ? total : least;
		most = total > most ? total : most;
		busy += m->people[i].load > 0;
	}
	pdf_paragraph(
		p,
		arena_printf(a,
			     "%u 趟检查由 %u 人承担（名单共 %u 人）；连同本期已办，每人最多 %u 趟，"
			     "最少 %u 趟。分工由种子唯一确定，见任务表。",
			     m->trips, busy, m->person_count, most, least));
	if (m->relaxed)
		pdf_paragraph(
			p, arena_printf(
				   a, "使用了规则中事先声明的前 %u 项放宽（rules.txt 的 relax）。",
				   m->relaxed));
}

static void add_end(struct pdf *p)
{
	static const char *const first[] = { "抽签人", "监督人（纪检）" };
	static const char *const second[] = { "见证人", "日期和时间" };

	pdf_note(
		p,
		"任何人用公开的文件都能重算：mingqian dr1 verify 文件夹，或按 docs 所述用 sha256sum、bc、"
		"rev、sort 手工核对。抽中的单位关闭或搬迁的，依次由备选递补并记录原因，不得挑选，不得重抽。");
	pdf_gap(p, 4);
	pdf_signatures(p, first, COUNT(first));
	pdf_signatures(p, second, COUNT(second));
}

int papers_write_protocol(const char *path, const struct papers_model *m)
{
	CLEANUP(arena_release) struct arena a;
	struct pdf *p = NULL;
	int number = 0;

	arena_init(&a);
	TRY(papers_open(&p, m->plan, "双随机抽查抽签记录", m->draw_id));
	add_head(p, &a, m);
	add_values(p, &a, &number, m);
	add_shares(p, &a, &number, m);
	add_roots(p, &a, &number, m);
	add_strata(p, &a, &number, m);
	add_teams(p, &a, &number, m);
	add_end(p);
	return pdf_commit(p, path, 0644);
}
