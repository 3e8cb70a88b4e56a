#ifndef APP_IMPORT_AREA_H
#define APP_IMPORT_AREA_H
/*
 * app/import_area.h — the 22 units the Baoding bureau answers for, by code and name; and the units of the
 * city's map that have bureaus of their own, so that the refusal can say so.
 */
#include "base/cleanup.h"
#include "core/mem.h"

#include <stdbool.h>
#include <stdint.h>

enum area_verdict { AREA_OURS, AREA_FOREIGN, AREA_UNKNOWN };

struct area {
	const char *code, *name;
	bool ours; /* false: 雄安's three and 定州 */
};

MUST_USE const struct area *area_list(uint32_t *count);

/* Finds a unit by six digits, by its name, or by its name with 保定市 or 河北省 in front or without 县/区/市. */
MUST_USE enum area_verdict area_find(struct span text, const struct area **ret);

/* The name of a code, or the code itself. */
MUST_USE struct span area_name(struct span code);

#endif
