/* app/registry_compare.c — one pass over two sorted files and the list of edits between them. */
#include "app/registry_compare.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/status.h"
#include "core/sha256.h"

#include <string.h>

enum { LINE_MOST = 1 << 16 };

struct comparing {
	const struct registry_compare *in;
	struct registry_difference out;
	const struct field *fields;
	uint32_t field_count;
	struct file_out added, changed, overrides;
	struct sha256 sha;
	struct span old_rest, fresh_rest, edits_rest;
	struct span old; /* the line of the old file that is next */
	bool has_old;
	struct span edit_id, edit_key, edit_field;
	bool has_edit;
	struct span key; /* of the row whose edits were read last */
	struct buf line;
};

bool registry_line(struct span *file, struct span *line)
{
	const char *end = file->len ? memchr(file->at, '\n', file->len) : NULL;

	if (!end)
		return false;
	*line = (struct span){ file->at, (size_t)(end - file->at) };
	*file = (struct span){ end + 1, file->len - line->len - 1 };
	return true;
}

void registry_cells(enum registry kind, struct span line, struct span cells[REGISTRY_FIELDS_MOST])
{
	uint32_t count;

	registry_fields(kind, &count);
	for (uint32_t i = 0; i < count; i++)
		span_cut(&line, '\t', &cells[i]);
}

static struct span id_of(struct span line)
{
	struct span id;

	span_cut(&line, '\t', &id);
	return id;
}

static void next_old(struct comparing *c)
{
	c->has_old = registry_line(&c->old_rest, &c->old);
}

static void next_edit(struct comparing *c)
{
	struct span line;

	c->has_edit = registry_line(&c->edits_rest, &line);
	if (!c->has_edit)
		return;
	span_cut(&line, '\t', &c->edit_id);
	span_cut(&line, '\t', &c->edit_key);
	c->edit_field = line;
}

/* The line as it will stand in the registry: into the digest, and into `to` unless NULL. */
static void keep(struct comparing *c, struct span line, struct file_out *to)
{
	sha256_add(&c->sha, line.at, line.len);
	sha256_add(&c->sha, "\n", 1);
	if (!to)
		return;
	file_out_add(to, line.at, line.len);
	file_out_add(to, "\n", 1);
}

static int count_facet(struct comparing *c, const struct span *cells, int64_t more)
{
	struct registry_shape shape;

	registry_shape(c->in->kind, cells, &shape);
	struct facet_entry *e = facets_find(c->in->facets, shape.facet);
	if (!e)
		return TOO_LARGE;
	e->more += more;
	return OK;
}

static int add(struct comparing *c, struct span line)
{
	struct span cells[REGISTRY_FIELDS_MOST];

	registry_cells(c->in->kind, line, cells);
	TRY(count_facet(c, cells, 1));
	keep(c, line, c->in->added ? &c->added : NULL);
	c->out.added++;
	return OK;
}

static void tell_override(struct comparing *c, const char *name, bool file,
			  const struct span value[2])
{
	struct file_out *o = &c->overrides;

	file_out_add(o, c->key.at, c->key.len);
	file_out_add(o, "\t", 1);
	file_out_add(o, name, strlen(name));
	file_out_add(o, file ? "\tfile\t" : "\tlocal\t", file ? 6 : 7);
	file_out_add(o, value[0].at, value[0].len);
	file_out_add(o, "\t", 1);
	file_out_add(o, value[1].at, value[1].len);
	file_out_add(o, "\n", 1);
	c->out.overridden++;
}

/* Which fields of the old row were edited here. */
static int read_edits(struct comparing *c, struct span id, bool edited[REGISTRY_FIELDS_MOST])
{
	uint64_t f;

	memset(edited, 0, REGISTRY_FIELDS_MOST * sizeof(*edited));
	while (c->has_edit && span_compare(c->edit_id, id) < 0)
		next_edit(c);
	for (; c->has_edit && span_equal(c->edit_id, id); next_edit(c)) {
		if (read_number(c->edit_field, c->field_count - 1, &f) != CORE_OK)
			return INVALID;
		c->key = c->edit_key;
		edited[f] = true;
	}
	return OK;
}

