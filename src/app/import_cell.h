#ifndef APP_IMPORT_CELL_H
#define APP_IMPORT_CELL_H
/*
 * app/import_cell.h — one cell of a foreign file becomes a canonical value (enum field_kind), or reasons why
 * not. A value that repeats in its column (class, county, state...) is looked up once.
 */
#include "app/import_checker.h"

/* The canonical value of a raw cell; empty after an error. */
MUST_USE struct span cell_check(struct checker *k, uint32_t field, struct span raw);

#endif
