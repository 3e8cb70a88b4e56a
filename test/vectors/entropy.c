/* test/vectors/entropy.c — beacon values. Core checks their form and, for drand, that randomness is the
 * hash of the signature; BLS signatures are not verified here, so nothing here calls a beacon valid. NIST
 * pulses are verified in src/files (test/files); here only the form of the value. */
#include "core/declare.h"
#include "vectors.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

bool vectors_fits_drand(const json_t *root)
{
	return vectors_array_of(root, "scheme public_key round signature randomness valid");
}

bool vectors_fits_nist(const json_t *root)
{
	return vectors_array_of(root, "pulse");
}

static bool value_fits(const char *source, struct span value)
{
	struct declare_entropy e;
	struct problem problem;

	return entropy_parse((struct span){ source, strlen(source) }, &e, &problem) == CORE_OK &&
	       entropy_check(&e, value, &problem) == CORE_OK;
}

static bool is_hash_of(struct span hex, struct span randomness)
{
	uint8_t bytes[256];
	char have[64];

	if (hex.len > 2 * sizeof(bytes) || read_hex(hex, bytes, hex.len / 2) != CORE_OK)
		return false;
	sha256_hex((struct span){ (const char *)bytes, hex.len / 2 }, have);
	return span_equal((struct span){ have, sizeof(have) }, randomness);
}

size_t vectors_check_drand(const struct vectors_file *file)
{
	size_t i;
	json_t *one;

	json_array_foreach(file->root, i, one)
	{
		struct span signature = vectors_span(json_object_get(one, "signature"));
		struct span randomness = vectors_span(json_object_get(one, "randomness"));
		const char *why = vectors_text(file, one, "why");

		VECTOR(file,
		       value_fits(
			       "drand 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971 1000",
			       randomness),
		       why);
		if (json_is_true(json_object_get(one, "valid")))
			VECTOR(file, is_hash_of(signature, randomness), why);
	}
	return json_array_size(file->root);
}

size_t vectors_check_nist(const struct vectors_file *file)
{
	size_t i;
	json_t *one;

	json_array_foreach(file->root, i, one)
	{
		struct span value =
			vectors_span(json_object_get(json_object_get(one, "pulse"), "outputValue"));
		char lower[128];

		if (!VECTOR(file, value.len == sizeof(lower), "length"))
			continue;
		for (size_t c = 0; c < value.len; c++)
			lower[c] = (char)tolower((unsigned char)value.at[c]);
		VECTOR(file, value_fits("nist 1 54610", (struct span){ lower, sizeof(lower) }),
		       "form");
	}
	return json_array_size(file->root);
}