/* What says how a site left. */
static bool is_of_leaving(uint32_t f)
{
	return f == SITE_STATE_DAY || f == SITE_STATE_EVIDENCE || f == SITE_LEAVE_REASON;
}

static bool is_merged(struct span state)
{
	return span_equal(state, SPAN("merged"));
}

static bool has_left(struct span state)
{
	return is_merged(state) || span_equal(state, SPAN("closed")) ||
	       span_equal(state, SPAN("moved"));
}

static void settle(struct comparing *c, uint32_t f, bool file, const struct span *old,
		   struct span *fresh)
{
	if (span_equal(old[f], fresh[f]))
		return;
	const struct span values[2] = { file ? fresh[f] : old[f], file ? old[f] : fresh[f] };
	tell_override(c, c->fields[f].name, file, values);
	fresh[f] = values[0];
}

/*
 * A merged site stays so, with how it left, whoever wins in a field: its survivor counts for it. One that is at work
 * again does not keep what said how it left.
 */
static void settle_state(struct comparing *c, bool edited[REGISTRY_FIELDS_MOST],
			 const struct span *old, struct span *fresh)
{
	bool merged = is_merged(old[SITE_STATE]);

	if (edited[SITE_STATE])
		settle(c, SITE_STATE, c->in->file_wins[SITE_STATE] && !merged, old, fresh);
	if (merged)
		fresh[SITE_STATE] = old[SITE_STATE];
	bool back = has_left(old[SITE_STATE]) && !has_left(fresh[SITE_STATE]);
	for (uint32_t f = 0; (merged || back) && f < c->field_count; f++) {
		if (!is_of_leaving(f))
			continue;
		if (back && span_equal(old[f], fresh[f]))
			fresh[f] = (struct span){ "", 0 };
		if (edited[f])
			settle(c, f, back, old, fresh);
		if (merged)
			fresh[f] = old[f];
		edited[f] = false;
	}
	edited[SITE_STATE] = false;
}

/* The edits of this row that the import would undo: each stays, or gives way and is told. */
static int settle_edits(struct comparing *c, const struct span *old, struct span *fresh)
{
	bool edited[REGISTRY_FIELDS_MOST];

	TRY(read_edits(c, old[0], edited));
	if (c->in->kind == REGISTRY_SITES)
		settle_state(c, edited, old, fresh);
	for (uint32_t f = 0; f < c->field_count; f++)
		if (edited[f])
			settle(c, f, c->in->file_wins[f], old, fresh);
	return OK;
}

static struct registry_loss *loss_of(struct comparing *c, struct span county)
{
	struct registry_difference *d = &c->out;
	size_t len = county.len < sizeof(d->losses->county) ? county.len : 0;

	for (size_t i = 0; i < d->loss_count; i++)
		if (strlen(d->losses[i].county) == len &&
		    memcmp(d->losses[i].county, county.at, len) == 0)
			return &d->losses[i];
	if (d->loss_count == LOSS_COUNTIES_MOST)
		return NULL;
	if (!d->losses)
		d->losses =
			arena_array(c->in->facets->arena, LOSS_COUNTIES_MOST, sizeof(*d->losses));
	struct registry_loss *fresh = &d->losses[d->loss_count++];
	*fresh = (struct registry_loss){ .lost = { 0 } };
	memcpy(fresh->county, county.at, len);
	return fresh;
}

static void count_losses(struct comparing *c, const struct span *old, const struct span *fresh)
{
	static const struct {
		uint32_t field;
		const char *value;
	} kinds[LOSS_KINDS] = { [LOSS_KEY] = { SITE_CLASS, "key" },
				[LOSS_SPECIAL] = { SITE_SPECIAL, "1" },
				[LOSS_LIVE] = { SITE_STATE, "live" } };

	for (int i = 0; c->in->kind == REGISTRY_SITES && i < LOSS_KINDS; i++) {
		uint32_t f = kinds[i].field;
		struct span value = span_of(kinds[i].value);
		if (!span_equal(old[f], value) || span_equal(fresh[f], value))
			continue;
		struct registry_loss *loss = loss_of(c, old[SITE_COUNTY]);
		if (loss)
			loss->lost[i]++;
	}
}

