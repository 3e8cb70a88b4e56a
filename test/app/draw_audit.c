/* test/app/draw_audit.c — no single changed byte of a finished folder passes; evidence and its limits. */
#include "app/draw_audit.h"

#include "app/sheet_sums.h"
#include "base/status.h"
#include "draw_world.h"
#include "files/pulse_maker.h"
#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* SHA256SUMS over every file of the folder but itself. */
static int list_all(struct arena *a, const char *folder)
{
	const char *path = arena_printf(a, "%s/SHA256SUMS", folder);
	struct sheet_sums sums = { .arena = a };

	unlink(path);
	TRY(sheet_sums_folder(&sums, folder, ""));
	return sheet_sums_write(&sums, path, 0644);
}

static const struct draw_world small = {
	.objects = 60, .inspectors = 8, .districts = 2, .limit = 9, .conflicts = true
};

/* Verifies; the texts of the steps live as long as the arena only where the arena made them. */
static void audit(struct arena *a, const char *folder, const struct draw_evidence *given,
		  struct draw_audit *ret)
{
	static const struct draw_evidence none;
	struct draw_audit_watch watch = { NULL, NULL };
	struct draw_folder f;
	enum core_file wrong;
	const char *path;

	CHECK_INT(draw_folder_open(&f, folder, &wrong), OK);
	CHECK_INT(draw_audit(&f, folder, a, given ? given : &none, &watch, ret, &path), OK);
	draw_folder_release(&f);
}

static enum verify_mark mark_of(const struct draw_audit *r, const char *name)
{
	uint32_t i = 0;

	while (i < r->count && strcmp(r->steps[i].name, name) != 0)
		i++;
	CHECK(i < r->count);
	return i < r->count ? r->steps[i].mark : VERIFY_FAILED;
}

TEST(draw_audit_of_a_finished_folder)
{
	struct arena a;
	struct draw_audit r;
	const char *folder = unit_folder();

	arena_init(&a);
	world_draw(&a, folder, &small);
	audit(&a, folder, NULL, &r);
	CHECK_INT(r.failed, 0);
	CHECK(r.drawn && !r.rehearsal && r.unknown > 0);
	world_write(&a, folder, "papers.txt", SPAN("x"));
	uint32_t unknown = r.unknown;
	audit(&a, folder, NULL, &r);
	CHECK_INT(r.failed, 0);
	CHECK_INT(r.unknown, unknown + 1);
	/* A list that nothing binds proves less than it says: whoever changes a paper can change the list. */
	CHECK_INT(list_all(&a, folder), OK);
	audit(&a, folder, NULL, &r);
	CHECK_INT(r.failed, 0);
	CHECK_INT(r.unknown, unknown + 1);
	CHECK_INT(mark_of(&r, "files"), VERIFY_UNKNOWN);
	world_write(&a, folder, "papers.txt", SPAN("y"));
	CHECK_INT(list_all(&a, folder), OK);
	audit(&a, folder, NULL, &r);
	CHECK_INT(mark_of(&r, "files"), VERIFY_UNKNOWN);
	arena_release(&a);
}

TEST(draw_audit_of_a_result_without_its_root_is_of_a_draw)
{
	struct arena a;
	struct draw_audit r;
	const char *folder = unit_folder();

	arena_init(&a);
	world_draw(&a, folder, &small);
	unlink(arena_printf(&a, "%s/result.root", folder));
	audit(&a, folder, NULL, &r);
	CHECK(r.drawn && r.failed == 0);
	CHECK_INT(mark_of(&r, "result.root"), VERIFY_UNKNOWN);
	arena_release(&a);
}

