/* app/registry_suggest.c — rows of one word are compared with each other; pairs are kept until somebody decides. */
#include "app/registry_suggest.h"

#include "app/import_work.h"
#include "app/person.h"
#include "app/registry_compare.h"
#include "app/registry_merge.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/status.h"
#include "store/registry_row.h"
#include "store/registry_twin.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP_MOST = 64, PAGE_MOST = 1000, DOCUMENT_MOST = 1 << 16 };

struct pair {
	const char *one, *other, *basis;
};

struct finding {
	struct office *office;
	struct arena arena; /* of the pairs */
	struct pair *pairs;
	size_t count;
	bool by_code;
	/* Rows that share the word seen last; more than GROUP_MOST are not kept. */
	struct arena group;
	const char *word;
	struct span rows[GROUP_MOST][REGISTRY_FIELDS_MOST];
	size_t row_count;
	int64_t fresh;
};

static void release(struct finding **f)
{
	if (!*f)
		return;
	arena_release(&(*f)->arena);
	arena_release(&(*f)->group);
	free(*f);
}

/* Why the two may be one, which share a code, or name and county; NULL: nothing says so. */
static const char *basis_of(const struct finding *f, const struct span *a, const struct span *b)
{
	if (f->by_code)
		return a[SITE_ADDRESS].len && import_match_same(REGISTRY_SITES, true, a, b)
			       ? "code_address"
			       : NULL;
	bool codes = a[SITE_CODE].len && b[SITE_CODE].len;
	if (codes && span_equal(a[SITE_CODE], b[SITE_CODE]) &&
	    import_match_same(REGISTRY_SITES, true, a, b))
		return NULL; /* found by its code */
	if (a[SITE_ADDRESS].len && b[SITE_ADDRESS].len &&
	    import_match_same(REGISTRY_SITES, false, a, b))
		return "name_address";
	return codes && !span_equal(a[SITE_CODE], b[SITE_CODE]) ? NULL : "name_county";
}

static void start_group(struct finding *f, const char *word)
{
	arena_release(&f->group);
	arena_init(&f->group);
	f->word = arena_str(&f->group, word);
	f->row_count = 0;
}

static int take_twin(void *arg, const struct registry_twin *t)
{
	struct finding *f = arg;
	struct span row[REGISTRY_FIELDS_MOST];

	if (f->count == REGISTRY_SUGGESTIONS_MOST)
		return OK;
	if (!f->word || strcmp(f->word, t->word) != 0)
		start_group(f, t->word);
	registry_cells(REGISTRY_SITES, (struct span){ t->cells, t->cells_len }, row);
	if (span_equal(row[SITE_STATE], SPAN("merged")))
		return OK;
	for (size_t i = 0; i < f->row_count; i++) {
		const char *basis = basis_of(f, f->rows[i], row);
		if (!basis)
			continue;
		struct span one = f->rows[i][SITE_ID];
		f->pairs[f->count++] = (struct pair){ arena_mem(&f->arena, one.at, one.len),
						      arena_str(&f->arena, t->id), basis };
		return OK;
	}
	if (f->row_count == GROUP_MOST)
		return OK;
	char *cells = arena_mem(&f->group, t->cells, t->cells_len);
	registry_cells(REGISTRY_SITES, (struct span){ cells, t->cells_len },
		       f->rows[f->row_count++]);
	return OK;
}

static int find(struct db *db, void *arg)
{
	struct finding *f = arg;

	f->count = 0;
	f->word = NULL;
	f->by_code = true;
	TRY(registry_twin_codes(db, registry_name(REGISTRY_SITES), take_twin, f));
	f->word = NULL;
	f->by_code = false;
	return registry_twin_names(db, registry_name(REGISTRY_SITES), take_twin, f);
}

/* Nothing is decided by this, so it leaves no entry in the ledger. */
static int keep(struct db *db, void *arg)
{
	struct finding *f = arg;
	bool fresh;

	TRY(person_acts(f->office, PERSON_ACTORS));
	f->fresh = 0;
	for (size_t i = 0; i < f->count; i++) {
		struct registry_suggestion s = { .first = f->pairs[i].one,
						 .second = f->pairs[i].other,
						 .basis = f->pairs[i].basis,
						 .found_at = office_now(f->office) };
		TRY(registry_suggestion_add(db, registry_name(REGISTRY_SITES), &s, &fresh));
		f->fresh += fresh;
	}
	return OK;
}

int registry_suggest_find(struct office *o, int64_t *ret_found, int64_t *ret_fresh)
{
	CLEANUP(release) struct finding *f = must_alloc(sizeof(*f));

	*f = (struct finding){ .office = o };
	arena_init(&f->arena);
	arena_init(&f->group);
	TRY(scope_need_all(o));
	f->pairs = arena_array(&f->arena, REGISTRY_SUGGESTIONS_MOST, sizeof(*f->pairs));
	TRY(db_read(o->db, find, f));
	TRY(office_write(o, keep, f));
	*ret_found = (int64_t)f->count;
	*ret_fresh = f->fresh;
	return OK;
}

/* ---- deciding ---- */

struct getting {
	const struct registry_act *act;
	int64_t id;
	struct registry_suggestion got;
};

