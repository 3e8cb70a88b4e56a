/* core/wasm.c — core as a module for browsers and node; compiled to wasm32 only. Memory grows as the work
 * needs and is used again by the next call. */
#include "core/wasm.h"

#include "core/declare.h"
#include "core/merkle.h"
#include "core/verify.h"

#define EXPORT(name) __attribute__((export_name(#name), visibility("default")))

enum { PAGE = 65536, FIRST_WORK = 16 << 20 };

extern unsigned char __heap_base;

static struct {
	size_t input_len;
	struct span files[CORE_FILES]; /* written by the page: address and length; 0 0 for none */
	struct span answer;
} module;

static unsigned char *input_at(void)
{
	return &__heap_base;
}

static size_t memory_size(void)
{
	return __builtin_wasm_memory_size(0) * PAGE;
}

/* True if memory reaches `end` now. */
static bool grow_to(uint64_t end)
{
	size_t have = memory_size();

	if (end <= have)
		return true;
	if (end > UINT32_MAX - PAGE)
		return false;
	return __builtin_wasm_memory_grow(0, (size_t)(end - have + PAGE - 1) / PAGE) != SIZE_MAX;
}

EXPORT(core_room) void *core_room(size_t len)
{
	if (!grow_to((uint64_t)(uintptr_t)input_at() + len))
		return NULL;
	memset(module.files, 0, sizeof(module.files));
	module.input_len = len;
	module.answer = (struct span){ NULL, 0 };
	return input_at();
}

EXPORT(core_files) struct span *core_files(void)
{
	return module.files;
}

EXPORT(core_answer) const char *core_answer(void)
{
	return module.answer.at;
}

EXPORT(core_answer_len) size_t core_answer_len(void)
{
	return module.answer.len;
}

/* Everything behind the input. */
static struct region work_region(void)
{
	unsigned char *base = input_at() + module.input_len;

	return (struct region){ .base = base, .size = memory_size() - (uintptr_t)base };
}

typedef int work(struct region *r, const void *arg);

/* Does the work, with twice the memory each time that it does not suffice. CORE_FULL at 4 GiB. */
static int with_memory(work *do_work, const void *arg)
{
	uint64_t want = FIRST_WORK;

	for (;; want *= 2) {
		struct region r;
		int rc;

		if (!grow_to((uint64_t)(uintptr_t)input_at() + module.input_len + want))
			return CORE_FULL;
		r = work_region();
		rc = do_work(&r, arg);
		if (rc != CORE_FULL)
			return rc;
	}
}

/* The rest of the region as the room for an answer. */
static struct writer answer_begin(struct region *r)
{
	return (struct writer){ (char *)r->base + r->used, r->size - r->used, 0, false };
}

static int answer_end(const struct writer *w)
{
	if (w->full)
		return CORE_FULL;
	module.answer = (struct span){ w->at, w->len };
	return CORE_OK;
}

static void write_json_text(struct writer *w, struct span text)
{
	write_char(w, '"');
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = (uint8_t)text.at[i];

		if (c < ' ') {
			write_literal(w, "\\u00");
			write_hex(w, &c, 1);
			continue;
		}
		if (c == '"' || c == '\\')
			write_char(w, '\\');
		write_char(w, (char)c);
	}
	write_char(w, '"');
}

static void write_field(struct writer *w, struct span name, struct span value)
{
	write_json_text(w, name);
	write_char(w, ':');
	write_json_text(w, value);
}

static void write_count(struct writer *w, struct span name, uint64_t value)
{
	write_json_text(w, name);
	write_char(w, ':');
	write_number(w, value);
}

static void write_truth(struct writer *w, struct span name, bool value)
{
	write_json_text(w, name);
	write_char(w, ':');
	write_span(w, value ? SPAN("true") : SPAN("false"));
}

