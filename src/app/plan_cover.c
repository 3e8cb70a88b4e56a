/*
 * app/plan_cover.c — kinds get totals rule by rule; a kind's total fills its tiers in turn: first those
 * who must come, then by weight. When a rule is short, floors of earlier kinds rise and all is done again.
 */
#include "app/plan_cover.h"

#include "app/plan_rules.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULES_TEXT_MOST = 8 << 20, LABEL_MOST = 36, NAME_MOST = 64, NAME_ROOM = 160 };
enum { STEP_SHUT = UINT32_MAX };
enum { LABEL_SHORT = 18 }; /* leaves room for the word */

struct kind {
	uint64_t rules;
	uint32_t lead;
	uint64_t total, floor;
	char label[LABEL_MOST + 16];
	uint32_t *strata; /* indices, in order */
	size_t count;
};

/* A share of something being dealt out by weight. */
struct share {
	uint64_t weight, room, got;
};

struct work {
	const struct cover_input *in;
	struct arena *arena;
	struct cover *out;
	struct kind *kinds;
	size_t kind_count;
	uint32_t *order; /* rules by intensity */
	uint32_t *rank;
};

static uint64_t divide_up(uint64_t a, uint64_t b)
{
	return a / b + (a % b != 0);
}

static bool has(uint64_t rules, size_t rule)
{
	return rules >> rule & 1;
}

/* ---- order of the rules ---- */

static void count_members(struct work *w)
{
	for (size_t i = 0; i < w->in->cell_count; i++)
		for (size_t r = 0; r < w->in->rule_count; r++)
			if (has(w->in->cells[i].rules, r))
				w->out->sums[r].members += w->in->cells[i].members;
}

static bool before(const struct work *w, uint32_t a, uint32_t b)
{
	uint64_t x = w->in->rules[a].need * (w->out->sums[b].members + 1);
	uint64_t y = w->in->rules[b].need * (w->out->sums[a].members + 1);

	return x != y ? x > y : a < b;
}

static void order_rules(struct work *w)
{
	size_t n = w->in->rule_count;

	for (uint32_t i = 0; i < n; i++) {
		size_t k = i;
		for (; k > 0 && before(w, i, w->order[k - 1]); k--)
			w->order[k] = w->order[k - 1];
		w->order[k] = i;
	}
	for (uint32_t k = 0; k < n; k++)
		w->rank[w->order[k]] = w->out->sums[w->order[k]].rank = k;
}

/* ---- kinds and strata ---- */

static uint32_t lead_of(const struct work *w, uint64_t rules)
{
	for (size_t k = 0; k < w->in->rule_count; k++)
		if (has(rules, w->order[k]))
			return w->order[k];
	return 0;
}

static void label_kind(const struct work *w, struct kind *k, size_t number)
{
	size_t len = 0, most = *w->in->general->word ? LABEL_SHORT : LABEL_MOST;

	for (size_t i = 0; i < w->in->rule_count; i++) {
		const char *label = w->in->rules[w->order[i]].label;
		if (!has(k->rules, w->order[i]))
			continue;
		if (len + strlen(label) + 1 > most) {
			snprintf(k->label + len, sizeof(k->label) - len, "~%zu", number);
			return;
		}
		len += (size_t)snprintf(k->label + len, sizeof(k->label) - len, "%s%s",
					len ? "+" : "", label);
	}
}

static int find_kind(struct work *w, uint64_t rules, uint32_t *ret)
{
	for (size_t i = 0; i < w->kind_count; i++)
		if (w->kinds[i].rules == rules) {
			*ret = (uint32_t)i;
			return OK;
		}
	if (w->kind_count == COVER_KINDS_MOST)
		return TOO_LARGE;
	struct kind *k = &w->kinds[w->kind_count];
	*k = (struct kind){ .rules = rules, .lead = lead_of(w, rules) };
	label_kind(w, k, w->kind_count);
	*ret = (uint32_t)w->kind_count++;
	return OK;
}

/* What is still due of its share of the year, and never more than the year's visits in all. */
static uint32_t due_of(const struct cover_rule *r, const struct cover_cell *c)
{
	uint64_t due = divide_up((uint64_t)r->visits * (r->periods - c->entered + 1), r->periods);
	uint64_t since = c->done > c->before ? c->done - c->before : 0;
	uint64_t room = r->visits > c->done ? r->visits - c->done : 0;

	due = due > since ? due - since : 0;
	due = due > room ? room : due;
	return due > r->left ? r->left : (uint32_t)due;
}

