/* app/plan_period.c — a counting pass, then a writing pass. */
#include "app/plan_period.h"

#include "app/plan_campaign.h"
#include "app/plan_capacity.h"
#include "app/plan_draw.h"
#include "app/plan_extra.h"
#include "app/plan_milestone.h"
#include "app/plan_certificates.h"
#include "app/plan_people.h"
#include "app/plan_tsv.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { REVEAL_DAYS = 15, LINE_MOST = 65536 };

static const size_t LIST_MOST = (size_t)4 << 30, CONFLICTS_MOST = (size_t)1 << 30;

struct writing {
	const struct plan_scene *scene;
	const struct plan_draw *draw;
	struct plan_people people;
	struct plan_period_lists *to;
	struct buf objects, matters, conflicts;
	uint32_t *found; /* scratch: matters of a site */
	size_t waiting_size, capped_size;
};

/* What was written so far, which may be much: the arena has it from here on. */
static int keep(const struct writing *w, struct buf *b, struct span *ret)
{
	TRY(buf_check(b));
	*ret = (struct span){ arena_mem(w->scene->notes->arena, buf_text(b), b->len), b->len };
	buf_release(b);
	return OK;
}

/* ---- objects and matters ---- */

/* Matters that lines add to a site's own; a campaign's stand alone. */
static void add_line_matters(struct writing *w, const struct plan_scanned *s, size_t count)
{
	const struct plan_asks *asks = &w->draw->asks;
	bool any = count > 0;

	for (size_t i = 0; i < asks->count; i++) {
		struct span list, item;
		if (!asks->list[i].line || !(s->asks >> i & 1))
			continue;
		list = span_of(asks->list[i].line->matters);
		while (registry_item(&list, &item)) {
			bool known = false;
			for (size_t k = 0; k < count; k++)
				known |= span_equal(w->scene->matters.list[w->found[k]].id, item);
			if (known || item.len == 0)
				continue;
			if (any)
				buf_char(&w->matters, ',');
			buf_add(&w->matters, item.at, item.len);
			any = true;
		}
	}
}

static bool campaign_alone(const struct writing *w)
{
	const struct plan_asks *asks = &w->draw->asks;

	return strcmp(asks->pool, PLAN_POOL_DAILY) != 0 && *asks->list[0].line->matters;
}

static void write_matters(struct writing *w, const struct plan_scanned *s, size_t count)
{
	struct span id = s->site->text[SITE_ID];

	buf_add(&w->matters, id.at, id.len);
	buf_char(&w->matters, '\t');
	for (size_t i = 0; i < count; i++) {
		struct span matter = w->scene->matters.list[w->found[i]].id;
		if (i)
			buf_char(&w->matters, ',');
		buf_add(&w->matters, matter.at, matter.len);
	}
	add_line_matters(w, s, count);
	buf_char(&w->matters, '\n');
}

static void add_id(struct arena *a, struct span id, const char ***list, size_t *count, size_t *size)
{
	if (*count == *size) {
		*size = *size ? *size * 2 : 64;
		const char **more = arena_array(a, *size, sizeof(*more));
		if (*count)
			memcpy(more, *list, *count * sizeof(*more));
		*list = more;
	}
	(*list)[(*count)++] = arena_mem(a, id.at, id.len);
}

/* Who waits is of a stratum that draws none until its visit ends (spec 5.2). */
static void add_held(struct writing *w, const struct plan_scanned *s)
{
	struct plan_period_lists *to = w->to;
	struct arena *a = w->scene->notes->arena;
	const struct span id = s->site->text[SITE_ID];

	if (s->pending || s->sealed)
		add_id(a, id, &to->waiting, &to->waiting_count, &w->waiting_size);
	else if (s->capped)
		add_id(a, id, &to->capped, &to->capped_count, &w->capped_size);
}

static int write_site(void *arg, const struct plan_scanned *s)
{
	struct writing *w = arg;
	const struct span *t = s->site->text;

	if (s->asks == 0)
		return OK;
	add_held(w, s);
	const struct cover_cell *cell = plan_cells_find(&w->draw->cells, s);
	if (!cell)
		return CONFLICT;
	size_t count =
		plan_matters_of(&w->scene->matters, t[SITE_MATTERS], s->site->kind, w->found);
	struct span skill = plan_skill_of(&w->scene->matters, s->site);
	const struct span cells[] = {
		t[SITE_ID],       span_of(w->draw->cover.strata[cell->stratum].name),
		t[SITE_NAME],     t[SITE_COUNTY],
		t[SITE_TOWNSHIP], skill
	};
	plan_tsv_add(&w->objects, cells, COUNT(cells));
	write_matters(w, s, campaign_alone(w) ? 0 : count);
	plan_recusals_match(&w->people.recusals, s->site, &w->conflicts);
	w->to->object_count++;
	w->to->held += cell->held;
	return w->objects.full || w->matters.full || w->conflicts.full ? TOO_LARGE : OK;
}

