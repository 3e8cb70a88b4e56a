/* test/app/life_secrets.c — a planted drawn name, the operator's share and R are nowhere on the disk before the
 * reveal: database, its logs, a backup, temporary files, the server's files. */
#include "app/life_change.h"
#include "app/life_reveal.h"
#include "app/life_seal.h"
#include "app/life_visit.h"

#include "base/file.h"
#include "base/status.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A server keeps its log over tests, so each test plants a name of its own. */
#define PLANTED "A-PLANTED-7731"
#define OTHER "A-OPENED-4417"
#define PLANTED_NAME "种植化工厂"

enum { OPEN_FOLDERS = 16, WORDS_MOST = 6 };

/* What is looked for; nftw has no argument of ours. */
static struct {
	const char *words[WORDS_MOST];
	size_t count;
	int files, found;
} grep;

static int grep_file(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)where;
	if (kind != FTW_F || st->st_size == 0)
		return 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	size_t len = (size_t)st->st_size;
	void *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return 0;
	grep.files++;
	for (size_t i = 0; i < grep.count; i++)
		if (memmem(at, len, grep.words[i], strlen(grep.words[i]))) {
			grep.found++;
			printf("# %s holds \"%s\"\n", path, grep.words[i]);
		}
	munmap(at, len);
	return 0;
}

/* How many (file, word) pairs there are below a folder. */
static int grep_folder(const char *folder)
{
	grep.found = 0;
	CHECK_INT(nftw(folder, grep_file, OPEN_FOLDERS, FTW_PHYS), 0);
	return grep.found;
}

/* Where the database's own files are. */
static const char *database_folder(struct life_world *w)
{
	const char *address = getenv("MINGQIAN_PG");

	if (!scene_postgres() || !address)
		return w->w.where.data;
	const char *at = strstr(address, "host=");
	CHECK(at != NULL);
	if (!at)
		return w->w.where.data;
	at += strlen("host=");
	return arena_mem(w->a, at, strcspn(at, " "));
}

/* A copy of the database as a backup makes it. */
static void back_up(struct life_world *w)
{
	sqlite3 *from, *to;

	if (scene_postgres())
		return;
	const char *path = arena_printf(w->a, "%s/mingqian.db", w->w.where.data);
	const char *copy = arena_printf(w->a, "%s/backup.db", w->w.where.data);
	CHECK_INT(sqlite3_open(path, &from), SQLITE_OK);
	CHECK_INT(sqlite3_open(copy, &to), SQLITE_OK);
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	CHECK_INT(sqlite3_backup_step(b, -1), SQLITE_DONE);
	CHECK_INT(sqlite3_backup_finish(b), SQLITE_OK);
	sqlite3_close(from);
	sqlite3_close(to);
}

static void plant(struct life_world *w, const char *id, const char *name)
{
	life_world_init(w);
	life_lists_now.first = arena_printf(w->a, "%s\ts9\t%s\t1000", id, name);
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\nquota s1 1/10\nquota s9 1\n";
	grep.count = 0;
	grep.words[grep.count++] = id;
	grep.words[grep.count++] = name;
}

static int everywhere(struct life_world *w)
{
	back_up(w);
	int found = grep_folder(w->w.where.data);

	if (scene_postgres())
		found += grep_folder(database_folder(w));
	return found;
}

static void add_word(const char *text)
{
	grep.words[grep.count++] = text;
}

TEST(no_secret_of_a_draw_is_on_the_disk_before_its_reveal)
{
	struct life_world w;
	struct draw_row row;

	plant(&w, PLANTED, PLANTED_NAME);
	life_world_frozen(&w);
	add_word(life_world_secret(&w, LIFE_SHARE));
	CHECK_INT(everywhere(&w), 0);
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_ok(&w, life_world_run(&w));
	const char *seed = life_world_secret(&w, "seed");
	add_word(arena_mem(w.a, seed, 64));
	CHECK(strlen(grep.words[3]) == 64);
	CHECK_INT(everywhere(&w), 0);
	CHECK(grep.files > 3);
	CHECK_INT(rmdir(w.o->work), 0); /* nothing is left in it */
	w.o->fixed_now = INT64_C(1776300000000);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	/* The same search finds it afterwards (PostgreSQL compresses lists), so it would have before. */
	CHECK(everywhere(&w) >= 3);
	life_world_release(&w);
}