static uint32_t step_of(const struct cover_rule *r, const struct cover_cell *c, bool *shut)
{
	*shut = c->held;
	if (c->held)
		return STEP_SHUT;
	if (r->repeat == COVER_AGAIN)
		return 0;
	uint32_t step = r->repeat == COVER_ROTATION ? due_of(r, c) : c->done;
	*shut = r->repeat == COVER_ROTATION ? step == 0 : r->repeat == COVER_ONCE && step > 0;
	return r->repeat == COVER_ONCE && step > 1 ? 1 : step;
}

static void name_stratum(const struct work *w, const struct kind *k, const struct cover_cell *c,
			 const struct cover_stratum *s, char *out)
{
	char step[16] = "", team[16] = "";
	enum cover_repeat repeat = w->in->rules[k->lead].repeat;

	if (s->step == STEP_SHUT)
		snprintf(step, sizeof(step), ".x");
	else if (repeat == COVER_ROTATION)
		snprintf(step, sizeof(step), ".v%u", s->step);
	else if (repeat != COVER_AGAIN)
		snprintf(step, sizeof(step), ".d%u", s->step);
	if (c->team)
		snprintf(team, sizeof(team), ".t%u", c->team);
	snprintf(out, NAME_ROOM, "%s%s%s%s%s%s%s", k->label, *c->county ? "." : "", c->county, team,
		 step, *w->in->general->word ? "." : "", w->in->general->word);
}

static int find_stratum(struct work *w, struct cover_cell *c)
{
	struct cover_stratum s = { .rules = c->rules, .team = c->team };
	char name[NAME_ROOM];

	TRY(find_kind(w, c->rules, &s.kind));
	const struct kind *k = &w->kinds[s.kind];
	s.step = step_of(&w->in->rules[k->lead], c, &s.shut);
	s.must = !s.shut && w->in->rules[k->lead].repeat == COVER_ROTATION &&
		 s.step == w->in->rules[k->lead].left;
	name_stratum(w, k, c, &s, name);
	size_t i = w->out->strata_count;
	while (i > 0 && strcmp(w->out->strata[i - 1].name, name) != 0)
		i--;
	if (i > 0) {
		c->stratum = (uint32_t)i - 1;
		return OK;
	}
	if (w->out->strata_count == COVER_STRATA_MOST)
		return TOO_LARGE;
	if (strlen(name) > NAME_MOST || strpbrk(name, " =\t\n"))
		return INVALID;
	s.name = arena_str(w->arena, name);
	c->stratum = (uint32_t)w->out->strata_count;
	w->out->strata[w->out->strata_count++] = s;
	return OK;
}

static int make_strata(struct work *w)
{
	for (size_t i = 0; i < w->in->cell_count; i++) {
		TRY(find_stratum(w, &w->in->cells[i]));
		w->out->strata[w->in->cells[i].stratum].members += w->in->cells[i].members;
	}
	for (uint32_t i = 0; i < w->out->strata_count; i++)
		w->kinds[w->out->strata[i].kind].count++;
	for (size_t k = 0; k < w->kind_count; k++) {
		w->kinds[k].strata = arena_array(w->arena, w->kinds[k].count, sizeof(uint32_t));
		w->kinds[k].count = 0;
	}
	for (uint32_t i = 0; i < w->out->strata_count; i++) {
		struct kind *k = &w->kinds[w->out->strata[i].kind];
		k->strata[k->count++] = i;
	}
	return OK;
}

/* ---- tiers: in rotation 0 for who must come and 1 for the rest, in rounds the visits so far ---- */

static uint32_t tier_of(const struct work *w, const struct kind *k, const struct cover_stratum *s)
{
	const struct cover_rule *r = &w->in->rules[k->lead];

	if (r->repeat == COVER_ROTATION)
		return s->step == r->left ? 0 : 1;
	return r->repeat == COVER_ROUNDS ? s->step : 0;
}

static uint64_t weight_of(const struct work *w, const struct kind *k, const struct cover_stratum *s)
{
	if (w->in->rules[k->lead].repeat == COVER_ROTATION)
		return s->members * s->step;
	return s->members;
}

static struct share tier_share(const struct work *w, const struct kind *k, uint32_t tier)
{
	struct share sum = { 0 };

