#ifndef APP_IMPORT_FOLDER_H
#define APP_IMPORT_FOLDER_H
/* app/import_folder.h — the folder results go to: made with its parents, and gone again if nothing came of it. */
#include "base/cleanup.h"

struct arena;

struct import_folder {
	const char *path;
	const char *made; /* the topmost folder that was made for it; NULL: it was there */
};

/* Makes the folder. As file_make_folder; after a failure nothing that was made stays. */
MUST_USE int import_folder_make(struct import_folder *f, struct arena *a, const char *path);

/* Removes what was made, as far as it is empty. */
void import_folder_drop(const struct import_folder *f);

#endif