/* How many folders of freezes there are. */
static bool look_at_work(void *arg, const char *step, uint64_t done, uint64_t total)
{
	(void)step, (void)done, (void)total;
	grep.found += office_world_jobs(arg);
	grep.files++;
	return true;
}

TEST(lists_are_only_in_memory_once_they_are_made)
{
	struct life_world w;
	const char *entropy = LIFE_DICE;
	struct life_frozen frozen;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	const struct life_freeze in = {
		.draw = w.draw,
		.entropy = &entropy,
		.entropy_count = 1,
		.escrow = arena_printf(w.a, "%s/slip.pdf", unit_folder()),
		.lists = life_world_lists,
		.basis = life_world_basis,
		.progress = look_at_work,
		.progress_arg = w.o,
	};
	grep.found = grep.files = 0;
	life_world_ok(&w, life_freeze(w.o, &in, &w.notes, &frozen));
	CHECK(grep.files > 0);
	CHECK_INT(grep.found, 0);
	life_world_release(&w);
}

/* A keyed hash would be the same in every draw: whoever has a copy of the database would see who is drawn again. */
TEST(no_hash_of_a_site_is_the_same_in_two_draws)
{
	struct life_world w;
	char tag[KEYS_TAG];

	plant(&w, "A-PLANTED-5150", "又一家种植的厂");
	keys_tag(w.o->keys, "visit/site", grep.words[0], strlen(grep.words[0]), tag);
	add_word(tag);
	life_world_drawn(&w);
	CHECK(life_world_number(&w, "select count(*) from visit") > 1);
	CHECK_INT(everywhere(&w), 0);
	life_world_release(&w);
}

static int64_t lengths(struct life_world *w)
{
	return life_world_number(w, "select count(distinct length(sealed)) from visit");
}

TEST(the_length_of_a_sealed_site_does_not_tell_which_it_is)
{
	struct life_world w;
	struct life_changed out;
	char name[601];

	life_world_init(&w);
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	life_lists_now.first = arena_printf(w.a, "A1\ts9\t%s\t1000", name);
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\nquota s1 1/10\nquota s9 1\n";
	life_world_drawn(&w);
	CHECK_INT(lengths(&w), 1);
	/* A reserve takes the length of those that it stands beside; what is said of it one of few. */
	const char **ids;
	CHECK(life_world_visits(&w, &ids) > 2);
	for (size_t i = 0, done = 0; done < 2; i++) {
		struct life_change in = life_world_closed(ids[i]);
		if (done)
			in.reason = "企业已搬迁到外地，原址不再生产";
		if (strcmp(ids[i], life_world_visit_to(&w, "A1")) == 0)
			continue;
		life_world_ok(&w, life_change(w.o, w.a, &in, &out));
		done++;
	}
	CHECK_INT(lengths(&w), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_change"), 2);
	CHECK_INT(life_world_number(&w, "select count(distinct length(words)) from visit_change"),
		  1);
	CHECK_INT(life_world_number(&w, "select count(distinct length(sealed)) from visit_certain"),
		  1);
	life_world_release(&w);
}

TEST(a_site_opens_as_it_was_sealed_whatever_room_it_has)
{
	struct life_world w;
	static const size_t rooms[] = { 0, 1, 512, 2048, 8192 };

	life_world_init(&w);
	for (size_t len = 0; len < 1100; len += 7) {
		char matters[1101];
		memset(matters, 'm', len);
		const struct life_site site = {
			SPAN("A1"), SPAN("s"), SPAN("厂"),       SPAN(""),
			SPAN("t"),  SPAN(""),  { matters, len }, SPAN("A1")
		};
		struct life_sealed sealed;
		struct life_site again;
		CHECK_INT(life_site_seal(w.o, w.a, "V", &site, rooms[len % COUNT(rooms)], &sealed),
			  OK);
		CHECK(sealed.len - KEYS_SEALED_MORE >= rooms[len % COUNT(rooms)]);
		CHECK_INT(life_sealed_open(w.o, w.a, "V", sealed.at, sealed.len, &again), OK);
		CHECK(span_equal(again.matters, site.matters) &&
		      span_equal(again.order, site.order));
		CHECK(span_equal(again.id, site.id) && span_equal(again.name, site.name));
	}
	static char large[LIFE_SITE_MOST];
	memset(large, 'm', sizeof(large));
	const struct life_site site = { .id = SPAN("A1"), .matters = { large, sizeof(large) } };
	struct life_sealed sealed;
	CHECK_INT(life_site_seal(w.o, w.a, "V", &site, 0, &sealed), TOO_LARGE);
	life_world_release(&w);
}

TEST(opening_a_name_needs_a_reason_a_right_and_leaves_an_entry)
{
	struct life_world w;
	struct life_opening in = { .reason = "" };
	struct life_site site;
	struct visit_member *team;
	size_t count;

	plant(&w, OTHER, "另一家种植的厂");
	life_world_drawn(&w);
	in.visit = life_world_visit_to(&w, OTHER);
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), INVALID);
	in.reason = "派车需要知道" OTHER "的地址";
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), FORBIDDEN);
	in.approver = w.o->actor;
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), FORBIDDEN);
	in.inspector = "P99999";
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), FORBIDDEN);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.open'"),
		  0);
	in.inspector = NULL;
	in.approver = "局长";
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), OK);
	CHECK(span_equal(site.name, SPAN("另一家种植的厂")));
	CHECK_INT(visit_member_list(w.o->db, w.a, in.visit, false, &team, &count), OK);
	in.inspector = team[1].inspector;
	in.approver = NULL;
	/* Teams are shown to anybody: a member's number alone is no right. */
	life_world_as(&w, "乙");
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), FORBIDDEN);
	CHECK_INT(life_accept(w.o, w.a, in.visit, in.inspector, &site), FORBIDDEN);
	life_world_as(&w, in.inspector);
	CHECK_INT(life_name_open(w.o, w.a, &in, &site), OK);
	CHECK(span_equal(site.id, SPAN(OTHER)));
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.open' and length(digest) = 64"),
		  2);
	/* The reason names the site and is sealed too. */
	CHECK_INT(everywhere(&w), 0);
	life_world_release(&w);
}

