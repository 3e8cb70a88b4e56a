#ifndef HTTP_API_REGISTRY_H
#define HTTP_API_REGISTRY_H
/* http/api_registry.h — what the endpoints of registries share. */
#include "app/registry.h"
#include "http/request.h"

/* The registry that the path names. NONE: the reply says that there is no such. */
MUST_USE int registry_named(struct request *q, enum registry *ret);

#endif
