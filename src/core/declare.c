/* core/declare.c — the declaration: what is fixed before anybody can know the random value. */
#include "core/declare.h"

#include "core/alike.h"
#include "core/merkle.h"
#include "core/text.h"

struct reader {
	struct span rest;
	uint64_t line;
	struct problem *problem;
};

static int wrong(struct reader *p, enum problem_code code, struct span what)
{
	return problem_at(p->problem, code, CORE_FILE_DECLARATION, p->line, what);
}

static bool begins(struct span text, struct span prefix)
{
	return text.len >= prefix.len && memcmp(text.at, prefix.at, prefix.len) == 0;
}

/* Takes the next line, which must begin with the prefix, and gives what follows it. */
static int take(struct reader *p, struct span prefix, struct span *ret)
{
	struct span line = { 0 };

	p->line++;
	if (!text_line(&p->rest, &line) || !begins(line, prefix))
		return wrong(p, PROBLEM_DECLARATION_LINE, prefix);
	*ret = (struct span){ line.at + prefix.len, line.len - prefix.len };
	return CORE_OK;
}

static int take_hash(struct reader *p, struct span text, struct span *ret)
{
	if (!text_is_hex(text, SHA256_HEX))
		return wrong(p, PROBLEM_HASH, text);
	*ret = text;
	return CORE_OK;
}

static int take_list(struct reader *p, struct span prefix, uint64_t *count, struct span *root)
{
	struct span rest, number;

	CORE_TRY(take(p, prefix, &rest));
	span_cut(&rest, ' ', &number);
	if (read_number(number, TEXT_NUMBER_MOST, count) != CORE_OK)
		return wrong(p, PROBLEM_COUNT, number);
	return take_hash(p, rest, root);
}

static int take_draw_id(struct reader *p, struct span text, struct span *ret)
{
	if (!text_is_draw_id(text))
		return wrong(p, PROBLEM_DRAW_ID, text);
	*ret = text;
	return CORE_OK;
}

static int take_parent(struct reader *p, struct declaration *d)
{
	struct span rest, id;

	if (!begins(p->rest, SPAN("parent ")))
		return CORE_OK;
	CORE_TRY(take(p, SPAN("parent "), &rest));
	span_cut(&rest, ' ', &id);
	CORE_TRY(take_draw_id(p, id, &d->parent_draw));
	if (alike_draws(id, d->draw_id))
		return wrong(p, PROBLEM_PARENT_SELF, id);
	return take_hash(p, rest, &d->parent_root);
}

static int take_entropy(struct reader *p, struct declaration *d)
{
	struct declare_entropy e;
	struct span rest;

	CORE_TRY(take(p, SPAN("entropy "), &rest));
	if (d->entropy_count == DECLARE_MOST_ENTROPY) {
		(void)!wrong(p, PROBLEM_ENTROPY_MANY, rest);
		p->problem->want = DECLARE_MOST_ENTROPY;
		return CORE_INVALID;
	}
	if (entropy_parse(rest, &e, p->problem) != CORE_OK) {
		p->problem->line = p->line;
		return CORE_INVALID;
	}
	e.line = (struct span){ rest.at - 8, rest.len + 8 };
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		if (entropy_same(&d->entropy[i], &e))
			return wrong(p, PROBLEM_ENTROPY_DUPLICATE, rest);
	}
	d->entropy[d->entropy_count++] = e;
	return CORE_OK;
}

static int take_share(struct reader *p, struct declaration *d)
{
	struct span rest, party;

	CORE_TRY(take(p, SPAN("share "), &rest));
	if (d->share_count == DECLARE_MOST_SHARES) {
		(void)!wrong(p, PROBLEM_SHARE_MANY, rest);
		p->problem->want = DECLARE_MOST_SHARES;
		return CORE_INVALID;
	}
	if (!span_cut(&rest, ' ', &party) || !text_is_hex(rest, SHA256_HEX))
		return wrong(p, PROBLEM_SHARE_LINE, party);
	if (!text_is_id(party))
		return wrong(p, PROBLEM_PARTY, party);
	if (alike_operator(party) && !declare_is_operator(party))
		return wrong(p, PROBLEM_PARTY_OPERATOR, party);
	for (uint32_t i = 0; i < d->share_count; i++) {
		if (span_equal(d->shares[i].party, party))
			return wrong(p, PROBLEM_PARTY_DUPLICATE, party);
		if (alike(d->shares[i].party, party))
			return wrong(p, PROBLEM_PARTY_ALIKE, party);
		if (span_equal(d->shares[i].commitment, rest))
			return wrong(p, PROBLEM_COMMITMENT_EQUAL, party);
	}
	d->shares[d->share_count++] = (struct declare_share){ party, rest };
	return CORE_OK;
}