/* Folders made to keep a verifier busy or to end it: each is a failed step. */
TEST(draw_audit_of_hostile_folders)
{
	struct arena a;
	struct draw_audit r;
	const char *folder = unit_folder();

	arena_init(&a);
	world_draw(&a, folder, &small);
	const char *big = arena_printf(&a, "%s/papers.xlsx", folder);
	world_write(&a, folder, "papers.xlsx", SPAN("x"));
	CHECK_INT(list_all(&a, folder), OK);
	CHECK_INT(truncate(big, (off_t)1 << 40), 0);
	audit(&a, folder, NULL, &r);
	CHECK_INT(mark_of(&r, "files"), VERIFY_FAILED);
	CHECK_INT(truncate(big, 1 << 20), 0);
	audit(&a, folder, NULL, &r);
	CHECK_INT(mark_of(&r, "files"), VERIFY_FAILED);
	unlink(big);
	unlink(arena_printf(&a, "%s/SHA256SUMS", folder));
	CHECK_INT(symlink("/dev/zero", arena_printf(&a, "%s/SHA256SUMS", folder)), 0);
	audit(&a, folder, NULL, &r);
	CHECK_INT(mark_of(&r, "files"), VERIFY_FAILED);
	unlink(arena_printf(&a, "%s/SHA256SUMS", folder));
	const char *deep = folder;
	for (int i = 0; i < 20; i++) {
		deep = arena_printf(&a, "%s/d", deep);
		CHECK_INT(mkdir(deep, 0755), 0);
	}
	audit(&a, folder, NULL, &r);
	CHECK_INT(mark_of(&r, "files"), VERIFY_FAILED);
	arena_release(&a);
}

/* Changes one byte of one file at random; `times` in all, and every byte of the short files. */
static void flip(struct arena *a, const char *folder, const char *name, uint64_t *state,
		 uint32_t times)
{
	struct span text = world_read(a, folder, name);
	char *changed = arena_mem(a, text.at, text.len);

	for (uint32_t i = 0; i < times && text.len; i++) {
		struct arena once;
		struct draw_audit r;
		size_t at = unit_random(state) % text.len;
		char with = (char)(text.at[at] ^ (char)(1 + unit_random(state) % 255));
		arena_init(&once);
		changed[at] = with;
		world_write(&once, folder, name, (struct span){ changed, text.len });
		audit(&once, folder, NULL, &r);
		unit_check(r.failed > 0, __FILE__, __LINE__, "%s byte %zu as 0x%02x passes", name,
			   at, (unsigned char)with);
		changed[at] = text.at[at];
		arena_release(&once);
	}
	world_write(a, folder, name, text);
}

static void flip_everything(bool sums)
{
	struct arena a;
	struct draw_audit r;
	uint64_t state = sums ? 7 : 8;
	const char *folder = unit_folder();

	arena_init(&a);
	world_draw(&a, folder, &small);
	if (sums) {
		world_write(&a, folder, "notes.txt", SPAN("something more\n"));
		CHECK_INT(list_all(&a, folder), OK);
	}
	const char **names = world_names(&a, folder);
	uint32_t count = 0;
	while (names[count])
		count++;
	uint32_t times = (unit_long() ? 10000 : 200) / count + 1;
	for (uint32_t i = 0; i < count; i++)
		flip(&a, folder, names[i], &state, times);
	audit(&a, folder, NULL, &r);
	CHECK_INT(r.failed, 0);
	arena_release(&a);
}

TEST(draw_audit_finds_every_changed_byte)
{
	flip_everything(false);
}

TEST(draw_audit_finds_every_changed_byte_of_files_it_does_not_know)
{
	flip_everything(true);
}

TEST(draw_audit_finds_every_missing_file)
{
	struct arena a;
	struct draw_audit r;
	const char *folder = unit_folder();

	arena_init(&a);
	world_draw(&a, folder, &small);
	CHECK_INT(list_all(&a, folder), OK);
	for (const char **name = world_names(&a, folder); *name; name++) {
		if (strcmp(*name, "SHA256SUMS") == 0)
			continue;
		struct span text = world_read(&a, folder, *name);
		unlink(arena_printf(&a, "%s/%s", folder, *name));
		audit(&a, folder, NULL, &r);
		unit_check(r.failed > 0, __FILE__, __LINE__, "%s is missing and it passes", *name);
		world_write(&a, folder, *name, text);
	}
	arena_release(&a);
}

/* ---- evidence ---- */

#define ZERO_32 "00000000000000000000000000000000"

struct beacon {
	struct pulse_maker maker;
	char json[8192], output[129], before[8192], before_output[129];
	const char *folder, *outside; /* where the verifier keeps what he brings */
	struct draw_world world;
};

