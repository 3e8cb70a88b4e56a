/* app/registry_apply.c — the transaction of a change. It may run again, so it only reads what it was given. */
#include "app/registry_apply.h"

#include "app/person.h"
#include "app/registry_compare.h"
#include "app/registry_document.h"
#include "base/buf.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/registry_edit.h"
#include "store/registry_row.h"

#include <stdio.h>
#include <string.h>

enum { PROGRESS_ROWS = 8192, DOCUMENT_MOST = 1 << 20, SUBJECT_ROOM = 64 };

struct applying {
	struct registry_apply *p;
	struct span file, rest; /* being loaded, past line 1: all of it and what is still to come */
	const char *step;
	size_t total;
	uint64_t rows;
};

static struct registry_text text(struct span s)
{
	return (struct registry_text){ s.at, s.len };
}

static int next_row(void *arg, struct registry_new *row)
{
	struct applying *w = arg;
	const struct registry_apply *p = w->p;
	struct span cells[REGISTRY_FIELDS_MOST], line;
	struct registry_shape shape;

	if (p->progress && w->rows % PROGRESS_ROWS == 0 &&
	    !p->progress(p->progress_arg, w->step, w->total - w->rest.len, w->total))
		return CANCELLED;
	w->rows++;
	if (!registry_line(&w->rest, &line)) {
		w->rest = w->file;
		return DB_OK;
	}
	registry_cells(p->kind, line, cells);
	registry_shape(p->kind, cells, &shape);
	const struct facet_entry *facet = facets_find(p->facets, shape.facet);
	if (!facet)
		return TOO_LARGE;
	*row = (struct registry_new){ text(cells[0]), text(shape.name), text(shape.code),
				      text(line), facet->id };
	return DB_ROW;
}

/* Past line 1. */
static struct applying loading(struct registry_apply *p, struct span file, const char *step)
{
	struct applying w = { .p = p, .rest = file, .step = step };
	struct span head;

	registry_line(&w.rest, &head);
	w.file = w.rest;
	w.total = w.rest.len;
	return w;
}

static int apply_facets(struct db *db, const struct registry_apply *p)
{
	for (uint32_t i = 0; i < p->facets->count; i++) {
		struct facet_entry *e = &p->facets->entries[i];
		struct registry_facet f = { e->part[FACET_COUNTY].at, e->part[FACET_CLASS].at,
					    e->part[FACET_SPECIAL].at, e->part[FACET_STATE].at,
					    e->part[FACET_KIND].at };
		TRY(registry_facet_ensure(db, registry_name(p->kind), &f, &e->id));
		TRY(registry_facet_count(db, e->id, e->more));
	}
	return OK;
}

static int apply_marks(struct db *db, const struct registry_apply *p)
{
	for (size_t i = 0; i < p->mark_count; i++) {
		struct registry_edit e = { registry_name(p->kind), p->marks[i].id,
					   p->marks[i].field, p->id };
		TRY(registry_edit_add(db, &e));
	}
	return p->change.undone ? registry_edit_undo(db, p->change.undone, p->id) : OK;
}

static const char *cut(struct arena *a, struct span *line)
{
	struct span cell;

	span_cut(line, '\t', &cell);
	return arena_mem(a, cell.at, cell.len);
}

static int apply_overrides(struct db *db, const struct registry_apply *p)
{
	struct span rest = p->overrides, line, key;
	uint64_t number;

	while (registry_line(&rest, &line)) {
		CLEANUP(arena_release) struct arena a;
		arena_init(&a);
		span_cut(&line, '\t', &key);
		if (read_number(key, INT64_MAX, &number) != CORE_OK)
			return INVALID;
		struct registry_override o = { .key = (int64_t)number };
		o.field = cut(&a, &line);
		o.winner = cut(&a, &line);
		o.kept = cut(&a, &line);
		o.refused = cut(&a, &line);
		TRY(registry_override_add(db, p->id, &o));
	}
	return OK;
}

