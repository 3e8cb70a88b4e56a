#ifndef TEST_APP_SITES_WORLD_H
#define TEST_APP_SITES_WORLD_H
/* test/app/sites_world.h — an office with a site registry in it, and how to ask what became of a row. */
#include "app/registry_change.h"

#include "office_world.h"

struct sites_world {
	struct office_world office;
	struct plan_notes notes;
	struct registry_act act; /* sites, reason 例 */
};

/* An office whose site registry is imported from this CSV text. End with sites_world_release. */
void sites_world_init(struct sites_world *w, const char *csv);
void sites_world_release(struct sites_world *w);

/* Imports more; the number of the change. */
int64_t sites_world_import(struct sites_world *w, const char *csv);

/* A cell of a row as it is now, in the arena; "no row". */
const char *sites_world_cell(struct sites_world *w, const char *id, uint32_t field);

/* Forgets the notes; and is one of them one that contains the words? */
void sites_world_forget(struct sites_world *w);
bool sites_world_noted(const struct sites_world *w, const char *words);

/* Entries of the ledger with that action. */
int64_t sites_world_entries(struct sites_world *w, const char *action);

#endif