static void open_beacon(struct arena *a, struct beacon *b)
{
	struct pulse_words w = {
		2, 76, "2026-03-01T07:59:00.000Z", ZERO_32 ZERO_32 ZERO_32 ZERO_32, 0x11, 0x22
	};

	pulse_maker_init(&b->maker, "engine.beacon.nist.gov");
	pulse_make(&b->maker, &w, b->before, b->before_output);
	w = (struct pulse_words){ 2, 77, "2026-03-01T08:00:00.000Z", b->before_output, 0x22, 0x33 };
	pulse_make(&b->maker, &w, b->json, b->output);
	b->folder = unit_folder();
	b->outside = unit_folder();
	b->world = small;
	b->world.entropy = "nist 2 77";
	b->world.value = b->output;
	world_draw(a, b->folder, &b->world);
	world_write(a, b->outside, "pulse.json", span_of(b->json));
	world_write(a, b->outside, "before.json", span_of(b->before));
	world_write(a, b->outside, "nist.pem", span_of(b->maker.certificate));
}

static enum verify_mark entropy_mark(const struct draw_audit *r)
{
	return mark_of(r, "entropy.1");
}

TEST(draw_audit_believes_a_certificate_that_the_verifier_brings)
{
	struct arena a;
	struct beacon b;
	struct draw_audit r;

	arena_init(&a);
	open_beacon(&a, &b);
	const char *pulses[] = { arena_printf(&a, "%s/pulse.json", b.outside),
				 arena_printf(&a, "%s/before.json", b.outside) };
	struct draw_evidence given = { pulses, 1, arena_printf(&a, "%s/nist.pem", b.outside) };
	audit(&a, b.folder, NULL, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	audit(&a, b.folder, &given, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_OK);
	given.pulse_count = 2;
	audit(&a, b.folder, &given, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_OK);
	given.certificate = NULL;
	audit(&a, b.folder, &given, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	/* The operator's own certificate proves nothing. */
	world_write(&a, b.folder, "pulse-77.json", span_of(b.json));
	world_write(&a, b.folder, "pulse-certificate.pem", span_of(b.maker.certificate));
	audit(&a, b.folder, NULL, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	/* Nor does it when the verifier is talked into naming it, by whatever path. */
	given.certificate = arena_printf(&a, "%s/./pulse-certificate.pem", b.folder);
	audit(&a, b.folder, &given, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	const char *link = arena_printf(&a, "%s/link.pem", b.outside);
	CHECK_INT(symlink(given.certificate, link), 0);
	given.certificate = link;
	audit(&a, b.folder, &given, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	pulse_maker_release(&b.maker);
	arena_release(&a);
}

TEST(draw_audit_refutes_a_value_that_was_never_published)
{
	struct arena a;
	struct beacon b;
	struct draw_audit r;

	arena_init(&a);
	open_beacon(&a, &b);
	b.world.value = b.before_output;
	const char *folder = unit_folder();
	world_draw(&a, folder, &b.world);
	const char *pulses[] = { arena_printf(&a, "%s/pulse.json", b.outside) };
	struct draw_evidence given = { pulses, 1, arena_printf(&a, "%s/nist.pem", b.outside) };
	audit(&a, folder, &given, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_FAILED);
	pulse_maker_release(&b.maker);
	arena_release(&a);
}

TEST(draw_audit_never_believes_drand)
{
#define CHAIN "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
#define RANDOMNESS "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
	static const char beacon[] =
		"{\"round\":1000,\"randomness\":\"" RANDOMNESS "\",\"signature\":\""
		"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
		"e342b73a8dd2bacbe47e4b6b63ed5e39\"}";
	struct arena a;
	struct draw_audit r;
	struct draw_world w = small;
	const char *folder = unit_folder();

	arena_init(&a);
	w.entropy = "drand " CHAIN " 1000";
	w.value = RANDOMNESS;
	world_draw(&a, folder, &w);
	audit(&a, folder, NULL, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	world_write(&a, folder, "drand-1000.json", span_of(beacon));
	audit(&a, folder, NULL, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_UNKNOWN);
	char *changed = arena_str(&a, beacon);
	*strstr(changed, "e342b7") = 'f';
	world_write(&a, folder, "drand-1000.json", span_of(changed));
	audit(&a, folder, NULL, &r);
	CHECK_INT(entropy_mark(&r), VERIFY_FAILED);
	arena_release(&a);
}
