/* app/demo_quarter.c — every step by its use case; a day's visits in one transaction, each with its entry. */
#include "app/demo_quarter.h"

#include "app/ledger_basis.h"
#include "app/life_change.h"
#include "app/life_freeze.h"
#include "app/life_list.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_run.h"
#include "app/life_visit.h"
#include "app/plan_period.h"
#include "base/clock.h"
#include "base/cleanup.h"
#include "base/status.h"

#include <string.h>
#include <unistd.h>

enum {
	DAY_MS = 86400000,
	HOUR_MS = 3600000,
	MINUTE_MS = 60000,
	ZONE_HOURS = 8,
	DICE = 20,
	PARTS = 3,
	BATCH = 100,
	VISITS_MOST = 1000000,
	DAY_TEXT = 10
};

static const struct {
	const char *period, *draw_day;
	const char *days[PARTS]; /* when the visits are made */
	const char *reveal;      /* NULL: not yet */
} quarters[DEMO_QUARTERS] = {
	{ "2026-Q1",
	  "2026-01-13",
	  { "2026-01-29", "2026-02-26", "2026-03-27" },
	  "2026-03-31T09:00" },
	{ "2026-Q2",
	  "2026-04-09",
	  { "2026-04-28", "2026-05-28", "2026-06-26" },
	  "2026-06-30T09:00" },
	{ "2026-Q3",
	  "2026-07-09",
	  { "2026-07-29", "2026-08-27", "2026-09-28" },
	  "2026-09-30T09:00" },
	{ "2026-Q4", "2026-10-13", { "2026-10-29", "2026-11-26", "2026-12-29" }, NULL },
};

/* How many of a quarter's visits are made by the end of each month, in percent. */
static const uint32_t complete[PARTS] = { 40, 75, 100 };

void demo_act_as(struct demo_acts *d, const char *actor, const char *now)
{
	char text[DAY_TEXT + 1] = { 0 };
	int64_t day = 0;

	memcpy(text, now, DAY_TEXT);
	if (clock_parse_day(text, &day) != OK)
		return;
	int64_t hour = (now[11] - '0') * 10 + now[12] - '0';
	int64_t minute = (now[14] - '0') * 10 + now[15] - '0';
	d->office->actor = actor;
	d->office->fixed_now = day * DAY_MS + (hour - ZONE_HOURS) * HOUR_MS + minute * MINUTE_MS;
}

static void act_on(struct demo_acts *d, const char *actor, const char *day, const char *hour)
{
	demo_act_as(d, actor, arena_printf(d->arena, "%sT%s", day, hour));
}

static int tell(struct demo_acts *d, const char *step, uint64_t done, uint64_t total)
{
	bool go_on = !d->in->progress || d->in->progress(d->in->progress_arg, step, done, total);

	return go_on ? OK : CANCELLED;
}

/* ---- the draw ---- */

static int freeze(struct demo_acts *d, const char *day)
{
	const char *entropy = arena_printf(d->arena, "dice %dd10 hall %sT14:00", DICE, day);
	const char *slips = arena_printf(d->arena, "%s/%s.pdf", d->in->folder, d->draw);
	const struct life_freeze in = { .draw = d->draw,
					.entropy = &entropy,
					.entropy_count = 1,
					.escrow = slips,
					.lists = plan_period_lists,
					.basis = ledger_basis,
					.progress = d->in->progress,
					.progress_arg = d->in->progress_arg };
	struct life_frozen frozen;

	act_on(d, "张三", day, "10:00");
	TRY(life_freeze(d->office, &in, d->notes, &frozen));
	act_on(d, "王五", day, "10:30");
	TRY(life_hold(d->office, d->arena, d->draw, "discipline", NULL));
	act_on(d, "钱七", day, "10:30");
	TRY(life_hold(d->office, d->arena, d->draw, "archive", NULL));
	return unlink(slips) == 0 ? OK : IO_ERROR; /* printed and put into envelopes */
}

static int roll(struct demo_acts *d, const char *day)
{
	char digits[DICE + 1] = { 0 };
	const struct sheet_opened value = { NULL, digits };
	const struct life_run in = { .draw = d->draw,
				     .values = &value,
				     .value_count = 1,
				     .progress = d->in->progress,
				     .progress_arg = d->in->progress_arg };
	struct draw_row row;

	for (int i = 0; i < DICE; i++)
		digits[i] = (char)('0' + demo_below(&d->random, 10));
	act_on(d, "张三", day, "14:10");
	TRY(life_run(d->office, &in, d->notes, &row));
	d->done->draws++;
	d->done->visits += (uint64_t)row.drawn;
	return OK;
}