	for (size_t i = 0; i < k->count; i++) {
		const struct cover_stratum *s = &w->out->strata[k->strata[i]];
		if (s->shut || tier_of(w, k, s) != tier)
			continue;
		sum.weight += weight_of(w, k, s);
		sum.room += s->members;
	}
	return sum;
}

static uint32_t last_tier(const struct work *w)
{
	uint32_t last = 1;

	for (size_t i = 0; i < w->out->strata_count; i++) {
		const struct cover_stratum *s = &w->out->strata[i];
		if (!s->shut && s->step > last)
			last = s->step;
	}
	return last;
}

/* Fills the first who would get more than the room; false if nobody would. */
static bool fill_one(uint64_t left, uint64_t sum, struct share *s, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (s[i].got >= s[i].room || left * s[i].weight / sum < s[i].room)
			continue;
		s[i].got = s[i].room;
		return true;
	}
	return false;
}

/* One unit to the largest remainder that has not had one yet, the earlier of equals; false if there is none. */
static bool deal_one(uint64_t left, uint64_t sum, struct share *s, size_t count)
{
	size_t best = count;
	uint64_t most = 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t rest = left * s[i].weight % sum;

		if (s[i].got == left * s[i].weight / sum && rest > most && s[i].got < s[i].room) {
			most = rest;
			best = i;
		}
	}
	if (best == count)
		return false;
	s[best].got++;
	return true;
}

/*
 * Deals total out by weight, never more than the room: who would get too much is filled first. The units
 * left over go to the largest remainders, the earlier one of equals.
 */
static void deal(uint64_t total, struct share *s, size_t count)
{
	uint64_t sum, left, given = 0;

	do {
		sum = 0;
		left = total;
		for (size_t i = 0; i < count; i++) {
			sum += s[i].got < s[i].room ? s[i].weight : 0;
			left -= s[i].got < s[i].room ? 0 : s[i].room;
		}
		if (sum == 0 || left == 0)
			return;
	} while (fill_one(left, sum, s, count));
	for (size_t i = 0; i < count; i++)
		if (s[i].got < s[i].room)
			given += s[i].got = left * s[i].weight / sum;
	while (given < left && deal_one(left, sum, s, count))
		given++;
}

/* Gives `total` to the kinds that this rule leads, tier by tier; returns what no room was found for. */
static uint64_t deal_kinds(struct work *w, uint32_t rule, uint64_t total)
{
	struct share *s = arena_array(w->arena, w->kind_count, sizeof(*s));
	uint32_t last = last_tier(w);

	for (size_t k = 0; k < w->kind_count; k++)
		if (w->kinds[k].lead == rule)
			w->kinds[k].total = 0;
	for (uint32_t tier = 0; tier <= last && total > 0; tier++) {
		uint64_t room = 0;
		for (size_t k = 0; k < w->kind_count; k++) {
			s[k] = w->kinds[k].lead == rule ? tier_share(w, &w->kinds[k], tier)
							: (struct share){ 0 };
			room += s[k].room;
		}
		deal(total < room ? total : room, s, w->kind_count);
		for (size_t k = 0; k < w->kind_count; k++)
			w->kinds[k].total += s[k].got;
		total -= total < room ? total : room;
	}
	for (size_t k = 0; k < w->kind_count; k++)
		if (w->kinds[k].lead == rule && w->kinds[k].total < w->kinds[k].floor)
			w->kinds[k].total = w->kinds[k].floor;
	return total;
}

static uint64_t kind_room(const struct work *w, const struct kind *k)
{
	uint64_t room = 0;

	for (size_t i = 0; i < k->count; i++)
		room += w->out->strata[k->strata[i]].shut ? 0
							  : w->out->strata[k->strata[i]].members;
	return room;
}

/* What rotation asks of a rule's own kinds: who must come, and the even share of the others. */
static uint64_t rotation_asks(const struct work *w, uint32_t rule)
{
	const struct cover_rule *r = &w->in->rules[rule];
	uint64_t certain = 0, owed = 0;

	if (r->repeat != COVER_ROTATION)
		return 0;
	for (size_t k = 0; k < w->kind_count; k++)
		if (w->kinds[k].lead == rule) {
			certain += tier_share(w, &w->kinds[k], 0).room;
			owed += tier_share(w, &w->kinds[k], 1).weight;
		}
	return certain + divide_up(owed, r->left);
}