static int parse_head(struct reader *p, struct declaration *d)
{
	struct span rest;

	CORE_TRY(take(p, SPAN("dr1"), &rest));
	if (rest.len > 0)
		return wrong(p, PROBLEM_DECLARATION_LINE, SPAN("dr1"));
	CORE_TRY(take(p, SPAN("draw "), &rest));
	CORE_TRY(take_draw_id(p, rest, &d->draw_id));
	CORE_TRY(take_list(p, SPAN("objects "), &d->objects, &d->objects_root));
	CORE_TRY(take_list(p, SPAN("inspectors "), &d->inspectors, &d->inspectors_root));
	CORE_TRY(take_list(p, SPAN("conflicts "), &d->conflicts, &d->conflicts_root));
	CORE_TRY(take(p, SPAN("rules "), &rest));
	CORE_TRY(take_hash(p, rest, &d->rules_hash));
	return take_parent(p, d);
}

int declaration_parse(struct span text, struct declaration *ret, struct problem *problem)
{
	struct reader p = { .rest = text, .problem = problem };
	struct declaration d = { 0 };
	struct span line;

	CORE_TRY(text_check(text, CORE_FILE_DECLARATION, problem));
	CORE_TRY(parse_head(&p, &d));
	while (begins(p.rest, SPAN("entropy ")))
		CORE_TRY(take_entropy(&p, &d));
	while (begins(p.rest, SPAN("share ")))
		CORE_TRY(take_share(&p, &d));
	p.line++;
	if (d.entropy_count == 0)
		return wrong(&p, PROBLEM_ENTROPY_NONE, (struct span){ 0 });
	if (text_line(&p.rest, &line))
		return wrong(&p, PROBLEM_DECLARATION_MORE, line);
	*ret = d;
	return CORE_OK;
}

static void write_list(struct writer *w, struct span name, struct span text)
{
	uint8_t root[SHA256_SIZE];
	uint64_t lines;

	merkle_lines(text, root, &lines);
	write_span(w, name);
	write_number(w, lines);
	write_char(w, ' ');
	write_hex(w, root, sizeof(root));
	write_char(w, '\n');
}

static void write_declaration(const struct draw_files *files, const struct declare_input *in,
			      struct writer *w)
{
	uint8_t digest[SHA256_SIZE];
	struct span rules = files->file[CORE_FILE_RULES];

	write_literal(w, "dr1\ndraw ");
	write_span(w, in->draw_id);
	write_char(w, '\n');
	write_list(w, SPAN("objects "), files->file[CORE_FILE_OBJECTS]);
	write_list(w, SPAN("inspectors "), files->file[CORE_FILE_INSPECTORS]);
	write_list(w, SPAN("conflicts "), files->file[CORE_FILE_CONFLICTS]);
	sha256_once(rules.at, rules.len, digest);
	write_literal(w, "rules ");
	write_hex(w, digest, sizeof(digest));
	if (in->parent_draw.len > 0 || in->parent_root.len > 0) {
		write_literal(w, "\nparent ");
		write_span(w, in->parent_draw);
		write_char(w, ' ');
		write_span(w, in->parent_root);
	}
	for (uint32_t i = 0; i < in->entropy_count; i++) {
		write_literal(w, "\nentropy ");
		write_span(w, in->entropy[i]);
	}
	for (uint32_t i = 0; i < in->share_count; i++) {
		write_literal(w, "\nshare ");
		write_span(w, in->shares[i].party);
		write_char(w, ' ');
		write_span(w, in->shares[i].commitment);
	}
	write_char(w, '\n');
}

static size_t declaration_room(const struct declare_input *in)
{
	size_t room = 1024 + in->draw_id.len + in->parent_draw.len + in->parent_root.len;

	for (uint32_t i = 0; i < in->entropy_count; i++)
		room += in->entropy[i].len + 16;
	for (uint32_t i = 0; i < in->share_count; i++)
		room += in->shares[i].party.len + in->shares[i].commitment.len + 16;
	return room;
}

static bool one_line(struct span text)
{
	return text.len == 0 || !text_find(text.at, '\n', text.len);
}

