#ifndef APP_DRAW_FOREIGN_H
#define APP_DRAW_FOREIGN_H
/*
 * app/draw_foreign.h — files of a folder that somebody else made and may still be changing. They are copied
 * or streamed, never mapped, so that a file cut short meanwhile is an error and not a dead process. No link
 * is followed, no pipe or device is waited for, and a file with holes is refused: its size says nothing of
 * its content, and no text has any.
 *
 * Errors: NONE; INVALID for what is no regular file, a link, or has holes; TOO_LARGE above `most` bytes;
 * CONFLICT if the file changed its length while it was read; IO_ERROR.
 */
#include "base/file.h"
#include "core/sha256.h"

/* Copies a whole file into memory of its own; file_unmap gives it back. */
MUST_USE int draw_foreign_read(const char *path, size_t most, struct file_map *ret);

/* SHA-256 of a whole file, as lower-case hex. */
MUST_USE int draw_foreign_hash(const char *path, size_t most, char hex[SHA256_HEX]);

#endif
