#ifndef STORE_REGISTRY_LIST_H
#define STORE_REGISTRY_LIST_H
/*
 * store/registry_list.h — pages of a registry by filters, in the order of ids, with the total. A total is a sum
 * over registry_facet and a page goes along an index, so neither reads the registry; only a text that is no
 * registry number or code of a row is looked for in all rows that the other filters leave.
 */
#include "base/arena.h"
#include "db/db.h"
#include "store/registry_row.h"

struct registry_filter {
	const char *registry;
	/* NULL: any. A county, or another value, also matches a row that has several of them. */
	const char *county, *class, *special, *state, *kind;
	const char *text;  /* part of the name, the code or the number; NULL: any */
	const char *after; /* only ids after this one; "" from the start */
	int64_t most;      /* rows of a page, 1 to REGISTRY_PAGE_MOST */
	/* Whether rows of these counties (joined by ',') may be listed at all; NULL: all may. */
	bool (*within)(void *arg, const char *counties);
	void *within_arg;
};

enum { REGISTRY_PAGE_MOST = 1000 };

struct registry_page {
	struct registry_row *rows; /* in the arena, as all their strings */
	size_t count;
	int64_t total; /* of all pages */
	bool more;     /* there are rows after the last one */
};

/* Reads one page from one state of the database. */
MUST_USE int registry_list(struct db *db, struct arena *a, const struct registry_filter *f,
			   struct registry_page *ret);

#endif
