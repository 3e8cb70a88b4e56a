#ifndef APP_FILE_DIGEST_H
#define APP_FILE_DIGEST_H
/* app/file_digest.h — the SHA-256 of a file, however large, read in pieces. */
#include "app/office.h"

/* NONE: there is none; INVALID: a folder; else IO_ERROR. */
MUST_USE int file_digest(const char *path, char digest[OFFICE_DIGEST]);

#endif
