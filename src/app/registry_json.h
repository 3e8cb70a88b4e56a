#ifndef APP_REGISTRY_JSON_H
#define APP_REGISTRY_JSON_H
/* app/registry_json.h — a row of a registry as the command line and the server show it. */
#include "app/registry.h"
#include "base/json.h"

/* An object of the cells that hold something, by the fields' names in order. */
void registry_cells_json(struct json *j, enum registry kind, const struct span *cells);

#endif
