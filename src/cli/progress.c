/* cli/progress.c — a line on the terminal for long work, and Ctrl-C as a flag. */
#include "cli/cli.h"

#include "base/utf8.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 1000, STEP_MS = 100, BAR = 24, NARROWEST = 60 };

static volatile sig_atomic_t interrupted;

static int64_t monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void cli_progress_init(struct cli_progress *p, const char *title)
{
	*p = (struct cli_progress){ .title = title,
				    .start = monotonic(),
				    .terminal = isatty(STDERR_FILENO) == 1 };
}

static size_t terminal_width(void)
{
	struct winsize w;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col ? w.ws_col : 80;
}

void cli_progress_at(struct cli_progress *p, uint64_t done, uint64_t total)
{
	if (!p->terminal || total == 0)
		return;
	int64_t now = monotonic();
	if (now - p->start < QUIET_MS || now - p->last < STEP_MS)
		return;
	p->last = now;
	p->shown = true;
	if (done > total)
		done = total;
	int percent = (int)((double)done * 100 / (double)total);
	fprintf(stderr, "\r\033[K");
	if (utf8_width(p->title, strlen(p->title)) + BAR + 12 < terminal_width()) {
		int filled = percent * BAR / 100;
		fprintf(stderr, "%s [%.*s%*s]", p->title, filled, "########################",
			BAR - filled, "");
	}
	fprintf(stderr, " %3d%%", percent);
	fflush(stderr);
}

void cli_progress_end(struct cli_progress *p)
{
	if (p->shown)
		fprintf(stderr, "\r\033[K");
	p->shown = false;
}

/* A second Ctrl-C ends the process at once. */
static void on_signal(int number)
{
	interrupted = 1;
	signal(number, SIG_DFL);
}

void cli_catch_interrupt(void)
{
	struct sigaction action = { .sa_handler = on_signal }, was;

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	/* Under nohup the end of a terminal does not matter. */
	if (sigaction(SIGHUP, NULL, &was) == 0 && was.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &action, NULL);
}

bool cli_interrupted(void)
{
	return interrupted != 0;
}
