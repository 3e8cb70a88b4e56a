/* test/store/registry.c — rows, versions, facets, edits and pages of a registry, on both engines. */
#include "store/registry_change.h"
#include "store/registry_edit.h"
#include "store/registry_history.h"
#include "store/registry_list.h"
#include "store/registry_row.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

#include <stdio.h>

static struct db *open_registry(void)
{
	return scene_again(scene_migrated());
}

/* Rows number, number + 1... with a word in their cells. */
struct making {
	int number, count, done;
	const char *word, *kind;
	int64_t change, rows;
	bool replace;
	char id[24], cells[80];
};

static struct registry_text text(const char *t)
{
	return (struct registry_text){ t, strlen(t) };
}

static const char *county_of(int number)
{
	return number % 3 == 0 ? "130602" : "130606,130607";
}

static int facet_of(struct db *db, int number, int64_t *ret)
{
	struct registry_facet f = { county_of(number), number % 2 ? "key" : "general", "0", "live",
				    "" };

	return registry_facet_ensure(db, "sites", &f, ret);
}

static int64_t facets[6];

static int next(void *arg, struct registry_new *row)
{
	struct making *m = arg;

	if (m->done == m->count) {
		m->done = 0;
		return DB_OK;
	}
	int number = m->number + m->done++;
	snprintf(m->id, sizeof(m->id), "S-%06d", number);
	snprintf(m->cells, sizeof(m->cells), "S-%06d\t保定第%d厂\t%s", number, number, m->word);
	*row = (struct registry_new){ text(m->id), text(m->cells + 9), text(m->id + 2),
				      text(m->cells), facets[number % 6] };
	row->name.len = strlen(m->cells + 9) - strlen(m->word) - 1;
	return DB_ROW;
}

static int make(struct db *db, void *arg)
{
	struct making *m = arg;
	struct registry_change c = { .registry = "sites",
				     .kind = m->kind ? m->kind : "import",
				     .at = 1000,
				     .actor = "张三",
				     .reason = "例行",
				     .file = "",
				     .file_digest = "",
				     .result_digest = "" };

	m->done = 0;
	TRY(registry_change_add(db, &c, &m->change));
	for (int i = 0; i < 6; i++)
		TRY(facet_of(db, i, &facets[i]));
	if (m->replace)
		return registry_row_replace(db, "sites", m->change, next, m, &m->rows);
	for (int i = 0; i < m->count; i++)
		TRY(registry_facet_count(db, facets[(m->number + i) % 6], 1));
	return registry_row_add(db, "sites", m->change, next, m, &m->rows);
}

static int64_t add(struct db *db, int number, int count, const char *word)
{
	struct making m = { .number = number, .count = count, .word = word };

	CHECK_INT(db_write(db, make, &m), DB_OK);
	CHECK_INT(m.rows, count);
	return m.change;
}

static int64_t replace(struct db *db, int number, int count, const char *word)
{
	struct making m = { .number = number, .count = count, .word = word, .replace = true };

	CHECK_INT(db_write(db, make, &m), DB_OK);
	CHECK_INT(m.rows, count);
	return m.change;
}

struct seen {
	int count, words;
	const char *word;
	char last[80];
};

static int see(void *arg, const char *id, const char *cells, size_t len)
{
	struct seen *s = arg;

	CHECK(strcmp(s->last, id) < 0 && strlen(cells) == len);
	snprintf(s->last, sizeof(s->last), "%s", id);
	s->count++;
	s->words += strstr(cells, s->word) != NULL;
	return OK;
}

static void check_state(struct db *db, int64_t change, const char *word, int count, int words)
{
	struct seen s = { .word = word };

	CHECK_INT(registry_row_walk(db, "sites", change, see, &s), DB_OK);
	CHECK_INT(s.count, count);
	CHECK_INT(s.words, words);
}

