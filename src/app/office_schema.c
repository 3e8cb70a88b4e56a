/* app/office_schema.c — one digest an engine. */
#include "app/office_schema.h"

#include "base/status.h"
#include "core/sha256.h"
#include "store/schema.h"

#include <string.h>

/* After a new migration test/app/ledger_head.c says what to write here. */
static const char known_file[] = "2edd294f7a9a5015b7a01f198d75964d28bb441c00cb853534beb061288047e7";
static const char known_server[] =
	"4b58c19ae4f70678ac6ded44fc0fe6e9787707ad8b4b48fa53fa5db4c994b0dd";

static int add_line(void *arg, const char *line)
{
	sha256_add(arg, line, strlen(line) + 1);
	return OK;
}

int office_schema_digest(struct db *db, char ret[OFFICE_SCHEMA])
{
	struct writer w = { ret, OFFICE_SCHEMA - 1, 0, false };
	uint8_t digest[SHA256_SIZE];
	struct sha256 sha;

	sha256_init(&sha);
	TRY(schema_walk(db, add_line, &sha));
	sha256_done(&sha, digest);
	write_hex(&w, digest, sizeof(digest));
	ret[OFFICE_SCHEMA - 1] = 0;
	return OK;
}

int office_schema_strange(struct db *db, struct arena *a, const char **ret)
{
	char have[OFFICE_SCHEMA];

	TRY(schema_strange(db, a, ret));
	if (*ret)
		return OK;
	TRY(office_schema_digest(db, have));
	if (strcmp(have, db_is_server(db) ? known_server : known_file) != 0)
		*ret = "表、列、约束或索引";
	return OK;
}
