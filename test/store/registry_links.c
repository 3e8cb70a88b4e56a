/* test/store/registry_links.c — links between rows, suggested pairs and rows that share a word, on both engines. */
#include "store/registry_change.h"
#include "store/registry_link.h"
#include "store/registry_row.h"
#include "store/registry_suggestion.h"
#include "store/registry_twin.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

#include <stdio.h>

struct row {
	const char *id, *name, *code, *state;
};

static const struct row rows[] = {
	{ "A-1", "甲厂（一）", "X1", "live" }, { "A-2", "甲 厂(一)", "X2", "live" },
	{ "A-3", "乙厂", "X1", "live" },       { "A-4", "丙厂", "", "live" },
	{ "A-5", "丁厂", "", "merged" },
};

struct adding {
	int64_t facet[2];
	size_t done;
};

static struct registry_text text(const char *t)
{
	return (struct registry_text){ t, strlen(t) };
}

static int next(void *arg, struct registry_new *row)
{
	struct adding *w = arg;

	if (w->done == COUNT(rows)) {
		w->done = 0;
		return DB_OK;
	}
	const struct row *r = &rows[w->done++];
	*row = (struct registry_new){ text(r->id), text(r->name), text(r->code), text(r->id),
				      w->facet[strcmp(r->state, "merged") == 0] };
	return DB_ROW;
}

static int change(struct db *db, const char *kind, int64_t undone, int64_t *ret)
{
	struct registry_change c = { .registry = "sites",
				     .kind = kind,
				     .at = 1000,
				     .actor = "张三",
				     .reason = "例",
				     .file = "",
				     .file_digest = "",
				     .result_digest = "",
				     .undone = undone };

	return registry_change_add(db, &c, ret);
}

static int fill(struct db *db, void *arg)
{
	struct adding w = { .done = 0 };
	static const char *const states[] = { "live", "merged" };
	int64_t count, id;

	(void)arg;
	TRY(change(db, "import", 0, &id));
	for (int i = 0; i < 2; i++) {
		struct registry_facet f = { "130602", "key", "0", states[i], "" };
		TRY(registry_facet_ensure(db, "sites", &f, &w.facet[i]));
	}
	return registry_row_add(db, "sites", id, next, &w, &count);
}

static struct db *open_rows(void)
{
	struct db *db = scene_again(scene_migrated());

	if (!CHECK(db_write(db, fill, NULL) == DB_OK))
		printf("# %s\n", db_error_text(db));
	return db;
}

struct seen {
	char text[256];
};

static int see_link(void *arg, const struct registry_link *l)
{
	struct seen *s = arg;
	size_t len = strlen(s->text);

	snprintf(s->text + len, sizeof(s->text) - len, "%s %s>%s;", l->kind, l->old_id, l->new_id);
	return OK;
}

static int add_links(struct db *db, void *arg)
{
	int64_t *id = arg;
	struct registry_link merge = { 0, "merge", "A-2", "A-1", 0 },
			     split = { 0, "split", "A-1", "A-3", 0 },
			     none = { 0, "split", "A-1", "Z", 0 };

	TRY(change(db, "merge", 0, id));
	merge.change = split.change = none.change = *id;
	TRY(registry_link_add(db, "sites", &merge));
	TRY(registry_link_add(db, "sites", &split));
	CHECK_INT(registry_link_add(db, "sites", &none), NONE);
	CHECK_INT(registry_link_add(db, "matters", &merge), NONE);
	return OK;
}

TEST(links_are_told_in_the_order_they_came)
{
	struct db *db = open_rows();
	struct seen s = { "" }, other = { "" };
	int64_t id;

	CHECK_INT(db_write(db, add_links, &id), DB_OK);
	CHECK_INT(registry_link_walk(db, "sites", see_link, &s), DB_OK);
	CHECK_STR(s.text, "merge A-2>A-1;split A-1>A-3;");
	CHECK_INT(registry_link_walk(db, "inspectors", see_link, &other), DB_OK);
	CHECK_STR(other.text, "");
	db_close(db);
}

struct undoing {
	int64_t undone, id;
};

static int undo(struct db *db, void *arg)
{
	struct undoing *u = arg;

	return change(db, "undo", u->undone, &u->id);
}

static int64_t undo_of(struct db *db, int64_t undone)
{
	struct undoing u = { undone, 0 };

	CHECK_INT(db_write(db, undo, &u), DB_OK);
	return u.id;
}

static bool holds(struct db *db, int64_t id)
{
	bool ret = false;

	CHECK_INT(registry_change_holds(db, id, &ret), DB_OK);
	return ret;
}

TEST(a_change_holds_until_it_is_undone_and_again_when_that_is)
{
	struct db *db = open_rows();
	int64_t id;

	CHECK_INT(db_write(db, add_links, &id), DB_OK);
	CHECK(holds(db, id));
	int64_t first = undo_of(db, id);
	CHECK(!holds(db, id) && holds(db, first));
	int64_t again = undo_of(db, first);
	CHECK(holds(db, id) && !holds(db, first) && holds(db, again));
	undo_of(db, again);
	CHECK(!holds(db, id));
	undo_of(db, first);
	CHECK(holds(db, id));
	undo_of(db, id);
	CHECK(!holds(db, id));
	db_close(db);
}

