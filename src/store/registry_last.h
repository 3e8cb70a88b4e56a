#ifndef STORE_REGISTRY_LAST_H
#define STORE_REGISTRY_LAST_H
/*
 * store/registry_last.h — SQL for the current version of a registry's row: its last one. `row` is what names the row's key.
 */

/* The number of that version; null if the row has none. */
#define REGISTRY_LAST(row)                                                                         \
	"(select max(last.version) from registry_version as last where last.row = " row ")"

/* Joins it as v; left out are rows that have none. */
#define REGISTRY_JOIN_LAST(row)                                                                    \
	" join registry_version as v on v.row = " row " and v.version = " REGISTRY_LAST(row)

#endif
