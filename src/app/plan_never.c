/*
 * app/plan_never.c — a stratum's chance is 0 if its quota is, or its share of a split is 0 with nothing over
 * (units left over go to positive remainders, of which there are always enough).
 */
#include "app/plan_never.h"

#include "app/import_area.h"
#include "base/buf.h"

enum { NAMED_MOST = 12, TEXT_MOST = 1500 };

static uint64_t split_total(const struct draw *d, const struct rules_split *split)
{
	uint64_t members = 0;

	for (uint32_t i = 0; i < split->count; i++)
		members += d->members[split->first + i];
	return rules_amount(split->amount, members);
}

static bool never(const struct draw *d, uint32_t index)
{
	const struct rules_stratum *s = &d->rules.strata[index];
	uint64_t weights = 0, rest;

	if (s->split == RULES_NO_SPLIT)
		return rules_amount(s->amount, d->members[index]) == 0;
	const struct rules_split *split = &d->rules.splits[s->split];
	for (uint32_t i = 0; i < split->count; i++)
		weights += d->rules.strata[split->first + i].weight;
	return rules_share(split_total(d, split), s->weight, weights, &rest) == 0 && rest == 0;
}

/* "一般 竞秀区 12 家": a stratum's name is `<class>`, `<class>.<county>`, or one of these with `.v<due>`. */
static void say_stratum(struct buf *say, struct span name, uint64_t members)
{
	struct span class, part;

	span_cut(&name, '.', &class);
	buf_printf(say, "%s%.*s", say->len ? "；" : "", (int)class.len, class.at);
	while (name.len > 0) {
		span_cut(&name, '.', &part);
		struct span area = area_name(part);
		if (span_equal(part, SPAN("v0")))
			buf_str(say, " 本年已查够的");
		else
			buf_printf(say, " %.*s", (int)area.len, area.at);
	}
	buf_printf(say, " %llu 家", (unsigned long long)members);
}

void plan_note_never(const struct draw *d, struct plan_notes *notes)
{
	CLEANUP(buf_release) struct buf say;
	uint64_t units = 0, strata = 0;

	buf_init(&say, TEXT_MOST);
	for (uint32_t i = 0; i < d->rules.stratum_count; i++) {
		if (d->members[i] == 0 || !never(d, i))
			continue;
		units += d->members[i];
		if (strata++ < NAMED_MOST)
			say_stratum(&say, d->rules.strata[i].name, d->members[i]);
	}
	if (strata > NAMED_MOST)
		buf_printf(&say, "；另有 %llu 格", (unsigned long long)(strata - NAMED_MOST));
	if (units)
		plan_note(notes, PLAN_WARNING,
			  "有 %llu 家在产单位这次不可能被抽中，因为规则给它们的名额是 0：%s。"
			  "如不是有意，请在规则文件里为这一类写上“最低”。",
			  (unsigned long long)units, buf_text(&say));
}