/* Drawn members of a rule in kinds of rules ranked before `rank`. */
static uint64_t drawn_before(const struct work *w, uint32_t rule, uint32_t rank)
{
	uint64_t sum = 0;

	for (size_t k = 0; k < w->kind_count; k++)
		if (has(w->kinds[k].rules, rule) && w->rank[w->kinds[k].lead] < rank)
			sum += w->kinds[k].total;
	return sum;
}

/* Raises floors of earlier kinds that the rule shares by `missing` together; returns what is still missing. */
static uint64_t raise(struct work *w, uint32_t rule, uint64_t missing)
{
	struct share *s = arena_array(w->arena, w->kind_count, sizeof(*s));
	uint64_t room = 0;

	for (size_t k = 0; k < w->kind_count; k++) {
		const struct kind *kind = &w->kinds[k];
		if (!has(kind->rules, rule) || kind->lead == rule)
			continue;
		s[k].room = s[k].weight = kind_room(w, kind) - kind->total;
		room += s[k].room;
	}
	uint64_t raised = missing < room ? missing : room;
	deal(raised, s, w->kind_count);
	for (size_t k = 0; k < w->kind_count; k++)
		if (s[k].got)
			w->kinds[k].floor = w->kinds[k].total + s[k].got;
	return missing - raised;
}

/* One round over all rules; true if floors rose and another round is due. */
static bool settle_rules(struct work *w)
{
	for (size_t k = 0; k < w->in->rule_count; k++) {
		uint32_t rule = w->order[k];
		struct cover_sum *sum = &w->out->sums[rule];
		uint64_t need = w->in->rules[rule].need, have = drawn_before(w, rule, (uint32_t)k);
		uint64_t rest = need > have ? need - have : 0, asks = rotation_asks(w, rule);
		sum->asked = have + asks > need ? have + asks : need;
		uint64_t missing = deal_kinds(w, rule, rest > asks ? rest : asks);
		sum->missing = missing;
		if (missing == 0)
			continue;
		sum->missing = raise(w, rule, missing);
		if (sum->missing < missing)
			return true;
	}
	return false;
}

/* ---- a kind's total over its strata ---- */

/* The strata of a tier that is not drawn whole: quota lines for who is filled, weights for the rest. */
static void split_tier(struct work *w, struct kind *k, uint32_t tier, uint64_t total)
{
	for (bool again = true; again;) {
		uint64_t sum = 0;
		again = false;
		for (size_t i = 0; i < k->count; i++) {
			struct cover_stratum *s = &w->out->strata[k->strata[i]];
			if (s->shut || tier_of(w, k, s) != tier || s->least == s->members)
				continue;
			s->weight = weight_of(w, k, s);
			sum += s->weight;
		}
		for (size_t i = 0; i < k->count && !again; i++) {
			struct cover_stratum *s = &w->out->strata[k->strata[i]];
			if (s->weight == 0)
				continue;
			s->least = total * s->weight / sum;
			s->most = s->least + (total * s->weight % sum > 0);
			again = s->most > s->members || s->least == s->members;
			if (again) {
				s->least = s->most = s->members;
				s->weight = 0;
				total -= s->members;
			}
		}
		for (size_t i = 0; again && i < k->count; i++) {
			struct cover_stratum *s = &w->out->strata[k->strata[i]];
			if (s->weight)
				s->least = s->most = s->weight = 0;
		}
	}
}

static void settle_kind(struct work *w, struct kind *k)
{
	uint64_t left = k->total;
	uint32_t last = last_tier(w);

	for (uint32_t tier = 0; tier <= last && left > 0; tier++) {
		struct share all = tier_share(w, k, tier);
		if (left < all.room) {
			split_tier(w, k, tier, left);
			return;
		}
		for (size_t i = 0; i < k->count; i++) {
			struct cover_stratum *s = &w->out->strata[k->strata[i]];
			if (!s->shut && tier_of(w, k, s) == tier)
				s->least = s->most = s->members;
		}
		left -= all.room;
	}
}

/* What is left over of a kind's total goes to the largest remainders of its split. */
static void deal_usual(struct work *w, struct kind *k)
{
	struct share *s = arena_array(w->arena, k->count + 1, sizeof(*s));
	uint64_t total = k->total;

	for (size_t i = 0; i < k->count; i++) {
		const struct cover_stratum *one = &w->out->strata[k->strata[i]];
		s[i] = (struct share){ one->weight, one->weight ? one->members : 0, 0 };
		total -= one->weight ? 0 : one->least;
	}
	deal(total, s, k->count);
	for (size_t i = 0; i < k->count; i++) {
		struct cover_stratum *one = &w->out->strata[k->strata[i]];
		one->usual = one->weight ? s[i].got : one->least;
	}
}

