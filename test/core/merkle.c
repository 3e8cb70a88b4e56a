/* test/core/merkle.c — trees by their definition, every proof of small trees, and every way to spoil one. */
#include "core/merkle.h"
#include "unit.h"

enum { LEAVES = 40 };

typedef uint8_t digest[SHA256_SIZE];

static void leaves(digest *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char data[2] = { (char)i, 'x' };

		merkle_leaf((struct span){ data, 1 + i % 2 }, out[i]);
	}
}

/* MTH of RFC 6962 2.1, word by word. */
static void by_definition(const digest *l, size_t n, digest root)
{
	digest left, right;
	size_t k = 1;

	if (n == 0) {
		sha256_once(NULL, 0, root);
		return;
	}
	if (n == 1) {
		memcpy(root, l[0], sizeof(digest));
		return;
	}
	while (k * 2 < n)
		k *= 2;
	by_definition(l, k, left);
	by_definition(l + k, n - k, right);
	merkle_node(left, right, root);
}

TEST(merkle_root_is_the_definition)
{
	digest l[LEAVES], have, want;
	struct merkle m;

	leaves(l, LEAVES);
	merkle_init(&m);
	for (size_t n = 0; n <= LEAVES; n++) {
		merkle_root(&m, have);
		by_definition(l, n, want);
		CHECK(memcmp(have, want, sizeof(have)) == 0);
		if (n < LEAVES)
			merkle_add_hash(&m, l[n]);
	}
}

static bool lines_are(struct span text, const struct span *want, size_t count)
{
	digest have, root;
	struct merkle m;
	uint64_t lines;

	merkle_init(&m);
	for (size_t i = 0; i < count; i++)
		merkle_add(&m, want[i]);
	merkle_root(&m, root);
	merkle_lines(text, have, &lines);
	return lines == count && memcmp(have, root, sizeof(have)) == 0;
}

TEST(merkle_lines_cuts_at_lf)
{
	struct span want[] = { SPAN("a"), SPAN(""), SPAN("bc\r") };

	CHECK(lines_are(SPAN(""), want, 0));
	CHECK(lines_are(SPAN("a\n"), want, 1));
	CHECK(lines_are(SPAN("a"), want, 1));
	CHECK(lines_are(SPAN("a\n\nbc\r\n"), want, 3));
	CHECK(lines_are(SPAN("a\n\nbc\r"), want, 3));
}

/* Lines of every length around the hash's block borders, beside lines of other lengths. */
TEST(merkle_lines_of_every_length)
{
	static char text[300 * 302];
	static struct span want[600];
	size_t len = 0, count = 0;

	for (size_t i = 0; i < 300; i++) {
		want[count++] = (struct span){ text + len, i };
		memset(text + len, 'a' + (int)(i % 26), i);
		len += i;
		text[len++] = '\n';
	}
	CHECK(lines_are((struct span){ text, len }, want, count));
	CHECK(lines_are((struct span){ text, len - 1 }, want, count));
	CHECK(lines_are((struct span){ text, len - 301 }, want, count - 1));
}

/* A proof spoiled at one bit, cut, or made longer must not pass. */
static bool inclusion_is_tight(const digest *l, size_t n, size_t i, digest *proof, size_t len)
{
	digest root;
	bool ok;

	by_definition(l, n, root);
	ok = merkle_check_inclusion(n, i, l[i], proof, len, root);
	ok = ok && !merkle_check_inclusion(n, i, proof[0], proof, len, root);
	ok = ok && !merkle_check_inclusion(n, i, l[i], proof, len + 1, root);
	ok = ok && (len == 0 || !merkle_check_inclusion(n, i, l[i], proof, len - 1, root));
	ok = ok && !merkle_check_inclusion(n, n, l[i], proof, len, root);
	ok = ok && !merkle_check_inclusion(0, i, l[i], proof, len, root);
	ok = ok && !merkle_check_inclusion(4 * n, i, l[i], proof, len, root);
	for (size_t j = 0; j < n && ok; j++)
		ok = j == i || !merkle_check_inclusion(n, j, l[i], proof, len, root);
	for (size_t j = 0; j < len && ok; j++) {
		proof[j][j] ^= 0x10;
		ok = !merkle_check_inclusion(n, i, l[i], proof, len, root);
		proof[j][j] ^= 0x10;
	}
	return ok;
}

TEST(merkle_inclusion_of_every_leaf)
{
	digest l[LEAVES], proof[MERKLE_DEEPEST + 1];

	leaves(l, LEAVES);
	for (size_t n = 1; n <= LEAVES; n++) {
		for (size_t i = 0; i < n; i++) {
			size_t len;

			memset(proof, 0, sizeof(proof));
			len = merkle_prove_inclusion(l, n, i, proof);
			CHECK(inclusion_is_tight(l, n, i, proof, len));
		}
	}
}

static bool consistency_is_tight(const digest *l, size_t m, size_t n, digest *proof, size_t len)
{
	digest old, root;
	bool ok;

	by_definition(l, m, old);
	by_definition(l, n, root);
	ok = merkle_check_consistency(m, n, old, root, proof, len);
	ok = ok && (m == n || !merkle_check_consistency(m, n, root, old, proof, len));
	ok = ok && !merkle_check_consistency(m, n, old, l[0], proof, len) == (n > 1);
	ok = ok && !merkle_check_consistency(m, n, old, root, proof, len + 1);
	ok = ok && (len == 0 || !merkle_check_consistency(m, n, old, root, proof, len - 1));
	ok = ok && (len == 0 || !merkle_check_consistency(m, n, old, root, proof, 0));
	ok = ok && !merkle_check_consistency(n + 1, n, old, root, proof, len);
	for (size_t j = 0; j < len && ok; j++) {
		proof[j][31 - j % 32] ^= 1;
		ok = !merkle_check_consistency(m, n, old, root, proof, len);
		proof[j][31 - j % 32] ^= 1;
	}
	return ok;
}

TEST(merkle_consistency_of_every_pair)
{
	digest l[LEAVES], proof[MERKLE_DEEPEST + 1];

	leaves(l, LEAVES);
	for (size_t n = 1; n <= LEAVES; n++) {
		for (size_t m = 1; m <= n; m++) {
			size_t len;

			memset(proof, 0, sizeof(proof));
			len = merkle_prove_consistency(l, n, m, proof);
			CHECK(consistency_is_tight(l, m, n, proof, len));
		}
	}
}

TEST(merkle_consistency_with_nothing)
{
	digest l[3], root, empty;

	leaves(l, 3);
	by_definition(l, 3, root);
	by_definition(l, 0, empty);
	CHECK(merkle_check_consistency(0, 3, empty, root, l, 0));
	CHECK(!merkle_check_consistency(0, 3, empty, root, l, 1));
	CHECK(merkle_check_consistency(0, 0, empty, empty, l, 0));
	CHECK(merkle_check_consistency(3, 3, root, root, l, 0));
	CHECK(!merkle_check_consistency(3, 3, empty, root, l, 0));
	CHECK(!merkle_check_consistency(3, 3, root, root, l, 1));
}
