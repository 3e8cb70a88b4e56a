#ifndef APP_REGISTRY_QUALITY_H
#define APP_REGISTRY_QUALITY_H
/*
 * app/registry_quality.h — how good the site registry is, county by county, and which rows stand behind each
 * figure. The rows streamed once give all figures; memory is that of the counties.
 *
 * Rows that left (closed, moved, merged) are not looked at. Whether a place is right is judged without a map: a
 * site of the city must lie between 113°40′ and 116°20′ E, 38°10′ and 40°00′ N, and not too far from the middle (the
 * medians of longitude and latitude) of its county's own sites: further than four times their median distance
 * from it, at least 20 km, both counted in squares of 0.02 degrees. A county with fewer than 10 places is not judged.
 */
#include "app/office.h"
#include "app/registry.h"

enum quality_kind {
	QUALITY_ROWS, /* in the registry */
	QUALITY_LIVE,
	QUALITY_CODE_MISSING, /* 统一社会信用代码 */
	QUALITY_CODE_FORM,
	QUALITY_CODE_CHECK, /* its last character */
	QUALITY_CODE_INNER, /* that of the organisation code in it */
	QUALITY_PLACE_MISSING,
	QUALITY_PLACE_OUTSIDE, /* of the city */
	QUALITY_PLACE_FAR,
	QUALITY_STALE,  /* neither changed nor visited for so many days */
	QUALITY_DOUBLE, /* open suggestions (registry_suggest.h) whose younger row lies here */
	QUALITY_CLASS_MISSING, /* without class or county no rule can be applied */
	QUALITY_COUNTY_MISSING,
	QUALITY_KINDS
};

struct quality_county {
	char code[8];     /* "" where none is given */
	const char *name; /* of one of ours, else the code */
	int64_t count[QUALITY_KINDS];
	int64_t far_km; /* beyond this a place is far; 0: not judged */
};

struct quality_report {
	struct quality_county *counties; /* by code */
	size_t count;
	struct quality_county all; /* sums; its far_km is 0 */
};

struct quality_in {
	const char *county; /* six digits; NULL: all */
	int64_t days;       /* for QUALITY_STALE */
};

/* Stable word of a kind, e.g. "code-check". */
MUST_USE const char *quality_name(enum quality_kind kind);

/* The kind of that name; false if there is none. */
MUST_USE bool quality_of(const char *name, enum quality_kind *ret);

/* Permille of rows whose code is right, and of rows with a place that is not doubted; -1 without rows. */
MUST_USE int64_t quality_codes_right(const struct quality_county *c);
MUST_USE int64_t quality_places_right(const struct quality_county *c);

/* The figures. Strings live in the arena. OK, or a db_code. */
MUST_USE int registry_quality(struct office *o, struct arena *a, const struct quality_in *in,
			      struct quality_report *ret);

/* Called for each row of a figure, in the order of ids; not OK ends it. Valid during the call. */
typedef int registry_quality_row(void *arg, const struct span cells[REGISTRY_FIELDS_MOST]);

/* The rows behind one figure, exactly as many as it says. Of QUALITY_DOUBLE see registry_suggest_list: INVALID. */
MUST_USE int registry_quality_list(struct office *o, const struct quality_in *in,
				   enum quality_kind kind, registry_quality_row *each, void *arg);

#endif