static void write_step(struct writer *w, const struct verify_step *step)
{
	static const char *const marks[] = { "ok", "failed", "unknown" };

	write_char(w, '{');
	write_field(w, SPAN("name"), span_of(step->name));
	write_char(w, ',');
	write_field(w, SPAN("mark"), span_of(marks[step->mark]));
	write_char(w, ',');
	write_field(w, SPAN("text"), step->text);
	write_char(w, ',');
	write_field(w, SPAN("how"), step->how);
	write_char(w, '}');
}

static struct draw_files given_files(void)
{
	struct draw_files files = { 0 };

	memcpy(files.file, module.files, sizeof(files.file));
	return files;
}

static int verify_work(struct region *r, const void *arg)
{
	static const char *const forms[] = { "before", "sealed", "drawn" };
	struct draw_files files = given_files();
	struct verify_report *report = region_take(r, 1, sizeof(*report));
	struct writer w;

	(void)arg;
	if (!report)
		return CORE_FULL;
	CORE_TRY(draw_verify(&files, NULL, r, NULL, NULL, report));
	w = answer_begin(r);
	write_char(&w, '{');
	write_count(&w, SPAN("failed"), report->failed);
	write_char(&w, ',');
	write_field(&w, SPAN("form"), span_of(forms[report->form]));
	write_char(&w, ',');
	write_count(&w, SPAN("unknown"), report->unknown);
	write_char(&w, ',');
	write_truth(&w, SPAN("rehearsal"), report->rehearsal);
	write_literal(&w, ",\"steps\":[");
	for (uint32_t i = 0; i < report->count; i++) {
		if (i > 0)
			write_char(&w, ',');
		write_step(&w, &report->steps[i]);
	}
	write_literal(&w, "]}");
	return answer_end(&w);
}

EXPORT(core_verify) int core_verify(void)
{
	return with_memory(verify_work, NULL);
}

/* The answer when an input is wrong: its code, file, line and sentence. */
static int problem_answer(struct region *r, const struct problem *problem)
{
	char text[1024];
	struct writer sentence = { text, sizeof(text), 0, false };
	struct writer w = answer_begin(r);

	problem_write(problem, &sentence);
	write_literal(&w, "{\"problem\":{");
	write_field(&w, SPAN("code"), span_of(problem_name(problem->code)));
	write_char(&w, ',');
	write_field(&w, SPAN("file"), span_of(core_file_name(problem->file)));
	write_char(&w, ',');
	write_count(&w, SPAN("line"), problem->line);
	write_char(&w, ',');
	write_field(&w, SPAN("text"), (struct span){ text, sentence.len });
	write_literal(&w, "}}");
	return answer_end(&w);
}

static void seed_of(const struct draw_files *files, struct draw_seed *ret)
{
	draw_seed(files->file[CORE_FILE_DECLARATION], files->file[CORE_FILE_RECORD], ret);
}

/* From frozen lists, declaration and record to seed, result and root. */
static int draw_work(struct region *r, const void *arg)
{
	struct draw_files files = given_files();
	struct problem problem = { 0 };
	struct draw_selection selection;
	struct draw_result result;
	struct draw_teams teams;
	struct draw_seed seed;
	struct draw d;
	struct writer w;
	int rc = draw_open(&files, r, &d, &problem);

	(void)arg;
	if (rc == CORE_INVALID)
		return problem_answer(r, &problem);
	CORE_TRY(rc);
	seed_of(&files, &seed);
	CORE_TRY(draw_select(&d, &seed, r, &selection));
	CORE_TRY(draw_teams(&d, &seed, &selection, r, &teams));
	CORE_TRY(draw_result(&d, &seed, &selection, &teams, r, &result));
	w = answer_begin(r);
	write_char(&w, '{');
	write_field(&w, SPAN("seed"), (struct span){ seed.hex, sizeof(seed.hex) });
	write_char(&w, ',');
	write_truth(&w, SPAN("feasible"), teams.feasible);
	write_char(&w, ',');
	write_count(&w, SPAN("unmet"), teams.feasible ? 0 : teams.result.unmet);
	write_char(&w, ',');
	write_field(&w, SPAN("root"), (struct span){ result.root, sizeof(result.root) });
	write_char(&w, ',');
	write_field(&w, SPAN("result"), result.tsv);
	write_char(&w, '}');
	return answer_end(&w);
}

