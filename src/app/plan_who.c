/* app/plan_who.c — lists are short, so they are searched as they stand. */
#include "app/plan_who.h"

#include "app/import_area.h"
#include "base/buf.h"
#include "base/status.h"

#include <string.h>

static bool listed(const struct rule_texts *list, struct span value)
{
	for (size_t i = 0; i < list->count; i++)
		if (span_equal(span_of(list->at[i]), value))
			return true;
	return false;
}

/* A choice is known by its value and by the words that people see. */
static bool fits_choice(const struct rule_texts *list, enum site_field field, struct span cell)
{
	uint32_t count;
	const struct field *f = &registry_fields(REGISTRY_SITES, &count)[field];

	if (list->count == 0)
		return true;
	if (cell.len == 0 && f->absent)
		cell = span_of(f->absent);
	return listed(list, cell) || (f->choices && listed(list, field_words(f, cell)));
}

static bool fits_words(const struct rule_texts *list, enum site_field field, struct span words)
{
	struct span item;

	if (list->count == 0)
		return true;
	while (registry_item(&words, &item))
		if (item.len && fits_choice(list, field, item))
			return true;
	return false;
}

static bool fits_industry(const struct rule_texts *list, struct span industry)
{
	if (list->count == 0)
		return true;
	for (size_t i = 0; i < list->count; i++) {
		struct span want = span_of(list->at[i]);
		if (want.len <= industry.len && memcmp(want.at, industry.at, want.len) == 0)
			return true;
		/* "26" stands for C26, as people write it without the letter */
		if (want.len && want.at[0] >= '0' && want.at[0] <= '9' && industry.len > want.len &&
		    memcmp(want.at, industry.at + 1, want.len) == 0)
			return true;
	}
	return false;
}

static bool fits_kind(const struct rule_texts *list, const struct site *s)
{
	if (list->count == 0)
		return true;
	if (s->text[SITE_KIND].len == 0)
		return listed(list, SPAN("discharger")) || listed(list, SPAN("排污单位"));
	return fits_choice(list, SITE_KIND, s->text[SITE_KIND]);
}

static bool fits_matters(const struct rule_texts *list, const struct plan_site *s)
{
	uint32_t found[PLAN_MATTERS_MOST];

	if (list->count == 0)
		return true;
	size_t count =
		plan_matters_of(s->matters, s->site->text[SITE_MATTERS], s->site->kind, found);
	for (size_t i = 0; i < count; i++)
		if (listed(list, s->matters->list[found[i]].id))
			return true;
	return false;
}

static bool fits_class(unsigned classes, const struct plan_site *s)
{
	unsigned has = s->site->class == SITE_CLASS_KEY ? RULE_KEY : RULE_GENERAL;

	return classes == 0 || (classes & (has | (s->special ? RULE_SPECIAL : 0)));
}

bool plan_who_fits(const struct rule_who *who, const struct plan_site *s)
{
	const struct span *t = s->site->text;

	return fits_class(who->classes, s) &&
	       (who->counties.count == 0 || listed(&who->counties, t[SITE_COUNTY])) &&
	       fits_kind(&who->kinds, s->site) &&
	       fits_choice(&who->permits, SITE_PERMIT_CLASS, t[SITE_PERMIT_CLASS]) &&
	       fits_words(&who->source_types, SITE_SOURCE_TYPES, t[SITE_SOURCE_TYPES]) &&
	       fits_industry(&who->industries, t[SITE_INDUSTRY]) &&
	       fits_choice(&who->levels, SITE_LEVEL, t[SITE_LEVEL]) &&
	       fits_words(&who->key_kinds, SITE_KEY_CATEGORIES, t[SITE_KEY_CATEGORIES]) &&
	       fits_choice(&who->credits, SITE_CREDIT, t[SITE_CREDIT]) &&
	       fits_matters(&who->matters, s);
}

/* ---- pools of lines ---- */

static struct rule_texts *list_of(struct rule_who *who, struct span word)
{
	const struct {
		const char *word;
		struct rule_texts *list;
	} words[] = {
		{ "county", &who->counties },     { "kind", &who->kinds },
		{ "matter", &who->matters },      { "permit", &who->permits },
		{ "source", &who->source_types }, { "industry", &who->industries },
		{ "level", &who->levels },        { "category", &who->key_kinds },
		{ "credit", &who->credits },
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (span_equal(span_of(words[i].word), word))
			return words[i].list;
	return NULL;
}

static bool add_class(struct rule_who *who, struct span value)
{
	static const struct {
		const char *word;
		unsigned bit;
	} words[] = {
		{ "key", RULE_KEY },      { "重点", RULE_KEY },        { "general", RULE_GENERAL },
		{ "一般", RULE_GENERAL }, { "special", RULE_SPECIAL }, { "特殊", RULE_SPECIAL },
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (span_equal(span_of(words[i].word), value)) {
			who->classes |= words[i].bit;
			return true;
		}
	return false;
}

static bool add_values(struct arena *a, struct span values, struct rule_texts *list)
{
	const char **at = arena_array(a, values.len + 1, sizeof(*at));
	struct span value;

	while (values.len) {
		span_cut(&values, ',', &value);
		if (value.len == 0)
			return false;
		at[list->count++] = arena_mem(a, value.at, value.len);
	}
	list->at = at;
	return list->count > 0;
}

static bool parse_part(struct arena *a, struct span part, struct rule_who *who)
{
	struct span word, value;

	if (!span_cut(&part, '=', &word))
		return false;
	if (span_equal(word, SPAN("class"))) {
		if (part.len == 0)
			return false;
		while (part.len) {
			span_cut(&part, ',', &value);
			if (!add_class(who, value))
				return false;
		}
		return true;
	}
	struct rule_texts *list = list_of(who, word);
	return list && list->count == 0 && add_values(a, part, list);
}

int plan_who_parse(const char *text, struct plan_notes *notes, struct rule_who *ret)
{
	struct rule_who who = { 0 };
	struct span rest = span_of(text), part;

	while (rest.len) {
		span_cut(&rest, ';', &part);
		if (!parse_part(notes->arena, part, &who)) {
			plan_note(
				notes, PLAN_REFUSED,
				"范围“%.*s”看不懂。请写成“词=值,值;词=值”，词有 class（key、general、"
				"special）、county、kind、matter、permit、source、industry、level、"
				"category、credit，每个词写一次。",
				(int)part.len, part.at);
			return INVALID;
		}
	}
	*ret = who;
	return OK;
}

static const char *wrong_county(const struct rule_texts *list, struct arena *a)
{
	const struct area *found;

	for (size_t i = 0; i < list->count; i++) {
		bool known = area_find(span_of(list->at[i]), &found) != AREA_UNKNOWN;
		if (known && strcmp(found->code, list->at[i]) == 0)
			continue;
		if (known)
			return arena_printf(a, "县区要写六位代码：“%s”请写成 %s", list->at[i],
					    found->code);
		return arena_printf(a, "没有代码是“%s”的县区，请写六位行政区划代码", list->at[i]);
	}
	return NULL;
}

/* The words of a column of choices, as people see them. */
static const char *choices_of(const struct field *f, struct arena *a)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, 4000);
	for (const struct field_choice *c = f->choices; c->value; c++)
		buf_printf(&out, "%s%s", out.len ? "、" : "", c->value);
	return arena_str(a, buf_text(&out));
}