struct pair {
	const char *one, *other;
	bool fresh;
	int rc;
};

static int suggest(struct db *db, void *arg)
{
	struct pair *p = arg;
	struct registry_suggestion s = {
		.first = p->one, .second = p->other, .basis = "code_address", .found_at = 7
	};

	return p->rc = registry_suggestion_add(db, "sites", &s, &p->fresh);
}

static bool suggested(struct db *db, const char *one, const char *other)
{
	struct pair p = { one, other, false, 0 };

	CHECK_INT(db_write(db, suggest, &p), DB_OK);
	return p.fresh;
}

static int decide(struct db *db, void *arg)
{
	return registry_suggestion_decide(db, arg);
}

static int see_suggestion(void *arg, const struct registry_suggestion *s)
{
	struct seen *w = arg;
	size_t len = strlen(w->text);

	snprintf(w->text + len, sizeof(w->text) - len, "%s+%s %s;", s->first, s->second, s->state);
	return OK;
}

static const char *listed(struct db *db, const char *state)
{
	static struct seen s;
	struct registry_suggestion_page p = { "sites", state, 0, 100 };

	s.text[0] = 0;
	CHECK_INT(registry_suggestion_walk(db, &p, see_suggestion, &s), DB_OK);
	return s.text;
}

TEST(pairs_are_suggested_once_and_decided_once)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = open_rows();
	struct registry_suggestion s = {
		.state = "refused", .decided_at = 9, .actor = "李四", .reason = "两个厂区"
	};
	struct pair none = { "A-1", "Z", false, 0 };
	int64_t id, count;

	arena_init(&a);
	CHECK(suggested(db, "A-3", "A-1"));
	CHECK(!suggested(db, "A-1", "A-3"));
	CHECK(suggested(db, "A-1", "A-2"));
	CHECK_INT(db_write(db, suggest, &none), NONE);
	CHECK_STR(listed(db, "open"), "A-1+A-3 open;A-1+A-2 open;");
	CHECK_INT(registry_suggestion_find(db, "sites", "A-1", "A-3", &s.id), DB_OK);
	CHECK(s.id > 0);
	CHECK_INT(db_write(db, decide, &s), DB_OK);
	CHECK_INT(db_write(db, decide, &s), CONFLICT);
	CHECK(!suggested(db, "A-1", "A-3"));
	CHECK_STR(listed(db, "open"), "A-1+A-2 open;");
	CHECK_STR(listed(db, "refused"), "A-1+A-3 refused;");
	CHECK_INT(registry_suggestion_get(db, &a, "sites", s.id, &s), DB_OK);
	CHECK_STR(s.reason, "两个厂区");
	CHECK_INT(s.found_at, 7);
	CHECK_INT(s.change, 0);
	CHECK_INT(registry_suggestion_get(db, &a, "sites", s.id + 100, &s), NONE);
	CHECK_INT(registry_suggestion_find(db, "sites", "A-2", "A-3", &id), DB_OK);
	CHECK_INT(id, 0);
	CHECK_INT(registry_suggestion_count(db, "sites", "open", &count), DB_OK);
	CHECK_INT(count, 1);
	db_close(db);
}

/* A confirmed pair that is found again was put asunder meanwhile. */
TEST(a_confirmed_pair_that_is_found_again_is_open_again)
{
	struct db *db = open_rows();
	struct registry_suggestion s = {
		.state = "confirmed", .decided_at = 9, .actor = "李四", .reason = "同一厂"
	};
	int64_t count;

	CHECK(suggested(db, "A-1", "A-2"));
	CHECK_INT(registry_suggestion_find(db, "sites", "A-1", "A-2", &s.id), DB_OK);
	CHECK_INT(db_write(db, decide, &s), DB_CHECK); /* confirmed without a change */
	CHECK_INT(db_write(db, add_links, &s.change), DB_OK);
	CHECK_INT(db_write(db, decide, &s), DB_OK);
	CHECK_STR(listed(db, "open"), "");
	CHECK(suggested(db, "A-1", "A-2"));
	CHECK_STR(listed(db, "open"), "A-1+A-2 open;");
	/* A pair with a merged row waits out of sight. */
	CHECK(suggested(db, "A-1", "A-5"));
	CHECK_STR(listed(db, "open"), "A-1+A-2 open;");
	CHECK_INT(registry_suggestion_count(db, "sites", "open", &count), DB_OK);
	CHECK_INT(count, 1);
	db_close(db);
}

static int see_twin(void *arg, const struct registry_twin *t)
{
	struct seen *s = arg;
	size_t len = strlen(s->text);

	CHECK_INT(t->cells_len, strlen(t->cells));
	snprintf(s->text + len, sizeof(s->text) - len, "%s:%s;", t->word, t->id);
	return OK;
}

TEST(rows_that_share_a_code_or_a_name)
{
	struct db *db = open_rows();
	struct seen codes = { "" }, names = { "" };

	CHECK_INT(registry_twin_codes(db, "sites", see_twin, &codes), DB_OK);
	CHECK_STR(codes.text, "X1:A-1;X1:A-3;");
	CHECK_INT(registry_twin_names(db, "sites", see_twin, &names), DB_OK);
	CHECK_STR(names.text, "甲厂(一) 130602:A-1;甲厂(一) 130602:A-2;");
	db_close(db);
}
