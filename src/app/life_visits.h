#ifndef APP_LIFE_VISITS_H
#define APP_LIFE_VISITS_H
/*
 * app/life_visits.h — drawn objects become visits: one each, with a random id, its site sealed and its team. They
 * are stored in the order of their ids and sealed in one length, so that neither tells anything.
 */
#include "app/draw_run.h"
#include "app/office.h"
#include "store/draw_row.h"
#include "store/visit.h"

struct life_visit;

struct life_visits {
	struct arena arena;
	const struct draw_row *row;
	const struct draw_outcome *outcome;
	const struct draw *draw;
	struct life_visit *list;
	size_t count;
	size_t room; /* that each site is sealed with */
};

struct life_visits_input {
	const struct draw_row *row;
	const struct draw *draw;
	const struct draw_outcome *outcome; /* both outlive the visits */
	struct span matters;                /* matters.tsv, see app/plan_period.h */
};

/* Makes them in memory. Release them in any case. TOO_LARGE: texts of one site exceed LIFE_SITE_MOST. */
MUST_USE int life_visits_make(struct office *o, const struct life_visits_input *in,
			      struct life_visits *ret);
void life_visits_release(struct life_visits *v);

/* Stores visits and teams, inside office_write. CONFLICT with o->why: a site is held by another draw. */
MUST_USE int life_visits_keep(struct office *o, const struct life_visits *v);

/* The matters of one object in the bytes of matters.tsv; empty if there are none. */
MUST_USE struct span life_matters_of(struct span file, struct span id);

#endif
