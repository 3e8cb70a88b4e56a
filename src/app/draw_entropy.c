/* app/draw_entropy.c — see draw_entropy.h. */
#include "app/draw_entropy.h"

#include "base/clock.h"
#include "base/status.h"
#include "core/declare.h"
#include "files/drand.h"

#include <stdlib.h>
#include <string.h>

enum {
	STAND_SECONDS = 600,
	BEIJING_SECONDS = 8 * 3600,
	DAY_SECONDS = 86400,
	UNSURE_DAYS = 20, /* the lotteries of a usual year pause less than this */
	CERTAIN_DAYS = 90 /* and in no year this long */
};

/* A pulse whose time is known; none of its chain came faster than one a period. */
static const struct {
	uint64_t chain, index;
	int64_t seconds, period;
} known_pulse = { 1, 54610, 1535651040, 60 };

struct asking {
	struct arena *arena;
	struct declare_entropy entropy;
	const char *first, *last; /* of the selector */
	int64_t seconds;          /* now */
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

static struct draw_entropy of_drand(const struct asking *q)
{
	uint64_t round = strtoull(q->last, NULL, 10);
	int64_t due;

	if (!drand_time(q->first, round, &due))
		return answer(DRAW_ENTROPY_UNSURE,
			      arena_printf(q->arena,
					   "drand 第 %s 轮的时刻推算不出；请确认它在将来，"
					   "至少晚于登记 10 分钟",
					   q->last));
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

	if (chain == known_pulse.chain && index <= known_pulse.index)
		return answer(DRAW_ENTROPY_PAST,
			      arena_printf(q->arena,
					   "NIST 第 %s 号脉冲早已产生；请换一个以后的脉冲",
					   q->last));
	if (chain == known_pulse.chain && index < UINT64_C(1) << 40 &&
	    known_pulse.seconds + (int64_t)(index - known_pulse.index) * known_pulse.period >=
		    q->seconds + STAND_SECONDS)
		return to_come;
	return answer(DRAW_ENTROPY_UNSURE,
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

/* How many draws a week the game has. */
static int64_t draws_a_week(enum entropy_kind kind)
{
	return kind == ENTROPY_SSQ || kind == ENTROPY_DLT ? 3 : 7;
}

/* An issue's number never runs ahead of the days of its year; pauses leave it behind. */
static struct draw_entropy of_lottery(const struct asking *q)
{
	char today[CLOCK_DAY];
	int64_t first = 0, day = day_of(q->seconds, today);
	long year = strtol(today, NULL, 10), issue = strtol(q->last, NULL, 10);

	if (clock_parse_day(arena_printf(q->arena, "%04ld-01-01", year), &first) != OK)
		return to_come;
	int64_t drawn_on = issue % 1000 * 7 / draws_a_week(q->entropy.kind);
	if (issue / 1000 < year ||
	    (issue / 1000 == year && drawn_on + CERTAIN_DAYS < day - first + 1))
		return answer(DRAW_ENTROPY_PAST,
			      arena_printf(q->arena,
					   "第 %s 期早已开奖（今天是 %s）；请换一期还没有开奖的",
					   q->last, today));
	if (issue / 1000 == year && drawn_on + UNSURE_DAYS < day - first + 1)
		return answer(DRAW_ENTROPY_UNSURE,
			      arena_printf(q->arena,
					   "按期号推算，第 %s 期可能已经开奖（今天是 %s）；"
					   "请查对，已开奖的不能用",
					   q->last, today));
	return to_come;
}

/* Whether a time "<date>THH:MM" of today has gone by. */
static bool earlier_today(const struct asking *q)
{
	char now[CLOCK_TEXT];
	const char *clock = q->last + CLOCK_DAY - 1;

	if (strlen(clock) < 6 || clock[0] != 'T' || clock[3] != ':')
		return false;
	clock_text((q->seconds + BEIJING_SECONDS) * 1000, now);
	return memcmp(clock + 1, now + CLOCK_DAY, 5) < 0;
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
	if (thrown > day || (thrown == day && !earlier_today(q)))
		return to_come;
	if (thrown == day)
		return answer(
			DRAW_ENTROPY_UNSURE,
			arena_printf(q->arena,
				     "骰子的时间 %s 是今天已经过去的钟点；骰子要在锁定之后当众"
				     "掷，请写将来的时间",
				     q->last));
	return answer(DRAW_ENTROPY_PAST,
		      arena_printf(q->arena,
				   "骰子的时间 %s 在今天（%s）之前；骰子要在锁定之后当众掷，"
				   "请写将来的时间",
				   q->last, today));
}

struct draw_entropy draw_entropy_age(struct arena *a, struct span line, int64_t now)
{
	struct asking q = { .arena = a, .seconds = now / 1000 };
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
