#ifndef APP_RULE_SET_BASIS_READ_H
#define APP_RULE_SET_BASIS_READ_H
/* app/rule_set_basis_read.h — the number of a basis from JSON to a fraction in lowest terms. Private. */
#include "app/rule_set.h"
#include "app/rule_set_reading.h"

#include <jansson.h>

/* Reads the value of the key that makes the basis of this kind; a mistake is told. */
void rule_basis_read(struct rule_reading *r, enum rule_basis_kind kind, const json_t *value,
		     struct rule_basis *ret);

#endif