TEST(what_a_change_replaces_stays_readable)
{
	struct db *db = open_registry();
	int64_t first = add(db, 1, 11000, "first");
	int64_t second = replace(db, 5001, 600, "second");
	int64_t third = add(db, 20001, 10, "third");
	int64_t head;

	CHECK(first < second && second < third);
	CHECK_INT(registry_change_head(db, "sites", &head), DB_OK);
	CHECK_INT(head, third);
	CHECK_INT(registry_change_head(db, "matters", &head), DB_OK);
	CHECK_INT(head, 0);
	check_state(db, INT64_MAX, "first", 11010, 10400);
	check_state(db, third, "second", 11010, 600);
	check_state(db, second, "second", 11000, 600);
	check_state(db, first, "first", 11000, 11000);
	check_state(db, first - 1, "first", 0, 0);
	CHECK_INT(scene_number(db, "select count(*) from registry_stage"), 0);
	db_close(db);
}

TEST(rows_that_are_not_there_cannot_be_replaced)
{
	struct db *db = open_registry();
	struct making m = { .number = 8, .count = 5, .word = "x", .replace = true };
	struct making again = { .number = 10, .count = 1, .word = "x" };

	add(db, 1, 10, "first");
	CHECK_INT(db_write(db, make, &m), CONFLICT);
	CHECK_INT(db_write(db, make, &again), DB_UNIQUE);
	check_state(db, INT64_MAX, "first", 10, 10);
	CHECK_INT(scene_number(db, "select count(*) from registry_change"), 1);
	db_close(db);
}

static int see_version(void *arg, const struct registry_version *v)
{
	struct seen *s = arg;

	s->count++;
	s->words = s->words * 10 + (int)v->version;
	if (strstr(v->cells, s->word))
		snprintf(s->last, sizeof(s->last), "%d", (int)v->version);
	return OK;
}

static int see_diff(void *arg, const char *id, const char *from, const char *to)
{
	struct seen *s = arg;

	(void)id;
	s->count++;
	s->words += from != NULL;
	return to ? OK : NONE;
}

TEST(a_row_tells_its_versions_and_two_states_their_difference)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = open_registry();
	struct registry_row row;
	struct seen s = { .word = "second" }, d = { 0 }, e = { 0 };

	arena_init(&a);
	int64_t first = add(db, 1, 9, "first"), second = replace(db, 3, 2, "second");
	int64_t third = replace(db, 3, 1, "third");
	int64_t fourth = add(db, 10, 1, "fourth");
	CHECK_INT(registry_row_get(db, &a, "sites", "S-000003", &row), DB_OK);
	CHECK_INT(row.version, 3);
	CHECK_INT(row.change, third);
	CHECK_STR(row.name, "保定第3厂");
	CHECK_INT(registry_row_get(db, &a, "matters", "S-000003", &row), NONE);
	CHECK_INT(registry_version_walk(db, row.key, see_version, &s), DB_OK);
	CHECK_INT(s.count, 3);
	CHECK_INT(s.words, 321);
	CHECK_STR(s.last, "2");
	CHECK_INT(registry_diff_walk(db, "sites", (int64_t[]){ first, fourth }, see_diff, &d),
		  DB_OK);
	CHECK_INT(d.count, 3); /* 3, 4 and the new one */
	CHECK_INT(d.words, 2);
	CHECK_INT(registry_diff_walk(db, "sites", (int64_t[]){ second, third }, see_diff, &e),
		  DB_OK);
	CHECK_INT(e.count, 1);
	db_close(db);
}

/* What the tables held when registry_row had the cells of the current version, and registry_version the others. */
static const char *const kept_before[] = {
	"insert into registry_change (registry, kind, at, actor, reason, file, file_digest, result_digest,"
	" added, updated, unchanged, quarantined, kept) values"
	" ('sites', 'import', 1, '', '', '', '', '', 2, 0, 0, 0, 0),"
	" ('sites', 'import', 2, '', '', '', '', '', 0, 1, 1, 0, 0)",
	"insert into registry_row (registry, id, name, code, facet, change, version, cells) values"
	" ('sites', 'S-000001', '甲', '', 1, 2, 2, 'S-000001\t甲\tsecond'),"
	" ('sites', 'S-000002', '乙', '', 1, 1, 1, 'S-000002\t乙\tfirst')",
	("insert into registry_version (row, version, change, until_change, cells)"
	 " select key, 1, 1, 2, 'S-000001\t甲\tfirst' from registry_row where id = 'S-000001'"),
	"insert into registry_head (registry, change) values ('sites', 2)",
};

