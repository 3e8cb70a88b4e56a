/* app/draw_parent.c — both lists are sorted by object, so they are walked side by side. */
#include "app/draw_parent.h"

#include "core/text.h"

#include <string.h>

enum { ID_SHOWN = 64 };

struct checking {
	struct arena *arena;
	struct draw_audit *audit;
	const struct draw_files *files, *lead_files;
	const struct draw_audit *lead;
};

static void count(struct draw_audit *audit, const struct verify_step *step)
{
	audit->failed += step->mark == VERIFY_FAILED;
	audit->unknown += step->mark == VERIFY_UNKNOWN;
}

/* In the place of the step of this name, or at the end. */
static void put_step(struct draw_audit *audit, struct verify_step step)
{
	uint32_t i = 0;

	while (i < audit->count && strcmp(audit->steps[i].name, step.name) != 0)
		i++;
	if (i == audit->count)
		audit->count++;
	else
		audit->unknown -= audit->steps[i].mark == VERIFY_UNKNOWN;
	audit->steps[i] = step;
	count(audit, &step);
}

static struct span first_line(struct span text)
{
	struct span line = SPAN("");

	return text.at && text_line(&text, &line) ? line : SPAN("");
}

static struct verify_step parent_step(const struct checking *c, const struct declaration *d)
{
	struct verify_step step = { .name = "parent", .mark = VERIFY_FAILED };
	struct span root = first_line(c->lead_files->file[CORE_FILE_ROOT]), id = c->lead->draw_id;

	step.how = span_of("请向主办方取声明里写的那次抽取的文件夹");
	if (!span_equal(id, d->parent_draw)) {
		step.text = span_of(arena_printf(
			c->arena, "声明的主办方抽取是 %.*s，--parent 给的文件夹是 %.*s",
			(int)d->parent_draw.len, d->parent_draw.at, (int)id.len, id.at));
	} else if (root.len == 0) {
		step.mark = VERIFY_UNKNOWN;
		step.text = span_of("主办方的文件夹里没有 result.root：结果根没有核验");
	} else if (!span_equal(root, d->parent_root)) {
		step.text = span_of("声明的主办方结果根与它的 result.root 不同");
		step.how =
			span_of("部门的抽取不是按主办方的这份结果做的；以账簿里登记的结果根为准");
	} else if (c->lead->failed > 0) {
		step.text = span_of(arena_printf(c->arena, "主办方的抽取 %.*s 自己有 %u 步不符",
						 (int)id.len, id.at, c->lead->failed));
		step.how = span_of("先用 dr1 verify 逐步看主办方的文件夹");
	} else {
		step.mark = VERIFY_OK;
		step.text = span_of(arena_printf(
			c->arena, "主办方的抽取 %.*s：编号、结果根与声明一致，它自己没有一步不符",
			(int)id.len, id.at));
		step.how = SPAN("");
	}
	return step;
}

/* The next drawn object of result.tsv. */
static bool next_drawn(struct span *rest, struct span *id)
{
	struct span line, cell;

	while (text_line(rest, &line)) {
		span_cut(&line, '\t', id);
		for (int i = 0; i < 4; i++) /* stratum, rank, ticket, drawn or reserve */
			span_cut(&line, '\t', &cell);
		if (span_equal(cell, SPAN("drawn")))
			return true;
	}
	return false;
}

static bool next_object(struct span *rest, struct span *id)
{
	struct span line;

	if (!text_line(rest, &line))
		return false;
	span_cut(&line, '\t', id);
	return true;
}

/* The first object that only one of them has, else an empty span; *ret_count: how many both have. */
static struct span find_difference(const struct checking *c, uint64_t *ret_count, bool *ret_ours)
{
	struct span ours = c->files->file[CORE_FILE_OBJECTS];
	struct span theirs = c->lead_files->file[CORE_FILE_RESULT], a, b;
	bool more_a = next_object(&ours, &a), more_b = next_drawn(&theirs, &b);

	for (*ret_count = 0; more_a && more_b && span_equal(a, b); ++*ret_count) {
		more_a = next_object(&ours, &a);
		more_b = next_drawn(&theirs, &b);
	}
	*ret_ours = more_a && (!more_b || span_compare(a, b) < 0);
	return *ret_ours ? a : more_b ? b : SPAN("");
}

static struct verify_step objects_step(const struct checking *c)
{
	struct verify_step step = { .name = "parent.objects", .mark = VERIFY_UNKNOWN };
	uint64_t both;
	bool ours;

	if (!c->lead_files->file[CORE_FILE_RESULT].at || !c->files->file[CORE_FILE_OBJECTS].at) {
		step.text = span_of("对象是不是主办方抽中的那些：揭示之前看不到，没有核验");
		step.how = span_of("两次抽取都揭示以后，用导出的文件夹再核验一次");
		return step;
	}
	struct span other = find_difference(c, &both, &ours);
	if (other.len > 0) {
		step.mark = VERIFY_FAILED;
		step.text = span_of(
			arena_printf(c->arena, "%.*s %s",
				     (int)(other.len < ID_SHOWN ? other.len : ID_SHOWN), other.at,
				     ours ? "在这次的 objects.tsv 里，主办方没有抽中它"
					  : "是主办方抽中的，这次的 objects.tsv 里没有它"));
		step.how = span_of("部门只能为主办方抽中的全部对象抽检查组，一家不多、一家不少");
		return step;
	}
	step.mark = VERIFY_OK;
	step.text =
		span_of(arena_printf(c->arena, "%llu 家对象正是主办方抽中的，一家不多、一家不少",
				     (unsigned long long)both));
	return step;
}

void draw_parent_check(struct draw_audit *audit, struct arena *a, const struct draw_files *files,
		       const struct draw_files *lead_files, const struct draw_audit *lead)
{
	const struct checking c = { a, audit, files, lead_files, lead };
	struct declaration d;
	struct problem problem;

	if (declaration_parse(files->file[CORE_FILE_DECLARATION], &d, &problem) != CORE_OK)
		return; /* a step says so */
	if (d.parent_draw.len == 0) {
		put_step(audit,
			 (struct verify_step){
				 "parent", VERIFY_FAILED,
				 span_of("声明里没有 parent 行：这不是联合部门的抽取"),
				 span_of("请核对文件夹；不是联合部门的抽取，去掉 --parent") });
		return;
	}
	audit->rehearsal |= lead->rehearsal;
	put_step(audit, parent_step(&c, &d));
	put_step(audit, objects_step(&c));
}
