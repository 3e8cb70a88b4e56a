/* test/app/ledger_sequence.c — numbers without gap in commit order, whatever dies or runs beside. */
#include "app/ledger_sequence.h"

#include "app/ledger_entry.h"
#include "app/ledger_proof.h"
#include "app/ledger_verify.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/ledger.h"
#include "store/ledger_tree.h"

#include "../db/scene.h"
#include "office_world.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int log_many(struct db *db, void *arg)
{
	struct office *o = arg;
	char subject[32];

	(void)db;
	for (int i = 0; i < 700; i++) {
		snprintf(subject, sizeof(subject), "s-%d", i);
		TRY(office_log(o, "test.act", subject, NULL));
	}
	return OK;
}

struct seen {
	int64_t next;
	struct merkle tree;
	char leaves[700][LEDGER_LEAF + 1];
};

static int see(void *arg, const struct ledger_entry *entry)
{
	struct seen *s = arg;
	char subject[32], leaf[LEDGER_LEAF + 1];

	snprintf(subject, sizeof(subject), "s-%d", (int)s->next);
	CHECK_INT(entry->seq, s->next);
	CHECK_STR(entry->subject, subject);
	ledger_entry_leaf(entry, leaf);
	CHECK_STR(entry->leaf, leaf);
	memcpy(s->leaves[s->next++], leaf, sizeof(leaf));
	merkle_add(&s->tree, (struct span){ leaf, LEDGER_LEAF });
	return OK;
}

TEST(entries_get_numbers_salts_and_leaves_in_order)
{
	struct office_world w;
	struct seen s = { 0 };
	struct ledger_tree tree;

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, log_many, &w.office), OK);
	CHECK_INT(ledger_walk(w.office.db, 0, see, &s), OK);
	CHECK_INT(s.next, 700);
	CHECK_INT(ledger_tree_get(w.office.db, &tree), OK);
	CHECK_INT(tree.size, 700);
	CHECK_INT(tree.time, WORLD_START);
	for (int level = 0; level < 10; level++)
		if (700 >> level & 1)
			CHECK(memcmp(tree.edge[level], s.tree.edge[level], SHA256_SIZE) == 0);
	CHECK_INT(scene_number(w.office.db, "select count(distinct salt) from ledger_entry"), 700);
	CHECK_INT(scene_number(w.office.db, "select count(*) from ledger_node"), 2);
	office_world_release(&w);
}

/* The reference is core's own proof over all leaf hashes. */
static void check_proofs(struct db *db, const struct seen *s, uint64_t size)
{
	uint8_t(*hashes)[SHA256_SIZE] = must_alloc(size * SHA256_SIZE);
	uint8_t want[MERKLE_DEEPEST][SHA256_SIZE], have[MERKLE_DEEPEST][SHA256_SIZE];
	uint8_t root[SHA256_SIZE], again[SHA256_SIZE];
	size_t count = 0;
	struct merkle m;
	bool same = true;

	merkle_init(&m);
	for (uint64_t i = 0; i < size; i++) {
		merkle_leaf((struct span){ s->leaves[i], LEDGER_LEAF }, hashes[i]);
		merkle_add_hash(&m, hashes[i]);
	}
	merkle_root(&m, root);
	CHECK_INT(ledger_proof_root(db, size, again), OK);
	CHECK(memcmp(root, again, sizeof(root)) == 0);
	for (uint64_t i = 0; i < size; i += 1 + size / 41) {
		size_t wanted = merkle_prove_inclusion(hashes, size, i, want);
		same = same && ledger_proof_inclusion(db, size, i, have, &count) == OK &&
		       count == wanted && memcmp(have, want, count * SHA256_SIZE) == 0;
	}
	CHECK(same);
	free(hashes);
}

TEST(proofs_are_those_of_the_whole_tree)
{
	struct office_world w;
	struct seen s = { 0 };
	const uint64_t sizes[] = { 1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 513, 699, 700 };
	uint8_t root[SHA256_SIZE];

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, log_many, &w.office), OK);
	CHECK_INT(ledger_walk(w.office.db, 0, see, &s), OK);
	for (size_t i = 0; i < COUNT(sizes); i++)
		check_proofs(w.office.db, &s, sizes[i]);
	CHECK_INT(ledger_proof_root(w.office.db, 701, root), NONE);
	office_world_release(&w);
}

