/* app/draw_entropy.c — see draw_entropy.h. */
#include "app/draw_entropy.h"

#include "base/clock.h"
#include "base/status.h"
#include "core/text.h"
#include "files/drand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	STAND_SECONDS = 600,
	BEIJING_SECONDS = 8 * 3600,
	DAY_SECONDS = 86400,
	STAND_MS = STAND_SECONDS * 1000,
	DAY_MS = DAY_SECONDS * 1000,
	ZONE_MS = BEIJING_SECONDS * 1000,
	MINUTE_MS = 60000,
	DAY_TEXT = 10,
	ISSUE_MOST = 9999999,
	PAUSE_DAYS =
		21 /* all pauses of a year: a spring festival and a national day take two weeks */
};

/* Pulses whose time is known; none of their chains came faster than one a period. */
static const struct known_pulse {
	uint64_t chain, index;
	int64_t seconds, period;
} known_pulses[] = {
	{ 1, 54610, 1535651040, 60 },
	{ 2, 1853311, 1783681320, 60 },
};

struct asking {
	struct arena *arena;
	struct declare_entropy entropy;
	const char *first, *last; /* of the selector */
	int64_t seconds;          /* now */
	int64_t now, announced;   /* milliseconds */
};

static struct draw_entropy answer(enum draw_entropy_age age, const char *words)
{
	return (struct draw_entropy){ age, words };
}

static const struct draw_entropy to_come = { DRAW_ENTROPY_TO_COME, NULL };

/* "2026-11-25 08:05（北京时间）" */
static const char *time_words(struct arena *a, int64_t seconds)
{
	char day[CLOCK_DAY];
	int64_t of_day = (seconds + BEIJING_SECONDS) % DAY_SECONDS;

	clock_day(seconds * 1000, day);
	return arena_printf(a, "%s %02d:%02d（北京时间）", day, (int)(of_day / 3600),
			    (int)(of_day / 60 % 60));
}

/* By what was announced; earliest: before this it certainly does not come. name: what it is called. */
static struct draw_entropy of_word(const struct asking *q, const char *name, int64_t earliest)
{
	if (q->announced < q->now + STAND_MS)
		return answer(DRAW_ENTROPY_PAST,
			      arena_printf(q->arena,
					   "%s公告的时间 %s 已经过去，或者离锁定不满 10 分钟："
					   "请改用以后的一期",
					   name, time_words(q->arena, q->announced / 1000)));
	if (q->announced < earliest)
		return answer(
			DRAW_ENTROPY_PAST,
			arena_printf(q->arena,
				     "%s最早要到 %s 才产生，公告的时间 %s 对不上：请查对编号和公告",
				     name, time_words(q->arena, earliest / 1000),
				     time_words(q->arena, q->announced / 1000)));
	if (q->now + STAND_MS <= earliest)
		return to_come;
	return answer(
		DRAW_ENTROPY_WORD,
		arena_printf(q->arena,
			     "%s在 %s 产生，只凭办理人所写的公告时间，系统无法核实；它记入锁定的"
			     "记录，请见证人对照公告核对",
			     name, time_words(q->arena, q->announced / 1000)));
}

static struct draw_entropy of_drand(const struct asking *q)
{
	uint64_t round = strtoull(q->last, NULL, 10);
	const char *name = arena_printf(q->arena, "drand 第 %s 轮", q->last);
	int64_t due;

	if (!drand_time(q->first, round, &due)) {
		if (q->announced)
			return of_word(q, name, 0);
		return answer(DRAW_ENTROPY_ASKS, arena_printf(q->arena,
							      "%s的时刻推算不出；请确认它在将来，"
							      "至少晚于登记 10 分钟",
							      name));
	}
	if (due >= q->seconds + STAND_SECONDS)
		return to_come;
	return answer(DRAW_ENTROPY_PAST,
		      arena_printf(q->arena,
				   "drand 第 %s 轮在 %s 产生，已经过去或不到 10 分钟；"
				   "锁定要比随机数至少早 10 分钟，请换一个以后的轮次",
				   q->last, time_words(q->arena, due)));
}

static struct draw_entropy of_nist(const struct asking *q)
{
	uint64_t chain = strtoull(q->first, NULL, 10), index = strtoull(q->last, NULL, 10);

	const struct known_pulse *known = NULL;

