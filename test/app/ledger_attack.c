/* test/app/ledger_attack.c — SQL by the attacker's hand stands in the tests; here are his tools. */
#include "ledger_attack.h"

#include "app/ledger_checkpoint.h"
#include "app/ledger_entry.h"
#include "app/ledger_mark.h"
#include "base/status.h"
#include "core/merkle.h"
#include "store/ledger.h"
#include "store/ledger_tree.h"

#include "../db/scene.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

struct acts {
	struct office *o;
	int from, to;
};

static int do_acts(struct db *db, void *arg)
{
	const struct acts *in = arg;
	char subject[32], digest[OFFICE_DIGEST] = "";

	(void)db;
	for (int i = in->from; i < in->to; i++) {
		snprintf(subject, sizeof(subject), "s-%d", i);
		digest[0] = 0;
		if (i == 20 || i == 200)
			TRY(office_document(in->o, subject, strlen(subject), digest));
		TRY(office_log(in->o, "test.act", subject, digest));
	}
	return OK;
}

static void act(struct ledger_attack *t, int from, int to)
{
	struct acts in = { &t->world.office, from, to };

	CHECK_INT(office_write(&t->world.office, do_acts, &in), OK);
}

void ledger_attack_init(struct ledger_attack *t)
{
	struct office *o = &t->world.office;
	const char *note;

	*t = (struct ledger_attack){ 0 };
	office_world_init(&t->world);
	o->actor = "张三";
	act(t, 0, ATTACK_EARLY);
	CHECK_INT(ledger_checkpoint(o, &t->world.arena, &t->early), OK);
	act(t, ATTACK_EARLY, ATTACK_LATE);
	CHECK_INT(ledger_checkpoint(o, &t->world.arena, &t->late), OK);
	act(t, ATTACK_LATE, ATTACK_ENTRIES);
	CHECK_INT(ledger_checkpoint(o, &t->world.arena, &note), OK);
}

void ledger_attack_release(struct ledger_attack *t)
{
	office_world_release(&t->world);
}

void ledger_attack_sql(struct ledger_attack *t, const char *sql)
{
	if (!CHECK(scene_run(t->world.office.db, sql) == OK))
		printf("# %s: %s\n", sql, db_error_text(t->world.office.db));
}

static int put_leaf(struct db *db, void *arg)
{
	const struct ledger_entry *entry = arg;

	return db_run(db, "update ledger_entry set leaf = $1, mark = $2 where seq = $3", "tti",
		      entry->leaf, entry->mark, entry->seq);
}

void ledger_attack_leaves_only(struct ledger_attack *t, int64_t from, int64_t to, bool with_keys)
{
	struct db *db = t->world.office.db;
	struct ledger_entry entry;

	for (int64_t seq = from; seq < to; seq++) {
		if (ledger_get_seq(db, &t->world.arena, seq, &entry) != OK)
			continue;
		ledger_entry_leaf(&entry, entry.leaf);
		if (with_keys)
			ledger_mark_make(t->world.office.keys, &entry, entry.mark);
		CHECK_INT(db_write(db, put_leaf, &entry), OK);
	}
}

void ledger_attack_leaves(struct ledger_attack *t, int64_t from, int64_t to)
{
	ledger_attack_leaves_only(t, from, to, true);
}

struct pending {
	struct ledger_entry entry;
	const struct keys *keys;
};

static int add_pending(struct db *db, void *arg)
{
	struct pending *p = arg;

	TRY(ledger_add(db, &p->entry, &p->entry.id));
	if (!p->keys)
		return OK;
	ledger_mark_make(p->keys, &p->entry, p->entry.mark);
	return ledger_mark_put(db, p->entry.id, p->entry.mark);
}

void ledger_attack_pending(struct ledger_attack *t, int64_t time, const struct keys *keys)
{
	struct pending p = { { .seq = -1,
			       .time = time,
			       .actor = "x",
			       .roles = "",
			       .action = "y",
			       .subject = "z",
			       .digest = "",
			       .source = "" },
			     keys };

	CHECK_INT(db_write(t->world.office.db, add_pending, &p), OK);
}

