#ifndef APP_PAPERS_PARTS_H
#define APP_PAPERS_PARTS_H
/* app/papers_parts.h — what the papers have in common. */
#include "app/sheet_plan.h"
#include "core/mem.h"
#include "files/pdf.h"

#define PAPERS_REHEARSAL "演练无效"

/* A long hexadecimal text in groups of eight, four groups a line when `lines`; lives in the arena. */
MUST_USE const char *papers_groups(struct arena *a, struct span hex, bool lines);

/* The fixed time that stands in the documents: the day of the plan, so the same draw gives the same bytes. */
MUST_USE int64_t papers_created(const struct sheet_plan *plan);

/* What an entropy source is, for people who never heard its name: "中国福利彩票快乐8"; or the word itself. */
MUST_USE const char *papers_source_name(struct arena *a, struct span line);

/* "2026-10-01 至 2026-12-31", or "" */
MUST_USE const char *papers_period(struct arena *a, const struct sheet_plan *plan);

/* A paragraph on the announced time of the values, if the planner gave one: his word, for the witness to compare. */
void papers_announced(struct pdf *p, struct arena *a, const struct sheet_plan *plan);

/* A heading with its number, "一、…"; *number counts up, so that a part left out leaves no gap. */
void papers_heading(struct pdf *p, struct arena *a, int *number, const char *text);

/* Opens a document with the draw's id in its footer, stamped in a rehearsal; UNAVAILABLE without the font. */
MUST_USE int papers_open(struct pdf **ret, const struct sheet_plan *plan, const char *title,
			 const char *draw_id);

#endif
