/* app/life_entropy.c — reading the time out of a selector. */
#include "app/life_entropy.h"

#include "base/clock.h"
#include "base/status.h"
#include "files/drand.h"

#include <string.h>

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000, MINUTE_MS = 60000, DAY_TEXT = 10, ROOM = 80 };

static struct span last_word(struct span text)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != ' ')
		at--;
	return (struct span){ text.at + at, text.len - at };
}

/* "2026-03-01T09:00" */
static bool dice_time(struct span word, int64_t *ret)
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
		return dice_time(last_word(e->selector), ret);
	if (e->kind == ENTROPY_DRAND)
		return round_time(e->selector, ret);
	return false;
}

bool life_entropy_first(const struct declaration *d, int64_t *ret)
{
	bool found = false;

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		int64_t at;
		if (life_entropy_time(&d->entropy[i], &at) && (!found || at < *ret)) {
			*ret = at;
			found = true;
		}
	}
	return found;
}

bool life_entropy_last(const struct declaration *d, int64_t *ret)
{
	bool found = false;

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		int64_t at;
		if (life_entropy_time(&d->entropy[i], &at) && (!found || at > *ret)) {
			*ret = at;
			found = true;
		}
	}
	return found;
}