static int write_sites(struct writing *w)
{
	struct plan_scan_sum sum;
	struct plan_asks asks = w->draw->asks;

	TRY(plan_scan(w->scene, &asks, false, write_site, w, &sum));
	TRY(keep(w, &w->objects, &w->to->objects));
	return keep(w, &w->matters, &w->to->matters);
}

/* ---- the small files ---- */

static int write_inspectors(struct writing *w)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, CONFLICTS_MOST);
	for (size_t i = 0; i < w->people.count; i++) {
		const struct plan_person *p = &w->people.list[i];
		char limit[24], base[24];
		snprintf(limit, sizeof(limit), "%u", p->limit);
		snprintf(base, sizeof(base), "%u", p->base);
		const struct span cells[] = { p->id,          p->senior ? SPAN("S") : SPAN("J"),
					      span_of(limit), span_of(base),
					      p->scopes,      p->skills };
		plan_tsv_add(&out, cells, COUNT(cells));
	}
	w->to->inspector_count = w->people.count;
	return keep(w, &out, &w->to->inspectors);
}

static int write_conflicts(struct writing *w)
{
	uint64_t count;

	w->to->conflicts = plan_recusals_lines(&w->conflicts, w->scene->notes, &count);
	w->to->conflict_count = count;
	return plan_recusals_note_unused(&w->people.recusals, w->scene->sites, w->scene->notes);
}

/* ---- what a draw is told beside the files ---- */

static const char *basis_of(const struct plan_scene *s, const struct plan_asks *asks)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, LINE_MOST);
	for (size_t i = 0; i < asks->count; i++) {
		const char *law = asks->list[i].law;
		bool told = *law == 0;
		for (size_t k = 0; k < i && !told; k++)
			told = strcmp(asks->list[k].law, law) == 0;
		if (!told)
			buf_printf(&out, "%s%s", out.len ? "；" : "", law);
	}
	return arena_str(s->notes->arena, buf_text(&out));
}

static void fill_facts(const struct plan_scene *s, const struct plan_draw *d,
		       struct plan_period_lists *to)
{
	const struct plan_asks *asks = &d->asks;
	const struct plan_span *period = &asks->period;
	uint32_t draw_by = s->set.milestones.draw_by;
	uint32_t reveal_days = s->set.milestones.reveal_days;

	to->title = arena_printf(s->notes->arena, "%s（%s）", s->version.title, asks->period_text);
	to->authority = s->version.authority;
	to->body = s->plan.body;
	to->area = s->version.area;
	to->basis = basis_of(s, asks);
	to->from = period->from;
	to->to = period->to;
	to->draw_by = draw_by ? period->from + draw_by - 1 : period->to;
	to->draw_by += plan_extension_days(s, asks->period_text, "draw");
	to->until = period->to + plan_extension_days(s, asks->period_text, "visits");
	/* An extension of visits does not move it: who asks for one could put off the publication. Only what is drawn in
	 * one, when the extension is known and settled, is not to be revealed before it can be visited. */
	to->reveal_by = (s->day > period->to ? to->until : period->to) +
			(reveal_days ? reveal_days : REVEAL_DAYS);
	to->plan_version = s->version.version;
	to->drawn = d->cover.drawn;
	to->uncovered = d->sum.uncovered;
}

static void fill_strata(const struct plan_scene *s, const struct plan_draw *d,
			struct plan_period_lists *to)
{
	const size_t count = d->cover.strata_count;
	struct plan_stratum *list = arena_array(s->notes->arena, count + 1, sizeof(*list));

	for (size_t i = 0; i < count; i++)
		list[i] = (struct plan_stratum){ d->cover.strata[i].name, d->cover.strata[i].kind,
						 d->cover.strata[i].must };
	to->strata = list;
	to->strata_count = count;
}

static void fill_covered(const struct plan_scene *s, const struct plan_draw *d,
			 struct plan_period_lists *to)
{
	struct arena *a = s->notes->arena;

