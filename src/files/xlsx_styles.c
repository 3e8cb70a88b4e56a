/* files/xlsx_styles.c — which cell formats show dates. */
#include "files/xlsx_book.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* Number format ids: built in, and known at all; others are plain. */
enum { BUILTIN = 164, FORMATS = 65536 };

struct reading {
	struct xlsx_styles *styles;
	uint8_t *by_id; /* FORMATS of them */
	bool in_cells;
};

static void on_start(struct xlsx_xml *x, const char *name, const char **attributes)
{
	struct reading *r = x->arg;
	uint32_t id = xlsx_count(xlsx_attribute(attributes, "numFmtId"), FORMATS - 1, 0);
	const char *code = xlsx_attribute(attributes, "formatCode");

	if (strcmp(name, "numFmt") == 0 && code)
		r->by_id[id] = (uint8_t)xlsx_format_of(code);
	else if (strcmp(name, "cellXfs") == 0)
		r->in_cells = true;
	else if (strcmp(name, "xf") == 0 && r->in_cells && r->styles->count == XLSX_STYLES)
		x->problem = XLSX_TOO_MANY_STYLES;
	else if (strcmp(name, "xf") == 0 && r->in_cells)
		r->styles->format[r->styles->count++] = r->by_id[id];
}

static void on_end(struct xlsx_xml *x, const char *name)
{
	struct reading *r = x->arg;

	if (strcmp(name, "cellXfs") == 0)
		r->in_cells = false;
}

enum xlsx_problem xlsx_styles_read(struct xlsx_styles *s, struct xlsx_package *p, const char *part)
{
	struct reading r = { .styles = s, .by_id = must_alloc(FORMATS) };
	struct xlsx_xml x = { .start = on_start, .end = on_end, .arg = &r };

	memset(r.by_id, XLSX_FORMAT_PLAIN, FORMATS);
	for (uint32_t id = 0; id < BUILTIN; id++)
		r.by_id[id] = (uint8_t)xlsx_format_builtin(id);
	s->format = must_realloc(s->format, XLSX_STYLES);
	enum xlsx_problem problem = xlsx_xml_parse(&x, p, part);
	free(r.by_id);
	return problem;
}

void xlsx_styles_release(struct xlsx_styles *s)
{
	free(s->format);
	*s = (struct xlsx_styles){ 0 };
}