EXPORT(core_draw) int core_draw(void)
{
	return with_memory(draw_work, NULL);
}

static int explain_work(struct region *r, const void *arg)
{
	struct draw_files files = given_files();
	struct draw_explanation e;
	struct problem problem = { 0 };
	struct draw_seed seed;
	struct draw d;
	struct writer w;
	int rc;

	if (!files.file[CORE_FILE_CONFLICTS].at) /* a public form: who is recused moves no ticket */
		files.file[CORE_FILE_CONFLICTS] = SPAN("");
	rc = draw_open(&files, r, &d, &problem);
	seed_of(&files, &seed);
	if (rc == CORE_OK)
		rc = draw_explain(&d, &seed, *(const struct span *)arg, r, &e, &problem);
	if (rc == CORE_INVALID)
		return problem_answer(r, &problem);
	CORE_TRY(rc);
	w = answer_begin(r);
	write_char(&w, '{');
	write_field(&w, SPAN("id"), e.id);
	write_char(&w, ',');
	write_field(&w, SPAN("stratum"), e.stratum);
	write_char(&w, ',');
	write_count(&w, SPAN("members"), e.members);
	write_char(&w, ',');
	write_count(&w, SPAN("quota"), e.quota);
	write_char(&w, ',');
	write_count(&w, SPAN("rank"), e.rank);
	write_char(&w, ',');
	write_field(&w, SPAN("ticket"), span_of(e.ticket));
	write_char(&w, ',');
	write_truth(&w, SPAN("drawn"), e.drawn);
	write_char(&w, ',');
	write_truth(&w, SPAN("reserve"), e.reserve);
	write_char(&w, '}');
	return answer_end(&w);
}

EXPORT(core_explain) int core_explain(const char *id, size_t id_len)
{
	struct span text = { id, id_len };

	return with_memory(explain_work, &text);
}

/* Two texts in the input. */
struct pair {
	struct span first, second;
};

static int tickets_work(struct region *r, const void *arg)
{
	const struct pair *in = arg;
	struct writer w = answer_begin(r);
	struct span ids = in->second, id;
	struct ticket_seed seed;

	ticket_seed_init(&seed, in->first);
	while (ids.len > 0) {
		uint8_t digest[SHA256_SIZE];
		char text[TICKET_ROOM];
		size_t len;

		span_cut(&ids, '\n', &id);
		ticket_digest(&seed, id, digest);
		len = ticket_text(digest, text);
		write_span(&w, (struct span){ text, len });
		write_char(&w, '\t');
		write_span(&w, id);
		write_char(&w, '\n');
	}
	return answer_end(&w);
}

EXPORT(core_tickets)
int core_tickets(const char *seed, size_t seed_len, const char *ids, size_t ids_len)
{
	struct pair in = { { seed, seed_len }, { ids, ids_len } };

	return with_memory(tickets_work, &in);
}

static int root_work(struct region *r, const void *arg)
{
	struct writer w = answer_begin(r);
	uint8_t root[SHA256_SIZE];
	uint64_t lines;

	merkle_lines(*(const struct span *)arg, root, &lines);
	write_hex(&w, root, sizeof(root));
	write_char(&w, ' ');
	write_number(&w, lines);
	return answer_end(&w);
}

EXPORT(core_root) int core_root(const char *text, size_t len)
{
	struct span list = { text, len };

	return with_memory(root_work, &list);
}

static int sha256_work(struct region *r, const void *arg)
{
	struct writer w = answer_begin(r);
	uint8_t digest[SHA256_SIZE];
	const struct span *text = arg;

	sha256_once(text->at, text->len, digest);
	write_hex(&w, digest, sizeof(digest));
	return answer_end(&w);
}

EXPORT(core_sha256) int core_sha256(const char *text, size_t len)
{
	struct span bytes = { text, len };

	return with_memory(sha256_work, &bytes);
}
