/* app/registry_diff.c — two states of each row to what may be told of their difference. */
#include "app/registry_diff.h"

#include "app/registry_compare.h"
#include "app/registry_list.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/status.h"
#include "store/registry_change.h"
#include "store/registry_history.h"

#include <string.h>

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

static const char *const kind_names[] = { "added", "changed", "left" };

struct diffing {
	const struct office *o;
	const struct registry_diff *d;
	const struct field *fields;
	uint32_t field_count;
	registry_diff_see *see;
	void *arg;
	struct registry_diff_counts counts;
};

static bool has_left(enum registry kind, const struct span *cells)
{
	struct span state = cells[SITE_STATE];

	switch (kind) {
	case REGISTRY_SITES:
		return span_equal(state, SPAN("closed")) || span_equal(state, SPAN("moved")) ||
		       span_equal(state, SPAN("merged"));
	case REGISTRY_INSPECTORS:
		return cells[INSPECTOR_LEFT].len > 0;
	case REGISTRY_MATTERS:
	case REGISTRY_RECUSALS:
	case REGISTRIES:
	default:
		return false;
	}
}

static enum registry_difference_kind kind_of(const struct diffing *d, const struct span *from,
					     const struct span *to)
{
	if (!from)
		return REGISTRY_ADDED;
	if (has_left(d->d->kind, to) && !has_left(d->d->kind, from))
		return REGISTRY_LEFT;
	return REGISTRY_CHANGED;
}

/* Is the row his now, or was it? */
static bool within(const struct diffing *d, const struct span *from, const struct span *to)
{
	return scope_sees(d->o, d->d->kind, to) || (from && scope_sees(d->o, d->d->kind, from));
}

static int see_row(void *arg, const char *id, const char *from, const char *to)
{
	struct diffing *d = arg;
	struct span old[REGISTRY_FIELDS_MOST] = { { NULL, 0 } }, fresh[REGISTRY_FIELDS_MOST];
	bool differs[REGISTRY_FIELDS_MOST] = { false }, any = false, hidden = false;
	const struct span *was = from ? old : NULL;
	uint32_t subject = registry_subject(d->d->kind);

	registry_cells(d->d->kind, span_of(to), fresh);
	if (from)
		registry_cells(d->d->kind, span_of(from), old);
	if (!within(d, was, fresh))
		return OK;
	for (uint32_t f = 1; f < d->field_count; f++) {
		bool may = !d->d->open_only || d->fields[f].open,
		     is = !span_equal(old[f], fresh[f]);
		differs[f] = may && is;
		any |= differs[f];
		hidden |= is && !may;
	}
	if ((d->d->open_only && !d->fields[0].open) || (!any && from)) {
		d->counts.withheld += hidden || any;
		return OK;
	}
	bool named = !d->d->open_only || d->fields[subject].open;
	struct registry_diff_row row = { .kind = kind_of(d, was, fresh),
					 .id = id,
					 .name = named ? fresh[subject] : SPAN(""),
					 .from = was,
					 .to = fresh,
					 .differs = differs };
	d->counts.rows[row.kind]++;
	return d->see(d->arg, &row);
}

int registry_diff(struct office *o, const struct registry_diff *d, registry_diff_see *see,
		  void *arg, struct registry_diff_counts *ret)
{
	struct diffing w = { .o = o, .d = d, .see = see, .arg = arg };

	w.fields = registry_fields(d->kind, &w.field_count);
	TRY(registry_diff_walk(o->db, registry_name(d->kind), (int64_t[]){ d->from, d->to },
			       see_row, &w));
	*ret = w.counts;
	return OK;
}

/* ---- points in time ---- */

static int point_of_change(struct office *o, enum registry kind, const char *text,
			   struct plan_notes *notes, int64_t *ret)
{
	CLEANUP(arena_release) struct arena a;
	struct registry_change c;
	uint64_t n;

	arena_init(&a);
	if (read_number(span_of(text), INT64_MAX, &n) != CORE_OK) {
		plan_note(notes, PLAN_REFUSED, "“%s”应为变更的编号、0、now 或日期（如 2026-03-31）",
			  text);
		return INVALID;
	}
	*ret = (int64_t)n;
	if (n == 0)
		return OK;
	int rc = registry_change_get(o->db, &a, registry_name(kind), (int64_t)n, &c);
	if (rc != NONE)
		return rc;
	plan_note(notes, PLAN_REFUSED, "%s没有第 %s 号变更", registry_title(kind), text);
	return INVALID;
}

