#ifndef APP_PLAN_PEOPLE_H
#define APP_PLAN_PEOPLE_H
/*
 * app/plan_people.h — who can inspect in a period: grade, room, working days; who cannot and why; and the
 * recusals that hold in it.
 */
#include "app/plan_lists.h" /* struct plan_absent */
#include "app/plan_recusal.h"
#include "app/plan_scene.h"

struct plan_person {
	struct span id, name, certificate, scopes, skills;
	bool senior;
	bool own_limit; /* his limit is the registry's */
	uint32_t
		limit; /* new visits at most, by the registry or the rules, else by the working days */
	uint32_t base;      /* visits in the year so far, so that the year is shared evenly */
	int64_t days;       /* working days from the day to the period's end, leave taken off */
	uint64_t day_room;  /* visits that these days leave beside the trips that wait already */
	uint64_t room;      /* the same, and not above the limit */
	uint64_t year_room; /* the same until the year ends */
	int64_t until;      /* last day of the certificate that lasts longest */
	bool certified_to_end;
};

struct plan_people {
	struct plan_person *list; /* by id */
	size_t count, seniors;
	struct plan_absent *absent;
	size_t absent_count;
	struct plan_recusals recusals; /* sorted */
};

/*
 * Reads both registries in the notes' arena; release the recusals. A period whose visits were extended ends so much
 * later, `more` days later still. INVALID with a note if one does not
 * read. A recusal whose inspector is not known is a warning.
 */
MUST_USE int plan_people_read(const struct plan_scene *s, const struct plan_span *period,
			      int64_t more, struct plan_people *ret);

/* May this person work in that district? */
MUST_USE bool plan_person_in(const struct plan_person *p, struct span county);

/* Is the person qualified for that speciality ("" needs none)? */
MUST_USE bool plan_person_can(const struct plan_person *p, struct span skill);

#endif
