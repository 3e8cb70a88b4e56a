#ifndef APP_LIFE_LIST_H
#define APP_LIFE_LIST_H
/* app/life_list.h — draws and visits as people look at them; nothing sealed is opened here. In the arena. */
#include "app/office.h"
#include "app/plan_opening_said.h"
#include "app/registry.h"
#include "store/draw_row.h"
#include "store/draw_share.h"
#include "store/draw_staff.h"
#include "store/visit.h"
#include "store/visit_assistant.h"
#include "store/visit_undone.h"
#include "store/visit_change.h"

struct life_draws {
	struct draw_row *list; /* by body, year and number: without gap */
	size_t count;
	const char *gap; /* the first number that is missing, as an id; NULL: none */
};

/* Of those that the actor may reach (app/scope.h): body "": all; year 0: all. Gaps are told for the whole city. */
MUST_USE int life_draws(struct office *o, struct arena *a, const char *body, int64_t year,
			struct life_draws *ret);

/* A registry that changed after the approval and before the freeze (or now): numbers of its changes. */
struct life_moved {
	enum registry registry;
	int64_t from, to, changes;
};

struct life_draw_shown {
	struct draw_row row;
	const char *replaces, *replaced_by; /* ids, or NULL */
	char declared[OFFICE_DIGEST];       /* D (spec/draw.md 2), "" before the freeze */
	const char *entropy; /* the declaration's entropy lines, with their values once drawn */
	const char *parent;  /* the lead's draw of a department's, or NULL */
	struct draw_row *children; /* the departments' draws of a lead's */
	size_t child_count;
	struct draw_share_row shares[DRAW_SHARES_MOST];
	size_t share_count;
	struct draw_holder_row holders[2];
	size_t holder_count;
	struct draw_cover_row *covers;
	size_t cover_count;
	struct visit_counts visits;
	struct visit_change *changes; /* without their sealed words */
	size_t change_count;
	struct draw_staff_row
		*staff; /* teams that were made later, without the sealed words; NULL: none were */
	struct visit_press *presses;
	size_t press_count;
	struct life_moved moved[REGISTRIES];
	size_t moved_count;
	struct plan_opening_said *opening; /* of the plan's year, as it counts now; NULL: none */
	int64_t today;                     /* days since 1970 at +08:00 */
};

/* NONE with o->why. */
MUST_USE int life_draw_show(struct office *o, struct arena *a, const char *draw,
			    struct life_draw_shown *ret);

/* A department's visit that goes along with the lead's. */
struct life_visit_shared {
	const char *id, *draw, *department, *state;
	struct visit_member *team; /* who goes */
	size_t team_count;
};

struct life_visit_shown {
	struct visit_row row; /* sealed is NULL */
	const char *name,
		*address; /* of life_visit_show only: the site's, once it is no secret; "" */
	struct visit_member *team;
	size_t team_count;
	struct visit_assistant *assistants; /* of life_visit_show only */
	size_t assistant_count;
	struct visit_undone *undone; /* of life_visit_show only: what was taken back */
	size_t undone_count;
	struct life_visit_shared
		*shared; /* of life_visit_show only: the departments' that go along */
	size_t shared_count;
};

struct life_visits_ask {
	const char *draw, *state, *inspector,
		*after; /* NULL restricts nothing; after: id of the last one seen */
	int64_t most;
};

/* Of those that the actor may reach (app/scope.h). NONE with o->why: no such draw. INVALID: no such state. */
MUST_USE int life_visits(struct office *o, struct arena *a, const struct life_visits_ask *ask,
			 struct life_visit_shown **ret, size_t *ret_count);

/* How many there are in all, whatever `after` and `most` say. */
MUST_USE int life_visits_count(struct office *o, struct arena *a, const struct life_visits_ask *ask,
			       int64_t *ret);

/* Name and address of a site whose number is no secret any more, as the registry has them now; "" if it has not. */
MUST_USE int life_site_place(struct office *o, struct arena *a, const char *site,
			     const char **ret_name, const char **ret_address);

/* One visit, with everybody who ever was in its team. NONE with o->why. */
MUST_USE int life_visit_show(struct office *o, struct arena *a, const char *visit,
			     struct life_visit_shown *ret);

#endif
