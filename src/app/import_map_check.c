/* app/import_map_check.c — a mapping file against the registry and the file: values that no field takes, columns
 * that are not there. A rule that does nothing is a slip of the pen, and what it was for would go wrong unseen. */
#include "app/import_kinds.h"
#include "app/import_work.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdlib.h>

enum { SENTENCE_MOST = 700 };

static void free_checker(struct checker **k)
{
	free(*k);
}

/* What becomes of a value in this field; refuses one that comes to nothing. */
static int check_value(struct import_work *w, struct checker *k, uint32_t field, uint32_t line,
		       struct span value)
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, SENTENCE_MOST);
	checker_row(k);
	struct span taken = kind_check(k, field, value);
	if (!k->error && (taken.len > 0 || k->reason_count == 0) &&
	    taken.len <= k->fields[field].max)
		return OK;
	if (k->reason_count)
		reason_write(&text, k->kind, &k->reasons[0]);
	else
		buf_printf(&text, "「%s」的值太长，请缩短", k->fields[field].header);
	return import_refuse(w, "对照文件第 %u 行的值不合规定：%s", line, buf_text(&text));
}

int import_check_map(struct import_work *w)
{
	const struct import_map *m = &w->map;
	CLEANUP(free_checker) struct checker *k = must_alloc(sizeof(*k));

	checker_init(k, w->options->kind, m);
	k->any_area = w->options->any_area;
	for (uint32_t f = 0; f < k->field_count; f++)
		if (m->fixed_line[f])
			TRY(check_value(w, k, f, m->fixed_line[f], m->fixed[f]));
	for (uint32_t i = 0; i < m->word_count; i++) {
		const struct import_word *word = &m->words[i];
		if (word->to.len)
			TRY(check_value(w, k, word->field, word->line, word->to));
	}
	return OK;
}

int import_check_renames(struct import_work *w, const struct span *cells, uint32_t count)
{
	const struct import_rename *r = import_map_unmet(&w->map, cells, count);

	if (!r)
		return OK;
	return import_refuse(
		w,
		"对照文件第 %u 行：文件的表头里没有「%.*s」这一列，请照文件里的表头改正，"
		"或删去这一行",
		r->line, (int)(r->header.len < 120 ? r->header.len : 120), r->header.at);
}