static int change(struct comparing *c, struct span line)
{
	struct span old[REGISTRY_FIELDS_MOST], fresh[REGISTRY_FIELDS_MOST];

	registry_cells(c->in->kind, c->old, old);
	registry_cells(c->in->kind, line, fresh);
	TRY(settle_edits(c, old, fresh));
	buf_clear(&c->line);
	registry_write_row(&c->line, c->in->kind, fresh);
	line = (struct span){ c->line.data, c->line.len - 1 };
	if (span_equal(line, c->old)) {
		keep(c, line, NULL);
		return OK;
	}
	count_losses(c, old, fresh);
	TRY(count_facet(c, old, -1));
	TRY(count_facet(c, fresh, 1));
	keep(c, line, &c->changed);
	c->out.updated++;
	return OK;
}

static int compare_line(struct comparing *c, struct span line)
{
	if (c->has_old && span_equal(line, c->old)) {
		keep(c, line, NULL);
		next_old(c);
		return OK;
	}
	int order = c->has_old ? span_compare(id_of(line), id_of(c->old)) : -1;
	if (order > 0)
		return INVALID;
	if (order < 0)
		return add(c, line);
	TRY(change(c, line));
	next_old(c);
	return OK;
}

static int compare_all(struct comparing *c)
{
	struct span line;

	if (!registry_line(&c->fresh_rest, &line))
		return INVALID;
	keep(c, line, NULL);
	if (c->in->old.len && !registry_line(&c->old_rest, &line))
		return INVALID;
	next_old(c);
	next_edit(c);
	while (registry_line(&c->fresh_rest, &line))
		TRY(compare_line(c, line));
	return c->has_old ? INVALID : OK;
}

static void write_header(struct comparing *c, struct file_out *to)
{
	buf_clear(&c->line);
	registry_write_header(&c->line, c->in->kind);
	file_out_add(to, c->line.data, c->line.len);
}

/* The files are read by this process and then gone: nothing to sync. */
static int open_one(struct file_out *f, const char *path)
{
	TRY(file_out_open(f, path, 0600));
	f->staged = true;
	return OK;
}

static int open_all(struct comparing *c)
{
	TRY(open_one(&c->overrides, c->in->overrides));
	TRY(open_one(&c->changed, c->in->changed));
	write_header(c, &c->changed);
	if (!c->in->added)
		return OK;
	TRY(open_one(&c->added, c->in->added));
	write_header(c, &c->added);
	return OK;
}

static int close_all(struct comparing *c)
{
	TRY(file_out_commit(&c->overrides));
	TRY(file_out_commit(&c->changed));
	return c->in->added ? file_out_commit(&c->added) : OK;
}

int registry_compare(const struct registry_compare *in, struct registry_difference *ret)
{
	struct comparing c = { .in = in,
			       .added = { .fd = -1 },
			       .changed = { .fd = -1 },
			       .overrides = { .fd = -1 },
			       .old_rest = in->old,
			       .fresh_rest = in->fresh,
			       .edits_rest = in->edits };
	uint8_t digest[SHA256_SIZE];
	struct writer hex = { ret->digest, SHA256_HEX, 0, false };

	c.fields = registry_fields(in->kind, &c.field_count);
	sha256_init(&c.sha);
	buf_init(&c.line, LINE_MOST);
	int rc = open_all(&c);
	if (rc == OK)
		rc = compare_all(&c);
	if (rc == OK)
		rc = close_all(&c);
	file_out_abort(&c.added);
	file_out_abort(&c.changed);
	file_out_abort(&c.overrides);
	buf_release(&c.line);
	if (rc != OK)
		return rc;
	*ret = c.out;
	sha256_done(&c.sha, digest);
	write_hex(&hex, digest, SHA256_SIZE);
	ret->digest[SHA256_HEX] = 0;
	return OK;
}