TEST(rows_of_visits_do_not_stand_in_the_order_of_sites)
{
	struct life_world w;
	const char **ids;
	size_t count, ascending = 0;
	char last[65] = "";

	life_world_init(&w);
	life_lists_now.objects = 2000;
	life_lists_now.limit = 200;
	life_world_drawn(&w);
	count = life_world_visits(&w, &ids);
	CHECK(count >= 200);
	for (size_t i = 0; i < count; i++) {
		struct visit_row v;
		struct life_site site;
		CHECK_INT(visit_get(w.o->db, w.a, ids[i], &v), OK);
		CHECK_INT(life_site_open(w.o, w.a, &v, &site), OK);
		ascending += span_compare(site.id, span_of(last)) > 0;
		memcpy(last, site.id.at, site.id.len);
		last[site.id.len] = 0;
	}
	/* Half of the steps go up in a random order; all of them in the order of sites. */
	CHECK(ascending > count / 3 && ascending < count * 2 / 3);
	life_world_release(&w);
}

TEST(sealed_bytes_open_only_where_they_belong)
{
	struct life_world w;
	const char **ids;
	struct visit_row a, b;
	struct life_site site;

	life_world_init(&w);
	life_world_drawn(&w);
	CHECK(life_world_visits(&w, &ids) > 1);
	CHECK_INT(visit_get(w.o->db, w.a, ids[0], &a), OK);
	CHECK_INT(visit_get(w.o->db, w.a, ids[1], &b), OK);
	b.sealed = a.sealed;
	b.sealed_len = a.sealed_len;
	CHECK_INT(life_site_open(w.o, w.a, &b, &site), INVALID);
	life_world_sql(&w, "update draw_file set bytes = (select f.bytes from draw_file as f where"
			   " f.name = 'rules.txt') where name = 'conflicts.tsv'");
	CLEANUP(buf_release) struct buf text;
	buf_init(&text, 1 << 20);
	struct draw_row row = life_world_row(&w);
	CHECK_INT(life_file_get(w.o, &row, "conflicts.tsv", &text), INVALID);
	CHECK(strstr(w.o->why, "打不开") != NULL);
	life_world_release(&w);
}