/* An input with a line break could smuggle a line into the text; the parser sees only the text. */
static int check_lines(const struct declare_input *in, struct problem *problem)
{
	enum core_file file = CORE_FILE_NONE;

	if (!one_line(in->draw_id))
		return problem_at(problem, PROBLEM_DRAW_ID, file, 0, in->draw_id);
	if (!one_line(in->parent_draw))
		return problem_at(problem, PROBLEM_DRAW_ID, file, 0, in->parent_draw);
	if (!one_line(in->parent_root))
		return problem_at(problem, PROBLEM_HASH, file, 0, in->parent_root);
	for (uint32_t i = 0; i < in->entropy_count; i++) {
		if (!one_line(in->entropy[i]))
			return problem_at(problem, PROBLEM_ENTROPY_SELECTOR, file, 0,
					  in->entropy[i]);
	}
	for (uint32_t i = 0; i < in->share_count; i++) {
		if (!one_line(in->shares[i].party) || !one_line(in->shares[i].commitment))
			return problem_at(problem, PROBLEM_SHARE_LINE, file, 0,
					  in->shares[i].party);
	}
	return CORE_OK;
}

static int check_floor(const struct declaration *d, uint32_t signed_shares, struct problem *problem)
{
	struct declare_floor f = declare_floor(d);
	struct problem p = { .code = PROBLEM_FLOOR,
			     .have = f.public_decibits,
			     .want = DECLARE_FLOOR };

	if (f.rehearsal || f.enough_alone)
		return CORE_OK;
	if (f.public_decibits < DECLARE_FLOOR_WITH_SHARES)
		return problem_set(problem, p);
	p.want = 2;
	if (!f.enough_with_shares) {
		p.code = PROBLEM_FLOOR_SHARES;
		p.have = f.outside_shares;
		return problem_set(problem, p);
	}
	if (signed_shares >= 2)
		return CORE_OK;
	p.code = PROBLEM_FLOOR_UNSIGNED;
	p.have = signed_shares;
	return problem_set(problem, p);
}

int draw_declare(const struct draw *d, const struct declare_input *in, struct region *r,
		 struct span *ret, struct problem *problem)
{
	struct writer w = { .size = declaration_room(in) };
	struct declaration parsed;
	struct span text;

	if (d->object_count == 0)
		return problem_at(problem, PROBLEM_NO_OBJECTS, CORE_FILE_OBJECTS, 0,
				  (struct span){ 0 });
	CORE_TRY(check_lines(in, problem));
	w.at = region_take_raw(r, w.size, 1);
	if (!w.at)
		return CORE_FULL;
	write_declaration(&d->files, in, &w);
	CORE_ASSERT(!w.full);
	text = (struct span){ w.at, w.len };
	CORE_TRY(declaration_parse(text, &parsed, problem));
	CORE_TRY(check_floor(&parsed, in->signed_outside_shares, problem));
	*ret = text;
	return CORE_OK;
}

static int check_list(struct span text, enum core_file file, uint64_t count, struct span root,
		      struct problem *problem)
{
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX];
	struct writer w = { hex, sizeof(hex), 0, false };
	uint64_t lines;

	merkle_lines(text, digest, &lines);
	if (lines != count)
		return problem_set(problem, (struct problem){ .code = PROBLEM_LIST_COUNT,
							      .file = file,
							      .have = lines,
							      .want = count });
	write_hex(&w, digest, sizeof(digest));
	if (!span_equal((struct span){ hex, sizeof(hex) }, root))
		return problem_at(problem, PROBLEM_LIST_ROOT, file, 0, root);
	return CORE_OK;
}

static int check_lists(const struct declaration *d, const struct draw_files *files, bool conflicts,
		       struct problem *problem)
{
	char hex[SHA256_HEX];

	CORE_TRY(check_list(files->file[CORE_FILE_OBJECTS], CORE_FILE_OBJECTS, d->objects,
			    d->objects_root, problem));
	CORE_TRY(check_list(files->file[CORE_FILE_INSPECTORS], CORE_FILE_INSPECTORS, d->inspectors,
			    d->inspectors_root, problem));
	if (conflicts)
		CORE_TRY(check_list(files->file[CORE_FILE_CONFLICTS], CORE_FILE_CONFLICTS,
				    d->conflicts, d->conflicts_root, problem));
	sha256_hex(files->file[CORE_FILE_RULES], hex);
	if (!span_equal((struct span){ hex, sizeof(hex) }, d->rules_hash))
		return problem_at(problem, PROBLEM_LIST_ROOT, CORE_FILE_RULES, 0, d->rules_hash);
	return CORE_OK;
}

int declaration_check_lists(const struct declaration *d, const struct draw_files *files,
			    struct problem *problem)
{
	return check_lists(d, files, true, problem);
}

int declaration_check_public(const struct declaration *d, const struct draw_files *files,
			     struct problem *problem)
{
	return check_lists(d, files, false, problem);
}
