#ifndef TEST_APP_SEALED_WORLD_H
#define TEST_APP_SEALED_WORLD_H
/*
 * test/app/sealed_world.h — a draw of a plan_world that was really made from its lists by a seed, with its promises
 * kept and its visits sealed: two worlds with equal registries and other seeds differ in nothing but who was drawn.
 */
#include "base/buf.h"

#include "plan_world.h"

struct sealed_world {
	const char *draw; /* id */
	const char **sites;
	const char **visits;
	size_t count;
};

/* kind: of the draw; visit: of its visits. */
struct sealed_draw {
	const char *period, *pool, *kind, *visit, *seed;
};

/* The plan must be approved. */
void sealed_world_draw(struct plan_world *w, const struct sealed_draw *in,
		       struct sealed_world *ret);

/* Opens one of its visits (accepted), and makes it on a day unless that is NULL. */
void sealed_world_open(struct plan_world *w, const struct sealed_world *s, size_t visit,
		       const char *day);

/*
 * Everything that a check, its cells and the lists of another draw tell, as text; with `all` also what-if and the
 * campaigns' lists, which take longer.
 */
void sealed_world_told(struct plan_world *w, const char *period, bool all, struct buf *out);

#endif
