#ifndef APP_RULE_SET_BASIS_WRITE_H
#define APP_RULE_SET_BASIS_WRITE_H
/* app/rule_set_basis_write.h — the number of a basis as JSON and as a schema. Private. */
#include "app/rule_set.h"
#include "base/json.h"

/* Writes the value of the key that made it; the basis is one that was read. */
void rule_basis_write(struct json *j, const struct rule_basis *basis);

/* Writes the schema of that key's value. */
void rule_basis_schema(struct json *j, enum rule_basis_kind kind, const char *says);

#endif
