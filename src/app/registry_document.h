#ifndef APP_REGISTRY_DOCUMENT_H
#define APP_REGISTRY_DOCUMENT_H
/* app/registry_document.h — the document that the ledger's entry of a registry's change names by digest. */
#include "base/buf.h"
#include "store/registry_change.h"

/* Appends it: canonical JSON of all that the change's row says but who and when, which the entry says. beside: as below. */
void registry_document_write(const struct registry_change *c, const char *beside, struct buf *out);

/* Digest of what the change left beside its rows (store/registry_beside.h), 64 hex digits and NUL. */
enum { REGISTRY_DOCUMENT_BESIDE = 65 };
MUST_USE int registry_document_beside(struct db *db, int64_t change,
				      char ret[REGISTRY_DOCUMENT_BESIDE]);

#endif