int registry_point(struct office *o, enum registry kind, const char *text, struct plan_notes *notes,
		   int64_t *ret)
{
	int64_t day;

	if (strcmp(text, "now") == 0)
		return registry_change_head(o->db, registry_name(kind), ret);
	if (strlen(text) == CLOCK_DAY - 1 && clock_parse_day(text, &day) == OK)
		return registry_change_before(o->db, registry_name(kind),
					      (day + 1) * DAY_MS - ZONE_MS, ret);
	return point_of_change(o, kind, text, notes, ret);
}

/* ---- writing ---- */

const char *registry_difference_word(enum registry_difference_kind kind)
{
	static const char *const words[] = { "新增", "变更", "退出" };

	return words[kind];
}

static void add(struct buf *out, struct span s)
{
	buf_add(out, s.at, s.len);
}

void registry_diff_head(struct buf *out)
{
	buf_str(out, "编号\t名称\t变化\t字段\t原值\t新值\n");
}

static void write_start(struct buf *out, const struct registry_diff_row *row)
{
	buf_printf(out, "%s\t", row->id);
	add(out, row->name);
	buf_printf(out, "\t%s\t", registry_difference_word(row->kind));
}

void registry_diff_lines(struct buf *out, enum registry kind, const struct registry_diff_row *row)
{
	uint32_t count;
	const struct field *fields = registry_fields(kind, &count);
	CLEANUP(arena_release) struct arena a;
	bool any = false;

	arena_init(&a);
	for (uint32_t f = 1; f < count; f++) {
		if (!row->differs[f])
			continue;
		any = true;
		write_start(out, row);
		buf_printf(out, "%s\t", fields[f].header);
		if (row->from)
			add(out, registry_shown(&a, &fields[f], row->from[f]));
		buf_char(out, '\t');
		add(out, registry_shown(&a, &fields[f], row->to[f]));
		buf_char(out, '\n');
	}
	if (any)
		return;
	write_start(out, row);
	buf_str(out, "\t\t\n");
}

static void write_values(struct buf *out, const struct field *f, struct span from, struct span to)
{
	CLEANUP(arena_release) struct arena a;

	arena_init(&a);
	struct span was = registry_shown(&a, f, from), is = registry_shown(&a, f, to);
	buf_str(out, f->header);
	buf_char(out, ' ');
	add(out, was.len ? was : SPAN("（空）"));
	buf_str(out, " → ");
	add(out, is.len ? is : SPAN("（空）"));
}

void registry_diff_sentence(struct buf *out, enum registry kind,
			    const struct registry_diff_row *row)
{
	uint32_t count;
	const struct field *fields = registry_fields(kind, &count);
	const char *between = "：";

	buf_printf(out, "%s %s", registry_difference_word(row->kind), row->id);
	if (row->name.len) {
		buf_char(out, ' ');
		add(out, row->name);
	}
	for (uint32_t f = 1; row->from && f < count; f++) {
		if (!row->differs[f])
			continue;
		buf_str(out, between);
		write_values(out, &fields[f], row->from[f], row->to[f]);
		between = "；";
	}
	buf_char(out, '\n');
}

static void put_span(struct json *j, const char *key, struct span s)
{
	json_key(j, key);
	json_mem(j, s.len ? s.at : "", s.len);
}

void registry_diff_json(struct buf *out, enum registry kind, const struct registry_diff_row *row)
{
	uint32_t count;
	const struct field *fields = registry_fields(kind, &count);
	struct json j;

	json_init(&j, out);
	json_begin_object(&j);
	json_put_text(&j, "change", kind_names[row->kind]);
	json_key(&j, "fields");
	json_begin_array(&j);
	for (uint32_t f = 1; f < count; f++) {
		if (!row->differs[f])
			continue;
		json_begin_object(&j);
		json_put_text(&j, "field", fields[f].name);
		put_span(&j, "from", row->from ? row->from[f] : SPAN(""));
		put_span(&j, "to", row->to[f]);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_put_text(&j, "id", row->id);
	put_span(&j, "name", row->name);
	json_end_object(&j);
}
