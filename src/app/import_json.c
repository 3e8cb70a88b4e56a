/* app/import_json.c — the answer of --json: counts first, then every row in the order of the file. */
#include "app/import_work.h"
#include "base/json.h"
#include "base/status.h"

static const char *const states[IMPORT_STATES] = {
	[IMPORT_NEW] = "new",
	[IMPORT_QUARANTINED] = "quarantined",
	[IMPORT_UNCHANGED] = "unchanged",
	[IMPORT_UPDATED] = "updated",
};

static void write_reason(struct json *j, struct import_work *w, const struct reason *r,
			 struct buf *text)
{
	uint32_t count;
	const struct field *fields = registry_fields(w->options->kind, &count);

	buf_clear(text);
	reason_write(text, w->options->kind, r);
	json_begin_object(j);
	json_put_text(j, "code", reason_name(r->code));
	json_put_text(j, "field", r->field < count ? fields[r->field].name : NULL);
	json_put_text(j, "level", r->error ? "error" : "warning");
	json_put_text(j, "text", buf_text(text));
	json_end_object(j);
}

static void write_row(struct json *j, const struct import_walk *walk, uint32_t row,
		      struct buf *text)
{
	struct import_work *w = walk->work;
	const struct import_row *r = import_row_at(w, row);
	char room[16];
	struct span id = import_row_id(w, row, room);

	json_begin_object(j);
	json_key(j, "id");
	if (id.len)
		json_mem(j, id.at, id.len);
	else
		json_write_null(j);
	json_put_int(j, "line", import_row_number(w, row));
	json_key(j, "reasons");
	json_begin_array(j);
	for (uint32_t i = 0; i < walk->count; i++)
		write_reason(j, w, &walk->found[i], text);
	json_end_array(j);
	json_put_text(j, "state", states[r->state]);
	json_end_object(j);
}

int import_write_json(struct import_work *w)
{
	struct import_summary *s = w->summary;
	struct import_out out;
	struct import_walk walk;
	struct buf piece, text;
	struct json j;
	uint32_t row;

	import_out_init(&out, w->files->json);
	buf_init(&piece, 1 << 20);
	buf_init(&text, 1 << 16);
	json_init(&j, &piece);
	json_begin_object(&j);
	json_put_int(&j, "blank", (int64_t)s->blank);
	json_key(&j, "counts");
	json_begin_object(&j);
	for (uint32_t i = 0; i < IMPORT_STATES; i++)
		json_put_int(&j, states[i], (int64_t)s->count[i]);
	json_end_object(&j);
	json_put_text(&j, "encoding", s->encoding);
	json_put_int(&j, "header_line", s->header_line);
	json_put_int(&j, "kept", (int64_t)s->kept);
	json_put_int(&j, "minted", (int64_t)s->minted);
	json_key(&j, "rows");
	json_begin_array(&j);
	import_walk_init(&walk, w);
	while (import_walk_next(&walk, &row)) {
		write_row(&j, &walk, row, &text);
		import_out_add(&out, piece.data, piece.len);
		buf_clear(&piece);
	}
	json_end_array(&j);
	json_put_int(&j, "warnings", (int64_t)s->warnings);
	json_end_object(&j);
	buf_char(&piece, '\n');
	import_out_add(&out, piece.data, piece.len);
	buf_release(&piece);
	buf_release(&text);
	return import_out_end(&out);
}
