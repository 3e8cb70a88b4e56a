#ifndef APP_LIFE_SEAL_H
#define APP_LIFE_SEAL_H
/*
 * app/life_seal.h — what of a draw is secret until its reveal (spec/draw.md 5.3): its files, sealed part by
 * part with the office's key, and the sites of its visits. Nothing here is ever written in the clear but by
 * the functions that say so.
 */
#include "app/office.h"
#include "base/buf.h"
#include "core/mem.h"
#include "store/draw_row.h"
#include "store/visit.h"

/* Says in o->why why something is refused; returns code. */
PRINTF(3, 4) int life_refuse(struct office *o, int code, const char *format, ...);

/* ---- files ---- */

/* Keeps a file of a draw, inside office_write: sealed, or plain when it is public. */
MUST_USE int life_file_put(struct office *o, const struct draw_row *draw, const char *name,
			   struct span bytes, bool sealed);

/*
 * Appends a file, opened, to a buffer that the caller has made (its limit is the limit). NONE if there is no
 * such file; INVALID if a part does not open: other keys, or the database was changed.
 */
MUST_USE int life_file_get(struct office *o, const struct draw_row *draw, const char *name,
			   struct buf *ret);

/* Puts a file of a draw in the clear, inside office_write; the bytes are given. */
MUST_USE int life_file_publish(struct office *o, const struct draw_row *draw, const char *name,
			       struct span bytes);

/* Names of the files beside dr1's own (core_file_name). */
#define LIFE_SHARE "operator-share"
#define LIFE_MATTERS "matters.tsv"
#define LIFE_VALUES "values"     /* the record's entropy lines, public */
#define LIFE_DRAWN_AT "drawn-at" /* the announced time of a value, public; see life_entropy.h */
#define LIFE_ASSISTANTS "assistants.tsv" /* see app/life_pool.h */
#define LIFE_DEPARTMENT                                                                            \
	"department.tsv" /* a department's people, a canonical registry; app/life_joint.h */
#define LIFE_RECUSALS                                                                              \
	"recusals.tsv" /* a department's recusals of sites that the lead may still replace others by */
#define LIFE_LEFT_OUT "left-out.tsv" /* inspectors not eligible: id, name, districts, reason */

/* ---- sites of visits ---- */

/* What is sealed of a visit. */
struct life_site {
	struct span id, stratum, name, scope, place, skill;
	struct span matters; /* ids joined by ',' */
	struct span order;   /* the object that the trip is named by: R "/team/" order (spec 4.6) */
};

enum { LIFE_SITE_MOST = 1 << 16 }; /* more than 512 matters with ids of 64 letters */

struct life_sealed {
	const void *at;
	size_t len;
};

/*
 * How many bytes a site is sealed with, so that their number does not tell which it is: one of a few fixed lengths,
 * the next that its texts fit into. Whoever seals several at once seals them all with the longest one's.
 */
MUST_USE size_t life_site_room(const struct life_site *site);

/*
 * Seals a site for a visit's id, in life_site_room or in `room` where that is more; the bytes live in the arena.
 * TOO_LARGE if the texts exceed LIFE_SITE_MOST.
 */
MUST_USE int life_site_seal(struct office *o, struct arena *a, const char *visit,
			    const struct life_site *site, size_t room, struct life_sealed *ret);

/* Seals what people said about a visit, with NULs behind it up to one of the same lengths. In the arena. */
struct life_sealed life_words_seal(struct office *o, struct arena *a, const char *context,
				   const char *words);

/*
 * Opens the site of a visit for the program's own work (planning, checks); whoever shows it to a person uses
 * life_name_open (app/life_visit.h). Spans live in the arena. INVALID: other keys, or a changed database.
 */
MUST_USE int life_site_open(const struct office *o, struct arena *a, const struct visit_row *visit,
			    struct life_site *ret);

/* Opens the site id of a sealed unit that is certain next time (store/visit_change.h). */
MUST_USE int life_sealed_open(const struct office *o, struct arena *a, const char *visit,
			      const void *sealed, size_t len, struct life_site *ret);

/* Fills a fresh ULID (26 characters, a NUL) from the time and the kernel's randomness. IO_ERROR. */
MUST_USE int life_ulid(int64_t now, char out[VISIT_ID + 1]);

#endif