	for (size_t i = 0; i < COUNT(known_pulses); i++)
		if (known_pulses[i].chain == chain)
			known = &known_pulses[i];
	if (known && index <= known->index && q->seconds + STAND_SECONDS > known->seconds)
		return answer(DRAW_ENTROPY_PAST,
			      arena_printf(q->arena,
					   "NIST 第 %s 号脉冲早已产生；请换一个以后的脉冲",
					   q->last));
	int64_t earliest = 0;
	if (known && index > known->index && index < UINT64_C(1) << 40)
		earliest = known->seconds + (int64_t)(index - known->index) * known->period;
	if (q->announced)
		return of_word(q, arena_printf(q->arena, "NIST 第 %s 号脉冲", q->last),
			       earliest * 1000);
	if (earliest >= q->seconds + STAND_SECONDS)
		return to_come;
	return answer(DRAW_ENTROPY_ASKS,
		      arena_printf(q->arena,
				   "NIST 第 %s 号脉冲的时刻推算不准；请到 "
				   "https://beacon.nist.gov/beacon/2.0/chain/%s/pulse/last "
				   "查最新的脉冲号，确认它至少在 10 分钟以后",
				   q->last, q->first));
}

static int64_t day_of(int64_t seconds, char text[CLOCK_DAY])
{
	int64_t day = 0;

	clock_day(seconds * 1000, text);
	return clock_parse_day(text, &day) == OK ? day : 0;
}

/* How many draws a week the game has; 0: it is none. */
static int64_t draws_a_week(enum entropy_kind kind)
{
	switch (kind) {
	case ENTROPY_SSQ:
	case ENTROPY_DLT:
		return 3;
	case ENTROPY_KL8:
	case ENTROPY_3D:
	case ENTROPY_PL5:
		return 7;
	case ENTROPY_DRAND:
	case ENTROPY_NIST:
	case ENTROPY_DICE:
	case ENTROPY_DEMO:
	case ENTROPY_KINDS:
		break;
	}
	return 0;
}

static struct span last_word(struct span text)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != ' ')
		at--;
	return (struct span){ text.at + at, text.len - at };
}

/* The first day of a year, in days since 1970. */
static bool new_year(int64_t year, int64_t *ret)
{
	char text[CLOCK_DAY];

	snprintf(text, sizeof(text), "%04d-01-01", (int)(year % 10000));
	return clock_parse_day(text, ret) == OK;
}

bool draw_entropy_days(const struct declare_entropy *e, int64_t *from, int64_t *to)
{
	int64_t a_week = draws_a_week(e->kind), first, next;
	uint64_t issue;

	if (a_week == 0 || read_number(last_word(e->selector), ISSUE_MOST, &issue) != CORE_OK)
		return false;
	int64_t number = (int64_t)(issue % 1000), year = (int64_t)(issue / 1000);
	if (number == 0 || !new_year(year, &first) || !new_year(year + 1, &next))
		return false;
	int64_t day = first + (number - 1) * 7 / a_week, after = day + PAUSE_DAYS + 1;
	if (day >= next)
		return false;
	*from = day * DAY_MS - ZONE_MS;
	*to = (after < next ? after : next) * DAY_MS - ZONE_MS;
	return true;
}

/* "2026-11-06" */
static const char *day_words(struct arena *a, int64_t ms)
{
	char day[CLOCK_DAY];

	clock_day(ms, day);
	return arena_str(a, day);
}

static struct draw_entropy of_lottery(const struct asking *q)
{
	const char *name = arena_printf(q->arena, "第 %s 期", q->last);
	int64_t from, to;

	if (!draw_entropy_days(&q->entropy, &from, &to))
		return answer(DRAW_ENTROPY_PAST,
			      arena_printf(q->arena, "一年里没有%s：请查对期号", name));
	const char *first = day_words(q->arena, from), *last = day_words(q->arena, to - 1);
	if (q->now + STAND_MS >= to)
		return answer(DRAW_ENTROPY_PAST,
			      arena_printf(q->arena,
					   "%s早已开奖（按期号在 %s 至 %s 之间，今天是 "
					   "%s）；请换一期还没有开奖的",
					   name, first, last, day_words(q->arena, q->now)));
	if (q->announced >= to)
		return answer(
			DRAW_ENTROPY_PAST,
			arena_printf(q->arena,
				     "%s按期号在 %s 至 %s 之间开奖，公告的时间 %s 对不上：请查对"
				     "期号和公告",
				     name, first, last, time_words(q->arena, q->announced / 1000)));
	if (q->announced)
		return of_word(q, name, from);
	if (q->now + STAND_MS <= from)
		return to_come;
	return answer(DRAW_ENTROPY_ASKS,
		      arena_printf(q->arena,
				   "%s按期号在 %s 至 %s 之间开奖，今天是 %s，可能已经开奖；请查对，"
				   "已开奖的不能用",
				   name, first, last, day_words(q->arena, q->now)));
}

/* Seconds of the day that "THH", "THHMM" or "THH:MM" behind a date means; -1: no such time. */
static int64_t time_of_day(const char *clock)
{
	unsigned hour = 0, minute = 0;
	int used = 0;

	if (*clock != 'T')
		return -1;
	clock++;
	if (sscanf(clock, "%2u:%2u%n", &hour, &minute, &used) < 2 || used == 0) {
		minute = 0;
		if (sscanf(clock, "%2u%2u%n", &hour, &minute, &used) < 1)
			return -1;
	}
	return hour < 24 && minute < 60 ? (int64_t)hour * 3600 + minute * 60 : -1;
}

