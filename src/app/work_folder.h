#ifndef APP_WORK_FOLDER_H
#define APP_WORK_FOLDER_H
/*
 * app/work_folder.h — a folder for the temporary files of one piece of work (an import, a freeze, a plan that is
 * looked at), inside the office's own for temporary files (office.h, work). What a killed process has left is
 * removed when the next one is made, and when the office is next opened for a change.
 */
#include "base/arena.h"

struct work_folder {
	const char *path; /* mode 0700; NULL: none */
	int lock;         /* held while its process lives */
};

/* Makes `work` too, if it is missing. IO_ERROR or NO_SPACE; then nothing is left. The path lives in the arena. */
MUST_USE int work_folder_make(const char *work, struct arena *a, struct work_folder *ret);

/* Removes what killed processes have left; those of living ones stay. */
void work_folder_sweep(const char *work);

/* Removes it with all its contents; harmless on a zeroed one. */
void work_folder_release(struct work_folder *f);

#endif
