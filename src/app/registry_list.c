/* app/registry_list.c — words to filters; rows, versions and changes out of the store. */
#include "app/registry_list.h"

#include "app/import_area.h"
#include "app/registry_compare.h"
#include "app/registry_fields.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/status.h"
#include "store/registry_history.h"

#include <string.h>

enum { SHOWN_MOST = 4096 };

/* ---- words ---- */

static bool is_word(const struct field_choice *c, struct span word)
{
	struct span words = span_of(c->words), one;

	if (span_equal(word, span_of(c->value)))
		return true;
	while (words.len) {
		span_cut(&words, '|', &one);
		if (span_equal(word, one))
			return true;
	}
	return false;
}

/* The value that a word means; NULL if it means none. */
static const char *value_of(const struct field *f, const char *word)
{
	for (const struct field_choice *c = f->choices; c && c->value; c++)
		if (is_word(c, span_of(word)))
			return c->value;
	return NULL;
}

static const char *flag_of(const char *word)
{
	if (strcmp(word, "1") == 0 || strcmp(word, "是") == 0)
		return "1";
	return strcmp(word, "0") == 0 || strcmp(word, "否") == 0 ? "0" : NULL;
}

/* Which fields the filters look at, by registry; -1: there is none of that kind. */
static const int filter_fields[REGISTRIES][4] = {
	[REGISTRY_SITES] = { SITE_CLASS, SITE_SPECIAL, SITE_STATE, SITE_KIND },
	[REGISTRY_INSPECTORS] = { INSPECTOR_GRADE, INSPECTOR_ASSISTANT, INSPECTOR_DUTY,
				  INSPECTOR_ROLE },
	[REGISTRY_MATTERS] = { MATTER_CLASS, -1, -1, MATTER_KINDS },
	[REGISTRY_RECUSALS] = { -1, -1, -1, -1 },
};

struct asking {
	const struct registry_query *q;
	struct plan_notes *notes;
	struct arena *arena;
};

static int take_word(const struct asking *k, int which, const char *word, const char **ret)
{
	uint32_t count;
	int f = filter_fields[k->q->kind][which];
	const struct field *field = registry_fields(k->q->kind, &count) + (f < 0 ? 0 : f);

	if (!word)
		return OK;
	if (f < 0) {
		plan_note(k->notes, PLAN_REFUSED, "%s没有这一项，不能按“%s”筛选",
			  registry_title(k->q->kind), word);
		return INVALID;
	}
	*ret = field->choices ? value_of(field, word) : flag_of(word);
	if (*ret)
		return OK;
	plan_note(k->notes, PLAN_REFUSED, "「%s」没有“%s”这个值", field->header, word);
	return INVALID;
}

static int take_county(const struct asking *k, const char **ret)
{
	const struct area *area;
	const char *word = k->q->county;

	if (!word)
		return OK;
	*ret = word;
	if (strspn(word, "0123456789") == 6 && strlen(word) == 6)
		return OK;
	if (area_find(span_of(word), &area) == AREA_UNKNOWN) {
		plan_note(k->notes, PLAN_REFUSED, "不认识县区“%s”：请写全名或六位区划代码", word);
		return INVALID;
	}
	*ret = area->code;
	return OK;
}

struct scoped {
	const struct office *o;
	enum registry kind;
};

static bool within(void *arg, const char *counties)
{
	const struct scoped *in = arg;

	return scope_sees_counties(in->o, in->kind, span_of(counties));
}

int registry_query(struct office *o, struct arena *a, const struct registry_query *q,
		   struct plan_notes *notes, struct registry_page *ret)
{
	struct asking k = { q, notes, a };
	struct scoped in = { o, q->kind };
	struct registry_filter f = { .registry = registry_name(q->kind),
				     .text = q->text,
				     .after = q->after ? q->after : "",
				     .most = q->most,
				     .within = scope_all(o) ? NULL : within,
				     .within_arg = &in };

	TRY(take_county(&k, &f.county));
	TRY(take_word(&k, 0, q->class, &f.class));
	TRY(take_word(&k, 1, q->special, &f.special));
	TRY(take_word(&k, 2, q->state, &f.state));
	TRY(take_word(&k, 3, q->kind_word, &f.kind));
	return registry_list(o->db, a, &f, ret);
}

void registry_row_cells(enum registry kind, const struct registry_row *row,
			struct span cells[REGISTRY_FIELDS_MOST])
{
	registry_cells(kind, (struct span){ row->cells, row->cells_len }, cells);
}

/* ---- showing ---- */

static struct span item_words(const struct field *f, struct span item)
{
	if (f->kind == FIELD_COUNTY || f->kind == FIELD_COUNTIES)
		return area_name(item);
	return field_words(f, item);
}

static struct span degrees(struct arena *a, struct span cell)
{
	bool negative = cell.len && cell.at[0] == '-';
	uint64_t n;

	if (negative)
		cell = (struct span){ cell.at + 1, cell.len - 1 };
	if (read_number(cell, INT32_MAX, &n) != CORE_OK)
		return cell;
	return span_of(arena_printf(a, "%s%u.%07u", negative ? "-" : "", (unsigned)(n / 10000000),
				    (unsigned)(n % 10000000)));
}

