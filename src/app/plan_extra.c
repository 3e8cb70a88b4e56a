/* app/plan_extra.c — remainders of each split, sorted; who stands at the border shares it. */
#include "app/plan_extra.h"

#include "app/import_area.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 12 };

struct member {
	uint64_t rest; /* the remainder of its share */
	uint32_t stratum;
};

static int compare(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest < y->rest ? 1 : -1;
	return (x->stratum > y->stratum) - (x->stratum < y->stratum);
}

/* The strata of a kind's split, by falling remainder; sets what is left over of its total. */
static size_t load_split(const struct cover *c, uint32_t kind, struct member *list,
			 struct plan_extra *out, uint64_t *ret_left)
{
	uint64_t sum = 0, total = 0, given = 0;
	size_t count = 0;

	for (uint32_t i = 0; i < c->strata_count; i++)
		if (c->strata[i].kind == kind && c->strata[i].weight) {
			sum += c->strata[i].weight;
			total += c->strata[i].usual;
			list[count++].stratum = i;
		}
	for (size_t i = 0; i < count; i++) {
		uint64_t weight = c->strata[list[i].stratum].weight;
		list[i].rest = total * weight % sum;
		out[list[i].stratum].least = total * weight / sum;
		given += total * weight / sum;
	}
	if (count)
		qsort(list, count, sizeof(*list), compare);
	*ret_left = total - given;
	return count;
}

static void deal_split(const struct cover *c, uint32_t kind, struct member *list,
		       struct plan_extra *out)
{
	uint64_t left;
	size_t count = load_split(c, kind, list, out, &left);

	for (size_t from = 0, to; from < count && left > 0; from = to) {
		for (to = from; to < count && list[to].rest == list[from].rest; to++)
			;
		uint64_t equal = to - from, part = left < equal ? left : equal;
		for (size_t i = from; i < to; i++) {
			out[list[i].stratum].part = part;
			out[list[i].stratum].of = equal;
			out[list[i].stratum].nth = i - from;
		}
		left -= part;
	}
}

struct plan_extra *plan_extras(const struct cover *c, struct arena *a)
{
	struct plan_extra *out = arena_array(a, c->strata_count + 1, sizeof(*out));
	struct member *list = arena_array(a, c->strata_count + 1, sizeof(*list));
	uint32_t kinds = 0;

	for (size_t i = 0; i < c->strata_count; i++) {
		out[i] = (struct plan_extra){ .least = c->strata[i].least, .of = 1 };
		kinds = c->strata[i].kind >= kinds ? c->strata[i].kind + 1 : kinds;
	}
	for (uint32_t kind = 0; kind < kinds; kind++)
		deal_split(c, kind, list, out);
	return out;
}

bool plan_extra_none(const struct plan_extra *e)
{
	return e->least == 0 && e->part == 0;
}

/* ---- in words ---- */

/* Nobody of the cell's stratum is drawn, and nothing else keeps it out. */
static bool left_out(const struct plan_draw *d, const struct plan_extra *extras,
		     const struct cover_cell *cell)
{
	return !cell->held && !d->cover.strata[cell->stratum].shut &&
	       plan_extra_none(&extras[cell->stratum]);
}

/* Not only the cell's stratum: nobody of the same set of rules is drawn, so what they ask is met without these. */
static bool met(const struct plan_draw *d, const struct cover_cell *cell)
{
	uint32_t kind = d->cover.strata[cell->stratum].kind;

	for (size_t i = 0; i < d->cover.strata_count; i++)
		if (d->cover.strata[i].kind == kind && d->cover.strata[i].usual > 0)
			return false;
	return true;
}

static bool split_leaves_out(const struct plan_draw *d, const struct plan_extra *extras,
			     const struct cover_cell *cell)
{
	return left_out(d, extras, cell) && !met(d, cell);
}

/* "重点排污单位兼特殊监管对象" for a set of rules. */
static void say_rules(const struct plan_draw *d, uint64_t rules, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < d->asks.count; i++)
		if (rules >> i & 1) {
			buf_printf(out, "%s%s", first ? "" : "兼", d->asks.list[i].title);
			first = false;
		}
}

/* The sets of rules of which nobody more is drawn, each once, with their members. */
static const char *met_names(const struct plan_draw *d, const struct plan_extra *extras,
			     struct arena *a)
{
	CLEANUP(buf_release) struct buf out;
	const struct plan_cells *cells = &d->cells;
	size_t told = 0;

