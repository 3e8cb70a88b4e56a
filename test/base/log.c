/* test/base/log.c — one message is one line, and levels above the set one are silent. */
#include "base/log.h"

#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Runs say with standard error going to a file; returns what was written. */
static const char *caught(void (*say)(void))
{
	static char text[4096];
	char path[256];

	snprintf(path, sizeof(path), "%s/log", unit_folder());
	int kept = dup(2), fd = open(path, O_RDWR | O_CREAT, 0600);
	dup2(fd, 2);
	say();
	dup2(kept, 2);
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);
	text[len > 0 ? len : 0] = '\0';
	close(fd);
	close(kept);
	return text;
}

static void say_lines(void)
{
	log_at(LOG_ERROR, "one\ntwo\r\x1b[31m%s", "保定");
}

TEST(log_keeps_a_message_on_one_line)
{
	const char *text = caught(say_lines);

	CHECK(strchr(text, '\n') == text + strlen(text) - 1);
	CHECK(strstr(text, "one?two??[31m保定"));
}

static void say_levels(void)
{
	log_at(LOG_DEBUG, "hidden");
	log_set_level(LOG_WARN);
	log_at(LOG_INFO, "hidden");
	log_at(LOG_WARN, "shown");
	log_set_level(LOG_INFO);
}

TEST(log_drops_what_is_above_the_level)
{
	const char *text = caught(say_levels);

	CHECK(!strstr(text, "hidden"));
	CHECK(strstr(text, "shown"));
}
