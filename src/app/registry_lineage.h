#ifndef APP_REGISTRY_LINEAGE_H
#define APP_REGISTRY_LINEAGE_H
/*
 * app/registry_lineage.h — old numbers of sites to those that go on for them, after merges and splits.
 * Whoever counts visits or history asks here: those of a merged site count for its survivor, those of a site
 * before it was split count for each of its parts.
 */
#include "app/office.h"
#include "app/registry.h"

#include <stddef.h>

/* The links in force; memory is that of the merges and splits, not of the registry. */
struct registry_lineage {
	struct lineage_link *links; /* by the old number */
	size_t count;
	const char **seen; /* room for answers */
};

/* Reads the links of a registry into the arena. */
MUST_USE int registry_lineage_load(struct office *o, struct arena *a, enum registry kind,
				   struct registry_lineage *ret);

/*
 * The numbers under which this one goes on: itself if it was never merged; its survivor; of a split one itself
 * and the parts. *count of them, at least one; valid until the next call; strings live in the arena or are `id`.
 */
MUST_USE const char *const *registry_lineage_living(struct registry_lineage *l, const char *id,
						    size_t *count);

/*
 * The same for what is known of this number since a moment (UTC milliseconds): a split that was made before it is
 * not followed, because what came after was about one of the parts alone. Merges are followed whenever they were.
 */
MUST_USE const char *const *registry_lineage_since(struct registry_lineage *l, const char *id,
						   int64_t moment, size_t *count);

/* Was it merged into another one, by a merge that holds? */
MUST_USE bool registry_lineage_is_gone(const struct registry_lineage *l, const char *id);

#endif
