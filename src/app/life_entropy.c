/* app/life_entropy.c — reading the time out of a selector. */
#include "app/life_entropy.h"

#include "app/draw_entropy.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "base/buf.h"
#include "base/status.h"
#include "files/drand.h"

#include <string.h>

enum { ROOM = 80 };

static struct span last_word(struct span text)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != ' ')
		at--;
	return (struct span){ text.at + at, text.len - at };
}

static bool round_time(struct span selector, int64_t *ret)
{
	struct span chain, rest = selector;
	char name[ROOM];
	uint64_t round;
	int64_t seconds;

	span_cut(&rest, ' ', &chain);
	if (chain.len >= sizeof(name) || read_number(rest, UINT32_MAX, &round) != CORE_OK)
		return false;
	memcpy(name, chain.at, chain.len);
	name[chain.len] = 0;
	if (!drand_time(name, round, &seconds))
		return false;
	*ret = seconds * 1000;
	return true;
}

bool life_entropy_time(const struct declare_entropy *e, int64_t *ret)
{
	if (e->kind == ENTROPY_DICE)
		return draw_entropy_clock(last_word(e->selector), ret);
	if (e->kind == ENTROPY_DRAND)
		return round_time(e->selector, ret);
	return false;
}

/* The beginning of the first day on which an issue can be drawn; false: not of a lottery. */
static bool lottery_day(const struct declare_entropy *e, int64_t *ret)
{
	int64_t to;

	return draw_entropy_days(e, ret, &to);
}

/* When it comes; for a lottery the first day only if nothing was announced. */
static int64_t time_of(const struct declare_entropy *e, int64_t announced)
{
	int64_t at;

	if (e->kind == ENTROPY_DEMO)
		return INT64_MAX;
	if (life_entropy_time(e, &at))
		return at;
	if (announced == 0 && lottery_day(e, &at))
		return at;
	return announced;
}

int64_t life_entropy_first(const struct declaration *d, int64_t announced)
{
	int64_t first = INT64_MAX;

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		int64_t at = time_of(&d->entropy[i], announced);
		if (at < first)
			first = at;
	}
	return first;
}

int64_t life_entropy_safe(const struct declaration *d, int64_t announced)
{
	int64_t safe = life_entropy_first(d, announced);

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		int64_t at;
		if (lottery_day(&d->entropy[i], &at) && at < safe)
			safe = at;
	}
	return safe;
}

int64_t life_entropy_last(const struct declaration *d, int64_t announced)
{
	int64_t last = 0;

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		const struct declare_entropy *e = &d->entropy[i];
		int64_t at = e->kind == ENTROPY_DEMO ? 0 : time_of(e, announced);
		int64_t day;
		if (lottery_day(e, &day) && day > at)
			at = day;
		if (at > last)
			last = at;
	}
	return last;
}

int life_entropy_announced(struct office *o, const struct draw_row *row, int64_t *ret)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, ROOM);
	*ret = 0;
	int rc = life_file_get(o, row, LIFE_DRAWN_AT, &text);
	if (rc == NONE)
		return OK;
	TRY(rc);
	return draw_entropy_clock((struct span){ buf_text(&text), text.len }, ret) ? OK : INVALID;
}

int life_entropy_within(struct office *o, int64_t first, int64_t last_day, const char *period)
{
	if (first == INT64_MAX || life_day(first) <= last_day)
		return OK;
	return life_refuse(
		o, INVALID,
		"随机数产生时 %s 已经过了期末，抽出来的检查都逾期：请用期内的随机数，或先经批准延期"
		"（plan extend）",
		period);
}
