/* test/app/account_world.c — see account_world.h. */
#include "account_world.h"

#include "app/account_grant.h"
#include "base/status.h"
#include "unit.h"

void account_world_init(struct account_world *w)
{
	office_world_init(&w->w);
	w->o = &w->w.office;
	w->a = &w->w.arena;
	w->policy = account_policy("mlps3");
	CHECK_INT(account_begin(w->o, w->policy, w->first), OK);
}

const char *account_world_person(struct account_world *w, const char *name, const char *who)
{
	const struct account_new made = { name, who, KIND_BUSINESS, "130602", "", "" };
	struct account_invited invited;
	struct account_row row;

	CHECK_INT(account_create(w->o, w->policy, &made, &invited), OK);
	CHECK_INT(account_activate(w->o, w->policy, invited.token, GOOD), OK);
	CHECK_INT(account_row_get(w->o->db, w->a, name, &row), OK);
	return row.id;
}

int account_world_login(struct account_world *w, const char *name, const char *password,
			const char *otp, const char *address, struct account_session *ret)
{
	const struct account_login in = { name, password, otp, address, "test" };

	return account_login(w->o, w->a, w->policy, &in, ret);
}

void account_world_give(struct account_world *w, const char *id, enum role role)
{
	char request[ACCOUNT_ID];

	w->o->actor = "系统管理员";
	CHECK_INT(account_ask(w->o, &(struct account_ask){ id, role, true, "任命文件" }, request),
		  OK);
	w->o->actor = "安全管理员";
	CHECK_INT(account_decide(w->o, request, true), OK);
}
