#ifndef HTTP_CONTRACT_SHAPE_H
#define HTTP_CONTRACT_SHAPE_H
/* http/contract_shape.h — JSON schemas of what goes in (field.h) and what comes out (shape.h). */
#include "http/field.h"
#include "http/shape.h"

#include <jansson.h>

/* The schema of an object that a table of fields takes; of one field. */
MUST_USE json_t *contract_fields(const struct field *fields);
MUST_USE json_t *contract_field(const struct field *field);

/* The schema of a shape, and of a type as a shape's members name it; a mistake in it is asserted. */
MUST_USE json_t *contract_shape(const struct shape *shape);
MUST_USE json_t *contract_type(const char *type);

#endif
