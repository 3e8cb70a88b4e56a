/* app/registry_import.c — registry to file, import, comparison, transaction; from the start if another was first. */
#include "app/registry_import.h"

#include "app/file_digest.h"
#include "app/office_person.h"
#include "app/import_folder.h"
#include "app/registry_apply.h"
#include "app/registry_compare.h"
#include "app/registry_export.h"
#include "app/registry_kept.h"
#include "app/registry_list.h"
#include "app/rule_set_store.h"
#include "app/work_folder.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "store/registry_edit.h"
#include "store/registry_list.h"
#include "store/registry_row.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TRIES = 5, REPORTS_MOST = 1000, DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

struct importing {
	struct office *office;
	struct arena *arena;
	const struct registry_import *in;
	struct registry_imported *ret;
	struct work_folder work;
	char file_digest[OFFICE_DIGEST];
	/* of one try */
	int64_t expected;
	struct registry_kept *kept; /* the old file is the kept one, and is still being looked at */
	struct file_map old, fresh, edits, added, changed, overrides;
	struct facets facets;
	struct registry_difference difference;
	struct registry_fall *falls;
	const char *report, *fresh_path; /* in the work folder */
	bool nothing;                    /* no row was taken: only the report is written */
	bool stopped; /* progress said so, perhaps too late for the import to notice */
};

static const char *in_work(const struct importing *m, const char *name)
{
	return arena_printf(m->arena, "%s/%s", m->work.path, name);
}

static bool on_import(void *arg, uint64_t done, uint64_t total)
{
	struct importing *m = arg;

	if (m->in->progress && !m->in->progress(m->in->progress_arg, "核对", done, total))
		m->stopped = true;
	return !m->stopped;
}

/* ---- what the registry holds ---- */

struct edits_out {
	struct file_out out;
	enum registry kind;
};

static int write_edit(void *arg, const char *id, int64_t key, const char *field)
{
	struct edits_out *e = arg;
	char line[128];
	struct writer w = { line, sizeof(line), 0, false };
	uint32_t count;
	const struct field *fields = registry_fields(e->kind, &count);

	for (uint32_t f = 0; f < count; f++) {
		if (strcmp(fields[f].name, field) != 0)
			continue;
		write_span(&w, span_of(id));
		write_char(&w, '\t');
		write_number(&w, (uint64_t)key);
		write_char(&w, '\t');
		write_number(&w, f);
		write_char(&w, '\n');
		file_out_add(&e->out, line, w.len);
	}
	return e->out.rc;
}

static int export_edits(struct importing *m, const char *path)
{
	struct edits_out e = { .kind = m->in->kind };

	TRY(file_out_open(&e.out, path, 0600));
	e.out.staged = true; /* gone before this process is */
	int rc = registry_edit_walk(m->office->db, registry_name(m->in->kind), write_edit, &e);
	if (rc == OK)
		return file_out_commit(&e.out);
	file_out_abort(&e.out);
	return rc;
}

/* The old file is left out when it has no rows: all rows are new then, and the import can go faster. */
static int take_registry(struct importing *m)
{
	const char *path = in_work(m, "old.tsv"), *edits = in_work(m, "edits");
	struct span rest, line;

	m->ret->problem_path = path;
	m->kept = registry_kept_take(m->office, m->arena, m->in->kind, path);
	if (!m->kept)
		TRY(registry_export_last(m->office, m->in->kind, path, &m->expected));
	TRY(export_edits(m, edits));
	TRY(file_map(path, &m->old));
	TRY(file_map(edits, &m->edits));
	rest = (struct span){ m->old.at, m->old.len };
	if (registry_line(&rest, &line) && rest.len == 0)
		file_unmap(&m->old);
	return OK;
}

static int see_winner(void *arg, const char *field, const char *winner)
{
	struct registry_compare *c = arg;
	uint32_t count;
	const struct field *fields = registry_fields(c->kind, &count);

	for (uint32_t f = 0; f < count; f++)
		if (strcmp(fields[f].name, field) == 0)
			c->file_wins[f] = strcmp(winner, "file") == 0;
	return OK;
}

