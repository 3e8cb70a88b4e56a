/* test/app/life_tricks.c — see life_tricks.h. */
#include "life_tricks.h"

#include "app/ledger_draws.h"
#include "base/status.h"

#include "../db/scene.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

struct playing {
	struct life_world *w;
	const struct life_trick *trick;
};

static int play(struct db *db, void *arg)
{
	const struct playing *p = arg;
	const struct life_trick *t = p->trick;
	struct ledger_table draws = { 0 }, sites = { 0 };

	if (!CHECK(scene_run(db, t->sql) == OK))
		printf("# %s: %s\n", t->sql, db_error_text(db));
	TRY(ledger_draws_check(p->w->o, p->w->a, false, &draws, &sites));
	const char *first = draws.first ? draws.first : sites.first;
	bool told = first && strstr(first, t->words) && (!t->more || strstr(first, t->more));
	unit_check(told, __FILE__, __LINE__, "%s: %s; want %s %s", t->sql,
		   first ? first : "not found", t->words, t->more ? t->more : "");
	return CANCELLED;
}

void life_tricks_found(struct life_world *w, const struct life_trick *tricks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct playing p = { w, &tricks[i] };
		CHECK_INT(db_write(w->o->db, play, &p), CANCELLED);
	}
}