struct rebuilt {
	struct ledger_tree tree;
	struct merkle m, window;
	uint8_t nodes[8][LEDGER_HASH];
	int64_t node_count;
};

static int add_leaf(void *arg, const struct ledger_entry *entry)
{
	struct rebuilt *r = arg;

	merkle_add(&r->m, (struct span){ entry->leaf, LEDGER_LEAF });
	merkle_add(&r->window, (struct span){ entry->leaf, LEDGER_LEAF });
	if (r->window.size == 256) {
		merkle_root(&r->window, r->nodes[r->node_count++]);
		merkle_init(&r->window);
	}
	return OK;
}

static int put_tree(struct db *db, void *arg)
{
	struct rebuilt *r = arg;

	r->tree.size = (int64_t)r->m.size;
	memcpy(r->tree.edge, r->m.edge, sizeof(r->tree.edge));
	TRY(ledger_tree_put(db, &r->tree));
	TRY(db_run(db, "delete from ledger_node", ""));
	for (int64_t i = 0; i < r->node_count; i++)
		TRY(ledger_node_add(db, 1, i, r->nodes[i]));
	return OK;
}

void ledger_attack_tree_only(struct ledger_attack *t)
{
	struct db *db = t->world.office.db;
	struct rebuilt *r = calloc(1, sizeof(*r));

	r->tree.time = WORLD_START;
	CHECK_INT(ledger_walk(db, 0, add_leaf, r), OK);
	CHECK_INT(db_write(db, put_tree, r), OK);
	free(r);
}

void ledger_attack_tree(struct ledger_attack *t)
{
	ledger_attack_tree_only(t);
	CHECK_INT(ledger_head_renew(t->world.office.db, t->world.office.keys), OK);
}

void ledger_attack_verify(struct ledger_attack *t, const char *outside, const char *more)
{
	struct ledger_outside files[2] = { { "甲文件", { outside, outside ? strlen(outside) : 0 } },
					   { "乙文件", { more, more ? strlen(more) : 0 } } };
	struct ledger_check check = { .outside = files,
				      .outside_count = more      ? 2
						       : outside ? 1
								 : 0 };

	CHECK_INT(ledger_verify(&t->world.office, &t->world.arena, &check, &t->report), OK);
}

static const char one_more[] =
	"insert into ledger_entry (seq, time, actor, roles, action, subject, digest, source, salt, leaf)"
	" select $1, time, actor, roles, action, 'forged', '', source, salt, leaf"
	" from ledger_entry where subject = 's-5'";

static int insert_forged(struct db *db, void *arg)
{
	return db_run(db, one_more, "i", *(const int64_t *)arg);
}

void ledger_attack_insert(struct ledger_attack *t, int64_t seq)
{
	CHECK_INT(db_write(t->world.office.db, insert_forged, &seq), OK);
}

static const struct ledger_step *find(const struct ledger_attack *t, const char *name)
{
	for (size_t i = 0; i < t->report.count; i++)
		if (strcmp(t->report.steps[i].name, name) == 0)
			return &t->report.steps[i];
	return NULL;
}

void ledger_attack_expect(const struct ledger_attack *t, const char *name, enum verify_mark mark,
			  const char *words)
{
	const struct ledger_step *s = find(t, name);

	if (!CHECK(s != NULL))
		return;
	if (s->mark != mark || !strstr(s->text, words))
		unit_check(false, __FILE__, __LINE__, "%s is %d “%s”, want %d “%s”", name, s->mark,
			   s->text, mark, words);
	CHECK((s->mark == VERIFY_OK) == (s->how == NULL));
}

void ledger_attack_rest_ok(const struct ledger_attack *t, const char *but)
{
	for (size_t i = 0; i < t->report.count; i++) {
		const struct ledger_step *s = &t->report.steps[i];

		if (!strstr(but, s->name))
			unit_check(s->mark == VERIFY_OK, __FILE__, __LINE__, "%s: %s", s->name,
				   s->text);
	}
}
