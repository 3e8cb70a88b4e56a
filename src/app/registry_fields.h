#ifndef APP_REGISTRY_FIELDS_H
#define APP_REGISTRY_FIELDS_H
/*
 * app/registry_fields.h — the tables behind registry_fields(), one for each registry; all that other files
 * know of a column stands in them. New columns come last: a file written before them stays readable.
 */
#include "app/registry.h"

extern const struct field registry_site_fields[SITE_FIELDS];
extern const struct field registry_inspector_fields[INSPECTOR_FIELDS];
extern const struct field registry_matter_fields[MATTER_FIELDS];
extern const struct field registry_recusal_fields[RECUSAL_FIELDS];

/* What a site is and what a matter is for; values in the order of enum object_kind. */
extern const struct field_choice registry_object_kinds[OBJECT_KINDS + 1];

#endif
