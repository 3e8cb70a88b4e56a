#ifndef APP_DEMO_H
#define APP_DEMO_H
/*
 * app/demo.h — a made-up but believable city to try the product with: sites.xlsx, inspectors.xlsx,
 * matters.xlsx, recusals.xlsx and rules.txt. Units and townships are real, firms, people and codes are not.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct demo_written {
	size_t sites, inspectors, matters, recusals;
};

/*
 * Writes the files into a folder that is made if missing. The same seed gives the same bytes. CONFLICT, and
 * nothing written, if the folder holds one of them with other bytes, or none of them but something else; with
 * `force` what is there stays, and a file of the same name with other bytes becomes <name>.bak. IO_ERROR or
 * NO_SPACE.
 */
MUST_USE int demo_write(struct arena *a, const char *folder, const char *seed, bool force,
			struct demo_written *ret);

#endif