TEST(rows_from_before_versions_were_apart_keep_theirs)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = scene_again(scene_address());
	struct seen s = { .word = "first" };
	struct registry_row row;
	size_t before = 0;

	arena_init(&a);
	while (!strstr(migrations[before].name, "registry_version"))
		before++;
	CHECK_INT(db_migrate(db, migrations, before), DB_OK);
	for (size_t i = 0; i < COUNT(kept_before); i++)
		CHECK_INT(scene_run(db, kept_before[i]), DB_OK);
	CHECK_INT(db_migrate(db, migrations, migration_count), DB_OK);
	CHECK_INT(registry_row_get(db, &a, "sites", "S-000001", &row), DB_OK);
	CHECK_STR(row.cells, "S-000001\t甲\tsecond");
	CHECK_INT(registry_version_walk(db, row.key, see_version, &s), DB_OK);
	CHECK_INT(s.words, 21);
	CHECK_STR(s.last, "1");
	check_state(db, 1, "first", 2, 2);
	check_state(db, 2, "first", 2, 1);
	int64_t third = replace(db, 1, 2, "third");
	check_state(db, 2, "first", 2, 1);
	check_state(db, add(db, 3, 4, "fourth"), "third", 6, 2);
	check_state(db, third, "third", 2, 2);
	db_close(db);
}

static int see_undo(void *arg, const char *id, const char *from, const char *to)
{
	struct seen *s = arg;

	CHECK(from && *id);
	s->count++;
	s->words += to != NULL && strstr(to, s->word) != NULL;
	return OK;
}

TEST(an_undo_is_told_what_no_later_change_touched)
{
	struct db *db = open_registry();
	struct seen s = { .word = "first" }, t = { .word = "first" };

	int64_t first = add(db, 1, 9, "first"), second = replace(db, 3, 4, "second");
	replace(db, 4, 1, "third");
	CHECK_INT(registry_undo_walk(db, "sites", second, see_undo, &s), DB_OK);
	CHECK_INT(s.count, 3);
	CHECK_INT(s.words, 3);
	CHECK_INT(registry_undo_walk(db, "sites", first, see_undo, &t), DB_OK);
	CHECK_INT(t.count, 5);
	CHECK_INT(t.words, 0);
	db_close(db);
}

/* ---- pages ---- */

static int64_t page(struct db *db, struct registry_filter f, const char *first, size_t count,
		    bool more)
{
	CLEANUP(arena_release) struct arena a;
	struct registry_page p;

	arena_init(&a);
	f.registry = "sites";
	f.after = f.after ? f.after : "";
	f.most = f.most ? f.most : 20;
	CHECK_INT(registry_list(db, &a, &f, &p), DB_OK);
	CHECK_INT(p.count, count);
	CHECK_INT(p.more, more);
	CHECK_STR(p.count ? p.rows[0].id : "", first);
	for (size_t i = 1; i < p.count; i++)
		CHECK(strcmp(p.rows[i - 1].id, p.rows[i].id) < 0);
	return p.total;
}