static int apply_rows(struct db *db, struct registry_apply *p)
{
	struct applying added = loading(p, p->added, "写入新增"),
			changed = loading(p, p->changed, "写入更新");
	int64_t rows;

	if (added.total) {
		TRY(registry_row_add(db, registry_name(p->kind), p->id, next_row, &added, &rows));
		if (rows != p->change.added)
			return CONFLICT;
	}
	if (!changed.total)
		return OK;
	TRY(registry_row_replace(db, registry_name(p->kind), p->id, next_row, &changed, &rows));
	return rows == p->change.updated ? OK : CONFLICT;
}

/* What the ledger's entry stands for. */
static int log_change(const struct registry_apply *p)
{
	struct registry_change document = p->change;
	char subject[SUBJECT_ROOM], action[SUBJECT_ROOM], digest[OFFICE_DIGEST];
	char beside[REGISTRY_DOCUMENT_BESIDE];
	struct buf out;

	document.id = p->id;
	TRY(registry_document_beside(p->office->db, p->id, beside));
	buf_init(&out, DOCUMENT_MOST);
	registry_document_write(&document, beside, &out);
	int rc = buf_check(&out);
	if (rc == OK)
		rc = office_document(p->office, out.data, out.len, digest);
	buf_release(&out);
	TRY(rc);
	snprintf(subject, sizeof(subject), "%s/%lld", registry_name(p->kind), (long long)p->id);
	snprintf(action, sizeof(action), "registry.%s", p->change.kind);
	return office_log(p->office, action, subject, digest);
}

static int apply(struct db *db, void *arg)
{
	struct registry_apply *p = arg;
	int64_t head;

	TRY(person_acts(p->office, PERSON_ACTORS));
	TRY(registry_change_head(db, registry_name(p->kind), &head));
	if (head != p->expected)
		return CONFLICT;
	p->change.registry = registry_name(p->kind);
	p->change.at = office_now(p->office);
	p->change.actor = p->office->actor;
	TRY(registry_change_add(db, &p->change, &p->id));
	TRY(apply_facets(db, p));
	TRY(apply_rows(db, p));
	TRY(apply_marks(db, p));
	TRY(apply_overrides(db, p));
	if (p->more)
		TRY(p->more(db, p->more_arg));
	return log_change(p);
}

int registry_apply(struct registry_apply *p)
{
	return office_write(p->office, apply, p);
}

/* ---- rows in memory ---- */

static int add_pair(struct registry_apply *p, const struct registry_pair *r, struct buf files[2])
{
	const struct span *both[2] = { r->from, r->to };
	struct registry_shape shape;

	for (int i = 0; i < 2; i++) {
		if (!both[i])
			continue;
		registry_shape(p->kind, both[i], &shape);
		struct facet_entry *e = facets_find(p->facets, shape.facet);
		if (!e)
			return TOO_LARGE;
		e->more += i ? 1 : -1;
	}
	registry_write_row(&files[r->from ? 1 : 0], p->kind, r->to);
	*(r->from ? &p->change.updated : &p->change.added) += 1;
	return OK;
}

static struct span copy(struct arena *a, const struct buf *b)
{
	return (struct span){ arena_mem(a, b->data, b->len), b->len };
}

int registry_apply_rows(struct registry_apply *p, struct arena *a, const struct registry_pair *rows,
			size_t count)
{
	struct buf files[2];
	struct sha256 sha;
	uint8_t digest[SHA256_SIZE];
	int rc = OK;

	p->facets = arena_alloc(a, sizeof(*p->facets));
	facets_init(p->facets, a);
	for (int i = 0; i < 2; i++) {
		buf_init(&files[i], SIZE_MAX / 2);
		registry_write_header(&files[i], p->kind);
	}
	for (size_t i = 0; rc == OK && i < count; i++)
		rc = add_pair(p, &rows[i], files);
	p->added = copy(a, &files[0]);
	p->changed = copy(a, &files[1]);
	sha256_init(&sha);
	for (int i = 0; i < 2; i++) {
		sha256_add(&sha, files[i].data, files[i].len);
		buf_release(&files[i]);
	}
	sha256_done(&sha, digest);
	char *hex = arena_alloc(a, SHA256_HEX + 1);
	struct writer w = { hex, SHA256_HEX, 0, false };
	write_hex(&w, digest, SHA256_SIZE);
	p->change.result_digest = hex;
	return rc;
}
