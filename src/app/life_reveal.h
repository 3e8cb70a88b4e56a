#ifndef APP_LIFE_REVEAL_H
#define APP_LIFE_REVEAL_H
/*
 * app/life_reveal.h — the secret ends (spec/draw.md 5.3): the last visit has ended, or the hard day has come. The
 * draw's files and the sites of its visits are public from then on, and so are those of the annulled draws whose
 * place it took. An annulled draw can be revealed once its successor is, or on its own hard day.
 */
#include "app/office.h"
#include "store/draw_row.h"

/*
 * Reveals: draw.reveal. share: a holder's printed copy, when the operator's own is not at hand; the record is
 * then made again from it. NULL: the sealed one. CONFLICT: not drawn, revealed already, or visits are open and
 * the hard day has not come; annulled, and its successor is not revealed; or its
 * lists left out sites that wait for a visit of a draw that is still secret, before the hard day of either; INVALID: the share does not open the commitment.
 */
MUST_USE int life_reveal(struct office *o, struct arena *a, const char *draw, const char *share,
			 struct draw_row *ret);

#endif
