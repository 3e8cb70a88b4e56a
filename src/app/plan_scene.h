#ifndef APP_PLAN_SCENE_H
#define APP_PLAN_SCENE_H
/*
 * app/plan_scene.h — everything a plan is judged with on one day: its version, rule set and lines, the
 * registries as canonical files, the matter list and the year's visits.
 */
#include "app/calendar.h"
#include "app/office.h"
#include "app/plan_certain.h"
#include "app/plan_history.h"
#include "app/plan_notes.h"
#include "app/plan_span.h"
#include "app/plan_who.h"
#include "base/file.h"
#include "store/plan.h"
#include "store/plan_line.h"

enum { PLAN_NEWEST = 0, PLAN_APPROVED = -1 };

/* A period that was drawn; of a joint action its line too. */
struct plan_drawn {
	char period[PLAN_SPAN_TEXT];
	const char *line; /* NULL: the daily draw */
};

struct plan_scene {
	struct plan_notes *notes; /* its arena holds all texts */
	struct plan_row plan;
	struct plan_version_row version;
	struct rule_set set;
	enum rule_period kind; /* what the year is cut into */
	int64_t day;
	struct plan_line_row *lines;
	size_t line_count;
	struct plan_extension_row *extensions;
	size_t extension_count;
	struct plan_history history; /* sealed visits without their sites */
	struct plan_history inside;  /* with them, if that was asked */
	struct plan_certain certain; /* who the next draw takes; none for the lists of a draw */
	const char *
		word; /* ends the names of the strata, so that nobody can guess the lists; NULL: none */
	struct plan_drawn *drawn; /* the daily draws of the plan that were made until the day */
	size_t drawn_count;
	struct plan_drawn
		*joint; /* the joint draws that the plan's bureau led and made until the day */
	size_t joint_count;
	uint64_t
		unknown; /* this year's visits of before whose sites are in no registry: not in the history */
	int64_t begun; /* day on which this year's visits of before were imported first; INT64_MIN: never */
	struct plan_matters matters;
	struct calendar calendar;                /* working days */
	struct span sites, inspectors, recusals; /* canonical files; an empty span: none */
	uint64_t *heads;                         /* by rule of the set: who is counted for it */
	struct file_map maps[REGISTRIES];
};

struct plan_scene_ask {
	const char *plan; /* public id */
	int64_t version;  /* PLAN_NEWEST, PLAN_APPROVED or a number */
	int64_t day;      /* days since 1970 */
	bool inside;      /* for the lists of a draw: app/plan_history.h */
};

/*
 * Opens it. NONE: no such plan or version; INVALID with notes: a registry or the rules do not read; or a
 * code of files or the database. Release it.
 */
MUST_USE int plan_scene_open(struct office *o, const struct plan_scene_ask *ask,
			     struct plan_notes *notes, struct plan_scene *ret);
void plan_scene_release(struct plan_scene *s);

/* The day on which a period is judged: the scene's day moved into the period. */
MUST_USE int64_t plan_scene_day(const struct plan_scene *s, const struct plan_span *period);

/* Was the daily draw of a period made? */
MUST_USE bool plan_scene_drawn(const struct plan_scene *s, const char *period);

/* Was a joint line's draw of a period (NULL: of any) made? */
MUST_USE bool plan_scene_joint_drawn(const struct plan_scene *s, const char *line,
				     const char *period);

/* Is this county in the plan's area? */
MUST_USE bool plan_scene_area(const struct plan_scene *s, struct span county);

#endif
