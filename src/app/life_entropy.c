/* app/life_entropy.c — reading the time out of a selector. */
#include "app/life_entropy.h"

#include "app/life_seal.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"
#include "files/drand.h"

#include <stdio.h>
#include <string.h>

enum {
	DAY_MS = 86400000,
	ZONE_MS = 8 * 3600000,
	MINUTE_MS = 60000,
	DAY_TEXT = 10,
	ROOM = 80,
	ISSUE_MOST = 9999999
};

static struct span last_word(struct span text)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != ' ')
		at--;
	return (struct span){ text.at + at, text.len - at };
}

bool life_entropy_clock(struct span word, int64_t *ret)
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
		return life_entropy_clock(last_word(e->selector), ret);
	if (e->kind == ENTROPY_DRAND)
		return round_time(e->selector, ret);
	return false;
}

/* Draws a week; 0: not a lottery. */
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

/* The beginning of the first day on which an issue can be drawn: its number never runs ahead of the days. */
static int64_t lottery_day(const struct declare_entropy *e)
{
	char first[CLOCK_DAY];
	uint64_t issue;
	int64_t day;

	if (read_number(last_word(e->selector), ISSUE_MOST, &issue) != CORE_OK)
		return 0;
	snprintf(first, sizeof(first), "%04d-01-01", (int)(issue / 1000));
	if (clock_parse_day(first, &day) != OK || issue % 1000 == 0)
		return 0;
	day += ((int64_t)(issue % 1000) - 1) * 7 / draws_a_week(e->kind);
	return day * DAY_MS - ZONE_MS;
}

/* When it comes; for a lottery the first day only if nothing was announced. */
static int64_t time_of(const struct declare_entropy *e, int64_t announced)
{
	int64_t at;

	if (e->kind == ENTROPY_DEMO)
		return INT64_MAX;
	if (life_entropy_time(e, &at))
		return at;
	if (draws_a_week(e->kind) > 0 && announced == 0)
		return lottery_day(e);
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
		int64_t at = draws_a_week(d->entropy[i].kind) > 0 ? lottery_day(&d->entropy[i])
								  : INT64_MAX;
		if (at < safe)
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
		int64_t day = draws_a_week(e->kind) > 0 ? lottery_day(e) : 0;
		if (day > at)
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
	return life_entropy_clock((struct span){ buf_text(&text), text.len }, ret) ? OK : INVALID;
}
