#ifndef TEST_APP_ACCOUNT_WORLD_H
#define TEST_APP_ACCOUNT_WORLD_H
/* test/app/account_world.h — an office with its three administrators, invited, and people beside them. */
#include "app/account_login.h"
#include "app/permission.h"
#include "office_world.h"

#define GOOD "Weihe-3-qiao!"
#define OTHER "Kuan-9-xiang?"
enum { MINUTE = 60000, HOUR = 60 * MINUTE };

struct account_world {
	struct office_world w;
	struct office *o;
	struct arena *a;
	const struct account_policy *policy;
	struct account_invited first[ACCOUNT_FIRST];
};

void account_world_init(struct account_world *w);

/* An active business account of this name and person; its public id. */
const char *account_world_person(struct account_world *w, const char *name, const char *who);

int account_world_login(struct account_world *w, const char *name, const char *password,
			const char *otp, const char *address, struct account_session *ret);

/* Asked for by one administrator and decided by another. */
void account_world_give(struct account_world *w, const char *id, enum role role);

#endif
