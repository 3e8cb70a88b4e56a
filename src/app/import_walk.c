/* app/import_walk.c — all reasons of a row together: those of the scan and those found late. */
#include "app/import_work.h"
#include "base/buf.h"

#include <string.h>

struct span import_row_line(struct import_work *w, uint32_t row)
{
	const struct import_part *p = import_part_of(w, &row);
	const struct import_row *r = import_part_row(p, row);

	return (struct span){ p->spill_at + r->at, (size_t)r->len - 1 };
}

struct span import_row_id(struct import_work *w, uint32_t row, char room[16])
{
	const struct import_row *r = import_row_at(w, row);
	struct span line, id;

	if (r->flags & ROW_MINTED) {
		for (int half = 0; half < 2; half++) {
			uint64_t word = __builtin_bswap64(r->key[half]);
			memcpy(room + 8 * half, &word, sizeof(word));
		}
		return (struct span){ room, strnlen(room, 16) };
	}
	line = import_row_line(w, row);
	if (r->flags & ROW_OLD_ID)
		line = (struct span){ w->old.at + r->old_at, w->old.len - r->old_at };
	const char *tab = memchr(line.at, '\t', line.len < 65 ? line.len : 65);
	id = (struct span){ line.at, tab ? (size_t)(tab - line.at) : line.len };
	return id;
}

uint32_t import_row_number(struct import_work *w, uint32_t row)
{
	const struct import_part *p = import_part_of(w, &row);

	return p->line_base + import_part_row(p, row)->line;
}

void import_walk_init(struct import_walk *walk, struct import_work *w)
{
	*walk = (struct import_walk){ .work = w };
}

/* Records of the scan for this row of the part. */
static void take_records(struct import_walk *walk, const struct import_part *p, uint32_t row)
{
	struct import_record record;

	while (p->reasons_len - walk->at >= sizeof(record)) {
		memcpy(&record, p->reasons_at + walk->at, sizeof(record));
		if (record.row != row)
			break;
		const char *arg = p->reasons_at + walk->at + sizeof(record);
		walk->at += sizeof(record) + record.arg;
		walk->found[walk->count++] = (struct reason){
			record.code, record.field, record.error, { arg, record.arg }
		};
	}
}

/* The id that a row of the old registry begins with. */
static struct span old_id(const struct import_work *w, const char *at)
{
	struct span rest = { at, w->old.len - (size_t)(at - w->old.at) }, id;

	span_cut(&rest, '\t', &id);
	return id;
}

static void take_late(struct import_walk *walk, uint32_t row)
{
	struct import_work *w = walk->work;

	for (uint32_t i = 0; walk->late < w->late_count && w->late[walk->late].row == row;
	     walk->late++) {
		const struct import_late *late = &w->late[walk->late];
		if (i == COUNT(walk->numbers))
			continue;
		struct writer out = { walk->numbers[i], sizeof(walk->numbers[i]), 0, false };
		write_number(&out, import_row_number(w, late->other));
		walk->found[walk->count++] =
			(struct reason){ late->code,
					 late->code == REASON_DUPLICATE_ID ? 0 : REASON_NO_FIELD,
					 late->error,
					 late->old ? old_id(w, late->old)
						   : (struct span){ walk->numbers[i], out.len } };
		i++;
	}
}

bool import_walk_next(struct import_walk *walk, uint32_t *row)
{
	struct import_work *w = walk->work;

	if (walk->row == w->rows)
		return false;
	*row = walk->row++;
	walk->count = 0;
	uint32_t within = *row;
	const struct import_part *p = import_part_of(w, &within);
	if (within == 0)
		walk->at = 0;
	const struct import_row *r = import_part_row(p, within);
	if (r->flags & ROW_REASONS)
		take_records(walk, p, within);
	if (r->flags & ROW_LATE)
		take_late(walk, *row);
	return true;
}

void import_walk_text(const struct import_walk *walk, struct buf *out)
{
	size_t from = out->len;

	for (int warnings = 0; warnings < 2; warnings++)
		for (uint32_t i = 0; i < walk->count; i++) {
			if (walk->found[i].error == warnings)
				continue;
			buf_str(out, out->len > from ? "；" : "");
			buf_str(out, warnings ? "提醒：" : "错误：");
			reason_write(out, walk->work->options->kind, &walk->found[i]);
		}
}
