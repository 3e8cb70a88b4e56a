#ifndef HTTP_PAGE_KIND_H
#define HTTP_PAGE_KIND_H
/* http/page_kind.h — what follows from a page's path alone: its type, how long it may be kept, what it may load. */
#include "base/cleanup.h"

/* Content-Type by the ending, from a fixed table; unknown: application/octet-stream. */
MUST_USE const char *page_type(const char *path);

/*
 * A file below a folder "assets" with a hash in its name, as Vite writes them ("index-B3x9_kQd.js"), never changes and is
 * kept for a year; everything else (pages, service workers, manifests) is asked for again each time, which its ETag makes cheap.
 */
MUST_USE const char *page_cache(const char *path);

/*
 * What a browser lets the page load and run: files of this server alone, nothing written into the page, no eval. Below
 * /public/verify also WebAssembly, with which the page there recomputes a draw; a worker goes by the policy of its own file.
 */
MUST_USE const char *page_policy(const char *path);

#endif
