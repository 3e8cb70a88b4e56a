/* files/xlsx_xml.c — expat with memory that aborts when it runs out, in one place with everything else. */
#include "files/xlsx_xml.h"

#include "base/arena.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 16 };

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

/* Expat may still deliver a call or two after XML_StopParser; they are swallowed here. */
static bool going(struct xlsx_xml *x)
{
	if (x->stopped)
		return false;
	if (x->problem == XLSX_FINE && x->stop == 0)
		return true;
	x->stopped = true;
	XML_StopParser(x->parser, XML_FALSE);
	return false;
}

static void XMLCALL on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct xlsx_xml *x = arg;

	if (!going(x))
		return;
	if (++x->depth > XLSX_DEPTH)
		x->problem = XLSX_BAD_XML;
	else
		x->start(x, local_name(name), attributes);
	(void)going(x);
}

static void XMLCALL on_end(void *arg, const XML_Char *name)
{
	struct xlsx_xml *x = arg;

	if (!going(x))
		return;
	x->depth--;
	if (x->end)
		x->end(x, local_name(name));
	(void)going(x);
}

static void XMLCALL on_text(void *arg, const XML_Char *at, int len)
{
	struct xlsx_xml *x = arg;

	if (going(x) && x->text)
		x->text(x, at, (size_t)len);
	(void)going(x);
}

static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system,
			       const XML_Char *public, int internal)
{
	struct xlsx_xml *x = arg;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	x->problem = XLSX_ENTITIES;
	(void)going(x);
}

static enum xlsx_problem parse_problem(const struct xlsx_xml *x)
{
	if (x->problem != XLSX_FINE || x->stop != 0)
		return x->problem;
	return XML_GetErrorCode(x->parser) == XML_ERROR_UNDEFINED_ENTITY ? XLSX_ENTITIES
									 : XLSX_BAD_XML;
}

/* Expat keeps an unfinished token whole and looks at it again with each piece: bound it. */
static bool token_too_long(const struct xlsx_xml *x, uint64_t fed)
{
	XML_Index done = XML_GetCurrentByteIndex(x->parser);

	return done >= 0 && fed > (uint64_t)done && fed - (uint64_t)done > XLSX_TOKEN;
}

static enum xlsx_problem feed(struct xlsx_xml *x, struct xlsx_part *part)
{
	for (size_t got = 1; got > 0;) {
		void *at = XML_GetBuffer(x->parser, PIECE);
		if (!at)
			return XLSX_BAD_XML;
		enum xlsx_problem problem = xlsx_part_read(part, at, PIECE, &got);
		if (problem != XLSX_FINE)
			return problem;
		if (XML_ParseBuffer(x->parser, (int)got, got == 0) != XML_STATUS_OK)
			return parse_problem(x);
		if (token_too_long(x, part->unpacked))
			return XLSX_BAD_XML;
	}
	return x->problem;
}

enum xlsx_problem xlsx_xml_parse(struct xlsx_xml *x, struct xlsx_package *p, const char *name)
{
	static const XML_Memory_Handling_Suite memory = { must_alloc, must_realloc, free };
	struct xlsx_part part;

	enum xlsx_problem problem = xlsx_part_open(p, name, &part);
	if (problem != XLSX_FINE)
		return problem;
	x->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
	x->depth = 0;
	x->stopped = false;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	problem = feed(x, &part);
	XML_ParserFree(x->parser);
	x->parser = NULL;
	xlsx_part_close(&part);
	return problem;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (strcmp(local_name(attributes[i]), name) == 0)
			return attributes[i + 1];
	return NULL;
}

bool xlsx_true(const char *value)
{
	return value &&
	       (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

uint32_t xlsx_count(const char *value, uint32_t most, uint32_t otherwise)
{
	uint64_t n = 0;

	if (!value || !*value)
		return otherwise;
	for (; *value; value++) {
		if (*value < '0' || *value > '9')
			return otherwise;
		n = n * 10 + (uint64_t)(*value - '0');
		if (n > most)
			return otherwise;
	}
	return (uint32_t)n;
}