static struct span shown_items(struct arena *a, const struct field *f, struct span cell)
{
	struct span item;
	struct buf out;

	buf_init(&out, SHOWN_MOST);
	while (registry_item(&cell, &item)) {
		struct span words = item_words(f, item);
		if (out.len)
			buf_str(&out, "、");
		buf_add(&out, words.at, words.len);
	}
	struct span ret = { arena_mem(a, out.data, out.len), out.len };
	buf_release(&out);
	return ret;
}

struct span registry_shown(struct arena *a, const struct field *f, struct span cell)
{
	if (cell.len == 0)
		return cell;
	if (f->kind == FIELD_CHOICE || f->kind == FIELD_COUNTY)
		return item_words(f, cell);
	if (f->kind == FIELD_COUNTIES || f->kind == FIELD_CHOICES)
		return shown_items(a, f, cell);
	if (f->kind == FIELD_FLAG)
		return cell.at[0] == '1' ? SPAN("是") : SPAN("否");
	if (f->kind == FIELD_DEGREE_E || f->kind == FIELD_DEGREE_N)
		return degrees(a, cell);
	return cell;
}

/* ---- one row ---- */

struct single {
	enum registry kind;
	const char *id;
	struct arena *arena;
	struct registry_single found;
};

static int see_edit(void *arg, const char *id, int64_t key, const char *field)
{
	struct single *s = arg;
	uint32_t count;
	const struct field *f = registry_fields(s->kind, &count);

	(void)id, (void)key;
	for (uint32_t i = 0; i < count; i++)
		if (strcmp(f[i].name, field) == 0)
			s->found.edited[i] = true;
	return OK;
}

static int read_single(struct db *db, void *arg)
{
	struct single *s = arg;

	s->found = (struct registry_single){ .edited = { false } };
	TRY(registry_row_get(db, s->arena, registry_name(s->kind), s->id, &s->found.row));
	registry_row_cells(s->kind, &s->found.row, s->found.cells);
	return registry_edit_fields(db, s->found.row.key, see_edit, s);
}

int registry_single(struct office *o, struct arena *a, enum registry kind, const char *id,
		    struct registry_single *ret)
{
	struct single s = { .kind = kind, .id = id, .arena = a };

	TRY(db_read(o->db, read_single, &s));
	if (!scope_sees(o, kind, s.found.cells))
		return NONE;
	*ret = s.found;
	return OK;
}

/* ---- its versions ---- */

struct past {
	enum registry kind;
	const char *id;
	struct arena *arena;
	struct registry_past *list;
	size_t count, size;
};

static int see_version(void *arg, const struct registry_version *v)
{
	struct past *p = arg;

	if (p->count == p->size) {
		size_t size = p->size ? 2 * p->size : 16;
		struct registry_past *larger = arena_array(p->arena, size, sizeof(*larger));
		if (p->count)
			memcpy(larger, p->list, p->count * sizeof(*larger));
		p->list = larger;
		p->size = size;
	}
	struct registry_past *one = &p->list[p->count++];
	one->version = v->version;
	one->change.id = v->change;
	registry_cells(p->kind, span_of(arena_str(p->arena, v->cells)), one->cells);
	return OK;
}

static int read_past(struct db *db, void *arg)
{
	struct past *p = arg;
	const char *registry = registry_name(p->kind);
	struct registry_row row;

	p->count = 0;
	TRY(registry_row_get(db, p->arena, registry, p->id, &row));
	TRY(registry_version_walk(db, row.key, see_version, p));
	for (size_t i = 0; i < p->count; i++)
		TRY(registry_change_get(db, p->arena, registry, p->list[i].change.id,
					&p->list[i].change));
	return OK;
}

int registry_past(struct office *o, struct arena *a, enum registry kind, const char *id,
		  struct registry_past **ret, size_t *ret_count)
{
	struct past p = { .kind = kind, .id = id, .arena = a };

	TRY(db_read(o->db, read_past, &p));
	if (p.count == 0 || !scope_sees(o, kind, p.list[0].cells))
		return NONE;
	*ret = p.list;
	*ret_count = p.count;
	return OK;
}

/* ---- changes ---- */

int registry_changes(struct office *o, enum registry kind, int64_t below, int64_t most,
		     registry_change_each *each, void *arg)
{
	TRY(scope_need_all(o));
	return registry_change_newest(o->db, registry_name(kind), below, most, each, arg);
}

int registry_overrides(struct office *o, enum registry kind, int64_t change,
		       registry_override_each *each, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	struct registry_change c;

	arena_init(&a);
	TRY(scope_need_all(o));
	TRY(registry_change_get(o->db, &a, registry_name(kind), change, &c));
	return registry_override_walk(o->db, change, each, arg);
}

int registry_winners(struct office *o, enum registry kind, registry_winner_each *each, void *arg)
{
	return registry_winner_walk(o->db, registry_name(kind), each, arg);
}
