#ifndef TEST_APP_OFFICE_WORLD_H
#define TEST_APP_OFFICE_WORLD_H
/*
 * test/app/office_world.h — a fresh demo office for a test, on SQLite or, when MINGQIAN_ENGINE is postgres,
 * in a database of its own (test/db/scene.h). Its clock stands at WORLD_START until the test moves it.
 */
#include "app/office.h"

#define WORLD_START INT64_C(1772413200000) /* 2026-03-02 09:00 at +08:00 */

struct office_world {
	struct arena arena;
	struct office_where where; /* opens it again, also from another process */
	struct office office;
};

/* Makes and opens it, in a database whose tables are there (scene_migrated). End with office_world_release. */
void office_world_init(struct office_world *w);

/* The same where nothing is there: office_open makes the tables and, on SQLite, the file too. */
void office_world_from_nothing(struct office_world *w);
void office_world_release(struct office_world *w);

/* Another connection to it, with the same clock; release with office_release. */
void office_world_again(struct office_world *w, struct office *ret);

/* Folders for temporary files (app/work_folder.h) in the office's work folder. */
int office_world_jobs(const struct office *o);

/* One act: writes one entry through office_write; returns its code. */
int office_world_act(struct office *o, const char *action, const char *subject);

#endif