TEST(pages_by_filters_have_totals_and_go_on_after_an_id)
{
	struct db *db = open_registry();

	add(db, 1, 300, "x");
	CHECK_INT(page(db, (struct registry_filter){ 0 }, "S-000001", 20, true), 300);
	CHECK_INT(page(db, (struct registry_filter){ .after = "S-000290" }, "S-000291", 10, false),
		  300);
	CHECK_INT(page(db, (struct registry_filter){ .class = "key" }, "S-000001", 20, true), 150);
	CHECK_INT(page(db, (struct registry_filter){ .county = "130602" }, "S-000003", 20, true),
		  100);
	/* One of the several counties of a row; none is found by a part of its code, or by a wild card. */
	CHECK_INT(page(db, (struct registry_filter){ .county = "130607" }, "S-000001", 20, true),
		  200);
	CHECK_INT(page(db, (struct registry_filter){ .county = "1306" }, "", 0, false), 0);
	CHECK_INT(page(db, (struct registry_filter){ .county = "%" }, "", 0, false), 0);
	CHECK_INT(
		page(db,
		     (struct registry_filter){
			     .county = "130602", .class = "key", .special = "0", .state = "live" },
		     "S-000003", 20, true),
		50);
	CHECK_INT(page(db, (struct registry_filter){ .state = "closed" }, "", 0, false), 0);
	db_close(db);
}

TEST(pages_by_text_find_numbers_codes_and_parts_of_names)
{
	struct db *db = open_registry();

	add(db, 1, 300, "x");
	CHECK_INT(page(db, (struct registry_filter){ .text = "S-000123" }, "S-000123", 1, false),
		  1);
	CHECK_INT(page(db, (struct registry_filter){ .text = "000123" }, "S-000123", 1, false), 1);
	CHECK_INT(page(db, (struct registry_filter){ .text = "第29" }, "S-000029", 11, false), 11);
	CHECK_INT(page(db, (struct registry_filter){ .text = "第29", .class = "key" }, "S-000029",
		       6, false),
		  6);
	CHECK_INT(page(db, (struct registry_filter){ .text = "S-000123", .class = "general" }, "",
		       0, false),
		  0);
	CHECK_INT(page(db,
		       (struct registry_filter){
			       .text = "保定", .county = "130602", .after = "S-000270" },
		       "S-000273", 10, false),
		  100);
	CHECK_INT(page(db, (struct registry_filter){ .text = "_" }, "", 0, false), 0);
	CHECK_INT(page(db, (struct registry_filter){ .text = "保定", .after = "S-000280" },
		       "S-000281", 20, false),
		  300);
	db_close(db);
}

/* Large enough for each of the other ways to a page. */
TEST(pages_of_many_rows_agree_with_the_bare_condition)
{
	struct db *db = open_registry();

	add(db, 1, 30000, "x");
	CHECK_INT(page(db, (struct registry_filter){ .class = "key" }, "S-000001", 20, true),
		  15000);
	CHECK_INT(page(db,
		       (struct registry_filter){ .class = "key", .after = "S-015000", .most = 3 },
		       "S-015001", 3, true),
		  15000);
	CHECK_INT(page(db, (struct registry_filter){ .county = "130602", .after = "S-029970" },
		       "S-029973", 10, false),
		  10000);
	db_close(db);
}

/* ---- edits ---- */

static int edit(struct db *db, void *arg)
{
	struct registry_edit *e = arg;

	return registry_edit_add(db, e);
}

static int see_edit(void *arg, const char *id, int64_t key, const char *field)
{
	struct seen *s = arg;
	size_t len = strlen(s->last);

	CHECK(key > 0);
	s->count++;
	snprintf(s->last + len, sizeof(s->last) - len, "%s=%s ", id + 7, field);
	return OK;
}

static const char *edits(struct db *db)
{
	static struct seen s;

	s = (struct seen){ 0 };
	CHECK_INT(registry_edit_walk(db, "sites", see_edit, &s), DB_OK);
	return s.last;
}

static int settle(struct db *db, void *arg)
{
	struct registry_override *o = arg;

	TRY(registry_winner_set(db, "sites", "name", "local"));
	TRY(registry_winner_set(db, "sites", "name", "file"));
	return registry_override_add(db, 3, o);
}

static int see_winner(void *arg, const char *field, const char *winner)
{
	struct seen *s = arg;

	s->count++;
	snprintf(s->last, sizeof(s->last), "%s=%s", field, winner);
	return OK;
}

