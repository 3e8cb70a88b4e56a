#ifndef HTTP_CONTRACT_H
#define HTTP_CONTRACT_H
/*
 * http/contract.h — the contract api/openapi.yaml (OpenAPI 3.1), made from the tables that the server works by, so that
 * it cannot say anything else than the server does.
 */
#include "base/buf.h"

/* Appends it as YAML, or as JSON for programs. */
void contract_write(struct buf *out, bool json);

#endif