	to->covered = arena_array(a, d->asks.count + 1, sizeof(*to->covered));
	for (size_t i = 0; i < d->asks.count; i++) {
		const struct plan_ask *ask = &d->asks.list[i];
		const struct cover_sum *sum = &d->cover.sums[i];
		to->covered[to->covered_count++] = (struct plan_covered){
			.rule = ask->id,
			.name = ask->title,
			.pool = arena_str(a, d->asks.pool),
			.period = arena_str(a, d->asks.period_text),
			.members = sum->members,
			.need = ask->need,
			.drawn = sum->drawn,
			.sentence = plan_ask_sentence(a, ask, sum->drawn),
		};
		plan_note(s->notes, PLAN_INFO, "%s", to->covered[i].sentence);
	}
}

/* The odds page says how many cannot be drawn, and how many are drawn for certain (spec/draw.md 6). */
static void tell_sure(const struct plan_scene *s, const struct plan_draw *d)
{
	const struct plan_sure sure = plan_sure_of(s, d);
	const char *words = plan_sure_sentence(&sure, s->notes->arena);

	if (words)
		plan_note(s->notes, PLAN_INFO, "%s。", words);
}

/* Visits can only be made until the period's end, or until what was agreed beyond it. */
static bool period_over(const struct plan_scene *s, const struct plan_draw *d)
{
	if (!plan_period_ended(s, &d->asks.period))
		return false;
	plan_note(s->notes, PLAN_REFUSED,
		  "%s 已经结束，现在抽出来也没有时间检查了。请抽本期的；"
		  "还没有抽过、确实要补的，先用 plan extend 延长这一期的检查，由另一人批准。",
		  d->asks.period_text);
	return true;
}

static bool drawn_alone(const struct plan_draw *d)
{
	return strcmp(d->asks.pool, PLAN_POOL_DAILY) != 0;
}

/* Whether it can be drawn at all would tell who waits for another draw's visit. */
static void tell_few(const struct plan_scene *s, const struct plan_ask *ask)
{
	plan_note(
		s->notes, PLAN_REFUSED,
		"“%s”的范围不到 %d 家，还有检查任务没有做完：这时抽得出抽不出，会让人看出哪一家已经被"
		"抽中。请放宽范围，或等检查任务都做完再抽。",
		ask->title, PLAN_FEW);
}

static bool draws_nobody(const struct plan_scene *s, const struct plan_draw *d)
{
	if (d->cells.count == 0 || d->cover.drawn > 0)
		return false;
	plan_note(s->notes, PLAN_REFUSED,
		  "这一次一家也不用抽：要查的家数已经查够，或者正等着检查。请不要锁定，"
		  "取消这次抽取（mingqian draw cancel）；要多查的，改计划的目标再编一版。");
	return true;
}

/*
 * Whether a minimum falls short only because of who waits is told to nobody: a refusal would answer who asks with one
 * site more or less. What there is is drawn, and the reveal shows how many. A draw of nobody cannot be made.
 */
static int check_inside(const struct plan_scene *s, const struct plan_draw *d)
{
	if (d->cover.drawn > 0)
		return OK;
	plan_note(s->notes, PLAN_REFUSED,
		  "能抽的单位都正等着检查。请等检查任务做完再抽，或放宽范围。");
	return INVALID;
}

/* What stands in the way of this draw. */
static int check_draw(const struct plan_scene *s, const struct plan_draw *d)
{
	bool wrong = !d->cover.met || period_over(s, d);

	for (size_t i = 0; i < d->asks.count; i++) {
		const struct plan_ask *ask = &d->asks.list[i];
		const struct cover_sum *sum = &d->cover.sums[i];
		const char *mend, *unset = plan_ask_unset(s, ask, &mend);
		if (unset) {
			plan_note(s->notes, PLAN_REFUSED, "%s。%s", unset, mend);
			wrong = true;
		}
		if (ask->small && drawn_alone(d) && !d->asks.joint) {
			tell_few(s, ask);
			return INVALID;
		}
		if (sum->missing && ask->small)
			plan_note(s->notes, PLAN_REFUSED, "“%s”不到 %d 家，本期抽不满。",
				  ask->title, PLAN_FEW);
		else if (sum->missing)
			plan_note(
				s->notes, PLAN_REFUSED,
				"“%s”做不到：%s。能抽的只有 %llu 家（%llu 家已到年度上限或正在另一次"
				"抽查中，%llu 家轮不到），还缺 %llu 家。请看 plan check 列出的办法。",
				ask->title, plan_ask_sentence(s->notes->arena, ask, sum->drawn),
				(unsigned long long)sum->room, (unsigned long long)sum->held,
				(unsigned long long)sum->turned, (unsigned long long)sum->missing);
	}
	wrong = wrong || draws_nobody(s, d);
	if (d->cells.count == 0 || d->asks.count == 0) {
		plan_note(
			s->notes, PLAN_REFUSED,
			"这一期没有可抽的单位或没有生效的规则。请核对名录、计划的区域和规则集的期限。");
		wrong = true;
	}
	return wrong ? INVALID : OK;
}

