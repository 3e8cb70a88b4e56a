/* http/access.c — one place decides, so that no handler can forget to ask. */
#include "http/access.h"

#include "base/status.h"

#include <string.h>

static const char *cookie_name(const struct access *access)
{
	return access->tls ? "__Host-mingqian" : "mingqian";
}

/* The value of our cookie among those that came; NULL if it is not there. Two of one name: neither is believed. */
static const char *cookie_of(struct arena *a, const char *cookies, const char *name)
{
	struct span rest = span_of(cookies), one, key;
	const char *found = NULL;
	bool more = true;

	while (more) {
		more = span_cut(&rest, ';', &one);
		while (one.len && one.at[0] == ' ')
			one = (struct span){ one.at + 1, one.len - 1 };
		if (!span_cut(&one, '=', &key) || !span_equal(key, span_of(name)))
			continue;
		if (found)
			return NULL;
		found = arena_mem(a, one.at, one.len);
	}
	return found;
}

static const char *bearer_of(const char *authorization)
{
	static const char scheme[] = "Bearer ";

	return strncmp(authorization, scheme, sizeof(scheme) - 1) == 0
		       ? authorization + sizeof(scheme) - 1
		       : NULL;
}

static int refuse(struct request *q, int status, const char *code, const char *why)
{
	reply_problem(&q->reply, status, code, why, NULL);
	return FORBIDDEN;
}

/* Another site's page may make a browser send our cookie, but it cannot read the other token. */
static int check_page(struct request *q, const struct account_here *here)
{
	const char *site = q->head.fetch_site;

	if (!(q->route->flags & ROUTE_CHANGES))
		return OK;
	if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return refuse(q, 403, "foreign_page", "这个请求来自别的网站：请从本系统的页面办理");
	if (!account_here_csrf(q->office, here, q->head.csrf))
		return refuse(q, 403, "csrf", "页面已经过期：请刷新后再办");
	return OK;
}

static int check_rights(struct request *q, const struct account_here *here)
{
	bool self = q->route->permission == PERM_SELF;

	if (here->password_old && !self)
		return refuse(q, 403, "password_old", "密码到期：请先换密码");
	if (here->totp_wanted && !self)
		return refuse(q, 403, "totp_wanted", "管理员要先设置动态口令");
	if (permission_has(here->account.may, q->route->permission))
		return OK;
	return refuse(
		q, 403, "forbidden",
		arena_printf(&q->arena, "没有权限：%s", permission_chinese(q->route->permission)));
}

static int find_here(struct access *access, struct request *q, struct account_here *here,
		     bool *ret_cookie)
{
	const char *token = q->head.authorization ? bearer_of(q->head.authorization) : NULL;

	*ret_cookie = false;
	if (!q->head.authorization && q->head.cookie) {
		token = cookie_of(&q->arena, q->head.cookie, cookie_name(access));
		*ret_cookie = true;
	}
	return token ? account_here(q->office, &q->arena, access->policy, token, here) : NONE;
}

int access_check(void *arg, struct request *q)
{
	struct access *access = arg;
	struct account_here *here;
	bool cookie;

	q->access = access;
	if (q->route->flags & ROUTE_OPEN)
		return OK;
	here = arena_alloc(&q->arena, sizeof(*here));
	int rc = find_here(access, q, here, &cookie);
	if (rc == NONE)
		return refuse(q, 401, "login_required", "请先登录");
	if (rc != OK) {
		reply_refused(&q->reply, rc, office_sentence(q->office, rc));
		return rc;
	}
	if (cookie)
		TRY(check_page(q, here));
	TRY(check_rights(q, here));
	q->here = here;
	account_enter(&here->account, q->office);
	return OK;
}

const char *access_cookie(struct request *q, const char *token)
{
	return arena_printf(&q->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
			    cookie_name(q->access), token, q->access->tls ? "; Secure" : "",
			    *token ? "" : "; Max-Age=0");
}
