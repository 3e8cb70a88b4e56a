#ifndef APP_PLAN_EXTRA_H
#define APP_PLAN_EXTRA_H
/*
 * app/plan_extra.h — what a stratum draws for certain, and with which chance one more: the units left over of a
 * split go to the largest remainders, and among equal ones R decides, each as likely as the other (spec/draw.md 3).
 */
#include "app/plan_draw.h"

struct plan_extra {
	uint64_t least;    /* drawn whatever R is */
	uint64_t part, of; /* one more with this chance; 0/1: never */
	uint64_t nth;      /* of those with the same chance in its split, from 0 */
};

/* By stratum of the cover, in the arena. */
MUST_USE struct plan_extra *plan_extras(const struct cover *c, struct arena *a);

/* In the arena of the scene's notes: who of a draw's live sites cannot be drawn, whatever R is, and who is drawn for certain. */
struct plan_sure {
	uint64_t held;   /* at the cap, or waiting for a visit of another draw */
	uint64_t turned; /* not their turn by the repeat policy */
	uint64_t
		met; /* others that are in their rules too suffice for these: nobody of them is drawn */
	uint64_t left_out;      /* the split gives their stratum nothing */
	const char *met_names;  /* rules of the first, */
	const char *left_names; /* counties of these, "" if none */
	uint64_t certain;
	uint64_t due; /* of these: they owe a visit in every period that is left (rotation) */
	bool no_past; /* not the year's first period, and nothing is known of those before it */
};

MUST_USE struct plan_sure plan_sure_of(const struct plan_scene *s, const struct plan_draw *d);

/* The numbers in one Chinese sentence; NULL: everybody has a chance and nobody is certain. */
MUST_USE const char *plan_sure_sentence(const struct plan_sure *s, struct arena *a);

/* Can nobody of this stratum be drawn? */
MUST_USE bool plan_extra_none(const struct plan_extra *e);

#endif
