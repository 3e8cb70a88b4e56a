/* app/recusal_known.c — the few words of recusals are sorted, then both registries are walked once. */
#include "app/recusal_known.h"

#include "app/registry.h"
#include "app/registry_compare.h"
#include "base/status.h"
#include "core/text.h"
#include "store/registry_row.h"

#include <stdlib.h>
#include <string.h>

/* A word that recusals call somebody, or a site, by. */
struct word {
	struct span text;
	uint32_t found;   /* rows that have it, */
	uint32_t staying; /* of people who have not left */
	bool own;         /* it is somebody's number or certificate, which nobody else has */
};

struct words {
	struct word *list;
	size_t count;
	const uint8_t *fields;
	size_t field_count;
	bool people;
};

struct rows {
	struct span (*list)[3]; /* id, person, site */
	size_t count, room;
};

static int compare_words(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return span_compare(x->text, y->text);
}

static struct word *find(const struct words *w, struct span text)
{
	const struct word key = { .text = text };

	if (text.len == 0 || w->count == 0)
		return NULL;
	return bsearch(&key, w->list, w->count, sizeof(key), compare_words);
}

static void take_rows(struct arena *a, struct span file, struct rows *r)
{
	struct span cells[REGISTRY_FIELDS_MOST], line;

	if (file.len == 0 || !registry_line(&file, &line))
		return;
	while (registry_line(&file, &line)) {
		registry_cells(REGISTRY_RECUSALS, line, cells);
		if (r->count == r->room) {
			struct span(*more)[3] = arena_array(a, 2 * r->room + 64, sizeof(*more));
			if (r->count)
				memcpy(more, r->list, r->count * sizeof(*more));
			r->room = 2 * r->room + 64;
			r->list = more;
		}
		r->list[r->count][0] = cells[RECUSAL_ID];
		r->list[r->count][1] = cells[RECUSAL_INSPECTOR];
		r->list[r->count++][2] = cells[RECUSAL_TARGET];
	}
}

/* Each word once, in order. */
static void take_words(struct arena *a, const struct rows *r, size_t column, struct words *w)
{
	size_t kept = 0;

	w->list = arena_array(a, r->count + 1, sizeof(*w->list));
	for (size_t i = 0; i < r->count; i++)
		w->list[i] = (struct word){ .text = r->list[i][column] };
	qsort(w->list, r->count, sizeof(*w->list), compare_words);
	for (size_t i = 0; i < r->count; i++)
		if (kept == 0 || !span_equal(w->list[kept - 1].text, w->list[i].text))
			w->list[kept++] = w->list[i];
	w->count = kept;
}

static int look(void *arg, const char *id, const char *line, size_t len)
{
	struct words *w = arg;
	struct span cells[REGISTRY_FIELDS_MOST];

	(void)id;
	registry_cells(w->people ? REGISTRY_INSPECTORS : REGISTRY_SITES, (struct span){ line, len },
		       cells);
	for (size_t i = 0; i < w->field_count; i++) {
		struct word *found = find(w, cells[w->fields[i]]);
		if (!found)
			continue;
		found->found++;
		found->own |= w->people && w->fields[i] != INSPECTOR_NAME;
		found->staying += w->people && cells[INSPECTOR_LEFT].len == 0;
	}
	return OK;
}

static void doubt(struct arena *a, struct recusal_doubts *d, struct span id, const char *words)
{
	d->list[d->count++] = (struct recusal_doubt){ arena_mem(a, id.at, id.len), words };
}

static void tell(struct arena *a, const struct span row[3], const struct words *people,
		 const struct words *sites, struct recusal_doubts *d)
{
	const struct word *who = find(people, row[1]), *what = find(sites, row[2]);

	if (who && who->found == 0)
		doubt(a, d, row[0],
		      arena_printf(
			      a, "检查人员名录里没有编号、姓名或证号是“%.*s”的人，这条回避不起作用",
			      (int)row[1].len, row[1].at));
	else if (who && !who->own && who->staying > 1)
		doubt(a, d, row[0],
		      arena_printf(a, "检查人员名录里有 %u 人叫“%.*s”，说不清是谁，请改写编号",
				   who->staying, (int)row[1].len, row[1].at));
	if (what && what->found == 0)
		doubt(a, d, row[0],
		      arena_printf(
			      a,
			      "检查对象名录里没有编号、代码、企业或名称是“%.*s”的，这条回避不起作用",
			      (int)row[2].len, row[2].at));
}

int recusal_known(struct office *o, struct arena *a, const struct span files[2],
		  struct recusal_doubts *ret)
{
	static const uint8_t of_people[] = { INSPECTOR_ID, INSPECTOR_NAME, INSPECTOR_CERTIFICATE,
					     INSPECTOR_CERTIFICATE2 };
	static const uint8_t of_sites[] = { SITE_ID, SITE_CODE, SITE_FIRM, SITE_NAME };
	struct words people = { .fields = of_people,
				.field_count = COUNT(of_people),
				.people = true };
	struct words sites = { .fields = of_sites, .field_count = COUNT(of_sites) };
	struct recusal_doubts out = { .count = 0 };
	struct rows rows = { .count = 0 };

	for (size_t i = 0; i < 2; i++)
		take_rows(a, files[i], &rows);
	take_words(a, &rows, 1, &people);
	take_words(a, &rows, 2, &sites);
	TRY(registry_row_walk(o->db, registry_name(REGISTRY_INSPECTORS), INT64_MAX, look, &people));
	TRY(registry_row_walk(o->db, registry_name(REGISTRY_SITES), INT64_MAX, look, &sites));
	out.list = arena_array(a, 2 * rows.count + 1, sizeof(*out.list));
	for (size_t i = 0; i < rows.count; i++)
		tell(a, rows.list[i], &people, &sites, &out);
	*ret = out;
	return OK;
}