static int get(struct db *db, void *arg)
{
	struct getting *g = arg;

	return registry_suggestion_get(db, g->act->arena, registry_name(g->act->kind), g->id,
				       &g->got);
}

/* An open one. */
static int get_open(struct getting *g)
{
	int rc = db_read(g->act->office->db, get, g);

	if (rc == NONE) {
		plan_note(g->act->notes, PLAN_REFUSED, "没有第 %lld 号建议", (long long)g->id);
		return NONE;
	}
	TRY(rc);
	if (strcmp(g->got.state, "open") == 0)
		return OK;
	plan_note(g->act->notes, PLAN_REFUSED, "第 %lld 号建议已由%s处理过：%s", (long long)g->id,
		  g->got.actor, g->got.reason);
	return CONFLICT;
}

int registry_suggest_confirm(const struct registry_act *act, int64_t suggestion,
			     const char *survivor, int64_t *ret_change)
{
	struct getting g = { .act = act, .id = suggestion };

	TRY(get_open(&g));
	bool first = strcmp(g.got.first, survivor) == 0;
	if (!first && strcmp(g.got.second, survivor) != 0) {
		plan_note(act->notes, PLAN_REFUSED,
			  "第 %lld 号建议说的是 %s 和 %s，请从中选一个保留", (long long)suggestion,
			  g.got.first, g.got.second);
		return INVALID;
	}
	const char *gone = first ? g.got.second : g.got.first;
	const struct registry_merge_in in = { survivor, &gone, 1 };
	return registry_act_merge(act, &in, ret_change);
}

static int refuse(struct db *db, void *arg)
{
	struct getting *g = arg;
	const struct registry_act *act = g->act;
	struct registry_suggestion d = { .id = g->id,
					 .state = "refused",
					 .decided_at = office_now(act->office),
					 .actor = act->office->actor,
					 .reason = act->reason };
	char digest[OFFICE_DIGEST];
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	TRY(person_acts(act->office, PERSON_ACTORS));
	TRY(registry_suggestion_decide(db, &d));
	buf_init(&out, DOCUMENT_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "first", g->got.first);
	json_put_text(&j, "reason", act->reason);
	json_put_text(&j, "registry", registry_name(act->kind));
	json_put_text(&j, "second", g->got.second);
	json_put_text(&j, "state", d.state);
	json_end_object(&j);
	TRY(buf_check(&out));
	TRY(office_document(act->office, out.data, out.len, digest));
	return office_log(act->office, "registry.suggestion",
			  arena_printf(act->arena, "%s/suggestion/%lld", registry_name(act->kind),
				       (long long)g->id),
			  digest);
}

int registry_suggest_refuse(const struct registry_act *act, int64_t suggestion)
{
	struct getting g = { .act = act, .id = suggestion };

	TRY(registry_act_reason(act));
	TRY(scope_need_all(act->office));
	TRY(get_open(&g));
	return office_write(act->office, refuse, &g);
}

/* ---- listing ---- */

struct listing {
	struct arena *arena;
	const struct registry_suggestion_page *in;
	struct registry_suggested_page *out;
};

static int take_suggestion(void *arg, const struct registry_suggestion *s)
{
	struct listing *l = arg;
	struct registry_suggestion *d = &l->out->rows[l->out->count++].suggestion;

	*d = *s;
	d->first = arena_str(l->arena, s->first);
	d->second = arena_str(l->arena, s->second);
	d->basis = arena_str(l->arena, s->basis);
	d->state = arena_str(l->arena, s->state);
	d->actor = arena_str(l->arena, s->actor);
	d->reason = arena_str(l->arena, s->reason);
	return OK;
}

static int read_cells(struct db *db, const struct listing *l, const char *id, struct span *cells)
{
	struct registry_row row;

	TRY(registry_row_get(db, l->arena, registry_name(REGISTRY_SITES), id, &row));
	registry_cells(REGISTRY_SITES, (struct span){ row.cells, row.cells_len }, cells);
	return OK;
}

static int list(struct db *db, void *arg)
{
	struct listing *l = arg;
	struct registry_suggestion_page page = { registry_name(REGISTRY_SITES), l->in->state,
						 l->in->after, l->in->most };

	l->out->count = 0;
	if (page.most > PAGE_MOST)
		page.most = PAGE_MOST;
	l->out->rows = arena_array(l->arena, (size_t)page.most, sizeof(*l->out->rows));
	TRY(registry_suggestion_count(db, page.registry, page.state, &l->out->total));
	TRY(registry_suggestion_walk(db, &page, take_suggestion, l));
	for (size_t i = 0; i < l->out->count; i++) {
		struct registry_suggested *s = &l->out->rows[i];
		TRY(read_cells(db, l, s->suggestion.first, s->first));
		TRY(read_cells(db, l, s->suggestion.second, s->second));
	}
	return OK;
}

int registry_suggest_list(struct office *o, struct arena *a,
			  const struct registry_suggestion_page *in,
			  struct registry_suggested_page *ret)
{
	struct listing l = { a, in, ret };

	TRY(scope_need_all(o));
	return db_read(o->db, list, &l);
}

const char *registry_suggest_basis(const char *basis)
{
	if (strcmp(basis, "code_address") == 0)
		return "信用代码和地址相同";
	return strcmp(basis, "name_address") == 0 ? "名称和地址相同" : "名称和县区相同";
}