static int draw(struct demo_acts *d, const char *period, const char *day)
{
	const struct life_prepare in = {
		.plan = d->done->plan, .period = period, .pool = PLAN_POOL_DAILY, .kind = "random"
	};
	struct draw_row row;

	act_on(d, "张三", day, "09:00");
	TRY(life_prepare(d->office, d->arena, &in, &row));
	d->draw = row.id;
	act_on(d, "李四", day, "09:30");
	TRY(life_approve(d->office, d->arena, d->draw, "legal"));
	TRY(freeze(d, day));
	return roll(d, day);
}

/* ---- visits ---- */

struct batch {
	struct demo_acts *acts;
	const struct life_visit_shown *list;
	size_t count;
	bool done;
};

static int step_one(struct demo_acts *d, struct arena *a, const struct life_visit_shown *v,
		    bool done)
{
	struct life_site site;

	for (size_t i = 0; i < v->team_count; i++)
		if (v->team[i].lead)
			d->office->actor = v->team[i].inspector;
	return done ? life_done(d->office, a, v->row.id, 0, false)
		    : life_accept(d->office, a, v->row.id, d->office->actor, &site);
}

static int step_batch(struct db *db, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	const struct batch *b = arg;

	(void)db;
	arena_init(&a);
	for (size_t i = 0; i < b->count; i++)
		TRY(step_one(b->acts, &a, &b->list[i], b->done));
	return OK;
}

static int step_all(struct demo_acts *d, const struct life_visit_shown *list, size_t count,
		    bool done)
{
	for (size_t i = 0; i < count; i += BATCH) {
		struct batch b = { d, list + i, count - i < BATCH ? count - i : BATCH, done };
		TRY(office_write(d->office, step_batch, &b));
		TRY(tell(d, done ? "登记检查" : "接收任务", i + b.count, count));
	}
	return OK;
}

static int visits_in(struct demo_acts *d, const char *state, struct life_visit_shown **ret,
		     size_t *count)
{
	const struct life_visits_ask ask = { .draw = d->draw, .state = state, .most = VISITS_MOST };

	return life_visits(d->office, d->arena, &ask, ret, count);
}

/* A unit that is gone, a member who is ill; where nobody may come instead, it stays as it is. */
static int change_some(struct demo_acts *d, const struct life_visit_shown *list, size_t count)
{
	char digest[OFFICE_DIGEST];
	struct life_changed changed;

	if (count < 2)
		return OK;
	office_digest("现场照片", strlen("现场照片"), digest);
	const struct life_change in[] = {
		{ .kind = LIFE_RESERVE,
		  .visit = list[0].row.id,
		  .evidence = digest,
		  .approver = "局长",
		  .second = "王五",
		  .reason = "厂房已拆除（演示）" },
		{ .kind = LIFE_ILLNESS,
		  .visit = list[1].row.id,
		  .member = list[1].team[0].inspector,
		  .approver = "局长",
		  .reason = "住院（演示）" },
	};
	d->office->actor = "张三";
	for (size_t i = 0; i < COUNT(in); i++) {
		int rc = life_change(d->office, d->arena, &in[i], &changed);
		if (rc != OK && rc != NONE)
			return rc;
	}
	return OK;
}

/* Accepts and makes what is due by the end of a month. */
static int make_visits(struct demo_acts *d, const char *day, uint64_t total, uint32_t percent)
{
	struct life_visit_shown *list;
	size_t count;

	act_on(d, "张三", day, "09:00");
	TRY(visits_in(d, "planned", &list, &count));
	if (percent < 100) {
		uint64_t left = total * (100 - percent) / 100;
		TRY(change_some(d, list, count));
		TRY(visits_in(d, "planned", &list, &count));
		count = count > left ? count - left : 0;
	}
	TRY(step_all(d, list, count, false));
	act_on(d, "张三", day, "17:00");
	TRY(visits_in(d, "accepted", &list, &count));
	d->done->made += count;
	return step_all(d, list, count, true);
}

int demo_quarter(struct demo_acts *d, unsigned quarter)
{
	uint64_t before = d->done->visits;
	struct draw_row row;

	TRY(tell(d, quarters[quarter].period, quarter, DEMO_QUARTERS));
	TRY(draw(d, quarters[quarter].period, quarters[quarter].draw_day));
	for (size_t i = 0; i < PARTS; i++)
		TRY(make_visits(d, quarters[quarter].days[i], d->done->visits - before,
				complete[i]));
	if (!quarters[quarter].reveal)
		return OK;
	demo_act_as(d, "张三", quarters[quarter].reveal);
	return life_reveal(d->office, d->arena, d->draw, NULL, &row);
}
