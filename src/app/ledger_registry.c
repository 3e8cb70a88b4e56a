/* app/ledger_registry.c — digests computed again from rows and versions. */
#include "app/ledger_registry.h"

#include "app/office.h"
#include "app/registry.h"
#include "app/registry_compare.h"
#include "app/registry_document.h"
#include "app/registry_shape.h"
#include "base/buf.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/registry_beside.h"
#include "store/registry_change.h"
#include "store/registry_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DOCUMENT_MOST = 1 << 20, NAME_ROOM = 96 };

struct checking {
	struct db *db;
	struct arena *a;
	enum registry kind;
	const char *name;
	bool now;          /* only what the rows are now: the last import and what came after it */
	int64_t since;     /* the first change looked at; 0: all */
	struct buf header; /* of the registry's canonical file */
	struct ledger_registries *ret;
};

/* ---- changes against entries ---- */

static int check_change(struct checking *c, struct arena *a, int64_t id)
{
	CLEANUP(buf_release) struct buf document = { 0 };
	char subject[NAME_ROOM], action[NAME_ROOM], digest[OFFICE_DIGEST];
	char beside[REGISTRY_DOCUMENT_BESIDE];
	struct registry_change change;
	int64_t told;

	TRY(registry_change_get(c->db, a, c->name, id, &change));
	TRY(registry_document_beside(c->db, id, beside));
	buf_init(&document, DOCUMENT_MOST);
	registry_document_write(&change, beside, &document);
	TRY(buf_check(&document));
	office_digest(document.data, document.len, digest);
	snprintf(subject, sizeof(subject), "%s/%" PRId64, c->name, id);
	snprintf(action, sizeof(action), "registry.%s", change.kind);
	const struct ledger_audit_act act = { action, subject, digest, change.actor, change.at };
	TRY(ledger_audit_find(c->db, &act, &told));
	c->ret->changes.seen++;
	if (told != 1)
		ledger_table_wrong(&c->ret->changes, c->a,
				   "%s第 %" PRId64 " 号变更没有账簿条目，或与条目不同",
				   registry_title(c->kind), id);
	return OK;
}

static int check_changes(struct checking *c)
{
	char begin[NAME_ROOM];
	int64_t id = c->since - 1, rows, entries;
	int rc;

	while ((rc = ledger_audit_next_change(c->db, c->name, id, &id)) == OK) {
		CLEANUP(arena_release) struct arena a;
		arena_init(&a);
		TRY(check_change(c, &a, id));
	}
	if (rc != NONE)
		return rc;
	snprintf(begin, sizeof(begin), "%s/", c->name);
	TRY(ledger_audit_registry_count(c->db, begin, &entries));
	TRY(ledger_audit_changes(c->db, c->name, &rows));
	if (entries != rows)
		ledger_table_wrong(&c->ret->changes, c->a,
				   "%s有 %" PRId64 " 次变更，账簿里有 %" PRId64 " 次",
				   registry_title(c->kind), rows, entries);
	return OK;
}

/* Who goes on for whom counts however long ago that was. */
static int check_links_before(struct checking *c)
{
	int64_t id = 0;
	int rc;

	while ((rc = registry_beside_next(c->db, c->name, id, &id)) == OK && id < c->since) {
		CLEANUP(arena_release) struct arena a;
		arena_init(&a);
		TRY(check_change(c, &a, id));
	}
	return rc == NONE ? OK : rc;
}

/* ---- rows against the digests of their changes ---- */

struct digesting {
	struct checking *c;
	struct sha256 sha;
	int64_t change; /* 0: none yet */
	int64_t changes;
	bool second; /* past the header of the rows changed */
	char want[OFFICE_DIGEST];
};

static void finish_digest(struct digesting *d)
{
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct writer w = { hex, sizeof(hex), 0, false };
	struct ledger_table *t = &d->c->ret->rows;

	if (d->change == 0)
		return;
	sha256_done(&d->sha, digest);
	write_hex(&w, digest, sizeof(digest));
	t->seen++;
	if (memcmp(hex, d->want, SHA256_HEX) != 0)
		ledger_table_wrong(t, d->c->a,
				   "%s第 %" PRId64 " 号变更写下的行，现在的内容与当时的摘要不同",
				   registry_title(d->c->kind), d->change);
}

static void add_header(struct digesting *d)
{
	sha256_add(&d->sha, d->c->header.data, d->c->header.len);
}

static void start_digest(struct digesting *d, int64_t change, const char *want)
{
	d->change = change;
	d->second = false;
	snprintf(d->want, sizeof(d->want), "%s", want);
	sha256_init(&d->sha);
	add_header(d);
}

static void add_line(struct digesting *d, const char *cells, size_t len)
{
	sha256_add(&d->sha, cells, len);
	sha256_add(&d->sha, "\n", 1);
}

/* The rows that were added stand in a file of their own before those that changed. */
static void turn_to_changed(struct digesting *d)
{
	if (!d->second)
		add_header(d);
	d->second = true;
}

