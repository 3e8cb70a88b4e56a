/* test/fuzz/fuzz_gate.c — a request's head, in lines as it comes: what the gate lets through can be read in one way only. The last
 * part, behind an empty line, is what the client takes and has. */
#include "base/status.h"
#include "base/utf8.h"
#include "http/gate.h"
#include "http/negotiate.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_MOST = 1 << 20, MANY = GATE_MOST_HEADERS + 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static bool is(struct span name, const char *wanted)
{
	return name.len == strlen(wanted) && strncasecmp(name.at, wanted, name.len) == 0;
}

/* As the library gives it: no line end in it, value without blanks around it. */
static struct gate_header header_of(struct span line)
{
	struct gate_header h;

	(void)span_cut(&line, ':', &h.name);
	while (line.len && (line.at[0] == ' ' || line.at[0] == '\t'))
		line = (struct span){ line.at + 1, line.len - 1 };
	h.value = line;
	return h;
}

static size_t times(const struct gate_head *head, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < head->count; i++)
		n += is(head->headers[i].name, name);
	return n;
}

static void check_text(const char *text)
{
	require(strlen(text) <= GATE_VALUE_LONGEST);
	for (; *text; text++)
		require(((unsigned char)*text >= 0x20 || *text == '\t') && *text != 0x7f);
}

static void check_passed(const struct gate_head *head, const struct gate_request *q)
{
	bool takes = q->method >= GATE_POST && q->method != GATE_DELETE;
	const char *const texts[] = { q->host,          q->cookie, q->authorization,  q->origin,
				      q->if_none_match, q->csrf,   q->accept_encoding };

	require(span_equal(head->version, SPAN("HTTP/1.1")));
	require(span_equal(head->method, span_of(gate_method_name(q->method))));
	require(times(head, "transfer-encoding") == 0 && times(head, "host") == 1);
	require(times(head, "content-length") <= 1 && times(head, "cookie") <= 1);
	require(head->count <= GATE_MOST_HEADERS && q->length <= BODY_MOST);
	require(takes ? times(head, "content-length") == 1 : q->length == 0);
	require(q->target.count > 0 && (q->length == 0 || q->type));
	for (size_t i = 0; i < COUNT(texts); i++)
		if (texts[i])
			check_text(texts[i]);
}

static void try_negotiation(struct arena *a, struct span text)
{
	const char *said = arena_mem(a, text.at, text.len);
	int br = negotiate_coding(said, "br"), gzip = negotiate_coding(said, "gzip");

	require(br >= 0 && br <= 1000 && gzip >= 0 && gzip <= 1000);
	if (negotiate_has(said, "\"0123\""))
		require(strchr(said, '*') || strstr(said, "\"0123\""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena a = { NULL };
	struct span rest = { (const char *)data, size }, line, first;
	struct gate_header headers[MANY];
	struct gate_head head = { .headers = headers };
	struct gate_request q;
	struct gate_refusal refusal = { 0, NULL, NULL };

	(void)span_cut(&rest, '\n', &first);
	(void)span_cut(&first, ' ', &head.method);
	(void)span_cut(&first, ' ', &head.target);
	head.version = first;
	while (head.count < MANY && span_cut(&rest, '\n', &line) && line.len)
		headers[head.count++] = header_of(line);
	if (gate_check(&a, &head, BODY_MOST, &q, &refusal) == OK)
		check_passed(&head, &q);
	else
		require(refusal.status >= 400 && refusal.status < 600 && refusal.code &&
			refusal.why);
	try_negotiation(&a, rest);
	return 0;
}
