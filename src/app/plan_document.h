#ifndef APP_PLAN_DOCUMENT_H
#define APP_PLAN_DOCUMENT_H
/* app/plan_document.h — the document that the ledger's entries of a plan's version name by digest. */
#include "base/buf.h"
#include "store/plan.h"
#include "store/plan_line.h"

/* Appends it: canonical JSON of all that is approved; lines in the order of their ids. */
void plan_document_write(const struct plan_row *plan, const struct plan_version_row *v,
			 const struct plan_line_row *lines, size_t count, struct buf *out);

#endif
