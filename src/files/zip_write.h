#ifndef FILES_ZIP_WRITE_H
#define FILES_ZIP_WRITE_H
/* files/zip_write.h — a folder of plain files as one zip; the same files give the same bytes. */
#include "base/cleanup.h"

/*
 * Writes `path`, which must not exist, with the regular files that lie directly in `folder`, by name, each as
 * <name>/<file>. IO_ERROR or NO_SPACE; then nothing is left there.
 */
MUST_USE int zip_write_folder(const char *folder, const char *name, const char *path);

#endif