static bool is_choice(const struct field *f, struct span word)
{
	for (const struct field_choice *c = f->choices; c->value; c++)
		if (span_equal(word, span_of(c->value)) ||
		    span_equal(word, field_words(f, span_of(c->value))))
			return true;
	return false;
}

static const char *wrong_choice(const struct rule_texts *list, enum site_field field,
				const char *word, struct arena *a)
{
	uint32_t count;
	const struct field *f = &registry_fields(REGISTRY_SITES, &count)[field];

	for (size_t i = 0; f->choices && i < list->count; i++)
		if (!is_choice(f, span_of(list->at[i])))
			return arena_printf(a, "%s 里没有“%s”，可以写 %s", word, list->at[i],
					    choices_of(f, a));
	return NULL;
}

const char *plan_who_wrong(const struct rule_who *who, struct arena *a)
{
	const struct {
		const struct rule_texts *list;
		enum site_field field;
		const char *word;
	} words[] = {
		{ &who->kinds, SITE_KIND, "kind" },
		{ &who->permits, SITE_PERMIT_CLASS, "permit" },
		{ &who->source_types, SITE_SOURCE_TYPES, "source" },
		{ &who->levels, SITE_LEVEL, "level" },
		{ &who->key_kinds, SITE_KEY_CATEGORIES, "category" },
		{ &who->credits, SITE_CREDIT, "credit" },
	};
	const char *wrong = wrong_county(&who->counties, a);

	for (size_t i = 0; !wrong && i < COUNT(words); i++)
		wrong = wrong_choice(words[i].list, words[i].field, words[i].word, a);
	return wrong;
}

/* ---- matters ---- */

static int add_matter(struct plan_matters *m, const struct matter *row, int64_t day,
		      enum rule_level level)
{
	uint32_t wanted = level == RULE_CITY ? 4 : 8;

	if (day < row->from || day > row->until) {
		m->expired++;
		return OK;
	}
	if (!(row->levels & wanted))
		return OK;
	if (m->count == PLAN_MATTERS_MOST)
		return TOO_LARGE;
	m->list[m->count++] = (struct plan_matter){
		.id = row->text[MATTER_ID],
		.name = row->text[MATTER_NAME],
		.skill = row->text[MATTER_SKILL],
		.kinds = row->kinds,
		.key = row->key,
		.onsite = row->onsite,
		.until = row->until,
		.ratio = row->has_ratio ? row->ratio : 0,
		.of = row->has_ratio ? row->of : 0,
		.frequency = row->text[MATTER_FREQUENCY],
	};
	return OK;
}

int plan_matters_read(struct span file, int64_t day, enum rule_level level,
		      struct plan_notes *notes, struct plan_matters *ret)
{
	struct plan_matters m = { 0 };
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = file.len ? registry_open(&reader, REGISTRY_MATTERS, file) : NONE;

	m.list = arena_array(notes->arena, PLAN_MATTERS_MOST, sizeof(*m.list));
	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct matter row;
		const char *problem = NULL;
		rc = matter_decode(cells, &row, &problem);
		if (rc != OK)
			reader.problem = problem;
		else if (add_matter(&m, &row, day, level) != OK) {
			rc = INVALID;
			reader.problem = "有效事项超过 512 项，请停用不再使用的";
		}
	}
	if (rc == NONE) {
		*ret = m;
		return OK;
	}
	plan_note(notes, PLAN_REFUSED, "抽查事项清单第 %llu 行：%s",
		  (unsigned long long)reader.line, reader.problem ? reader.problem : "读不懂");
	return INVALID;
}

size_t plan_matters_of(const struct plan_matters *matters, struct span own, enum object_kind kind,
		       uint32_t *out)
{
	size_t count = 0;

	for (uint32_t i = 0; i < matters->count; i++) {
		const struct plan_matter *m = &matters->list[i];
		bool fits = false;
		if (own.len) {
			struct span list = own, item;
			while (!fits && registry_item(&list, &item))
				fits = span_equal(item, m->id);
		} else {
			fits = m->kinds >> kind & 1;
		}
		if (fits)
			out[count++] = i;
	}
	return count;
}