static struct draw_entropy of_dice(const struct asking *q)
{
	char today[CLOCK_DAY], date[CLOCK_DAY] = "";
	int64_t thrown, day = day_of(q->seconds, today);

	if (strlen(q->last) >= sizeof(date) - 1)
		memcpy(date, q->last, sizeof(date) - 1);
	if (clock_parse_day(date, &thrown) != OK)
		return answer(DRAW_ENTROPY_UNSURE,
			      arena_printf(q->arena,
					   "骰子的时间“%s”不是以 2026-01-31 这样的日期开头，"
					   "看不出在不在锁定之后；请写明日期和钟点",
					   q->last));
	int64_t clock = time_of_day(q->last + sizeof(date) - 1);
	int64_t due = thrown * DAY_SECONDS - BEIJING_SECONDS + clock;
	if (thrown >= day && clock >= 0 && due < q->seconds + STAND_SECONDS)
		return answer(
			DRAW_ENTROPY_PAST,
			arena_printf(
				q->arena,
				"骰子的时间 %s 已经过去或不到 10 分钟（现在是 %s）；骰子要在锁定至少 "
				"10 分钟以后当众掷，请写以后的时间",
				q->last, time_words(q->arena, q->seconds)));
	if (thrown >= day)
		return to_come;
	return answer(DRAW_ENTROPY_PAST,
		      arena_printf(q->arena,
				   "骰子的时间 %s 在今天（%s）之前；骰子要在锁定之后当众掷，"
				   "请写将来的时间",
				   q->last, today));
}

void draw_entropy_note(const struct draw_entropy *e, struct plan_notes *notes)
{
	switch (e->age) {
	case DRAW_ENTROPY_TO_COME:
		break;
	case DRAW_ENTROPY_UNSURE:
	case DRAW_ENTROPY_WORD:
		plan_note(notes, PLAN_WARNING, "%s。", e->words);
		break;
	case DRAW_ENTROPY_ASKS:
		plan_note(
			notes, PLAN_REFUSED,
			"%s。查明还没有产生的，用 --drawn-at 2026-03-02T21:30 写明公告的时间，它记入锁定的"
			"记录。",
			e->words);
		break;
	case DRAW_ENTROPY_PAST:
		plan_note(notes, PLAN_REFUSED, "%s。", e->words);
		break;
	}
}

bool draw_entropy_clock(struct span word, int64_t *ret)
{
	char date[CLOCK_DAY] = "";
	uint64_t hour, minute;
	int64_t day;

	if (word.len != DAY_TEXT + 6 || word.at[10] != 'T' || word.at[13] != ':')
		return false;
	memcpy(date, word.at, DAY_TEXT);
	if (clock_parse_day(date, &day) != OK || day < 1)
		return false;
	struct span h = { word.at + 11, 2 }, m = { word.at + 14, 2 };
	/* Numbers of one digit are written with a zero, which read_number refuses. */
	if (*h.at == '0')
		h = (struct span){ h.at + 1, 1 };
	if (*m.at == '0')
		m = (struct span){ m.at + 1, 1 };
	if (read_number(h, 23, &hour) != CORE_OK || read_number(m, 59, &minute) != CORE_OK)
		return false;
	*ret = day * DAY_MS - ZONE_MS + ((int64_t)hour * 60 + (int64_t)minute) * MINUTE_MS;
	return true;
}

struct draw_entropy draw_entropy_age(struct arena *a, struct span line, int64_t now,
				     int64_t announced)
{
	struct asking q = { .arena = a, .seconds = now / 1000, .now = now, .announced = announced };
	struct problem problem;
	struct span first, rest;

	if (entropy_parse(line, &q.entropy, &problem) != CORE_OK)
		return to_come;
	rest = q.entropy.selector;
	span_cut(&rest, ' ', &first);
	q.first = arena_mem(a, first.at, first.len);
	const char *space = memrchr(q.entropy.selector.at, ' ', q.entropy.selector.len);
	const char *last = space ? space + 1 : q.entropy.selector.at;
	q.last =
		arena_mem(a, last, (size_t)(q.entropy.selector.at + q.entropy.selector.len - last));
	switch (q.entropy.kind) {
	case ENTROPY_DRAND:
		return of_drand(&q);
	case ENTROPY_NIST:
		return of_nist(&q);
	case ENTROPY_DICE:
		return of_dice(&q);
	case ENTROPY_KL8:
	case ENTROPY_SSQ:
	case ENTROPY_3D:
	case ENTROPY_DLT:
	case ENTROPY_PL5:
		return of_lottery(&q);
	case ENTROPY_DEMO:
	case ENTROPY_KINDS:
		break;
	}
	return to_come;
}