/* ---- rules.txt ---- */

static void write_head(const struct work *w, struct buf *out)
{
	const struct cover_general *g = w->in->general;
	const struct cover_team *t = g->teams;

	buf_printf(out, "team %u %u %u\n", t->need, t->senior, t->junior);
	for (size_t i = 0; i < w->out->strata_count; i++) {
		const struct cover_stratum *s = &w->out->strata[i];
		if (s->team)
			buf_printf(out, "team %u %u %u %s\n", t[s->team].need, t[s->team].senior,
				   t[s->team].junior, s->name);
	}
	if (g->bundle)
		buf_printf(out, "bundle %u\n", g->bundle);
	if (g->relax & PLAN_RELAX_ROTATION)
		buf_str(out, "relax rotation\n");
	if (g->relax & PLAN_RELAX_SECOND)
		buf_str(out, "relax second\n");
	if (g->relax & PLAN_RELAX_LIMIT)
		buf_str(out, "relax limit\n");
}

static void write_kind(const struct work *w, const struct kind *k, struct buf *out)
{
	uint64_t total = k->total;
	size_t split = 0;

	for (size_t i = 0; i < k->count; i++) {
		const struct cover_stratum *s = &w->out->strata[k->strata[i]];
		split += s->weight > 0;
		if (s->weight == 0) {
			buf_printf(out, "quota %s %llu\n", s->name, (unsigned long long)s->least);
			total -= s->least;
		}
	}
	if (split == 0)
		return;
	if (split > 1)
		buf_printf(out, "split %s %llu", k->label, (unsigned long long)total);
	for (size_t i = 0; i < k->count; i++) {
		const struct cover_stratum *s = &w->out->strata[k->strata[i]];
		if (s->weight && split > 1)
			buf_printf(out, " %s=%llu", s->name, (unsigned long long)s->weight);
		else if (s->weight)
			buf_printf(out, "quota %s %llu", s->name, (unsigned long long)total);
	}
	buf_char(out, '\n');
}

static void sum_up(struct work *w)
{
	w->out->met = true;
	for (size_t k = 0; k < w->kind_count; k++)
		w->out->drawn += w->kinds[k].total;
	for (size_t r = 0; r < w->in->rule_count; r++) {
		struct cover_sum *sum = &w->out->sums[r];
		for (size_t k = 0; k < w->kind_count; k++)
			sum->drawn += has(w->kinds[k].rules, r) ? w->kinds[k].total : 0;
		for (size_t i = 0; i < w->out->strata_count; i++) {
			const struct cover_stratum *s = &w->out->strata[i];
			if (!has(s->rules, r))
				continue;
			sum->room += s->shut ? 0 : s->members;
			sum->held += s->step == STEP_SHUT ? s->members : 0;
		}
		sum->turned = sum->members - sum->room - sum->held;
		w->out->met = w->out->met && sum->missing == 0;
	}
}

int plan_cover(const struct cover_input *in, struct arena *a, struct cover *ret)
{
	CLEANUP(buf_release) struct buf text = { 0 };
	struct cover c = { 0 };
	struct work w = { .in = in, .arena = a, .out = &c };

	if (in->rule_count > COVER_RULES_MOST)
		return TOO_LARGE;
	c.sums = arena_array(a, in->rule_count + 1, sizeof(*c.sums));
	c.strata = arena_array(a, COVER_STRATA_MOST, sizeof(*c.strata));
	w.kinds = arena_array(a, COVER_KINDS_MOST, sizeof(*w.kinds));
	w.order = arena_array(a, in->rule_count + 1, sizeof(*w.order));
	w.rank = arena_array(a, in->rule_count + 1, sizeof(*w.rank));
	count_members(&w);
	order_rules(&w);
	TRY(make_strata(&w));
	while (settle_rules(&w))
		;
	buf_init(&text, RULES_TEXT_MOST);
	write_head(&w, &text);
	for (size_t k = 0; k < w.kind_count; k++) {
		settle_kind(&w, &w.kinds[k]);
		deal_usual(&w, &w.kinds[k]);
		write_kind(&w, &w.kinds[k], &text);
	}
	TRY(buf_check(&text));
	sum_up(&w);
	c.rules = arena_mem(a, text.data, text.len);
	c.len = text.len;
	*ret = c;
	return OK;
}
