#ifndef APP_SHEET_FREEZE_H
#define APP_SHEET_FREEZE_H
/*
 * app/sheet_freeze.h — two registries and a rule file become a frozen draw: a folder with the four lists,
 * the declaration, a printed protocol for the witnesses, and what the lists were made from.
 *
 *   DIR/objects.tsv inspectors.tsv conflicts.tsv rules.txt declaration     dr1 (spec/draw.md)
 *   DIR/freeze/sites.tsv inspectors.tsv      the canonical registries as they were
 *   DIR/freeze/rules-file.txt                the planner's rule file as it was
 *   DIR/freeze/plan.tsv                      title, authority, matters, period and the quota arithmetic
 *   DIR/freeze/left-out.tsv                  inspectors not eligible, each with its reason
 *   DIR/freeze/notes.txt                     all that was told at the freeze
 *   DIR/signatures.tsv                       the parties' signatures, if any
 *   DIR/freeze/SHA256SUMS                    over all of these; its SHA-256 is the fingerprint
 *   DIR/freeze/锁定记录.pdf                  the protocol, with the fingerprint
 *   DIR/SHA256SUMS                           over everything
 *   DIR.operator-share, DIR.escrow.pdf       sealed mode only, beside DIR, mode 0600
 */
#include "app/plan_notes.h"
#include "app/plan_trial.h"
#include "app/sheet_stage.h"
#include "core/declare.h"

struct sheet_share {
	const char *party, *commitment;
	const char *signature; /* "KEYHEX:SIGHEX" (app/draw_signatures.h), or NULL */
};

struct sheet_freeze {
	const char *sites, *inspectors, *rules; /* the planner's files */
	const char *draw_id, *out;
	const char
		*day; /* YYYY-MM-DD on which certificates and leave are judged; NULL: see below */
	const char *const *entropy; /* "<source> <selector...>" */
	size_t entropy_count;
	const char *
		drawn_at; /* "2026-03-01T21:30" at +08:00: the announced time of values that do not tell
				 theirs (app/draw_entropy.h); NULL: none */
	const struct sheet_share *shares;
	size_t share_count;
	bool open_mode; /* no operator share (spec 5.5) */
	bool accept_quarantine;
	bool any_area;  /* accept districts outside the 22 units */
	bool rehearsal; /* no share files, every page stamped */
	bool (*progress)(void *arg, uint64_t done, uint64_t total); /* false cancels; may be NULL */
	void *progress_arg;
};

struct sheet_frozen {
	struct plan_trial trial;
	uint64_t sites, live, eligible, seniors, conflicts;
	size_t left_out;
	const char *declaration;              /* the text */
	const char *share;                    /* the operator's share, hex; NULL in open mode */
	const char *share_path, *escrow_path; /* NULL in open mode and in rehearsals */
	const char *protocol_path;
	const char *fingerprint; /* of everything frozen (app/sheet_bound.h), hex */
	struct declare_floor floor;
	const char *floor_arithmetic, *floor_words; /* its sum, and what that is enough for */
	uint32_t signed_shares;                     /* outside parties whose signature counts */
};

/*
 * Freezes. Without `day` it is today, moved into the rule file's period (its first day before it begins,
 * its last after it has ended). Everything worth telling goes to the notes. INVALID with PLAN_REFUSED
 * notes; CONFLICT if `out` exists and is not empty, or a share file would be overwritten, also when
 * somebody else makes them meanwhile (what is theirs stays); NONE, IO_ERROR,
 * NO_SPACE, TOO_LARGE, CANCELLED. Unless it succeeds nothing is left but reports on wrong rows.
 */
MUST_USE int sheet_freeze(const struct sheet_freeze *in, struct plan_notes *notes,
			  struct sheet_frozen *ret);

#endif
