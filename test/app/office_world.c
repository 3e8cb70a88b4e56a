/* test/app/office_world.c — offices that come and go with the test program. */
#include "office_world.h"

#include "base/status.h"

#include "../db/scene.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>

void office_world_again(struct office_world *w, struct office *ret)
{
	const char *why = "";

	if (!CHECK(office_open(&w->arena, &w->where, ret, &why) == OK))
		printf("# %s\n", why);
	ret->fixed_now = WORLD_START;
}

static void make(struct office_world *w)
{
	w->where.demo = true;
	w->where.make = true;
	office_world_again(w, &w->office);
	w->where.make = false;
}

static void place(struct office_world *w)
{
	*w = (struct office_world){ 0 };
	arena_init(&w->arena);
	w->where.data = unit_folder();
}

void office_world_init(struct office_world *w)
{
	place(w);
	if (scene_postgres())
		w->where.db = scene_migrated() + strlen("postgres:");
	else
		scene_copy_file(arena_printf(&w->arena, "%s/mingqian.db", w->where.data));
	make(w);
}

void office_world_from_nothing(struct office_world *w)
{
	place(w);
	if (scene_postgres())
		w->where.db = scene_address() + strlen("postgres:");
	make(w);
}

void office_world_release(struct office_world *w)
{
	office_release(&w->office);
	arena_release(&w->arena);
}

int office_world_jobs(const struct office *o)
{
	DIR *d = opendir(o->work);
	int n = 0;

	if (!CHECK(d != NULL))
		return -1;
	for (struct dirent *e; (e = readdir(d));)
		n += strncmp(e->d_name, "job-", 4) == 0;
	closedir(d);
	return n;
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
