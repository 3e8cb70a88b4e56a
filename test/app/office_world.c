/* test/app/office_world.c — offices that come and go with the test program. */
#include "office_world.h"

#include "base/status.h"

#include "../db/scene.h"
#include "unit.h"

#include <stdio.h>

void office_world_again(struct office_world *w, struct office *ret)
{
	const char *why = "";

	if (!CHECK(office_open(&w->arena, &w->where, ret, &why) == OK))
		printf("# %s\n", why);
	ret->fixed_now = WORLD_START;
}

void office_world_init(struct office_world *w)
{
	*w = (struct office_world){ 0 };
	arena_init(&w->arena);
	w->where.data = unit_folder();
	w->where.demo = true;
	if (scene_postgres())
		w->where.db = scene_address() + strlen("postgres:");
	w->where.make = true;
	office_world_again(w, &w->office);
	w->where.make = false;
}

void office_world_release(struct office_world *w)
{
	office_release(&w->office);
	arena_release(&w->arena);
}

struct act {
	struct office *o;
	const char *action, *subject;
};

static int act(struct db *db, void *arg)
{
	const struct act *in = arg;

	(void)db;
	return office_log(in->o, in->action, in->subject, NULL);
}

int office_world_act(struct office *o, const char *action, const char *subject)
{
	return office_write(o, act, &(struct act){ o, action, subject });
}
