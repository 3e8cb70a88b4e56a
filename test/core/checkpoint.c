/* test/core/checkpoint.c — checkpoints and the proofs that carry them, and their strict forms. */
#include "core/checkpoint.h"
#include "unit.h"

#define HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
#define HEAD "log.example/x\n37\n" HASH "\n"

static bool parses(struct span text)
{
	struct checkpoint c = { .size = 99 };
	char room[256];
	struct writer w = { room, sizeof(room), 0, false };

	if (checkpoint_parse(text, &c) != CORE_OK) {
		CHECK_INT(c.size, 99);
		return false;
	}
	checkpoint_write(&w, &c);
	return CHECK(span_equal((struct span){ room, w.len }, text));
}

TEST(checkpoints_have_one_form)
{
	CHECK(parses(SPAN(HEAD)));
	CHECK(parses(SPAN(HEAD "extension\nmore\n")));
	CHECK(parses(SPAN("o\n0\n" HASH "\n")));
	CHECK(parses(SPAN("o\n9223372036854775807\n" HASH "\n")));
	CHECK(!parses(SPAN("")));
	CHECK(!parses(SPAN("o")));
	CHECK(!parses(SPAN("o\n")));
	CHECK(!parses(SPAN("o\n1\n")));
	CHECK(!parses(SPAN("o\n1\n" HASH)));
	CHECK(!parses(SPAN("\n1\n" HASH "\n")));
	CHECK(!parses(SPAN("o\n9223372036854775808\n" HASH "\n")));
	CHECK(!parses(SPAN("o\n01\n" HASH "\n")));
	CHECK(!parses(SPAN("o\n-1\n" HASH "\n")));
	CHECK(!parses(SPAN("o\n1\n47DEQpj8\n")));
	CHECK(!parses(SPAN("o\n1\n!!\n")));
	CHECK(!parses(SPAN(HEAD "\n")));
	CHECK(!parses(SPAN(HEAD "a\n\nb\n")));
	CHECK(!parses(SPAN(HEAD "a")));
}

#define PROOF "c2sp.org/tlog-proof@v1\n"

TEST(proofs_have_one_form)
{
	struct checkpoint_proof p;

	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "index 4\n" HASH "\n" HASH "\n\nnote\n"), &p),
		  CORE_OK);
	CHECK(p.number == 4 && p.count == 2 && p.extra.len == 0 && p.hashes[1][0] == 0xe3);
	CHECK(span_equal(p.note, SPAN("note\n")));
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "extra Zm8=\nindex 0\n\nn"), &p), CORE_OK);
	CHECK(p.count == 0 && span_equal(p.extra, SPAN("Zm8=")));
	CHECK_INT(checkpoint_read_proof(SPAN(""), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN("c2sp.org/tlog-proof@v2\nindex 0\n\n"), &p),
		  CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "index\n\n"), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "index 00\n\n"), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "index 0\n"), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "index 0\nZm8=\n\n"), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "extra Zm8\nindex 0\n\n"), &p), CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "extra Zm8=\nextra Zm8=\nindex 0\n\n"), &p),
		  CORE_INVALID);
	CHECK_INT(checkpoint_read_proof(SPAN(PROOF "old 0\n\n"), &p), CORE_INVALID);
}

static int read_request(int hashes)
{
	static char room[8192];
	struct writer w = { room, sizeof(room), 0, false };
	struct checkpoint_proof p;

	write_literal(&w, "old 18\n");
	for (int i = 0; i < hashes; i++)
		write_literal(&w, HASH "\n");
	write_literal(&w, "\nnote\n");
	return checkpoint_read_request((struct span){ room, w.len }, &p);
}

TEST(requests_have_a_limit)
{
	struct checkpoint_proof p;

	CHECK_INT(read_request(0), CORE_OK);
	CHECK_INT(read_request(63), CORE_OK);
	CHECK_INT(read_request(64), CORE_INVALID);
	CHECK_INT(checkpoint_read_request(SPAN("index 18\n\nnote\n"), &p), CORE_INVALID);
}