TEST(the_second_level_of_subtrees_is_kept)
{
	struct office_world w;
	struct ledger_tree tree;
	uint8_t root[1][SHA256_SIZE];

	if (!unit_long()) {
		unit_skip("65536 entries; MINGQIAN_LONG=1");
		return;
	}
	office_world_init(&w);
	for (int i = 0; i < 94; i++)
		CHECK_INT(office_write(&w.office, log_many, &w.office), OK);
	CHECK_INT(ledger_tree_get(w.office.db, &tree), OK);
	CHECK_INT(tree.size, 65800);
	CHECK_INT(ledger_nodes(w.office.db, 2, 0, 1, root), OK);
	CHECK(memcmp(root[0], tree.edge[16], SHA256_SIZE) == 0);
	office_world_release(&w);
}

static int log_one(struct db *db, void *arg)
{
	(void)db;
	return office_log(arg, "test.act", "killed", NULL);
}

/* Runs body in another process, which opens the office itself; ours must be closed: SQLite cannot be forked. */
static pid_t in_process(struct office_world *w, void (*body)(struct office *o, int number),
			int number)
{
	fflush(stdout);
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (pid != 0)
		return pid;
	struct office o;
	const char *why;
	struct arena a;
	arena_init(&a);
	if (office_open(&a, &w->where, &o, &why) != OK)
		_exit(1);
	o.fixed_now = WORLD_START;
	body(&o, number);
	office_release(&o);
	arena_release(&a);
	_exit(0);
}

static void die_after_commit(struct office *o, int number)
{
	(void)number;
	/* db_write is what office_write does before it numbers. */
	if (db_write(o->db, log_one, o) != OK)
		_exit(1);
	kill(getpid(), SIGKILL);
}

