/* app/registry_merge_cells.c — field by field: what is stricter or more stays, what is lacking is taken over. */
#include "app/registry_merge_cells.h"

#include "app/registry_fields.h"

#include <string.h>

/* Fields that belong together are taken together, when the first is empty. */
static const struct group {
	uint8_t field[4];
	uint8_t count;
} groups[] = {
	{ { SITE_LONGITUDE, SITE_LATITUDE }, 2 },
	{ { SITE_PERMIT, SITE_PERMIT_CLASS, SITE_PERMIT_FROM, SITE_PERMIT_UNTIL }, 4 },
	{ { SITE_CREDIT, SITE_CREDIT_DAY }, 2 },
	{ { SITE_TOWNSHIP, SITE_ADDRESS }, 2 },
	{ { SITE_FIRM }, 1 },
	{ { SITE_CODE }, 1 },
	{ { SITE_INDUSTRY }, 1 },
	{ { SITE_SOURCE_TYPES }, 1 },
	{ { SITE_KIND }, 1 },
	{ { SITE_SKILL }, 1 },
	{ { SITE_LEVEL }, 1 },
	{ { SITE_PROJECTS }, 1 },
	{ { SITE_MARKET_RISK }, 1 },
	{ { SITE_RISK }, 1 },
	{ { SITE_BASIN }, 1 },
	{ { SITE_PARK }, 1 },
};

static bool is(struct span cell, const char *value)
{
	return span_equal(cell, span_of(value));
}

static void take_lacking(struct span *mine, const struct span *gone)
{
	for (size_t i = 0; i < COUNT(groups); i++) {
		const struct group *g = &groups[i];
		/* A township of another county would be wrong. */
		if (g->field[0] == SITE_TOWNSHIP &&
		    !span_equal(mine[SITE_COUNTY], gone[SITE_COUNTY]))
			continue;
		if (mine[g->field[0]].len || !gone[g->field[0]].len)
			continue;
		for (uint8_t k = 0; k < g->count; k++)
			if (gone[g->field[k]].len)
				mine[g->field[k]] = gone[g->field[k]];
	}
}

static bool has_item(struct span list, struct span item)
{
	struct span other;

	while (registry_item(&list, &other))
		if (span_equal(other, item))
			return true;
	return false;
}

/* Both lists, without doubles; mine alone if that does not fit. */
static struct span both(struct arena *a, uint32_t field, struct span mine, struct span gone)
{
	char *out = arena_alloc(a, mine.len + gone.len + 2);
	struct writer w = { out, mine.len + gone.len + 1, 0, false };
	struct span item;

	write_span(&w, mine);
	while (registry_item(&gone, &item)) {
		if (has_item(mine, item))
			continue;
		if (w.len)
			write_char(&w, ',');
		write_span(&w, item);
	}
	return w.len <= registry_site_fields[field].max ? (struct span){ out, w.len } : mine;
}

/* In the order of the table, as canonical cells have them. */
static struct span ordered(struct arena *a, uint32_t field, struct span list)
{
	char *out = arena_alloc(a, list.len + 1);
	struct writer w = { out, list.len, 0, false };

	for (const struct field_choice *c = registry_site_fields[field].choices; c->value; c++) {
		if (!has_item(list, span_of(c->value)))
			continue;
		if (w.len)
			write_char(&w, ',');
		write_span(&w, span_of(c->value));
	}
	return (struct span){ out, w.len };
}

static struct span earlier(struct span a, struct span b)
{
	return !a.len || (b.len && span_compare(b, a) < 0) ? b : a;
}

static struct span later(struct span a, struct span b)
{
	return span_compare(b, a) > 0 ? b : a;
}

/* Special supervision does not end by a merge. */
static void take_special(struct span *mine, const struct span *gone)
{
	static const uint8_t fields[] = {
		SITE_SPECIAL,    SITE_SPECIAL_REASON, SITE_SPECIAL_FROM,
		SITE_SPECIAL_TO, SITE_SPECIAL_ORIGIN, SITE_SPECIAL_ENTERED
	};

	if (!is(gone[SITE_SPECIAL], "1"))
		return;
	if (!is(mine[SITE_SPECIAL], "1")) {
		for (size_t i = 0; i < COUNT(fields); i++)
			mine[fields[i]] = gone[fields[i]];
		return;
	}
	bool ends = mine[SITE_SPECIAL_TO].len && gone[SITE_SPECIAL_TO].len;
	bool begins = mine[SITE_SPECIAL_FROM].len && gone[SITE_SPECIAL_FROM].len;
	mine[SITE_SPECIAL_TO] =
		ends ? later(mine[SITE_SPECIAL_TO], gone[SITE_SPECIAL_TO]) : SPAN("");
	mine[SITE_SPECIAL_FROM] =
		begins ? earlier(mine[SITE_SPECIAL_FROM], gone[SITE_SPECIAL_FROM]) : SPAN("");
}

static struct span sum(struct arena *a, struct span x, struct span y)
{
	enum { ROOM = 8, MOST = 9999999 };
	uint64_t m = 0, n = 0;
	char *out = arena_alloc(a, ROOM);
	struct writer w = { out, ROOM, 0, false };

	if (y.len == 0)
		return x;
	if ((x.len && read_number(x, MOST, &m) != CORE_OK) || read_number(y, MOST, &n) != CORE_OK)
		return x;
	write_number(&w, m + n < MOST ? m + n : MOST);
	return (struct span){ out, w.len };
}

void registry_merge_cells(struct arena *a, struct span cells[REGISTRY_FIELDS_MOST],
			  const struct span gone[REGISTRY_FIELDS_MOST])
{
	take_lacking(cells, gone);
	take_special(cells, gone);
	if (is(gone[SITE_CLASS], "key"))
		cells[SITE_CLASS] = gone[SITE_CLASS];
	cells[SITE_KEY_CATEGORIES] =
		ordered(a, SITE_KEY_CATEGORIES,
			both(a, SITE_KEY_CATEGORIES, cells[SITE_KEY_CATEGORIES],
			     gone[SITE_KEY_CATEGORIES]));
	/* None named means all of the kind, which is more than any list. */
	if (cells[SITE_MATTERS].len)
		cells[SITE_MATTERS] =
			gone[SITE_MATTERS].len
				? both(a, SITE_MATTERS, cells[SITE_MATTERS], gone[SITE_MATTERS])
				: gone[SITE_MATTERS];
	if (is(gone[SITE_ONLINE], "1"))
		cells[SITE_ONLINE] = gone[SITE_ONLINE];
	if (is(gone[SITE_POWER], "1"))
		cells[SITE_POWER] = gone[SITE_POWER];
	cells[SITE_VISITS] = sum(a, cells[SITE_VISITS], gone[SITE_VISITS]);
	cells[SITE_LAST_VISIT] = later(cells[SITE_LAST_VISIT], gone[SITE_LAST_VISIT]);
	cells[SITE_ENTERED] = earlier(cells[SITE_ENTERED], gone[SITE_ENTERED]);
}

struct span registry_merge_reason(struct arena *a, uint32_t field, const char *prefix,
				  const char *id, const char *reason)
{
	char *text = arena_printf(a, "%s %s：%s", prefix, id, reason);
	size_t len = strlen(text), most = registry_site_fields[field].max;

	if (len > most) {
		len = most;
		while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	/* One line, one cell. */
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ')
			text[i] = ' ';
	return (struct span){ text, len };
}
