#ifndef APP_LIFE_FOLDER_H
#define APP_LIFE_FOLDER_H
/*
 * app/life_folder.h — a folder for the files of one freeze, inside the office's folder for temporary files.
 * It is removed as soon as its files are read; what a killed process has left is removed when the data is next
 * opened for a change.
 */
#include "app/office.h"

struct life_folder {
	const char *path; /* mode 0700; NULL: none */
	int lock;         /* held while its process lives */
};

/* IO_ERROR or NO_SPACE. The path lives in the arena. */
MUST_USE int life_folder_make(const struct office *o, struct arena *a, struct life_folder *ret);

/* Removes what killed processes have left; those of living ones stay. */
void life_folder_sweep(const struct office *o);

/* Removes it with all its contents; harmless on a zeroed one. */
void life_folder_release(struct life_folder *f);

#endif
