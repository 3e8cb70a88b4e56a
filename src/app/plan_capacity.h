#ifndef APP_PLAN_CAPACITY_H
#define APP_PLAN_CAPACITY_H
/*
 * app/plan_capacity.h — inspectors × days × load against what is to be drawn, in all: places in teams and seniors
 * among them; and specialities and certificates that are missing.
 */
#include "app/plan_clash.h"
#include "app/plan_draw.h"
#include "app/plan_people.h"

/* What this draw needs and the staff has. */
struct plan_sums {
	uint64_t visits, places, seniors_needed;
	uint64_t people, seniors;
	uint64_t room, senior_room; /* visits that they can make until the period ends */
	uint64_t year_room;         /* and until the year does */
};

/* A speciality that sites of a county need. */
struct plan_skill {
	const char *county, *skill;
	uint64_t sites;
};

enum { PLAN_SKILLS_MOST = 1024 };

struct plan_capacity {
	const struct plan_scene *scene;
	struct plan_sums all;
	uint64_t unmet; /* of the places those that no arrangement fills, by app/plan_staff.h */
	uint64_t
		unmet_as_drawn; /* the number that the draw itself will tell: it looks at the limits alone */
	struct plan_skill *skills;
	size_t skill_count;
};

void plan_capacity_init(struct plan_capacity *c, const struct plan_scene *s);

/* Counts what a site of a scan asks of its lead. */
void plan_capacity_add(struct plan_capacity *c, const struct plan_scanned *s);

/* Works out needs and room, and adds what clashes. */
void plan_capacity_end(struct plan_capacity *c, const struct plan_draw *d,
		       const struct plan_people *people, struct plan_clashes *clashes);

/* After it: the year's places in teams, played through, against what everybody can do until it ends. */
void plan_capacity_year(const struct plan_capacity *c, uint64_t places,
			struct plan_clashes *clashes);

/* The speciality that a site's lead needs: its own, else that of the first of its matters that asks one. */
MUST_USE struct span plan_skill_of(const struct plan_matters *matters, const struct site *site);

#endif
