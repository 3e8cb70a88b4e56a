#ifndef TEST_APP_REGISTRY_WORLD_H
#define TEST_APP_REGISTRY_WORLD_H
/* test/app/registry_world.h — an office with registries: imports of texts, edits, and what came of them. */
#include "app/plan_notes.h"
#include "app/registry_change.h"
#include "app/registry_import.h"
#include "app/registry_list.h"

#include "office_world.h"

struct registry_world {
	struct office_world office;
	struct registry_imported imported; /* of the last import */
	struct plan_notes notes;           /* of the last act */
	enum registry kind;                /* REGISTRY_SITES at first */
	int files;
};

void registry_world_init(struct registry_world *w);
void registry_world_release(struct registry_world *w);

/* Imports a CSV text; returns the code. */
int registry_world_import(struct registry_world *w, const char *csv);

/* The same through another office (connection). */
int registry_world_import_by(struct registry_world *w, struct office *o, const char *csv,
			     struct registry_imported *ret);

/* Writes a file; its path is valid until the release. */
const char *registry_world_file(struct registry_world *w, const char *text);

/* Edits one field of a row, with the reason 核实 and the evidence in state_evidence where `evidence`. */
int registry_world_edit(struct registry_world *w, const char *id, uint32_t field, const char *value,
			bool evidence);

int registry_world_undo(struct registry_world *w, int64_t change);

/* A cell of a row as it is; "(none)" if there is no such row. */
const char *registry_world_cell(struct registry_world *w, const char *id, uint32_t field);

/* The registry after a change (0: now) as its canonical text. */
const char *registry_world_text(struct registry_world *w, int64_t change);

/* All notes in one text. */
const char *registry_world_notes(struct registry_world *w);

/* Entries of the ledger. */
int64_t registry_world_entries(struct registry_world *w);

/* Checks what must always hold: facets count the rows, nothing is staged, versions have no gap. */
void registry_world_check(struct registry_world *w);

/* How many rows the CSV of many sites has; made anew with another note in every `every`th row. */
const char *registry_world_many(struct registry_world *w, int rows, int every);

#endif
