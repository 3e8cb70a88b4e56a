#ifndef TEST_APP_LIFE_TRICKS_H
#define TEST_APP_LIFE_TRICKS_H
/*
 * test/app/life_tricks.h — what somebody does to a made world with the database's own tools, looked at by the check of
 * draws and taken back again.
 */
#include "life_world.h"

struct life_trick {
	const char *sql;
	const char *words; /* in what is told first */
	const char *more;  /* also there, or NULL */
};

/* Each is found, and told with its words; afterwards the world fits again. */
void life_tricks_found(struct life_world *w, const struct life_trick *tricks, size_t count);

#endif
