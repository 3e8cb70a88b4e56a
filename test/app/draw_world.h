#ifndef TEST_APP_DRAW_WORLD_H
#define TEST_APP_DRAW_WORLD_H
/* test/app/draw_world.h — folders of made-up draws for the tests of app/draw_*. */
#include "app/draw_ready.h"
#include "base/arena.h"

struct draw_world {
	uint32_t objects, inspectors, districts;
	uint32_t limit;      /* of every inspector */
	const char *rules;   /* strata s0 and s1; NULL: team 2 1 1, a tenth of each */
	const char *entropy; /* source and selector; NULL: 20 dice */
	const char *value;
	bool conflicts; /* some */
};

/* Writes the four lists, the same for the same world. */
void world_lists(struct arena *a, const char *folder, const struct draw_world *w);

/* Writes lists, declaration (draw id "W-1", one share of notary) and record. */
void world_record(struct arena *a, const char *folder, const struct draw_world *w);

/* Writes everything, the result too. */
void world_draw(struct arena *a, const char *folder, const struct draw_world *w);

/* Opens and makes ready; checks that it works. Release the folder. */
void world_ready(struct draw_folder *f, const char *folder, struct draw_ready *ready);

/* Reads or writes one file of a folder. */
struct span world_read(struct arena *a, const char *folder, const char *name);
void world_write(struct arena *a, const char *folder, const char *name, struct span text);

/* All regular files of a folder, sorted; NULL-terminated. */
const char **world_names(struct arena *a, const char *folder);

#endif
