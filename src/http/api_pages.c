/* http/api_pages.c — the web apps' files, by one row for all paths that no other row begins with. Not in the contract. */
#include "base/status.h"
#include "http/api.h"
#include "http/negotiate.h"
#include "http/pages.h"

static const char *const coding_names[] = { [PAGE_BR] = "br", [PAGE_GZIP] = "gzip" };

static bool has_forms(const struct page *page)
{
	return page->forms[PAGE_BR].at || page->forms[PAGE_GZIP].at;
}

/* What the client wants most; of two that it wants as much, br. */
static enum page_coding choose(const struct page *page, const char *accept)
{
	enum page_coding best = PAGE_PLAIN;
	int most = 0;

	for (enum page_coding c = PAGE_BR; c < PAGE_CODINGS; c++) {
		int wanted = page->forms[c].at ? negotiate_coding(accept, coding_names[c]) : 0;
		if (wanted > most) {
			most = wanted;
			best = c;
		}
	}
	return best;
}

static void answer(struct request *q, const struct page *page)
{
	enum page_coding coding = choose(page, q->head.accept_encoding);
	const struct page_form *form = &page->forms[coding];
	struct reply *r = &q->reply;

	r->type = page->type;
	r->cache = page->cache;
	r->policy = page->policy;
	r->etag = form->etag;
	r->coding = coding_names[coding];
	r->vary = has_forms(page) ? "Accept-Encoding" : NULL;
	if (negotiate_has(q->head.if_none_match, form->etag))
		r->status = 304;
	else
		r->fixed = (struct span){ form->at, form->len };
}

static int get_page(struct request *q)
{
	const struct page *page;
	const char *location;

	switch (pages_find(q->pages, &q->arena, &q->head.target, &page, &location)) {
	case OK:
		answer(q, page);
		break;
	case CONFLICT:
		q->reply.status = 308;
		q->reply.location = location;
		q->reply.cache = "no-cache";
		break;
	default:
		reply_problem(&q->reply, 404, "not_found", "没有这个网址", NULL);
	}
	return OK;
}

static const struct route routes[] = {
	{ GATE_GET, "/{page...}", get_page, PERM_SELF, ROUTE_INLINE | ROUTE_OPEN | ROUTE_PAGE, NULL,
	  NULL, "网页", "200 file" },
};

const struct api_group api_pages = { "pages", "网页", routes, COUNT(routes), NULL };
