#ifndef FILES_XLSX_XML_H
#define FILES_XLSX_XML_H
/*
 * files/xlsx_xml.h — feeds one part to expat: no document type, no entities but XML's own five, bounded depth
 * and tokens, names without their namespace prefix. Only for the xlsx_ files.
 */
#include "files/xlsx_package.h"

struct xlsx_xml;

/* A start tag; attributes are name, value pairs as expat gives them. */
typedef void xlsx_start(struct xlsx_xml *x, const char *name, const char **attributes);
typedef void xlsx_end(struct xlsx_xml *x, const char *name);
typedef void xlsx_text(struct xlsx_xml *x, const char *at, size_t len);

struct xlsx_xml {
	xlsx_start *start;
	xlsx_end *end;   /* or NULL */
	xlsx_text *text; /* or NULL */
	void *arg;
	/* A handler stops the parsing by setting one of these. */
	enum xlsx_problem problem;
	int stop; /* a callback's own code */
	/* Inside. */
	struct XML_ParserStruct *parser;
	int depth;
	bool stopped;
};

/* Parses the part to its end or to the first problem. start, end, text and arg are set. */
MUST_USE enum xlsx_problem xlsx_xml_parse(struct xlsx_xml *x, struct xlsx_package *p,
					  const char *part);

/* The attribute of that local name, or NULL. */
MUST_USE const char *xlsx_attribute(const char **attributes, const char *name);

/* True for "1", "true" and "on". */
MUST_USE bool xlsx_true(const char *value);

/* A number of digits only, at most `most`; `otherwise` if it is missing or not one. */
MUST_USE uint32_t xlsx_count(const char *value, uint32_t most, uint32_t otherwise);

#endif
