/* files/xlsx_book.c — relationships lead from the package to the workbook and from there to its sheets. */
#include "files/xlsx_book.h"

#include <stdio.h>
#include <string.h>

struct relations {
	struct xlsx_xml x;
	const char *from; /* part whose relationships these are */
	struct xlsx_book *book;
	char office[XLSX_PATH];
};

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* Copies what fits, whole characters only. */
static void copy_text(char *out, size_t size, const char *text)
{
	size_t len = strlen(text);

	if (len >= size) {
		len = size - 1;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--;
	}
	memcpy(out, text, len);
	out[len] = '\0';
}

/* The place a relationship's target is stored at, or NULL if nobody needs it. */
static char *place_of(struct relations *r, const char *type, const char *id)
{
	if (!r->book)
		return ends_with(type, "/officeDocument") ? r->office : NULL;
	if (ends_with(type, "/sharedStrings"))
		return r->book->strings;
	if (ends_with(type, "/styles"))
		return r->book->styles;
	if (!ends_with(type, "/worksheet"))
		return NULL;
	for (uint32_t i = 0; i < r->book->count; i++)
		if (strcmp(r->book->sheet[i].relation, id) == 0)
			return r->book->sheet[i].path;
	return NULL;
}

static void on_relation(struct xlsx_xml *x, const char *name, const char **attributes)
{
	struct relations *r = x->arg;
	const char *id = xlsx_attribute(attributes, "Id"),
		   *type = xlsx_attribute(attributes, "Type");
	const char *target = xlsx_attribute(attributes, "Target");
	const char *mode = xlsx_attribute(attributes, "TargetMode");

	if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
		return;
	char *place = place_of(r, type, id);
	if (!place)
		return;
	if (mode && strcmp(mode, "External") == 0)
		x->problem = XLSX_OUTSIDE_LINK;
	else
		x->problem = xlsx_package_path(r->from, target, place);
}

static void add_sheet(struct xlsx_xml *x, struct xlsx_book *b, const char **attributes)
{
	const char *name = xlsx_attribute(attributes, "name"),
		   *id = xlsx_attribute(attributes, "id");
	const char *state = xlsx_attribute(attributes, "state");

	if (!name || !id)
		return;
	if (b->count == XLSX_SHEETS) {
		x->problem = XLSX_TOO_MANY_SHEETS;
		return;
	}
	struct xlsx_book_sheet *s = &b->sheet[b->count++];
	copy_text(s->name, sizeof(s->name), name);
	copy_text(s->relation, sizeof(s->relation), id);
	s->path[0] = '\0';
	s->hidden = state && strcmp(state, "visible") != 0;
}

static void on_book(struct xlsx_xml *x, const char *name, const char **attributes)
{
	struct xlsx_book *b = x->arg;

	if (x->depth == 1 && strcmp(name, "workbook") != 0)
		x->problem = XLSX_NOT_WORKBOOK;
	else if (strcmp(name, "workbookPr") == 0)
		b->since_1904 = xlsx_true(xlsx_attribute(attributes, "date1904"));
	else if (strcmp(name, "sheet") == 0 && x->depth == 3)
		add_sheet(x, b, attributes);
}

/* "xl/workbook.xml" has its relationships in "xl/_rels/workbook.xml.rels". */
static enum xlsx_problem read_relations(struct relations *r, struct xlsx_package *p)
{
	const char *slash = strrchr(r->from, '/'), *base = slash ? slash + 1 : r->from;
	char path[XLSX_PATH + sizeof("_rels/.rels")];

	snprintf(path, sizeof(path), "%.*s_rels/%s.rels", (int)(base - r->from), r->from, base);
	if (!xlsx_package_has(p, path))
		return r->book ? XLSX_DAMAGED : XLSX_NOT_WORKBOOK;
	r->x = (struct xlsx_xml){ .start = on_relation, .arg = r };
	return xlsx_xml_parse(&r->x, p, path);
}

enum xlsx_problem xlsx_book_read(struct xlsx_book *b, struct xlsx_package *p)
{
	struct relations root = { .from = "" };
	struct xlsx_xml x = { .start = on_book, .arg = b };

	b->count = 0;
	b->since_1904 = false;
	b->strings[0] = b->styles[0] = '\0';
	enum xlsx_problem problem = read_relations(&root, p);
	if (problem != XLSX_FINE)
		return problem;
	if (ends_with(root.office, ".bin"))
		return XLSX_BINARY;
	if (root.office[0] == '\0')
		return XLSX_NOT_WORKBOOK;
	problem = xlsx_xml_parse(&x, p, root.office);
	if (problem != XLSX_FINE)
		return problem;
	struct relations book = { .from = root.office, .book = b };
	return read_relations(&book, p);
}