struct making {
	struct digesting d;
	bool undo;
};

static void finish_made(struct making *m)
{
	if (m->d.change != 0 && !m->undo)
		turn_to_changed(&m->d);
	finish_digest(&m->d);
}

static int see_made(void *arg, const struct ledger_audit_made *row)
{
	struct making *m = arg;

	if (row->change != m->d.change) {
		finish_made(m);
		start_digest(&m->d, row->change, row->digest);
		m->undo = row->undo;
		m->d.changes++;
	}
	if (!row->undo && !row->added)
		turn_to_changed(&m->d);
	add_line(&m->d, row->cells, strlen(row->cells));
	return OK;
}

static int check_made(struct checking *c)
{
	struct making m = { .d = { .c = c } };
	int64_t count;

	TRY(ledger_audit_walk_made(c->db, c->name, c->since, see_made, &m));
	finish_made(&m);
	TRY(ledger_audit_not_imports(c->db, c->name, c->since, &count));
	if (count != m.d.changes)
		ledger_table_wrong(&c->ret->rows, c->a, "%s有 %" PRId64 " 次变更的行已不在库中",
				   registry_title(c->kind), count - m.d.changes);
	return OK;
}

static int see_imported(void *arg, const char *id, const char *cells, size_t len)
{
	(void)id;
	add_line(arg, cells, len);
	return OK;
}

static int check_imports(struct checking *c)
{
	const char *digest;
	int64_t id = c->since - 1;
	int rc;

	for (;;) {
		CLEANUP(arena_release) struct arena a;
		struct digesting d = { .c = c };
		arena_init(&a);
		rc = ledger_audit_next_import(c->db, &a, c->name, id, &id, &digest);
		if (rc != OK)
			return rc == NONE ? OK : rc;
		start_digest(&d, id, digest);
		TRY(registry_row_walk(c->db, c->name, id, see_imported, &d));
		finish_digest(&d);
	}
}

/* Rows as they were after an import can only be read where versions follow one another. */
static int check_versions(struct checking *c)
{
	int64_t wrong;

	TRY(c->now ? ledger_audit_versions_after(c->db, c->name, c->since ? c->since : INT64_MIN,
						 &wrong)
		   : ledger_audit_versions(c->db, c->name, &wrong));
	if (wrong == 0)
		return check_imports(c);
	ledger_table_wrong(&c->ret->rows, c->a,
			   "%s有 %" PRId64 " 处前后版本接不上（缺版本，或属于没有的变更）",
			   registry_title(c->kind), wrong);
	return OK;
}

/* ---- what stands beside the cells ---- */

static bool same(struct span s, const char *text)
{
	return strlen(text) == s.len && (s.len == 0 || memcmp(text, s.at, s.len) == 0);
}

static int see_row(void *arg, const struct ledger_audit_row *row)
{
	struct checking *c = arg;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct registry_shape shape;
	const char *const facet[FACET_PARTS] = { row->facet.county, row->facet.class,
						 row->facet.special, row->facet.state,
						 row->facet.kind };

	registry_cells(c->kind, span_of(row->cells), cells);
	registry_shape(c->kind, cells, &shape);
	bool fits = same(cells[0], row->id) && same(shape.name, row->name) &&
		    same(shape.code, row->code);
	for (int i = 0; i < FACET_PARTS; i++)
		fits = fits && same(shape.facet[i], facet[i]);
	c->ret->facets.seen++;
	if (!fits)
		ledger_table_wrong(&c->ret->facets, c->a, "%s %s 的名称、代码或分类与它的内容不同",
				   registry_title(c->kind), row->id);
	return OK;
}

static int check_facets(struct checking *c)
{
	int64_t wrong;

	TRY(ledger_audit_walk_rows(c->db, c->name, see_row, c));
	TRY(ledger_audit_facets(c->db, c->name, &wrong));
	if (wrong > 0)
		ledger_table_wrong(&c->ret->facets, c->a, "%s有 %" PRId64 " 个分类的行数不对",
				   registry_title(c->kind), wrong);
	return OK;
}

static int check_registry(struct checking *c)
{
	if (c->now)
		TRY(ledger_audit_last_import(c->db, c->name, &c->since));
	TRY(check_links_before(c));
	TRY(check_changes(c));
	TRY(check_made(c));
	TRY(check_versions(c));
	return c->now ? OK : check_facets(c);
}

int ledger_registries_check(struct db *db, struct arena *a, bool now, struct ledger_registries *ret)
{
	*ret = (struct ledger_registries){ 0 };
	for (enum registry kind = 0; kind < REGISTRIES; kind++) {
		struct checking c = { .db = db,
				      .a = a,
				      .kind = kind,
				      .name = registry_name(kind),
				      .now = now,
				      .ret = ret };
		buf_init(&c.header, 1 << 16);
		registry_write_header(&c.header, kind);
		int rc = check_registry(&c);
		buf_release(&c.header);
		TRY(rc);
	}
	return OK;
}