	buf_init(&out, 4000);
	for (size_t i = 0; i < cells->count && told < NAMES_MOST; i++) {
		uint64_t members = 0;
		bool first = left_out(d, extras, &cells->list[i]) && met(d, &cells->list[i]);
		for (size_t k = 0; first && k < cells->count; k++) {
			if (cells->list[k].rules != cells->list[i].rules ||
			    !left_out(d, extras, &cells->list[k]))
				continue;
			first = k >= i;
			members += cells->list[k].members;
		}
		if (!first)
			continue;
		buf_str(&out, told++ ? "、" : "");
		say_rules(d, cells->list[i].rules, &out);
		buf_printf(&out, " %llu 家", (unsigned long long)members);
	}
	return arena_str(a, buf_text(&out));
}

/* "竞秀区 12 家" for cells of strata that the split gives nothing, equal places together. */
static const char *left_names(const struct plan_draw *d, const struct plan_extra *extras,
			      struct arena *a)
{
	CLEANUP(buf_release) struct buf out;
	const struct plan_cells *cells = &d->cells;
	size_t told = 0;

	buf_init(&out, 4000);
	for (size_t i = 0; i < cells->count && told <= NAMES_MOST; i++) {
		const struct cover_cell *one = &cells->list[i];
		uint64_t members = 0;
		bool first = split_leaves_out(d, extras, one);
		for (size_t k = 0; k < cells->count; k++) {
			const struct cover_cell *other = &cells->list[k];
			if (!split_leaves_out(d, extras, other) ||
			    strcmp(one->county, other->county) != 0)
				continue;
			first = first && k >= i;
			members += other->members;
		}
		if (!first)
			continue;
		struct span name = *one->county ? area_name(span_of(one->county)) : SPAN("全市");
		if (told++ == NAMES_MOST)
			buf_str(&out, " 等");
		else
			buf_printf(&out, "%s%.*s %llu 家", out.len ? "、" : "", (int)name.len,
				   name.at, (unsigned long long)members);
	}
	return arena_str(a, buf_text(&out));
}

struct plan_sure plan_sure_of(const struct plan_scene *scene, const struct plan_draw *d)
{
	struct arena *a = scene->notes->arena;
	const struct plan_extra *extras = plan_extras(&d->cover, a);
	struct plan_sure sure = { .left_names = "",
				  .met_names = "",
				  .no_past =
					  d->asks.period.number > 1 && scene->history.count == 0 };

	for (size_t i = 0; i < d->cells.count; i++) {
		const struct cover_cell *cell = &d->cells.list[i];
		const struct cover_stratum *s = &d->cover.strata[cell->stratum];
		const struct plan_extra *e = &extras[cell->stratum];
		if (cell->held)
			sure.held += cell->members;
		else if (cell->certain)
			sure.certain += cell->members;
		else if (s->shut)
			sure.turned += cell->members;
		else if (left_out(d, extras, cell))
			*(met(d, cell) ? &sure.met : &sure.left_out) += cell->members;
		else if (e->least == s->members) {
			sure.certain += cell->members;
			sure.due += s->must ? cell->members : 0;
		}
	}
	if (sure.met)
		sure.met_names = met_names(d, extras, a);
	if (sure.left_out)
		sure.left_names = left_names(d, extras, a);
	return sure;
}

const char *plan_sure_sentence(const struct plan_sure *s, struct arena *a)
{
	CLEANUP(buf_release) struct buf out;
	uint64_t none = s->held + s->turned + s->met + s->left_out;

	buf_init(&out, 6000);
	if (none) {
		buf_printf(&out, "本期不可能抽到的 %llu 家：", (unsigned long long)none);
		if (s->held)
			buf_printf(&out, "已到年度上限或正在另一次抽查中 %llu 家，",
				   (unsigned long long)s->held);
		if (s->turned)
			buf_printf(&out, "按重复规则轮不到 %llu 家，",
				   (unsigned long long)s->turned);
		if (s->met)
			buf_printf(&out,
				   "所属规则的最低数已由别的单位满足、不再另抽 %llu 家（%s），",
				   (unsigned long long)s->met, s->met_names);
		if (s->left_out)
			buf_printf(&out, "名额分层以后分不到 %llu 家%s%s%s，",
				   (unsigned long long)s->left_out, *s->left_names ? "（" : "",
				   s->left_names, *s->left_names ? "）" : "");
	}
	if (s->certain)
		buf_printf(&out, "必定抽到的 %llu 家，", (unsigned long long)s->certain);
	if (s->due)
		buf_printf(&out, "其中轮查欠的次数和剩下的期数一样多的 %llu 家，",
			   (unsigned long long)s->due);
	if (s->due && s->no_past)
		buf_str(&out, "今年前几期没有一次检查的记录：年中启用的，请先用 plan open-balances "
			      "导入今年查过的，免得查过的又必定抽到，");
	if (out.len == 0)
		return NULL;
	return arena_mem(a, out.data, out.len - strlen("，"));
}
