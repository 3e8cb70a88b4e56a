#ifndef HTTP_PAGES_H
#define HTTP_PAGES_H
/*
 * http/pages.h — the built web apps: a folder that is read whole when the server starts, and never again. Where a file lies
 * in the folder is its path on the server; each folder at its top that has an index.html is an app of its own, what is
 * left belongs to the app at "/". Nothing is served that is not in the table, so no path can lead out of the folder.
 */
#include "base/arena.h"
#include "http/target.h"

#include <stdint.h>

enum {
	PAGES_MOST = 10000,           /* files */
	PAGES_FILE_MOST = 32 << 20,   /* bytes of one */
	PAGES_TOTAL_MOST = 512 << 20, /* bytes of all */
	PAGES_DEEPEST = 12,           /* folders in each other */
	PAGES_ETAG = 2 + 64           /* characters: a SHA-256 in quotes */
};

/* One way in which the bytes of a page may be sent. */
struct page_form {
	const char *at; /* NULL: there is no such form */
	size_t len;
	char etag[PAGES_ETAG + 1];
};

enum page_coding { PAGE_PLAIN, PAGE_BR, PAGE_GZIP, PAGE_CODINGS };

struct page {
	const char *path;   /* "/field/index.html" */
	const char *type;   /* Content-Type */
	const char *cache;  /* Cache-Control */
	const char *policy; /* Content-Security-Policy */
	struct page_form forms[PAGE_CODINGS];
};

struct pages; /* never changes, so all threads may read it */

/*
 * Reads the folder. *ret_why says in Chinese (in the arena) what is wrong with it: NONE no such folder, INVALID no index.html at
 * its top, a link or something that is no file, FORBIDDEN, TOO_LARGE, IO_ERROR. Names that begin with a dot are left out.
 */
MUST_USE int pages_load(struct arena *a, const char *folder, struct pages **ret,
			const char **ret_why);

/* Instead of web apps that were not built: one page at "/" that says so, and where the API is. */
MUST_USE struct pages *pages_none(void);

/* Where web apps lie that were built or installed together with this program; NULL: there are none. In the arena. */
MUST_USE const char *pages_default(struct arena *a);

void pages_free(struct pages *p); /* takes NULL */

/*
 * The page for a path; valid as long as the pages. OK; NONE: there is none. CONFLICT: the path is a folder's and must
 * end with a slash, *ret_location (in the arena) is it.
 */
MUST_USE int pages_find(const struct pages *p, struct arena *a, const struct target *target,
			const struct page **ret, const char **ret_location);

#endif