static int see_override(void *arg, const struct registry_override *o)
{
	struct seen *s = arg;

	s->count++;
	snprintf(s->last, sizeof(s->last), "%s %s %s %s %s", o->id, o->field, o->winner, o->kept,
		 o->refused);
	return OK;
}

static int undo(struct db *db, void *arg)
{
	const int64_t *of = arg;

	return registry_edit_undo(db, of[0], of[1]);
}

TEST(edits_are_in_force_until_a_file_wins_or_an_undo)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = open_registry();
	struct registry_row row;
	struct seen w = { 0 }, o = { 0 };

	arena_init(&a);
	add(db, 1, 3, "first");
	int64_t second = replace(db, 1, 2, "second"), third = replace(db, 2, 1, "third");
	struct registry_edit one = { "sites", "S-000001", "name", second },
			     two = { "sites", "S-000002", "name", second },
			     again = { "sites", "S-000002", "name", third },
			     none = { "sites", "S-9", "name", third };
	CHECK_INT(db_write(db, edit, &two), DB_OK);
	CHECK_INT(db_write(db, edit, &one), DB_OK);
	CHECK_INT(db_write(db, edit, &again), DB_OK);
	CHECK_INT(db_write(db, edit, &none), NONE);
	CHECK_STR(edits(db), "1=name 2=name ");
	CHECK_INT(registry_row_get(db, &a, "sites", "S-000001", &row), DB_OK);
	struct registry_override over = { row.key, NULL, "name", "file", "新", "旧" };
	CHECK_INT(db_write(db, settle, &over), DB_OK);
	CHECK_STR(edits(db), "2=name ");
	CHECK_INT(registry_winner_walk(db, "sites", see_winner, &w), DB_OK);
	CHECK_INT(w.count, 1);
	CHECK_STR(w.last, "name=file");
	CHECK_INT(registry_override_walk(db, 3, see_override, &o), DB_OK);
	CHECK_STR(o.last, "S-000001 name file 新 旧");
	/* The third change is undone by a fourth: the mark that it ended is in force again. */
	int64_t fourth = replace(db, 2, 1, "second");
	CHECK_INT(db_write(db, undo, (int64_t[]){ third, fourth }), DB_OK);
	CHECK_STR(edits(db), "2=name ");
	CHECK_INT(scene_number(db, "select count(*) from registry_edit where until_change is null"),
		  1);
	db_close(db);
}

static int see_change(void *arg, const struct registry_change *c)
{
	struct seen *s = arg;

	s->count++;
	s->words = s->words * 10 + (int)c->id;
	snprintf(s->last, sizeof(s->last), "%s", c->actor);
	return OK;
}

TEST(changes_are_listed_newest_first_and_found_by_time)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = open_registry();
	struct registry_change c;
	struct seen s = { 0 };
	int64_t found = -1;

	arena_init(&a);
	for (int i = 0; i < 3; i++)
		add(db, i * 10 + 1, 1, "x");
	CHECK_INT(registry_change_newest(db, "sites", INT64_MAX, 2, see_change, &s), DB_OK);
	CHECK_INT(s.words, 32);
	CHECK_STR(s.last, "张三");
	CHECK_INT(registry_change_first(db, "sites", &found), DB_OK);
	CHECK_INT(found, 1);
	CHECK_INT(registry_change_first(db, "matters", &found), DB_OK);
	CHECK_INT(found, 0);
	CHECK_INT(registry_change_before(db, "sites", 1000, &found), DB_OK);
	CHECK_INT(found, 0);
	CHECK_INT(registry_change_before(db, "sites", 1001, &found), DB_OK);
	CHECK_INT(found, 3);
	CHECK_INT(registry_change_get(db, &a, "sites", 2, &c), DB_OK);
	CHECK_STR(c.reason, "例行");
	CHECK_INT(registry_change_get(db, &a, "matters", 2, &c), NONE);
	db_close(db);
}
