/* app/office_schema.c — one digest an engine. */
#include "app/office_schema.h"

#include "base/status.h"
#include "core/sha256.h"
#include "store/schema.h"

#include <string.h>

/* After a new migration test/app/ledger_head.c says what to write here. */
static const char known_file[] = "e1e0877e8d131b2203750f0eb7bd0b039b1ffd2974f3fbf081a4c6f653895062";
static const char known_server[] =
	"8a91afda346f8b726db7e1461a2c33c5c4799efdd79414b78856aa4af0d4414f";

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
		*ret = "表、列或索引";
	return OK;
}