static int write_all(struct writing *w)
{
	w->to->rules = (struct span){ w->draw->cover.rules, w->draw->cover.len };
	TRY(write_sites(w));
	TRY(write_inspectors(w));
	return write_conflicts(w);
}

/* 62^16: nobody tries them all. */
static const char *random_word(struct arena *a)
{
	static const char letters[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	char *word = arena_alloc(a, COVER_WORD + 1);

	for (int i = 0; i < COVER_WORD; i++)
		word[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	word[COVER_WORD] = 0;
	return word;
}

/*
 * Two draws: `told` from what anybody may know, which is judged and spoken of, and the one that is made, which leaves
 * out who waits.
 */
static int make(const struct plan_scene *told, const struct plan_period_ask *ask,
		struct plan_period_lists *ret)
{
	struct plan_scene *s = arena_alloc(told->notes->arena, sizeof(*s));
	struct plan_draw *d = arena_alloc(told->notes->arena, sizeof(*d));
	struct plan_draw *seen = arena_alloc(told->notes->arena, sizeof(*seen));
	struct plan_period_lists lists = { 0 };
	struct writing w = { .scene = s, .draw = d, .to = &lists };

	TRY(plan_draw_make(told, ask->period, ask->pool, NULL, NULL, seen));
	TRY(check_draw(told, seen));
	*s = *told;
	s->history = told->inside;
	s->word = told->history.secret ? random_word(told->notes->arena) : NULL;
	TRY(plan_draw_make(s, ask->period, ask->pool, NULL, NULL, d));
	TRY(check_inside(s, d));
	if (s->inspectors.len)
		TRY(plan_certificates(s->inspectors, s->day, s->notes));
	TRY(plan_people_read(s, &d->asks.period, 0, &w.people));
	int staffed = plan_pool_staffed(told, ask, &w.people);
	if (staffed != OK) {
		plan_recusals_release(&w.people.recusals);
		return staffed;
	}
	w.found = arena_array(s->notes->arena, s->matters.count + 1, sizeof(*w.found));
	buf_init(&w.objects, LIST_MOST);
	buf_init(&w.matters, LIST_MOST);
	buf_init(&w.conflicts, CONFLICTS_MOST);
	int rc = write_all(&w);
	buf_release(&w.objects);
	buf_release(&w.matters);
	buf_release(&w.conflicts);
	plan_recusals_release(&w.people.recusals);
	if (rc != OK)
		return rc;
	fill_facts(told, seen, &lists);
	fill_strata(s, d, &lists);
	fill_covered(told, seen, &lists);
	lists.blind = s->word != NULL;
	tell_sure(told, seen);
	lists.absent = w.people.absent;
	lists.absent_count = w.people.absent_count;
	*ret = lists;
	return OK;
}

int plan_period_lists(struct office *o, const struct plan_period_ask *ask, struct plan_notes *notes,
		      struct plan_period_lists *ret)
{
	const struct plan_scene_ask open = { ask->plan, PLAN_APPROVED, ask->day, true };
	struct plan_scene scene;
	struct plan_row plan;
	int rc = plan_scene_open(o, &open, notes, &scene);

	if (rc == NONE && plan_get(o->db, notes->arena, ask->plan, &plan) == DB_OK)
		return FORBIDDEN;
	if (rc != OK)
		return rc;
	rc = make(&scene, ask, ret);
	plan_scene_release(&scene);
	return rc;
}

struct span plan_period_matters(struct span file, struct span id)
{
	size_t low = 0, high = file.len;

	while (low < high) {
		size_t start = low + (high - low) / 2;
		while (start > low && file.at[start - 1] != '\n')
			start--;
		struct span rest = { file.at + start, high - start }, line, found;
		span_cut(&rest, '\n', &line);
		size_t end = (size_t)(line.at - file.at) + line.len + 1;
		span_cut(&line, '\t', &found);
		int order = span_compare(found, id);
		if (order == 0)
			return line;
		if (order < 0)
			low = end;
		else
			high = start;
	}
	return SPAN("");
}
