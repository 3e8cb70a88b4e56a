#ifndef APP_REGISTRY_DOCUMENT_H
#define APP_REGISTRY_DOCUMENT_H
/* app/registry_document.h — the document that the ledger's entry of a registry's change names by digest. */
#include "base/buf.h"
#include "store/registry_change.h"

/* Appends it: canonical JSON of all that the change's row says but who and when, which the entry says. */
void registry_document_write(const struct registry_change *c, struct buf *out);

#endif
