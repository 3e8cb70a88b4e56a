#ifndef FILES_ZIP_WRITE_H
#define FILES_ZIP_WRITE_H
/* files/zip_write.h — a folder of plain files, and of folders of such, as one zip; the same files give the same bytes. */
#include "base/cleanup.h"

/*
 * Writes `path`, which must not exist, with the regular files in `folder` and below it, by name, each as
 * <name>/<path in the folder>; a folder without files leaves nothing. IO_ERROR (also: too deep) or NO_SPACE; then
 * nothing is left there.
 */
MUST_USE int zip_write_folder(const char *folder, const char *name, const char *path);

#endif