TEST(killed_between_commit_and_number)
{
	struct office_world w;
	struct ledger_report r;
	struct ledger_check check = { 0 };
	int status, pending;

	office_world_init(&w);
	CHECK_INT(office_world_act(&w.office, "test.act", "before"), OK);
	office_release(&w.office);
	in_process(&w, die_after_commit, 0);
	CHECK(wait(&status) > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	w.where.look = true;
	office_world_again(&w, &w.office);
	w.where.look = false;
	CHECK_INT(ledger_verify(&w.office, &w.arena, &check, &r), OK);
	CHECK_INT(r.failed, 0);
	pending = (int)r.count - 1;
	CHECK_STR(r.steps[pending].name, "pending");
	CHECK_INT(r.steps[pending].mark, VERIFY_UNKNOWN);
	office_release(&w.office);
	office_world_again(&w, &w.office); /* numbers it */
	CHECK_INT(scene_number(w.office.db, "select count(*) from ledger_entry where seq = 1"), 1);
	CHECK_INT(ledger_verify(&w.office, &w.arena, &check, &r), OK);
	CHECK_INT(r.steps[pending].mark, VERIFY_OK);
	CHECK_INT(r.failed, 0);
	office_world_release(&w);
}

static void write_until_killed(struct office *o, int number)
{
	(void)number;
	for (;;)
		if (office_world_act(o, "test.act", "on and on") != OK)
			_exit(1);
}

static void write_once(struct office *o, int number)
{
	(void)number;
	if (office_world_act(o, "test.act", "once") != OK)
		_exit(1);
}

/* Milliseconds that a process takes for its first act, on the machine as it is. */
static int64_t first_act(struct office_world *w)
{
	int64_t from = clock_now();
	int status;

	in_process(w, write_once, 0);
	CHECK(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return clock_now() - from + 1;
}

TEST(killed_at_any_moment)
{
	struct office_world w;
	struct ledger_report r;
	struct ledger_check check = { 0 };
	uint64_t state = 7;
	int status;

	office_world_init(&w);
	office_release(&w.office);
	uint64_t most = 4000 * (uint64_t)first_act(&w);
	office_world_again(&w, &w.office);
	for (int i = 0; i < (unit_long() ? 200 : 20); i++) {
		office_release(&w.office);
		pid_t pid = in_process(&w, write_until_killed, 0);
		usleep((useconds_t)(unit_random(&state) % most));
		CHECK_INT(kill(pid, SIGKILL), 0);
		CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
		office_world_again(&w, &w.office);
		CHECK_INT(ledger_verify(&w.office, &w.arena, &check, &r), OK);
		CHECK_INT(r.failed, 0);
		CHECK_INT(r.steps[r.count - 1].mark, VERIFY_OK);
	}
	CHECK(r.size > 1);
	office_world_release(&w);
}

TEST(what_is_pending_is_numbered_by_the_next_write)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(db_write(w.office.db, log_one, &w.office), OK);
	CHECK_INT(office_world_act(&w.office, "test.act", "after"), OK);
	CHECK_INT(
		scene_number(w.office.db, "select seq from ledger_entry where subject = 'killed'"),
		0);
	CHECK_INT(scene_number(w.office.db, "select seq from ledger_entry where subject = 'after'"),
		  1);
	office_world_release(&w);
}

/* Something in the way of the tree: acts go on, and are told that their numbers have to wait. */
TEST(numbers_that_cannot_be_given_wait)
{
	struct office_world w;
	struct office o;
	const char *why = "";

	office_world_init(&w);
	CHECK_INT(office_world_act(&w.office, "test.act", "a"), OK);
	CHECK_STR(w.office.why, "");
	CHECK_INT(scene_run(w.office.db, "insert into ledger_node (level, position, hash)"
					 " select 1, 0, salt from ledger_entry"),
		  DB_OK);
	CHECK_INT(office_write(&w.office, log_many, &w.office), OK);
	CHECK(strstr(w.office.why, "推迟到下一次") != NULL);
	CHECK_INT(scene_number(w.office.db, "select count(*) from ledger_entry where seq is null"),
		  700);
	CHECK_INT(office_open(&w.arena, &w.where, &o, &why), UNAVAILABLE);
	CHECK(strstr(why, "无法给账簿的新条目编号") != NULL);
	CHECK_INT(scene_run(w.office.db, "delete from ledger_node"), DB_OK);
	office_world_again(&w, &o);
	CHECK_INT(scene_number(o.db, "select count(*) from ledger_entry where seq is null"), 0);
	office_release(&o);
	office_world_release(&w);
}

enum { WRITERS = 3, WRITES = 40 };

static void write_often(struct office *o, int number)
{
	char action[16], subject[16];

	snprintf(action, sizeof(action), "writer.%d", number);
	for (int i = 0; i < WRITES; i++) {
		snprintf(subject, sizeof(subject), "%04d", i);
		if (office_world_act(o, action, subject) != OK)
			_exit(1);
	}
}

/* Each writer's entries stand in the order in which it made them. */
static int check_order(void *arg, const struct ledger_entry *entry)
{
	int *next = arg, writer = entry->action[7] - '0';
	char subject[16];

	snprintf(subject, sizeof(subject), "%04d", next[writer]++);
	CHECK_STR(entry->subject, subject);
	return OK;
}

TEST(writers_in_several_processes_make_one_ledger)
{
	struct office_world w;
	struct ledger_report r;
	struct ledger_check check = { 0 };
	int status, next[WRITERS] = { 0 };

	office_world_init(&w);
	office_release(&w.office);
	for (int i = 0; i < WRITERS; i++)
		in_process(&w, write_often, i);
	for (int i = 0; i < WRITERS; i++)
		CHECK(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	office_world_again(&w, &w.office);
	CHECK_INT(ledger_verify(&w.office, &w.arena, &check, &r), OK);
	CHECK_INT(r.failed, 0);
	CHECK_INT(r.size, WRITERS * WRITES);
	CHECK_INT(ledger_walk(w.office.db, 0, check_order, next), OK);
	office_world_release(&w);
}