/* ---- what the import makes of it ---- */

static void on_started(void *arg)
{
	struct importing *m = arg;

	if (m->kept)
		registry_kept_look(m->kept);
}

/* Of the rule set in force, or the usual years. */
static uint32_t senior_years(struct importing *m, int64_t day)
{
	enum { USUAL = 5 };
	struct rule_set_kept kept;
	struct plan_notes notes;
	struct rule_set set;

	plan_notes_init(&notes, m->arena);
	if (m->in->kind != REGISTRY_INSPECTORS ||
	    rule_set_in_force(m->office, RULE_CITY, day, &notes, &set, &kept) != OK)
		return USUAL;
	return set.senior_years;
}

static int import(struct importing *m)
{
	const struct registry_import *in = m->in;
	char *today = arena_alloc(m->arena, CLOCK_DAY);
	int64_t now = office_now(m->office), day = (now + ZONE_MS) / DAY_MS;
	struct import_options o = { .kind = in->kind,
				    .file = in->file,
				    .map = in->map,
				    .old = m->old.len ? in_work(m, "old.tsv") : NULL,
				    .out = m->work.path,
				    .sheet = in->sheet,
				    .today = today,
				    .senior_years = senior_years(m, day),
				    .any_area = in->any_area,
				    .no_report = !in->report,
				    .must_take = true,
				    .passing = true,
				    .want_json = in->want_json,
				    .json_fd = in->json_fd,
				    .max_rows = in->max_rows,
				    .progress = on_import,
				    .progress_arg = m,
				    .started = on_started,
				    .started_arg = m };
	struct import_paths paths;

	clock_day(now, today);
	if (in->want_json &&
	    (ftruncate(in->json_fd, 0) != 0 || lseek(in->json_fd, 0, SEEK_SET) != 0))
		return IO_ERROR;
	int rc = import_file(&o, m->arena, m->ret->summary, &paths);
	m->ret->problem_path = paths.problem_path;
	if (rc != OK)
		return rc;
	if (m->stopped)
		return CANCELLED;
	m->report = paths.report;
	m->nothing = !paths.registry;
	if (m->nothing)
		return INVALID;
	m->fresh_path = paths.registry;
	return file_map(paths.registry, &m->fresh);
}

