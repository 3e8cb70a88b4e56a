#ifndef APP_PAPERS_H
#define APP_PAPERS_H
/*
 * app/papers.h — the printed side of a draw. Every function writes one file with fixed dates and fonts, so
 * the same draw gives the same bytes, and stamps every page 演练无效 in a rehearsal.
 */
#include "app/papers_model.h"
#include "app/sheet_plan.h"
#include "base/buf.h"
#include "core/declare.h"

struct papers_freeze {
	const struct sheet_plan *plan;
	const struct declaration *declaration;
	struct span declaration_text;
	const char *fingerprint; /* of everything frozen, hex */
	const char *floor;       /* the entropy's arithmetic, one sentence */
	uint64_t live, eligible, seniors, conflicts, left_out;
};

/*
 * 锁定记录: what will be drawn, roots as groups of digits, commitments, entropy sources, signature lines.
 * UNAVAILABLE without the font, else IO_ERROR or NO_SPACE; so for all of these.
 */
MUST_USE int papers_write_freeze(const char *path, const struct papers_freeze *p);

struct papers_escrow {
	const char *authority, *draw_id, *share, *commitment;
	bool kept; /* the draw lives in a database, and not in a folder alone */
};

/* The operator's share for the two escrow holders (spec 5.3): one page each; file mode 0600. */
MUST_USE int papers_write_escrow(const char *path, const struct papers_escrow *p);

/* 抽签记录: seed, entropy, shares, roots, counts by stratum, quota arithmetic, signature lines. */
MUST_USE int papers_write_protocol(const char *path, const struct papers_model *m);

/* 任务表: a workbook with every visit, every inspector's load, and the written reserves. */
MUST_USE int papers_write_tasks(const char *path, const struct papers_model *m);

/* Returns false to cancel. */
typedef bool papers_progress(void *arg, uint64_t done, uint64_t total);

/*
 * 任务单: one page for each drawn site, folder/0001-<object>.pdf in task order; on the disk for certain only
 * after file_sync_tree. CANCELLED by progress. *missing gets each character that the font lacks, once (pdf.h); release it.
 */
MUST_USE int papers_write_visits(const char *folder, const struct papers_model *m,
				 papers_progress *progress, void *arg, struct buf *missing);

#endif
