#ifndef APP_DRAW_AUDIT_H
#define APP_DRAW_AUDIT_H
/*
 * app/draw_audit.h — verification of a whole folder: dr1's steps (core/verify.h), what the evidence shows
 * (draw_facts.h), teams made later (draw_staffing.h), and whether every other file is the one the draw was finished with (draw_sums.h).
 */
#include "app/draw_facts.h"
#include "app/draw_folder.h"

enum { DRAW_AUDIT_STEPS = VERIFY_MOST_STEPS + 7 };

struct draw_audit {
	struct verify_step steps[DRAW_AUDIT_STEPS];
	uint32_t count, failed, unknown;
	bool rehearsal;
	enum verify_form form; /* how much of a draw the folder shows */
	bool drawn;            /* the folder holds a result, or a trace of one */
	struct span draw_id;   /* empty if the declaration cannot be read */
};

struct draw_audit_watch {
	verify_progress *at; /* may be NULL */
	void *arg;
};

/*
 * Verifies an opened folder. Whatever is wrong with it is a failed step. Errors: those of draw_facts
 * with *path, IO_ERROR with *path = the folder, TOO_LARGE if memory does not suffice.
 */
MUST_USE int draw_audit(struct draw_folder *f, const char *path_of_folder, struct arena *a,
			const struct draw_evidence *evidence, const struct draw_audit_watch *watch,
			struct draw_audit *ret, const char **path);

#endif
