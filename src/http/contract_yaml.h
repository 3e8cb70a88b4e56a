#ifndef HTTP_CONTRACT_YAML_H
#define HTTP_CONTRACT_YAML_H
/* http/contract_yaml.h — a JSON value as YAML for people: one member a line, members in their order. */
#include "base/buf.h"

#include <jansson.h>

/* Appends an object's members, each line ended with LF. */
void contract_yaml(struct buf *out, json_t *object);

#endif
