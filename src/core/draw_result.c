/* core/draw_result.c — the rows of result.tsv, and their root over salted rows in salt order. */
#include "core/draw.h"
#include "core/merkle.h"
#include "core/text.h"

/* One row before it is written. */
struct row {
	uint64_t where; /* of the object's line; ascending where = ascending id */
	uint32_t stratum, rank;
	uint32_t drawn; /* index into draw_teams.drawn; meaningless for a reserve */
	bool reserve;
};

static inline bool row_before(const void *none, const struct row *a, const struct row *b)
{
	(void)none;
	return a->where < b->where;
}

#define SORT_NAME row
#define SORT_TYPE struct row
#define SORT_CONTEXT const void *
#define SORT_LESS row_before
#include "core/sort.inc"

static size_t list_rows(const struct draw *d, const struct draw_selection *selection,
			struct row *rows)
{
	uint32_t drawn = 0;
	size_t n = 0;

	for (uint32_t s = 0; s < d->rules.stratum_count; s++) {
		const struct draw_stratum *stratum = &selection->strata[s];

		for (uint32_t i = 0; i < stratum->drawn_count + stratum->reserve_count; i++) {
			bool reserve = i >= stratum->drawn_count;

			rows[n++] =
				(struct row){ stratum->entries[i].where, s, i + 1, drawn, reserve };
			drawn += !reserve;
		}
	}
	row_sort(NULL, rows, n);
	return n;
}

/* The team of a row; nobody for reserves and when there are no teams. */
static uint32_t team_of(const struct draw_teams *teams, const struct row *row,
			const uint32_t **members)
{
	uint32_t trip, start;

	if (!teams || !teams->feasible || row->reserve)
		return 0;
	trip = teams->trip_of[row->drawn];
	start = teams->result.team_start[trip];
	*members = teams->result.members + start;
	return teams->result.team_start[trip + 1] - start;
}

/* Room that a row takes at most, LF included. */
static size_t row_room(const struct draw *d, const struct draw_teams *teams, const struct row *row)
{
	size_t room = draw_id_at(d, row->where).len + d->rules.strata[row->stratum].name.len +
		      TICKET_ROOM + 32;
	const uint32_t *members = NULL;
	uint32_t count = team_of(teams, row, &members);

	for (uint32_t i = 0; i < count; i++)
		room += d->inspectors[members[i]].id.len + 1;
	return room;
}

static void write_row(const struct draw *d, const struct ticket_seed *tickets,
		      const struct draw_teams *teams, const struct row *row, struct writer *w)
{
	struct span id = draw_id_at(d, row->where);
	uint8_t digest[SHA256_SIZE];
	char ticket[TICKET_ROOM];
	const uint32_t *members = NULL;
	uint32_t count = team_of(teams, row, &members);

	ticket_digest(tickets, id, digest);
	write_span(w, id);
	write_char(w, '\t');
	write_span(w, d->rules.strata[row->stratum].name);
	write_char(w, '\t');
	write_number(w, row->rank);
	write_char(w, '\t');
	write_span(w, (struct span){ ticket, ticket_text(digest, ticket) });
	write_span(w, row->reserve ? SPAN("\treserve") : SPAN("\tdrawn"));
	for (uint32_t i = 0; i < count; i++) {
		write_char(w, i == 0 ? '\t' : ',');
		write_span(w, d->inspectors[members[i]].id);
	}
	write_char(w, '\n');
}

static void salt(const struct draw_seed *seed, struct span object, uint8_t digest[SHA256_SIZE])
{
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, "dr1-salt\n", 9);
	sha256_add(&s, seed->hex, sizeof(seed->hex));
	sha256_add(&s, "\n", 1);
	sha256_add(&s, object.at, object.len);
	sha256_add(&s, "\n", 1);
	sha256_done(&s, digest);
}

static void digest_hex(const uint8_t digest[SHA256_SIZE], char hex[SHA256_HEX])
{
	struct writer w = { hex, SHA256_HEX, 0, false };

	write_hex(&w, digest, SHA256_SIZE);
}

