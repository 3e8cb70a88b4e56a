#ifndef HTTP_PAGES_READ_H
#define HTTP_PAGES_READ_H
/* http/pages_read.h — the files of a folder of web apps, once, for pages.h. */
#include "base/arena.h"

struct pages_file {
	const char *path; /* on the server: "/assets/index.js" */
	char *at;
	size_t len;
};

struct pages_files {
	struct pages_file *at; /* free it; paths and bytes lie in the arena */
	size_t count;
};

/*
 * Everything below the folder, in no order; names and bytes into `keep`. Codes and *ret_why (in `words`) as pages_load; the
 * folder itself may be a link, nothing in it may.
 */
MUST_USE int pages_read(struct arena *keep, struct arena *words, const char *folder,
			struct pages_files *ret, const char **ret_why);

#endif