static int compare(struct importing *m)
{
	struct registry_compare c = { .kind = m->in->kind,
				      .old = { m->old.at, m->old.len },
				      .fresh = { m->fresh.at, m->fresh.len },
				      .edits = { m->edits.at, m->edits.len },
				      .added = m->old.len ? in_work(m, "added.tsv") : NULL,
				      .changed = in_work(m, "changed.tsv"),
				      .overrides = in_work(m, "overrides"),
				      .facets = &m->facets };

	m->ret->problem_path = m->work.path;
	facets_init(&m->facets, m->arena);
	TRY(registry_winner_walk(m->office->db, registry_name(m->in->kind), see_winner, &c));
	TRY(registry_compare(&c, &m->difference));
	if (c.added)
		TRY(file_map(c.added, &m->added));
	TRY(file_map(c.changed, &m->changed));
	return file_map(c.overrides, &m->overrides);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static struct span mapped(const struct file_map *m)
{
	return (struct span){ m->at, m->len };
}

/* ---- sites that stop to be what they were ---- */

const char *registry_loss_word(enum registry_loss_kind kind)
{
	static const char *const words[LOSS_KINDS] = {
		[LOSS_KEY] = "重点对象", [LOSS_SPECIAL] = "特殊监管对象", [LOSS_LIVE] = "在产对象"
	};

	return words[kind];
}

static int count_county(struct importing *m, const char *county, int64_t ret[LOSS_KINDS])
{
	struct registry_filter f = { .registry = registry_name(m->in->kind),
				     .county = *county ? county : NULL,
				     .after = "",
				     .most = 1 };
	struct registry_page page;

	for (int i = 0; i < LOSS_KINDS; i++) {
		f.class = i == LOSS_KEY ? "key" : NULL;
		f.special = i == LOSS_SPECIAL ? "1" : NULL;
		f.state = i == LOSS_LIVE ? "live" : NULL;
		TRY(registry_list(m->office->db, m->arena, &f, &page));
		ret[i] = page.total;
	}
	return OK;
}

/* Many of one county: then a person says why. */
static int refuse_many(struct importing *m, const struct registry_fall *f)
{
	struct import_summary *s = m->ret->summary;

	for (int i = 0; !m->in->reason && i < LOSS_KINDS; i++) {
		if (f->lost[i] < LOSS_LEAST || f->lost[i] * LOSS_SHARE <= f->before[i])
			continue;
		snprintf(s->refusal, sizeof(s->refusal),
			 "%s的%s原有 %lld 家，按这份文件有 %lld 家不再是，超过 1/%d。"
			 "请核对文件；确实如此的，用 --reason 写明原因再导入",
			 f->county, registry_loss_word((enum registry_loss_kind)i),
			 (long long)f->before[i], (long long)f->lost[i], LOSS_SHARE);
		return INVALID;
	}
	return OK;
}

static int look_before(struct importing *m)
{
	const struct registry_difference *d = &m->difference;
	uint32_t count;
	const struct field *county = &registry_fields(m->in->kind, &count)[SITE_COUNTY];

	m->falls = arena_array(m->arena, d->loss_count + 1, sizeof(*m->falls));
	for (size_t i = 0; i < d->loss_count; i++) {
		struct registry_fall *f = &m->falls[i];
		struct span name = registry_shown(m->arena, county, span_of(d->losses[i].county));
		f->county = arena_mem(m->arena, name.at, name.len);
		memcpy(f->lost, d->losses[i].lost, sizeof(f->lost));
		TRY(count_county(m, d->losses[i].county, f->before));
		TRY(refuse_many(m, f));
	}
	return OK;
}

static int look_after(struct importing *m)
{
	const struct registry_difference *d = &m->difference;

	for (size_t i = 0; i < d->loss_count; i++)
		TRY(count_county(m, d->losses[i].county, m->falls[i].after));
	m->ret->falls = m->falls;
	m->ret->fall_count = d->loss_count;
	return OK;
}

/* A row that was changed in the table itself is not counted where its cells say. */
static int recount(struct db *db, void *arg)
{
	const struct importing *m = arg;

	return registry_facet_recount(db, registry_name(m->in->kind));
}

static int apply(struct importing *m)
{
	const struct import_summary *s = m->ret->summary;
	const struct registry_difference *d = &m->difference;
	uint64_t taken =
		s->count[IMPORT_NEW] + s->count[IMPORT_UNCHANGED] + s->count[IMPORT_UPDATED];
	struct registry_apply p = {
		.office = m->office,
		.kind = m->in->kind,
		.change = { .kind = "import",
			    .reason = m->in->reason ? m->in->reason : "导入",
			    .file = base_name(m->in->file),
			    .file_digest = m->file_digest,
			    .result_digest = d->digest,
			    .added = d->added,
			    .updated = d->updated,
			    .unchanged = (int64_t)taken - d->added - d->updated,
			    .quarantined = (int64_t)s->count[IMPORT_QUARANTINED],
			    .kept = (int64_t)s->kept },
		.expected = m->expected,
		.added = mapped(m->old.len ? &m->added : &m->fresh),
		.changed = mapped(&m->changed),
		.overrides = mapped(&m->overrides),
		.facets = &m->facets,
		.progress = m->in->progress,
		.progress_arg = m->in->progress_arg,
	};

	if (m->old.len) {
		for (uint32_t i = 0; i < m->facets.count; i++)
			m->facets.entries[i].more = 0;
		p.more = recount;
		p.more_arg = m;
	}
	TRY(registry_apply(&p));
	/* Where edits were met, the registry is not what the import alone made of it. */
	registry_kept_put(m->office, m->arena, m->in->kind, d->overridden ? NULL : m->fresh_path);
	m->ret->change = p.id;
	m->ret->added = d->added;
	m->ret->updated = d->updated;
	m->ret->overridden = d->overridden;
	if (m->in->kind != REGISTRY_RECUSALS)
		return OK;
	const struct span files[2] = { p.added, p.changed };
	return recusal_known(m->office, m->arena, files, &m->ret->doubts);
}

static void unmap_all(struct importing *m)
{
	file_unmap(&m->old);
	file_unmap(&m->fresh);
	file_unmap(&m->edits);
	file_unmap(&m->added);
	file_unmap(&m->changed);
	file_unmap(&m->overrides);
}

static int prepare(struct importing *m)
{
	TRY(take_registry(m));
	TRY(import(m));
	return compare(m);
}

/* The kept file is looked at meanwhile; where it does not fit, nothing that came of it counts. */
static int once(struct importing *m)
{
	int rc = prepare(m);

	if (m->kept) {
		int seen = registry_kept_seen(m->kept, &m->expected);
		m->kept = NULL;
		if (seen == NONE)
			registry_kept_put(m->office, m->arena, m->in->kind, NULL);
		TRY(seen == NONE ? CONFLICT : seen);
	}
	TRY(rc);
	m->ret->problem_path = NULL;
	TRY(look_before(m));
	TRY(apply(m));
	return look_after(m);
}

/* ---- the report, once the change is made ---- */

/* Another import's report stays: sites-report.csv, sites-report-2.csv and so on. */
static const char *free_name(const struct importing *m, const struct file_map *text)
{
	const char *name = base_name(m->report), *dot = strrchr(name, '.');
	int stem = (int)(dot ? dot - name : (ptrdiff_t)strlen(name));
	const char *path = arena_printf(m->arena, "%s/%s", m->in->report, name);

	for (unsigned n = 2; n < REPORTS_MOST && file_exists(path); n++) {
		CLEANUP(file_unmap) struct file_map there = { NULL, 0 };
		if (file_map(path, &there) == OK && there.len == text->len &&
		    memcmp(there.at, text->at, text->len) == 0)
			break;
		path = arena_printf(m->arena, "%s/%.*s-%u%s", m->in->report, stem, name, n,
				    dot ? dot : "");
	}
	return path;
}

static int place_report(struct importing *m)
{
	CLEANUP(file_unmap) struct file_map from = { NULL, 0 };
	struct file_out to;

	if (!m->report)
		return OK;
	m->ret->problem_path = m->report;
	TRY(file_map(m->report, &from));
	m->ret->report = free_name(m, &from);
	m->ret->problem_path = m->ret->report;
	TRY(file_out_open(&to, m->ret->report, 0600));
	file_out_add(&to, from.at, from.len);
	return file_out_commit(&to);
}

static int work(struct importing *m)
{
	int rc = CONFLICT;

	m->ret->problem_path = m->in->file;
	TRY(file_digest(m->in->file, m->file_digest));
	for (int tries = 0; rc == CONFLICT && tries < MOST_TRIES; tries++) {
		rc = once(m);
		unmap_all(m);
	}
	if (rc == OK || m->nothing)
		TRY(place_report(m));
	return rc;
}

static bool refuse_reason(const char *reason, struct import_summary *s)
{
	const char *why = office_reason_wrong(reason);

	if (why)
		snprintf(s->refusal, sizeof(s->refusal), "%s", why);
	return why != NULL;
}

int registry_import(struct office *o, struct arena *a, const struct registry_import *in,
		    struct registry_imported *ret)
{
	struct importing m = { .office = o, .arena = a, .in = in, .ret = ret };
	struct import_folder folder = { NULL, NULL };

	*ret = (struct registry_imported){ .summary = arena_alloc(a, sizeof(*ret->summary)),
					   .problem_path = o->work };
	if (in->reason && refuse_reason(in->reason, ret->summary))
		return INVALID;
	if (in->report) {
		ret->problem_path = in->report;
		TRY(import_folder_make(&folder, a, in->report));
		ret->problem_path = o->work;
	}
	int rc = work_folder_make(o->work, a, &m.work);
	if (rc == OK) {
		rc = work(&m);
		work_folder_release(&m.work);
	}
	if (rc != OK)
		import_folder_drop(&folder);
	if (rc == OK)
		ret->problem_path = NULL;
	return rc;
}
