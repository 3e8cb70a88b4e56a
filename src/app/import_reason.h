#ifndef APP_IMPORT_REASON_H
#define APP_IMPORT_REASON_H
/*
 * app/import_reason.h — why a row was quarantined or what to look at in it: a stable code, the field, and a
 * Chinese sentence that says what to do.
 */
#include "app/registry.h"
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdint.h>

enum reason_code {
	REASON_MISSING,
	REASON_TOO_LONG,
	REASON_ID_FORM,
	REASON_ID_IS_PERSON,
	REASON_CODE_FORM,
	REASON_CODE_CHECK,
	REASON_CODE_INNER,
	REASON_CODE_CORRECTED,
	REASON_CODE_IS_PERSON,
	REASON_CODE_MISSING,
	REASON_CLASS_ASSUMED,
	REASON_PERMIT_FORM,
	REASON_PERMIT_CHECK,
	REASON_PERMIT_CORRECTED,
	REASON_PERMIT_OTHER_CODE,
	REASON_COUNTY_UNKNOWN,
	REASON_COUNTY_NO_CODE,
	REASON_COUNTY_FOREIGN,
	REASON_TOWNSHIP_OUTSIDE,
	REASON_WORD_UNKNOWN,
	REASON_DAY_FORM,
	REASON_DAY_SERIAL,
	REASON_PERIOD_FORM,
	REASON_PERIOD_REVERSED,
	REASON_DEGREE_FORM,
	REASON_DEGREE_RANGE,
	REASON_PLACE_HALF,
	REASON_COUNT_FORM,
	REASON_RATIO_FORM,
	REASON_SPECIAL_WITHOUT,
	REASON_STATE_WITHOUT,
	REASON_NO_CERTIFICATE,
	REASON_NO_STATEMENT,
	REASON_NO_BASIS,
	REASON_ROW_LONG,
	REASON_QUOTE_OPEN,
	REASON_ENCODING,
	REASON_HIDDEN,
	REASON_PRIVATE,
	REASON_FORMULA,
	REASON_FORMULA_EMPTY,
	REASON_DIGITS_LOST,
	REASON_CLASSIFIED,
	REASON_CLASSIFIED_UNCLEAR,
	REASON_DUPLICATE_ID,
	REASON_DUPLICATE_PLACE,
	REASON_LIKELY_SAME,
	REASON_MERGED_HERE,
	REASON_CERTIFICATE_TWICE,
	REASON_CERTIFICATE_TAKEN,
	REASON_PERSON_MASKED,
	REASON_CLASS_KEPT,
	REASON_STATE_UNPROVED,
	REASON_STATE_REVIVED,
	REASON_SINCE_FUTURE,
	REASON_GRADE_DIFFERS,
	REASON_SPECIAL_NO_DAY,
	REASON_CODES
};

enum { REASON_NO_FIELD = 255, REASON_ARG_MOST = 120 };

struct reason {
	enum reason_code code;
	uint8_t field;   /* of the registry, or REASON_NO_FIELD */
	bool error;      /* the row is quarantined; else a warning */
	struct span arg; /* what was read, a row's number...; may be empty */
};

/* Stable name, e.g. "code_check". */
MUST_USE const char *reason_name(enum reason_code code);

struct buf;

/* Appends the sentence, without full stop or LF. */
void reason_write(struct buf *out, enum registry kind, const struct reason *r);

#endif
