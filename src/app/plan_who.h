#ifndef APP_PLAN_WHO_H
#define APP_PLAN_WHO_H
/*
 * app/plan_who.h — which sites a rule or a line of the plan speaks of, and which matters of the list a
 * site is checked for.
 */
#include "app/plan_notes.h"
#include "app/registry.h"
#include "app/rule_set.h"

enum { PLAN_MATTERS_MOST = 512 };

/* A matter that is valid on the day and for the bureau's level, by id. Spans point into the registry. */
struct plan_matter {
	struct span id, name, skill;
	uint32_t kinds; /* bit 1 << enum object_kind */
	bool key, onsite;
	int64_t until;
	uint32_t ratio, of;    /* the list's own share of its sites in a year; 0/0: none */
	struct span frequency; /* in words */
};

struct plan_matters {
	struct plan_matter *list;
	size_t count;
	size_t expired; /* in the registry, but not valid on the day */
};

/*
 * Reads the matter list; an empty file gives none. INVALID with a note. `level` is RULE_CITY or
 * RULE_COUNTY: matters for other levels only are left out.
 */
MUST_USE int plan_matters_read(struct span file, int64_t day, enum rule_level level,
			       struct plan_notes *notes, struct plan_matters *ret);

/*
 * The matters that are for a site: those of its own list (SITE_MATTERS) where it has one, else all for its kind.
 * out has room for matters->count indices; returns how many, in the list's order.
 */
MUST_USE size_t plan_matters_of(const struct plan_matters *matters, struct span own,
				enum object_kind kind, uint32_t *out);

/* A site and what was looked up about it. */
struct plan_site {
	const struct site *site;
	bool special; /* on the day */
	const struct plan_matters *matters;
};

MUST_USE bool plan_who_fits(const struct rule_who *who, const struct plan_site *s);

/*
 * Reads a line's pool: `word=value,value;word=value...` with the words class county kind matter permit
 * source industry level category credit, values as in the registry (class: key, general, special). "" is
 * every site. INVALID with a note that lists the words.
 */
MUST_USE int plan_who_parse(const char *text, struct plan_notes *notes, struct rule_who *ret);

/*
 * What is wrong with the values of a pool: counties are six digits of ours, words are those of the registry's
 * columns. A Chinese sentence without its full stop, in the arena; NULL: nothing. Matters are not looked up.
 */
MUST_USE const char *plan_who_wrong(const struct rule_who *who, struct arena *a);

#endif
