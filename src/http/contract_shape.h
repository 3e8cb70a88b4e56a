#ifndef HTTP_CONTRACT_SHAPE_H
#define HTTP_CONTRACT_SHAPE_H
/* http/contract_shape.h — JSON schemas of what goes in (input.h) and what comes out (shape.h). */
#include "http/input.h"
#include "http/shape.h"

#include <jansson.h>

/* The schema of an object that a table of fields takes; of one field. */
MUST_USE json_t *contract_inputs(const struct input *fields);
MUST_USE json_t *contract_input(const struct input *field);

/* The schema of a shape, and of a type as a shape's members name it; a mistake in it is asserted. */
MUST_USE json_t *contract_shape(const struct shape *shape);
MUST_USE json_t *contract_type(const char *type);

#endif
