#ifndef CLI_DR1_EXPLAIN_H
#define CLI_DR1_EXPLAIN_H
/* cli/dr1_explain.h — the two halves of dr1 explain: an object (dr1_explain.c) and an inspector (dr1_explain_who.c). */
#include "app/draw_ready.h"
#include "cli/dr1.h"

struct explaining {
	struct cli *cli;
	struct draw_folder folder;
	struct draw_ready ready;
	struct span id;
	bool open; /* a public form: no recusals, so teams are told as the files have them */
	struct file_map staff_map; /* staff.tsv; at == NULL: there is none */
	struct span staff;
};

/* How much one inspector was given; prints and returns the exit code. */
MUST_USE int dr1_explain_inspector(struct explaining *x, uint32_t who,
				   const struct draw_watch *watch);

#endif
