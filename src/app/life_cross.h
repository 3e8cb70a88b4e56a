#ifndef APP_LIFE_CROSS_H
#define APP_LIFE_CROSS_H
/*
 * app/life_cross.h — the city's cross draw (交叉执法): nobody inspects in a district of his own; and the pressing of a
 * branch for an answer (督办).
 */
#include "app/office.h"
#include "core/mem.h"
#include "store/visit_change.h"

/*
 * Gives each inspector who is bound to districts all the others of the objects instead; who is bound to none keeps
 * that. Somebody without any other district is left out of the list. The new inspectors.tsv lives in the arena.
 * INVALID with o->why: the objects lie in one district only.
 */
MUST_USE int life_cross_scopes(struct office *o, struct arena *a, struct span objects,
			       struct span *inspectors);

struct life_press {
	const char *draw, *branch; /* branch: six digits */
	const char *words;
	int64_t answer_by; /* days since 1970; not read by life_press_answer */
};

/*
 * Presses: draw.press. INVALID: no words, a day before today, or a branch that the draw is not about; CONFLICT: the
 * draw is not drawn yet.
 */
MUST_USE int life_press(struct office *o, struct arena *a, const struct life_press *in);

/* A press with the draw's public id. */
struct life_pressed {
	const char *draw;
	struct visit_press press;
};

/* All that the actor may answer or has sent, in the order of draws: those to his counties; else of his draws. In the arena. */
MUST_USE int life_presses(struct office *o, struct arena *a, struct life_pressed **ret,
			  size_t *ret_count);

/*
 * The branch answers the first that is open: draw.answer; *ret tells which. CONFLICT: nothing is open; FORBIDDEN: who
 * presses cannot answer himself, nor one who is not of the branch (life_person_branch); NONE: the draw is not in his scope and
 * no branch of his is pressed about it.
 */
MUST_USE int life_press_answer(struct office *o, struct arena *a, const struct life_press *in,
			       struct visit_press *ret);

#endif