void draw_salt(const struct draw_seed *seed, struct span object, char hex[64])
{
	uint8_t digest[SHA256_SIZE];

	salt(seed, object, digest);
	digest_hex(digest, hex);
}

struct leaf {
	uint8_t salt[SHA256_SIZE];
	size_t at, len; /* the row's line in the text */
};

/* By leaf data = hex salt, TAB, line: the hex sorts as the bytes do. */
static inline bool leaf_before(const char *text, const struct leaf *a, const struct leaf *b)
{
	int rc = memcmp(a->salt, b->salt, sizeof(a->salt));

	if (rc == 0)
		rc = span_compare((struct span){ text + a->at, a->len },
				  (struct span){ text + b->at, b->len });
	return rc < 0;
}

#define SORT_NAME leaf
#define SORT_TYPE struct leaf
#define SORT_CONTEXT const char *
#define SORT_LESS leaf_before
#include "core/sort.inc"

static size_t count_lines(struct span text, size_t *longest)
{
	struct span line;
	size_t lines = 0;

	for (*longest = 0; text_line(&text, &line); lines++)
		*longest = line.len > *longest ? line.len : *longest;
	return lines;
}

static void leaves_root(const struct leaf *leaves, size_t count, const char *text, char *room,
			char hex[64])
{
	struct merkle tree;
	uint8_t root[SHA256_SIZE];

	merkle_init(&tree);
	for (size_t i = 0; i < count; i++) {
		digest_hex(leaves[i].salt, room);
		room[SHA256_HEX] = '\t';
		memcpy(room + SHA256_HEX + 1, text + leaves[i].at, leaves[i].len);
		merkle_add(&tree, (struct span){ room, SHA256_HEX + 1 + leaves[i].len });
	}
	merkle_root(&tree, root);
	digest_hex(root, hex);
}

int draw_rows_root(const struct draw_seed *seed, struct span tsv, struct region *r, char hex[64])
{
	size_t mark = region_mark(r), longest, n = 0, count = count_lines(tsv, &longest);
	struct leaf *leaves = region_take(r, count, sizeof(*leaves));
	char *room = region_take(r, longest + SHA256_HEX + 1, 1);
	struct span rest = tsv, line;

	if (!leaves || !room)
		return CORE_FULL;
	while (text_line(&rest, &line)) {
		struct span after = line, id;

		leaves[n].at = (size_t)(line.at - tsv.at);
		leaves[n].len = line.len;
		span_cut(&after, '\t', &id);
		salt(seed, id, leaves[n++].salt);
	}
	leaf_sort(tsv.at, leaves, count);
	leaves_root(leaves, count, tsv.at, room, hex);
	region_reset(r, mark);
	return CORE_OK;
}

/* Upper bound of the written rows. */
static size_t rows_room(const struct draw *d, const struct draw_teams *teams,
			const struct row *rows, size_t count)
{
	size_t room = 0;

	for (size_t i = 0; i < count; i++)
		room += row_room(d, teams, &rows[i]);
	return room;
}

int draw_result(const struct draw *d, const struct draw_seed *seed,
		const struct draw_selection *selection, const struct draw_teams *teams,
		struct region *r, struct draw_result *ret)
{
	struct draw_result out;
	struct ticket_seed tickets;
	struct writer w = { 0 };
	size_t most = 0, count;
	struct row *rows;

	for (uint32_t s = 0; s < d->rules.stratum_count; s++)
		most += (size_t)selection->strata[s].drawn_count +
			selection->strata[s].reserve_count;
	rows = region_take(r, most, sizeof(*rows));
	if (!rows)
		return CORE_FULL;
	count = list_rows(d, selection, rows);
	w.size = rows_room(d, teams, rows, count);
	w.at = region_take_raw(r, w.size, 1);
	if (!w.at)
		return CORE_FULL;
	draw_tickets(seed, &tickets);
	for (size_t i = 0; i < count; i++)
		write_row(d, &tickets, teams, &rows[i], &w);
	CORE_ASSERT(!w.full);
	out.tsv = (struct span){ w.at, w.len };
	CORE_TRY(draw_rows_root(seed, out.tsv, r, out.root));
	*ret = out;
	return CORE_OK;
}
