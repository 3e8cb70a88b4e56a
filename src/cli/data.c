/* cli/data.c — from the shared options to an open office. */
#include "cli/data.h"

#include "app/office_person.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usual_folder[] = "mingqian-data";

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000, DAY_TEXT = 10 };

enum cli_exit data_exit(int code)
{
	switch (code) {
	case OK:
		return CLI_OK;
	case INVALID:
	case FORBIDDEN:
	case CONFLICT:
	case TOO_LARGE:
	case DB_UNIQUE:
	case DB_BAD_TEXT:
		return CLI_REFUSED;
	default:
		return CLI_ENVIRONMENT;
	}
}

int data_fail(const struct cli *cli, const struct office *o, int code)
{
	if (code <= DB_UNIQUE && !o->why[0])
		return cli_fail(cli, data_exit(code), "%s（%s）", office_sentence(o, code),
				db_error_text(o->db));
	return cli_fail(cli, data_exit(code), "%s", office_sentence(o, code));
}

const char *data_time(const struct cli *cli, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_text(ms + ZONE_MS, text);
	return arena_printf(cli->arena, "%.10s %.8s", text, text + DAY_TEXT + 1);
}

static bool two_digits(const char *at, int most, int64_t *ret)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*ret = (at[0] - '0') * 10 + (at[1] - '0');
	return *ret <= most;
}

/* "2026-03-02", "2026-03-02T09:30", "2026-03-02T09:30:59", all at +08:00. */
static bool read_time(const char *text, int64_t *ret)
{
	char date[CLOCK_DAY] = "";
	int64_t hour = 0, minute = 0, second = 0;
	size_t len = strlen(text);
	int64_t day;

	if (len != DAY_TEXT && len != DAY_TEXT + 6 && len != DAY_TEXT + 9)
		return false;
	memcpy(date, text, DAY_TEXT);
	if (clock_parse_day(date, &day) != OK || day < 1)
		return false;
	if (len > DAY_TEXT &&
	    ((text[10] != 'T' && text[10] != ' ') || !two_digits(text + 11, 23, &hour) ||
	     text[13] != ':' || !two_digits(text + 14, 59, &minute)))
		return false;
	if (len > DAY_TEXT + 6 && (text[16] != ':' || !two_digits(text + 17, 59, &second)))
		return false;
	*ret = day * DAY_MS - ZONE_MS + ((hour * 60 + minute) * 60 + second) * 1000;
	return true;
}

static const char *login_name(const struct cli *cli)
{
	struct passwd entry, *found = NULL;
	char text[4096];

	if (getpwuid_r(geteuid(), &entry, text, sizeof(text), &found) == 0 && found)
		return arena_str(cli->arena, found->pw_name);
	return arena_printf(cli->arena, "uid-%u", (unsigned)geteuid());
}

int data_where(const struct cli *cli, const struct data_options *o, struct office_where *ret)
{
	*ret = (struct office_where){ .data = o->data, .db = o->db, .keys = o->keys };
	if (o->data || (o->db && o->keys))
		return CLI_OK;
	ret->data = usual_folder;
	if (!file_exists(usual_folder))
		return cli_fail(cli, CLI_ENVIRONMENT,
				"这里没有数据文件夹 mingqian-data：请用 --data DIR 指明，"
				"或用 mingqian data init DIR 新建（加 --demo 是演示数据）");
	return CLI_OK;
}

int data_now(const struct cli *cli, const struct data_options *o, int64_t *ret_now)
{
	*ret_now = 0;
	if (o->now && !read_time(o->now, ret_now))
		return cli_fail_usage(
			cli, "--now 要写成 2026-03-02 或 2026-03-02T09:30，而不是“%s”", o->now);
	return CLI_OK;
}

int data_actor(const struct cli *cli, const struct data_options *o, const char **ret)
{
	const char *wrong = o->as ? office_name_wrong(o->as) : NULL;

	if (wrong)
		return cli_fail_usage(cli, "--as 不能这样写：%s", wrong);
	*ret = o->as ? o->as : login_name(cli);
	return CLI_OK;
}

/* How it is opened: where it lies comes from the options. */
static int open_office(const struct cli *cli, const struct data_options *o, struct office_where how,
		       struct office *ret)
{
	struct office_where w;
	struct office office;
	const char *why, *actor;
	int64_t now;

	TRY(data_actor(cli, o, &actor));
	TRY(data_where(cli, o, &w));
	w.look = how.look;
	w.alone = how.alone;
	int rc = office_open(cli->arena, &w, &office, &why);
	if (rc != OK)
		return cli_fail(cli, data_exit(rc), "%s", why);
	office.actor = actor;
	rc = o->now && !office.demo ? cli_fail(cli, CLI_REFUSED, "%s", office_real_clock)
				    : data_now(cli, o, &now);
	if (rc != CLI_OK) {
		office_release(&office);
		return rc;
	}
	office.fixed_now = now;
	*ret = office;
	return CLI_OK;
}

int data_open(const struct cli *cli, const struct data_options *o, struct office *ret)
{
	return open_office(cli, o, (struct office_where){ .look = false }, ret);
}

int data_look(const struct cli *cli, const struct data_options *o, struct office *ret)
{
	return open_office(cli, o, (struct office_where){ .look = true }, ret);
}

int data_open_alone(const struct cli *cli, const struct data_options *o, struct office *ret)
{
	return open_office(cli, o, (struct office_where){ .alone = true }, ret);
}
