#ifndef APP_DRAW_TICKETS_H
#define APP_DRAW_TICKETS_H
/*
 * app/draw_tickets.h — tickets of any list of ids, without a draw around it: the way to check single
 * tickets, or to draw from a plain list. Ids are lines of UTF-8 without TAB and CR; consistent_sampler
 * itself knows no other rule.
 */
#include "base/arena.h"
#include "core/mem.h"

#include <stdint.h>

#define TICKETS_MOST_TAKE UINT64_C(50000000)

struct tickets_input {
	int fd;           /* read to its end; not closed */
	struct span seed; /* any text */
	uint64_t take;    /* how many of the lowest tickets; 0: all */
	bool keep_order; /* as they stand in the input instead of by (ticket, id); only without take */
	bool strict;     /* ids must obey dr1's rule: 1 to 64 bytes of [0-9A-Za-z._:-] */
	bool (*stop)(void); /* asked now and then; may be NULL */
};

/* Takes one row; both texts are valid during the call. */
typedef void tickets_row(void *arg, struct span id, struct span ticket);

/*
 * Computes and gives out the rows in order. INVALID: *problem is a Chinese sentence with the line, in
 * the arena, and no row was given. IO_ERROR (errno), TOO_LARGE (more than 2^32 - 2 lines or a line over
 * 64 KiB), CANCELLED.
 *
 * Memory: without take the list's bytes and 32 bytes an id; with take K about 2 K ids and 64 bytes each,
 * whatever the length of the list. With take, a repeated id is found if it is drawn or stands right
 * after its like; one that is not drawn changes nothing.
 */
MUST_USE int draw_tickets_list(const struct tickets_input *in, struct arena *a, tickets_row *row,
			       void *arg, const char **problem);

#endif
