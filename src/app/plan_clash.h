#ifndef APP_PLAN_CLASH_H
#define APP_PLAN_CLASH_H
/*
 * app/plan_clash.h — what does not go together in a plan: which rules, with which numbers, which sites are
 * concerned, and what can be chosen.
 */
#include "app/plan_notes.h"
#include "base/json.h"
#include "core/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum plan_clash_kind {
	CLASH_UNSET,    /* a rule without a number */
	CLASH_MINIMUM,  /* a minimum of this draw cannot be met */
	CLASH_CAP,      /* what the year still asks is more than the cap lets through */
	CLASH_ODD,      /* the same, only because an odd number is rounded up in every period */
	CLASH_LATER,    /* a minimum of a period to come cannot be met */
	CLASH_SENIORS,  /* too few seniors in some counties */
	CLASH_JUNIORS,  /* too few juniors */
	CLASH_CAPACITY, /* more visits than the staff can make, in some counties or in the year */
	CLASH_SKILL,    /* nobody qualified for a speciality in a county */
	CLASH_CERTIFICATE, /* certificates that end before the period does */
	CLASH_RULES,       /* rules that overlap, are missing or have ended */
	CLASH_LINE,        /* a line of the plan that cannot be drawn as it stands */
	CLASH_TWO_POOLS,   /* sites that two draws of this period would take */
	CLASH_GAP,         /* matters, counties or sites that nobody looks after */
	CLASH_KINDS
};

/* Which sites are concerned; see plan_check_sites. */
enum plan_clash_sites {
	CLASH_NO_SITES,
	CLASH_MEMBERS, /* members of the rules */
	CLASH_CAPPED,  /* of these, those at the cap */
	CLASH_PLACE,   /* sites of the counties that need the skill (all of them if that is "") */
	CLASH_BOTH_POOLS,
	CLASH_UNCOVERED /* sites in no rule */
};

struct plan_clash {
	enum plan_clash_kind kind;
	bool stops;          /* the draw cannot be frozen like this; else the year is at risk */
	const char *rules;   /* ids joined by ',' */
	const char *text;    /* what clashes, with numbers */
	const char *choices; /* what can be done */
	enum plan_clash_sites which;
	uint64_t asks;              /* bits, for CLASH_MEMBERS and CLASH_CAPPED */
	const char *county, *skill; /* for CLASH_PLACE; counties joined by ',' */
	uint64_t sites;             /* how many */
};

struct plan_clashes {
	struct arena *arena;
	struct plan_clash *list;
	size_t count, size;
	size_t stops;
};

/* "cap", "odd"...: for JSON. */
MUST_USE const char *plan_clash_name(enum plan_clash_kind kind);

/* Member "clashes" of an object: the list, numbered from 1. */
void plan_clashes_json(struct json *j, const struct plan_clashes *clashes);

void plan_clash_add(struct plan_clashes *c, const struct plan_clash *clash);

#endif
