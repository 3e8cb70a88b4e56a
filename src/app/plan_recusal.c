/* app/plan_recusal.c — sorted by target, searched by each of a site's names. */
#include "app/plan_recusal.h"

#include "app/plan_tsv.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

static const size_t LIST_MOST = (size_t)4 << 30;

#define EXPIRED "执法证已于"

bool plan_reason_expired(const char *reason)
{
	return strncmp(reason, EXPIRED, strlen(EXPIRED)) == 0;
}

const char *plan_reason_out(const struct inspector *i, int64_t day, struct arena *a)
{
	struct span until = i->text[INSPECTOR_CERTIFICATE_UNTIL];

	if (i->assistant)
		return "专家或辅助人员，只能协助，不能作为执法人员";
	if (!i->staff)
		return "不在编";
	if (!i->duty)
		return "在编不在岗";
	if (!i->accepts)
		return "登记为不接受随机抽查任务";
	if (i->text[INSPECTOR_CERTIFICATE].len == 0 && i->text[INSPECTOR_CERTIFICATE2].len == 0)
		return "没有执法证号";
	if (!inspector_certified_on(i, day))
		return arena_printf(a, EXPIRED " %.*s 到期", (int)until.len, until.at);
	if (inspector_away_on(i, day)) {
		struct span leave = i->text[INSPECTOR_LEAVE];
		return arena_printf(a, "休假（%.*s）", (int)leave.len, leave.at);
	}
	return NULL;
}

/* dr1's reason codes are ASCII; the Chinese kinds that registries use, and "other" for the rest. */
struct span plan_reason_code(struct span kind)
{
	static const struct {
		const char *word, *code;
	} codes[] = {
		{ "亲属", "relative" },     { "近亲属", "relative" }, { "配偶", "relative" },
		{ "利害关系", "interest" }, { "持股", "interest" },   { "投资", "interest" },
		{ "曾任职", "former" },     { "原单位", "former" },   { "任职", "former" },
		{ "申请回避", "request" },  { "轮换", "rotation" },   { "本人申请", "request" },
	};

	for (size_t i = 0; i < COUNT(codes); i++)
		if (span_equal(span_of(codes[i].word), kind))
			return span_of(codes[i].code);
	return registry_id_valid(kind) ? kind : SPAN("other");
}

void plan_recusals_add(struct plan_recusals *r, struct span inspector, struct span target,
		       struct span kind)
{
	if (target.len == 0)
		return;
	if (r->count == r->size) {
		r->size = r->size ? r->size * 2 : 64;
		r->list = must_realloc(r->list, r->size * sizeof(*r->list));
	}
	r->list[r->count++] = (struct plan_recusal){
		.target = target,
		.reason = plan_reason_code(kind),
		.inspector = inspector,
	};
}

void plan_recusals_add_cell(struct plan_recusals *r, const struct inspector *i)
{
	struct span list = i->text[INSPECTOR_RECUSALS], item;

	while (registry_item(&list, &item)) {
		struct span target, kind;
		registry_recusal(item, &target, &kind);
		plan_recusals_add(r, i->text[INSPECTOR_ID], target, kind);
	}
}

static int compare_recusals(const void *a, const void *b)
{
	const struct plan_recusal *x = a, *y = b;
	int order = span_compare(x->target, y->target);

	return order ? order : span_compare(x->inspector, y->inspector);
}

void plan_recusals_sort(struct plan_recusals *r)
{
	if (r->count)
		qsort(r->list, r->count, sizeof(*r->list), compare_recusals);
}

static size_t first_recusal(const struct plan_recusals *r, struct span target)
{
	size_t low = 0, high = r->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (span_compare(r->list[middle].target, target) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const enum site_field names[] = { SITE_ID, SITE_CODE, SITE_FIRM, SITE_NAME };

void plan_recusals_match(struct plan_recusals *r, const struct site *s, struct buf *conflicts)
{
	if (r->count == 0)
		return;
	for (size_t k = 0; k < COUNT(names); k++) {
		struct span word = s->text[names[k]];
		if (word.len == 0)
			continue;
		for (size_t i = first_recusal(r, word);
		     i < r->count && span_equal(r->list[i].target, word); i++) {
			r->list[i].used = true;
			const struct span cells[] = { r->list[i].inspector, s->text[SITE_ID],
						      r->list[i].reason };
			plan_tsv_add(conflicts, cells, COUNT(cells));
		}
	}
}

static int compare_spans(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static bool same_pair(struct span a, struct span b)
{
	struct span one, two;

	for (int i = 0; i < 2; i++) {
		span_cut(&a, '\t', &one);
		span_cut(&b, '\t', &two);
		if (!span_equal(one, two))
			return false;
	}
	return true;
}

struct span plan_recusals_lines(const struct buf *conflicts, struct plan_notes *notes,
				uint64_t *ret_count)
{
	struct span text = { conflicts->data, conflicts->len }, line;
	size_t count = 0, most = 0;
	CLEANUP(buf_release) struct buf out;

	*ret_count = 0;
	for (size_t i = 0; i < text.len; i++)
		most += text.at[i] == '\n';
	struct span *lines = arena_array(notes->arena, most + 1, sizeof(*lines));
	while (text.len > 0 && span_cut(&text, '\n', &line))
		lines[count++] = line;
	qsort(lines, count, sizeof(*lines), compare_spans);
	buf_init(&out, LIST_MOST);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && same_pair(lines[i], lines[i - 1]))
			continue;
		buf_add(&out, lines[i].at, lines[i].len);
		buf_char(&out, '\n');
		++*ret_count;
	}
	return (struct span){ arena_mem(notes->arena, out.data, out.len), out.len };
}

static bool all_used(const struct plan_recusals *r)
{
	size_t i = 0;

	while (i < r->count && r->list[i].used)
		i++;
	return i == r->count;
}

/* Those that name a site of the registry count as used, whatever keeps it out of the lists. */
static int use_known(struct plan_recusals *r, struct span sites)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(&reader, REGISTRY_SITES, sites);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK)
		for (size_t k = 0; k < COUNT(names); k++) {
			struct span word = cells[names[k]];
			size_t i = word.len > 0 ? first_recusal(r, word) : r->count;
			for (; i < r->count && span_equal(r->list[i].target, word); i++)
				r->list[i].used = true;
		}
	return rc == NONE ? OK : rc;
}

int plan_recusals_note_unused(struct plan_recusals *r, struct span sites, struct plan_notes *notes)
{
	if (all_used(r))
		return OK;
	if (sites.len > 0)
		TRY(use_known(r, sites));
	for (size_t i = 0; i < r->count; i++) {
		const struct plan_recusal *one = &r->list[i];
		if (!one->used)
			plan_note(
				notes, PLAN_WARNING,
				"执法人员 %.*s 登记回避“%.*s”，检查对象名录里没有这个编号、代码或名称。"
				"请核对，写成污染源编号最稳妥。",
				(int)one->inspector.len, one->inspector.at, (int)one->target.len,
				one->target.at);
	}
	return OK;
}

void plan_recusals_release(struct plan_recusals *r)
{
	free(r->list);
	*r = (struct plan_recusals){ 0 };
}
